"""Back office: an invitation of others recorded, by hand or from its file, and what a newer one changes (R26)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from core import deposito
from core.archivio import consegna_file
from reti.amministrazione.viste import VistaLettura, VistaModulo
from reti.forms.incontri_di_altri import FileInvitoForm, InvitoForm
from reti.inviti_ricevuti import InvitoLetto, avvertenze, leggi_invito
from reti.models import Incontro, Presenza
from reti.queries.inviti_ricevuti import incontri_di_altri, invito_gia_registrato
from reti.services.incontri_di_altri import aggiorna_da_invito, differenze, piu_nuovo, registra_invito

ELENCO = (_("Inviti ricevuti"), reverse_lazy("gestione_inviti:index"))
PER_PAGINA = 50


def nome_deposito(utente: Any) -> str:
    return f"inviti/{utente.pk}"


class ElencoInviti(VistaLettura):
    """Meetings of others, the latest first: who goes, who went."""

    template_name = "reti/gestione/inviti.html"
    header_icon = "mail"
    page_title = _("Inviti ricevuti")
    genitori = []  # noqa: RUF012  a table that nobody changes

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tutti = incontri_di_altri(self.request.user)
        return super().get_context_data(
            pagina=Paginator(tutti, PER_PAGINA).get_page(self.request.GET.get("pagina")), **kwargs
        )


class RegistraInvito(VistaModulo):
    """By hand, or from a file: «Leggi» fills the form with what it says, the person completes and confirms."""

    template_name = "reti/gestione/invito_nuovo.html"
    header_icon = "mail"
    page_title = _("Registra un invito ricevuto")
    invia = _("Registra l'invito")
    messaggio = _("L'invito è registrato: di' chi ci va.")
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": InvitoForm(dati, initial={"rete": self.request.GET.get("rete", "")})}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"carica": FileInvitoForm()} | kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A file that was chosen and not read yet is read first, whichever button was pressed.
        if "leggi" in request.POST or request.FILES.get("file"):
            return self._leggi(request)
        return super().post(request, *args, **kwargs)

    def _leggi(self, request: HttpRequest) -> HttpResponse:
        carica = FileInvitoForm(request.POST, request.FILES)
        if carica.is_valid():
            contenuto = carica.cleaned_data["file"].read()
            try:
                invito = leggi_invito(contenuto)
                return self._letto(request, invito, deposito.deposita(nome_deposito(request.user), contenuto))
            except ValidationError as errore:
                carica.add_error("file", errore.messages)
        scritti = {c: v for c, v in request.POST.items() if c in InvitoForm.base_fields}
        return self.render_to_response(self.get_context_data(carica=carica, form=InvitoForm(initial=scritti)))

    def _letto(self, request: HttpRequest, invito: InvitoLetto, impronta: str) -> HttpResponse:
        if registrato := invito_gia_registrato(invito.uid):
            return self._di_nuovo(request, registrato, invito, impronta)
        if invito.annulla:
            raise ValidationError(_("Questo file annulla un incontro che non è registrato: non c'è nulla da fare."))
        form, frasi = InvitoForm.da_invito(invito, impronta, request.POST)
        return self.render_to_response(self.get_context_data(form=form, frasi=frasi, letto=True))

    def _di_nuovo(self, request: HttpRequest, incontro: Incontro, invito: InvitoLetto, impronta: str) -> HttpResponse:
        """The same UID never makes a second meeting: a newer invitation shows what it changes."""
        if piu_nuovo(incontro, invito):
            return redirect(f"{reverse('gestione_inviti:aggiorna', args=[incontro.pk])}?impronta={impronta}")
        messages.info(request, _("Questo invito è già registrato, e il file non dice nulla di più nuovo."))
        return redirect("gestione_inviti:scheda", incontro.pk)

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        form, utente = moduli["form"], self.request.user
        impronta = form.cleaned_data["impronta"]
        originale = deposito.preleva(nome_deposito(utente), impronta) if impronta else b""
        incontro = registra_invito(utente=utente, originale=originale, **form.dati())
        if originale:
            deposito.scarta(nome_deposito(utente))
        return redirect("gestione_inviti:scheda", incontro.pk)


class DiAltriMixin:
    """A meeting of others, among those that the person may see."""

    header_icon = "mail"

    @cached_property
    def incontro(self) -> Incontro:
        return get_object_or_404(incontri_di_altri(self.request.user), pk=self.kwargs["pk"])

    @property
    def genitori(self) -> list:
        return [ELENCO, (self.incontro.titolo, reverse("gestione_inviti:scheda", args=[self.incontro.pk]))]

    def alla_scheda(self) -> HttpResponse:
        return redirect("gestione_inviti:scheda", self.kwargs["pk"])


class AggiornaInvito(DiAltriMixin, VistaModulo):
    """A newer invitation to the same meeting: what it changes, or that it takes it back; then confirm."""

    template_name = "reti/gestione/invito_aggiorna.html"
    page_title = _("Invito aggiornato")
    invia = _("Applica")
    messaggio = _("L'incontro è aggiornato.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except ValidationError as errore:
            messages.error(request, " ".join(errore.messages))
            return self.alla_scheda()

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {}

    def _originale(self) -> bytes:
        chiesta = self.request.POST.get("impronta") or self.request.GET.get("impronta", "")
        return deposito.preleva(nome_deposito(self.request.user), chiesta)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "rifiuti" in kwargs:
            return super().get_context_data(incontro=self.incontro, **kwargs)
        invito = leggi_invito(self._originale())
        return super().get_context_data(
            incontro=self.incontro,
            invito=invito,
            differenze=differenze(self.incontro, invito),
            frasi=[] if invito.annulla else avvertenze(invito),
            impronta=self.request.GET.get("impronta", ""),
            **kwargs,
        )

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        originale = self._originale()
        aggiorna_da_invito(utente=self.request.user, incontro=self.incontro, originale=originale)
        deposito.scarta(nome_deposito(self.request.user))
        return self.alla_scheda()


class Originale(DiAltriMixin, VistaLettura):
    """The invitation as it came, for staff only."""

    http_method_names = ["get", "head"]  # noqa: RUF012  Django's idiom

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        file = self.incontro.invito_ricevuto
        if not file:
            raise Http404
        return consegna_file(file, f"invito-{self.incontro.codice}.{file.name[-3:]}", "application/octet-stream")


class DocumentoProva(VistaLettura):
    """The evidence of a presence, for staff only."""

    http_method_names = ["get", "head"]  # noqa: RUF012  Django's idiom

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        righe = Presenza.objects.filter(incontro__in=Incontro.objects.visibili_a(request.user))
        presenza = get_object_or_404(righe.exclude(prova_documento=""), pk=self.kwargs["pk"])
        nome = presenza.prova_documento.name.rpartition("/")[2]
        return consegna_file(presenza.prova_documento, nome, "application/octet-stream")
