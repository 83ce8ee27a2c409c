"""Back office: hours that a host proposes for all its points, and the decision on them."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from core.errori import Rifiuto
from punti_informativi import permissions, services
from punti_informativi.amministrazione.proposte import ELENCO
from punti_informativi.forms.provincia import MotivoForm
from punti_informativi.models import Proposta
from punti_informativi.queries.orari_ospite import differenze_orari
from punti_informativi.services.orari_proposti import impronta_orari
from punti_informativi.stati import StatoProposta
from reti.amministrazione.viste import VistaLettura


class DecidiOrari(VistaLettura):
    """Differences, and two ways out: accept, or refuse with a reason."""

    template_name = "punti_informativi/amministrazione/orari_proposti.html"
    header_icon = "time"
    genitori = (ELENCO,)

    @cached_property
    def proposta(self) -> Proposta:
        visibili = Proposta.objects.visibili_a(self.request.user).filter(soggetto__isnull=False)
        return get_object_or_404(visibili.select_related("soggetto", "proposta_da"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return _("Orari di tutti i punti: %s") % self.proposta.soggetto.denominazione

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposta = self.proposta
        in_attesa = proposta.stato == StatoProposta.IN_ATTESA
        perche_no = permissions.motivo_rifiuto_decidi(self.request.user, proposta) if in_attesa else ""
        contesto = {
            "proposta": proposta,
            "perche_no": perche_no,
            "differenze": differenze_orari(proposta),
            "vista": impronta_orari(proposta.soggetto),
            "rifiuto": self._modulo(None) if in_attesa and not perche_no else None,
        }
        return super().get_context_data(**(contesto | kwargs))

    def _modulo(self, dati: Any) -> MotivoForm:
        return MotivoForm(dati, prefix="respingi", obbligatorio=True)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if motivo := permissions.motivo_rifiuto_decidi(request.user, self.proposta):
            raise PermissionDenied(motivo)
        respinge = request.POST.get("gesto") == "respingi"
        rifiuto = self._modulo(request.POST if respinge else None)
        if not respinge or rifiuto.is_valid():
            try:
                return self._decidi(request, rifiuto)
            except ValidationError as errore:
                messages.error(request, " ".join(errore.messages))
                del self.proposta
                if self.proposta.stato != StatoProposta.IN_ATTESA:
                    rifiuto = None
        return self.render_to_response(self.get_context_data(rifiuto=rifiuto))

    def _decidi(self, request: HttpRequest, rifiuto: MotivoForm) -> HttpResponse:
        gesto = request.POST.get("gesto")
        comuni = {"utente": request.user, "proposta": self.proposta, "vista": request.POST.get("vista", "")}
        if gesto == "respingi":
            services.respingi_orari(**comuni, motivo=rifiuto.cleaned_data["testo"])
            messages.success(request, _("Orari respinti: il soggetto ospitante riceve il motivo per email."))
        elif gesto == "accogli":
            services.accogli_orari(**comuni)
            messages.success(request, _("Orari pubblicati: il soggetto ospitante riceve un'email."))
        else:
            raise Rifiuto(_("Scegli se accogliere o respingere."))
        return redirect("punti_proposte")
