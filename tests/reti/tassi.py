"""A small world of attendance, with figures that can be counted by eye."""

from datetime import UTC, datetime, timedelta
from typing import Any

from reti.models import Adesione, Incontro
from tests.factories.reti import ConvocazioneFactory, IncontroFactory, PresenzaFactory

PRIMO = datetime(2023, 1, 10, 9, 0, tzinfo=UTC)


def svolgi(rete: Any, giorno: int, stato: str = "svolto", **esiti: tuple[Adesione, str]) -> Incontro:
    """A meeting of `rete` `giorno` days after the first, with the outcome of each seat ("" = roll not called)."""
    incontro = IncontroFactory(
        rete=rete, stato=stato, inizio=PRIMO + timedelta(days=giorno), titolo=f"Seduta {giorno}", creato_da=None
    )
    for seggio, esito in esiti.values():
        ConvocazioneFactory(incontro=incontro, adesione=seggio)
        if esito:
            PresenzaFactory(incontro=incontro, adesione=seggio, esito=esito)
    return incontro


def serie(seggio: Adesione, esiti: str, dal: int = 0) -> None:
    """One meeting a month for each letter: P present, G justified, A absent, - no roll, X cancelled."""
    nomi = {"P": "presente", "G": "giustificato", "A": "assente", "-": "", "X": "assente"}
    for n, lettera in enumerate(esiti):
        stato = "annullato" if lettera == "X" else "svolto"
        svolgi(seggio.rete, dal + 30 * n, stato, lui=(seggio, nomi[lettera]))
