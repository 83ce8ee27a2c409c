"""Signing with one's own digital signature: take the document, sign it outside, bring it back."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accordi.forms.firme import MASSIMO_FIRMATO, TROPPO_GRANDE, FirmaEsternaForm
from accordi.models import Accordo, Firma, Parte
from accordi.permissions import motivo_rifiuto_firma_esterna
from accordi.queries.accordi import revisione_corrente
from accordi.queries.giro import livello_dovuto, prenotazione_aperta, tempo_esaurito
from accordi.scelte import Livello
from accordi.services.firma_esterna import firma_dall_esterno
from accordi.services.prenotazioni import (
    TEMPO_ESAURITO,
    lascia_documento,
    prendi_documento,
    prolunga_prenotazione,
    prolungabile,
)
from accordi.views.accordi import APERTI
from accordi.views.firma import evidenza_di, parte_di
from core.caricamenti import limita_corpo
from core.errori import Rifiuto

AZIONI: dict[str, tuple[Callable, str]] = {
    "prendi": (prendi_documento, "Il documento è riservato a te: scaricalo, firmalo e ricaricalo qui."),
    "prolunga": (prolunga_prenotazione, "Tempo prolungato."),
    "lascia": (lascia_documento, "Documento lasciato: le altre parti possono firmare."),
}


class PassiFirmaEsterna:
    """What the public page and the back office share; the view gives `parte`."""

    parte: Parte
    request: HttpRequest

    def contesto(self, form: FirmaEsternaForm | None = None) -> dict[str, Any]:
        accordo = self.parte.accordo
        presa = prenotazione_aperta(accordo)
        return {
            "accordo": accordo,
            "parte": self.parte,
            "motivo": motivo_rifiuto_firma_esterna(self.request.user, self.parte),
            "presa": presa,
            "prolungabile": presa and prolungabile(presa),
            "senza_riserva": TEMPO_ESAURITO if not presa and tempo_esaurito(self.parte) else "",
            "minuti": settings.PRENOTAZIONE_MINUTI,
            "qualificata": livello_dovuto(self.parte) == Livello.QUALIFICATA,
            "massimo": MASSIMO_FIRMATO,
            "troppo_grande": TROPPO_GRANDE,
            "fatta": self._fatta(),
            "form": form or FirmaEsternaForm(),
        }

    def _fatta(self) -> Firma | None:
        """The person's own signature on the current text: its report is theirs to read."""
        versione = self.parte.accordo.versioni.last()
        return Firma.objects.filter(parte=self.parte, versione=versione, utente=self.request.user).first()

    def esegue(self, azione: str) -> None:
        servizio, frase = AZIONI[azione]
        try:
            servizio(utente=self.request.user, parte=self.parte)
        except Rifiuto as rifiuto:
            messages.error(self.request, rifiuto.frase)
        except PermissionDenied as rifiuto:
            messages.error(self.request, str(rifiuto))
        else:
            messages.success(self.request, _(frase))

    def carica(self) -> tuple[Firma | None, FirmaEsternaForm]:
        """(signature or None, form with the sentence that says what is wrong)."""
        form = FirmaEsternaForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return None, form
        revisione = revisione_corrente(self.parte.accordo)
        aperto_il = self.request.session.get(APERTI, {}).get(revisione.impronta if revisione else "", "")
        try:
            firma = firma_dall_esterno(
                utente=self.request.user,
                parte=self.parte,
                contenuto=form.cleaned_data["file"].read(),
                evidenza=evidenza_di(self.request, aperto_il),
            )
        except Rifiuto as rifiuto:
            form.add_error("file", rifiuto.frase)
            return None, form
        except PermissionDenied as rifiuto:
            form.add_error(None, str(rifiuto))
            return None, form
        return firma, form

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        azione = request.POST.get("azione", "")
        if azione in AZIONI:
            self.esegue(azione)
            return redirect(request.path)
        firma, form = self.carica()
        if firma is None:
            return self.render_to_response(self.get_context_data(form=form))
        return redirect(request.path)


@method_decorator(limita_corpo(MASSIMO_FIRMATO, TROPPO_GRANDE), name="dispatch")
class FirmaEsternaView(LoginRequiredMixin, PassiFirmaEsterna, TemplateView):
    """For partners; who doesn't represent a party gets 404."""

    template_name = "accordi/firma_esterna.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        accordo = get_object_or_404(Accordo.objects.visibili_a(request.user), codice=kwargs["codice"])
        self.parte = parte_di(request.user, accordo)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.contesto(kwargs.get("form"))
