"""Applications whose term runs, ordered by what is due first (R01): desk, file and warnings read the same list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accordi.models import Istanza, Sospensione
from accordi.queries.termini import Clock, clock, in_corso

SITUAZIONI = ("ritardo", "scadenza", "sospesa", "tempo")


@dataclass(frozen=True)
class Tratto:
    """A piece of the drawing: `da` and `largo` are percent, ready for an attribute."""

    genere: str
    da: str
    largo: str


@dataclass(frozen=True)
class Scadenza:
    """An application and its clock today."""

    istanza: Istanza
    clock: Clock

    @property
    def sospensioni(self) -> list[Sospensione]:
        return list(self.istanza.sospensioni.all())

    @property
    def sospesa(self) -> Sospensione | None:
        """The suspension that is open now."""
        return next((s for s in self.sospensioni if s.al is None), None)

    @property
    def situazione(self) -> str:
        """One of SITUAZIONI: late comes before all, then a suspension that is open."""
        if self.clock.in_ritardo:
            return "ritardo"
        if self.sospesa:
            return "sospesa"
        return "scadenza" if self.clock.in_scadenza else "tempo"

    @property
    def frase(self) -> str:
        """Where the term stands, in words."""
        c = self.clock
        if c.in_ritardo:
            return ngettext("in ritardo di %(n)d giorno", "in ritardo di %(n)d giorni", c.oltre) % {"n": c.oltre}
        if c.mancano == 0:
            return _("scade oggi")
        return ngettext("manca %(n)d giorno", "mancano %(n)d giorni", c.mancano) % {"n": c.mancano}

    @property
    def tratti(self) -> list[Tratto]:
        """The term as a bar: days passed, days stood still, days past the term; what is left stays empty."""
        dal, c = self.istanza.presentata_il, self.clock
        intero = max((c.termine - dal).days, c.giorni_lordi, 1)

        def tratto(genere: str, inizio: date, fine: date) -> Tratto:
            da, largo = (100 * (d.days) / intero for d in (inizio - dal, fine - inizio))
            return Tratto(genere, f"{da:.2f}%", f"{largo:.2f}%")

        oltre = c.termine + timedelta(days=1)
        pieni = [tratto("passati", dal, min(c.al, c.termine))]
        tardi = [tratto("oltre", c.termine, c.al)] if c.al >= oltre else []
        spezzoni = [(max(s.dal, dal), min(s.al or c.al, c.al)) for s in self.sospensioni]
        fermi = [tratto("fermi", inizio, fine) for inizio, fine in spezzoni if fine > inizio]
        return [*pieni, *tardi, *fermi]


def scadenze(istanze: QuerySet[Istanza]) -> list[Scadenza]:
    """Those of `istanze` whose clock runs, late first and then by days left; two queries whatever their number."""
    corrono = in_corso(istanze).select_related("responsabile", "avviso", "capofila", "protocollo__invio")
    righe = [Scadenza(i, c) for i in corrono if (c := clock(i))]
    return sorted(righe, key=lambda r: (r.clock.mancano, r.istanza.protocollo.anno, r.istanza.protocollo.numero))


def righe_scadenze(righe: list[Scadenza]) -> Iterator[list[Any]]:
    """Heading and rows of the list, as cells: for CSV."""
    yield [
        _("Protocollo"), _("Presentata il"), _("Capofila"), _("Avviso"), _("Stato"), _("Termine"), _("Giorni lordi"),
        _("Giorni netti"), _("Giorni previsti"), _("Conta"), _("Situazione"), _("Sospensioni"), _("Responsabile"),
    ]  # fmt: skip
    for r in righe:
        i, c = r.istanza, r.clock
        sospesa = "; ".join(f"{s.dal:%d/%m/%Y}–{f'{s.al:%d/%m/%Y}' if s.al else _('aperta')}" for s in r.sospensioni)
        yield [
            f"{i.protocollo.numero}/{i.protocollo.anno}", f"{i.presentata_il:%d/%m/%Y}", i.capofila.denominazione,
            i.avviso.titolo, i.get_stato_display(), f"{c.termine:%d/%m/%Y}", c.giorni_lordi, c.giorni_netti,
            c.giorni_previsti, _("netti") if c.conta_netto else _("lordi"), r.frase, sospesa,
            str(i.responsabile or ""),
        ]  # fmt: skip
