"""Back office: the minutes of a meeting."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from reti.amministrazione import incontri as viste
from reti.amministrazione.viste import VistaModulo
from reti.forms.verbali import DecisioniFormSet, VerbaleForm
from reti.services.verbali import verbalizza
from reti.stati import TRANSIZIONI_INCONTRO, StatoIncontro


class Minuta(viste.IncontroMixin, VistaModulo):
    """Write the minutes and lock them."""

    template_name = "reti/gestione/verbale.html"
    page_title = _("Verbale")
    invia = _("Chiudi il verbale")
    messaggio = _("Il verbale è chiuso: testo, decisioni e presenze non cambiano più.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if StatoIncontro.VERBALIZZATO not in TRANSIZIONI_INCONTRO[self.incontro.stato]:
            messages.warning(request, _("Il verbale si redige per un incontro svolto: registra prima le presenze."))
            return self.alla_scheda()
        return super().get(request, *args, **kwargs)

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {
            "form": VerbaleForm(dati, initial={"testo": self.incontro.ordine_del_giorno}),
            "decisioni": DecisioniFormSet(dati, prefix="decisioni"),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        presenze = self.incontro.presenze.select_related("adesione__soggetto")
        return super().get_context_data(incontro=self.incontro, presenze=presenze, **kwargs)

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        verbalizza(
            utente=self.request.user,
            incontro=self.incontro,
            testo=moduli["form"].cleaned_data["testo"],
            decisioni=[d for d in moduli["decisioni"].cleaned_data if d.get("testo")],
        )
        return self.alla_scheda()
