"""The generation of the public points: what queries.insiemi keeps holds until the next write to these tables."""

from core.generazioni import Generazione

# Every table that the list reads, by the beginning of its name: a test looks at the queries themselves.
TABELLE = (
    "punti_informativi_",
    "reti_soggetto",
    "reti_sede",
    "reti_comune",
    "reti_accreditamento",
    "accordi_accordo",
    "accordi_avviso",
    "accordi_istanza",
    "accordi_parte",
    "accordi_recesso",
)
SENZA_EFFETTO = ("punti_informativi_consultazion",)

PUNTI = Generazione("punti", lambda tabella: tabella.startswith(TABELLE) and not tabella.startswith(SENZA_EFFETTO))
