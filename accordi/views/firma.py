"""Signing online in three plain steps: open the document, declare, write the code; or declining, with the reason."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accordi.forms.firme import FirmaForm
from accordi.forms.giro import DeclinaForm
from accordi.models import Accordo, Firma, Parte
from accordi.permissions import motivo_rifiuto_declina, motivo_rifiuto_firma, motivo_rifiuto_sottoscrive, puo_declinare
from accordi.queries.accordi import parti_da_firmare, revisione_corrente
from accordi.queries.marche import MARCA_IN_ATTESA
from accordi.services import secondo_fattore
from accordi.services.firme import firma_accordo
from accordi.services.rifiuti import declina_firma
from accordi.views.accordi import APERTI
from core.errori import Rifiuto
from core.indirizzi import indirizzo_di
from reti.models import Soggetto
from utenti.identita import identita_digitale

CREDENZIALI = "account della piattaforma con password"


def evidenza_di(request: HttpRequest, aperto_il: str) -> dict[str, str]:
    """What the connection tells of the signatory: the address that the trusted proxy saw, or the connection's own.

    The whole header is noted apart: anyone can write the rest of it.
    """
    return {
        "ip": indirizzo_di(request),
        "inoltrato_per": request.META.get("HTTP_X_FORWARDED_FOR", "")[:200],
        "programma": request.META.get("HTTP_USER_AGENT", "")[:300],
        "documento_aperto_il": aperto_il,
        "identificazione": identita_digitale(request) or CREDENZIALI,
    }


class PassiFirma:
    """What the public page and the back office share; the view gives `parte`."""

    parte: Parte
    request: HttpRequest

    def contesto(self, form: FirmaForm | None = None) -> dict[str, Any]:
        accordo = self.parte.accordo
        revisione = revisione_corrente(accordo)
        metodo = secondo_fattore.metodo_di(self.request.user)
        return {
            "accordo": accordo,
            "parte": self.parte,
            "revisione": revisione,
            "motivo": motivo_rifiuto_firma(self.request.user, self.parte),
            # Of two ways to sign, the other one is open.
            "non_basta": not motivo_rifiuto_sottoscrive(self.request.user, self.parte),
            "puo_declinare": puo_declinare(self.request.user, self.parte),
            "con_app": metodo == secondo_fattore.APP,
            "codice_dimostrativo": secondo_fattore.codice_dimostrativo(self.request.user),
            "aperto": bool(revisione) and revisione.impronta in self.request.session.get(APERTI, {}),
            "form": form or FirmaForm(initial={"impronta": revisione.impronta if revisione else ""}),
        }

    def manda_codice(self) -> None:
        try:
            secondo_fattore.chiedi_codice(utente=self.request.user, parte=self.parte)
        except Rifiuto as rifiuto:
            messages.error(self.request, rifiuto.frase)
        else:
            messages.success(self.request, _("Codice inviato a %s: scrivilo qui sotto.") % self.request.user.email)

    def firma(self) -> tuple[Firma | None, FirmaForm]:
        """(signature or None, form): a refusal goes into the form, which keeps what was typed."""
        form = FirmaForm(self.request.POST)
        if not form.is_valid():
            return None, form
        aperto_il = self.request.session.get(APERTI, {}).get(form.cleaned_data["impronta"])
        if not aperto_il:
            form.add_error(None, _("Prima di firmare apri il documento e leggilo: è il passo 1."))
            return None, form
        try:
            firma = firma_accordo(
                utente=self.request.user,
                parte=self.parte,
                impronta_vista=form.cleaned_data["impronta"],
                codice=form.cleaned_data["codice"],
                evidenza=evidenza_di(self.request, aperto_il),
            )
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto.frase)
            return None, self._con_impronta_nuova(form)
        except PermissionDenied as rifiuto:
            form.add_error(None, str(rifiuto))
            return None, form
        return firma, form

    def _con_impronta_nuova(self, form: FirmaForm) -> FirmaForm:
        """The page offers the current document again, never the stale one."""
        revisione = revisione_corrente(Accordo.objects.get(pk=self.parte.accordo_id))
        form.data = form.data.copy()
        form.data["impronta"] = revisione.impronta if revisione else ""
        return form

    def congratula(self, firma: Firma) -> None:
        messages.success(self.request, _("Hai firmato per %s.") % self.parte.soggetto)
        if firma.marca_temporale.startswith(MARCA_IN_ATTESA):
            messages.warning(
                self.request,
                _("L'autorità di marcatura temporale non ha risposto: la firma vale, la marca arriverà dopo."),
            )


def parte_di(utente: Any, accordo: Accordo) -> Parte:
    """The party that the person may sign for now, else one that still has to sign, else the one they represent."""
    rappresentate = accordo.parti.select_related("accordo", "soggetto").filter(
        soggetto__in=Soggetto.objects.rappresentati_da(utente)
    )
    di_turno = parti_da_firmare(utente).filter(accordo=accordo).first()
    parte = di_turno or rappresentate.senza_firma().first() or rappresentate.first()
    if parte is None:
        raise Http404
    return parte


class FirmaView(LoginRequiredMixin, PassiFirma, TemplateView):
    """For partners. Who doesn't represent a party gets 404; an old link gets 410 (R05)."""

    template_name = "accordi/firma.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        accordo = get_object_or_404(Accordo.objects.visibili_a(request.user), codice=kwargs["codice"])
        versione = kwargs.get("versione")
        ultima = accordo.versioni.last()
        if versione and ultima and versione != ultima.numero:
            return render(request, "accordi/firma_superata.html", {"accordo": accordo}, status=410)
        self.parte = parte_di(request.user, accordo)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | self.contesto(kwargs.get("form"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "manda_codice" in request.POST:
            self.manda_codice()
            return redirect(request.path)
        firma, form = self.firma()
        if firma is None:
            return self.render_to_response(self.get_context_data(form=form))
        self.congratula(firma)
        return redirect(self.parte.accordo)


class DeclinaView(LoginRequiredMixin, FormView):
    """A party says that it won't sign, and why: what was written stays on the page when it is refused."""

    template_name = "accordi/declina.html"
    form_class = DeclinaForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        accordo = get_object_or_404(Accordo.objects.visibili_a(request.user), codice=kwargs["codice"])
        self.parte = parte_di(request.user, accordo)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        ultima = self.parte.accordo.versioni.last()
        return {"versione": ultima.numero if ultima else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "accordo": self.parte.accordo,
            "parte": self.parte,
            "impedimento": motivo_rifiuto_declina(self.request.user, self.parte),
        }

    def form_valid(self, form: DeclinaForm) -> HttpResponse:
        try:
            declina_firma(utente=self.request.user, parte=self.parte, **form.cleaned_data)
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto.frase)
            return self.form_invalid(form)
        except PermissionDenied as rifiuto:
            form.add_error(None, str(rifiuto))
            return self.form_invalid(form)
        messages.success(self.request, _("Hai rifiutato di firmare per %s: lo sanno tutti.") % self.parte.soggetto)
        return redirect(self.parte.accordo)
