"""The draft: one form for everything, so that no button loses what was typed; and its saving as one types."""

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accordi.forms.domande import PREFISSO, IstanzaForm, dati_di
from accordi.models import DocumentoIstanza, Istanza
from accordi.permissions import motivo_rifiuto_gestisce_istanza, puo_confermare, puo_gestire_istanza
from accordi.queries.contenuto import allegati, caselle, partecipanti_di, risposte_in_parole
from accordi.queries.istanze import soggetti_da_aggiungere
from accordi.queries.sottoscrizione import caselle_firma, mancanti_per_presentare
from accordi.services import istanze as servizi
from accordi.services.documenti import carica_documento, carica_firmata, togli_documento
from accordi.services.partecipanti import aggiungi_partecipante, togli_partecipante
from accordi.stati import StatoIstanza
from accordi.views.passi_istanza import mia, modalita_di, prova
from core.errori import Rifiuto
from core.orologio import adesso
from reti.models import Soggetto

RISULTATI_RICERCA = 10
MASSIMO_JSON = 512 * 1024
CAMPI = {"motivazione": str, "dichiarazione_poteri": bool, "dichiarazione_dote": bool}


def bozza(request: HttpRequest, istanza: Istanza) -> HttpResponse:
    """The page of a draft."""
    if request.method == "POST":
        return _salva(request, istanza)
    return _mostra(request, istanza, IstanzaForm(istanza=istanza))


def _mostra(request: HttpRequest, istanza: Istanza, form: IstanzaForm, **altro: Any) -> HttpResponse:
    cerca = request.GET.get("cerca", "").strip()[:100]
    trovati = soggetti_da_aggiungere(istanza, cerca)[: RISULTATI_RICERCA + 1] if cerca else []
    partecipanti = list(partecipanti_di(istanza))
    contesto = {
        "istanza": istanza,
        "form": form,
        "partecipanti": partecipanti,
        "da_confermare": [
            p for p in partecipanti if p.soggetto_id != istanza.capofila_id and puo_confermare(request.user, p)
        ],
        "confermati": [
            p.soggetto
            for p in partecipanti
            if p.soggetto_id != istanza.capofila_id and p.conferma == p.Conferma.CONFERMATA
        ],
        "mancanti": mancanti_per_presentare(istanza, modalita_di(request)),
        "cerca": cerca,
        "trovati": list(trovati)[:RISULTATI_RICERCA],
        "altri": len(trovati) > RISULTATI_RICERCA,
        "puo_gestire": puo_gestire_istanza(request.user, istanza),
        "caselle": caselle(istanza),
        "caselle_firma": caselle_firma(istanza, modalita_di(request)),
        "risposte": risposte_in_parole(istanza),
        "allegati": allegati(istanza, request.user),
        "ora": adesso(),
    }
    return render(request, "accordi/istanza_bozza.html", contesto | altro)


def _salva(request: HttpRequest, istanza: Istanza) -> HttpResponse:
    if motivo := motivo_rifiuto_gestisce_istanza(request.user, istanza):
        raise PermissionDenied(motivo)
    form = IstanzaForm(request.POST, istanza=istanza)
    if "motivazione" in form.errors:
        return _mostra(request, istanza, form)
    versione = request.POST.get("versione", "")
    try:
        servizi.aggiorna_istanza(
            utente=request.user,
            istanza=istanza,
            versione=int(versione) if versione.isdecimal() and len(versione) < 10 else None,
            motivazione=form.cleaned_data["motivazione"],
            dichiarazione_poteri=form.cleaned_data["dichiarazione_poteri"],
            dichiarazione_dote=form.cleaned_data.get("dichiarazione_dote", False),
            risposte=form.risposte,
            arrivata_il=request.arrivata_il,
        )
    except servizi.BozzaCambiata as rifiuto:
        istanza.refresh_from_db()
        form.add_error(None, rifiuto.frase)
        return _mostra(request, istanza, form, altrui=_scritto_da_altri(istanza, form))
    except Rifiuto as rifiuto:
        istanza.refresh_from_db()
        if istanza.stato == StatoIstanza.BOZZA:
            form.add_error(None, rifiuto.frase)
            return _mostra(request, istanza, form)  # closed meanwhile: what was typed stays on the page
        messages.error(request, rifiuto.frase)
        return redirect(istanza)
    if not _carica_scelti(request, istanza) and request.POST.get("azione") == "presenta":
        return redirect(istanza)  # who chose a file wants it presented: not without
    return _esegui_bottone(request, istanza)


def _scritto_da_altri(istanza: Istanza, form: IstanzaForm) -> list[tuple[str, str]]:
    """(field, what the draft holds) where it isn't what this person typed: both texts are on the page."""
    salvati = IstanzaForm(istanza=istanza)
    return [
        (campo.label, _in_parole(campo.value()))
        for campo in salvati
        if (campo.value() or "") != (form[campo.name].value() or "")
    ]


def _in_parole(valore: Any) -> str:
    if isinstance(valore, bool):
        return _("sì") if valore else _("no")
    return "; ".join(valore) if isinstance(valore, list) else str(valore or "")


