"""The verbs on an agreement, as its page in the back office offers them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accordi.forms.accordi import AttivazioneForm, BozzaForm, ConfermaForm, MotivoForm, VersamentoForm
from accordi.models import Accordo
from accordi.services import conservazione, durata, giro, rifiuti, sospensioni, testi
from accordi.stati import ACCORDI_FIRMATI, StatoAccordo


@dataclass(frozen=True)
class Azione:
    """A verb on an agreement: in which states it is offered, its form, its service, what is said after.

    `grave`: it undoes something, and its button says so.
    """

    titolo: Any
    spiega: Any
    stati: tuple[str, ...]
    form: type[forms.Form]
    servizio: Callable[..., Any]
    fatto: Any
    grave: bool = False


def _modifica(*, utente: Any, accordo: Accordo, **campi: Any) -> Accordo:
    return testi.modifica_bozza(utente=utente, accordo=accordo, campi=campi)


AZIONI = {
    "manda-in-firma": Azione(
        _("Manda in firma"),
        _("Il testo viene congelato in un PDF e chi deve firmare riceve un messaggio. Salva prima le correzioni."),
        (StatoAccordo.BOZZA,),
        ConfermaForm,
        testi.congela_testo,
        _("Testo congelato: chi deve firmare riceve un messaggio."),
    ),
    "modifica": Azione(_("Salva la bozza"), "", (StatoAccordo.BOZZA,), BozzaForm, _modifica, _("Bozza salvata.")),
    "sollecita": Azione(
        _("Sollecita chi deve firmare"),
        _("Chi è di turno e non ha firmato riceve di nuovo il collegamento, al massimo una volta al giorno."),
        (StatoAccordo.IN_FIRMA,),
        ConfermaForm,
        giro.sollecita_firme,
        _("Sollecito inviato a chi deve firmare adesso."),
    ),
    "ritira": Azione(
        _("Ritira il testo per correggerlo"),
        _("Le firme già date restano come prova del testo vecchio; i collegamenti inviati non valgono più."),
        (StatoAccordo.IN_FIRMA, StatoAccordo.RIFIUTATO),
        MotivoForm,
        testi.ritira_testo,
        _("Testo ritirato: l'accordo torna in bozza."),
        grave=True,
    ),
    "annulla": Azione(
        _("Annulla l'accordo"),
        _(
            "È definitivo: testi e firme restano come prova. Il termine dell'istanza continua a correre, finché dalla "
            "sua pagina prepari un altro accordo o revochi l'ammissione."
        ),
        (StatoAccordo.BOZZA, StatoAccordo.IN_FIRMA, StatoAccordo.RIFIUTATO),
        MotivoForm,
        rifiuti.annulla_accordo,
        _("Accordo annullato: chi aveva ricevuto il testo lo sa."),
        grave=True,
    ),
    "attiva": Azione(
        _("Attiva l'accordo"),
        "",
        (StatoAccordo.SOTTOSCRITTO,),
        AttivazioneForm,
        durata.attiva_accordo,
        _("Accordo attivo."),
    ),
    "sospendi": Azione(
        _("Sospendi l'accordo"),
        _("Le parti ricevono un messaggio con il motivo."),
        (StatoAccordo.ATTIVO,),
        MotivoForm,
        sospensioni.sospendi_accordo,
        _("Accordo sospeso."),
        grave=True,
    ),
    "riattiva": Azione(
        _("Riattiva l'accordo"),
        "",
        (StatoAccordo.SOSPESO,),
        MotivoForm,
        sospensioni.riattiva_accordo,
        _("Accordo attivo."),
    ),
    "versato": Azione(
        _("Registra il versamento in conservazione"),
        _("Dopo aver consegnato il pacchetto di versamento: scrivi quando, e la ricevuta che lo prova."),
        ACCORDI_FIRMATI,
        VersamentoForm,
        conservazione.registra_versamento,
        _("Versamento registrato: è nella storia dell'accordo."),
    ),
}
