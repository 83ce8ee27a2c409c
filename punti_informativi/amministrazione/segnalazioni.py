"""Back office: accessibility reports, those that wait first, and the answer to each (R60)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from punti_informativi.forms.segnalazioni import RispostaSegnalazioneForm
from punti_informativi.models import Segnalazione
from punti_informativi.services.segnalazioni import rispondi
from reti.amministrazione.viste import VistaLettura, VistaModulo

ELENCO = (_("Segnalazioni di accessibilità"), reverse_lazy("punti_segnalazioni"))
ICONA = "help"
PER_PAGINA = 50


class ElencoSegnalazioni(VistaLettura):
    template_name = "punti_informativi/amministrazione/segnalazioni.html"
    header_icon = ICONA
    page_title = ELENCO[0]
    genitori = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chiuse = Segnalazione.objects.filter(chiusa_il__isnull=False).select_related("chiusa_da")
        pagina = Paginator(chiuse, PER_PAGINA).get_page(self.request.GET.get("pagina"))
        return super().get_context_data(aperte=Segnalazione.objects.aperte(), pagina=pagina, **kwargs)


class RispondiSegnalazione(VistaModulo):
    """What was said, by when to answer, and the answer; a closed one is only read."""

    template_name = "punti_informativi/amministrazione/segnalazione.html"
    header_icon = ICONA
    genitori = (ELENCO,)
    invia = _("Invia la risposta e chiudi")
    messaggio = _("Risposta inviata: la segnalazione è chiusa.")

    @cached_property
    def segnalazione(self) -> Segnalazione:
        return get_object_or_404(Segnalazione.objects.select_related("chiusa_da"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.segnalazione.codice

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": RispostaSegnalazioneForm(dati)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(segnalazione=self.segnalazione, **kwargs)

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        rispondi(utente=self.request.user, segnalazione=self.segnalazione, **moduli["form"].cleaned_data)
        return redirect("punti_segnalazioni")
