"""The parties' pages: my agreements, one agreement, its document."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, ListView

from accordi.models import Accordo, Firma
from accordi.queries.accordi import parti_da_firmare, parti_e_firme, revisione_corrente, storia
from accordi.queries.accreditamento import come_oggi
from accordi.queries.situazione import situazione
from core.archivio import consegna_file
from core.orologio import adesso
from core.scrivania import Ente, ente_scelto, enti_di

APERTI = "accordi_documenti_aperti"
RICORDATI = 20


class AccordiView(LoginRequiredMixin, ListView):
    """Agreements of the bodies that the person represents, the latest first; `?ente` keeps to one, `?q` searches."""

    template_name = "accordi/accordi.html"
    paginate_by = 20
    page_kwarg = "pagina"

    @cached_property
    def enti(self) -> list[Ente]:
        return enti_di(self.request.user)

    @property
    def scelte(self) -> dict[str, str]:
        """What the address chooses."""
        dati = self.request.GET
        return {"ente": ente_scelto(self.enti, dati.get("ente", "")), "q": " ".join(dati.get("q", "").split())}

    def get_queryset(self) -> QuerySet[Accordo]:
        return (
            come_oggi(Accordo.objects.visibili_a(self.request.user))
            .di_ente(self.scelte["ente"])
            .che_dicono(self.scelte["q"])
            .select_related("protocollo")
            .prefetch_related("parti__soggetto")
            .order_by("-creato_il", "-pk")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        da_firmare = parti_da_firmare(self.request.user)
        proprio = {"da_firmare": {p.accordo_id for p in da_firmare}, "enti": self.enti}
        return super().get_context_data(**kwargs) | self.scelte | proprio


class AccordoView(LoginRequiredMixin, DetailView):
    """Owner, parties, object, documents, identifier and progress (CAD 41, R08); parties and staff only."""

    template_name = "accordi/accordo.html"
    slug_field = slug_url_kwarg = "codice"

    def get_queryset(self) -> QuerySet[Accordo]:
        return come_oggi(Accordo.objects.visibili_a(self.request.user)).select_related(
            "protocollo", "istanza__protocollo", "istanza__avviso", "istanza__responsabile"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parti = parti_e_firme(self.object)
        return super().get_context_data(**kwargs) | {
            "accordo": self.object,
            "situazione": situazione(self.object, parti, self.request.user),
            "revisione": revisione_corrente(self.object),
            "parti": parti,
            "da_firmare": parti_da_firmare(self.request.user).filter(accordo=self.object).first(),
            "storia": storia(self.object),
            "seguiti": Accordo.objects.visibili_a(self.request.user).filter(padre=self.object).order_by("pk"),
        }


@login_required
def documento(request: HttpRequest, codice: str) -> HttpResponse:
    """The current PDF, for parties and staff; `?apri` shows it in the browser.

    What was handed out is remembered in the session: who signs must have opened it.
    """
    accordo = get_object_or_404(Accordo.objects.visibili_a(request.user), codice=codice)
    revisione = revisione_corrente(accordo)
    if revisione is None:
        raise Http404
    aperti = {**request.session.get(APERTI, {}), revisione.impronta: adesso().isoformat()}
    request.session[APERTI] = dict(list(aperti.items())[-RICORDATI:])
    nome = f"accordo-{accordo.codice_verifica}.pdf"
    return consegna_file(revisione.pdf, nome, in_linea="apri" in request.GET)


@login_required
@require_safe
def busta(request: HttpRequest, codice: str, ordine: int) -> HttpResponse:
    """The .p7m with which the party of that place signed the current text, as it came; parties and staff only."""
    accordo = get_object_or_404(Accordo.objects.visibili_a(request.user), codice=codice)
    revisione = revisione_corrente(accordo)
    firme = Firma.objects.filter(versione=revisione.versione if revisione else None, parte__ordine=ordine)
    firma = get_object_or_404(firme.exclude(busta="").select_related("parte__soggetto"))
    nome = f"accordo-{accordo.codice_verifica}-{firma.parte.soggetto.slug}.pdf.p7m"
    return consegna_file(firma.busta, nome, "application/pkcs7-mime")
