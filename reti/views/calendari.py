"""The page of one's own calendars, and its three gestures, which the back office shares."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errori import Rifiuto
from core.numeri import chiave
from reti.forms.feed import CalendarioForm
from reti.queries.calendari import calendari_di
from reti.services.abbonamenti import crea_abbonamento, revoca_abbonamento, rinnova_abbonamento


def esegui_gesto(utente: Any, dati: QueryDict, form: CalendarioForm) -> str:
    """Renew or revoke the calendar that the pressed button names, else make the chosen one.

    Returns the sentence to show; empty when `form` isn't valid. Raises Rifiuto.
    """
    gesto, _due_punti, pk = dati.get("gesto", "").partition(":")
    if gesto in ("rinnova", "revoca"):
        if gesto == "revoca":
            revoca_abbonamento(utente=utente, pk=chiave(pk))
            return _("Il calendario è revocato: il suo indirizzo non funziona più.")
        rinnova_abbonamento(utente=utente, pk=chiave(pk))
        return _("L'indirizzo è nuovo: mettilo nel tuo programma al posto del vecchio, che non funziona più.")
    if not form.is_valid():
        return ""
    crea_abbonamento(utente=utente, **form.scelto())
    return _("Il calendario è pronto: copia il suo indirizzo nel tuo programma.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendari(request: HttpRequest) -> HttpResponse:
    """Make a calendar, take its address, change it, revoke it."""
    form = CalendarioForm(request.POST or None, utente=request.user)
    if request.method == "POST":
        try:
            if frase := esegui_gesto(request.user, request.POST, form):
                messages.success(request, frase)
                return redirect("tavoli:calendari")
        except Rifiuto as rifiuto:
            messages.error(request, " ".join(rifiuto.messages))
            return redirect("tavoli:calendari")
    return render(request, "reti/calendari.html", {"form": form, "calendari": calendari_di(request.user)})
