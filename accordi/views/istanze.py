"""The partner's pages: start an application, follow it, answer, withdraw."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accordi.forms.istanze import CandidaturaForm, RispostaForm, RitiroForm
from accordi.models import Avviso, Istanza
from accordi.permissions import puo_gestire_istanza
from accordi.queries.contenuto import allegati, partecipanti_di, risposte_in_parole
from accordi.queries.istanze import soggetti_candidabili
from accordi.queries.preavvisi import preavviso_da_osservare
from accordi.queries.termini import clock, per_il_clock
from accordi.services import istanze as servizi
from accordi.services.repliche import integra_istanza, osserva_preavviso
from accordi.stati import TRANSIZIONI_ISTANZA, StatoIstanza
from accordi.views.bozze import bozza
from accordi.views.passi_istanza import mia, prova, trova
from core.errori import Rifiuto
from core.registro import righe_di
from core.scrivania import ente_scelto, enti_di

PER_PAGINA = 20
# Steps of the writing, of no interest once the application is presented.
SOLO_IN_BOZZA = (
    "istanza.aggiornata",
    "istanza.partecipante_aggiunto",
    "istanza.partecipante_tolto",
    "istanza.conferma_decaduta",
    "istanza.documento_caricato",
    "istanza.documento_tolto",
)


@login_required
def candidatura(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the body and start the draft."""
    avviso = get_object_or_404(Avviso.objects.pubblicati(), slug=slug)
    candidabili = soggetti_candidabili(request.user)
    form = CandidaturaForm(request.POST or None, candidabili=candidabili)
    if form.is_valid():
        try:
            istanza = servizi.crea_istanza(utente=request.user, avviso=avviso, capofila=form.cleaned_data["soggetto"])
        except servizi.InEsame as rifiuto:
            messages.info(request, rifiuto.frase)
            return redirect(rifiuto.istanza)
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto.frase)
        else:
            return redirect(istanza)
    return render(
        request,
        "accordi/candidatura.html",
        {"avviso": avviso, "form": form, "ha_soggetti": candidabili.exists()},
    )


@login_required
def istanze(request: HttpRequest) -> HttpResponse:
    """The applications of the bodies that I represent, or of the one in `?ente`."""
    enti = enti_di(request.user)
    ente = ente_scelto(enti, request.GET.get("ente", ""))
    mie = per_il_clock(Istanza.objects.visibili_a(request.user).di_ente(ente))
    pagina = Paginator(mie, PER_PAGINA).get_page(request.GET.get("pagina"))
    righe = [(istanza, clock(istanza)) for istanza in pagina]
    contesto = {"pagina": pagina, "righe": righe, "enti": enti, "ente": ente}
    return render(request, "accordi/istanze.html", contesto)


@login_required
def istanza(request: HttpRequest, codice: str) -> HttpResponse:
    """A draft to write, or the file of a presented application (R08)."""
    trovata = trova(request, codice)
    if trovata.stato == StatoIstanza.BOZZA:
        return bozza(request, trovata)
    if request.method == "POST":  # a second press of "presenta", or an old tab
        messages.info(request, _("L'istanza è già stata presentata: protocollo %s.") % trovata.protocollo)
        return redirect(trovata)
    return _fascicolo(request, trovata)


def _fascicolo(request: HttpRequest, istanza: Istanza, **moduli: Any) -> HttpResponse:
    gestisce = puo_gestire_istanza(request.user, istanza)
    contesto = {
        "istanza": istanza,
        "clock": clock(istanza),
        "partecipanti": partecipanti_di(istanza),
        "risposte": risposte_in_parole(istanza),
        "allegati": allegati(istanza, request.user),
        "sospensioni": istanza.sospensioni.all(),
        "storia": righe_di(istanza).exclude(azione__in=SOLO_IN_BOZZA),
        "puo_integrare": gestisce and istanza.stato == StatoIstanza.INTEGRAZIONE,
        "puo_ritirare": gestisce
        and StatoIstanza.RITIRATA in TRANSIZIONI_ISTANZA[istanza.stato]
        and not istanza.accordo,
        "preavviso": preavviso_da_osservare(istanza) if gestisce else None,
        "risposta_form": RispostaForm(),
        "osservazioni_form": RispostaForm(prefix="osservazioni"),
        "ritiro_form": RitiroForm(),
    }
    return render(request, "accordi/istanza.html", contesto | moduli)


@login_required
@require_POST
def integrazione(request: HttpRequest, codice: str) -> HttpResponse:
    """Answer the Province's request."""
    trovata = mia(request, codice)
    form = RispostaForm(request.POST, request.FILES)
    if form.is_valid():
        fatto = _("Risposta inviata: l'istruttoria riprende.")
        try:
            integra_istanza(utente=request.user, istanza=trovata, **form.cleaned_data)
        except ValidationError as rifiuto:
            form.add_error(None, rifiuto)
        else:
            messages.success(request, fatto)
            return redirect(trovata)
    return _fascicolo(request, trovata, risposta_form=form, puo_integrare=True)


@login_required
@require_POST
def osservazioni(request: HttpRequest, codice: str) -> HttpResponse:
    """Answer the notice of rejection."""
    trovata = mia(request, codice)
    form = RispostaForm(request.POST, request.FILES, prefix="osservazioni")
    if form.is_valid():
        try:
            osserva_preavviso(utente=request.user, istanza=trovata, **form.cleaned_data)
        except ValidationError as rifiuto:
            form.add_error(None, rifiuto)
        else:
            messages.success(request, _("Osservazioni inviate: la Provincia ne tiene conto prima di decidere."))
            return redirect(trovata)
    return _fascicolo(request, trovata, osservazioni_form=form, osserva=True)


@login_required
@require_POST
def ritiro(request: HttpRequest, codice: str) -> HttpResponse:
    """Withdraw a presented application."""
    trovata = mia(request, codice)
    form = RitiroForm(request.POST)
    if not form.is_valid():
        return _fascicolo(request, trovata, ritiro_form=form)
    motivi = form.cleaned_data["motivi"]
    prova(request, servizi.ritira_istanza, _("Istanza ritirata."), istanza=trovata, motivi=motivi)
    return redirect(trovata)
