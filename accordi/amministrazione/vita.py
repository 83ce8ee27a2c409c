"""Back office: the life of an agreement after signature, with its verbs, each on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accordi.forms import vita as modelli
from accordi.forms.accordi import ConfermaForm
from accordi.models import Accordo
from accordi.queries.accreditamento import accreditamenti_mancanti, come_oggi, motivo_caduta
from accordi.queries.legami import catena, consolidato, parti_oggi, rinnovo_di
from accordi.queries.vita import righe_csv, vita
from accordi.services import azioni, durata, impegni, modifiche, recessi, rinnovi, risorse
from accordi.stati import ACCORDI_FIRMATI, ACCORDI_VIVI, StatoAccordo
from core.fogli import TIPO_CSV, in_csv
from core.orologio import oggi
from reti.amministrazione.viste import VistaLettura, VistaModulo


def _modifica(*, utente: Any, accordo: Accordo, chi: str, **dati: Any) -> Accordo:
    return modifiche.prepara_modifica(utente=utente, accordo=accordo, **dati)


def _recesso(*, utente: Any, accordo: Accordo, **dati: Any) -> None:
    recessi.registra_recesso(utente=utente, **dati)


@dataclass(frozen=True)
class Gesto:
    """A verb: title, form, service, what is said after; offered in these states of today, where `quando` holds."""

    titolo: Any
    form: type[forms.Form]
    servizio: Callable[..., Any]
    fatto: Any
    stati: tuple[str, ...] = ACCORDI_FIRMATI
    quando: Callable[[Accordo], bool] = lambda accordo: True


GESTI = {
    "rinnova": Gesto(
        _("Prepara il rinnovo"),
        ConfermaForm,
        rinnovi.prepara_rinnovo,
        _("Bozza del rinnovo pronta: rileggila e mandala in firma."),
        (*ACCORDI_VIVI, StatoAccordo.SCADUTO),
        lambda accordo: rinnovo_di(accordo) is None,
    ),
    "cambia": Gesto(
        _("Prepara una modifica"),
        modelli.ModificaForm,
        _modifica,
        _("Bozza della modifica pronta: rileggila e mandala in firma."),
        ACCORDI_VIVI,
    ),
    "recesso": Gesto(
        _("Registra un recesso"),
        modelli.RecessoForm,
        _recesso,
        _("Recesso registrato: le altre parti ricevono un messaggio."),
        ACCORDI_VIVI,
    ),
    "risolvi": Gesto(
        _("Risolvi l'accordo"),
        modelli.RisoluzioneForm,
        durata.risolvi_accordo,
        _("Accordo risolto: le parti ricevono un messaggio."),
        ACCORDI_VIVI,
    ),
    "concludi": Gesto(
        _("Registra la fine"),
        ConfermaForm,
        durata.concludi_accordo,
        _("Fine registrata: l'accordo è concluso dal giorno che dicono le sue date."),
        (StatoAccordo.SCADUTO, StatoAccordo.RECESSO),
        attrgetter("da_concludere"),
    ),
    "impegno": Gesto(_("Aggiungi un impegno"), modelli.ImpegnoForm, impegni.aggiungi_impegno, _("Impegno aggiunto.")),
    "risorsa": Gesto(
        _("Aggiungi una risorsa propria"), modelli.RisorsaForm, risorse.prometti_risorsa, _("Risorsa aggiunta.")
    ),
    "azione": Gesto(_("Aggiungi un'azione"), modelli.AzioneForm, azioni.aggiungi_azione, _("Azione aggiunta.")),
}
DELL_ACCORDO = ("rinnova", "cambia", "recesso", "risolvi", "concludi")


class DellAccordo:
    """The agreement of the address, and the way back to it."""

    request: HttpRequest
    kwargs: dict[str, Any]
    header_icon = "doc-full"

    @cached_property
    def accordo(self) -> Accordo:
        accordi = come_oggi(Accordo.objects.visibili_a(self.request.user)).select_related("istanza__avviso", "padre")
        return get_object_or_404(accordi, pk=self.kwargs["pk"])

    @property
    def genitori(self) -> list[tuple[Any, str]]:
        qui = (str(self.accordo), reverse("accordi_gestione:accordo", args=[self.accordo.pk]))
        return [(_("Accordi"), reverse("accordi_gestione:index")), qui]


class VitaView(DellAccordo, VistaLettura):
    """What an agreement's life looks like today, and what may be done."""

    template_name = "accordi/amministrazione/vita.html"
    page_title = _("Dopo la firma")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accordo = self.accordo
        mancanti = accreditamenti_mancanti([accordo]).get(accordo.pk, [])
        stato = accordo.stato_attuale
        scelti = {nome: g for nome, g in GESTI.items() if stato in g.stati and g.quando(accordo)}
        return super().get_context_data(
            accordo=accordo,
            vita=vita(accordo),
            parti=parti_oggi(accordo, oggi()),
            catena=catena(accordo),
            consolidato=consolidato(accordo),
            senza_accreditamento=motivo_caduta(mancanti),
            gesti=[(nome, g) for nome, g in scelti.items() if nome in DELL_ACCORDO],
            scrivibile=accordo.scrivibile,
            **kwargs,
        )


class VitaCsv(DellAccordo, VistaLettura):
    """Obligations, resources and actions as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        risposta = HttpResponse(in_csv(righe_csv(self.accordo)), content_type=TIPO_CSV)
        risposta["Content-Disposition"] = f'attachment; filename="accordo-{self.accordo.codice_verifica}.csv"'
        return risposta


class GestoView(DellAccordo, VistaModulo):
    """One verb of GESTI on one agreement."""

    template_name = "accordi/amministrazione/gesto.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["gesto"] not in GESTI:
            raise Http404
        self.gesto = GESTI[kwargs["gesto"]]
        self.invia, self.messaggio = self.gesto.titolo, self.gesto.fatto

    @property
    def genitori(self) -> list[tuple[Any, str]]:
        vita_qui = (_t("Dopo la firma"), reverse("accordi_gestione:vita", args=[self.accordo.pk]))
        return [*super().genitori, vita_qui]

    def get_page_title(self) -> str:
        return str(self.gesto.titolo)

    def moduli(self, dati: Any) -> dict[str, Any]:
        con_accordo = {"accordo": self.accordo} if issubclass(self.gesto.form, modelli.DiUnAccordo) else {}
        return {"form": self.gesto.form(dati, **con_accordo)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        dati = moduli["form"].cleaned_data
        nuovo = self.gesto.servizio(utente=self.request.user, accordo=self.accordo, **dati)
        if isinstance(nuovo, Accordo) and nuovo.pk != self.accordo.pk:
            return redirect("accordi_gestione:accordo", nuovo.pk)
        return redirect("accordi_gestione:vita", self.accordo.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(accordo=self.accordo, nome=self.kwargs["gesto"], **kwargs)
