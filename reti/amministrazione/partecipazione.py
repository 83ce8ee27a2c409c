"""Back office: one screen for a meeting of others, from the invitation to who was there (R26)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from core.orologio import adesso
from core.scrivania import raccogli
from reti.amministrazione import incontri_di_altri as viste
from reti.amministrazione.viste import VistaLettura, tutti_validi
from reti.forms.incontri_di_altri import DelegatoForm, PartecipazioneForm
from reti.models import Convocazione
from reti.queries.conflitti import conflitti
from reti.services.incontri import MODIFICABILI
from reti.services.incontri_di_altri import registra_partecipazione
from reti.services.presenze import motivo_rifiuto_appello
from reti.services.risposte import motivo_rifiuto_risposta, rispondi
from reti.stati import TRANSIZIONI_INCONTRO
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo, motivo_rifiuto_coordina

DELEGATO, PARTECIPAZIONE = "delegato", "partecipazione"


class SchedaInvito(viste.DiAltriMixin, VistaLettura):
    """Data, who goes, who was there. `azione` of the POST says which of the two forms was sent."""

    template_name = "reti/gestione/invito.html"
    genitori = [viste.ELENCO]  # noqa: RUF012  a table that nobody changes

    def motivo_rifiuto(self) -> str:
        return super().motivo_rifiuto() if self.request.method == "GET" else motivo_rifiuto_coordina(self.request.user)

    def get_page_title(self) -> str:
        return self.incontro.titolo

    @cached_property
    def convocazioni(self) -> list[Convocazione]:
        """The Province's, each with what the forms and the rules read of it."""
        righe = self.incontro.convocazioni.filter(adesione__soggetto__titolare_piattaforma=True)
        return list(righe.select_related("adesione__soggetto", "incontro"))

    def _deleghe(self, dati: Any = None) -> list[DelegatoForm]:
        if any(motivo_rifiuto_risposta(c) for c in self.convocazioni):
            return []
        return [DelegatoForm(dati, convocazione=c) for c in self.convocazioni]

    def _presenze(self, dati: Any = None, file: Any = None) -> list[PartecipazioneForm]:
        if motivo_rifiuto_appello(self.incontro) or self.incontro.inizio > adesso():
            return []
        scritte = {p.adesione_id: p for p in self.incontro.presenze.all()}
        return [
            PartecipazioneForm(dati, file, convocazione=c, presenza=scritte.get(c.adesione_id))
            for c in self.convocazioni
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        incontro = self.incontro
        indirizzi = [c.delegato_email for c in self.convocazioni if c.delegato_email]
        tempi = [(incontro.inizio, incontro.fine)]
        return super().get_context_data(
            **{"deleghe": self._deleghe(), "partecipazioni": self._presenze()}
            | {
                "incontro": incontro,
                "convocazioni": self.convocazioni,
                "presenze": incontro.presenze.select_related("adesione__soggetto"),
                "conflitti": conflitti(tempi, indirizzi=indirizzi, escluso=incontro)[0] if indirizzi else [],
                "possibili": TRANSIZIONI_INCONTRO[incontro.stato],
                "modificabile": incontro.stato in MODIFICABILI,
                "cifre": raccogli("FORNITORI_CIFRE", incontro),
            }
            | kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("azione") == PARTECIPAZIONE:
            moduli, esegui = self._presenze(request.POST, request.FILES), self._registra
            chiave = "partecipazioni"
        else:
            # Only the seat whose button was pressed: the others stay as they were.
            scelte = [m for m in self._deleghe(request.POST) if f"{m.prefix}-invia" in request.POST]
            moduli, esegui, chiave = scelte, self._delega, "deleghe"
        frasi = [str(_("In questo stato non si registra: ricarica la pagina."))]
        if moduli and tutti_validi(moduli):
            try:
                messages.success(request, esegui(moduli))
                return self.alla_scheda()
            except ValidationError as errore:
                frasi = errore.messages
        elif moduli:
            frasi = []
        contesto = {chiave: moduli} if moduli else {}
        return self.render_to_response(self.get_context_data(rifiuti=frasi, con_errori=True, **contesto))

    def _delega(self, moduli: list[DelegatoForm]) -> str:
        for modulo in moduli:
            rispondi(
                convocazione=modulo.convocazione,
                risposta=Convocazione.Risposta.DELEGA,
                via=Convocazione.Via.UFFICIO,
                utente=self.request.user,
                **modulo.dati(),
            )
        return _("Il delegato è indicato; se ha un indirizzo riceve l'incontro per il calendario.")

    def _registra(self, moduli: list[PartecipazioneForm]) -> str:
        righe = [modulo.riga() for modulo in moduli]
        registra_partecipazione(utente=self.request.user, incontro=self.incontro, righe=righe)
        return _("La presenza è registrata e l'incontro risulta svolto.")


class VoceInviti(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return ha_ruolo(request.user, LEGGONO_TUTTO)


class InvitiViewSet(ViewSet):
    """Invitations received, under «Tavoli»."""

    name = "gestione_inviti"
    url_prefix = "inviti"
    menu_label = _("Inviti ricevuti")
    icon = "mail"
    menu_item_class = VoceInviti

    def get_urlpatterns(self) -> list:
        return [
            path("", viste.ElencoInviti.as_view(), name="index"),
            path("nuovo/", viste.RegistraInvito.as_view(), name="nuovo"),
            path("<int:pk>/", SchedaInvito.as_view(), name="scheda"),
            path("<int:pk>/aggiorna/", viste.AggiornaInvito.as_view(), name="aggiorna"),
            path("<int:pk>/originale/", viste.Originale.as_view(), name="originale"),
            path("prove/<int:pk>/", viste.DocumentoProva.as_view(), name="prova"),
        ]
