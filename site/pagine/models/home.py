"""The front door."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from accordi.models import Avviso
from pagine.models.base import InOgniLingua
from pagine.models.centri import CentriPage, elenco_dei_centri
from pagine.models.contenuti import NotiziaPage
from pagine.models.misure import MisurePage, misure_in_evidenza
from pagine.riservatezza import leggibili
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.luoghi import suggerimenti


class HomePage(InOgniLingua, Page):
    """The front door: what a citizen may need, then calls and news."""

    sottotitolo = models.CharField(_("sottotitolo"), max_length=200, blank=True)
    primo_passo = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ho perso il lavoro: da dove comincio"),
        help_text=_("La pagina che spiega i primi passi, in evidenza nella pagina iniziale."),
    )
    max_count = 1
    template = "pagine/home.html"
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = [
        "pagine.ContenutoPage",
        "pagine.MisurePage",
        "pagine.CentriPage",
        "pagine.RisultatiPage",
    ]
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("sottotitolo"),
        PageChooserPanel("primo_passo", ["pagine.ContenutoPage", "pagine.MisuraPage"]),
    ]

    class Meta:
        verbose_name = _("pagina iniziale")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {
            "avvisi": Avviso.objects.aperti().order_by("chiude")[:3],
            "suggerimenti": suggerimenti(),
            "punti_totale": PuntoInformativo.objects.pubblici().count(),
            "primo": self.primo_da_leggere(),
            "centri": elenco_dei_centri(),
            "misure": misure_in_evidenza(),
            "sezioni": leggibili(self.get_children()).in_menu().not_type(MisurePage, CentriPage).specific(),
            "notizie": leggibili(NotiziaPage.objects.descendant_of(self)).order_by("-data", "-pk")[:3],
        }

    def primo_da_leggere(self) -> Page | None:
        """The first steps in the language of the page, if anyone may read them."""
        if self.primo_passo_id is None:
            return None
        return leggibili(Page.objects.filter(pk=self.primo_passo.localized.pk)).specific().first()
