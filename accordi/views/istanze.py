"""The partner's pages: start, write, present and follow an application."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accordi.forms.istanze import CandidaturaForm, IstanzaForm, RispostaForm, RitiroForm
from accordi.models import Avviso, Istanza
from accordi.permissions import motivo_rifiuto_gestisce_istanza, puo_gestire_istanza
from accordi.queries.istanze import condizioni_mancanti, soggetti_candidabili, soggetti_da_aggiungere
from accordi.queries.termini import clock, per_il_clock
from accordi.services import istanze as servizi
from accordi.stati import TRANSIZIONI_ISTANZA, StatoIstanza
from core.errori import Rifiuto
from core.registro import righe_di
from reti.models import Soggetto

PER_PAGINA = 20
RISULTATI_RICERCA = 10
IDENTITA_DIGITALE = {"spid", "cie"}
# Steps of the writing, of no interest once the application is presented.
SOLO_IN_BOZZA = ("istanza.aggiornata", "istanza.partecipante_aggiunto", "istanza.partecipante_tolto")


def modalita_di(request: HttpRequest) -> str:
    """How this session was opened (CAD 65): by SPID or CIE, or by the platform's own credentials."""
    metodi = request.session.get("account_authentication_methods", [])
    digitale = any(m.get("provider") in IDENTITA_DIGITALE for m in metodi)
    return Istanza.Modalita.IDENTITA_DIGITALE if digitale else Istanza.Modalita.CREDENZIALI


def _trova(request: HttpRequest, codice: str) -> Istanza:
    istanze = per_il_clock(Istanza.objects.visibili_a(request.user))
    return get_object_or_404(istanze.select_related("presentata_da", "responsabile"), codice=codice)


def _mia(request: HttpRequest, codice: str) -> Istanza:
    istanza = _trova(request, codice)
    if motivo := motivo_rifiuto_gestisce_istanza(request.user, istanza):
        raise PermissionDenied(motivo)
    return istanza


def _prova(request: HttpRequest, verbo: Any, fatto: str, **argomenti: Any) -> bool:
    """Run a service; say what was done, or the reason of the refusal."""
    try:
        verbo(utente=request.user, **argomenti)
    except Rifiuto as rifiuto:
        for frase in rifiuto.messages:
            messages.error(request, frase)
        return False
    messages.success(request, fatto)
    return True


