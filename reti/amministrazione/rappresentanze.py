"""Back office: who acts for a body, with which powers and until when."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from core.amministrazione.colonne import ColonnaData
from reti.amministrazione.registro import Elenco, RegistroViewSet, viste_con
from reti.forms.registro import RappresentanzaForm
from reti.models import Rappresentanza
from reti.services.rappresentanze import registra_rappresentanza

NuovaRappresentanza, ModificaRappresentanza = viste_con(
    lambda u, o, campi: registra_rappresentanza(utente=u, rappresentanza=o)
)


class ElencoRappresentanze(Elenco):
    collegati = ("soggetto", "utente")


class RappresentanzaViewSet(RegistroViewSet):
    model = Rappresentanza
    name = "gestione_rappresentanze"
    url_prefix = "rappresentanze"
    icon = "user"
    menu_label = _("Rappresentanze")
    index_view_class = ElencoRappresentanze
    add_view_class = NuovaRappresentanza
    edit_view_class = ModificaRappresentanza
    list_display = (
        Column("utente", label=_("Persona"), sort_key="utente"),
        Column("soggetto", label=_("Soggetto"), sort_key="soggetto__denominazione"),
        "titolo",
        ColonnaData("dal", label=_("Dal"), sort_key="dal"),
        ColonnaData("al", label=_("Al"), sort_key="al"),
    )
    list_filter = ("titolo",)
    search_fields = ("soggetto__denominazione", "utente__last_name", "utente__email")

    def get_form_class(self, for_update: bool = False) -> type[RappresentanzaForm]:
        return RappresentanzaForm
