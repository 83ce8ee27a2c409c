"""Withdrawal of one party, after its notice: the others stay bound (R13; art. 1373 c.c.)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Accordo, Parte, Recesso
from accordi.services.avvisi_vita import avvisa_recesso
from accordi.services.durata import concludi_accordo
from accordi.services.passaggi import blocca, esigi_in_vita, esigi_motivo
from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from core.termini import scadenza
from utenti.models import Utente


def primo_giorno_libero(accordo: Accordo, comunicato_il: date) -> date:
    """First day on which a party that gave notice on `comunicato_il` (day 0) isn't bound any more."""
    return scadenza(comunicato_il, accordo.preavviso_giorni or 0)


@transaction.atomic
def registra_recesso(
    *, utente: Utente, parte: Parte, comunicato_il: date, motivo: str, efficace_dal: date | None = None
) -> Recesso:
    """Record that a party leaves; everyone is told, the others stay bound.

    `efficace_dal` is its first day out: by default the first after the notice, never before it. Where fewer than
    two parties remain, or the Province leaves, the whole agreement ends that day. Refuses a future
    communication, and who has already withdrawn.
    """
    accordo = blocca(utente, parte.accordo)
    parte = accordo.parti.select_related("soggetto").get(pk=parte.pk)
    esigi_motivo(motivo)
    esigi_in_vita(accordo)
    dal = efficace_dal or primo_giorno_libero(accordo, comunicato_il)
    _esigi_date(accordo, comunicato_il, dal)
    if Recesso.objects.filter(parte=parte).exists():
        raise Rifiuto(_("%s ha già comunicato il recesso: non serve registrarlo di nuovo.") % parte)
    recesso = Recesso(
        parte=parte, comunicato_il=comunicato_il, efficace_dal=dal, motivo=motivo.strip(), registrato_da=utente
    )
    recesso.full_clean()
    recesso.save()
    finisce = _finisce(accordo, parte, dal)
    annota(
        utente, "accordo.recesso_di_una_parte", accordo, parte=parte.soggetto.slug, dal=str(dal), motivo=motivo.strip()
    )
    if finisce:
        accordo.cessato_dal = min(dal, accordo.cessato_dal or dal)
        accordo.full_clean()
        accordo.save(update_fields=["cessato_dal"])
    avvisa_recesso(accordo, recesso, finisce=finisce)
    if finisce and not accordo.in_vita:
        concludi_accordo(utente=utente, accordo=accordo)
    return recesso


def _esigi_date(accordo: Accordo, comunicato_il: date, dal: date) -> None:
    if comunicato_il > oggi():
        raise Rifiuto(_("La comunicazione ha una data futura: indica il giorno in cui è arrivata."))
    primo = primo_giorno_libero(accordo, comunicato_il)
    if dal < primo:
        raise Rifiuto(
            _("Con %(giorni)d giorni di preavviso il recesso ha effetto dal %(primo)s: scegli quel giorno o uno dopo.")
            % {"giorni": accordo.preavviso_giorni or 0, "primo": f"{primo:%d/%m/%Y}"}
        )
    if accordo.efficace_dal and comunicato_il < accordo.efficace_dal:
        raise Rifiuto(_("L'accordo non aveva ancora effetto quel giorno: controlla la data della comunicazione."))
    if accordo.scade_il and dal > accordo.scade_il:
        raise Rifiuto(
            _("L'accordo scade prima, il %s: il recesso non serve, basta la disdetta.") % f"{accordo.scade_il:%d/%m/%Y}"
        )


def _finisce(accordo: Accordo, parte: Parte, dal: date) -> bool:
    return parte.soggetto.titolare_piattaforma or accordo.parti.vincolate(dal).count() < 2