@login_required
def candidatura(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the body and start the draft."""
    avviso = get_object_or_404(Avviso.objects.pubblicati(), slug=slug)
    candidabili = soggetti_candidabili(request.user)
    form = CandidaturaForm(request.POST or None, candidabili=candidabili)
    if form.is_valid():
        try:
            istanza = servizi.crea_istanza(utente=request.user, avviso=avviso, capofila=form.cleaned_data["soggetto"])
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
    """The applications of the bodies that I represent."""
    mie = per_il_clock(Istanza.objects.visibili_a(request.user))
    pagina = Paginator(mie, PER_PAGINA).get_page(request.GET.get("pagina"))
    righe = [(istanza, clock(istanza)) for istanza in pagina]
    return render(request, "accordi/istanze.html", {"pagina": pagina, "righe": righe})


@login_required
def istanza(request: HttpRequest, codice: str) -> HttpResponse:
    """A draft to write, or the file of a presented application (R08)."""
    trovata = _trova(request, codice)
    if trovata.stato == StatoIstanza.BOZZA:
        return _bozza(request, trovata)
    if request.method == "POST":  # a second press of "presenta", or an old tab
        messages.info(request, _("L'istanza è già stata presentata: protocollo %s.") % trovata.protocollo)
        return redirect(trovata)
    return _fascicolo(request, trovata)


def _bozza(request: HttpRequest, istanza: Istanza) -> HttpResponse:
    """One form for the whole draft, so that no button loses what was typed."""
    if request.method == "POST":
        return _salva_bozza(request, istanza)
    return _mostra_bozza(request, istanza, IstanzaForm(istanza=istanza))


def _mostra_bozza(request: HttpRequest, istanza: Istanza, form: IstanzaForm) -> HttpResponse:
    cerca = request.GET.get("cerca", "").strip()[:100]
    trovati = soggetti_da_aggiungere(istanza, cerca)[: RISULTATI_RICERCA + 1] if cerca else []
    contesto = {
        "istanza": istanza,
        "form": form,
        "partecipanti": istanza.partecipanti.select_related("soggetto").order_by("pk"),
        "mancanti": condizioni_mancanti(istanza),
        "cerca": cerca,
        "trovati": list(trovati)[:RISULTATI_RICERCA],
        "altri": len(trovati) > RISULTATI_RICERCA,
        "puo_gestire": puo_gestire_istanza(request.user, istanza),
    }
    return render(request, "accordi/istanza_bozza.html", contesto)


def _salva_bozza(request: HttpRequest, istanza: Istanza) -> HttpResponse:
    if motivo := motivo_rifiuto_gestisce_istanza(request.user, istanza):
        raise PermissionDenied(motivo)
    form = IstanzaForm(request.POST, istanza=istanza)
    if not form.is_valid():
        return _mostra_bozza(request, istanza, form)
    dati = {"dichiarazione_dote": False} | form.cleaned_data
    try:
        servizi.aggiorna_istanza(utente=request.user, istanza=istanza, **dati)
    except Rifiuto as rifiuto:
        messages.error(request, rifiuto.frase)
        return redirect(istanza)
    return _esegui_bottone(request, istanza)


def _esegui_bottone(request: HttpRequest, istanza: Istanza) -> HttpResponse:
    """What the pressed button asks for, after the draft was saved."""
    bottone, _due_punti, slug = request.POST.get("azione", "salva").partition(":")
    cerca = request.POST.get("cerca", "").strip()
    if bottone == "cerca":
        return redirect(f"{istanza.get_absolute_url()}?{urlencode({'cerca': cerca})}#soggetti")
    if bottone in {"aggiungi", "togli"}:
        soggetto = get_object_or_404(Soggetto, slug=slug)
        verbo, fatto = {
            "aggiungi": (servizi.aggiungi_partecipante, _("%s è nella rete.")),
            "togli": (servizi.togli_partecipante, _("%s non è più nella rete.")),
        }[bottone]
        _prova(request, verbo, fatto % soggetto, istanza=istanza, soggetto=soggetto)
        return redirect(f"{istanza.get_absolute_url()}#soggetti")
    if bottone == "presenta":
        fatto = _("Istanza presentata: qui sotto trovi la ricevuta con il numero di protocollo.")
        _prova(request, servizi.presenta_istanza, fatto, istanza=istanza, modalita=modalita_di(request))
        return redirect(istanza)
    messages.success(request, _("Bozza salvata."))
    return redirect(istanza)


def _fascicolo(request: HttpRequest, istanza: Istanza, **moduli: Any) -> HttpResponse:
    gestisce = puo_gestire_istanza(request.user, istanza)
    contesto = {
        "istanza": istanza,
        "clock": clock(istanza),
        "partecipanti": istanza.partecipanti.select_related("soggetto").order_by("pk"),
        "sospensioni": istanza.sospensioni.all(),
        "storia": righe_di(istanza).exclude(azione__in=SOLO_IN_BOZZA),
        "puo_integrare": gestisce and istanza.stato == StatoIstanza.INTEGRAZIONE,
        "puo_ritirare": gestisce and StatoIstanza.RITIRATA in TRANSIZIONI_ISTANZA[istanza.stato],
        "risposta_form": RispostaForm(),
        "ritiro_form": RitiroForm(),
    }
    return render(request, "accordi/istanza.html", contesto | moduli)


@login_required
@require_POST
def elimina(request: HttpRequest, codice: str) -> HttpResponse:
    """Delete a draft."""
    trovata = _mia(request, codice)
    fatto = _prova(request, servizi.elimina_bozza, _("Bozza eliminata."), istanza=trovata)
    return redirect("accordi:istanze") if fatto else redirect(trovata)


@login_required
@require_POST
def integrazione(request: HttpRequest, codice: str) -> HttpResponse:
    """Answer the Province's request."""
    trovata = _mia(request, codice)
    form = RispostaForm(request.POST)
    if form.is_valid():
        fatto = _("Risposta inviata: l'istruttoria riprende.")
        try:
            servizi.integra_istanza(utente=request.user, istanza=trovata, **form.cleaned_data)
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto.frase)
        else:
            messages.success(request, fatto)
            return redirect(trovata)
    return _fascicolo(request, trovata, risposta_form=form, puo_integrare=True)


@login_required
@require_POST
def ritiro(request: HttpRequest, codice: str) -> HttpResponse:
    """Withdraw a presented application."""
    trovata = _mia(request, codice)
    form = RitiroForm(request.POST)
    if not form.is_valid():
        return _fascicolo(request, trovata, ritiro_form=form)
    _prova(request, servizi.ritira_istanza, _("Istanza ritirata."), istanza=trovata, **form.cleaned_data)
    return redirect(trovata)


@login_required
@require_GET
def testo_registrato(request: HttpRequest, codice: str) -> HttpResponse:
    """The very text whose fingerprint the protocol keeps."""
    trovata = _trova(request, codice)
    if not trovata.testo_presentato:
        raise Http404
    risposta = HttpResponse(trovata.testo_presentato.encode(), content_type="text/plain; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="istanza-{trovata.codice}.txt"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta
