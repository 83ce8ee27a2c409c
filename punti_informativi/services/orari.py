"""Hours of a host, written once for the points that follow them (R34): at once, or when the Province has read them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from punti_informativi import permissions
from punti_informativi.models import Proposta, PuntoInformativo
from punti_informativi.orari import Deroga, Fascia
from punti_informativi.services import righe_ospite
from punti_informativi.services.orari_proposti import impronta_orari, proponi, proposta_di
from punti_informativi.services.proposte import Superata
from reti.models import Soggetto


@dataclass(frozen=True)
class EsitoOrari:
    """`subito`: something is public already; `proposta`: what waits for the Province because of this change."""

    subito: bool
    proposta: Proposta | None = None
    ritirata: bool = False


@transaction.atomic
def aggiorna_ospite(
    *,
    utente: Any,
    soggetto: Soggetto,
    fasce: Collection[Fascia] | None = None,
    deroghe: Collection[Deroga] | None = None,
    punti: Collection[PuntoInformativo] | None = None,
    vista: str = "",
) -> EsitoOrari:
    """Write the weekly spells of a host, its dated exceptions, which points follow them; None leaves a part alone.

    The Province's change holds at once on the page of each point that follows; a host's too while its points are
    all candidates, and for dates always. Its week and its choice of points are else one proposal, which the
    Province decides: a second one takes the first one's place. Past exceptions stay where they are.
    `vista`: the fingerprint of what the page showed (`impronta_orari`). Refuses (Superata) when that changed
    meanwhile; spells that overlap; an exception that is over or, written by the host, too far away; a point
    of another host or an ended one; no weekly spell at all for a point that follows.
    """
    if motivo := permissions.motivo_rifiuto_orari_ospite(utente, soggetto):
        raise PermissionDenied(motivo)
    soggetto = Soggetto.objects.select_for_update().get(pk=soggetto.pk)
    if vista and vista != impronta_orari(soggetto):
        raise Superata(
            _(
                "Intanto un collega o la Provincia hanno cambiato questi orari: guarda «Come sono adesso». "
                "Se invii di nuovo vale quello che c'è in questa pagina."
            )
        )
    date = deroghe is not None and righe_ospite.scrivi_date(utente, soggetto, deroghe)
    if permissions.orari_ospite_da_approvare(utente, soggetto):
        prima = proposta_di(soggetto)
        dopo = proponi(utente, soggetto, fasce, punti)
        return EsitoOrari(date, dopo, ritirata=bool(prima and not dopo))
    settimana, scelta = _subito(utente, soggetto, fasce, punti)
    return EsitoOrari(date or settimana or scelta)


def _subito(
    utente: Any,
    soggetto: Soggetto,
    fasce: Collection[Fascia] | None,
    punti: Collection[PuntoInformativo] | None,
) -> tuple[bool, bool]:
    if fasce is None and punti is None:
        return False, False
    seguono = PuntoInformativo.objects.ospitati_da(soggetto).filter(orari_dell_ospite=True)
    ora = [r.fascia for r in soggetto.orari_ospite.all()]
    righe_ospite.controlla(soggetto, ora if fasce is None else fasce, seguono if punti is None else punti)
    settimana = fasce is not None and righe_ospite.scrivi_settimana(utente, soggetto, fasce)
    return settimana, punti is not None and righe_ospite.scegli(utente, soggetto, punti)
