"""The signing round: order, stages and levels on the draft; reminders to those on turn (R11)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accordi.models import Accordo, Parte
from accordi.queries.accordi import firmatari_di
from accordi.queries.giro import inizio_turno
from accordi.services.avvisi_firma import avvisa_sollecito, ultimo_sollecito
from accordi.services.passaggi import blocca, esigi_gestione
from accordi.stati import StatoAccordo
from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from utenti.models import Utente

# Above any order in use: rows are parked there while they change places under the unique constraint.
_PARCHEGGIO = 10_000


@dataclass(frozen=True)
class Posto:
    """Where a party signs: printed order, stage, level asked ("" = the agreement's)."""

    ordine: int
    stadio: int
    livello: str


@transaction.atomic
def imposta_giro(*, utente: Utente, accordo: Accordo, posti: Mapping[int, Posto]) -> Accordo:
    """Set order, stage and level of every party (by its key) of a draft; stages become 1, 2, 3… without holes.

    The order is fixed once a text has been frozen, because it names the
    signature fields of that PDF: stages and levels may still change.
    """
    accordo = blocca(utente, accordo)
    if accordo.stato != StatoAccordo.BOZZA:
        raise Rifiuto(_("Il testo è in firma: ritiralo, con il motivo, e poi cambia il giro."))
    parti = list(accordo.parti.select_related("soggetto"))
    if posti.keys() != {p.pk for p in parti}:
        raise Rifiuto(_("Le parti sono cambiate mentre scrivevi: ricarica la pagina e riprova."))
    if len({p.ordine for p in posti.values()}) != len(posti):
        raise Rifiuto(_("Due parti hanno lo stesso ordine: dai a ciascuna un numero diverso."))
    if accordo.versioni.exists() and any(posti[p.pk].ordine != p.ordine for p in parti):
        raise Rifiuto(
            _("L'ordine dà il nome ai campi di firma di un testo già congelato: cambia solo stadi e livelli.")
        )
    _salva(accordo, parti, posti)
    giro = [{"parte": p.soggetto.slug, "ordine": p.ordine, "stadio": p.stadio, "livello": p.livello} for p in parti]
    annota(utente, "accordo.giro_impostato", accordo, giro=giro)
    return accordo


def _salva(accordo: Accordo, parti: Iterable[Parte], posti: Mapping[int, Posto]) -> None:
    stadi = sorted({p.stadio for p in posti.values()})
    accordo.parti.update(ordine=F("ordine") + _PARCHEGGIO)
    for parte in parti:
        posto = posti[parte.pk]
        parte.ordine, parte.livello = posto.ordine, posto.livello
        parte.stadio = stadi.index(posto.stadio) + 1
        parte.full_clean()
        parte.save()


@transaction.atomic
def sollecita_firme(*, utente: Utente, accordo: Accordo, parte: Parte | None = None) -> int:
    """Invite again whoever may sign today for the parties on turn, or for `parte` alone; how many mails.

    So a delegate registered meanwhile receives it too. Each person hears once a
    day. Refuses when nobody may sign, or all have been told today.
    """
    esigi_gestione(utente, accordo)
    accordo = Accordo.objects.select_for_update().get(pk=accordo.pk)
    di_turno = accordo.parti.di_turno().select_related("soggetto", "accordo")
    parti = [p for p in di_turno if parte is None or p == parte]
    if not parti:
        raise Rifiuto(_("Adesso non si aspetta questa firma: non c'è nessuno da sollecitare."))
    if not any(firmatari_di(p).exists() for p in parti):
        raise Rifiuto(_("Nessuno è abilitato a firmare: registra i poteri di rappresentanza, poi manda l'invito."))
    mandati = sum(avvisa_sollecito(p) for p in parti)
    if not mandati:
        raise Rifiuto(_("Chi deve firmare ha già ricevuto un messaggio oggi: riprova domani."))
    for p in parti:
        annota(utente, "accordo.sollecitato", accordo, parte=p.soggetto.slug)
    return mandati


def sollecita_in_attesa() -> int:
    """Periodic work: remind those on turn, some days before the term and every so many days; how many mails."""
    in_firma = Accordo.objects.filter(stato=StatoAccordo.IN_FIRMA).values_list("pk", flat=True)
    return sum(_sollecita_accordo(pk) for pk in list(in_firma))


@transaction.atomic
def _sollecita_accordo(pk: int) -> int:
    accordo = Accordo.objects.select_for_update(of=("self",)).select_related("istanza__avviso").get(pk=pk)
    entro = accordo.istanza.termine if accordo.istanza else None
    mandati = 0
    for parte in accordo.parti.di_turno().select_related("soggetto", "accordo"):
        if _e_ora(_sentita_il(parte), entro):
            mandati += avvisa_sollecito(parte, entro)
    return mandati


def _sentita_il(parte: Parte) -> date:
    """Local day of the last message that asked this party to sign."""
    ultimo, inizio = ultimo_sollecito(parte), inizio_turno(parte)
    return localdate(max(ultimo, inizio) if ultimo else inizio)


def _e_ora(sentita_il: date, entro: date | None) -> bool:
    """A party heard on that day hears again: when the term gets near, and after so many days of silence."""
    if oggi() >= sentita_il + timedelta(days=settings.GIORNI_FRA_SOLLECITI_FIRMA):
        return True
    if entro is None:
        return False
    soglia = entro - timedelta(days=settings.GIORNI_SOLLECITO_FIRMA)
    return sentita_il < soglia <= oggi()
