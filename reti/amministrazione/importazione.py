"""Back office: import of the register in two steps (try, confirm) and its export."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from reti.amministrazione.viste import VistaLettura
from reti.forms.soggetti import ImportaForm
from reti.importazione import COLONNE
from reti.models import Soggetto
from reti.permissions import motivo_rifiuto_gestisci_soggetti
from reti.services.importazione import Resoconto, deposita, importa_soggetti, preleva, scarta
from reti.views.soggetti import risposta_csv
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class ImportaSoggetti(VistaLettura):
    """Upload → report line by line with nothing written → confirm → final report."""

    template_name = "reti/gestione/importa.html"
    page_title = gettext_lazy("Importa soggetti")
    header_icon = "upload"
    genitori = [(gettext_lazy("Soggetti"), reverse_lazy("gestione_soggetti:index"))]  # noqa: RUF012  a table that nobody changes

    def motivo_rifiuto(self) -> str:
        return motivo_rifiuto_gestisci_soggetti(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._mostra(form=ImportaForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._conferma(request) if "impronta" in request.POST else self._prova(request)

    def _prova(self, request: HttpRequest) -> HttpResponse:
        form = ImportaForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._mostra(form=form)
        contenuto = form.cleaned_data["file"].read()
        try:
            resoconto = importa_soggetti(utente=request.user, contenuto=contenuto, prova=True)
        except ValidationError as errore:
            form.add_error("file", errore.messages)
            return self._mostra(form=form)
        return self._mostra(
            form=ImportaForm(), resoconto=resoconto, impronta=deposita(utente=request.user, contenuto=contenuto)
        )

    def _conferma(self, request: HttpRequest) -> HttpResponse:
        try:
            contenuto = preleva(utente=request.user, attesa=request.POST["impronta"])
            resoconto = importa_soggetti(utente=request.user, contenuto=contenuto)
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
            return self._mostra(form=ImportaForm())
        scarta(utente=request.user)
        messages.success(request, _("Importazione conclusa: %s.") % resoconto.frase())
        return self._mostra(form=ImportaForm(), resoconto=resoconto)

    def _mostra(self, form: ImportaForm, resoconto: Resoconto | None = None, impronta: str = "") -> HttpResponse:
        contesto = {"form": form, "resoconto": resoconto, "impronta": impronta, "colonne": COLONNE}
        return self.render_to_response(self.get_context_data(**contesto))


@require_safe
def esporta_soggetti(request: HttpRequest) -> HttpResponse:
    """The whole register as CSV; imported again it changes nothing."""
    if not ha_ruolo(request.user, LEGGONO_TUTTO):
        raise PermissionDenied
    return risposta_csv(Soggetto.objects.order_by("denominazione"))
