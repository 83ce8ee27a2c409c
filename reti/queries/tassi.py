"""Participation, counted once for every screen, file and indicator (R26).

An **invitation** is the convocation of one seat to one held meeting (svolto or verbalizzato): cancelled,
postponed and merely convened ones count nowhere. What the roll says of that seat at that meeting makes it
present, justified, absent or, when the roll says nothing, not recorded; rate = 100 × present ÷ invitations.
At a joint meeting each seat counts for its own board, and the meeting once. Every function makes one query.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q
from django.utils import timezone

from reti.models import Adesione, Convocazione, Presenza, Rete
from reti.models.incontri import ConvocazioneQuerySet
from reti.partecipazione import Partecipazione, Passo, Trimestre, passi, somma, trimestri
from reti.queries.selezione import Per, Selezione
from reti.stati import INCONTRI_TENUTI

# What each figure of a row counts among the invitations: the figure opens exactly these.
CONTATI: dict[str, Q] = {
    "inviti": Q(),
    "presenze": Q(appello__esito=Presenza.Esito.PRESENTE),
    "giustificate": Q(appello__esito=Presenza.Esito.GIUSTIFICATO),
    "assenti": Q(appello__esito=Presenza.Esito.ASSENTE),
    "non_rilevate": Q(appello__isnull=True),
}


def inviti_contati(
    selezione: Selezione | None = None, fra: ConvocazioneQuerySet | None = None, cosa: str = "inviti"
) -> ConvocazioneQuerySet:
    """The invitations themselves, each with `appello`: the roll's row of that seat, or nothing.

    `fra` narrows to what a person may see (`visibili_a`); `cosa` is a key of CONTATI.
    """
    tutti = Convocazione.objects.all() if fra is None else fra
    appello = FilteredRelation("incontro__presenze", condition=Q(incontro__presenze__adesione=F("adesione")))
    tenuti = tutti.filter((selezione or Selezione()).condizione(), incontro__stato__in=INCONTRI_TENUTI)
    return tenuti.annotate(appello=appello).filter(CONTATI[cosa])


CONTEGGI = {
    "inviti": Count("pk"),
    "presenze": Count("pk", filter=CONTATI["presenze"]),
    "giustificate": Count("pk", filter=CONTATI["giustificate"]),
    "assenti": Count("pk", filter=CONTATI["assenti"]),
}
INCONTRI = Count("incontro", distinct=True)
RETE, ENTE = "adesione__rete", "adesione__soggetto"
TIPO, TEMA = "adesione__rete__tipo", "adesione__rete__tema"
NOME_RETE, NOME_ENTE = "adesione__rete__nome", "adesione__soggetto__denominazione"
# The columns that make a row, the first of which is its key.
COLONNE: dict[str, tuple[str, ...]] = {
    Per.TAVOLO: (RETE, NOME_RETE),
    Per.ENTE: (ENTE, NOME_ENTE),
    Per.SEGGIO: ("adesione", NOME_ENTE, NOME_RETE, "adesione__qualifica"),
    Per.TIPO: (TIPO,),
    Per.TEMA: (TEMA,),
    Per.INCONTRO: ("incontro", "incontro__titolo", "incontro__rete__nome", "incontro__inizio"),
    Per.TRIMESTRE: ("incontro", "incontro__inizio"),
    Per.ANNO: ("incontro", "incontro__inizio"),
}


def partecipazione(
    per: str, selezione: Selezione | None = None, fra: ConvocazioneQuerySet | None = None
) -> list[Partecipazione]:
    """One row for each `per` that has an invitation, by name or by day."""
    # A row that is one meeting, or one seat (invited once to each), needs no count of distinct meetings.
    conta_incontri = {"incontri": INCONTRI} if per in (Per.TAVOLO, Per.ENTE, Per.TIPO, Per.TEMA) else {}
    gruppi = inviti_contati(selezione, fra).order_by().values(*COLONNE[per]).annotate(**conta_incontri, **CONTEGGI)
    if per in (Per.TRIMESTRE, Per.ANNO):
        righe = _per_periodo(per, gruppi)
    else:
        righe = [RIGHE[per](g, _cifre(per, g)) for g in gruppi]
    return sorted(righe, key=per_nome)


def per_nome(riga: Partecipazione) -> tuple:
    """The order of rows that have no other: by day, then by name."""
    return riga.giorno or date.min, riga.nome.casefold(), riga.dettaglio.casefold(), str(riga.chiave)


def _cifre(per: str, gruppo: dict[str, Any]) -> dict[str, int]:
    incontri = gruppo.get("incontri", gruppo["inviti"] if per == Per.SEGGIO else 1)
    return {"incontri": incontri} | {nome: gruppo[nome] for nome in CONTEGGI}


def _riga_seggio(g: dict[str, Any], cifre: dict[str, int]) -> Partecipazione:
    qualifica = g["adesione__qualifica"]
    genere = f", {Adesione.Qualifica(qualifica).label}".lower() if qualifica else ""
    return Partecipazione(g["adesione"], f"{g[NOME_ENTE]}{genere}", dettaglio=g[NOME_RETE], **cifre)


def _riga_incontro(g: dict[str, Any], cifre: dict[str, int]) -> Partecipazione:
    giorno = timezone.localdate(g["incontro__inizio"], timezone.get_default_timezone())
    nome, rete = g["incontro__titolo"], g["incontro__rete__nome"]
    return Partecipazione(g["incontro"], nome, dettaglio=rete, giorno=giorno, **cifre)


RIGHE: dict[str, Callable[[dict[str, Any], dict[str, int]], Partecipazione]] = {
    Per.TAVOLO: lambda g, cifre: Partecipazione(g[RETE], g[NOME_RETE], **cifre),
    Per.ENTE: lambda g, cifre: Partecipazione(g[ENTE], g[NOME_ENTE], **cifre),
    Per.SEGGIO: _riga_seggio,
    Per.TIPO: lambda g, cifre: Partecipazione(g[TIPO], str(Rete.Tipo(g[TIPO]).label), **cifre),
    Per.TEMA: lambda g, cifre: Partecipazione(g[TEMA], str(Rete.Tema(g[TEMA]).label), **cifre),
    Per.INCONTRO: _riga_incontro,
}


def _per_periodo(per: str, gruppi: Iterable[dict[str, Any]]) -> list[Partecipazione]:
    """The meetings gathered by local quarter or year; the database would convert each row to local time."""
    raccolti: dict[Trimestre, list[Partecipazione]] = {}
    fuso = timezone.get_default_timezone()
    for g in gruppi:
        trimestre = Trimestre.di(timezone.localdate(g["incontro__inizio"], fuso))
        chiave = trimestre if per == Per.TRIMESTRE else Trimestre(trimestre.anno, 1)
        raccolti.setdefault(chiave, []).append(Partecipazione(g["incontro"], "", **_cifre(per, g)))
    return [
        replace(somma(righe), giorno=t.dal, **_nome(t) if per == Per.TRIMESTRE else _nome(t.anno))
        for t, righe in raccolti.items()
    ]


def _nome(periodo: Trimestre | int) -> dict[str, str]:
    return {"chiave": getattr(periodo, "codice", str(periodo)), "nome": str(periodo)}


def andamento(selezione: Selezione | None = None, fra: ConvocazioneQuerySet | None = None) -> list[Passo]:
    """Quarter by quarter from the first to the last with a meeting, each beside the one before."""
    righe = {Trimestre.da_codice(r.chiave): r for r in partecipazione(Per.TRIMESTRE, selezione, fra)}
    vuote = (righe.get(t) or Partecipazione(t.codice, str(t), giorno=t.dal) for t in trimestri(righe))
    return list(passi(vuote))
