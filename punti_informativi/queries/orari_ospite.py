"""What the Province is told of the hours that hosts write for all their points: they hold at once (R34)."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import RigaRegistro
from core.orologio import adesso
from core.scrivania import Voce, piu_urgenti
from punti_informativi.models import OrarioOspite, PuntoInformativo
from punti_informativi.stati import StatoPunto
from reti.models import Soggetto
from utenti.permissions import puo_coordinare

AZIONI = ("orari_ospite_modificati", "chiusure_ospite_modificate")


def con_orari_comuni(ospiti: QuerySet[Soggetto]) -> QuerySet[Soggetto]:
    """Hosts to whom one edit for all is of use: those of more points, or with such hours already."""
    contati = ospiti.annotate(quanti=Count("punti", filter=~Q(punti__stato=StatoPunto.CESSATO)))
    return contati.filter(Q(quanti__gt=1) | Q(pk__in=OrarioOspite.objects.values("soggetto")))


def voci_orari_ospite() -> list[Voce]:
    """Hours and closures that hosts changed for all their points in the last days: how they were, how they are."""
    dal = adesso() - timedelta(days=settings.PUNTI_GIORNI_NOTIZIA_ECCEZIONI)
    righe = RigaRegistro.objects.filter(
        oggetto_tipo=Soggetto._meta.label_lower, azione__in=AZIONI, quando__gte=dal
    ).select_related("utente")
    ultime = {(r.oggetto_id, r.azione): r for r in righe.order_by("numero") if not puo_coordinare(r.utente)}
    soggetti = Soggetto.objects.in_bulk([int(pk) for pk, _azione in ultime])
    seguiti = PuntoInformativo.objects.filter(soggetto__in=soggetti, orari_dell_ospite=True)
    con_punti = set(seguiti.values_list("soggetto", flat=True))
    voci = [_voce(riga, soggetti[int(pk)]) for (pk, _azione), riga in ultime.items() if int(pk) in con_punti]
    return piu_urgenti(voci, _("Altri %d orari cambiati per tutti i punti"), reverse("wagtailadmin_home"))


def _voce(riga: RigaRegistro, soggetto: Soggetto) -> Voce:
    if riga.azione == "orari_ospite_modificati":
        titolo = _("Controlla gli orari di tutti i punti di %s") % soggetto.denominazione
    else:
        titolo = _("Controlla le chiusure di tutti i punti di %s") % soggetto.denominazione
    dettaglio = _("Già pubblici, scritti da %(chi)s. Prima: %(prima)s. Adesso: %(dopo)s.") % {
        "chi": riga.utente,
        "prima": ", ".join(riga.dati["prima"]) or _("niente"),
        "dopo": ", ".join(riga.dati["dopo"]) or _("niente"),
    }
    return Voce(
        titolo, reverse("punti:orari_ospite", args=[soggetto.slug]), 2, dettaglio, gruppo=_("Punti informativi")
    )
