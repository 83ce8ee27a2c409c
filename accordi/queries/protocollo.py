"""The protocol register read: whole, of a day, checked for gaps; what waits for the body's number (R07)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accordi.models import ContatoreProtocollo, InvioProtocollo, Protocollo
from core.giorni import nei_giorni
from core.scrivania import Voce
from utenti.permissions import puo_coordinare

Esito = InvioProtocollo.Esito
DA_GUARDARE = (Esito.INCERTO, Esito.ABBANDONATO)


def registro() -> QuerySet[Protocollo]:
    """Every registration with what its rows show, the last first."""
    return Protocollo.objects.select_related("invio", "istanza", "accordo")


def registrazioni_del(giorno: date) -> QuerySet[Protocollo]:
    """Those of one day of Europe/Rome, in the order of their numbers."""
    return Protocollo.objects.filter(nei_giorni("registrato_il", giorno, giorno)).order_by("anno", "numero")


def anni() -> list[int]:
    """Years with a series, the last first."""
    return list(ContatoreProtocollo.objects.order_by("-anno").values_list("anno", flat=True))


def difetti() -> list[str]:
    """What is wrong in the register, one sentence each: gaps, numbers out of series, a year that isn't the day's."""
    contatori = dict(ContatoreProtocollo.objects.values_list("anno", "ultimo"))
    frasi, ultimi = [], dict.fromkeys(contatori, 0)
    righe = Protocollo.objects.order_by("anno", "numero").values_list("anno", "numero", "registrato_il")
    for anno, numero, istante in righe.iterator(chunk_size=2000):
        atteso = ultimi.get(anno, 0) + 1
        if numero > atteso:
            frasi.append(_buco(anno, atteso, numero - 1))
        if timezone.localdate(istante).year != anno:
            frasi.append(_("Il n. %(n)d/%(anno)d porta una data di un altro anno.") % {"n": numero, "anno": anno})
        ultimi[anno] = numero
    for anno, ultimo in ultimi.items():
        contato = contatori.get(anno, 0)
        if contato > ultimo:
            frasi.append(_buco(anno, ultimo + 1, contato))
        elif contato < ultimo:
            dati = {"anno": anno, "contato": contato, "ultimo": ultimo}
            frasi.append(_("Il contatore del %(anno)d è a %(contato)d e il registro a %(ultimo)d.") % dati)
    return frasi


def _buco(anno: int, primo: int, ultimo: int) -> str:
    quanti = ultimo - primo + 1
    dati = {"anno": anno, "primo": primo, "ultimo": ultimo}
    uno, molti = "Manca il n. %(primo)d/%(anno)d.", "Mancano i numeri da %(primo)d a %(ultimo)d del %(anno)d."
    return ngettext(uno, molti, quanti) % dati


def righe_registro(registrazioni: Iterable[Protocollo]) -> Iterator[list[Any]]:
    """Heading and rows of the register, as cells: for CSV."""
    yield [*_testata(), _("Protocollo dell'ente"), _("Data dell'ente"), _("Stato presso l'ente")]
    for p in registrazioni:
        invio = getattr(p, "invio", None)
        data = f"{invio.data:%d/%m/%Y}" if invio and invio.data else ""
        yield [*_celle(p), invio.numero if invio else "", data, invio.get_esito_display() if invio else ""]


def righe_giorno(registrazioni: Iterable[Protocollo]) -> Iterator[list[str]]:
    """Heading and rows of the daily register: only what never changes, so that its fingerprint doesn't either."""
    yield _testata()
    for p in registrazioni:
        yield _celle(p)


def _testata() -> list[str]:
    return [
        _("Numero"), _("Anno"), _("Registrato il"), _("Verso"), _("Mittente o destinatario"), _("Oggetto"),
        _("Impronta SHA-256"),
    ]  # fmt: skip


def _celle(p: Protocollo) -> list[str]:
    quando = f"{timezone.localtime(p.registrato_il):%d/%m/%Y %H:%M:%S}"
    return [str(p.numero), str(p.anno), quando, p.get_verso_display(), p.corrispondente, p.oggetto, p.impronta]


def voci_scrivania(utente: Any) -> list[Voce]:
    """Coordinators: registrations that the body's register didn't take, or that nobody knows whether it took."""
    if not puo_coordinare(utente):
        return []
    quante = {e: InvioProtocollo.objects.filter(esito=e).count() for e in DA_GUARDARE}
    titoli = {
        Esito.INCERTO: ngettext(
            "%(n)d registrazione da cercare nel protocollo dell'ente",
            "%(n)d registrazioni da cercare nel protocollo dell'ente",
            quante[Esito.INCERTO],
        ),
        Esito.ABBANDONATO: ngettext(
            "%(n)d registrazione senza il numero dell'ente",
            "%(n)d registrazioni senza il numero dell'ente",
            quante[Esito.ABBANDONATO],
        ),
    }
    indirizzo = reverse("accordi_protocollo:index")
    return [
        Voce(
            titoli[esito] % {"n": n},
            f"{indirizzo}?invio__esito={esito}",
            1,
            _("Il nostro numero vale intanto: apri la registrazione per cercare, scrivere il numero o riprovare."),
            None,
            _("Protocollo"),
        )
        for esito, n in quante.items()
        if n
    ]