def _carica_scelti(request: HttpRequest, istanza: Istanza) -> bool:
    """Every file chosen in the page, whatever button was pressed; False when one was refused, and it was said why."""
    esiti = []
    for casella in [*caselle(istanza), *caselle_firma(istanza, modalita_di(request))]:
        file = request.FILES.get(casella.nome)
        if file is None:
            continue
        fatto = _("Caricato: %s.") % casella.titolo
        dati = {"istanza": istanza, "file": file, "arrivata_il": request.arrivata_il}
        if casella.richiesta.id == DocumentoIstanza.FIRMATA:
            esiti.append(prova(request, carica_firmata, fatto, **dati))
            continue
        dati |= {"richiesta": casella.richiesta.id, "soggetto": casella.soggetto}
        esiti.append(prova(request, carica_documento, fatto, **dati))
    return all(esiti)


def _esegui_bottone(request: HttpRequest, istanza: Istanza) -> HttpResponse:
    """What the pressed button asks for, after the draft was saved."""
    bottone, _due_punti, segno = request.POST.get("azione", "salva").partition(":")
    cerca = request.POST.get("cerca", "").strip()
    if bottone == "cerca":
        return redirect(f"{istanza.get_absolute_url()}?{urlencode({'cerca': cerca})}#soggetti")
    if bottone in {"aggiungi", "togli"}:
        soggetto = get_object_or_404(Soggetto, slug=segno)
        verbo, fatto = {
            "aggiungi": (aggiungi_partecipante, _("%s è nella rete: riceve l'invito a confermare.")),
            "togli": (togli_partecipante, _("%s non è più nella rete.")),
        }[bottone]
        dati = {"soggetto": soggetto, "arrivata_il": request.arrivata_il}
        prova(request, verbo, fatto % soggetto, istanza=istanza, **dati)
        return redirect(f"{istanza.get_absolute_url()}#soggetti")
    if bottone == "togli-documento":
        documento = get_object_or_404(istanza.documenti, codice=segno)
        dati = {"documento": documento, "arrivata_il": request.arrivata_il}
        prova(request, togli_documento, _("Documento tolto."), istanza=istanza, **dati)
        return redirect(f"{istanza.get_absolute_url()}#documenti")
    if bottone == "presenta":
        fatto = _("Istanza presentata: qui sotto trovi la ricevuta con il numero di protocollo.")
        dati = {"modalita": modalita_di(request), "arrivata_il": request.arrivata_il}
        prova(request, servizi.presenta_istanza, fatto, istanza=istanza, **dati)
        return redirect(istanza)
    messages.success(request, _("Bozza salvata."))
    return redirect(istanza)


@login_required
@require_POST
def elimina(request: HttpRequest, codice: str) -> HttpResponse:
    """Delete a draft."""
    trovata = mia(request, codice)
    fatto = prova(request, servizi.elimina_bozza, _("Bozza eliminata."), istanza=trovata)
    return redirect("accordi:istanze") if fatto else redirect(trovata)


@login_required
@require_POST
def salva_mentre_scrive(request: HttpRequest, codice: str) -> JsonResponse:
    """Save the fields that changed: {"versione": 3, "campi": {"motivazione": "…", "d-<id>": "…"}}.

    200: {"versione", "salvato_alle", "errori" by field, "mancanti"}. 409, with all that the draft holds now:
    somebody else wrote meanwhile. 400: not what this page sends, or too much of it; 410: presented.
    """
    trovata = mia(request, codice)
    dati = _leggi_json(request)
    if dati is None:
        return JsonResponse({"frase": _("La richiesta non si legge: ricarica la pagina.")}, status=400)
    campi, versione = dati
    chiesti = IstanzaForm(istanza=trovata).fields
    tipi = {c: t for c, t in CAMPI.items() if c in chiesti}
    comuni = {c: campi[c] for c, tipo in tipi.items() if isinstance(campi.get(c), tipo)}
    risposte = {c.removeprefix(PREFISSO): v for c, v in campi.items() if c.startswith(PREFISSO)}
    try:
        salvata = servizi.aggiorna_istanza(
            utente=request.user,
            istanza=trovata,
            versione=versione,
            risposte=risposte,
            arrivata_il=request.arrivata_il,
            **comuni,
        )
    except servizi.BozzaCambiata as rifiuto:
        trovata.refresh_from_db()
        ora = {"versione": trovata.versione, "campi": dati_di(trovata), "frase": rifiuto.frase}
        return JsonResponse(ora, status=409)
    except Rifiuto as rifiuto:
        return JsonResponse({"frase": rifiuto.frase}, status=410)
    return JsonResponse(
        {
            "versione": salvata.versione,
            "salvato_alle": f"{timezone.localtime(adesso()):%H:%M}",
            "errori": {nome: errori[0] for nome, errori in IstanzaForm(istanza=salvata).errors.items()},
            "mancanti": mancanti_per_presentare(salvata, modalita_di(request)),
        }
    )


def _leggi_json(request: HttpRequest) -> tuple[dict[str, Any], int] | None:
    if int(request.headers.get("Content-Length") or 0) > MASSIMO_JSON:
        return None
    try:
        dati = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(dati, dict):
        return None
    campi, versione = dati.get("campi"), dati.get("versione")
    if not isinstance(campi, dict) or type(versione) is not int:
        return None
    return campi, versione
