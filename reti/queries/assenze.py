"""Who hasn't come for k meetings in a row, and what of it reaches the coordinator's desk.

A place at a board is a body with its qualification: a renewed mandate goes on where the old one ended. Its row is
read backwards from the latest held meeting to which it was invited, until the last time it was there. A meeting
whose roll says nothing of the place neither lengthens the row nor breaks it: nobody is blamed for a roll not called.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.orologio import oggi
from core.scrivania import Voce
from reti.models import Adesione
from reti.models.incontri import ConvocazioneQuerySet
from reti.queries.file_di_assenze import Fila, file_di
from reti.queries.selezione import Selezione
from reti.queries.tassi import inviti_contati
from reti.queries.ultimi_incontri import Posto, indiziati, ultimi_incontri
from utenti.permissions import puo_coordinare

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
    """Seats of today that missed at least their last `k` meetings, the longest row first. Eight queries at most."""
    ultimi = ultimi_incontri(k, selezione or Selezione())
    return _assenze(k, indiziati(k, ultimi, selezione, fra).tutti, selezione, fra)


def _assenze(
    k: int,
    posti: dict[Posto, list[int]],
    selezione: Selezione | None = None,
    fra: ConvocazioneQuerySet | None = None,
) -> list[Assenza]:
    """The rows of at least `k` of these places. Four queries at most."""
    lunghe = {posto: f for posto, f in file_di(posti, inviti_contati(selezione, fra)).items() if f.fila >= k}
    seggi = _seggi_di_oggi({posto: posti[posto] for posto in lunghe})
    assenze = [_assenza(seggi[posto], fila) for posto, fila in lunghe.items() if posto in seggi]
    return sorted(assenze, key=lambda a: (-a.fila, a.seggio.rete.nome, a.seggio.soggetto.denominazione, a.seggio.pk))


def _seggi_di_oggi(posti: dict[Posto, list[int]]) -> dict[Posto, Adesione]:
    """The valid seat of each place."""
    seggi = Adesione.objects.vigenti().filter(pk__in=[pk for pks in posti.values() for pk in pks])
    letti = seggi.select_related("rete", "soggetto", "titolare").order_by("dal")
    return {(s.rete_id, s.soggetto_id, s.qualifica): s for s in letti}


def _assenza(seggio: Adesione, fila: Fila) -> Assenza:
    return Assenza(
        seggio=seggio,
        fila=fila.fila,
        giustificate=fila.giustificate,
        non_rilevate=fila.non_rilevate,
        dal=_giorno(fila.dal),
        al=_giorno(fila.al),
        ultima_presenza=_giorno(fila.ultima) if fila.ultima else None,
    )


def _giorno(istante: datetime) -> date:
    return timezone.localdate(istante, timezone.get_default_timezone())


def _di_questi_giorni(k: int) -> tuple[int, list[Assenza]]:
    """How many rows the last days made or lengthened and, unless they are too many, the rows. Eight queries at most."""
    da = oggi() - timedelta(days=settings.GIORNI_AVVISO_ASSENZE)
    ultimi = ultimi_incontri(k, Selezione())
    trovati = indiziati(k, {rete: t for rete, t in ultimi.items() if _giorno(t[0][0]) >= da})
    if len(trovati.certi) > TROPPE:
        return len(trovati.certi) + sum(a.al >= da for a in _assenze(k, trovati.incerti)), []
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
