"""What was done and what came of it, in figures that say where they come from (R60)."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from pagine.blocchi import NumeroBlock, NumeroPegBlock
from pagine.models.base import PARAGRAFI, PaginaTrovabile, percorso_di


class RisultatiPage(PaginaTrovabile):
    """«Abbiamo lavorato per», «In che modo», «Risultati», in the form of the Region's own reports."""

    sommario = models.CharField(_("in breve"), max_length=255)
    abbiamo_lavorato_per = RichTextField(_("abbiamo lavorato per"), features=PARAGRAFI)
    in_che_modo = RichTextField(_("in che modo"), features=PARAGRAFI)
    numeri = StreamField([("numero", NumeroBlock()), ("peg", NumeroPegBlock())], verbose_name=_("risultati"))
    per_chi = RichTextField(_("beneficiari"), features=PARAGRAFI, blank=True)
    con_chi = RichTextField(_("soggetti coinvolti"), features=PARAGRAFI, blank=True)
    attivita = RichTextField(_("tipologia di attività"), features=PARAGRAFI, blank=True)
    template = "pagine/risultati.html"
    parent_page_types: ClassVar = ["pagine.HomePage", "pagine.ContenutoPage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("sommario"),
        FieldPanel("abbiamo_lavorato_per"),
        FieldPanel("in_che_modo"),
        FieldPanel("numeri"),
        MultiFieldPanel(
            [FieldPanel("per_chi"), FieldPanel("con_chi"), FieldPanel("attivita")], heading=_("Per chi e con chi")
        ),
    ]

    class Meta:
        verbose_name = _("pagina dei risultati")

    def testo_cercabile(self) -> str:
        detti = [str(b.value["che_cosa"]) for b in self.numeri]
        testi = (self.abbiamo_lavorato_per, self.in_che_modo, self.per_chi, self.con_chi, self.attivita)
        return " ".join([*detti, *(get_text_for_indexing(t) for t in testi)])

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        return super().get_context(request, *args, **kwargs) | {"precedenti": percorso_di(self)}
