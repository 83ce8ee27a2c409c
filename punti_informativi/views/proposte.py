"""The host writes of its own point: public at once for a candidate, else a proposal that the Province decides."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errori import Rifiuto
from punti_informativi import permissions, services
from punti_informativi.forms.ospite import ContattiForm, MessaggioForm, OrariFormSet, iniziali
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.proposte import differenze, ultima_proposta
from punti_informativi.services.proposte import Partenza, Superata, partenza_di, proposta_aperta
from punti_informativi.stati import StatoProposta
from punti_informativi.valori import fascia_da_json, in_valori, valori_di
from punti_informativi.views.briciole import briciole

SALE = "punti.partenza"


def punto_proprio(request: HttpRequest, slug: str) -> PuntoInformativo:
    """The point of the address: 404 for who doesn't see it, 403 for who may only read it."""
    punto = get_object_or_404(PuntoInformativo.objects.visibili_a(request.user).select_related("soggetto"), slug=slug)
    if motivo := permissions.motivo_rifiuto_modifica(request.user, punto):
        raise PermissionDenied(motivo)
    return punto


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def modifica(request: HttpRequest, slug: str) -> HttpResponse:
    """Words, contacts, services and weekly hours of one point, with what waits already for the Province."""
    punto = punto_proprio(request, slug)
    moderata = permissions.va_approvata(request.user, punto)
    ora = partenza_di(punto) if moderata else Partenza(valori_di(punto))
    partenza = _letta(request, punto) or ora
    dati = request.POST or None
    form = ContattiForm(dati, instance=punto, initial=iniziali(partenza.visti))
    orari = OrariFormSet(
        dati, prefix="orari", initial=[asdict(fascia_da_json(r)) for r in partenza.visti.get("orari", [])]
    )
    messaggio = MessaggioForm(dati, initial={"messaggio": getattr(proposta_aperta(punto), "messaggio", "")})
    if request.method == "POST" and all([form.is_valid(), orari.is_valid(), messaggio.is_valid()]):
        scritti = in_valori(form.cleaned_data, [r.fascia() for r in orari.scritte()])
        try:
            return _salva(request, slug, scritti, partenza, messaggio.cleaned_data["messaggio"], moderata=moderata)
        except Superata as rifiuto:
            form.add_error(None, rifiuto)
            partenza = ora
        except ValidationError as errore:
            form.add_error(None, errore.messages)
    contesto = {
        "punto": punto,
        "form": form,
        "orari": orari,
        "messaggio": messaggio if moderata else None,
        "in_attesa": ora.proposta,
        "partenza": signing.dumps(asdict(partenza), salt=f"{SALE}.{slug}", compress=True),
        "precedenti": briciole(),
    }
    return render(request, "punti_informativi/modifica.html", contesto)


def _letta(request: HttpRequest, punto: PuntoInformativo) -> Partenza | None:
    """What the form was opened on, signed by us; None when there is none, or it was touched."""
    try:
        return Partenza(**signing.loads(request.POST.get("partenza", ""), salt=f"{SALE}.{punto.slug}"))
    except signing.BadSignature:
        return None


def _salva(
    request: HttpRequest, slug: str, scritti: dict[str, Any], partenza: Partenza, testo: str, *, moderata: bool
) -> HttpResponse:
    # Read again: the form has already put what was typed on its own copy.
    punto = punto_proprio(request, slug)
    if not moderata:
        cambiati = {c: v for c, v in scritti.items() if v != partenza.punto[c]}
        services.modifica_punto(utente=request.user, punto=punto, valori=cambiati)
        messages.success(request, _("Dati salvati."))
        return redirect("punti:miei")
    proposta = services.proponi_modifica(
        utente=request.user, punto=punto, scritti=scritti, partenza=partenza, messaggio=testo
    )
    if proposta is None:
        messages.info(request, _("Nessuna differenza con la pagina pubblica: non c'è niente da approvare."))
        return redirect("punti:miei")
    messages.success(request, _("Modifiche inviate: la pagina pubblica cambia quando la Provincia le accoglie."))
    return redirect("punti:proposta", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposta(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, or how the last proposal ended; POST withdraws what waits."""
    punto = punto_proprio(request, slug)
    if request.method == "POST":
        try:
            services.ritira_proposta(utente=request.user, punto=punto)
        except Rifiuto as rifiuto:
            messages.error(request, rifiuto.frase)
        else:
            messages.success(request, _("Proposta ritirata: la pagina pubblica resta com'è."))
        return redirect("punti:miei")
    ultima = ultima_proposta(punto)
    if ultima is None:
        raise Http404
    contesto = {
        "punto": punto,
        "proposta": ultima,
        "in_attesa": ultima.stato == StatoProposta.IN_ATTESA,
        "differenze": differenze(ultima),
        "precedenti": briciole(),
    }
    return render(request, "punti_informativi/proposta.html", contesto)
