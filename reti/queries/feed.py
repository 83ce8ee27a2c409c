"""What a feed shows: whose meetings, from when, and a fingerprint that tells whether anything changed (R20).

A postponed meeting has no date any more: like a cancelled one it goes out as
CANCELLED, as the mail to the invited did, and returns with its new date under the
same UID. A draft never goes out, nor one cancelled before anyone was invited.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Max, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from core.orologio import oggi
from reti.feed import Voce
from reti.ical import Persona
from reti.models import Abbonamento, Adesione, Convocazione, Incontro, PuntoOdg, Rete, Soggetto, Sostituto
from reti.models.incontri import IncontroQuerySet
from reti.permissions import motivo_rifiuto_segui
from reti.queries.titoli_pubblici import titoli_pubblici
from reti.stati import INCONTRI_TENUTI, StatoIncontro

TOLTI = (StatoIncontro.ANNULLATO, StatoIncontro.RINVIATO)
IN_CALENDARIO = (StatoIncontro.CONVOCATO, *INCONTRI_TENUTI)
FORMATO = 3  # to raise when the same meeting is written in another way: readers then fetch it again
# A place that is the address of a remote room, with its scheme or without.
INDIRIZZO = re.compile(r"://|\w\.\w+/")
# Whatever of a meeting and its board is written in the text.
SCRITTI = (
    "codice", "sequenza", "stato", "titolo", "inizio", "fine", "luogo", "modalita", "collegamento", "motivo",
    "aggiornato",
    "rete__slug", "rete__nome", "rete__convocante__titolare_piattaforma", "rete__convocante__denominazione",
    "rete__convocante__email",
)  # fmt: skip


@dataclass(frozen=True)
class Feed:
    """A calendar: its name and its meetings; for the public, `pagina` is the only page that it names."""

    nome: str
    incontri: IncontroQuerySet
    pagina: str = ""

    @property
    def riservato(self) -> bool:
        """With agenda, remote link and each meeting's own page."""
        return not self.pagina


def _nella_finestra() -> IncontroQuerySet:
    """Meetings that ended within the last GIORNI_NEL_CALENDARIO days, or are still to come."""
    primo = datetime.combine(oggi() - timedelta(days=settings.GIORNI_NEL_CALENDARIO), time.min)
    recenti = Incontro.objects.filter(fine__gte=timezone.make_aware(primo), stato__in=(*IN_CALENDARIO, *TOLTI))
    return recenti.exclude(stato=StatoIncontro.ANNULLATO, sequenza=0)


def _di_persona(utente: Any) -> IncontroQuerySet:
    """Where a seat is theirs, as holder, as substitute of today, or as the delegate that an answer names."""
    verificate = EmailAddress.objects.filter(user=utente, verified=True).values_list(Lower("email"))
    sostituzioni = Sostituto.objects.vigenti().annotate(di=Lower("email")).filter(di__in=verificate)
    seggi = Adesione.objects.annotate(di=Lower("titolare_email")).filter(
        Q(titolare=utente) | Q(di__in=verificate) | Q(pk__in=sostituzioni.values("adesione"))
    )
    deleghe = Convocazione.objects.annotate(di=Lower("delegato_email")).filter(
        risposta=Convocazione.Risposta.DELEGA, di__in=verificate
    )
    # A union and not an "or": each half finds its rows by an index of its own.
    inviti = Convocazione.objects.filter(adesione__in=seggi.order_by().values("pk")).order_by().values("incontro")
    return _nella_finestra().filter(pk__in=inviti.union(deleghe.order_by().values("incontro")))


def _di_ente(soggetto: Soggetto) -> IncontroQuerySet:
    inviti = Convocazione.objects.filter(adesione__soggetto=soggetto)
    return _nella_finestra().filter(pk__in=inviti.values("incontro"))


def feed_di(gettone: str) -> Feed | None:
    """The feed behind a token; None once revoked, or when its owner left, or lost the right to it."""
    abbonamenti = Abbonamento.objects.attivi().select_related("utente", "soggetto", "rete")
    abbonamento = abbonamenti.filter(gettone=gettone, utente__is_active=True).first()
    if not abbonamento or motivo_rifiuto_segui(abbonamento.utente, abbonamento.soggetto or abbonamento.rete):
        return None
    return Feed(nome_calendario(abbonamento), _incontri(abbonamento))


def nome_calendario(abbonamento: Abbonamento) -> str:
    """As the calendar program shows it."""
    if abbonamento.soggetto:
        return _("Incontri di %s") % abbonamento.soggetto
    return abbonamento.rete.nome if abbonamento.rete else _("I miei incontri")


