"""Opening hours: of a host, for all the points that follow them; of a point, as a calendar to subscribe to."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errori import Rifiuto
from core.orologio import oggi
from punti_informativi import permissions, services
from punti_informativi.forms.orari import PuntiCheSeguonoForm
from punti_informativi.forms.ospite import EccezioniFormSet, OrariFormSet
from punti_informativi.ics import Luogo, calendario_ics, versione
from punti_informativi.models import PuntoInformativo
from punti_informativi.models.punti import PuntoQuerySet
from punti_informativi.orari import Calendario
from punti_informativi.stati import StatoPunto
from reti.models import Soggetto


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def orari_ospite(request: HttpRequest, slug: str) -> HttpResponse:
    """Weekly hours and closures of a host, and which of its points follow them: one edit for all (R34)."""
    soggetto = get_object_or_404(Soggetto.objects.visibili_a(request.user), slug=slug)
    if motivo := permissions.motivo_rifiuto_orari_ospite(request.user, soggetto):
        raise PermissionDenied(motivo)
    ospitati = PuntoInformativo.objects.ospitati_da(soggetto)
    moduli = _moduli(request.POST or None, soggetto, ospitati)
    validi = [modulo.is_valid() for modulo in moduli.values()]
    if request.method == "POST" and all(validi):
        try:
            cambiato = _salva(request.user, soggetto, **moduli)
        except Rifiuto as rifiuto:
            moduli["form"].add_error(None, rifiuto)
        else:
            messages.success(request, _fatto(ospitati.filter(orari_dell_ospite=True).count(), cambiato=cambiato))
            return redirect("punti:orari_ospite", slug)
    area = [(_("Area riservata"), reverse("utenti:area")), (_("I miei punti informativi"), reverse("punti:miei"))]
    seguono = ospitati.filter(orari_dell_ospite=True).con_orari()
    contesto = moduli | {"soggetto": soggetto, "seguono": seguono, "precedenti": area}
    return render(request, "punti_informativi/orari_ospite.html", contesto)


def _moduli(dati: QueryDict | None, soggetto: Soggetto, ospitati: PuntoQuerySet) -> dict[str, Any]:
    """The three parts of the page: past exceptions aren't among them."""
    settimana = soggetto.orari_ospite.values(*OrariFormSet.form.base_fields)
    eccezioni = soggetto.eccezioni_ospite.filter(al__gte=oggi()).values(*EccezioniFormSet.form.base_fields)
    return {
        "form": PuntiCheSeguonoForm(dati, ospitati=ospitati),
        "orari": OrariFormSet(dati, prefix="orari", initial=list(settimana)),
        "eccezioni": EccezioniFormSet(dati, prefix="eccezioni", initial=list(eccezioni)),
    }


def _salva(utente: Any, soggetto: Soggetto, *, form: Any, orari: Any, eccezioni: Any) -> bool:
    return services.aggiorna_ospite(
        utente=utente,
        soggetto=soggetto,
        fasce=[r.fascia() for r in orari.scritte()],
        deroghe=[r.deroga() for r in eccezioni.scritte()],
        punti=form.cleaned_data["punti"],
    )


def _fatto(quanti: int, *, cambiato: bool) -> str:
    if not cambiato:
        return _("Nessuna differenza: gli orari restano quelli di prima.")
    if not quanti:
        return _("Orari salvati. Per ora nessun punto li segue.")
    if quanti == 1:
        return _("Orari salvati: la pagina del punto che li segue è già aggiornata.")
    return _("Orari salvati: le pagine dei %d punti che li seguono sono già aggiornate.") % quanti


@require_safe
def aperture(request: HttpRequest, slug: str) -> HttpResponse:
    """Openings and closures of a public point as iCalendar; 304 when the reader has them already.

    Of a suspended point nothing is open; an ended one says so with 410, and a program stops asking.
    """
    con_una_pagina = PuntoInformativo.objects.filter(attivo_dal__isnull=False).exclude(
        stato__in=(StatoPunto.CANDIDATO, StatoPunto.VERIFICATO)
    )
    punto = get_object_or_404(con_una_pagina.con_orari(), slug=slug)
    if punto.stato == StatoPunto.CESSATO:
        return HttpResponse(_("Questo punto non c'è più."), status=410, content_type="text/plain; charset=utf-8")
    if not punto.live or (punto.stato == StatoPunto.ATTIVO and not punto.pubblico):
        raise Http404
    dove = f"{punto.sede.indirizzo}, {punto.sede.comune.nome}"
    luogo = Luogo(punto.pk, punto.nome, dove, settings.INDIRIZZO_PUBBLICO + punto.get_absolute_url())
    return _consegna(request, punto.slug, luogo, punto.calendario if punto.stato == StatoPunto.ATTIVO else None)


def _consegna(request: HttpRequest, slug: str, luogo: Luogo, calendario: Calendario | None) -> HttpResponse:
    etag = versione(luogo, calendario, oggi())
    risposta = get_conditional_response(request, etag=etag)
    if risposta is None:
        testo = calendario_ics(luogo, calendario, oggi(), timezone.get_default_timezone())
        risposta = HttpResponse(testo, content_type="text/calendar; charset=utf-8")
        risposta["Content-Disposition"] = f'inline; filename="aperture-{slug}.ics"'
    risposta["ETag"] = etag
    risposta["Cache-Control"] = f"public, max-age={settings.CALENDARIO_PUBBLICO_SECONDI}"
    return risposta
