"""Who, or which room, would be in two meetings at once: warnings before convening, never walls (R25)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reti.models import Adesione, Convocazione, Incontro
from reti.queries.incontri import seggi_da_invitare
from reti.stati import StatoIncontro

OCCUPANO = (StatoIncontro.BOZZA, StatoIncontro.CONVOCATO, StatoIncontro.SVOLTO, StatoIncontro.VERBALIZZATO)
# A meeting that began earlier than this before a span can't reach it: it lets the index choose the rows.
DURATA_MASSIMA = timedelta(days=14)

Tempo = tuple[datetime, datetime]
Chiave = tuple[object, str]
Persone = dict[Chiave, str]


@dataclass(frozen=True)
class Conflitto:
    """Another meeting at the same time: the people asked for both, and the room when it is the same one."""

    incontro: Incontro
    persone: tuple[str, ...] = ()
    luogo: str = ""

    @property
    def frase(self) -> str:
        """The whole warning as a sentence or two."""
        altro = {"titolo": self.incontro.titolo, "rete": self.incontro.rete, "quando": _quando(self.incontro)}
        frasi = []
        if self.persone:
            chi = {"chi": ", ".join(self.persone)}
            frasi.append(_("%(chi)s: anche in «%(titolo)s» di %(rete)s, %(quando)s.") % (altro | chi))
        if self.luogo:
            luogo = {"luogo": self.luogo}
            frasi.append(_("%(luogo)s: occupata da «%(titolo)s» di %(rete)s, %(quando)s.") % (altro | luogo))
        return " ".join(frasi)


def _quando(incontro: Incontro) -> str:
    inizio, fine = timezone.localtime(incontro.inizio), timezone.localtime(incontro.fine)
    fino = f"{fine:%H:%M}" if inizio.date() == fine.date() else date_format(fine, "j F Y H:i").lower()
    bozza = _(" (bozza)") if incontro.stato == StatoIncontro.BOZZA else ""
    return date_format(inizio, "j F Y H:i").lower() + f"–{fino}{bozza}"


def normalizza(testo: str) -> str:
    """A name without case, accents, punctuation or double spaces: «Sala  Consiliare!» and «sala consiliàre» agree."""
    nudo = "".join(c for c in unicodedata.normalize("NFKD", testo) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", nudo.casefold()))


def _persona(soggetto_id: int, nome: str, *indirizzi: str) -> Persone:
    """A person by every address, and by name within one body; namesakes of two bodies stay two."""
    chiavi: list[Chiave] = [("", indirizzo.strip().lower()) for indirizzo in indirizzi if indirizzo.strip()]
    if nudo := normalizza(nome):
        chiavi.append((soggetto_id, nudo))
    mostrato = nome.strip() or next((indirizzo for _vuoto, indirizzo in chiavi), "")
    return dict.fromkeys(chiavi, mostrato)


def _titolare(seggio: Adesione) -> Persone:
    """The holder. A body's own address names nobody."""
    utente = seggio.titolare
    nome = seggio.titolare_nome or (utente.get_full_name() if utente else "")
    return _persona(seggio.soggetto_id, nome, seggio.titolare_email, utente.email if utente else "")


def _convocato(convocazione: Convocazione) -> Persone:
    """Who goes for a seat: nobody after a no, the named delegate, else the holder."""
    seggio = convocazione.adesione
    if convocazione.risposta == Convocazione.Risposta.NO:
        return {}
    if not convocazione.delegato:
        return _titolare(seggio)
    nome = normalizza(convocazione.delegato)
    sostituti = [s.email for s in seggio.sostituti.all() if normalizza(s.nome) == nome]
    return _persona(seggio.soggetto_id, convocazione.delegato, convocazione.delegato_email, *sostituti)


def _insieme(persone: Iterable[Persone]) -> Persone:
    return {chiave: nome for una in persone for chiave, nome in una.items()}


