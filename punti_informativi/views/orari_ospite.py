"""Hours that a host writes once for the points that follow them: at once, or when the Province has read them."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errori import Rifiuto
from core.orologio import oggi
from punti_informativi import permissions, services
from punti_informativi.forms.orari import PuntiCheSeguonoForm
from punti_informativi.forms.ospite import EccezioniFormSet, OrariFormSet
from punti_informativi.models import PuntoInformativo
from punti_informativi.models.punti import PuntoQuerySet
from punti_informativi.queries.orari_ospite import differenze_orari
from punti_informativi.services.orari import EsitoOrari
from punti_informativi.services.orari_proposti import impronta_orari, proposta_di, valori_di_tutti
from punti_informativi.valori import fascia_da_json
from punti_informativi.views.briciole import briciole
from reti.models import Soggetto


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def orari_ospite(request: HttpRequest, slug: str) -> HttpResponse:
    """Weekly hours and closures of a host, and which of its points follow them: one edit for all (R34)."""
    soggetto = get_object_or_404(Soggetto.objects.visibili_a(request.user), slug=slug)
    if motivo := permissions.motivo_rifiuto_orari_ospite(request.user, soggetto):
        raise PermissionDenied(motivo)
    if request.POST.get("gesto") == "ritira":
        return _ritira(request, soggetto)
    ospitati = PuntoInformativo.objects.ospitati_da(soggetto)
    moduli = _moduli(request.POST or None, soggetto, ospitati)
    validi = [modulo.is_valid() for modulo in moduli.values()]
    if request.method == "POST" and all(validi):
        try:
            esito = _salva(request, soggetto, **moduli)
        except ValidationError as rifiuto:
            moduli["form"].add_error(None, rifiuto)
        else:
            messages.success(request, _fatto(ospitati.filter(orari_dell_ospite=True).count(), esito))
            return redirect("punti:orari_ospite", slug)
    return render(request, "punti_informativi/orari_ospite.html", moduli | _contesto(request, soggetto, ospitati))


def _contesto(request: HttpRequest, soggetto: Soggetto, ospitati: PuntoQuerySet) -> dict[str, Any]:
    proposta = proposta_di(soggetto)
    return {
        "soggetto": soggetto,
        "seguono": ospitati.filter(orari_dell_ospite=True).con_orari(),
        "moderati": permissions.orari_ospite_da_approvare(request.user, soggetto),
        "proposta": proposta,
        "differenze": differenze_orari(proposta) if proposta else [],
        "puo_ritirare": proposta and not permissions.motivo_rifiuto_ritira_orari(request.user, soggetto),
        "vista": impronta_orari(soggetto),
        "precedenti": briciole(),
    }


def _moduli(dati: QueryDict | None, soggetto: Soggetto, ospitati: PuntoQuerySet) -> dict[str, Any]:
    """The three parts of the page, with what waits for the Province; past exceptions aren't among them."""
    proposta = proposta_di(soggetto)
    valori = proposta.dopo if proposta else valori_di_tutti(soggetto)
    settimana = [asdict(fascia_da_json(r)) for r in valori["orari"]]
    eccezioni = soggetto.eccezioni_ospite.filter(al__gte=oggi()).values(*EccezioniFormSet.form.base_fields)
    return {
        "form": PuntiCheSeguonoForm(dati, ospitati=ospitati, seguono=valori["punti"]),
        "orari": OrariFormSet(dati, prefix="orari", initial=settimana),
        "eccezioni": EccezioniFormSet(dati, prefix="eccezioni", initial=list(eccezioni)),
    }


def _salva(request: HttpRequest, soggetto: Soggetto, *, form: Any, orari: Any, eccezioni: Any) -> EsitoOrari:
    return services.aggiorna_ospite(
        utente=request.user,
        soggetto=soggetto,
        fasce=[r.fascia() for r in orari.scritte()],
        deroghe=[r.deroga() for r in eccezioni.scritte()],
        punti=form.cleaned_data["punti"],
        vista=request.POST.get("vista", ""),
    )


def _ritira(request: HttpRequest, soggetto: Soggetto) -> HttpResponse:
    try:
        services.ritira_orari(utente=request.user, soggetto=soggetto)
    except Rifiuto as rifiuto:
        messages.error(request, rifiuto.frase)
    else:
        messages.success(request, _("Proposta ritirata: gli orari pubblici restano come sono."))
    return redirect("punti:orari_ospite", soggetto.slug)


def _fatto(quanti: int, esito: EsitoOrari) -> str:
    if esito.proposta and esito.subito:
        return _("Le chiusure sono già pubbliche. Orari e punti cambiano quando la Provincia li accoglie.")
    if esito.proposta:
        return _("Orari inviati: le pagine cambiano quando la Provincia li accoglie.")
    if esito.ritirata:
        return _("Gli orari sono quelli pubblici: la proposta è ritirata.")
    if not esito.subito:
        return _("Nessuna differenza: gli orari restano quelli di prima.")
    if not quanti:
        return _("Orari salvati. Per ora nessun punto li segue.")
    if quanti == 1:
        return _("Orari salvati: la pagina del punto che li segue è già aggiornata.")
    return _("Orari salvati: le pagine dei %d punti che li seguono sono già aggiornate.") % quanti
