"""What a signing certificate says of its holder: name, fiscal code, level (eIDAS annex I, ETSI EN 319 412). A leaf."""

import re

from asn1crypto import x509
from django.utils.translation import gettext as _
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements

from accordi.scelte import Livello

# A person's fiscal code, also in the form that avoids homonyms (letters in the place of digits).
_CODICE = r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]"
# ETSI EN 319 412-1 writes "TINIT-…", older Italian certificates "IT:…" or the bare code.
_ATTRIBUTO = re.compile(rf"(?:TINIT-|IT:|CF:)?({_CODICE})")
# Identity and service cards: "code/card number.hash" as common name.
_NOME_CARTA = re.compile(rf"({_CODICE})/.*")


def codice_fiscale(certificato: x509.Certificate) -> str:
    """The holder's fiscal code: from serialNumber, else dnQualifier, else a card's common name; "" without one."""
    for nome, forma in (("serial_number", _ATTRIBUTO), ("dn_qualifier", _ATTRIBUTO), ("common_name", _NOME_CARTA)):
        for valore in _valori(certificato.subject, nome):
            if trovato := forma.fullmatch(valore.strip().upper()):
                return trovato[1]
    return ""


def nome_di(nome: x509.Name) -> str:
    """The common name, else the whole name; for a card, whose common name is a code, the person's name."""
    comune = next(iter(_valori(nome, "common_name")), nome.human_friendly)
    if not _NOME_CARTA.fullmatch(comune.upper()):
        return comune
    parti = [v for attributo in ("given_name", "surname") for v in _valori(nome, attributo)]
    return " ".join(parti) or _("titolare di CIE o CNS")


def livello_di(certificato: x509.Certificate) -> Livello:
    """QUALIFICATA: qualified, on a secure device, for signing documents; every other personal certificate is AVANZATA.

    The certificates of CIE and CNS stand for an advanced signature towards administrations (DPCM 22/2/2013 art. 61).
    """
    usi = certificato.key_usage_value.native if certificato.key_usage_value else set()
    dichiarate = {d["statement_id"].native for d in get_qc_statements(certificato)}
    if {"qc_compliance", "qc_sscd"} <= dichiarate and "non_repudiation" in usi:
        return Livello.QUALIFICATA
    return Livello.AVANZATA


def _valori(nome: x509.Name, attributo: str) -> list[str]:
    valore = nome.native.get(attributo) or []
    return [valore] if isinstance(valore, str) else [v for v in valore if isinstance(v, str)]
