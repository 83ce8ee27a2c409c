"""Back office: the minutes of a meeting, from the draft to the approval."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from reti.amministrazione import incontri as viste
from reti.amministrazione.viste import VistaModulo
from reti.differenze import affianca
from reti.forms.verbali import (
    DecisioniFormSet,
    EsameForm,
    PuntoForm,
    SedutaForm,
    VerbaleForm,
    righe_di,
    scritto_da,
)
from reti.models import Incontro, Osservazione, PuntoOdg, Verbale
from reti.queries.documento_verbale import documento_di, e_pubblico, nomi_tolti
from reti.services.approvazione import approva_in_seduta
from reti.services.invio_verbale import giorni_per_osservare, invia_verbale, riprendi_verbale
from reti.services.osservazioni import esamina
from reti.services.verbali import VersioneSuperata, componi_bozza, motivo_rifiuto_redazione, salva_verbale
from reti.stati import INCONTRI_TENUTI, StatoVerbale


class VerbaleMixin(viste.IncontroMixin):
    """The meeting of the URL and its minutes."""

    @property
    def verbale(self) -> Verbale | None:
        return getattr(self.incontro, "verbale", None)

    stati: tuple[str, ...] = tuple(StatoVerbale)

    def pretesa(self) -> str:
        """Why this screen has nothing to do: then it sends to the meeting's page with the reason."""
        if not self.verbale:
            return _("Questo incontro non ha ancora un verbale.")
        if self.verbale.stato not in self.stati:
            return _("Il verbale è «%s»: qui non c'è niente da fare.") % self.verbale.get_stato_display().lower()
        return ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.motivo_rifiuto() and (motivo := self.pretesa()):
            messages.warning(request, motivo)
            return self.alla_scheda()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(incontro=self.incontro, verbale=self.verbale, **kwargs)


