"""Back office: what is done in the room beside the roll — items, guests, arrivals, end — and the code to show."""

from collections.abc import Callable
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errori import Rifiuto
from core.numeri import chiave
from core.orologio import adesso
from reti.amministrazione.incontri import IncontroMixin
from reti.amministrazione.viste import VistaCoordinatori, VistaLettura
from reti.forms.appello import OrariPuntoForm, OspiteForm
from reti.models import Incontro
from reti.queries.registro_presenze import registro_di
from reti.registro_presenze import compone
from reti.services import ingressi, seduta
from reti.services.presenze import segna_svolto


def scrivi_orari(utente: Any, incontro: Incontro, dati: Any, solo: int | None = None) -> None:
    """Keep the times of the items that `dati` carries and that this person changed. Raises Rifiuto."""
    for punto in incontro.punti.all():
        form = OrariPuntoForm(dati, punto=punto)
        if (solo is None or punto.pk == solo) and form.has_changed():
            if not form.is_valid():
                raise Rifiuto(_("«%s»: scrivi gli orari con ore e minuti, per esempio 10:05.") % punto)
            seduta.orari_punto(utente=utente, incontro=incontro, punto=punto.pk, **form.cleaned_data)


def scrivi_ospite(utente: Any, incontro: Incontro, dati: Any) -> None:
    """Keep the guest that `dati` carries; nothing when no name was typed."""
    form = OspiteForm(dati, prefix="ospite")
    if not form.is_valid():
        raise Rifiuto([frase for frasi in form.errors.values() for frase in frasi])
    if form.cleaned_data["nome"] or form.cleaned_data["ente"]:
        seduta.aggiungi_ospite(utente=utente, incontro=incontro, **form.cleaned_data)


def _conferma_attesi(**chi: Any) -> str:
    quanti = ingressi.conferma_attesi(**chi)
    return _("Confermati: %d.") % quanti if quanti else _("Nessuno di quelli attesi aspetta conferma.")


def _svolto(**chi: Any) -> str:
    segna_svolto(**chi)
    return _("L'incontro è segnato come svolto.")


def _rinnova(**chi: Any) -> str:
    ingressi.rinnova_gettone_ingresso(**chi)
    return _("Il codice per registrarsi è nuovo: quello di prima non apre più niente.")


# Verb → what it does with the meeting, the number after the colon and what was typed; returns a sentence or nothing.
AZIONI: dict[str, Callable[[dict[str, Any], int, Any], str | None]] = {
    "comincia": lambda chi, n, _dati: seduta.comincia_punto(punto=n, **chi) and None,
    "chiudi": lambda chi, n, _dati: seduta.chiudi_punto(punto=n, **chi) and None,
    "orari": lambda chi, n, dati: scrivi_orari(chi["utente"], chi["incontro"], dati, solo=n),
    "ospite": lambda chi, _n, dati: scrivi_ospite(chi["utente"], chi["incontro"], dati),
    "esce": lambda chi, n, _dati: seduta.esce_ospite(ospite=n, **chi) and None,
    "togli": lambda chi, n, _dati: seduta.togli_ospite(ospite=n, **chi),
    "conferma": lambda chi, n, _dati: ingressi.conferma_ingresso(ingresso=n, **chi),
    "attesi": lambda chi, _n, _dati: _conferma_attesi(**chi),
    "rifiuta": lambda chi, n, dati: ingressi.rifiuta_ingresso(ingresso=n, motivo=dati.get(f"i{n}-motivo", ""), **chi),
    "rinnova": lambda chi, _n, _dati: _rinnova(**chi),
    "svolto": lambda chi, _n, _dati: _svolto(**chi),
}


def esegui_azione(utente: Any, incontro: Incontro, dati: Any) -> str:
    """Do what `dati["azione"]` names («verb» or «verb:number»); the sentence to show, empty when the screen says it.

    Raises PermissionDenied, Rifiuto.
    """
    verbo, _due_punti, numero = dati.get("azione", "").partition(":")
    if verbo not in AZIONI or not (numero.isdecimal() or not numero):
        raise Rifiuto(_("Non ho capito che cosa fare: ricarica la pagina e riprova."))
    return AZIONI[verbo]({"utente": utente, "incontro": incontro}, chiave(numero), dati) or ""


class CodiceIngresso(IncontroMixin, VistaCoordinatori):
    """The QR code of self check-in, for the projector or on paper."""

    template_name = "reti/gestione/codice_ingresso.html"
    page_title = gettext_lazy("Codice per registrarsi")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        via = reverse("tavoli:ingresso", args=[self.incontro.gettone_ingresso])
        indirizzo = settings.INDIRIZZO_PUBBLICO + via
        qr = segno.make(indirizzo, error="m")
        motivo = ingressi.motivo_rifiuto_ingresso(self.incontro)
        return super().get_context_data(
            incontro=self.incontro, indirizzo=indirizzo, qr=qr.svg_data_uri(scale=10, border=2), motivo=motivo, **kwargs
        )


class RegistroPresenze(IncontroMixin, VistaLettura):
    """The register to sign, as PDF: empty before the meeting, filled after."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pdf = compone(registro_di(self.incontro), quando=adesso())
        risposta = HttpResponse(pdf, content_type="application/pdf")
        risposta["Content-Disposition"] = f'inline; filename="registro-presenze-{self.incontro.codice}.pdf"'
        return risposta
