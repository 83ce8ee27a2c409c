"""Back office: boundaries of the comuni in two steps (try, confirm), as from the command `importa_confini`."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from core import deposito
from core.caricamenti import limita_corpo
from reti.amministrazione.viste import VistaLettura
from reti.confini import DIMENSIONE_MASSIMA
from reti.forms.confini import ConfiniForm
from reti.permissions import motivo_rifiuto_gestisci_soggetti
from reti.services.confini import EsitoConfini, importa_confini

TROPPO_GRANDE = gettext_lazy("Il file supera %d MB: tieni solo i comuni che servono.") % (DIMENSIONE_MASSIMA >> 20)


@method_decorator(limita_corpo(DIMENSIONE_MASSIMA, TROPPO_GRANDE), name="dispatch")
class ImportaConfini(VistaLettura):
    """Upload → what would change, with nothing written → confirm."""

    template_name = "reti/gestione/confini.html"
    page_title = gettext_lazy("Importa confini")
    header_icon = "upload"
    genitori = [(gettext_lazy("Comuni"), reverse_lazy("gestione_comuni:index"))]  # noqa: RUF012  a table that nobody changes

    def motivo_rifiuto(self) -> str:
        return motivo_rifiuto_gestisci_soggetti(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._mostra(ConfiniForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._conferma(request) if "impronta" in request.POST else self._prova(request)

    def _prova(self, request: HttpRequest) -> HttpResponse:
        form = ConfiniForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._mostra(form)
        contenuto, fonte = form.cleaned_data["file"].read(), form.cleaned_data["fonte"]
        try:
            esito = importa_confini(utente=request.user, contenuto=contenuto, fonte=fonte, prova=True)
        except ValidationError as errore:
            form.add_error("file", errore.messages)
            return self._mostra(form)
        return self._mostra(form, esito, deposito.deposita(self._nome(), contenuto))

    def _conferma(self, request: HttpRequest) -> HttpResponse:
        fonte = request.POST.get("fonte", "")
        try:
            contenuto = deposito.preleva(self._nome(), request.POST["impronta"])
            esito = importa_confini(utente=request.user, contenuto=contenuto, fonte=fonte)
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
            return self._mostra(ConfiniForm(initial={"fonte": fonte}))
        deposito.scarta(self._nome())
        messages.success(request, _("Confini importati: %s.") % esito.frase())
        return self._mostra(ConfiniForm(), esito)

    def _nome(self) -> str:
        return f"importazioni/confini-{self.request.user.pk}.geojson"

    def _mostra(self, form: ConfiniForm, esito: EsitoConfini | None = None, impronta: str = "") -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, esito=esito, impronta=impronta))
