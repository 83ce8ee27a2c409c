"""Back office: campaigns from the draft to the answers, and a meeting with the points in one step (F1, F2)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from core.errori import Rifiuto
from core.fogli import TIPO_XLSX, in_xlsx
from core.numeri import chiave
from core.orologio import oggi
from punti_informativi.forms.promozione import CampagnaForm, InvioForm, PuntiForm, RispostaForm
from punti_informativi.models import Campagna, Invio
from punti_informativi.queries import promozione as query
from punti_informativi.services.promozione import (
    chiudi_campagna,
    invia_campagna,
    registra_invio,
    registra_risposta,
    salva_campagna,
)
from punti_informativi.services.raccordo import cerca_rete, convoca_punti
from punti_informativi.stati import StatoCampagna, StatoPunto
from reti.amministrazione.viste import VistaLettura, VistaModulo, frase_dei_rifiuti
from reti.forms.incontri import IncontroForm

ELENCO = (_("Campagne di promozione"), reverse_lazy("punti_campagne"))
PER_PAGINA = 50
ICONA = "mail"


class ElencoCampagne(VistaLettura):
    """Every campaign with its figures."""

    template_name = "punti_informativi/amministrazione/campagne.html"
    header_icon = ICONA
    page_title = _("Campagne di promozione")
    genitori = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pagina = Paginator(query.campagne(), PER_PAGINA).get_page(self.request.GET.get("pagina"))
        raggiunte = query.categorie_raggiunte(oggi().replace(month=1, day=1), oggi())
        return super().get_context_data(pagina=pagina, raggiunte=list(raggiunte), anno=oggi().year, **kwargs)


class CampagnaMixin:
    """The campaign of the URL."""

    header_icon = ICONA

    @cached_property
    def campagna(self) -> Campagna:
        return get_object_or_404(Campagna.objects.select_related("avviso", "creata_da"), codice=self.kwargs["codice"])

    @property
    def genitori(self) -> list:
        return [ELENCO, (self.campagna.titolo, reverse("punti_campagna", args=[self.campagna.codice]))]

    def alla_scheda(self) -> HttpResponse:
        return redirect("punti_campagna", self.campagna.codice)


class SchedaCampagna(CampagnaMixin, VistaLettura):
    """Draft: the mail and who gets it. Sent: what was sent, when, to whom, and the answers."""

    template_name = "punti_informativi/amministrazione/campagna.html"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes

    def get_page_title(self) -> str:
        return self.campagna.titolo

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bozza = self.campagna.stato == StatoCampagna.BOZZA
        scelti = query.destinatari(self.campagna) if bozza else []
        invii = self.campagna.invii.select_related("categoria")
        pagina = Paginator(invii, PER_PAGINA).get_page(self.request.GET.get("pagina"))
        return super().get_context_data(
            campagna=self.campagna,
            bozza=bozza,
            chiusa=self.campagna.stato == StatoCampagna.CHIUSA,
            con_indirizzo=[d for d in scelti if d.indirizzo],
            senza_indirizzo=[d for d in scelti if not d.indirizzo],
            pagina=pagina,
            persi=query.non_consegnati(invii),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The two buttons that write: send, close."""
        azione = self._chiudi if "chiudi" in request.POST else self._invia
        frase_dei_rifiuti(azione, request)
        return self.alla_scheda()

    def _invia(self) -> None:
        quanti = invia_campagna(utente=self.request.user, campagna=self.campagna)
        frase = ngettext("Campagna partita: %d email.", "Campagna partita: %d email.", quanti)
        messages.success(self.request, frase % quanti)

    def _chiudi(self) -> None:
        chiudi_campagna(utente=self.request.user, campagna=self.campagna)
        messages.success(self.request, _("Campagna chiusa: le risposte restano."))


class NuovaCampagna(VistaModulo):
    page_title = _("Nuova campagna")
    header_icon = ICONA
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes
    invia = _("Salva e guarda chi la riceve")
    messaggio = _("Bozza salvata: controlla i destinatari, poi inviala.")
    campagna: Campagna | None = None

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": CampagnaForm(dati, instance=self.campagna)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        campagna = salva_campagna(utente=self.request.user, campagna=self.campagna, **moduli["form"].dati())
        return redirect("punti_campagna", campagna.codice)


class ModificaCampagna(CampagnaMixin, NuovaCampagna):
    page_title = _("Modifica la campagna")


class NuovoInvio(CampagnaMixin, VistaModulo):
    """One row by hand."""

    page_title = _("Registra un contatto")
    invia = _("Registra")
    messaggio = _("Contatto registrato.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": InvioForm(dati, campagna=self.campagna)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        registra_invio(utente=self.request.user, campagna=self.campagna, **moduli["form"].cleaned_data)
        return self.alla_scheda()


class RispostaInvio(CampagnaMixin, VistaModulo):
    """What a body answered by voice, or after it was called back."""

    invia = _("Registra la risposta")
    messaggio = _("Risposta registrata.")

    @cached_property
    def invio(self) -> Invio:
        return get_object_or_404(self.campagna.invii, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.invio.destinatario

    def moduli(self, dati: Any) -> dict[str, Any]:
        form = RispostaForm(dati, initial={"risposta": self.invio.risposta, "nota": self.invio.nota})
        form.fields["risposta"].label = _("Che cosa ha risposto")
        return {"form": form}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        registra_risposta(utente=self.request.user, invio=self.invio, **moduli["form"].cleaned_data)
        return self.alla_scheda()


class InviiXlsx(CampagnaMixin, VistaLettura):
    """The rows as a workbook, equal to the screen."""

    genitori = ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        contenuto = in_xlsx([("Invii", query.righe(self.campagna))], larga="J")
        risposta = HttpResponse(contenuto, content_type=TIPO_XLSX)
        risposta["Content-Disposition"] = f'attachment; filename="campagna-{self.campagna.codice}.xlsx"'
        return risposta


class ConvocaPunti(VistaModulo):
    """Choose the points, write the meeting, convene their hosts: one page, one button."""

    template_name = "punti_informativi/amministrazione/convoca.html"
    page_title = _("Convoca un incontro con i punti informativi")
    header_icon = "group"
    genitori = ()
    invia = _("Convoca")
    messaggio = _("Incontro convocato: ogni soggetto riceve l'invito con il calendario.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {
            "form": IncontroForm(dati, rete=None, initial={"titolo": _("Incontro con i punti informativi")}),
            "punti": PuntiForm(dati, scelti=self._filtri()),
        }

    def _filtri(self) -> dict[str, Any]:
        """Which points come ticked: those of the list's filters in the URL, else the open ones."""
        ammessi = {"stato": "stato__in", "sede__comune": "sede__comune__in", "servizi": "servizi__in"}
        filtri = {f: v for n, f in ammessi.items() if (v := [x for x in self.request.GET.getlist(n) if x])}
        stati = {"stato__in": [x for x in filtri.pop("stato__in", []) if x in StatoPunto.values]}
        sicuri = {f: v for f, v in (stati | filtri).items() if v and (f in stati or all(map(chiave, v)))}
        return sicuri or {"stato__in": ["attivo"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rete=cerca_rete(), **kwargs)

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        scelti = moduli["punti"].cleaned_data["punti"]
        try:
            incontro = convoca_punti(utente=self.request.user, punti=scelti, dati=moduli["form"].dati())
        except Rifiuto as rifiuto:
            return self.rifiuta(moduli, rifiuto.messages)
        return redirect("gestione_incontri:scheda", incontro.pk)
