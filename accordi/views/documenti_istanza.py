"""Files of an application, handed out to its parties and to the office only."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from accordi.allegati import MIME, estensione
from accordi.queries.stampe import pdf_da_firmare, ricevuta
from accordi.stati import StatoIstanza
from accordi.views.passi_istanza import mia, trova
from core.archivio import consegna_file


@login_required
@require_GET
def documento(request: HttpRequest, codice: str, documento: str) -> HttpResponse:
    """One file, always as a download: what a stranger uploaded is never shown inside our pages."""
    istanza = trova(request, codice)
    trovato = get_object_or_404(istanza.documenti.visibili_a(request.user), codice=documento)
    tipo = MIME.get(estensione(trovato.nome), "application/octet-stream")
    return consegna_file(trovato.file, trovato.nome, tipo)


@login_required
@require_GET
def testo_registrato(request: HttpRequest, codice: str) -> HttpResponse:
    """The very text whose fingerprint the protocol keeps."""
    trovata = trova(request, codice)
    if not trovata.testo_presentato:
        raise Http404
    risposta = HttpResponse(trovata.testo_presentato.encode(), content_type="text/plain; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="istanza-{trovata.codice}.txt"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta


@login_required
@require_GET
def ricevuta_pdf(request: HttpRequest, codice: str) -> HttpResponse:
    """The receipt: number, date, fingerprint, what was sent."""
    trovata = trova(request, codice)
    if trovata.protocollo is None:
        raise Http404
    return _pdf(ricevuta(trovata), f"ricevuta-{trovata.codice}.pdf")


@login_required
@require_GET
def da_firmare(request: HttpRequest, codice: str) -> HttpResponse:
    """The text that who presents without SPID or CIE signs and puts back (CAD art. 65)."""
    trovata = mia(request, codice)
    if trovata.stato != StatoIstanza.BOZZA:
        raise Http404
    return _pdf(pdf_da_firmare(trovata), f"istanza-{trovata.codice}.pdf")


def _pdf(contenuto: bytes, nome: str) -> HttpResponse:
    risposta = HttpResponse(contenuto, content_type="application/pdf")
    risposta["Content-Disposition"] = f'attachment; filename="{nome}"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta
