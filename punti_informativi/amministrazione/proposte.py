"""Back office: what hosts propose, and the decision on each."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from core.errori import Rifiuto
from punti_informativi import permissions, services
from punti_informativi.forms.provincia import CorrezioniForm, MotivoForm, OrariProposti
from punti_informativi.models import Proposta
from punti_informativi.queries.proposte import differenze
from punti_informativi.services.proposte import impronta
from punti_informativi.stati import StatoProposta
from reti.amministrazione.viste import VistaLettura

ELENCO = (_("Modifiche proposte"), reverse_lazy("punti_proposte"))
PER_PAGINA = 50


class ElencoProposte(VistaLettura):
    """Those that wait first, then the decided ones."""

    template_name = "punti_informativi/amministrazione/proposte.html"
    header_icon = "edit"
    page_title = ELENCO[0]
    genitori = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposte = Proposta.objects.visibili_a(self.request.user)
        proposte = proposte.select_related("punto__soggetto", "soggetto", "proposta_da")
        ordinate = proposte.order_by("decisa_il", "-proposta_il").exclude(stato=StatoProposta.RITIRATA)
        in_attesa = ordinate.filter(stato=StatoProposta.IN_ATTESA)
        decise = ordinate.exclude(stato=StatoProposta.IN_ATTESA).order_by("-decisa_il", "-pk")
        pagina = Paginator(decise, PER_PAGINA).get_page(self.request.GET.get("pagina"))
        return super().get_context_data(in_attesa=in_attesa, pagina=pagina, **kwargs)


class DecidiProposta(VistaLettura):
    """Differences, conflicts, and three ways out: accept, accept with corrections, refuse with a reason."""

    template_name = "punti_informativi/amministrazione/proposta.html"
    header_icon = "edit"
    genitori = (ELENCO,)

    @cached_property
    def proposta(self) -> Proposta:
        visibili = Proposta.objects.visibili_a(self.request.user).filter(punto__isnull=False)
        return get_object_or_404(visibili.select_related("punto__soggetto", "proposta_da"), pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.proposta.punto.nome

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposta, punto = self.proposta, self.proposta.punto
        in_attesa = proposta.stato == StatoProposta.IN_ATTESA
        motivo = permissions.motivo_rifiuto_decidi(self.request.user, proposta)
        moduli = self.moduli(None) if in_attesa and not motivo else {}
        return super().get_context_data(
            proposta=proposta,
            punto=punto,
            in_attesa=in_attesa,
            perche_no=motivo if in_attesa else "",
            differenze=differenze(proposta, punto if in_attesa else None),
            vista=impronta(proposta, punto) if in_attesa else "",
            **(moduli | kwargs),
        )

    def moduli(self, dati: Any) -> dict[str, Any]:
        """The forms of correction and refusal; bound when theirs is the button that was pressed."""
        gesto = dati.get("gesto") if dati else ""
        correggi, respingi = (dati if gesto == g else None for g in ("correggi", "respingi"))
        return {
            "correzioni": CorrezioniForm(correggi, proposta=self.proposta),
            "orari": OrariProposti(correggi, proposta=self.proposta) if "orari" in self.proposta.dopo else None,
            "rifiuto": MotivoForm(respingi, prefix="respingi", obbligatorio=True),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if motivo := permissions.motivo_rifiuto_decidi(request.user, self.proposta):
            raise PermissionDenied(motivo)
        moduli = self.moduli(request.POST)
        legati = [m for m in moduli.values() if m is not None and m.is_bound]
        if all(m.is_valid() for m in legati):
            try:
                return self._decidi(request, moduli)
            except ValidationError as errore:
                messages.error(request, " ".join(errore.messages))
                del self.proposta
        return self.render_to_response(self.get_context_data(**moduli))

    def _decidi(self, request: HttpRequest, moduli: dict[str, Any]) -> HttpResponse:
        gesto = request.POST.get("gesto")
        comuni = {"utente": request.user, "proposta": self.proposta, "vista": request.POST.get("vista", "")}
        if gesto == "respingi":
            services.respingi_proposta(**comuni, motivo=moduli["rifiuto"].cleaned_data["testo"])
            messages.success(request, _("Proposta respinta: il soggetto ospitante riceve il motivo per email."))
        elif gesto in ("accogli", "correggi"):
            correzioni = {}
            if gesto == "correggi":
                correzioni = moduli["correzioni"].valori()
                if moduli["orari"]:
                    correzioni["orari"] = moduli["orari"].valori()
            services.accogli_proposta(**comuni, correzioni=correzioni)
            messages.success(request, _("Modifiche pubblicate: il soggetto ospitante riceve un'email."))
        else:
            raise Rifiuto(_("Scegli se accogliere, correggere o respingere."))
        return redirect("punti_proposte")
