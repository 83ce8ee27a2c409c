"""The public list without asking the database again what only an edit changes (issue 5, «Fast»).

What each filter means is in `queries.elenco` alone, in SQL. Here its answer, asked once, becomes a set of bits, one
for each public point in order of name: filters together are an `&`, a count is `bit_count()`. Everything holds for one
generation and one day; then it is asked anew.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Model

from core.lingue import TRADUZIONI, con_traduzioni, in_uso
from core.memoria import Memoria
from core.orologio import oggi
from punti_informativi.generazione import PUNTI
from punti_informativi.models import Destinatari, Lingua, PuntoInformativo, Servizio
from punti_informativi.queries.elenco import Filtri, per_la_lista, punti_filtrati, punti_trovati
from reti.models import Comune

# Filter → the path from a point to what is chosen.
MENU = {"comune": "sede__comune", "servizio": "servizi", "destinatari": "destinatari", "lingua": "lingue"}
# Filter → what is chosen, and what of it stands in the address.
VOCI = {
    "comune": (Comune, "codice_istat"),
    "servizio": (Servizio, "slug"),
    "destinatari": (Destinatari, "slug"),
    "lingua": (Lingua, "codice"),
}
CHIESTI = tuple(c.name for c in fields(Filtri) if c.compare)
BIT = bytes.maketrans(b"01", b"\x00\x01")
# How many are kept: answers to what people ask, which is without end; rows of cards; cards drawn.
RISPOSTE_MASSIME, RIGHE_MASSIME, SCHEDE_MASSIME = 300, 2_000, 2_000


@dataclass(frozen=True)
class Ordine:
    """Places of all points, the first to show first; `distanze` in km and `altrove` by key, where there is a centre."""

    posti: Sequence[int]
    distanze: dict[int, float]
    altrove: dict[int, int]


class Insiemi:
    """Answers of one generation on one day. `schede`, `aperture`: cards drawn, and what they say of the minute, for who
    draws them."""

    def __init__(self) -> None:
        self._pk = list(punti_trovati(Filtri()).values_list("pk", flat=True))
        self._posto = {pk: posto for posto, pk in enumerate(self._pk)}
        self._tutti = (1 << len(self._pk)) - 1
        self._voci: dict[str, dict[int, int]] = {}
        self._righe: dict[tuple[str, int], PuntoInformativo] = {}
        self._risposte = Memoria(RISPOSTE_MASSIME)
        self.ricorda = self._risposte.ricorda
        self.schede, self.aperture = Memoria(SCHEDE_MASSIME), Memoria(SCHEDE_MASSIME)

    def trovati(self, filtri: Filtri) -> int:
        """The bits of the points that answer `filtri`."""
        insieme = self._tutti
        for nome in filtri.in_uso:
            insieme &= self._di(filtri, nome)
        return insieme

    def elenco(self, filtri: Filtri, insieme: int) -> "Trovati":
        """The points of `insieme` in the order that `filtri` ask."""
        return Trovati(self, self._ordine(filtri), insieme)

    def dentro(self, insieme: int) -> bytes:
        """For each point whether it is in `insieme`: a byte, 1 or 0."""
        return f"{insieme:0{len(self._pk)}b}"[::-1].encode().translate(BIT)

    def voci(self, nome: str) -> dict[int, int]:
        """For each choice of a menu, by key, the bits of its points; those without points aren't there."""
        if nome not in self._voci:
            campo, per_voce = MENU[nome], {}
            punti = PuntoInformativo.objects.filter(**{f"{campo}__isnull": False}).order_by()
            for pk, voce in punti.values_list("pk", campo):
                if pk in self._posto:
                    per_voce.setdefault(voce, []).append(pk)
            self._voci[nome] = {voce: self._bit(chiavi) for voce, chiavi in per_voce.items()}
        return self._voci[nome]

    def menu(self, nome: str) -> dict[str, Model]:
        """What a menu offers, by the key that stands in the address, in order of name, with the words of the language
        in use; of comuni, those that have a point."""
        return self.ricorda(("menu", in_uso(), nome), lambda: self._menu(nome))

    def punti(self, posti: list[int]) -> list[PuntoInformativo]:
        """With all that a card shows; shared by who reads the list: to be copied before adding anything."""
        lingua, chiavi = in_uso(), [self._pk[posto] for posto in posti]
        if any((lingua, pk) not in self._righe for pk in chiavi):
            if len(self._righe) >= RIGHE_MASSIME:
                self._righe = {}
            lette = {p.pk: p for p in per_la_lista(PuntoInformativo.objects.filter(pk__in=chiavi))}
            self._righe |= {(lingua, pk): p for pk, p in lette.items()}
            return [lette[pk] for pk in chiavi if pk in lette]
        return [self._righe[lingua, pk] for pk in chiavi]

    def pk(self, posto: int) -> int:
        return self._pk[posto]

    def _menu(self, nome: str) -> dict[str, Model]:
        modello, chiave = VOCI[nome]
        righe = modello.objects.filter(pk__in=list(self.voci(nome))) if nome == "comune" else modello.objects.all()
        if hasattr(modello, TRADUZIONI):
            righe = con_traduzioni(righe)
        return {str(getattr(riga, chiave)): riga for riga in righe}

    def _di(self, filtri: Filtri, nome: str) -> int:
        valore = getattr(filtri, nome)
        if nome in MENU:
            return self.voci(nome).get(valore.pk, 0)
        if nome == "entro":
            solo = Filtri(abito=filtri.abito, vicino=filtri.vicino, entro=valore)
        elif nome == "aperto_alle":
            solo = Filtri(aperto_alle=valore.replace(second=0, microsecond=0))  # hours are written to the minute
        else:
            solo = Filtri(**{nome: valore})
        return self.ricorda(_chiave(solo), lambda: self._rispondono(solo))

    def _rispondono(self, filtri: Filtri) -> int:
        return self._bit(punti_filtrati(filtri, PuntoInformativo.objects.all()).values_list("pk", flat=True))

    def _ordine(self, filtri: Filtri) -> Ordine:
        if not filtri.centro:
            return Ordine(range(len(self._pk)), {}, {})
        solo = Filtri(abito=filtri.abito, vicino=filtri.vicino)
        return self.ricorda(("ordine", _chiave(solo)), lambda: self._per_distanza(solo))

    def _per_distanza(self, filtri: Filtri) -> Ordine:
        campi = ("pk", "distanza", *(["altrove"] if filtri.abito else []))
        tutte = punti_trovati(filtri, PuntoInformativo.objects.all()).values_list(*campi)
        righe = [r for r in tutte if r[0] in self._posto]
        altrove = {r[0]: r[2] for r in righe} if filtri.abito else {}
        return Ordine([self._posto[r[0]] for r in righe], {r[0]: r[1] for r in righe}, altrove)

    def _bit(self, chiavi: Any) -> int:
        segni = bytearray(b"0" * (len(self._pk) or 1))
        for pk in chiavi:
            if (posto := self._posto.get(pk)) is not None:
                segni[-1 - posto] = 49  # the character 1
        return int(segni, 2)


