"""Back office: the roll of a meeting, as a form and tap by tap."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from core.orologio import adesso
from reti.amministrazione.incontri import IncontroMixin
from reti.amministrazione.sala import esegui_azione, scrivi_orari, scrivi_ospite
from reti.amministrazione.viste import VistaCoordinatori, VistaModulo, frase_dei_rifiuti
from reti.forms.appello import AppelloForm, OrariPuntoForm, OspiteForm
from reti.models import Incontro
from reti.queries.appello import Aula, attese, in_attesa, ora_in_aula, righe
from reti.services.appello import Gesto, registra_appello, registra_tocchi
from reti.services.ingressi import motivo_rifiuto_ingresso
from reti.services.presenze import motivo_rifiuto_appello, registra_presenze

MASSIMO_TOCCHI = 100
RIQUADRI = {
    "quorum": "reti/gestione/_appello_quorum.html",
    "punti": "reti/gestione/_appello_punti.html",
    "ospiti": "reti/gestione/_appello_ospiti.html",
    "ingressi": "reti/gestione/_appello_ingressi.html",
}


def _contesto(incontro: Incontro, aula: Aula, dati: Any = None) -> dict[str, Any]:
    """What the panes beside the rows show, with what was typed in them (`dati`); without it, the same for everyone."""
    aspettano = in_attesa(incontro, attese(incontro))
    return {
        "incontro": incontro,
        "quorum_reti": aula.quorum_adesso(),
        "in_corso": ora_in_aula(incontro) is not None,
        "quorum_punti": [(q, OrariPuntoForm(dati, punto=q.punto)) for q in aula.quorum_dei_punti()],
        "ospiti": incontro.ospiti.all(),
        "ingressi": [(i, atteso, (dati or {}).get(f"i{i.pk}-motivo", "")) for i, atteso in aspettano],
        "registrazione": motivo_rifiuto_ingresso(incontro),
    }


def stato(incontro: Incontro) -> dict[str, Any]:
    """The whole roll, for whoever keeps the screen open: rows, panes, why it is closed."""
    aula = Aula.di(incontro)
    contesto = _contesto(incontro, aula)
    return {
        "chiuso": motivo_rifiuto_appello(incontro),
        "righe": righe(aula),
        "riquadri": {nome: render_to_string(modello, contesto) for nome, modello in RIQUADRI.items()},
    }


class Appello(IncontroMixin, VistaModulo):
    """The roll as one form: rows, items, guests, arrivals; every button sends it whole, and nothing typed is lost."""

    template_name = "reti/gestione/appello.html"
    page_title = _("Presenze")
    invia = _("Registra le presenze")

    @cached_property
    def attese(self) -> dict:
        return attese(self.incontro)

    def moduli(self, dati: Any) -> dict[str, Any]:
        scritte = {p.adesione_id: p for p in self.incontro.presenze.all()}
        convocazioni = self.incontro.convocazioni.select_related("adesione__soggetto", "adesione__rete")
        return {
            "righe": [
                AppelloForm(
                    dati, convocazione=c, attesa=self.attese[c.adesione_id], presenza=scritte.get(c.adesione_id)
                )
                for c in convocazioni
            ],
            "ospite": OspiteForm(dati, prefix="ospite"),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        incontro = self.incontro
        dati = {
            "ora": int(adesso().timestamp() * 1000),
            "utente": self.request.user.pk,
            "codice": incontro.codice,
            "stato": reverse("gestione_incontri:presenze_stato", args=[incontro.pk]),
            "tocchi": reverse("gestione_incontri:presenze_tocchi", args=[incontro.pk]),
            "azioni": reverse("gestione_incontri:presenze_azioni", args=[incontro.pk]),
            "accesso": f"{reverse('account_login')}?next={self.request.path}",
        }
        return super().get_context_data(
            motivo=motivo_rifiuto_appello(incontro),
            dati_schermo=dati,
            congiunto=incontro.altre_reti.exists(),
            **_contesto(incontro, Aula.di(incontro), self.request.POST or None),
            **kwargs,
        )

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        utente, incontro, dati = self.request.user, self.incontro, self.request.POST
        with transaction.atomic():
            if incontro.rete.di_altri:
                scelte = [riga for modulo in moduli["righe"] if (riga := modulo.riga())]
                registra_presenze(utente=utente, incontro=incontro, righe=scelte)
            else:
                self._registra(moduli["righe"])
                scrivi_orari(utente, incontro, dati)
                scrivi_ospite(utente, incontro, dati)
        messages.success(self.request, _("Le presenze sono registrate."))
        azione = dati.get("azione", "")
        if azione in ("", "altri-assenti"):
            return self.alla_scheda()
        if frase_dei_rifiuti(lambda: self._azione(), self.request) and azione == "svolto":
            return self.alla_scheda()
        return redirect("gestione_incontri:presenze", incontro.pk)

    def _registra(self, moduli: list[AppelloForm]) -> None:
        altri = self.request.POST.get("azione") == "altri-assenti"
        gesti = [gesto for modulo in moduli for gesto in modulo.gesti(adesso(), altri_assenti=altri)]
        registra_appello(utente=self.request.user, incontro=self.incontro, gesti=gesti)

    def _azione(self) -> None:
        if frase := esegui_azione(self.request.user, self.incontro, self.request.POST):
            messages.success(self.request, frase)


class StatoAppello(IncontroMixin, VistaCoordinatori):
    """The roll as it stands, as JSON; 304 when it is what the screen already shows (ETag)."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        corpo = json.dumps(stato(self.incontro), ensure_ascii=False, separators=(",", ":")).encode()
        segno = f'"{hashlib.sha256(corpo).hexdigest()[:32]}"'
        if request.headers.get("If-None-Match") == segno:
            risposta: HttpResponse = HttpResponseNotModified()
        else:
            risposta = HttpResponse(corpo, content_type="application/json")
        risposta["ETag"] = segno
        risposta["X-Adesso"] = str(int(adesso().timestamp() * 1000))
        return risposta


