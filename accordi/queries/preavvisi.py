"""The notice of rejection and its time (L. 241/1990 art. 10-bis)."""

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from accordi.models import Istanza, Sospensione
from accordi.stati import StatoIstanza
from core.orologio import oggi


def preavviso_di(istanza: Istanza) -> Sospensione | None:
    """The notice of rejection that the applicant received, or None."""
    return istanza.sospensioni.filter(tipo=Sospensione.Tipo.PREAVVISO).first()


def preavviso_da_osservare(istanza: Istanza) -> Sospensione | None:
    """The notice, while observations may still come."""
    preavviso = preavviso_di(istanza)
    in_esame = istanza.stato == StatoIstanza.ISTRUTTORIA
    return preavviso if preavviso and in_esame and not preavviso.risposta and preavviso.entro >= oggi() else None


def osservazioni_entro() -> Subquery:
    """For each application of a queryset, the last day for observations not yet sent; null when none are awaited."""
    aperti = Sospensione.objects.filter(
        istanza=OuterRef("pk"),
        istanza__stato=StatoIstanza.ISTRUTTORIA,
        tipo=Sospensione.Tipo.PREAVVISO,
        risposta="",
        entro__gte=oggi(),
    )
    return Subquery(aperti.values("entro")[:1])


def manca_al_rigetto(istanza: Istanza) -> str:
    """Why the application can't be rejected yet, or "": the notice comes first, and its time must have passed."""
    if not settings.GIORNI_PREAVVISO_RIGETTO:
        return ""
    preavviso = preavviso_di(istanza)
    if preavviso is None:
        return _("Prima di respingere manda il preavviso con i motivi (art. 10-bis L. 241/1990).")
    if preavviso.risposta or preavviso.entro < oggi():
        return ""
    return _("Il richiedente può mandare osservazioni fino al %s: fino ad allora l'istanza non si respinge.") % (
        f"{preavviso.entro:%d/%m/%Y}"
    )
