"""Who a campaign reaches, what came back, which categories count (R36, F1)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Messaggio
from core.scrivania import Voce
from punti_informativi.models import Campagna, Categoria, Invio
from punti_informativi.stati import StatoCampagna
from reti.models import Soggetto

COLONNE = (
    "Campagna",
    "Categoria",
    "Destinatario",
    "Indirizzo",
    "Mezzo",
    "Inviato il",
    "Consegna",
    "Risposta",
    "Risposta del",
    "Nota",
)


@dataclass(frozen=True)
class Destinatario:
    """One body that a campaign writes to, for the one category that counts it."""

    soggetto: Soggetto
    categoria: Categoria

    @property
    def indirizzo(self) -> str:
        return self.soggetto.email or self.soggetto.pec


def soggetti_della(categoria: Categoria) -> QuerySet[Soggetto]:
    """Bodies of the category: those of its types and those named one by one; never the Province itself."""
    return Soggetto.objects.filter(
        Q(tipo__in=categoria.tipi) | Q(categorie_promozione=categoria), titolare_piattaforma=False
    ).distinct()


def destinatari(campagna: Campagna) -> list[Destinatario]:
    """Each body once, by category and name; one that is in several counts for the smallest category.

    So that a small category isn't emptied by a large one that holds the same bodies.
    """
    gruppi = [(c, list(soggetti_della(c))) for c in campagna.categorie.all()]
    presi: dict[int, Destinatario] = {}
    for categoria, soggetti in sorted(gruppi, key=lambda g: (len(g[1]), g[0].nome)):
        for soggetto in soggetti:
            presi.setdefault(soggetto.pk, Destinatario(soggetto, categoria))
    return sorted(presi.values(), key=lambda d: (d.categoria.nome, d.soggetto.denominazione))


def chiave_mail(pk: int) -> str:
    """The outbox key of the mail of one row, by the row's key."""
    return f"promozione-{pk}"


def non_consegnati(invii: QuerySet[Invio]) -> set[int]:
    """Keys of the rows whose mail was given up."""
    chiavi = {chiave_mail(pk): pk for pk in invii.filter(mezzo=Invio.Mezzo.EMAIL).values_list("pk", flat=True)}
    perse = Messaggio.objects.filter(chiave__startswith="promozione-", stato=Messaggio.Stato.ABBANDONATO)
    return {chiavi[c] for c in perse.values_list("chiave", flat=True) if c in chiavi}


def invii_giunti(dal: date, al: date) -> QuerySet[Invio]:
    """Rows of the closed interval of days whose mail, if it was one, wasn't given up."""
    invii = Invio.objects.filter(inviato_il__gte=dal, inviato_il__lte=al)
    return invii.exclude(pk__in=non_consegnati(invii))


def categorie_raggiunte(dal: date, al: date) -> QuerySet[Categoria]:
    """Distinct categories that something reached (F1): a category counts once, whatever was sent."""
    return Categoria.objects.filter(pk__in=invii_giunti(dal, al).values("categoria"))


def primi_invii(dal: date, al: date) -> QuerySet[Invio]:
    """The first row that reached each category: one record per unit of F1."""
    giunti = invii_giunti(dal, al)
    primo = giunti.filter(categoria=OuterRef("categoria")).order_by("inviato_il", "pk").values("pk")[:1]
    return giunti.filter(pk=Subquery(primo)).select_related("campagna", "categoria")


def altri_invii(dal: date, al: date) -> QuerySet[Invio]:
    """The rows of the period after the first of their category, and those that didn't arrive."""
    tutti = Invio.objects.filter(inviato_il__gte=dal, inviato_il__lte=al)
    return tutti.exclude(pk__in=primi_invii(dal, al).values("pk")).select_related("campagna", "categoria")


def campagne() -> QuerySet[Campagna]:
    """With how many rows, answers and interested bodies each has."""
    return Campagna.objects.annotate(
        inviati=Count("invii", distinct=True),
        risposte=Count("invii", filter=~Q(invii__risposta=""), distinct=True),
        interessati=Count("invii", filter=Q(invii__risposta=Invio.Risposta.INTERESSATO), distinct=True),
    ).order_by("-creata_il", "-pk")


def righe(campagna: Campagna) -> Iterator[tuple[Any, ...]]:
    """The rows as cells: heading, then one per body."""
    yield COLONNE
    invii = campagna.invii.select_related("categoria")
    persi = non_consegnati(invii)
    for invio in invii:
        consegna = "" if invio.mezzo != Invio.Mezzo.EMAIL else _("non riuscita") if invio.pk in persi else _("riuscita")
        yield (
            campagna.titolo,
            invio.categoria.nome,
            invio.destinatario,
            invio.indirizzo,
            invio.get_mezzo_display(),
            invio.inviato_il,
            consegna,
            invio.get_risposta_display() if invio.risposta else "",
            invio.risposta_il,
            invio.nota,
        )


def voci_richiamate() -> list[Voce]:
    """Who asked to be called back: on the desk until the answer changes or the campaign closes."""
    aperti = Invio.objects.filter(risposta=Invio.Risposta.DA_RICHIAMARE).exclude(campagna__stato=StatoCampagna.CHIUSA)
    return [
        Voce(
            _("Richiama %s") % invio.destinatario,
            reverse("punti_invio", args=[invio.campagna.codice, invio.pk]),
            1,
            f"{invio.campagna.titolo}. {invio.nota}".strip(),
            gruppo=_("Promozione dei punti"),
        )
        for invio in aperti.select_related("campagna")
    ]
