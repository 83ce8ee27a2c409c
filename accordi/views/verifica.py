"""Public verification of a signed document, by code and by file (R14)."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accordi.forms.firme import MASSIMO_VERIFICA, VerificaCodiceForm, VerificaFileForm
from accordi.queries.accordi import parti_e_firme, revisione_corrente
from accordi.queries.verifica import accordo_verificabile, esamina
from core.caricamenti import limita_corpo
from core.indirizzi import conta, rete_di

TROPPO_GRANDE = _("Il file supera 30 MB e non è stato letto: carica il documento così come l'hai ricevuto.")


@method_decorator(limita_corpo(MASSIMO_VERIFICA, TROPPO_GRANDE), name="dispatch")
class VerificaView(TemplateView):
    """Two ways to check: the code printed on the document, or the file itself."""

    template_name = "accordi/verifica.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form_codice": VerificaCodiceForm(), "form_file": VerificaFileForm()} | super().get_context_data(
            **kwargs
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        if "codice" in request.POST:
            form = VerificaCodiceForm(request.POST)
            if form.is_valid():
                return redirect("accordi:verifica_codice", codice=form.cleaned_data["codice"])
            return self.render_to_response(self.get_context_data(form_codice=form))
        if _troppe_verifiche(request):
            form = VerificaFileForm()
            contesto = self.get_context_data(form_file=form, troppe=settings.VERIFICHE_SECONDI // 60)
            intestazioni = {"Retry-After": str(settings.VERIFICHE_SECONDI)}
            return self.render_to_response(contesto, status=429, headers=intestazioni)
        form = VerificaFileForm(request.POST, request.FILES)
        esame = esamina(form.cleaned_data["file"].read()) if form.is_valid() else None
        return self.render_to_response(self.get_context_data(form_file=form, esame=esame))


def _troppe_verifiche(request: HttpRequest) -> bool:
    """Counts one file sent by this network address: checking one costs a second of ours, sending it nothing."""
    return conta(f"verifiche-{rete_di(request)}", settings.VERIFICHE_SECONDI) > settings.VERIFICHE_PER_INDIRIZZO


class VerificaCodiceView(TemplateView):
    """What an agreement is, who signed it, when and at which level: bodies and offices, no names of persons."""

    template_name = "accordi/verifica_codice.html"

    def get(self, request: HttpRequest, codice: str) -> HttpResponse:
        accordo = accordo_verificabile(codice)
        if accordo is None:
            return render(request, "accordi/verifica_ignoto.html", {"codice": codice}, status=404)
        qr = segno.make(settings.INDIRIZZO_PUBBLICO + request.path, error="m")
        contesto = {
            "accordo": accordo,
            "parti": parti_e_firme(accordo),
            "revisione": revisione_corrente(accordo),
            "qr": qr.svg_data_uri(scale=4, border=2),
        }
        return self.render_to_response(contesto)
