"""Placeholders of a template of agreement: plain replacement, so that no text can run anything. No database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Segnaposto:
    """What a placeholder stands for, and a value to show in previews."""

    spiega: Any
    esempio: Any


SEGNAPOSTI = {
    "parti": Segnaposto(_("le parti, in ordine di firma"), _("Provincia di Cremona, Lavoro Vivo srl, Comune di Crema")),
    "capofila": Segnaposto(_("chi guida l'istanza"), _("Lavoro Vivo srl")),
    "codici_fiscali": Segnaposto(
        _("le parti, ciascuna con il codice fiscale"),
        _("Provincia di Cremona (codice fiscale 80002130195), Lavoro Vivo srl (codice fiscale 01234567897)"),
    ),
    "avviso": Segnaposto(_("il titolo dell'avviso"), _("Patto territoriale per le competenze")),
    "atto": Segnaposto(_("l'atto di approvazione dell'avviso"), _("determinazione n. 12 del 2 gennaio 2023")),
    "protocollo": Segnaposto(_("numero e data di protocollo dell'istanza"), _("n. 47/2023 del 20/01/2023")),
    "determina": Segnaposto(_("numero e data della determinazione"), _("n. 31 del 10/02/2023")),
    "durata": Segnaposto(_("la durata scritta nell'avviso"), _("24 mesi")),
    "preavviso": Segnaposto(_("il preavviso per disdetta o recesso"), _("60 giorni")),
    "decorrenza": Segnaposto(_("da quando ha effetto"), _("dalla firma di tutte le parti")),
    "azioni": Segnaposto(
        _("le azioni dell'accordo, o quelle ammesse dall'avviso"), _("– Analisi delle competenze che mancano")
    ),
    "risorse": Segnaposto(
        _("le risorse proprie promesse, o gli ambiti ammessi dall'avviso"), _("– Formazione: due aule, 8.500,00 €")
    ),
    "impegni": Segnaposto(
        _("gli impegni dell'accordo, con chi li deve e il termine"),
        _("– Lavoro Vivo srl: due orientatori, entro il 31/03/2023"),
    ),
}
_SEGNO = re.compile(r"\{(\w+)\}")


def compila(testo: str, valori: Mapping[str, str]) -> str:
    """`testo` with the known placeholders replaced, once: what a value says is never read as a placeholder."""
    return "".join(pezzo for pezzo, _riempito in pezzi(testo, valori))


def pezzi(testo: str, valori: Mapping[str, str]) -> list[tuple[str, bool]]:
    """`testo` in pieces, each with whether it comes from a value; a placeholder without a value stays as it is."""
    alterni = _SEGNO.split(testo)  # what lies between the placeholders, and at the odd places their names
    uscita = []
    for n, pezzo in enumerate(alterni):
        riempito = bool(n % 2) and pezzo in valori
        uscita.append((valori[pezzo] if riempito else f"{{{pezzo}}}" if n % 2 else pezzo, riempito))
    return [(pezzo, riempito) for pezzo, riempito in uscita if pezzo]


def vuoti(testo: str) -> list[str]:
    """Known placeholders that are still in `testo`, in order of appearance, each once."""
    return list(dict.fromkeys(nome for nome in _SEGNO.findall(testo) if nome in SEGNAPOSTI))


def sconosciuti(testo: str) -> list[str]:
    """Names in braces that no placeholder has, in order of appearance, each once."""
    return list(dict.fromkeys(nome for nome in _SEGNO.findall(testo) if nome not in SEGNAPOSTI))


def errore_di(testo: str) -> str:
    """What is wrong with the placeholders of a template, in a sentence; empty when all are known."""
    if not (ignoti := sconosciuti(testo)):
        return ""
    return _t("Segnaposto sconosciuto: %(ignoti)s. Si possono usare: %(noti)s.") % {
        "ignoti": elenca(ignoti),
        "noti": elenca(SEGNAPOSTI),
    }


def elenca(nomi: Any) -> str:
    """Names as they are written in a text."""
    return ", ".join(f"{{{nome}}}" for nome in nomi)


def esempi() -> dict[str, str]:
    """A value for each placeholder, to show in previews."""
    return {nome: str(s.esempio) for nome, s in SEGNAPOSTI.items()}
