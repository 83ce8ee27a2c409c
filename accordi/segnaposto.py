"""Placeholders of a template of agreement: plain replacement, so that no text can run anything. No database."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

SEGNAPOSTI = {
    "parti": _("le parti, in ordine di firma"),
    "avviso": _("il titolo dell'avviso"),
    "atto": _("l'atto di approvazione dell'avviso"),
    "protocollo": _("numero e data di protocollo dell'istanza"),
}
_SEGNO = re.compile(r"\{(\w+)\}")


def compila(testo: str, valori: Mapping[str, str]) -> str:
    """`testo` with the known placeholders replaced, once: what a value says is never read as a placeholder."""
    return _SEGNO.sub(lambda segno: valori.get(segno[1], segno[0]), testo)


def sconosciuti(testo: str) -> list[str]:
    """Names in braces that no placeholder has, in order of appearance, each once."""
    return list(dict.fromkeys(nome for nome in _SEGNO.findall(testo) if nome not in SEGNAPOSTI))
