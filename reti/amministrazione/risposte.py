"""Back office: an answer that the office records for an invited body."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from reti.amministrazione.incontri import ELENCO
from reti.amministrazione.viste import VistaModulo
from reti.forms.risposte import RispostaForm
from reti.models import Convocazione
from reti.services.risposte import rispondi


class RispostaUfficio(VistaModulo):
    """The office records an answer given by voice or letter."""

    header_icon = "mail"
    invia = _("Registra la risposta")
    messaggio = _("La risposta è registrata.")

    @cached_property
    def convocazione(self) -> Convocazione:
        righe = Convocazione.objects.visibili_a(self.request.user).select_related("incontro", "adesione__soggetto")
        return get_object_or_404(righe, pk=self.kwargs["pk"])

    @property
    def genitori(self) -> list:
        incontro = self.convocazione.incontro
        return [ELENCO, (incontro.titolo, reverse("gestione_incontri:scheda", args=[incontro.pk]))]

    def get_page_title(self) -> str:
        return _("Risposta di %s") % self.convocazione.adesione.soggetto

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": RispostaForm.di(self.convocazione, dati)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        via = Convocazione.Via.UFFICIO
        rispondi(convocazione=self.convocazione, via=via, utente=self.request.user, **moduli["form"].dati())
        return redirect("gestione_incontri:scheda", self.convocazione.incontro_id)
