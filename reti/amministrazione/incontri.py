"""Back office: a meeting created, convened, changed, postponed, cancelled."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from core.models import Messaggio
from reti.amministrazione.scelta import TavoloScelto
from reti.amministrazione.viste import VistaLettura, VistaModulo, frase_dei_rifiuti
from reti.forms.incontri import IncontroForm, MotivoForm
from reti.models import Incontro
from reti.queries.appello import Aula, frasi_quorum
from reti.queries.conflitti import conflitti_di
from reti.queries.decisioni import ordine_iniziale
from reti.queries.incontri import avviso_preavviso, seggi_da_invitare
from reti.queries.posta import proposte_di
from reti.services.approvazione import matura_verbali, stato_del_verbale
from reti.services.incontri import (
    MODIFICABILI,
    annulla_incontro,
    convoca_incontro,
    crea_incontro,
    modifica_incontro,
    rinvia_incontro,
)
from reti.services.presenze import motivo_rifiuto_appello, segna_svolto
from reti.services.risposte import motivo_rifiuto_risposta
from reti.services.verbali import motivo_rifiuto_redazione
from reti.stati import TRANSIZIONI_INCONTRO

ELENCO = (_("Incontri"), reverse_lazy("gestione_incontri:index"))


class IncontroMixin:
    """The meeting of the URL, among those that the person may see."""

    header_icon = "calendar-alt"

    @cached_property
    def incontro(self) -> Incontro:
        matura_verbali(incontro=self.kwargs["pk"])
        visibili = Incontro.objects.visibili_a(self.request.user).select_related(
            "rete__convocante", "verbale", "sondaggio"
        )
        return get_object_or_404(visibili, pk=self.kwargs["pk"])

    @property
    def genitori(self) -> list:
        return [ELENCO, (self.incontro.titolo, reverse("gestione_incontri:scheda", args=[self.incontro.pk]))]

    def alla_scheda(self) -> HttpResponse:
        pagina = "gestione_inviti:scheda" if self.incontro.rete.di_altri else "gestione_incontri:scheda"
        return redirect(pagina, self.kwargs["pk"])


class SchedaIncontro(IncontroMixin, VistaLettura):
    """One meeting: state, invitations with answers and delivery, attendance, minutes, what may be done."""

    template_name = "reti/gestione/incontro.html"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes

    def get_page_title(self) -> str:
        return self.incontro.titolo

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        incontro = self.incontro
        convocazioni = list(incontro.convocazioni.select_related("adesione__soggetto", "incontro"))
        aula = Aula.di(incontro)
        consegne = Messaggio.objects.filter(riferimento=f"incontro-{incontro.codice}").order_by()
        stati = dict(Messaggio.Stato.choices)
        return super().get_context_data(
            incontro=incontro,
            convocazioni=convocazioni,
            proposte=proposte_di(incontro),
            senza_email=[c for c in convocazioni if not c.email],
            presenze=incontro.presenze.select_related("adesione__soggetto"),
            decisioni=incontro.decisioni.select_related("soggetto"),
            **stato_del_verbale(incontro),
            redigibile=not hasattr(incontro, "verbale") and not motivo_rifiuto_redazione(incontro),
            frasi_quorum=frasi_quorum(aula),
            quorum_punti=[q for q in aula.quorum_dei_punti() if q.tratti],
            consegne=[(stati[s], n) for s, n in consegne.values_list("stato").annotate(Count("pk"))],
            possibili=TRANSIZIONI_INCONTRO[incontro.stato],
            modificabile=incontro.stato in MODIFICABILI,
            appello=not motivo_rifiuto_appello(incontro),
            si_risponde=bool(convocazioni) and not motivo_rifiuto_risposta(convocazioni[0]),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The only button of the page that writes: the meeting was held."""
        if frase_dei_rifiuti(lambda: segna_svolto(utente=request.user, incontro=self.incontro), request):
            messages.success(request, _("L'incontro è segnato come svolto."))
        return self.alla_scheda()


class NuovoIncontro(TavoloScelto, VistaModulo):
    """Create a draft for the board named in `?rete=`."""

    header_icon = "calendar-alt"
    genitori = [ELENCO]  # noqa: RUF012  a table that nobody changes
    page_title = _("Nuovo incontro")
    invia = _("Crea l'incontro")
    messaggio = _("L'incontro è creato in bozza: controllalo e convoca.")

    invito = _("Scegli il tavolo, poi «Nuovo incontro».")

    def moduli(self, dati: Any) -> dict[str, Any]:
        proposti = (punto.titolo for punto in ordine_iniziale(self.rete))
        iniziale = {"titolo": f"{self.rete.nome}: incontro", "ordine_del_giorno": "\n".join(proposti)}
        return {"form": IncontroForm(dati, initial=iniziale, rete=self.rete)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        incontro = crea_incontro(utente=self.request.user, rete=self.rete, **moduli["form"].dati())
        return redirect("gestione_incontri:scheda", incontro.pk)


class ModificaIncontro(IncontroMixin, VistaModulo):
    """Change a meeting; once convened everyone gets the update."""

    page_title = _("Modifica")
    invia = _("Salva")
    messaggio = _("L'incontro è aggiornato; se era convocato, gli invitati ricevono l'aggiornamento.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        # A copy of its own: validating a ModelForm writes on its instance.
        copia = Incontro.objects.get(pk=self.incontro.pk)
        return {"form": IncontroForm(dati, instance=copia, rete=self.incontro.rete)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        prima = self.incontro.inizio
        incontro = modifica_incontro(utente=self.request.user, incontro=self.incontro, **moduli["form"].dati())
        if incontro.inizio != prima and (avviso := avviso_preavviso(incontro)):
            messages.warning(self.request, avviso)
        for conflitto in conflitti_di(incontro):
            messages.warning(self.request, conflitto.frase)
        return self.alla_scheda()


class ConvocaIncontro(IncontroMixin, VistaModulo):
    """Look at who will be invited, then send."""

    template_name = "reti/gestione/convoca.html"
    page_title = _("Convoca")
    invia = _("Invia le convocazioni")
    messaggio = _("L'incontro è convocato.")

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            incontro=self.incontro,
            seggi=seggi_da_invitare(self.incontro),
            conflitti=conflitti_di(self.incontro),
            preavviso=avviso_preavviso(self.incontro),
            **kwargs,
        )

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        convoca_incontro(utente=self.request.user, incontro=self.incontro)
        return self.alla_scheda()


class RinviaIncontro(IncontroMixin, VistaModulo):
    page_title = _("Rinvia")
    invia = _("Rinvia l'incontro")
    messaggio = _("L'incontro è rinviato: cambia la data e convoca di nuovo.")
    servizio = staticmethod(rinvia_incontro)

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": MotivoForm(dati)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        self.servizio(utente=self.request.user, incontro=self.incontro, **moduli["form"].cleaned_data)
        return self.alla_scheda()


class AnnullaIncontro(RinviaIncontro):
    page_title = _("Annulla l'incontro")
    invia = _("Annulla l'incontro")
    messaggio = _("L'incontro è annullato e gli invitati ne ricevono notizia.")
    servizio = staticmethod(annulla_incontro)
