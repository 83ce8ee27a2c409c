"""Who acts for a soggetto: appointments with powers and validity."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errori import Rifiuto
from core.registro import annota
from reti.models import Rappresentanza, Soggetto
from reti.permissions import motivo_rifiuto_gestisci_soggetti

POTERI = ("puo_firmare", "puo_presentare", "puo_gestire_punti", "puo_rispondere")


def nomina_rappresentante(
    *,
    utente: Any,
    soggetto: Soggetto,
    persona: Any,
    titolo: str,
    dal: date,
    al: date | None = None,
    atto: str = "",
    poteri: tuple[str, ...] = ("puo_rispondere",),
) -> Rappresentanza:
    """Give `persona` powers over `soggetto` from `dal` to `al` (None = no end); see registra_rappresentanza."""
    rappresentanza = Rappresentanza(
        utente=persona,
        soggetto=soggetto,
        titolo=titolo,
        dal=dal,
        al=al,
        atto=atto,
        **{potere: potere in poteri for potere in POTERI},
    )
    return registra_rappresentanza(utente=utente, rappresentanza=rappresentanza)


@transaction.atomic
def registra_rappresentanza(*, utente: Any, rappresentanza: Rappresentanza) -> Rappresentanza:
    """Save a new or changed appointment with its audit line.

    Nobody gives powers to themselves: whoever coordinates could otherwise sign for a partner.
    """
    if motivo := motivo_rifiuto_gestisci_soggetti(utente):
        raise PermissionDenied(motivo)
    if utente is not None and rappresentanza.utente_id == utente.pk:
        raise Rifiuto("Non puoi nominare te stesso: chiedilo a un altro coordinatore.")
    nuova = rappresentanza.pk is None
    rappresentanza.full_clean()
    rappresentanza.save()
    annota(
        utente,
        "rappresentanza.nominata" if nuova else "rappresentanza.aggiornata",
        rappresentanza,
        soggetto=rappresentanza.soggetto.slug,
        poteri=[p for p in POTERI if getattr(rappresentanza, p)],
        dal=str(rappresentanza.dal),
        al=str(rappresentanza.al or ""),
        con_codice_fiscale=bool(rappresentanza.codice_fiscale),  # whether, never which: the trail is forever
    )
    return rappresentanza
