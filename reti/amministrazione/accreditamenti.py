"""Back office: suspend, revoke or restore an accreditation, with the reason."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from reti.amministrazione.viste import VistaModulo
from reti.forms.soggetti import MotivoForm
from reti.models import Accreditamento
from reti.services.accreditamenti import revoca_accreditamento, ripristina_accreditamento, sospendi_accreditamento

VERBI = {
    "sospendi": (_("Sospendi"), sospendi_accreditamento, _("Accreditamento sospeso.")),
    "revoca": (_("Revoca"), revoca_accreditamento, _("Accreditamento revocato.")),
    "ripristina": (_("Ripristina"), ripristina_accreditamento, _("Accreditamento di nuovo vigente.")),
}


class CambiaAccreditamento(VistaModulo):
    """One verb of VERBI on one accreditation; what depends on it follows (R16)."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["verbo"] not in VERBI:
            raise Http404
        self.invia, self.servizio, self.messaggio = VERBI[kwargs["verbo"]]

    @cached_property
    def accreditamento(self) -> Accreditamento:
        return get_object_or_404(Accreditamento.objects.select_related("soggetto"), pk=self.kwargs["pk"])

    @property
    def genitori(self) -> list:
        ente = self.accreditamento.soggetto
        return [
            (_("Soggetti"), reverse("gestione_soggetti:index")),
            (ente, reverse("gestione_soggetti:inspect", args=[ente.pk])),
        ]

    def get_page_title(self) -> str:
        return f"{self.invia}: {self.accreditamento}"

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": MotivoForm(dati)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        self.servizio(
            utente=self.request.user,
            accreditamento=self.accreditamento,
            motivo=moduli["form"].cleaned_data["motivo"],
        )
        return redirect("gestione_soggetti:inspect", self.accreditamento.soggetto_id)
