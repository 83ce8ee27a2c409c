"""A body confirms a proposal as it is: when the leading one changes it, the body is asked again."""

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.models import Istanza, PartecipanteIstanza
from accordi.queries.contenuto import impronta_proposta
from accordi.services.notifiche import scrivi_a_soggetto
from core.registro import annota
from reti.models import Soggetto
from utenti.models import Utente

Conferma = PartecipanteIstanza.Conferma


def indirizzo_conferma(partecipante: PartecipanteIstanza) -> str:
    """Where a body takes its part, for a mail."""
    argomenti = [partecipante.istanza.codice, partecipante.soggetto.slug]
    return settings.INDIRIZZO_PUBBLICO + reverse("accordi:istanza_conferma", args=argomenti)


def fa_decadere_le_conferme(utente: Utente, istanza: Istanza) -> None:
    """What was confirmed and isn't what the draft says now lapses, in the caller's transaction and under its lock.

    The body and who may present for it are told once, however many times the draft is saved after.
    """
    for parte in _confermati(istanza).exclude(impronta_confermata=impronta_proposta(istanza)):
        _decade(utente, istanza, parte)


def fa_decadere_la_conferma_di(utente: Utente, istanza: Istanza, soggetto: Soggetto) -> None:
    """Somebody else touched the files of a body that had confirmed: it looks again, in the caller's transaction."""
    for parte in _confermati(istanza).filter(soggetto=soggetto):
        _decade(utente, istanza, parte)


def _confermati(istanza: Istanza) -> QuerySet[PartecipanteIstanza]:
    confermati = istanza.partecipanti.filter(conferma=Conferma.CONFERMATA).exclude(soggetto=istanza.capofila)
    return confermati.select_related("soggetto")


def _decade(utente: Utente, istanza: Istanza, parte: PartecipanteIstanza) -> None:
    parte.conferma = Conferma.DECADUTA
    parte.full_clean()
    parte.save()
    annota(utente, "istanza.conferma_decaduta", istanza, soggetto=parte.soggetto.slug)
    scrivi_a_soggetto(
        istanza,
        parte.soggetto,
        "conferma_decaduta",
        oggetto=_("Confermate di nuovo? La proposta è cambiata: %s") % istanza.avviso,
        segno=f"{parte.pk}-{parte.confermato_il:%Y%m%d%H%M%S}",
        parte=parte,
        conferma=indirizzo_conferma(parte),
    )
