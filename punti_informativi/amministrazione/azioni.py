"""Purpose-built views of the back office: the life of one point, and points born from admitted applications."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accordi.models import Istanza
from core.errori import Rifiuto
from core.registro import righe_di
from punti_informativi import permissions, services
from punti_informativi.forms.ospite import CandidaturaForm
from punti_informativi.forms.provincia import CessazioneForm, MotivoForm
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.proposte import campi_in_parole
from punti_informativi.queries.scrivania import istanze_candidabili
from punti_informativi.services.proposte import proposta_aperta
from punti_informativi.stati import StatoPunto
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo, motivo_rifiuto_coordina


@dataclass(frozen=True)
class Verbo:
    """A button of the point's sheet: when it is offered, what it runs, the name of its text argument."""

    etichetta: str
    servizio: Callable[..., Any]
    da: frozenset[str]
    fatto: str
    testo: str = ""
    serio: bool = False
    se: Callable[[PuntoInformativo], bool] = lambda punto: True
    etichetta_testo: Any = ""
    modulo: type[MotivoForm] | None = None


VERBI = {
    "verifica": Verbo(
        gettext_lazy("Verifica i dati"),
        services.verifica_punto,
        frozenset(StatoPunto.values) - {StatoPunto.CESSATO},
        gettext_lazy("Verifica registrata."),
        "nota",
    ),
    "chiedi-conferma": Verbo(
        gettext_lazy("Chiedi conferma al soggetto"),
        services.chiedi_conferma,
        frozenset({StatoPunto.ATTIVO}),
        gettext_lazy("Richiesta inviata per email."),
    ),
    "attiva": Verbo(
        gettext_lazy("Apri al pubblico"),
        services.attiva_punto,
        frozenset({StatoPunto.VERIFICATO}),
        gettext_lazy("Il punto è pubblico: il soggetto ospitante riceve un'email."),
    ),
    "sospendi": Verbo(
        gettext_lazy("Sospendi"),
        services.sospendi_punto,
        frozenset({StatoPunto.ATTIVO}),
        gettext_lazy("Il punto è sospeso: il soggetto ospitante riceve un'email."),
        "motivo",
        serio=True,
    ),
    "riattiva": Verbo(
        gettext_lazy("Riattiva"),
        services.riattiva_punto,
        frozenset({StatoPunto.SOSPESO}),
        gettext_lazy("Il punto è di nuovo pubblico."),
    ),
    "non-elencare": Verbo(
        gettext_lazy("Non elencare"),
        partial(services.cambia_elenco, elencare=False),
        frozenset({StatoPunto.ATTIVO}),
        gettext_lazy("Il punto non compare più nell'elenco; la sua pagina resta a chi ne ha l'indirizzo."),
        "motivo",
        serio=True,
        se=lambda punto: not punto.non_elencare,
        etichetta_testo=gettext_lazy("Motivo (resta nella storia del punto)"),
    ),
    "elenca": Verbo(
        gettext_lazy("Elenca di nuovo"),
        partial(services.cambia_elenco, elencare=True),
        frozenset({StatoPunto.ATTIVO}),
        gettext_lazy("Il punto è di nuovo nell'elenco."),
        se=lambda punto: punto.non_elencare,
    ),
    "cessa": Verbo(
        gettext_lazy("Chiudi per sempre"),
        services.cessa_punto,
        frozenset(StatoPunto.values) - {StatoPunto.CESSATO},
        gettext_lazy("Il punto è cessato."),
        "motivo",
        serio=True,
        modulo=CessazioneForm,
    ),
}

# Words for the audit lines of a point.
AZIONI = {
    "punto_registrato": gettext_lazy("registrato"),
    "punto_candidato": gettext_lazy("candidato da un'istanza ammessa"),
    "punto_verificato": gettext_lazy("verificato"),
    "punto_riverificato": gettext_lazy("verificato di nuovo"),
    "conferma_chiesta": gettext_lazy("chiesta conferma al soggetto"),
    "punto_confermato": gettext_lazy("confermato dal soggetto ospitante"),
    "punto_da_correggere": gettext_lazy("segnalata una correzione"),
    "punto_elencato": gettext_lazy("di nuovo nell'elenco"),
    "punto_non_elencato": gettext_lazy("tolto dall'elenco"),
    "punto_attivato": gettext_lazy("aperto al pubblico"),
    "punto_modificato": gettext_lazy("modificato"),
    "punto_indirizzo_cambiato": gettext_lazy("indirizzo web cambiato: il vecchio porta al nuovo"),
    "modifica_proposta": gettext_lazy("modifiche proposte dal soggetto ospitante"),
    "proposta_accolta": gettext_lazy("modifiche accolte"),
    "proposta_respinta": gettext_lazy("modifiche respinte"),
    "proposta_ritirata": gettext_lazy("modifiche ritirate dal soggetto ospitante"),
    "eccezione_segnata": gettext_lazy("chiusura o apertura straordinaria segnata"),
    "eccezione_tolta": gettext_lazy("chiusura o apertura straordinaria annullata"),
    "punto_sospeso": gettext_lazy("sospeso"),
    "punto_riattivato": gettext_lazy("riattivato"),
    "punto_cessato": gettext_lazy("cessato"),
}