def _incontri(abbonamento: Abbonamento) -> IncontroQuerySet:
    if abbonamento.soggetto:
        return _di_ente(abbonamento.soggetto)
    if abbonamento.rete:
        return _nella_finestra().del_tavolo(abbonamento.rete).visibili_a(abbonamento.utente)
    return _di_persona(abbonamento.utente)


def feed_pubblico(rete: Rete) -> Feed:
    """A public board's meetings convened and held: when and where, nothing else."""
    pagina = settings.INDIRIZZO_PUBBLICO + rete.get_absolute_url()
    return Feed(rete.nome, _nella_finestra().del_tavolo(rete).filter(stato__in=IN_CALENDARIO), pagina)


def _punti(feed: Feed):
    """(meeting, title) of the agenda's items, in order; by subquery, because meetings may be thousands."""
    righe = PuntoOdg.objects.filter(incontro__in=feed.incontri.order_by().values("pk"))
    return righe.order_by("incontro", "ordine", "pk").values_list("incontro", "titolo")


def versione(feed: Feed, ufficio: Persona) -> tuple[str, datetime | None]:
    """Strong ETag of the text, and the last change among its meetings. Reads what would be written, builds nothing."""
    righe = feed.incontri.order_by("pk").values_list(*SCRITTI)
    punti = list(_punti(feed)) if feed.riservato else []
    titoli = [] if feed.riservato else sorted(titoli_pubblici(feed.incontri).items())
    dati = (FORMATO, feed.nome, feed.pagina, ufficio, settings.INDIRIZZO_PUBBLICO, list(righe), punti, titoli)
    ultimo = feed.incontri.order_by().aggregate(ultimo=Max("aggiornato"))["ultimo"]
    return f'"{hashlib.sha256(repr(dati).encode()).hexdigest()[:32]}"', ultimo


def voci(feed: Feed, ufficio: Persona) -> list[Voce]:
    """The meetings to write, by date; `ufficio` organises those of the Province. Two queries; nine for the public."""
    ordini: dict[int, list[str]] = {}
    for incontro, titolo in _punti(feed) if feed.riservato else ():
        ordini.setdefault(incontro, []).append(titolo)
    incontri = feed.incontri.select_related("rete__convocante").order_by("inizio", "pk")
    if feed.riservato:
        return [_riservata(i, ufficio, ordini.get(i.pk, [])) for i in incontri]
    titoli = titoli_pubblici(incontri)
    return [_pubblica(i, titoli[i.pk], ufficio, feed.pagina) for i in incontri]


def _riservata(incontro: Incontro, ufficio: Persona, punti: list[str]) -> Voce:
    annullato = incontro.stato in TOLTI
    titolo = f"{incontro.get_stato_display()}: {incontro.titolo}" if annullato else incontro.titolo
    pagina = settings.INDIRIZZO_PUBBLICO + incontro.get_absolute_url()
    return _voce(incontro, ufficio)._replace(
        titolo=titolo,
        luogo=incontro.luogo or incontro.collegamento,
        descrizione=_descrizione(incontro, punti, pagina),
        url=pagina,
        annullato=annullato,
    )


def _pubblica(incontro: Incontro, titolo: str, ufficio: Persona, pagina: str) -> Voce:
    """A place written as an address would be a way into the remote room; a title names no person of the records."""
    remoto = incontro.modalita == Incontro.Modalita.REMOTO or INDIRIZZO.search(incontro.luogo)
    luogo = "" if remoto else incontro.luogo
    return _voce(incontro, ufficio)._replace(titolo=titolo, luogo=luogo, url=pagina)


def _voce(incontro: Incontro, ufficio: Persona) -> Voce:
    chi = incontro.rete.convocante
    # RFC 5546 wants an organiser; a body without an address leaves the office in its place.
    altri = Persona(chi.email, chi.denominazione) if incontro.rete.di_altri and chi.email else ufficio
    return Voce(
        uid=incontro.uid,
        sequenza=incontro.sequenza,
        titolo=incontro.titolo,
        inizio=incontro.inizio,
        fine=incontro.fine,
        aggiornato=incontro.aggiornato,
        organizzatore=altri,
    )


def _descrizione(incontro: Incontro, punti: list[str], pagina: str) -> str:
    parti = [incontro.rete.nome]
    if incontro.stato in TOLTI:
        parti.append(_("Motivo: %s") % incontro.motivo)
    if punti:
        parti.append("\n".join([_("Ordine del giorno:"), *(f"{n}. {titolo}" for n, titolo in enumerate(punti, 1))]))
    if incontro.collegamento:
        parti.append(_("Collegamento: %s") % incontro.collegamento)
    return "\n\n".join([*parti, _("La pagina dell'incontro: %s") % pagina])
