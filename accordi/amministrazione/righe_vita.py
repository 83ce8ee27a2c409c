"""Back office: the verbs on one obligation, resource, contribution or action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accordi.forms.accordi import ConfermaForm, MotivoForm
from accordi.forms.vita import AdempimentoForm, ConferimentoForm, EsitoForm
from accordi.models import Accordo, Azione, Conferimento, Impegno, Risorsa
from accordi.services import azioni, impegni, risorse
from accordi.stati import StatoAzione
from reti.amministrazione.viste import VistaModulo


@dataclass(frozen=True)
class GestoRiga:
    titolo: Any
    form: type[forms.Form]
    servizio: Callable[..., Any]
    fatto: Any
    fissi: tuple[tuple[str, str], ...] = ()


# Kind of row → its model, the name of the services' argument, the way to its agreement.
GENERI: dict[str, tuple[type[models.Model], str]] = {
    "impegno": (Impegno, "accordo"),
    "risorsa": (Risorsa, "accordo"),
    "conferimento": (Conferimento, "risorsa__accordo"),
    "azione": (Azione, "accordo"),
}
RIGHE = {
    ("impegno", "adempi"): GestoRiga(_("Segna adempiuto"), AdempimentoForm, impegni.adempi_impegno, _("Fatto.")),
    ("impegno", "conferma"): GestoRiga(_("Conferma"), ConfermaForm, impegni.conferma_impegno, _("Confermato.")),
    ("impegno", "respingi"): GestoRiga(
        _("Non confermare"), MotivoForm, impegni.respingi_impegno, _("L'impegno è di nuovo aperto: la parte lo sa.")
    ),
    ("impegno", "togli"): GestoRiga(_("Togli"), ConfermaForm, impegni.togli_impegno, _("Impegno tolto.")),
    ("risorsa", "conferisci"): GestoRiga(
        _("Registra quanto è stato dato"), ConferimentoForm, risorse.conferisci, _("Registrato.")
    ),
    ("risorsa", "togli"): GestoRiga(_("Togli"), ConfermaForm, risorse.togli_risorsa, _("Risorsa tolta.")),
    ("conferimento", "conferma"): GestoRiga(
        _("Conferma"), ConfermaForm, risorse.conferma_conferimento, _("Confermato.")
    ),
    ("conferimento", "togli"): GestoRiga(_("Togli"), ConfermaForm, risorse.togli_conferimento, _("Tolto.")),
    ("azione", "avvia"): GestoRiga(
        _("Avvia"), ConfermaForm, azioni.porta_avanti, _("Azione in corso."), (("nuovo", StatoAzione.IN_CORSO),)
    ),
    ("azione", "concludi"): GestoRiga(
        _("Concludi"), EsitoForm, azioni.porta_avanti, _("Azione conclusa."), (("nuovo", StatoAzione.CONCLUSA),)
    ),
    ("azione", "abbandona"): GestoRiga(
        _("Abbandona"), EsitoForm, azioni.porta_avanti, _("Azione abbandonata."), (("nuovo", StatoAzione.ABBANDONATA),)
    ),
    ("azione", "togli"): GestoRiga(_("Togli"), ConfermaForm, azioni.togli_azione, _("Azione tolta.")),
}


class RigaView(VistaModulo):
    """One verb of RIGHE on one row; without data it asks to confirm."""

    template_name = "accordi/amministrazione/gesto.html"
    header_icon = "doc-full"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        chiave = (kwargs["genere"], kwargs["gesto"])
        if chiave not in RIGHE:
            raise Http404
        self.gesto = RIGHE[chiave]
        self.invia, self.messaggio = self.gesto.titolo, self.gesto.fatto

    @cached_property
    def riga(self) -> models.Model:
        modello, verso = GENERI[self.kwargs["genere"]]
        visibili = Accordo.objects.visibili_a(self.request.user).values("pk")
        righe = modello.objects.select_related(verso).filter(**{f"{verso}__in": visibili})
        return get_object_or_404(righe, pk=self.kwargs["riga"])

    @property
    def accordo(self) -> Accordo:
        return self.riga.risorsa.accordo if self.kwargs["genere"] == "conferimento" else self.riga.accordo

    @property
    def genitori(self) -> list[tuple[Any, str]]:
        return [
            (_("Accordi"), reverse("accordi_gestione:index")),
            (str(self.accordo), reverse("accordi_gestione:accordo", args=[self.accordo.pk])),
            (_t("Dopo la firma"), reverse("accordi_gestione:vita", args=[self.accordo.pk])),
        ]

    def get_page_title(self) -> str:
        return f"{self.gesto.titolo}: {self.riga}"

    def moduli(self, dati: Any) -> dict[str, Any]:
        file = self.request.FILES if dati is not None else None
        return {"form": self.gesto.form(dati, file)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        argomenti = {self.kwargs["genere"]: self.riga, **dict(self.gesto.fissi), **moduli["form"].cleaned_data}
        self.gesto.servizio(utente=self.request.user, **argomenti)
        return redirect("accordi_gestione:vita", self.accordo.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(accordo=self.accordo, nome="", **kwargs)
