"""How long an agreement lasts: activation, end on its day, termination (R13).

Terms are dates: pages say «scaduto» on the day after with no job having run. `concludi_finiti` only writes it down.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accordi.models import Accordo
from accordi.segnali import accordo_sospeso
from accordi.services.avvisi_vita import avvisa_fine
from accordi.services.passaggi import blocca, esigi_in_vita, esigi_motivo, passa
from accordi.stati import StatoAccordo
from core.errori import Rifiuto
from core.orologio import oggi
from utenti.models import Utente

AZIONI = {StatoAccordo.SCADUTO: "accordo.scaduto", StatoAccordo.RECESSO: "accordo.concluso_per_recesso"}


@transaction.atomic
def attiva_accordo(
    *,
    utente: Utente,
    accordo: Accordo,
    efficace_dal: date,
    scade_il: date | None = None,
    preavviso_giorni: int | None = None,
) -> Accordo:
    """Make a signed agreement effective from a day, not before it was signed by all.

    `preavviso_giorni`: calendar days of notice to leave or not to renew; None leaves those already there.
    """
    accordo = blocca(utente, accordo)
    if accordo.sottoscritto_il and efficace_dal < timezone.localdate(accordo.sottoscritto_il):
        raise Rifiuto(_("L'accordo non può avere effetto prima della firma di tutti: scegli una data successiva."))
    if scade_il and scade_il < efficace_dal:
        raise Rifiuto(_("La scadenza viene prima dell'efficacia: correggi una delle due date."))
    accordo.efficace_dal, accordo.scade_il = efficace_dal, scade_il
    if preavviso_giorni is not None:
        accordo.preavviso_giorni = preavviso_giorni
    if (ultimo := accordo.ultimo_giorno_disdetta) and ultimo < efficace_dal:
        raise Rifiuto(_("Il preavviso è più lungo dell'accordo: riduci i giorni o sposta la scadenza."))
    passa(
        utente,
        accordo,
        StatoAccordo.ATTIVO,
        "accordo.attivato",
        solo_da=StatoAccordo.SOTTOSCRITTO,
        efficace_dal=str(efficace_dal),
        scade_il=str(scade_il or ""),
    )
    return accordo


@transaction.atomic
def risolvi_accordo(*, utente: Utente, accordo: Accordo, motivo: str, atto: str, dal: date) -> Accordo:
    """End an agreement for good by an act, from a day not in the future; the parties are told why.

    `dal` is the first day without effect. What depends on it stops by the signal `accordo_sospeso`.
    """
    accordo = blocca(utente, accordo)
    esigi_motivo(motivo)
    if not atto.strip():
        raise Rifiuto(_("Indica l'atto che risolve l'accordo, con numero e data."))
    if accordo.stato in (StatoAccordo.ATTIVO, StatoAccordo.SOSPESO):
        esigi_in_vita(accordo)
    if dal > oggi():
        raise Rifiuto(_("La risoluzione ha una data futura: registrala quando ha effetto."))
    if accordo.efficace_dal and dal < accordo.efficace_dal:
        raise Rifiuto(_("La risoluzione viene prima dell'efficacia dell'accordo: correggi la data."))
    accordo.cessato_dal, accordo.sospeso_per = dal, ""
    passa(utente, accordo, StatoAccordo.RISOLTO, "accordo.risolto", motivo=motivo, atto=atto, dal=str(dal))
    avvisa_fine(accordo, _("Risolto con %(atto)s: %(motivo)s") % {"atto": atto, "motivo": motivo})
    accordo_sospeso.send(sender=Accordo, accordo=accordo, motivo=_("Accordo risolto: %s") % motivo, utente=utente)
    return accordo


@transaction.atomic
def concludi_accordo(*, utente: Utente | None, accordo: Accordo) -> Accordo:
    """Write down an end that the dates have brought: expired, or left by all. `utente` None: the system.

    Refuses before that day.
    """
    accordo = Accordo.objects.select_for_update().get(pk=accordo.pk) if utente is None else blocca(utente, accordo)
    finale = accordo.stato_attuale
    if finale == accordo.stato or finale not in AZIONI:
        raise Rifiuto(_("L'accordo non è ancora finito: si conclude da solo il giorno dopo la scadenza."))
    accordo.sospeso_per = ""
    passa(utente, accordo, finale, AZIONI[finale], scade_il=str(accordo.scade_il or accordo.cessato_dal))
    if finale == StatoAccordo.RECESSO:
        motivo = _("Accordo concluso per recesso.")
        accordo_sospeso.send(sender=Accordo, accordo=accordo, motivo=motivo, utente=utente)
    return accordo


def concludi_finiti() -> int:
    """Periodic work: write down what has ended by date; how many. Run again it finds nothing."""
    return sum(_concludi(a) for a in Accordo.objects.che_vivono() if not a.in_vita)


def _concludi(accordo: Accordo) -> bool:
    try:
        concludi_accordo(utente=None, accordo=accordo)
    except Rifiuto:  # another run came first
        return False
    return True