def _gesti(corpo: bytes) -> list[Gesto]:
    """The taps of a request's JSON. Raises ValueError, KeyError, TypeError when it isn't of ours."""
    tocchi = json.loads(corpo)["tocchi"]
    if not isinstance(tocchi, list) or len(tocchi) > MASSIMO_TOCCHI or "\\u0000" in corpo.decode():
        raise ValueError("tocchi")
    return [
        Gesto(
            chiave=str(t["chiave"]),
            seggio=int(t["seggio"]),
            campo=str(t["campo"]),
            valore=str(t["valore"]),
            fatto_il=datetime.fromtimestamp(float(t["fatto"]) / 1000, UTC),
        )
        for t in tocchi
    ]


class TocchiAppello(IncontroMixin, VistaCoordinatori):
    """Taps as they come from a screen: each with its receipt, then the roll as it stands."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            gesti = _gesti(request.body)
        except (ValueError, KeyError, TypeError, OverflowError, OSError):
            return JsonResponse({"frase": str(_("Questi segni non si riconoscono: ricarica la pagina."))}, status=400)
        ricevute = registra_tocchi(utente=request.user, incontro=self.incontro, gesti=gesti)
        esiti = [{"chiave": r.chiave, "esito": r.esito, "frase": r.frase} for r in ricevute]
        return JsonResponse({"esiti": esiti, "stato": stato(self.incontro)})


class AzioniAppello(IncontroMixin, VistaCoordinatori):
    """One button of the panes, pressed on a live screen; 409 with the sentence when it is refused."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            frase = esegui_azione(request.user, self.incontro, request.POST)
        except ValidationError as errore:
            return JsonResponse({"frase": " ".join(errore.messages)}, status=409)
        vai = ""
        if request.POST["azione"] == "svolto":
            vai = reverse("gestione_incontri:scheda", args=[self.incontro.pk])
            messages.success(request, frase)
        return JsonResponse({"frase": frase, "vai": vai, "stato": stato(self.incontro)})
