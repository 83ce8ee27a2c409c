"""The signing round in the back office: who signs and when, invitations sent again, missing timestamps."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from accordi.amministrazione.pagina import PaginaAccordo
from accordi.forms.giro import GiroForm
from accordi.models import Accordo, Parte
from accordi.permissions import motivo_rifiuto_gestisce_accordo
from accordi.services import giro
from accordi.services.marche import richiedi_marche
from core.errori import Rifiuto


class GiroView(PaginaAccordo, FormView):
    """Order, stage and level of each party, on the draft."""

    template_name = "accordi/amministrazione/giro.html"
    form_class = GiroForm
    page_title = gettext_lazy("Chi firma e quando")
    header_icon = "order"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.accordo = get_object_or_404(Accordo.objects.visibili_a(request.user), pk=kwargs["pk"])
        if motivo := motivo_rifiuto_gestisce_accordo(request.user, self.accordo):
            raise PermissionDenied(motivo)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"accordo": self.accordo}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"accordo": self.accordo}

    def form_valid(self, form: GiroForm) -> HttpResponse:
        try:
            giro.imposta_giro(utente=self.request.user, accordo=self.accordo, posti=form.posti())
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto.frase)
            return self.form_invalid(form)
        messages.success(self.request, _("Giro di firma salvato."))
        return redirect("accordi_gestione:accordo", pk=self.accordo.pk)


class _VerboView(PaginaAccordo, View):
    """A button: one service, then back to the agreement with what happened."""

    http_method_names = ("post",)

    def torna(self, request: HttpRequest, accordo: Accordo, verbo: Any) -> HttpResponseRedirect:
        if motivo := motivo_rifiuto_gestisce_accordo(request.user, accordo):
            raise PermissionDenied(motivo)
        try:
            messages.success(request, verbo())
        except Rifiuto as rifiuto:
            messages.error(request, rifiuto.frase)
        return redirect("accordi_gestione:accordo", pk=accordo.pk)


class InvitaView(_VerboView):
    """Send the invitation again for one party: a signatory who lost it, or a delegate registered meanwhile."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        parti = Parte.objects.filter(accordo__in=Accordo.objects.visibili_a(request.user))
        parte = get_object_or_404(parti.select_related("accordo", "soggetto"), pk=pk)

        def verbo() -> str:
            giro.sollecita_firme(utente=request.user, accordo=parte.accordo, parte=parte)
            return _("Invito mandato di nuovo a chi può firmare oggi per %s.") % parte.soggetto

        return self.torna(request, parte.accordo, verbo)


class MarcheView(_VerboView):
    """Ask now for the timestamps that an authority didn't give."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        accordo = get_object_or_404(Accordo.objects.visibili_a(request.user), pk=pk)

        def verbo() -> str:
            richiedi_marche(utente=request.user, accordo=accordo)
            return _("Marca temporale ottenuta: porta l'ora certificata dall'autorità, successiva alla firma.")

        return self.torna(request, accordo, verbo)
