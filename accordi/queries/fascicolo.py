"""What goes into the evidence bundle of an agreement (R14).

Fiscal codes and powers, because a court needs them: parties and office only.
Network addresses and programs of who signed stay with the office.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from asn1crypto import cms
from asn1crypto.pem import armor
from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.fascicolo import LEGGIMI, impacchetta, leggimi
from accordi.fiducia import fiducia_corrente
from accordi.models import Accordo, Firma, MarcaTemporale, VersioneTesto
from accordi.queries.convalida import in_pdf, referti
from core.models import RigaRegistro
from core.registro import righe_di, testo_di
from reti.models import Rappresentanza

SOLO_UFFICIO = ("ip", "inoltrato_per", "programma", "email")


def fascicolo(accordo: Accordo, *, con_evidenze: bool) -> bytes:
    """The zip of `accordo`, the same bytes until something changes; `con_evidenze`: for the office."""
    righe = list(righe_di(accordo).order_by("numero"))
    quando = righe[-1].quando if righe else accordo.creato_il
    versioni = list(accordo.versioni.order_by("numero"))
    firme = _firme(accordo)
    file = {"accordo.json": _json(dati_accordo(accordo))}
    giudicati: dict[str, tuple[bytes, datetime]] = {}
    for versione in versioni:
        file |= {f"{_cartella(versione)}/testo.txt": versione.testo.encode()}
        file[f"{_cartella(versione)}/0-testo.pdf"] = leggi(versione.pdf)
    for nome, firma in nomi_delle_firme(firme):
        file |= _della_firma(nome, firma)
        giudicati |= {n: (file[n], firma.firmata_il) for n in (f"{nome}.pdf", f"{nome}.p7m") if n in file}
    file["firme.json"] = _json([_firma(nome, f, con_evidenze) for nome, f in nomi_delle_firme(firme)])
    file |= _registro(righe) | _certificati(firme)
    trovati = referti(giudicati)
    file["convalida/rapporto.json"] = _json(trovati)
    file["convalida/rapporto.pdf"] = in_pdf(accordo, trovati, quando)
    file[LEGGIMI] = _istruzioni(accordo, con_evidenze)
    return impacchetta(file, quando=quando)


def dati_accordo(accordo: Accordo) -> dict[str, Any]:
    """The agreement in a form that a program reads: instants and days in ISO."""
    protocollo = accordo.protocollo
    return {
        "codice_verifica": accordo.codice_verifica,
        "oggetto": accordo.titolo,
        "tipo": str(accordo.get_tipo_display()),
        "stato": str(accordo.get_stato_display()),
        "determina": {"numero": accordo.determina_numero, "data": iso(accordo.determina_data)},
        "protocollo": {
            "numero": protocollo.numero,
            "anno": protocollo.anno,
            "registrato_il": iso(protocollo.registrato_il),
            "impronta": protocollo.impronta,
        }
        if protocollo
        else None,
        "sottoscritto_il": iso(accordo.sottoscritto_il),
        "efficace_dal": iso(accordo.efficace_dal),
        "scade_il": iso(accordo.scade_il),
        "parti": [
            {
                "ordine": p.ordine,
                "nome": str(p.soggetto),
                "codice_fiscale": p.soggetto.codice_fiscale,
                "campo_firma": p.campo,
                "firma": p.firma_la_modifica,
            }
            for p in accordo.parti.select_related("soggetto")
        ],
        "versioni": [
            {"numero": v.numero, "congelata_il": iso(v.congelata_il), "impronta": v.impronta}
            for v in accordo.versioni.order_by("numero")
        ],
    }


def nomi_delle_firme(firme: list[Firma]) -> Iterator[tuple[str, Firma]]:
    """(path without extension, signature): folder of its version, place in it, body that signed."""
    contate: dict[int, int] = {}
    for firma in firme:
        n = contate[firma.versione_id] = contate.get(firma.versione_id, 0) + 1
        yield f"{_cartella(firma.versione)}/{n}-{firma.parte.soggetto.slug}", firma


def leggi(campo: FieldFile) -> bytes:
    """The bytes of a stored file."""
    with campo.open("rb") as file:
        return file.read()


def iso(quando: Any) -> str:
    return quando.isoformat() if quando else ""


def _firme(accordo: Accordo) -> list[Firma]:
    firme = Firma.objects.filter(versione__accordo=accordo)
    return list(
        firme.select_related("parte__soggetto", "versione", "utente", "marca").order_by("versione__numero", "pk")
    )


def _cartella(versione: VersioneTesto) -> str:
    return f"versione-{versione.numero}"


def _json(dati: Any) -> bytes:
    return (json.dumps(dati, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _della_firma(nome: str, firma: Firma) -> dict[str, bytes]:
    file = {f"{nome}.pdf": leggi(firma.pdf)}
    if firma.busta:
        file[f"{nome}.p7m"] = leggi(firma.busta)
    if marca := _marca(firma):
        file[f"{nome}.tst"] = bytes(marca.gettone)
    return file


def _marca(firma: Firma) -> MarcaTemporale | None:
    return getattr(firma, "marca", None)


def _firma(nome: str, firma: Firma, con_evidenze: bool) -> dict[str, Any]:
    marca = _marca(firma)
    evidenza = firma.evidenza if con_evidenze else {c: v for c, v in firma.evidenza.items() if c not in SOLO_UFFICIO}
    return {
        "documento": f"{nome}.pdf",
        "busta": f"{nome}.p7m" if firma.busta else "",
        "versione": firma.versione.numero,
        "parte": str(firma.parte.soggetto),
        "parte_codice_fiscale": firma.parte.soggetto.codice_fiscale,
        "firmatario": firma.utente.get_full_name(),
        "qualita": firma.qualita,
        "poteri": _poteri(firma),
        "livello": str(firma.get_livello_display()),
        "formato": str(firma.get_formato_display()),
        "certificato_di": firma.certificato_di,
        "certificato_codice_fiscale": firma.certificato_cf,
        "revoca": firma.revoca,
        "firmata_il": iso(firma.firmata_il),
        "impronta_prima": firma.impronta_prima,
        "impronta_dopo": firma.impronta_dopo,
        "marca_temporale": {"file": f"{nome}.tst", "istante": iso(marca.istante), "autorita": marca.autorita}
        if marca
        else firma.marca_temporale or _("nella firma"),
        "evidenza": evidenza,
    }


def _poteri(firma: Firma) -> dict[str, Any]:
    """The power of representation that was used, as it is registered now."""
    poteri = Rappresentanza.objects.filter(pk=firma.evidenza.get("rappresentanza")).first()
    if poteri is None:
        return {}
    return {
        "titolo": str(poteri.get_titolo_display()),
        "atto": poteri.atto,
        "dal": iso(poteri.dal),
        "al": iso(poteri.al),
    }


def _registro(righe: list[RigaRegistro]) -> dict[str, bytes]:
    testi = "".join(f"{testo_di(r)}\n" for r in righe)
    segni = "".join(f"{r.numero} {r.impronta} {r.precedente}\n" for r in righe)
    return {"registro/righe.jsonl": testi.encode(), "registro/impronte.txt": segni.encode()}


def _certificati(firme: list[Firma]) -> dict[str, bytes]:
    ancore = [c.dump() for c in fiducia_corrente(con_sigillo=True).ancore]
    delle_marche: set[bytes] = set()
    for firma in firme:
        if marca := _marca(firma):
            firmato = cms.ContentInfo.load(bytes(marca.gettone))["content"]
            delle_marche |= {c.chosen.dump() for c in firmato["certificates"]}
    file = {"certificati/autorita.pem": ancore, "certificati/marche.pem": sorted(delle_marche)}
    return {nome: b"".join(armor("CERTIFICATE", c) for c in ders) for nome, ders in file.items() if ders}


def _istruzioni(accordo: Accordo, con_evidenze: bool) -> bytes:
    assenze = _("\nL'istanza da cui l'accordo nasce e i suoi allegati.")
    if not con_evidenze:
        assenze += _("\nL'indirizzo di rete e il programma usati da chi ha firmato: li conserva la Provincia.")
    return leggimi(
        "fascicolo.txt",
        titolo=accordo.titolo,
        codice=accordo.codice_verifica,
        indirizzo=settings.INDIRIZZO_PUBBLICO + reverse("accordi:verifica_codice", args=[accordo.codice_verifica]),
        assenze=assenze,
    )
