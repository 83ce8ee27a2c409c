"""Back office: the roll of a meeting."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from reti.amministrazione import incontri as viste
from reti.amministrazione.viste import VistaModulo, frase_dei_rifiuti
from reti.forms.incontri import AppelloForm
from reti.queries.tavoli import presenti_e_quorum
from reti.services.presenze import motivo_rifiuto_appello, registra_presenze, segna_svolto


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