def _modulo(punto: PuntoInformativo, nome: str, dati: Any = None) -> MotivoForm:
    verbo = VERBI[nome]
    classe, suo = (verbo.modulo, {"punto": punto}) if verbo.modulo else (MotivoForm, {})
    return classe(dati, prefix=nome, obbligatorio=verbo.serio, etichetta=verbo.etichetta_testo, **suo)


def _briciole(*voci: tuple[str, str]) -> list[dict[str, str]]:
    return [{"url": reverse("wagtailadmin_home"), "label": _("Inizio")}, *({"url": u, "label": t} for t, u in voci)]


def scheda(request: HttpRequest, pk: int) -> HttpResponse:
    """The life of one point: state, verifications, history, and the verbs that its state allows."""
    if not ha_ruolo(request.user, LEGGONO_TUTTO):
        raise PermissionDenied
    punto = get_object_or_404(
        PuntoInformativo.objects.visibili_a(request.user).select_related("soggetto", "sede__comune"), pk=pk
    )
    return _mostra(request, punto)


def _mostra(request: HttpRequest, punto: PuntoInformativo, errati: dict[str, MotivoForm] | None = None) -> HttpResponse:
    verbi = []
    if permissions.puo_verificare(request.user, punto):
        moduli = errati or {}
        verbi = [
            (nome, v, moduli.get(nome) or _modulo(punto, nome))
            for nome, v in VERBI.items()
            if punto.stato in v.da and v.se(punto)
        ]
    elenco = reverse(PuntoInformativo.snippet_viewset.get_url_name("list"))
    contesto = {
        "punto": punto,
        "verbi": verbi,
        "proposta": proposta_aperta(punto),
        "verifiche": punto.verifiche.select_related("utente"),
        "richieste": punto.richieste.all(),
        "storia": [
            (riga, AZIONI.get(riga.azione, riga.azione), campi_in_parole(riga.dati)) for riga in righe_di(punto)
        ],
        "modifica_url": reverse(PuntoInformativo.snippet_viewset.get_url_name("edit"), args=[punto.pk]),
        "header_title": punto.nome,
        "page_title": punto.nome,
        "header_icon": "site",
        "breadcrumbs_items": _briciole((_("Punti informativi"), elenco), (punto.nome, "")),
    }
    return render(request, "punti_informativi/amministrazione/scheda.html", contesto)


@require_POST
def esegui(request: HttpRequest, pk: int, verbo: str) -> HttpResponse:
    """Run one verb on a point; a refusal goes back to the sheet with its sentence and the text that was typed."""
    punto = get_object_or_404(PuntoInformativo.objects.visibili_a(request.user), pk=pk)
    if verbo not in VERBI:
        raise Http404
    if motivo := permissions.motivo_rifiuto_verifica(request.user, punto):
        raise PermissionDenied(motivo)
    scelto = VERBI[verbo]
    form = _modulo(punto, verbo, request.POST)
    if scelto.testo and not form.is_valid():
        return _mostra(request, punto, {verbo: form})
    argomenti = form.argomenti(scelto.testo) if scelto.testo else {}
    try:
        scelto.servizio(utente=request.user, punto=punto, **argomenti)
    except Rifiuto as rifiuto:
        messages.error(request, rifiuto.frase)
        return _mostra(request, punto, {verbo: form} if scelto.testo else None)
    messages.success(request, scelto.fatto)
    return redirect("punti_scheda", pk)


def da_istanze(request: HttpRequest) -> HttpResponse:
    """Admitted applications that may become points."""
    if motivo := motivo_rifiuto_coordina(request.user):
        raise PermissionDenied(motivo)
    titolo = _("Punti da istanze ammesse")
    contesto = {
        "istanze": istanze_candidabili(request.user),
        "header_title": titolo,
        "page_title": titolo,
        "header_icon": "plus",
        "breadcrumbs_items": _briciole((titolo, "")),
    }
    return render(request, "punti_informativi/amministrazione/da_istanze.html", contesto)


def da_istanza(request: HttpRequest, codice: str) -> HttpResponse:
    """Register the point of one admitted application."""
    istanza = get_object_or_404(Istanza.objects.visibili_a(request.user), codice=codice)
    if motivo := motivo_rifiuto_coordina(request.user):
        raise PermissionDenied(motivo)
    form = CandidaturaForm(request.POST or None, istanza=istanza, utente=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            punto = services.candida_punto(utente=request.user, istanza=istanza, **form.cleaned_data)
        except Rifiuto as rifiuto:
            form.add_error(None, rifiuto)
        else:
            messages.success(request, _("Punto registrato: completa gli orari e verificalo."))
            return redirect("punti_scheda", punto.pk)
    titolo = _("Registra il punto di %s") % istanza.capofila.denominazione
    contesto = {
        "istanza": istanza,
        "form": form,
        "header_title": titolo,
        "page_title": titolo,
        "header_icon": "plus",
        "breadcrumbs_items": _briciole((_("Punti da istanze ammesse"), reverse("punti_da_istanze")), (titolo, "")),
    }
    return render(request, "punti_informativi/amministrazione/da_istanza.html", contesto)
