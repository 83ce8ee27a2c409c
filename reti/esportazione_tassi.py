"""Participation as tables: the cells of the screen, of the CSV and of the workbook, in one order."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reti.models import Convocazione, Incontro, Presenza
from reti.partecipazione import Partecipazione, Passo
from reti.queries.assenze import Assenza
from reti.queries.selezione import Per

# Figures of a row, in the order of the columns.
CIFRE = {
    "incontri": gettext_lazy("Incontri"),
    "inviti": gettext_lazy("Inviti"),
    "presenze": gettext_lazy("Presenze"),
    "giustificate": gettext_lazy("Giustificate"),
    "assenti": gettext_lazy("Assenze"),
    "non_rilevate": gettext_lazy("Non rilevate"),
    "tasso": gettext_lazy("Tasso %"),
}
# What stands beside the name, where a name alone doesn't say which row it is.
DETTAGLI = {Per.SEGGIO: gettext_lazy("Tavolo"), Per.INCONTRO: gettext_lazy("Tavolo")}


def titoli(per: str) -> dict[str, Any]:
    """The columns of the table by `per`: what they sort by → their heading."""
    data = {"giorno": gettext_lazy("Giorno")} if per == Per.INCONTRO else {}
    dettaglio = {"dettaglio": DETTAGLI[per]} if per in DETTAGLI else {}
    return data | {"nome": Per(per).label} | dettaglio | CIFRE


def tasso(riga: Partecipazione) -> float | str:
    return _("n.d.") if riga.tasso is None else float(riga.tasso)


def righe_tassi(per: str, righe: Iterable[Partecipazione]) -> Iterator[list[Any]]:
    """Heading and rows of the table."""
    colonne = titoli(per)
    yield [str(t) for t in colonne.values()]
    for riga in righe:
        yield [tasso(riga) if c == "tasso" else getattr(riga, c) for c in colonne]


def righe_andamento(passi: Iterable[Passo]) -> Iterator[list[Any]]:
    """Heading and rows of the trend."""
    yield [_("Trimestre"), _("Dal"), *(str(t) for t in CIFRE.values()), _("Differenza, punti"), _("In parole")]
    for passo in passi:
        riga = passo.riga
        differenza = None if passo.differenza is None else float(passo.differenza)
        cifre = (getattr(riga, c) for c in CIFRE if c != "tasso")
        yield [riga.nome, riga.giorno, *cifre, tasso(riga), differenza, passo.frase]


def esito(convocazione: Convocazione) -> str:
    """What the roll says of an invitation read with `esito_appello`."""
    detto = convocazione.esito_appello
    return str(Presenza.Esito(detto).label) if detto else _("Non rilevato")


def righe_inviti(inviti: Iterable[Convocazione]) -> Iterator[list[Any]]:
    """Heading and rows of the invitations behind a figure."""
    yield [_("Giorno"), _("Incontro"), _("Tavolo"), _("Ente"), _("Esito")]
    for c in inviti:
        giorno = timezone.localdate(c.incontro.inizio)
        yield [giorno, c.incontro.titolo, c.adesione.rete.nome, c.adesione.soggetto.denominazione, esito(c)]


def righe_incontri(incontri: Iterable[Incontro]) -> Iterator[list[Any]]:
    """Heading and rows of the meetings behind a figure."""
    yield [_("Giorno"), _("Incontro"), _("Tavolo"), _("Stato")]
    for i in incontri:
        yield [timezone.localdate(i.inizio), i.titolo, i.tavoli, i.get_stato_display()]


def righe_assenze(assenze: Sequence[Assenza]) -> Iterator[list[Any]]:
    """Heading and rows of who hasn't come."""
    yield [
        _("Ente"), _("Tavolo"), _("Assenze di fila"), _("Di cui giustificate"), _("Senza appello"), _("Dal"),
        _("Ultima presenza"), _("Email"),
    ]  # fmt: skip
    for a in assenze:
        s = a.seggio
        yield [
            s.soggetto.denominazione, s.rete.nome, a.fila, a.giustificate, a.non_rilevate, a.dal, a.ultima_presenza,
            s.indirizzo_email,
        ]  # fmt: skip
