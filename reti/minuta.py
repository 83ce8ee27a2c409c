"""The draft of the minutes in plain Italian, from agenda, attendance and decisions (R24). Pure, no database.

The draft names bodies, not persons: who spoke for each body stands in the roll, which the public version leaves out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

PRESENTE, GIUSTIFICATO, ASSENTE = "presente", "giustificato", "assente"


@dataclass(frozen=True)
class Voce:
    """One seat in the roll. Times are local; `delegato`: somebody came in the holder's place."""

    ente: str
    esito: str
    da_remoto: bool = False
    delegato: bool = False
    arrivo: time | None = None
    uscita: time | None = None


@dataclass(frozen=True)
class Punto:
    """One item of the agenda; `esito` is the label, empty when not recorded."""

    titolo: str
    esito: str = ""
    discussione: str = ""


@dataclass(frozen=True)
class Deciso:
    """One decision; `chi` does it (a body, or an office), `entro` as written in Italian."""

    testo: str
    chi: str = ""
    entro: str = ""


@dataclass(frozen=True)
class Seduta:
    """What the draft is made of. `quorum`: sentences ready to print; `ospiti`: their bodies, "" when they have none."""

    tavolo: str
    titolo: str
    convocante: str
    giorno: str
    dalle: time
    alle: time
    luogo: str = ""
    modalita: str = ""
    voci: Sequence[Voce] = ()
    ospiti: Sequence[str] = ()
    quorum: Sequence[str] = ()
    punti: Sequence[Punto] = ()
    decisioni: Sequence[Deciso] = ()


def bozza(seduta: Seduta) -> str:
    """The draft: paragraphs divided by an empty line."""
    dove = f", presso {seduta.luogo}" if seduta.luogo else ""
    come = f" ({seduta.modalita.lower()})" if seduta.modalita else ""
    apertura = (
        f"Il giorno {seduta.giorno}, alle ore {seduta.dalle:%H:%M}{dove}{come}, si riunisce «{seduta.tavolo}», "
        f"convocato da {seduta.convocante}, per l'incontro «{seduta.titolo}»."
    )
    chiusura = f"La seduta è chiusa alle ore {seduta.alle:%H:%M}."
    punti = [_punto(n, p) for n, p in enumerate(seduta.punti, 1)]
    parti = [apertura, _presenze(seduta), " ".join(seduta.quorum), *punti, _decisioni(seduta.decisioni), chiusura]
    return "\n\n".join(p for p in parti if p) + "\n"


def _presenze(seduta: Seduta) -> str:
    righe = [
        _elenco("Sono presenti", (_voce(v, seduta) for v in seduta.voci if v.esito == PRESENTE)),
        _elenco("Sono assenti giustificati", (v.ente for v in seduta.voci if v.esito == GIUSTIFICATO)),
        _elenco("Sono assenti", (v.ente for v in seduta.voci if v.esito == ASSENTE)),
        _ospiti(seduta.ospiti),
    ]
    return "\n".join(r for r in righe if r)


def _elenco(inizio: str, voci: Iterable[str]) -> str:
    scritte = "; ".join(voci)
    return f"{inizio}: {scritte}." if scritte else ""


def _voce(voce: Voce, seduta: Seduta) -> str:
    """«Alfa (da remoto, con un delegato, dalle ore 10:20)»: only what differs from the whole meeting in the room."""
    note = []
    if voce.da_remoto:
        note.append("da remoto")
    if voce.delegato:
        note.append("con un delegato")
    if voce.arrivo and voce.arrivo > seduta.dalle:
        note.append(f"dalle ore {voce.arrivo:%H:%M}")
    if voce.uscita and voce.uscita < seduta.alle:
        note.append(f"fino alle ore {voce.uscita:%H:%M}")
    return f"{voce.ente} ({', '.join(note)})" if note else voce.ente


def _ospiti(ospiti: Sequence[str]) -> str:
    enti = list(dict.fromkeys(o for o in ospiti if o))
    senza = sum(not o for o in ospiti)
    if senza:
        enti.append("una persona senza ente" if senza == 1 else f"{senza} persone senza ente")
    return _elenco("Partecipano come ospiti, senza voto", enti)


def _punto(numero: int, punto: Punto) -> str:
    titolo = punto.titolo.rstrip(".")
    righe = [f"Punto {numero}. {titolo}.", punto.discussione.strip()]
    if punto.esito:
        righe.append(f"Esito: {punto.esito.lower()}.")
    return "\n".join(r for r in righe if r)


def _decisioni(decisioni: Sequence[Deciso]) -> str:
    if not decisioni:
        return ""
    righe = ["Si decide:"]
    for n, deciso in enumerate(decisioni, 1):
        fatti = ([f"se ne occupa {deciso.chi}"] if deciso.chi else []) + (
            [f"entro il {deciso.entro}"] if deciso.entro else []
        )
        testo = deciso.testo.strip().rstrip(".")
        righe.append(f"{n}. {testo}{': ' if fatti else ''}{', '.join(fatti)}.")
    return "\n".join(righe)


def testo_intero(testo: str, punti: Sequence[Punto], decisioni: Sequence[Deciso]) -> str:
    """All that one save holds, as lines that can be compared: text, items with outcome, decisions."""
    parti = [testo.strip()]
    scritti = [_punto(n, p) for n, p in enumerate(punti, 1) if p.esito or p.discussione]
    if scritti:
        parti.append("— Punti all'ordine del giorno —\n" + "\n".join(scritti))
    if decisioni:
        parti.append("— Decisioni —\n" + _decisioni(decisioni).removeprefix("Si decide:\n"))
    return "\n\n".join(p for p in parti if p)
