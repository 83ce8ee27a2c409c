"""Who hasn't come for k meetings in a row, and what of it reaches the coordinator's desk.

A place at a board is a body with its qualification: a renewed mandate goes on where the old one ended. Its row is
read backwards from the latest held meeting to which it was invited, until the last time it was there. A meeting
whose roll says nothing of the place neither lengthens the row nor breaks it: nobody is blamed for a roll not called.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Case, F, Max, Sum, Value, When, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.orologio import oggi
from core.scrivania import Voce
from reti.models import Adesione, Presenza
from reti.models.incontri import ConvocazioneQuerySet
from reti.models.soggetti import vigente
from reti.queries.selezione import Selezione
from reti.queries.tassi import CONTATI, inviti_contati
from reti.queries.ultimi_incontri import indiziati, ultimi_incontri
from utenti.permissions import puo_coordinare

POSTO = ("adesione__rete", "adesione__soggetto", "adesione__qualifica")
TROPPE = 5  # beyond these the desk gives one line for all


@dataclass(frozen=True)
class Assenza:
    """A seat of today and its row: meetings missed, how many justified, how many without a roll in between."""

    seggio: Adesione
    fila: int
    giustificate: int
    non_rilevate: int
    dal: date
    al: date
    ultima_presenza: date | None

    @property
    def frase(self) -> str:
        testo = ngettext("%(ente)s non viene da %(n)d incontro", "%(ente)s non viene da %(n)d incontri", self.fila)
        return f"{testo}: %(tavolo)s" % {
            "ente": self.seggio.soggetto,
            "n": self.fila,
            "tavolo": self.seggio.rete,
        }


def chi_non_viene(k: int, selezione: Selezione | None = None, fra: ConvocazioneQuerySet | None = None) -> list[Assenza]:
    """Seats of today that missed at least their last `k` meetings, the longest row first. Six queries."""
    ultimi = ultimi_incontri(k, selezione or Selezione())
    return _assenze(k, indiziati(k, ultimi, selezione, fra).tutti, selezione, fra)


def _assenze(
    k: int, seggi: list[int], selezione: Selezione | None = None, fra: ConvocazioneQuerySet | None = None
) -> list[Assenza]:
    """The rows of at least `k` of the places of these seats. Two queries."""
    presente = CONTATI["presenze"]
    posto = [F(campo) for campo in POSTO]
    a_ritroso = [F("incontro__inizio").desc(), F("incontro").desc()]
    righe = (
        inviti_contati(selezione, fra)
        .filter(adesione__in=seggi)
        .annotate(
            presenti_da_allora=Window(
                Sum(Case(When(presente, then=Value(1)), default=Value(0))), partition_by=posto, order_by=a_ritroso
            ),
            ultima=Window(Max(Case(When(presente, then=F("incontro__inizio")))), partition_by=posto),
        )
        .filter(presenti_da_allora=0)
        .order_by(*POSTO, "incontro__inizio")
        .values_list(*POSTO, "incontro__inizio", "appello__esito", "ultima")
    )
    file = {chiave: list(g) for chiave, g in groupby(righe, key=lambda r: r[: len(POSTO)])}
    lunghe = {chiave: voci for chiave, voci in file.items() if _mancati(voci) >= k}
    seggi = _seggi_di_oggi(lunghe)
    assenze = [_assenza(seggi[chiave], voci) for chiave, voci in lunghe.items() if chiave in seggi]
    return sorted(assenze, key=lambda a: (-a.fila, a.seggio.rete.nome, a.seggio.soggetto.denominazione, a.seggio.pk))


def _mancati(voci: Iterable[tuple]) -> int:
    return sum(bool(esito) for *_altro, esito, _ultima in voci)


def _seggi_di_oggi(chiavi: Iterable[tuple]) -> dict[tuple, Adesione]:
    """The valid seat of each place, of boards still active."""
    reti, enti = {c[0] for c in chiavi}, {c[1] for c in chiavi}
    seggi = Adesione.objects.vigenti().filter(vigente("rete__"), rete__in=reti, soggetto__in=enti)
    return {
        (s.rete_id, s.soggetto_id, s.qualifica): s
        for s in seggi.select_related("rete", "soggetto", "titolare").order_by("dal")
    }


def _assenza(seggio: Adesione, voci: list[tuple]) -> Assenza:
    saltati = [(inizio, esito) for *_posto, inizio, esito, _ultima in voci if esito]
    ultima = voci[0][-1]
    return Assenza(
        seggio=seggio,
        fila=len(saltati),
        giustificate=sum(esito == Presenza.Esito.GIUSTIFICATO for _inizio, esito in saltati),
        non_rilevate=len(voci) - len(saltati),
        dal=_giorno(saltati[0][0]),
        al=_giorno(saltati[-1][0]),
        ultima_presenza=_giorno(ultima) if ultima else None,
    )


def _giorno(istante: datetime) -> date:
    return timezone.localdate(istante, timezone.get_default_timezone())


def _di_questi_giorni(k: int) -> tuple[int, list[Assenza]]:
    """How many rows the last days made or lengthened and, unless they are too many, the rows. Six queries at most."""
    da = oggi() - timedelta(days=settings.GIORNI_AVVISO_ASSENZE)
    ultimi = ultimi_incontri(k, Selezione())
    trovati = indiziati(k, {rete: t for rete, t in ultimi.items() if _giorno(t[0][0]) >= da})
    if len(trovati.certi) > TROPPE:
        incerte = [pk for seggi in trovati.incerti.values() for pk in seggi]
        return len(trovati.certi) + sum(a.al >= da for a in _assenze(k, incerte)), []
    assenze = [a for a in _assenze(k, trovati.tutti) if a.al >= da]
    return len(assenze), assenze


def voci_scrivania(utente: Any) -> list[Voce]:
    """For coordinators: rows that the last days' meetings made or lengthened; then they leave by themselves."""
    if not puo_coordinare(utente):
        return []
    k = settings.ASSENZE_DI_FILA
    quante, assenze = _di_questi_giorni(k)
    if quante > TROPPE:
        frase = _("%(n)d seggi non vengono da almeno %(k)d incontri") % {"n": quante, "k": k}
        return [Voce(titolo=frase, url=reverse("gestione_partecipazione:assenze"), gruppo=_("Tavoli"))]
    return [
        Voce(
            titolo=a.frase,
            url=reverse("gestione_partecipazione:assenze") + f"?rete={a.seggio.rete_id}&ente={a.seggio.soggetto_id}",
            dettaglio=_ultima_volta(a),
            gruppo=_("Tavoli"),
        )
        for a in assenze
    ]


def _ultima_volta(assenza: Assenza) -> str:
    giustificate = ngettext("%d assenza giustificata", "%d assenze giustificate", assenza.giustificate)
    if assenza.ultima_presenza is None:
        return _("Non è mai venuto; %s") % (giustificate % assenza.giustificate)
    return _("L'ultima volta il %(giorno)s; %(giustificate)s") % {
        "giorno": f"{assenza.ultima_presenza:%d/%m/%Y}",
        "giustificate": giustificate % assenza.giustificate,
    }
