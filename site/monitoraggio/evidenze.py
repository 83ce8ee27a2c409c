"""How a counted record is shown: one row with its date, its name and where it lives (R51)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accordi.models import Accordo, Istanza
from core.termini import giorni_lordi
from monitoraggio.misure import Esito, Gruppo
from monitoraggio.models import ValoreInserito
from punti_informativi.models import Campagna, Categoria, Invio
from reti.models import Convocazione, Incontro, Presenza, Rete

# Back-office page of each kind of record.
PAGINE: dict[type[Model], str] = {
    Incontro: "gestione_incontri:scheda",
    Rete: "gestione_tavoli:scheda",
    Accordo: "accordi_gestione:accordo",
    Istanza: "accordi_istanze:istruttoria",
}


@dataclass(frozen=True)
class Evidenza:
    """One record behind a figure."""

    data: date | None
    titolo: str
    dettaglio: str
    situazione: str
    oggetto: Model | None = None

    @property
    def url(self) -> str:
        return indirizzo(self.oggetto)


@singledispatch
def descrivi(record: Any) -> Evidenza:
    """The row of a record; every kind that a measure returns has its own."""
    raise TypeError(f"Nessuna descrizione per {type(record).__name__}")


@descrivi.register
def _incontro(record: Incontro) -> Evidenza:
    giorno = timezone.localdate(record.inizio)
    return Evidenza(giorno, record.titolo, record.tavoli, record.get_stato_display(), record)


@descrivi.register
def _presenza(record: Presenza) -> Evidenza:
    base = _incontro(record.incontro)
    dettaglio = f"{base.dettaglio}. {record.prova}" if record.prova else base.dettaglio
    return Evidenza(base.data, base.titolo, dettaglio, record.get_esito_display(), record.incontro)


@descrivi.register
def _convocazione(record: Convocazione) -> Evidenza:
    base = _incontro(record.incontro)
    return Evidenza(base.data, base.titolo, base.dettaglio, _("Invitata, non ha partecipato"), record.incontro)


@descrivi.register
def _istanza(record: Istanza) -> Evidenza:
    accordo = record.accordo
    if accordo and accordo.sottoscritto_il:
        firmato = timezone.localdate(accordo.sottoscritto_il)
        esito = _("Accordo sottoscritto il %(data)s, giorno %(n)d") % {
            "data": f"{firmato:%d/%m/%Y}",
            "n": giorni_lordi(record.presentata_il, firmato),
        }
    else:
        esito = _("Accordo non sottoscritto; termine %s") % f"{record.termine:%d/%m/%Y}"
    return Evidenza(record.presentata_il, str(record.capofila), f"{record.avviso}; {record.protocollo}", esito, record)


@descrivi.register
def _accordo(record: Accordo) -> Evidenza:
    firmato = timezone.localdate(record.sottoscritto_il) if record.sottoscritto_il else None
    return Evidenza(firmato, record.titolo, record.get_tipo_display(), record.get_stato_display(), record)


@descrivi.register
def _rete(record: Rete) -> Evidenza:
    return Evidenza(record.atto_data, record.nome, record.atto or _("Nessun atto"), record.get_tipo_display(), record)


@descrivi.register
def _invio(record: Invio) -> Evidenza:
    esito = record.get_risposta_display() if record.risposta else _("Nessuna risposta")
    dettaglio = f"{record.destinatario}, {record.get_mezzo_display()}. {record.campagna.titolo}"
    return Evidenza(record.inviato_il, record.categoria.nome, dettaglio, esito, record.campagna)


@descrivi.register
def _categoria(record: Categoria) -> Evidenza:
    return Evidenza(None, record.nome, "", _("Non raggiunta"))


@descrivi.register
def _valore(record: ValoreInserito) -> Evidenza:
    numero = f"{record.valore.normalize():f}".replace(".", ",")
    return Evidenza(record.al, _("Valore inserito: %s") % numero, record.nota, _("Da %s") % record.utente)


def indirizzo(record: Model | None) -> str:
    """The back-office page where a record lives; empty for what has no page of its own."""
    if isinstance(record, Campagna):
        return reverse("punti_campagna", args=[record.codice])
    nome = PAGINE.get(type(record))
    return reverse(nome, args=[record.pk]) if record is not None and nome else ""


def righe(gruppo: Gruppo) -> list[Evidenza]:
    """The rows of a group, oldest first; those without a date come last."""
    return sorted((descrivi(r) for r in gruppo.record), key=lambda e: (e.data or date.max, e.titolo))


def righe_tabella(esito: Esito) -> Iterator[list[str]]:
    """The same rows as the screen, as cells: for CSV."""
    yield ["Contato", "Gruppo", "Data", "Record", "Dettaglio", "Situazione", "Motivo dell'esclusione"]
    for gruppo in esito.gruppi:
        for e in righe(gruppo):
            giorno = e.data.isoformat() if e.data else ""
            conto = "sì" if gruppo.contato else "no"
            yield [conto, str(gruppo.etichetta), giorno, e.titolo, e.dettaglio, e.situazione, str(gruppo.perche)]