class Trovati(Sequence[PuntoInformativo]):
    """The points of an answer: counted without being read, read a page at a time."""

    def __init__(self, insiemi: Insiemi, ordine: Ordine, insieme: int) -> None:
        self._insiemi, self._ordine, self._insieme = insiemi, ordine, insieme

    def __len__(self) -> int:
        return self._insieme.bit_count()

    def __getitem__(self, quali: Any) -> Any:
        fette = quali if isinstance(quali, slice) else slice(*slice(quali, quali + 1 or None).indices(len(self)))
        posti = list(islice(self._posti(), *fette.indices(len(self))))
        punti = [self._con_distanza(punto) for punto in self._insiemi.punti(posti)]
        return punti if isinstance(quali, slice) else punti[0]

    @property
    def chiavi(self) -> list[int]:
        return [self._insiemi.pk(posto) for posto in self._posti()]

    def _posti(self) -> Iterator[int]:
        dentro = self._insiemi.dentro(self._insieme)
        return (posto for posto in self._ordine.posti if dentro[posto])

    def _con_distanza(self, punto: PuntoInformativo) -> PuntoInformativo:
        if punto.pk not in self._ordine.distanze:
            return punto
        letto, punto = punto, object.__new__(type(punto))  # a copy to read: `copy` makes a row ready to be saved too
        punto.__dict__ |= letto.__dict__
        punto.distanza, punto.altrove = self._ordine.distanze[punto.pk], self._ordine.altrove.get(punto.pk)
        return punto


_ultimi: tuple[Hashable, date, Insiemi] | None = None


def correnti() -> Insiemi:
    """Those of the present generation and of today: to be asked once for each request."""
    global _ultimi
    generazione, giorno = PUNTI.legge(), oggi()
    if _ultimi is None or _ultimi[:2] != (generazione, giorno):
        _ultimi = (generazione, giorno, Insiemi())
    return _ultimi[2]


def _chiave(filtri: Filtri) -> Hashable:
    """What tells two requests apart: also the words of another language, and an hour that comes twice."""
    valori = tuple(getattr(filtri, nome) for nome in CHIESTI)
    return (*valori, in_uso() if filtri.q else "", getattr(filtri.aperto_alle, "fold", 0))
