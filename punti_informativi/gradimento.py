"""Votes from 1 to 5 put together: how many, their mean, how they spread (R35). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import number_format

VOTI = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Sintesi:
    """Votes of one point, or of all; `minimo`: below it the mean and the spread aren't said."""

    per_voto: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    minimo: int = 0

    @property
    def quanti(self) -> int:
        return sum(self.per_voto)

    @property
    def si_dice(self) -> bool:
        """There are enough votes to say more than how many."""
        return self.quanti >= max(self.minimo, 1)

    @property
    def media(self) -> float | None:
        """From 1 to 5, with one decimal; None when it isn't said."""
        if not self.si_dice:
            return None
        return round(sum(voto * n for voto, n in zip(VOTI, self.per_voto, strict=True)) / self.quanti, 1)

    @property
    def media_scritta(self) -> str:
        return "" if self.media is None else number_format(self.media, 1)

    @property
    def parti(self) -> list[tuple[int, int, str]]:
        """(vote, how many, percent of all as an attribute is written), the best first; empty when it isn't said."""
        if not self.si_dice:
            return []
        coppie = zip(VOTI, self.per_voto, strict=True)
        return [(voto, n, f"{100 * n / self.quanti:.1f}%") for voto, n in coppie][::-1]


def sintesi(per_voto: Mapping[int, int], minimo: int) -> Sintesi:
    """`per_voto`: vote → how many."""
    uno, due, tre, quattro, cinque = (per_voto.get(v, 0) for v in VOTI)
    return Sintesi((uno, due, tre, quattro, cinque), minimo)
