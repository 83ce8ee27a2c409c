"""The boards as they are today: one meeting to come, minutes to read, a date to choose, an invitation received."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import transaction

from core.orologio import oggi
from reti.dimostrazione.calendario_2023 import TAVOLI, Tavolo
from reti.dimostrazione.tavoli import ROMA, convocato, tenuto
from reti.dimostrazione.verbali import invia_bozza
from reti.models import Convocazione, Disponibilita, Rete
from reti.services.incontri_di_altri import registra_invito
from reti.services.sondaggi import apri_sondaggio, rispondi_sondaggio
from utenti.models import Utente

FINE_2023 = datetime(2023, 12, 31, 23, 59, tzinfo=ROMA)


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; a board that has something of today is left alone."""
    coordinatrice = Utente.objects.get(email="coordinatrice@provincia.example")
    reti = {r.slug: r for r in Rete.objects.select_related("convocante")}
    for slug, vivi in (
        ("rete-operatori-accreditati", _da_rispondere),
        ("tavolo-disabilita-cremonese", _da_leggere),
        ("coordinamento-punti-informativi", _da_scegliere),
        ("piano-di-zona-cremasco", _ricevuto),
    ):
        rete, tavolo = reti[slug], next(t for t in TAVOLI if t.slug == slug)
        if not (rete.incontri.filter(inizio__gt=FINE_2023).exists() or rete.sondaggi.exists()):
            with transaction.atomic():
                vivi(coordinatrice, rete, tavolo)
    passo("Oggi: un incontro a cui rispondere, un verbale da leggere, una data da scegliere, un invito ricevuto.")


def _feriale(fra: int, ora: time = time(14, 30)) -> datetime:
    """That many days from today, or the Monday after."""
    giorno: date = oggi() + timedelta(days=fra)
    giorno += timedelta(days=7 - giorno.weekday() if giorno.weekday() > 4 else 0)
    return datetime.combine(giorno, ora, ROMA)


def _da_rispondere(utente: Utente, rete: Rete, tavolo: Tavolo) -> None:
    convocato(utente, rete, tavolo, _feriale(21))


def _da_leggere(utente: Utente, rete: Rete, tavolo: Tavolo) -> None:
    """Held ten to twelve days ago, drafted six days later: a week is left for observations."""
    invia_bozza(utente, *tenuto(utente, rete, tavolo, _feriale(-12, time(10)), 3))


def _da_scegliere(utente: Utente, rete: Rete, tavolo: Tavolo) -> None:
    """A poll that the first three seats have answered."""
    inizi = [_feriale(20, time(10)), _feriale(21), _feriale(27, time(10))]
    sondaggio = apri_sondaggio(
        utente=utente,
        rete=rete,
        fasce=[(inizio, inizio + timedelta(hours=2)) for inizio in dict.fromkeys(inizi)],
        entro=_feriale(7, time(18)),
        titolo="Incontro con i punti informativi",
        luogo=tavolo.luogo,
        ordine_del_giorno="Avvio dei punti informativi\nDomande delle persone e risposte comuni\nProssimi passi",
    )
    valori = list(Disponibilita.Valore)
    for n, interpellato in enumerate(sondaggio.interpellati.select_related("sondaggio", "adesione__soggetto")[:3]):
        rispondi_sondaggio(
            interpellato=interpellato,
            valori={f.pk: valori[(n + m) % 2] for m, f in enumerate(sondaggio.fasce.all())},
            via=Convocazione.Via.COLLEGAMENTO,
        )


def _ricevuto(utente: Utente, rete: Rete, tavolo: Tavolo) -> None:
    inizio = _feriale(15, time(9, 30))
    dati = {
        "titolo": f"{tavolo.titolo} del {inizio.day}/{inizio.month}/{inizio.year}",
        "inizio": inizio,
        "fine": inizio + timedelta(hours=2),
        "luogo": tavolo.luogo,
        "ordine_del_giorno": "\n".join(tavolo.punti),
    }
    registra_invito(utente=utente, rete=rete, dati=dati)
