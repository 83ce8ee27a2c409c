"""Back office: the roll and the minutes of a meeting, and the listing's registration."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from reti.amministrazione import incontri as viste
from reti.amministrazione.viste import VistaModulo, frase_dei_rifiuti
from reti.forms.incontri import AppelloForm, DecisioniFormSet, VerbaleForm
from reti.queries.tavoli import presenti_e_quorum
from reti.services.presenze import motivo_rifiuto_appello, registra_presenze, segna_svolto
from reti.services.verbali import verbalizza
from reti.stati import TRANSIZIONI_INCONTRO, StatoIncontro


class Appello(viste.IncontroMixin, VistaModulo):
    """The roll: every seat in one table, one POST; «svolto» in the same gesture when the roll is whole."""

    template_name = "reti/gestione/appello.html"
    page_title = _("Presenze")
    invia = _("Registra le presenze")
    messaggio = _("Le presenze sono registrate.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        scritte = {p.adesione_id: p for p in self.incontro.presenze.all()}
        convocazioni = self.incontro.convocazioni.select_related("adesione__soggetto")
        return {"righe": [AppelloForm(dati, convocazione=c, presenza=scritte.get(c.adesione_id)) for c in convocazioni]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        presenti, quorum = presenti_e_quorum(self.incontro)
        return super().get_context_data(
            incontro=self.incontro,
            presenti=presenti,
            quorum=quorum,
            motivo=motivo_rifiuto_appello(self.incontro),
            **kwargs,
        )

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        righe = [riga for modulo in moduli["righe"] if (riga := modulo.riga())]
        registra_presenze(utente=self.request.user, incontro=self.incontro, righe=righe)
        if "svolto" in self.request.POST:
            servizio = {"utente": self.request.user, "incontro": self.incontro}
            if frase_dei_rifiuti(lambda: segna_svolto(**servizio), self.request):
                messages.success(self.request, _("L'incontro è segnato come svolto."))
        return self.alla_scheda()


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
