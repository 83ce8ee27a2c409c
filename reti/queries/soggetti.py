"""Reads of the register of soggetti."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from core.orologio import oggi
from reti.importazione import CAMPI_SOGGETTO, REGISTRI
from reti.models import Accreditamento, Sede, Soggetto
from reti.stati import StatoAccreditamento


@dataclass(frozen=True)
class RicercaSoggetti:
    """Filters of the register; empty values don't restrict. `comune` ISTAT code, `accreditamento` a register."""

    q: str = ""
    natura: str = ""
    tipo: str = ""
    comune: str = ""
    accreditamento: str = ""


def nome_o_comune(parola: str) -> Q:
    """Condition "that word in the name, or in the comune of a seat".

    A subquery and not a join: each word would join the seats once more, and rows would multiply.
    """
    con_sede = Sede.objects.filter(comune__nome__icontains=parola)
    return Q(denominazione__icontains=parola) | Q(pk__in=con_sede.values("soggetto"))


def cerca_soggetti(ricerca: RicercaSoggetti) -> QuerySet[Soggetto]:
    """Bodies of the public register that meet every filter; all the words of `q` in name or comune."""
    scelti = Soggetto.objects.all()
    for parola in dict.fromkeys(ricerca.q.split()):
        scelti = scelti.filter(nome_o_comune(parola))
    for campo in ("natura", "tipo"):
        if valore := getattr(ricerca, campo):
            scelti = scelti.filter(**{campo: valore})
    if ricerca.comune:
        scelti = scelti.filter(sedi__comune__codice_istat=ricerca.comune)
    if ricerca.accreditamento:
        scelti = scelti.filter(pk__in=Soggetto.objects.accreditati(ricerca.accreditamento).values("pk"))
    return scelti.distinct().prefetch_related("sedi__comune", "accreditamenti").order_by("denominazione")


def in_vigore(accreditamento: Accreditamento, al: date | None = None) -> bool:
    """Vigente by its state and by its dates."""
    giorno = al or oggi()
    aperto = accreditamento.al is None or accreditamento.al >= giorno
    return accreditamento.stato == StatoAccreditamento.VIGENTE and accreditamento.dal <= giorno and aperto


def righe_csv(soggetti: QuerySet[Soggetto], *, per_tutti: bool = False) -> Iterator[list[object]]:
    """Cells in the order of reti.importazione.COLONNE: main seat, and the latest entry in each register.

    `per_tutti`: for the public, without the codes that are a person's.
    """
    for soggetto in soggetti.prefetch_related("sedi__comune", "accreditamenti"):
        sede = next(iter(soggetto.sedi.all()), None)
        codice = soggetto.codice_fiscale_pubblico if per_tutti else soggetto.codice_fiscale
        riga: list[object] = [codice, *(getattr(soggetto, c) for c in CAMPI_SOGGETTO), soggetto.slug]
        riga += (
            [sede.nome, sede.indirizzo, sede.cap, sede.comune.codice_istat, sede.lat, sede.lon] if sede else [""] * 6
        )
        for registro in REGISTRI:
            voci = [a for a in soggetto.accreditamenti.all() if a.registro == registro]
            ultima = max(voci, key=lambda a: (a.dal, a.pk), default=None)
            riga += [ultima.numero, ultima.carattere, ultima.dal, ultima.al] if ultima else [""] * 4
        yield riga