def _sovrapposti(tempi: Sequence[Tempo], escluso: Incontro | None) -> list[Incontro]:
    """Meetings that overlap some span, with their convocations; adjacent ones don't."""
    quando = reduce(
        or_, (Q(inizio__lt=fine, fine__gt=inizio, inizio__gt=inizio - DURATA_MASSIMA) for inizio, fine in tempi)
    )
    convocazioni = Convocazione.objects.select_related("adesione__titolare").prefetch_related("adesione__sostituti")
    return list(
        Incontro.objects.filter(quando, stato__in=OCCUPANO)
        .exclude(pk=escluso.pk if escluso else None)
        .select_related("rete__convocante")
        .prefetch_related(Prefetch("convocazioni", convocazioni), "altre_reti")
        .order_by("inizio", "pk")
    )


def _seggi_delle_bozze(incontri: list[Incontro]) -> dict[int, list[Adesione]]:
    """Seats of every board that a draft among `incontri` would invite, by board: one query."""
    reti = {r.pk for i in incontri if i.stato == StatoIncontro.BOZZA for r in (i.rete, *i.altre_reti.all())}
    per_rete: dict[int, list[Adesione]] = {}
    for seggio in Adesione.objects.filter(rete__in=reti).select_related("titolare", "soggetto"):
        per_rete.setdefault(seggio.rete_id, []).append(seggio)
    return per_rete


def _vale(seggio: Adesione, quando: datetime) -> bool:
    giorno = timezone.localdate(quando)
    return seggio.dal <= giorno and (seggio.al is None or seggio.al >= giorno)


def _impegnati(incontro: Incontro, per_rete: dict[int, list[Adesione]]) -> Persone:
    if incontro.stato != StatoIncontro.BOZZA:
        return _insieme(_convocato(c) for c in incontro.convocazioni.all())
    seggi = [s for r in (incontro.rete, *incontro.altre_reti.all()) for s in per_rete.get(r.pk, [])]
    if incontro.rete.di_altri:
        seggi = [s for s in seggi if s.soggetto.titolare_piattaforma]
    return _insieme(_titolare(s) for s in seggi if _vale(s, incontro.inizio))


def conflitti(
    tempi: Sequence[Tempo],
    *,
    seggi: Iterable[Adesione] = (),
    luogo: str = "",
    indirizzi: Iterable[str] = (),
    escluso: Incontro | None = None,
) -> list[list[Conflitto]]:
    """For each span (aware start, end), the meetings that want the same person or the same room.

    `seggi`: who would be called (`select_related("titolare")`), each while its mandate lasts;
    `indirizzi`: other people, by address; `luogo`: empty for none; `escluso`: the meeting that
    is being moved. At most five queries, however many spans, seats and meetings there are.
    """
    if not tempi:
        return []
    incontri, seggi, stanza = _sovrapposti(tempi, escluso), list(seggi), normalizza(luogo)
    per_rete = _seggi_delle_bozze(incontri)
    altri = _insieme(_persona(0, "", indirizzo) for indirizzo in indirizzi)
    impegnati = {incontro.pk: _impegnati(incontro, per_rete) for incontro in incontri}
    esiti = []
    for inizio, fine in tempi:
        chiamati = altri | _insieme(_titolare(s) for s in seggi if _vale(s, inizio))
        trovati = (
            Conflitto(
                incontro,
                tuple(dict.fromkeys(nome for chiave, nome in chiamati.items() if chiave in impegnati[incontro.pk])),
                luogo.strip() if stanza and stanza == _stanza(incontro) else "",
            )
            for incontro in incontri
            if incontro.inizio < fine and incontro.fine > inizio
        )
        esiti.append([c for c in trovati if c.persone or c.luogo])
    return esiti


def _stanza(incontro: Incontro) -> str:
    """The room that a meeting uses: none when everyone is remote."""
    return "" if incontro.modalita == Incontro.Modalita.REMOTO else normalizza(incontro.luogo)


def conflitti_di(incontro: Incontro) -> list[Conflitto]:
    """Of one saved meeting, as it stands in memory, moved or not. Its `rete` with `convocante`."""
    luogo = "" if incontro.modalita == Incontro.Modalita.REMOTO else incontro.luogo
    tempi = [(incontro.inizio, incontro.fine)]
    return conflitti(tempi, seggi=seggi_da_invitare(incontro), luogo=luogo, escluso=incontro)[0]
