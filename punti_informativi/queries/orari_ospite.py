"""Hours that hosts write for all their points: what a proposal changes, and the closures public already (R34)."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import RigaRegistro
from core.orologio import adesso
from core.scrivania import Voce, piu_urgenti
from punti_informativi.models import OrarioOspite, Proposta, PuntoInformativo
from punti_informativi.queries.proposte import Differenza, in_parole
from punti_informativi.services.orari_proposti import valori_di_tutti
from punti_informativi.stati import StatoProposta, StatoPunto
from reti.differenze import riga_per_riga
from reti.models import Soggetto
from utenti.permissions import puo_coordinare


def con_orari_comuni(ospiti: QuerySet[Soggetto]) -> QuerySet[Soggetto]:
    """Hosts to whom one edit for all is of use: those of more points, or with such hours already."""
    contati = ospiti.annotate(quanti=Count("punti", filter=~Q(punti__stato=StatoPunto.CESSATO)))
    return contati.filter(Q(quanti__gt=1) | Q(pk__in=OrarioOspite.objects.values("soggetto")))


def differenze_orari(proposta: Proposta) -> list[Differenza]:
    """What a host's proposal changes: against the hours of now while it waits, else against those of then."""
    aperta = proposta.stato == StatoProposta.IN_ATTESA
    prima = valori_di_tutti(proposta.soggetto) if aperta else proposta.prima
    dopo = proposta.dopo
    settimana = riga_per_riga(in_parole("orari", prima["orari"]), in_parole("orari", dopo["orari"]))
    nomi = dict(PuntoInformativo.objects.filter(soggetto=proposta.soggetto_id).values_list("pk", "nome"))
    seguono = riga_per_riga(*(_nomi(nomi, valori["punti"]) for valori in (prima, dopo)))
    return [
        Differenza("orari", _("orario settimanale di tutti i punti"), settimana),
        Differenza("punti", _("punti che lo seguono"), seguono),
    ]


def _nomi(nomi: dict[int, str], punti: list[int]) -> str:
    return "".join(f"{nome}\n" for nome in sorted(nomi[pk] for pk in punti if pk in nomi))


def voci_orari_ospite() -> list[Voce]:
    """Closures that hosts changed for all their points in the last days: how they were, how they are."""
    dal = adesso() - timedelta(days=settings.PUNTI_GIORNI_NOTIZIA_ECCEZIONI)
    righe = RigaRegistro.objects.filter(
        oggetto_tipo=Soggetto._meta.label_lower, azione="chiusure_ospite_modificate", quando__gte=dal
    ).select_related("utente")
    ultime = {int(r.oggetto_id): r for r in righe.order_by("numero") if not puo_coordinare(r.utente)}
    soggetti = Soggetto.objects.in_bulk(ultime)
    seguiti = PuntoInformativo.objects.filter(soggetto__in=soggetti, orari_dell_ospite=True)
    con_punti = set(seguiti.values_list("soggetto", flat=True))
    voci = [_voce(riga, soggetti[pk]) for pk, riga in ultime.items() if pk in con_punti]
    return piu_urgenti(voci, _("Altre %d chiusure di tutti i punti"), reverse("wagtailadmin_home"))


def _voce(riga: RigaRegistro, soggetto: Soggetto) -> Voce:
    titolo = _("Controlla le chiusure di tutti i punti di %s") % soggetto.denominazione
    dettaglio = _("Già pubbliche, scritte da %(chi)s. Prima: %(prima)s. Adesso: %(dopo)s.") % {
        "chi": riga.utente,
        "prima": ", ".join(riga.dati["prima"]) or _("niente"),
        "dopo": ", ".join(riga.dati["dopo"]) or _("niente"),
    }
    return Voce(
        titolo, reverse("punti:orari_ospite", args=[soggetto.slug]), 2, dettaglio, gruppo=_("Punti informativi")
    )
