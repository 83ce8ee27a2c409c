"""What a partner finds in the private area about applications and agreements: the latest, and how many there are."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.models import Accordo, Istanza
from accordi.queries.calendario import scadenze
from accordi.queries.istanze import per_il_clock
from accordi.queries.termini import clock
from accordi.stati import StatoIstanza
from core.orologio import oggi
from core.scrivania import Riga, Voce, VoceMenu
from reti.models import Soggetto

ULTIME = 3


def voci_area(utente: Any, ente: str = "") -> list[VoceMenu]:
    """Entries «Le mie istanze» and «I miei accordi», of all one's bodies or of one; a fixed number of queries."""
    return [_istanze(utente, ente), _accordi(utente, ente)]


def _elenco(nome: str, ente: str) -> str:
    """The address of a list, with the body that was chosen."""
    return reverse(nome) + (f"?ente={ente}" if ente else "")


def _istanze(utente: Any, ente: str) -> VoceMenu:
    istanze = Istanza.objects.visibili_a(utente).di_ente(ente)
    ultime = per_il_clock(istanze).order_by("-creata_il", "-pk")[:ULTIME]
    return VoceMenu(
        _("Le mie istanze"),
        _elenco("accordi:istanze", ente),
        _("Le risposte agli avvisi dei soggetti che rappresenti: bozze, protocollo, stato."),
        righe=tuple(Riga(str(i.avviso), i.get_absolute_url(), _stato_istanza(i)) for i in ultime),
        quante=istanze.count(),
    )


def _stato_istanza(istanza: Istanza) -> str:
    """The state; while it is examined, the last day of the term."""
    stato = str(istanza.get_stato_display())
    orologio = clock(istanza)
    if istanza.stato == StatoIstanza.BOZZA or orologio is None or orologio.fermo:
        return stato
    return _("%(stato)s, termine %(giorno)s") % {"stato": stato, "giorno": f"{orologio.termine:%d/%m/%Y}"}


def _accordi(utente: Any, ente: str) -> VoceMenu:
    accordi = Accordo.objects.visibili_a(utente).di_ente(ente)
    return VoceMenu(
        _("I miei accordi"),
        _elenco("accordi:accordi", ente),
        _("Accordi da firmare, firmati e in vigore dei soggetti che rappresenti."),
        righe=tuple(
            Riga(a.titolo, a.get_absolute_url(), str(a.get_stato_display()))
            for a in accordi.order_by("-creato_il", "-pk")[:ULTIME]
        ),
        quante=accordi.count(),
    )


def voci_scadenze(utente: Any, al: date, ente: str = "") -> list[Voce]:
    """Days to come of one's own agreements, until `al`: expiry, notice, withdrawals, obligations of one's bodies."""
    enti = Soggetto.objects.rappresentati_da(utente)
    if ente:
        enti = enti.filter(slug=ente)
    accordi = Accordo.objects.visibili_a(utente).di_ente(ente)
    return [
        Voce(titolo=s.titolo, url=s.accordo.get_absolute_url(), entro=s.giorno)
        for s in scadenze(accordi, dal=oggi(), al=al, enti=enti)
    ]
