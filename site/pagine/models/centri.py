"""The directory of the job centres: whose is the comune where one lives, where it is, when it is open (R60)."""

from math import cos, hypot, radians
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet
from wagtail.rich_text import get_text_for_indexing

from pagine.models.base import PARAGRAFI, PaginaTrovabile, percorso_di
from pagine.riservatezza import leggibili
from punti_informativi.models import PuntoInformativo
from punti_informativi.orari import Calendario
from punti_informativi.queries.luoghi import Luogo, luogo, suggerimenti
from reti.models import Comune, Sede, Soggetto


class CentriPage(PaginaTrovabile):
    """All the centres; with `?vicino=` the one of that comune first."""

    sommario = models.CharField(_("in breve"), max_length=255)
    template = "pagine/centri.html"
    parent_page_types: ClassVar = ["pagine.HomePage"]
    subpage_types: ClassVar = ["pagine.CpiPage"]
    max_count_per_parent = 1
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("sommario")]

    class Meta:
        verbose_name = _("elenco dei centri per l'impiego")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        scritto = " ".join(request.GET.get("vicino", "").replace("\x00", "").split())[:80]
        trovato = luogo(scritto) if scritto else Luogo()
        centri = list(_con_sede(leggibili(CpiPage.objects.child_of(self))).order_by("title"))
        if trovato.comune:
            centri = dal_piu_utile(centri, trovato.comune)
        return super().get_context(request, *args, **kwargs) | {
            "vicino": trovato.comune.nome if trovato.comune else scritto,
            "comune": trovato.comune,
            "proposte": trovato.proposte,
            "non_capito": bool(scritto and not trovato.comune),
            "centri": centri,
            "suggerimenti": suggerimenti(),
        }


class CpiPage(PaginaTrovabile):
    """One centre: address and contacts are those of its soggetto, hours those of its desks."""

    sommario = models.CharField(_("in breve"), max_length=255)
    soggetto = models.ForeignKey(
        Soggetto,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"tipo": Soggetto.Tipo.CPI},
        verbose_name=_("centro per l'impiego"),
        help_text=_("Indirizzo, telefono ed email si cambiano nella scheda del soggetto."),
    )
    comuni = ParentalManyToManyField(Comune, blank=True, related_name="+", verbose_name=_("comuni serviti"))
    che_cosa_fai = RichTextField(_("che cosa puoi fare qui"), features=PARAGRAFI, blank=True)
    cosa_portare = RichTextField(_("che cosa portare"), features=PARAGRAFI, blank=True)
    template = "pagine/cpi.html"
    parent_page_types: ClassVar = ["pagine.CentriPage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("sommario"),
        FieldPanel("soggetto"),
        FieldPanel("che_cosa_fai"),
        FieldPanel("cosa_portare"),
        FieldPanel("comuni", widget=forms.CheckboxSelectMultiple),
    ]

    class Meta:
        verbose_name = _("centro per l'impiego")

    def testo_cercabile(self) -> str:
        comuni = " ".join(c.nome for c in self.comuni.all()) if self.pk else ""
        return f"{comuni} {get_text_for_indexing(self.che_cosa_fai)} {get_text_for_indexing(self.cosa_portare)}"

    @property
    def sede(self) -> Sede | None:
        """The main seat, or the first."""
        return next(iter(self.soggetto.sedi.all()), None)

    @property
    def calendario(self) -> Calendario:
        """The hours that hold for all of its desks."""
        return Calendario(
            fasce=tuple(o.fascia for o in self.soggetto.orari_ospite.all()),
            deroghe=tuple(e.deroga for e in self.soggetto.eccezioni_ospite.all()),
        )

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {
            "precedenti": percorso_di(self),
            "sportelli": PuntoInformativo.objects.pubblici().filter(soggetto=self.soggetto).con_orari(),
            "comuni": self.comuni.all(),
        }


def _con_sede(pagine: PageQuerySet) -> PageQuerySet:
    return pagine.select_related("soggetto").prefetch_related("soggetto__sedi__comune", "comuni")


def dal_piu_utile(centri: list[CpiPage], comune: Comune) -> list[CpiPage]:
    """Those that serve `comune`, then the others from the nearest."""
    return sorted(dal_piu_vicino(centri, comune), key=lambda c: comune not in c.comuni.all())


def dal_piu_vicino(centri: list[CpiPage], comune: Comune) -> list[CpiPage]:
    """As the crow flies; those without a seat last."""
    return sorted(centri, key=lambda c: _lontananza(c.sede, comune))


def _lontananza(sede: Sede | None, comune: Comune) -> float:
    """In degrees of latitude: only to sort."""
    if not sede:
        return float("inf")
    lat, lon = sede.posizione
    return hypot(lat - comune.lat, (lon - comune.lon) * cos(radians(comune.lat)))


def elenco_dei_centri() -> CentriPage | None:
    """The directory in the language in use, if the site has one."""
    return leggibili(CentriPage.objects.filter(locale=Locale.get_active())).first()


def pagina_di(soggetto: Any) -> str:
    """Address of the page of this centre in the language in use; empty for any other body."""
    if soggetto.tipo != Soggetto.Tipo.CPI:
        return ""
    pagina = leggibili(CpiPage.objects.filter(locale=Locale.get_active(), soggetto=soggetto)).first()
    return pagina.url if pagina else ""
