"""Guides to measures, each with its validity by dates, and their index (R60)."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from core.orologio import oggi
from pagine.blocchi import ProfiloBlock
from pagine.guida import CHI, DOMANDE
from pagine.models.base import PARAGRAFI, PaginaTrovabile, percorso_di
from pagine.riservatezza import leggibili
from punti_informativi.models import Servizio

IN_EVIDENZA = 4


class MisuraQuerySet(PageQuerySet):
    def in_vigore(self, al: date | None = None) -> "MisuraQuerySet":
        """Those whose dates hold on that day; no date, no limit."""
        giorno = al or oggi()
        return self.filter(Q(dal__isnull=True) | Q(dal__lte=giorno), Q(al__isnull=True) | Q(al__gte=giorno))

    def fuori_vigore(self) -> "MisuraQuerySet":
        """Ended, or still to begin."""
        return self.filter(Q(al__lt=oggi()) | Q(dal__gt=oggi()))

    def concluse(self) -> "MisuraQuerySet":
        return self.filter(al__lt=oggi()).order_by("-al", "title")


class MisurePage(PaginaTrovabile):
    """The measures in force, by who one is; those that ended apart, as history."""

    sommario = models.CharField(_("in breve"), max_length=255)
    template = "pagine/misure.html"
    parent_page_types: ClassVar = ["pagine.HomePage"]
    subpage_types: ClassVar = ["pagine.MisuraPage"]
    max_count_per_parent = 1
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("sommario")]

    class Meta:
        verbose_name = _("elenco delle misure")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        misure = leggibili(MisuraPage.objects.child_of(self))
        scelto = request.GET.get(CHI, "")
        storia = "concluse" in request.GET
        mostrate = misure.concluse() if storia else [m for m in misure.in_vigore() if m.riguarda(scelto)]
        return super().get_context(request, *args, **kwargs) | {
            "misure": mostrate,
            "storia": storia,
            "concluse": misure.concluse().count(),
            "chi": DOMANDE[0].risposte.items(),
            "scelto": scelto if scelto in DOMANDE[0].risposte else "",
        }


class MisuraPage(PaginaTrovabile):
    """A guide to one measure. Out of its dates it says so, and leaves lists, menus, search and sitemap by itself."""

    sommario = models.CharField(_("in breve"), max_length=255)
    per_chi = RichTextField(_("a chi serve"), features=PARAGRAFI)
    che_cosa_da = RichTextField(_("che cosa dà"), features=PARAGRAFI)
    per_cominciare = RichTextField(_("che cosa fare per prima cosa"), features=PARAGRAFI)
    cosa_portare = RichTextField(_("che cosa portare"), features=PARAGRAFI, blank=True)
    servizi = ParentalManyToManyField(
        Servizio,
        blank=True,
        related_name="+",
        verbose_name=_("dove chiedere"),
        help_text=_("I punti informativi che danno questi servizi."),
    )
    atto = models.CharField(
        _("atto o fonte"), max_length=255, blank=True, help_text=_("Tipo, numero e data, come si citano.")
    )
    atto_url = models.URLField(_("dove si legge l'atto"), blank=True)
    dal = models.DateField(_("vale dal"), null=True, blank=True)
    al = models.DateField(_("vale fino al"), null=True, blank=True, help_text=_("Vuoto: senza una fine conosciuta."))
    verificata_il = models.DateField(_("verificata il"), help_text=_("Quando avete controllato che sia ancora giusta."))
    profili = StreamField([("profilo", ProfiloBlock())], blank=True, verbose_name=_("quando consigliarla nella guida"))
    template = "pagine/misura.html"
    parent_page_types: ClassVar = ["pagine.MisurePage"]
    subpage_types: ClassVar = []
    show_in_menus_default = False
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("sommario"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("dal"), FieldPanel("al"), FieldPanel("verificata_il")]),
                FieldRowPanel([FieldPanel("atto"), FieldPanel("atto_url")]),
            ],
            heading=_("Validità"),
        ),
        FieldPanel("per_chi"),
        FieldPanel("che_cosa_da"),
        FieldPanel("per_cominciare"),
        FieldPanel("cosa_portare"),
        FieldPanel("servizi", widget=forms.CheckboxSelectMultiple),
        FieldPanel("profili"),
    ]
    objects = PageManager.from_queryset(MisuraQuerySet)()
    search_fields: ClassVar = [
        *PaginaTrovabile.search_fields,
        index.FilterField("dal"),
        index.FilterField("al"),
    ]

    class Meta:
        verbose_name = _("guida a una misura")

    def clean(self) -> None:
        super().clean()
        if self.dal and self.al and self.al < self.dal:
            raise ValidationError({"al": _("La misura finirebbe prima di cominciare: controlla le due date.")})
        if self.verificata_il and self.verificata_il > oggi():
            raise ValidationError({"verificata_il": _("Scrivi il giorno in cui avete controllato: non può venire.")})

    def testo_cercabile(self) -> str:
        testi = (self.per_chi, self.che_cosa_da, self.per_cominciare, self.cosa_portare)
        return " ".join(get_text_for_indexing(t) for t in testi)

    @property
    def conclusa(self) -> bool:
        return bool(self.al and self.al < oggi())

    @property
    def futura(self) -> bool:
        return bool(self.dal and self.dal > oggi())

    @cached_property
    def chi(self) -> set[str]:
        """Who its profiles are for: keys of the guide's first question; all of them where a profile doesn't say."""
        tutti = set(DOMANDE[0].risposte)
        per_profilo = [{r for q, r in b.value.profilo.risposte if q == CHI} or tutti for b in self.profili]
        return set().union(*per_profilo)

    def etichette(self) -> list[Any]:
        return [testo for chiave, testo in DOMANDE[0].risposte.items() if chiave in self.chi]

    def riguarda(self, chi: str) -> bool:
        """Whether to list it for that answer; a measure without profiles is for everybody, and so is a wrong key."""
        return chi not in DOMANDE[0].risposte or not self.chi or chi in self.chi

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {"precedenti": percorso_di(self)}


def misure_in_evidenza() -> dict[str, Any]:
    """For the home: the index in the language in use and the first measures in force; empty without an index."""
    elenco = leggibili(MisurePage.objects.filter(locale=Locale.get_active())).first()
    if not elenco:
        return {}
    misure = leggibili(MisuraPage.objects.child_of(elenco)).in_vigore().order_by("path")
    return {"elenco": elenco, "prime": misure[:IN_EVIDENZA]}
