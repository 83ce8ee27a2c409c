"""Suspending and resuming an agreement: decided by the office, or because an accreditation lapsed (R16)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accordi.models import Accordo, Parte
from accordi.queries.accreditamento import accreditamenti_mancanti, motivo_caduta, poggia_su
from accordi.segnali import accordo_ripreso, accordo_sospeso
from accordi.services.avvisi_firma import avvisa_sospensione
from accordi.services.avvisi_vita import avvisa_ripresa
from accordi.services.passaggi import blocca, esigi_in_vita, esigi_motivo, passa
from accordi.stati import StatoAccordo
from core.errori import Rifiuto
from reti.models import Accreditamento, Soggetto
from utenti.models import Utente


@transaction.atomic
def sospendi_accordo(*, utente: Utente, accordo: Accordo, motivo: str) -> Accordo:
    """Suspend an active agreement, tell the parties and the coordinators; what depends on it follows by signal."""
    accordo = blocca(utente, accordo)
    esigi_motivo(motivo)
    if accordo.stato == StatoAccordo.ATTIVO:
        esigi_in_vita(accordo)
    return _sospendi(utente, accordo, motivo, Accordo.Causa.UFFICIO)


@transaction.atomic
def riattiva_accordo(*, utente: Utente, accordo: Accordo, motivo: str) -> Accordo:
    """End a suspension, with the reason. Refuses while an accreditation that it rests on is missing."""
    accordo = blocca(utente, accordo)
    esigi_motivo(motivo)
    if accordo.stato == StatoAccordo.SOSPESO:
        esigi_in_vita(accordo)
        if mancanti := accreditamenti_mancanti([accordo]).get(accordo.pk):
            raise Rifiuto(
                _("%s Registra prima il suo rinnovo fra gli accreditamenti, oppure il recesso di quella parte.")
                % motivo_caduta(mancanti)
            )
    return _riprendi(utente, accordo, motivo)


@transaction.atomic
def sospendi_per_accreditamento(*, utente: Utente | None, accreditamento: Accreditamento) -> list[Accordo]:
    """Suspend the active agreements of a body whose accreditation is no longer in force (R16).

    Left alone: agreements whose call asks for another register only, or signed after it had expired, and
    bodies with another valid entry in the same register. `utente` None: the system.
    """
    soggetto = accreditamento.soggetto
    if Soggetto.objects.accreditati(accreditamento.registro).filter(pk=soggetto.pk).exists():
        return []
    parti = Parte.objects.vincolate().filter(soggetto=soggetto)
    attivi = Accordo.objects.select_for_update(of=("self",)).filter(stato=StatoAccordo.ATTIVO, parti__in=parti)
    return [
        _sospendi(utente, accordo, motivo_caduta([accreditamento]), Accordo.Causa.ACCREDITAMENTO)
        for accordo in attivi.select_related("istanza__avviso", "padre__istanza__avviso")
        if accordo.in_vita and poggia_su(accordo, accreditamento.registro) and not _gia_scaduto(accordo, accreditamento)
    ]


@transaction.atomic
def riprendi_per_accreditamento(*, utente: Utente | None, soggetto: Soggetto) -> list[Accordo]:
    """Resume the agreements of a body suspended for an accreditation, where none is missing any more."""
    sospesi = Accordo.objects.select_for_update(of=("self",)).filter(
        stato=StatoAccordo.SOSPESO, sospeso_per=Accordo.Causa.ACCREDITAMENTO, parti__soggetto=soggetto
    )
    accordi = [a for a in sospesi.select_related("istanza__avviso", "padre__istanza__avviso") if a.in_vita]
    mancanti = accreditamenti_mancanti(accordi)
    return [_riprendi(utente, a, _di_nuovo_in_vigore()) for a in accordi if a.pk not in mancanti]


def allinea_accreditamenti() -> int:
    """Periodic work: write down the suspensions and resumptions that dates alone have brought; how many.

    Pages already show them: nothing waits for this, except what depends on the agreement.
    """
    attivi = list(_vivi().filter(stato=StatoAccordo.ATTIVO))
    sospesi = list(_vivi().filter(stato=StatoAccordo.SOSPESO, sospeso_per=Accordo.Causa.ACCREDITAMENTO))
    mancanti = accreditamenti_mancanti([*attivi, *sospesi])
    da_cambiare = [a for a in attivi if a.pk in mancanti] + [a for a in sospesi if a.pk not in mancanti]
    return sum(_allinea(a.pk) for a in da_cambiare if a.in_vita)


@transaction.atomic
def _allinea(pk: int) -> bool:
    """One agreement, read again under its lock: another run may have come first."""
    accordo = _vivi().select_for_update(of=("self",)).filter(pk=pk).first()
    if accordo is None:
        return False
    mancanti = accreditamenti_mancanti([accordo]).get(pk)
    if mancanti and accordo.stato == StatoAccordo.ATTIVO:
        _sospendi(None, accordo, motivo_caduta(mancanti), Accordo.Causa.ACCREDITAMENTO)
        return True
    if not mancanti and accordo.sospeso_per == Accordo.Causa.ACCREDITAMENTO:
        _riprendi(None, accordo, _di_nuovo_in_vigore())
        return True
    return False


def _vivi():
    return Accordo.objects.che_vivono().select_related("istanza__avviso", "padre__istanza__avviso")


def _di_nuovo_in_vigore() -> str:
    return _("Accreditamento di nuovo in vigore.")


def _gia_scaduto(accordo: Accordo, accreditamento: Accreditamento) -> bool:
    firma = accordo.sottoscritto_il
    return bool(firma and accreditamento.al and accreditamento.al < timezone.localdate(firma))


def _sospendi(utente: Utente | None, accordo: Accordo, motivo: str, causa: str) -> Accordo:
    accordo.sospeso_per = causa
    passa(utente, accordo, StatoAccordo.SOSPESO, "accordo.sospeso", motivo=motivo)
    avvisa_sospensione(accordo, motivo)
    accordo_sospeso.send(sender=Accordo, accordo=accordo, motivo=motivo, utente=utente)
    return accordo


def _riprendi(utente: Utente | None, accordo: Accordo, motivo: str) -> Accordo:
    accordo.sospeso_per = ""
    passa(utente, accordo, StatoAccordo.ATTIVO, "accordo.riattivato", solo_da=StatoAccordo.SOSPESO, motivo=motivo)
    avvisa_ripresa(accordo, motivo)
    accordo_ripreso.send(sender=Accordo, accordo=accordo, motivo=motivo, utente=utente)
    return accordo
