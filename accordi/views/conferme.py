"""A body's own part of another's application: read the draft, add its documents, confirm or decline."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accordi.forms.istanze import ConfermaForm
from accordi.models import PartecipanteIstanza
from accordi.permissions import motivo_rifiuto_conferma
from accordi.queries.contenuto import (
    allegati,
    cambi_della_rete,
    caselle,
    impronta_proposta,
    partecipanti_di,
    risposte_in_parole,
)
from accordi.services.documenti import carica_documento, togli_documento
from accordi.services.partecipanti import conferma_parte, rifiuta_parte
from accordi.stati import StatoIstanza
from accordi.views.passi_istanza import prova, trova


@login_required
def conferma(request: HttpRequest, codice: str, soggetto: str) -> HttpResponse:
    """The page where a body takes its part; once the application is presented, its file."""
    istanza = trova(request, codice)
    partecipante = get_object_or_404(partecipanti_di(istanza), soggetto__slug=soggetto)
    if partecipante.soggetto_id == istanza.capofila_id:
        raise Http404
    if istanza.stato != StatoIstanza.BOZZA:
        return redirect(istanza)
    if motivo := motivo_rifiuto_conferma(request.user, partecipante):
        raise PermissionDenied(motivo)
    partecipante.istanza = istanza
    if request.method == "POST":
        return _decide(request, partecipante)
    iniziale = {"ruolo": partecipante.ruolo, "nota": partecipante.nota}
    return _mostra(request, partecipante, ConfermaForm(initial=iniziale))


def _mostra(request: HttpRequest, partecipante: PartecipanteIstanza, form: ConfermaForm) -> HttpResponse:
    istanza = partecipante.istanza
    contesto: dict[str, Any] = {
        "istanza": istanza,
        "parte": partecipante,
        "form": form,
        "partecipanti": partecipanti_di(istanza),
        "impronta": impronta_proposta(istanza),
        "caselle": caselle(istanza, [partecipante.soggetto]),
        "cambi": cambi_della_rete(partecipante),
        "risposte": risposte_in_parole(istanza),
        "allegati": allegati(istanza, request.user),
    }
    return render(request, "accordi/istanza_conferma.html", contesto)


def _decide(request: HttpRequest, partecipante: PartecipanteIstanza) -> HttpResponse:
    """Files first, whatever the button; then what the button says."""
    form = ConfermaForm(request.POST)
    if not form.is_valid():
        return _mostra(request, partecipante, form)
    istanza, soggetto = partecipante.istanza, partecipante.soggetto
    for casella in caselle(istanza, [soggetto]):
        if file := request.FILES.get(casella.nome):
            dati = {"richiesta": casella.richiesta.id, "soggetto": soggetto, "file": file}
            dati["arrivata_il"] = request.arrivata_il
            if not prova(request, carica_documento, _("Caricato: %s.") % casella.titolo, istanza=istanza, **dati):
                return _mostra(request, partecipante, form)
    bottone, _due_punti, segno = request.POST.get("azione", "salva").partition(":")
    if bottone == "togli-documento":
        documento = get_object_or_404(istanza.documenti.filter(soggetto=soggetto), codice=segno)
        dati = {"documento": documento, "arrivata_il": request.arrivata_il}
        prova(request, togli_documento, _("Documento tolto."), istanza=istanza, **dati)
        return redirect(request.path)
    try:
        if bottone == "rifiuta":
            rifiuta_parte(utente=request.user, partecipante=partecipante, nota=form.cleaned_data["nota"])
            messages.success(
                request,
                _("Avete risposto che non partecipate: il capofila lo sa. I vostri documenti non ci sono più."),
            )
            return redirect("accordi:istanze")
        elif bottone == "conferma":
            dati = form.cleaned_data | {"letta": request.POST.get("impronta", ""), "arrivata_il": request.arrivata_il}
            conferma_parte(utente=request.user, partecipante=partecipante, **dati)
            messages.success(request, _("La vostra parte è confermata: il capofila lo sa."))
    except ValidationError as rifiuto:
        form.add_error(None, rifiuto)
        return _mostra(request, partecipante, form)
    return redirect(request.path)
