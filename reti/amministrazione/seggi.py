"""Back office: a page per seat (added, changed, ended) and the list of a board's seats as a file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from core.numeri import chiave
from core.orologio import oggi
from core.registro import righe_di
from reti.amministrazione.rete import ELENCO, ReteMixin, RigheMixin
from reti.amministrazione.viste import VistaModulo
from reti.foglio import scrivi
from reti.forms.seggi import TROVATI_MASSIMI, CercaEnteForm, ChiudiForm, SeggioForm, SostitutiFormSet
from reti.models import Adesione, Rete, Soggetto
from reti.queries.seggi import COLONNE_SEGGI, incontri_che_restano, righe_csv
from reti.services.seggi import salva_seggio
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class PaginaSeggio(RigheMixin, ReteMixin, VistaModulo):
    """The form of a seat with its substitutes; `seggio` may be a new one."""

    template_name = "reti/gestione/seggio.html"
    invia = gettext_lazy("Salva il seggio")
    messaggio = gettext_lazy("Il seggio è salvato.")
    righe = "sostituti"
    seggio: Adesione

    def moduli(self, dati: Any) -> dict[str, Any]:
        # A copy of its own: validating a ModelForm writes on its instance.
        copia = Adesione.objects.select_related("soggetto").get(pk=self.seggio.pk) if self.seggio.pk else self.seggio
        return {
            "form": SeggioForm(dati, instance=copia),
            "sostituti": SostitutiFormSet(dati, instance=copia, prefix=self.righe),
        }

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        dati = {c: v for c, v in moduli["form"].cleaned_data.items() if c != "cerca"}
        seggio = salva_seggio(
            utente=self.request.user,
            rete=self.rete,
            seggio=self.seggio if self.seggio.pk else None,
            dati=dati if self.seggio.pk else dati | {"soggetto": self.seggio.soggetto},
            sostituti=moduli["sostituti"].dati(),
        )
        avvisa_degli_incontri(self.request, seggio)
        return self.alla_scheda(self.rete)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        modulo = kwargs["form"]
        return super().get_context_data(
            seggio=self.seggio, rete=self.rete, cercato_invano=modulo.cercato and not modulo.trovati, **kwargs
        )


def avvisa_degli_incontri(request: HttpRequest, seggio: Adesione) -> None:
    """Say which convened meetings the seat stays invited to after its end."""
    restano = [
        f"{i.titolo} ({date_format(localtime(i.inizio), 'j F Y H:i').lower()})"
        for i in incontri_che_restano(seggio, seggio.al)
    ]
    if restano:
        messages.warning(
            request, _("%(chi)s resta convocato a: %(dove)s.") % {"chi": seggio.soggetto, "dove": "; ".join(restano)}
        )


class NuovoSeggio(PaginaSeggio):
    """First the body, found by name or comune; then its seat."""

    page_title = gettext_lazy("Nuovo seggio")

    @cached_property
    def ente(self) -> Soggetto | None:
        scelto = self.request.GET.get("soggetto", "")
        return get_object_or_404(Soggetto, pk=chiave(scelto)) if scelto.isdecimal() else None

    @cached_property
    def seggio(self) -> Adesione:
        return Adesione(rete=self.rete, soggetto=self.ente, dal=max(oggi(), self.rete.dal))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.ente else self._scegli()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.ente else self._scegli()

    def _scegli(self) -> HttpResponse:
        self.template_name = "reti/gestione/seggio_ente.html"
        form = CercaEnteForm(self.request.GET if "cerca" in self.request.GET else None)
        trovati = form.trovati()
        contesto = super(PaginaSeggio, self).get_context_data(
            form=form, rete=self.rete, trovati=trovati[:TROVATI_MASSIMI], altri=len(trovati) > TROVATI_MASSIMI
        )
        return self.render_to_response(contesto)


class SeggioMixin:
    """The seat of the URL, in a board that the person may see."""

    @cached_property
    def seggio(self) -> Adesione:
        visibili = Rete.objects.visibili_a(self.request.user)
        seggi = Adesione.objects.filter(rete__in=visibili.values("pk"))
        return get_object_or_404(seggi.select_related("rete__convocante", "soggetto"), pk=self.kwargs["pk"])

    @cached_property
    def rete(self) -> Rete:
        return self.seggio.rete

    def get_page_title(self) -> str:
        return str(self.seggio.soggetto)


class ModificaSeggio(SeggioMixin, PaginaSeggio):
    """Change a seat, its substitutes, whom it represents; its lines of the audit trail."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(storia=righe_di(self.seggio), **kwargs)


class ChiudiSeggio(SeggioMixin, ReteMixin, VistaModulo):
    """End a seat: its last day, and the meetings to which it stays convened."""

    template_name = "reti/gestione/seggio_chiudi.html"
    invia = gettext_lazy("Chiudi il seggio")
    messaggio = gettext_lazy("Il seggio ha la sua data di fine.")

    @property
    def genitori(self) -> list:
        tavolo = (self.rete.nome, reverse("gestione_tavoli:scheda", args=[self.rete.pk]))
        return [ELENCO, tavolo, (str(self.seggio.soggetto), reverse("gestione_tavoli:seggio", args=[self.seggio.pk]))]

    def get_page_title(self) -> str:
        return _("Chiudi il seggio")

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": ChiudiForm(dati)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        dati = moduli["form"].cleaned_data
        seggio = salva_seggio(utente=self.request.user, rete=self.rete, seggio=self.seggio, dati=dati)
        avvisa_degli_incontri(self.request, seggio)
        return self.alla_scheda(self.rete)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        restano = incontri_che_restano(self.seggio, oggi())
        return super().get_context_data(seggio=self.seggio, rete=self.rete, restano=restano, **kwargs)


@require_safe
def esporta_seggi(request: HttpRequest, pk: int) -> HttpResponse:
    """All the seats of a board, ended ones too, for whoever reads everything: it names persons."""
    if not ha_ruolo(request.user, LEGGONO_TUTTO):
        raise PermissionDenied
    rete = get_object_or_404(Rete.objects.visibili_a(request.user), pk=pk)
    intestazioni = {
        "Content-Disposition": f'attachment; filename="seggi-{rete.slug}-{oggi().isoformat()}.csv"',
        "Cache-Control": "private, no-store",
    }
    # The mark at the beginning tells a spreadsheet that the text is UTF-8.
    testo = "\ufeff" + scrivi(COLONNE_SEGGI, righe_csv(rete))
    return HttpResponse(testo, content_type="text/csv; charset=utf-8", headers=intestazioni)
