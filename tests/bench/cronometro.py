"""The stopwatch of the benchmark: medians of a task and of its floor, taken in turns, and their ratio."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

MILLESIMI = 1000


@dataclass(frozen=True)
class Riga:
    """One line of the table; times are medians, in milliseconds."""

    compito: str
    pavimento: str
    nostro_ms: float
    pavimento_ms: float

    @property
    def rapporto(self) -> float:
        return self.nostro_ms / self.pavimento_ms


def _una_volta(azione: Callable[[], object]) -> float:
    inizio = time.perf_counter()
    azione()
    return (time.perf_counter() - inizio) * MILLESIMI


def misura(
    compito: str, nostro: Callable[[], object], pavimento: str, base: Callable[[], object], *, giri: int
) -> Riga:
    """Run ours and the floor in turns, `giri` times each, after one to warm up when there are several.

    In turns, so that a machine that slows down halfway slows both.
    """
    if giri > 1:
        nostro(), base()
    nostri, basi = [], []
    gc.disable()
    try:
        for _n in range(giri):
            nostri.append(_una_volta(nostro))
            basi.append(_una_volta(base))
    finally:
        gc.enable()
    return Riga(compito, pavimento, statistics.median(nostri), statistics.median(basi))


def tabella(righe: list[Riga]) -> list[str]:
    """The lines of the table, to print."""
    largo = max(len(r.compito) for r in righe)
    largo_base = max(len(r.pavimento) for r in righe)
    titolo = f"{'compito':{largo}}  {'nostro ms':>10}  {'pavimento':{largo_base}}  {'ms':>9}  {'rapporto':>8}"
    return [
        titolo,
        "-" * len(titolo),
        *(
            f"{r.compito:{largo}}  {r.nostro_ms:>10.2f}  {r.pavimento:{largo_base}}  "
            f"{r.pavimento_ms:>9.3f}  {r.rapporto:>8.1f}"
            for r in righe
        ),
    ]