class Minuta(VerbaleMixin, VistaModulo):
    """Write the minutes: outcome of each item, decisions, text. Every save is a version."""

    template_name = "reti/gestione/verbale.html"
    page_title = _("Verbale")
    invia = _("Salva la bozza")
    messaggio = _("La bozza del verbale è salvata.")

    def pretesa(self) -> str:
        if self.verbale and self.verbale.stato == StatoVerbale.OSSERVAZIONI and self.request.method == "GET":
            return _("Il verbale è già ai presenti: riprendilo in bozza per correggerlo.")
        # A POST goes on: what was typed while somebody sent the minutes is kept by the service.
        return "" if self.verbale and self.request.method == "POST" else motivo_rifiuto_redazione(self.incontro)

    def moduli(self, dati: Any) -> dict[str, Any]:
        verbale = self.verbale
        iniziale = {"versione": verbale.versione if verbale else 0, "testo": verbale.testo if verbale else ""}
        punti = PuntoOdg.objects.filter(incontro=self.incontro)
        # Rows that come back are compared with nothing: one that equals what is stored now must not count as empty.
        righe = None if dati else righe_di(self.incontro.decisioni.order_by("pk"))
        return {
            "form": VerbaleForm(dati, initial=iniziale),
            "punti": [PuntoForm(dati, instance=p, prefix=f"p{p.pk}") for p in punti],
            "decisioni": DecisioniFormSet(dati, prefix="decisioni", incontro=self.incontro, initial=righe),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        presenze = self.incontro.presenze.select_related("adesione__soggetto")
        return super().get_context_data(presenze=presenze, **kwargs)

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        servizio = componi_bozza if "componi" in self.request.POST else salva_verbale
        try:
            servizio(utente=self.request.user, incontro=self.incontro, scritto=scritto_da(moduli))
        except VersioneSuperata as superata:
            self.messaggio = ""
            return self.confronta(moduli, superata)
        return redirect("gestione_incontri:verbale", self.incontro.pk)

    def confronta(self, moduli: dict[str, Any], superata: VersioneSuperata) -> HttpResponse:
        """Both texts side by side, and a form with what was typed that saves on the current version."""
        del self.incontro  # the other person's save is newer than what was read
        corrente = self.verbale.versioni.filter(respinta=False).select_related("autore").last()
        puliti = moduli["form"].cleaned_data
        nuovi = moduli | {
            "form": VerbaleForm(initial={"versione": self.verbale.versione, "testo": puliti["testo"]}),
            "decisioni": DecisioniFormSet(
                prefix="decisioni", incontro=self.incontro, initial=self._decisioni_unite(moduli["decisioni"].dati())
            ),
        }
        differenze = affianca(corrente.testo, superata.respinta.testo)
        contesto = {"corrente": corrente, "differenze": differenze, "rifiuti": superata.messages, "con_errori": True}
        risposta = self.render_to_response(self.get_context_data(**contesto, **nuovi))
        risposta.status_code = 409
        return risposta

    def _decisioni_unite(self, scritte: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What was typed over what the other saved: nobody's decision disappears."""
        salvate = {r["id"]: r for r in righe_di(self.incontro.decisioni.order_by("pk"))}
        mie = [
            r | {"soggetto": getattr(r["soggetto"], "pk", None), "punto": getattr(r["punto"], "pk", None)}
            for r in scritte
        ]
        unite = salvate | {r["id"]: r for r in mie if r["id"] in salvate}
        return [*unite.values(), *(r | {"id": None} for r in mie if r["id"] not in salvate)]


class InviaVerbale(VerbaleMixin, VistaModulo):
    """Look at what will be public, then send to those who were present."""

    template_name = "reti/gestione/verbale_invia.html"
    page_title = _("Invia il verbale ai presenti")
    invia = _("Invia ai presenti")
    messaggio = _("Il verbale è ai presenti.")
    stati = (StatoVerbale.BOZZA,)

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pubblico = e_pubblico(self.incontro)
        return super().get_context_data(
            pubblico=pubblico,
            documento=documento_di(self.verbale, pubblico=pubblico),
            tolti=nomi_tolti(self.verbale) if pubblico else [],
            giorni=giorni_per_osservare(self.incontro),
            presenti=self.incontro.presenze.filter(esito="presente").select_related("adesione__soggetto"),
            **kwargs,
        )

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        invia_verbale(utente=self.request.user, incontro=self.incontro)
        return self.alla_scheda()


class RiprendiVerbale(VerbaleMixin, VistaModulo):
    """Back to draft, to be corrected and sent again."""

    template_name = "reti/gestione/verbale_riprendi.html"
    page_title = _("Riprendi il verbale in bozza")
    invia = _("Riprendi in bozza")
    messaggio = _("Il verbale è in bozza: correggilo e rimandalo ai presenti.")
    stati = (StatoVerbale.OSSERVAZIONI,)

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        riprendi_verbale(utente=self.request.user, incontro=self.incontro)
        return redirect("gestione_incontri:verbale", self.incontro.pk)


class ApprovaVerbale(VerbaleMixin, VistaModulo):
    """Record the approval in a later meeting."""

    page_title = _("Registra l'approvazione in seduta")
    invia = _("Registra l'approvazione")
    messaggio = _("Il verbale è approvato: testo, punti, decisioni e presenze non cambiano più.")
    stati = (StatoVerbale.OSSERVAZIONI,)

    def moduli(self, dati: Any) -> dict[str, Any]:
        sedute = Incontro.objects.filter(
            rete=self.incontro.rete_id, stato__in=INCONTRI_TENUTI, inizio__gt=self.incontro.inizio
        )
        return {"form": SedutaForm(dati, sedute=sedute.order_by("inizio"))}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        approva_in_seduta(utente=self.request.user, incontro=self.incontro, **moduli["form"].cleaned_data)
        return self.alla_scheda()


class EsaminaOsservazione(VistaModulo):
    """Accept an observation or not, with an answer to its author."""

    template_name = "reti/gestione/osservazione.html"
    header_icon = "comment"
    page_title = _("Esamina l'osservazione")
    invia = _("Registra l'esito")
    messaggio = _("L'esito è registrato e chi ha osservato ne riceve notizia.")

    @cached_property
    def osservazione(self) -> Osservazione:
        righe = Osservazione.objects.filter(verbale__in=Verbale.objects.leggibili_da(self.request.user))
        righe = righe.select_related("verbale__incontro__rete", "adesione__soggetto", "autore")
        return get_object_or_404(righe, pk=self.kwargs["pk"])

    @property
    def genitori(self) -> list:
        incontro = self.osservazione.verbale.incontro
        return [viste.ELENCO, (incontro.titolo, viste.reverse("gestione_incontri:scheda", args=[incontro.pk]))]

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"form": EsameForm(dati)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(osservazione=self.osservazione, **kwargs)

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        esamina(utente=self.request.user, osservazione=self.osservazione, **moduli["form"].cleaned_data)
        return redirect("gestione_incontri:scheda", self.osservazione.verbale.incontro_id)
