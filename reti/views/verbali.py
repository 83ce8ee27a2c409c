"""Minutes outside the office: read and observed by those present, published where the board is, tasks of a body."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.archivio import consegna_file
from core.errori import Rifiuto
from core.numeri import chiave
from core.orologio import oggi
from reti.forms.verbali import OsservazioneForm, SegnalazioneForm
from reti.models import Decisione, Verbale
from reti.queries.documento_verbale import documento_di
from reti.queries.verbali import enti_a_cui_rispondere, seggi_che_osservano
from reti.services.approvazione import matura_verbali
from reti.services.decisioni import segnala_fatta
from reti.services.osservazioni import motivo_termine_chiuso, osserva
from reti.stati import StatoVerbale


def _leggibile(request: HttpRequest, codice: str) -> Verbale:
    matura_verbali(incontro__codice=codice)
    leggibili = Verbale.objects.leggibili_da(request.user).select_related("incontro__rete__convocante")
    return get_object_or_404(leggibili, incontro__codice=codice)


def _pubblico(codice: str) -> Verbale:
    matura_verbali(incontro__codice=codice)
    pubblici = Verbale.objects.pubblici().select_related("incontro__rete__convocante")
    return get_object_or_404(pubblici, incontro__codice=codice)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verbale(request: HttpRequest, codice: str) -> HttpResponse:
    """The minutes for those who were present, who may observe within the term; once approved, for all invited."""
    letto = _leggibile(request, codice)
    seggi = seggi_che_osservano(request.user, letto.incontro)
    form = OsservazioneForm(request.POST or None, seggi=seggi)
    if request.method == "POST" and form.is_valid():
        try:
            osserva(utente=request.user, verbale=letto, **form.cleaned_data)
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto)
        else:
            messages.success(request, _("L'osservazione è registrata: riceverai l'esito per mail."))
            return redirect(request.path)
    proprie = letto.osservazioni.filter(adesione__in=seggi).select_related("adesione__soggetto")
    contesto: dict[str, Any] = {
        "verbale": letto,
        "incontro": letto.incontro,
        "documento": documento_di(letto, pubblico=False),
        "form": form if seggi else None,
        "chiuso": motivo_termine_chiuso(letto),
        "osservazioni": proprie,
    }
    return render(request, "reti/verbale.html", contesto)


def _consegna(file: Any, nome: str) -> HttpResponse:
    if not file:
        raise Http404  # minutes locked before documents were kept
    return consegna_file(file, nome)


@login_required
@require_safe
def documento(request: HttpRequest, codice: str) -> HttpResponse:
    """The whole document, for the invited bodies and for staff."""
    letto = _leggibile(request, codice)
    if letto.stato != StatoVerbale.APPROVATO:
        raise Http404
    return _consegna(letto.documento, f"verbale-{codice}.pdf")


@require_safe
def pubblico(request: HttpRequest, codice: str) -> HttpResponse:
    """Approved minutes of a public board: bodies only."""
    letto = _pubblico(codice)
    contesto = {
        "verbale": letto,
        "incontro": letto.incontro,
        "documento": documento_di(letto, pubblico=True),
    }
    return render(request, "reti/verbale_pubblico.html", contesto)


@require_safe
def documento_pubblico(request: HttpRequest, codice: str) -> HttpResponse:
    """The same as PDF."""
    return _consegna(_pubblico(codice).documento_pubblico, f"verbale-{codice}.pdf")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def incarichi(request: HttpRequest) -> HttpResponse:
    """What boards gave to the bodies of the person, who may say that it is done."""
    affidate = Decisione.objects.affidate_a(request.user).select_related("incontro__rete", "soggetto")
    affidate = affidate.prefetch_related("incontro__altre_reti")
    form, scelta = SegnalazioneForm(), None
    if request.method == "POST":
        scelta = get_object_or_404(affidate, pk=chiave(request.POST.get("decisione", "")))
        form = SegnalazioneForm(request.POST)
        if form.is_valid():
            try:
                segnala_fatta(utente=request.user, decisione=scelta, **form.cleaned_data)
            except Rifiuto as rifiuto:
                form.add_error(None, rifiuto)
            else:
                messages.success(request, _("Grazie: chi coordina il tavolo lo conferma."))
                return redirect("tavoli:incarichi")
    contesto = {
        "aperte": affidate.aperte().order_by("entro", "pk"),
        "concluse": affidate.filter(conclusa_il__isnull=False).order_by("-conclusa_il")[:20],
        "rispondibili": enti_a_cui_rispondere(request.user),
        "form": form,
        "scelta": scelta,
        "oggi": oggi(),
    }
    return render(request, "reti/incarichi.html", contesto)
