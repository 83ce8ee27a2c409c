"""What falls on a day: expiries, last days for notice, withdrawals, obligations; as a list and as a feed (R13)."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accordi.models import Accordo, Impegno, Recesso
from accordi.models.accordi import AccordoQuerySet
from core.orologio import oggi
from reti.feed import Giornata
from reti.models import Abbonamento, Soggetto
from reti.permissions import motivo_rifiuto_segui

GENERI = {
    "scadenza": _l("Scade l'accordo"),
    "disdetta": _l("Ultimo giorno per la disdetta"),
    "recesso": _l("Recesso di una parte"),
    "impegno": _l("Impegno"),
}
FORMATO = 1  # to raise when the same day is written in another way: readers then fetch it again


@dataclass(frozen=True)
class Scadenza:
    """A day that matters, of one agreement. `chiave` is stable for its whole life."""

    giorno: date
    genere: str
    accordo: Accordo
    dettaglio: str
    chiave: str

    @property
    def titolo(self) -> str:
        return f"{GENERI[self.genere]}: {self.dettaglio or self.accordo.titolo}"

    @property
    def passata(self) -> bool:
        return self.giorno < oggi()


def scadenze(accordi: AccordoQuerySet, *, dal: date, al: date | None = None, enti: Any = None) -> list[Scadenza]:
    """The days of `accordi` in life, from `dal` to `al` (None: all), in order; three queries.

    `enti`: bodies whose own obligations alone are listed beside those of everyone; None lists all.
    """
    vivi = accordi.che_vivono().filter(Q(cessato_dal__isnull=True) | Q(cessato_dal__gt=dal))
    trovate = []
    for a in vivi.exclude(legame=Accordo.Legame.MODIFICA):
        trovate += [
            Scadenza(g, genere, a, "", f"{genere}-{a.codice}")
            for genere, g in (("scadenza", a.scade_il), ("disdetta", a.ultimo_giorno_disdetta))
            if g
        ]
    pk = vivi.order_by().values("pk")
    recessi = Recesso.objects.filter(parte__accordo__in=pk).select_related("parte__accordo", "parte__soggetto")
    trovate += [Scadenza(r.efficace_dal, "recesso", r.parte.accordo, str(r.parte), f"recesso-{r.pk}") for r in recessi]
    impegni = Impegno.objects.aperti().filter(accordo__in=pk, entro__isnull=False).select_related("accordo")
    if enti is not None:
        impegni = impegni.filter(Q(parte__isnull=True) | Q(parte__soggetto__in=enti))
    trovate += [Scadenza(i.entro, "impegno", i.accordo, i.testo, f"impegno-{i.pk}") for i in impegni]
    scelte = [s for s in trovate if s.giorno >= dal and (al is None or s.giorno <= al)]
    return sorted(scelte, key=lambda s: (s.giorno, s.chiave))


@dataclass(frozen=True)
class FeedScadenze:
    """A calendar of days behind a token: its name and what it writes."""

    nome: str
    giornate: list[Giornata]

    @property
    def versione(self) -> str:
        """Strong ETag of the text."""
        dati = (FORMATO, self.nome, self.giornate)
        return f'"{hashlib.sha256(repr(dati).encode()).hexdigest()[:32]}"'


def feed_scadenze(gettone: str) -> FeedScadenze | None:
    """The days behind a token of one's own or of a body; None once revoked, or when its owner lost the right to it.

    The same token that opens the calendar of meetings: one revocation closes both.
    """
    abbonamenti = Abbonamento.objects.attivi().filter(rete__isnull=True).select_related("utente", "soggetto")
    abbonamento = abbonamenti.filter(gettone=gettone, utente__is_active=True).first()
    if not abbonamento or motivo_rifiuto_segui(abbonamento.utente, abbonamento.soggetto):
        return None
    accordi = Accordo.objects.visibili_a(abbonamento.utente)
    enti: Any = None if abbonamento.utente.e_provincia else Soggetto.objects.rappresentati_da(abbonamento.utente)
    nome = _("Scadenze degli accordi")
    if abbonamento.soggetto:
        accordi = accordi.filter(pk__in=Accordo.objects.filter(parti__soggetto=abbonamento.soggetto).values("pk"))
        enti = [abbonamento.soggetto]
        nome = _("Scadenze degli accordi di %s") % abbonamento.soggetto
    primo = oggi() - timedelta(days=settings.GIORNI_NEL_CALENDARIO)
    return FeedScadenze(nome, [_giornata(s) for s in scadenze(accordi, dal=primo, enti=enti)])


def _giornata(voce: Scadenza) -> Giornata:
    accordo = voce.accordo
    return Giornata(
        uid=f"{voce.chiave}@raccordo",
        titolo=voce.titolo,
        giorno=voce.giorno,
        aggiornato=accordo.sottoscritto_il or accordo.creato_il,
        descrizione=accordo.titolo,
        url=settings.INDIRIZZO_PUBBLICO + accordo.get_absolute_url(),
    )
