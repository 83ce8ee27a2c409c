"""What each meeting of the Province's own boards waits for: the desk's entries and the filter of their list."""

from django.db.models import Case, Exists, OuterRef, Q, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from core.orologio import adesso, oggi
from reti.models import Incontro, Osservazione
from reti.models.incontri import IncontroQuerySet
from reti.stati import StatoIncontro, StatoVerbale


class Attesa(TextChoices):
    PRESENZE = "presenze", _("Le presenze")
    MINUTA = "minuta", _("Il verbale")
    OSSERVAZIONI = "osservazioni", _("L'esame delle osservazioni")
    INVIO = "invio", _("L'invio del verbale ai presenti")
    APPROVAZIONE = "approvazione", _("L'approvazione del verbale")


def incontri_in_attesa() -> IncontroQuerySet:
    """Meetings begun and not closed, each with `attesa`, the first thing that it waits for; the oldest first."""
    da_esaminare = Osservazione.objects.filter(verbale=OuterRef("verbale"), esito=Osservazione.Esito.ATTESA)
    attesa = Case(
        When(stato=StatoIncontro.CONVOCATO, then=Value(Attesa.PRESENZE)),
        When(verbale__isnull=True, then=Value(Attesa.MINUTA)),
        When(Exists(da_esaminare), then=Value(Attesa.OSSERVAZIONI)),
        When(verbale__stato=StatoVerbale.BOZZA, then=Value(Attesa.INVIO)),
        When(verbale__osservazioni_fino_al__lt=oggi(), then=Value(Attesa.APPROVAZIONE)),
        default=Value(""),
    )
    aperti = Q(stato=StatoIncontro.SVOLTO) | Q(stato=StatoIncontro.CONVOCATO, inizio__lte=adesso())
    propri = Incontro.objects.filter(aperti, rete__convocante__titolare_piattaforma=True)
    return propri.annotate(attesa=attesa).exclude(attesa="").order_by("inizio", "pk")
