"""The front door."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from accordi.models import Avviso
from pagine.models.base import InOgniLingua
from pagine.models.contenuti import NotiziaPage
from pagine.riservatezza import leggibili
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.luoghi import suggerimenti


class HomePage(InOgniLingua, Page):
    """The front door: what a citizen may need, then calls and news."""

    sottotitolo = models.CharField(_("sottotitolo"), max_length=200, blank=True)
    max_count = 1
    template = "pagine/home.html"
    parent_page_types: ClassVar = ["wagtailcore.Page"]
    subpage_types: ClassVar = ["pagine.ContenutoPage", "pagine.MisurePage"]
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("sottotitolo")]

    class Meta:
        verbose_name = _("pagina iniziale")

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {
            "avvisi": Avviso.objects.aperti().order_by("chiude")[:3],
            "suggerimenti": suggerimenti(),
            "punti_totale": PuntoInformativo.objects.pubblici().count(),
            "sezioni": leggibili(self.get_children()).in_menu().specific(),
            "notizie": leggibili(NotiziaPage.objects.descendant_of(self)).order_by("-data", "-pk")[:3],
        }
