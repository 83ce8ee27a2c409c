"""The signing round: whose turn it is, who comes before, who holds the document, which level is due (R02, R11)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, QuerySet

from accordi.models import Accordo, Parte, Prenotazione
from accordi.queries.accordi import solo_amministrazioni
from accordi.scelte import Livello
from core.orologio import adesso
from reti.models import Rappresentanza
from utenti.models import Utente

_FORZA = {livello: n for n, livello in enumerate(Livello.values)}


def basta(livello: str, chiesto: str) -> bool:
    """A signature of `livello` satisfies who asks for `chiesto`."""
    return _FORZA[livello] >= _FORZA[chiesto]


def livello_dovuto(parte: Parte, *, fra_amministrazioni: bool | None = None) -> str:
    """The least level of this party's signature: what the agreement asks, never "semplice" among administrations.

    `fra_amministrazioni`: whether the parties are, for who knows it already; None reads it.
    """
    chiesto = parte.livello_chiesto
    if fra_amministrazioni is None:
        fra_amministrazioni = solo_amministrazioni(parte.accordo)
    if fra_amministrazioni and not basta(chiesto, Livello.AVANZATA):
        return Livello.AVANZATA
    return chiesto


def prima_di(parte: Parte) -> list[Parte]:
    """Parties of earlier stages that still have to sign, in order."""
    precedenti = parte.accordo.parti.filter(stadio__lt=parte.stadio)
    return list(precedenti.senza_firma().select_related("soggetto"))


def poteri_di_firma(utente: Utente, parte: Parte) -> QuerySet[Rappresentanza]:
    """The powers by which `utente` may sign for `parte` today."""
    valide = Rappresentanza.objects.valide().filter(utente=utente, soggetto=parte.soggetto, puo_firmare=True)
    return valide.order_by("pk")


def prenotazione_aperta(accordo: Accordo) -> Prenotazione | None:
    """Who holds the document to sign it outside, now; None when nobody does."""
    aperte = Prenotazione.objects.filter(versione__accordo=accordo, chiusa_il__isnull=True, scade_il__gt=adesso())
    return aperte.select_related("parte__soggetto").first()


def tempo_esaurito(parte: Parte) -> bool:
    """In the last 24 hours the body held this text, its people together, for settings.PRENOTAZIONE_MINUTI_AL_GIORNO.

    Without it, who takes the document again and again would keep everybody else from signing.
    """
    ora = adesso()
    da = ora - timedelta(days=1)
    prese = parte.prenotazioni.filter(versione=parte.accordo.versioni.last(), scade_il__gt=da)
    tempi = [min(p.chiusa_il or ora, p.scade_il, ora) - max(p.presa_il, da) for p in prese]
    return sum(tempi, timedelta()) >= timedelta(minutes=settings.PRENOTAZIONE_MINUTI_AL_GIORNO)


def inizio_turno(parte: Parte) -> datetime:
    """Since when a party on turn is awaited: the freezing, or the last signature of the stages before."""
    versione = parte.accordo.versioni.last()
    prima = versione.firme.filter(parte__stadio__lt=parte.stadio).aggregate(ultima=Max("firmata_il"))["ultima"]
    return max(versione.congelata_il, prima or versione.congelata_il)
