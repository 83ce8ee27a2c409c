"""Renewal: a new agreement from one that ends, with the same parties and the dates that follow (R13)."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.durata import prosegue
from accordi.models import Accordo, Risorsa
from accordi.queries.legami import rinnovo_di
from accordi.services.passaggi import blocca
from accordi.services.seguiti import salva_seguito
from accordi.stati import ACCORDI_VIVI, StatoAccordo, StatoAzione
from core.errori import Rifiuto
from core.orologio import oggi
from utenti.models import Utente


@transaction.atomic
def prepara_rinnovo(*, utente: Utente, accordo: Accordo) -> Accordo:
    """Draft the renewal of `accordo`, which stays as it is; asked again, returns the one that is there.

    Parties are those still bound; the dates continue the parent's. What they promised and the actions come along as
    proposals, to be changed in the draft: nothing given, nothing begun, no dates. Sends nothing. Refuses an
    agreement without expiry, or not in force and ended for more than settings.GIORNI_RINNOVO_DOPO_LA_SCADENZA days.
    """
    padre = blocca(utente, accordo)
    if esistente := rinnovo_di(padre):
        return esistente
    _esigi_rinnovabile(padre)
    dal, al = prosegue(padre.efficace_dal, padre.scade_il)
    parti = list(padre.parti.vincolate(max(oggi(), dal)).select_related("soggetto"))
    if len(parti) < 2:
        raise Rifiuto(_("Non restano due parti vincolate: prepara un accordo nuovo."))
    rinnovo = salva_seguito(
        utente,
        padre,
        legame=Accordo.Legame.RINNOVO,
        parti=parti,
        titolo=_titolo(padre),
        testo=padre.testo,
        preavviso_giorni=padre.preavviso_giorni,
        efficace_dal=dal,
        scade_il=al,
    )
    _riproponi(padre, rinnovo)
    return rinnovo


def _riproponi(padre: Accordo, rinnovo: Accordo) -> None:
    """Resources and actions of the parent for the renewal, without those of who left and what was abandoned."""
    nuove = {p.soggetto_id: p for p in rinnovo.parti.all()}
    Risorsa.objects.bulk_create(
        Risorsa(
            accordo=rinnovo,
            parte=nuove[r.parte.soggetto_id],
            area=r.area,
            descrizione=r.descrizione,
            unita=r.unita,
            promesso=r.promesso,
        )
        for r in padre.risorse.select_related("parte")
        if r.parte.soggetto_id in nuove
    )
    for azione in padre.azioni.exclude(stato=StatoAzione.ABBANDONATA).prefetch_related("parti"):
        di = [p.soggetto_id for p in azione.parti.all()]
        restano = [nuove[ente] for ente in di if ente in nuove]
        if restano or not di:
            rinnovo.azioni.create(tipo=azione.tipo, descrizione=azione.descrizione).parti.set(restano)


def _titolo(padre: Accordo) -> str:
    """The same object, said once however long the chain."""
    segno = _("Rinnovo: ")
    return f"{segno}{padre.titolo.removeprefix(segno)}"[:255]


def _esigi_rinnovabile(padre: Accordo) -> None:
    if padre.legame == Accordo.Legame.MODIFICA:
        raise Rifiuto(_("Questa è una modifica: si rinnova l'accordo che modifica."))
    if padre.stato_attuale not in (*ACCORDI_VIVI, StatoAccordo.SCADUTO):
        raise Rifiuto(
            _("L'accordo oggi è «%s»: si rinnova un accordo in vigore o scaduto da poco.") % padre.stato_attuale.label
        )
    if padre.scade_il is None or padre.efficace_dal is None:
        raise Rifiuto(_("L'accordo non ha scadenza: non c'è niente da rinnovare."))
    limite = settings.GIORNI_RINNOVO_DOPO_LA_SCADENZA
    if padre.scade_il + timedelta(days=limite) < oggi():
        raise Rifiuto(
            _("L'accordo è scaduto il %(data)s, più di %(giorni)d giorni fa: prepara un accordo nuovo.")
            % {"data": f"{padre.scade_il:%d/%m/%Y}", "giorni": limite}
        )
