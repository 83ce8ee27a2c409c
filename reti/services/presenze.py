"""Attendance and the end of a meeting (R22): roll, held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from core.archivio import impronta
from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from core.transizioni import transita
from reti.models import Adesione, Incontro, Presenza, Verbale
from reti.services.incontri import blocca, esigi_gestione
from reti.stati import TRANSIZIONI_INCONTRO, StatoIncontro, StatoVerbale

REGISTRABILI = (StatoIncontro.CONVOCATO, StatoIncontro.SVOLTO)


@dataclass(frozen=True)
class RigaAppello:
    """One seat of the roll. Times are local; only who was present has them."""

    adesione: Adesione
    esito: str
    da_remoto: bool = False
    persona: str = ""
    arrivo: time | None = None
    uscita: time | None = None
    prova: str = ""
    documento: File | None = None  # the evidence itself; None leaves what is there


CAMPI = ("esito", "da_remoto", "persona", "arrivo", "uscita", "prova")


def motivo_rifiuto_appello(incontro: Incontro) -> str:
    """Empty while the roll may be called or corrected: from when people arrive, until the minutes."""
    if incontro.stato not in REGISTRABILI:
        return _("Le presenze si registrano per un incontro convocato o svolto: questo è «%s».") % (
            incontro.get_stato_display().lower()
        )
    if apertura_sala(incontro) > adesso():
        return _("L'incontro non è ancora cominciato: le presenze si registrano da %d minuti prima dell'inizio.") % (
            settings.MINUTI_APERTURA_SALA
        )
    if Verbale.objects.filter(incontro=incontro, stato=StatoVerbale.OSSERVAZIONI).exists():
        return _("Il verbale è già ai presenti per le osservazioni: riprendilo in bozza per correggere le presenze.")
    return ""


def apertura_sala(incontro: Incontro) -> datetime:
    """From when people come in: roll and self check-in open then."""
    return incontro.inizio - timedelta(minutes=settings.MINUTI_APERTURA_SALA)


def _controlla(riga: RigaAppello, incontro: Incontro, invitati: set[int], scritta: Presenza | None) -> None:
    if riga.adesione.pk not in invitati:
        raise Rifiuto(_("%s non è fra gli invitati a questo incontro.") % riga.adesione.soggetto)
    if riga.arrivo and riga.uscita and riga.uscita < riga.arrivo:
        raise Rifiuto(_("%s: l'uscita è prima dell'arrivo.") % riga.adesione.soggetto)
    provata = riga.prova.strip() or riga.documento or (scritta and scritta.prova_documento)
    if incontro.rete.di_altri and riga.esito == Presenza.Esito.PRESENTE and not provata:
        raise Rifiuto(_("Scrivi la prova della presenza: verbale ricevuto, foglio firme, mail di chi convocava."))


def _scrivi(incontro: Incontro, riga: RigaAppello, presenza: Presenza | None) -> bool:
    """Add or correct one presence; True when something changed."""
    presente = riga.esito == Presenza.Esito.PRESENTE
    nuovi = {c: getattr(riga, c) for c in CAMPI} | {"da_remoto": presente and riga.da_remoto}
    if not presente:
        nuovi |= {"arrivo": None, "uscita": None}
    if presenza and not riga.documento and all(getattr(presenza, c) == v for c, v in nuovi.items()):
        return False
    presenza = presenza or Presenza(incontro=incontro, adesione=riga.adesione)
    if riga.documento:
        presenza.prova_documento = riga.documento
    for campo, valore in nuovi.items():
        setattr(presenza, campo, valore)
    presenza.registrata_il = adesso()
    presenza.full_clean()
    presenza.save()
    return True


@transaction.atomic
def registra_presenze(*, utente: Any, incontro: Incontro, righe: Iterable[RigaAppello]) -> int:
    """Record or correct the roll; returns how many rows changed (0 when repeated).

    Raises PermissionDenied, Rifiuto (not begun, minuted, seat not invited, times
    reversed, no evidence for a meeting of others).
    """
    esigi_gestione(utente)
    incontro = blocca(incontro)
    if motivo := motivo_rifiuto_appello(incontro):
        raise Rifiuto(motivo)
    invitati = set(incontro.convocazioni.values_list("adesione_id", flat=True))
    scritte = {p.adesione_id: p for p in incontro.presenze.all()}
    cambiate, prove = [], {}
    for riga in righe:
        _controlla(riga, incontro, invitati, scritte.get(riga.adesione.pk))
        # Read before it's stored: a large upload is moved away.
        segno = impronta(riga.documento.read()) if riga.documento else ""
        if _scrivi(incontro, riga, scritte.get(riga.adesione.pk)):
            cambiate.append(f"{riga.adesione.soggetto.slug}: {riga.esito}")
            prove |= {riga.adesione.soggetto.slug: segno} if segno else {}
    if cambiate:
        annota(utente, "incontro.presenze", incontro, righe=cambiate, **({"prove": prove} if prove else {}))
    return len(cambiate)


@transaction.atomic
def segna_svolto(*, utente: Any, incontro: Incontro) -> Incontro:
    """The meeting was held: refused before its start and while a seat of the roll is missing."""
    esigi_gestione(utente)
    incontro = blocca(incontro)
    if incontro.inizio > adesso():
        raise Rifiuto(_("L'incontro non è ancora cominciato."))
    senza = incontro.convocazioni.exclude(adesione__in=incontro.presenze.values("adesione"))
    if mancano := list(senza.values_list("adesione__soggetto__denominazione", flat=True)):
        raise Rifiuto(_("Registra prima le presenze di: %s.") % ", ".join(mancano))
    transita(incontro, StatoIncontro.SVOLTO, tabella=TRANSIZIONI_INCONTRO, utente=utente, azione="incontro.svolto")
    return incontro
