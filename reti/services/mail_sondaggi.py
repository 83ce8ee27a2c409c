"""Mails of a poll: one for each seat asked that has an address, through the outbox (R23)."""

import re
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from core.archivio import impronta
from core.models import Installazione, Messaggio
from core.orologio import adesso, oggi
from core.posta import accoda
from reti.models import Interpellato, Sondaggio
from reti.queries.sondaggi import fasce_di
from reti.services.inviti import organizzatore
from reti.stati import StatoSondaggio

OGGETTI = {
    "sondaggio": "Scegliamo la data",
    "sollecito": "Aspettiamo la tua risposta sulla data",
    "sondaggio_annullato": "Sondaggio annullato",
}


def riferimento(sondaggio: Sondaggio) -> str:
    """What ties the mails of the outbox to their poll."""
    return f"sondaggio-{sondaggio.codice}"


def collegamento_disponibilita(interpellato: Interpellato) -> str:
    """The personal link: whoever holds it answers for that seat."""
    return settings.INDIRIZZO_PUBBLICO + reverse("tavoli:disponibilita", args=[interpellato.gettone])


def _spedisci(interpellato: Interpellato, genere: str, chiave: str, installazione: Installazione, motivo: str) -> None:
    sondaggio = interpellato.sondaggio
    contesto = {
        "sondaggio": sondaggio,
        "interpellato": interpellato,
        "fasce": fasce_di(interpellato),
        "collegamento": collegamento_disponibilita(interpellato),
        "installazione": installazione,
        "motivo": motivo,
    }
    with translation.override(settings.LANGUAGE_CODE):
        testo = render_to_string(f"reti/email/{genere}.txt", contesto)
    accoda(
        chiave=chiave,
        destinatario=interpellato.email,
        oggetto=f"{OGGETTI[genere]}: {sondaggio.titolo}",
        testo=re.sub(r"\n{3,}", "\n\n", testo).strip() + "\n",
        rispondi_a=organizzatore(installazione).email,
        riferimento=riferimento(sondaggio),
    )


def _a_ciascuno(sondaggio: Sondaggio, chi: QuerySet[Interpellato], genere: str, chiave: str, motivo: str = "") -> int:
    installazione = Installazione.corrente()
    righe: Iterable[Interpellato] = (
        chi.exclude(email="")
        .select_related("adesione__soggetto", "sondaggio__rete")
        .prefetch_related("sondaggio__altre_reti", "sondaggio__fasce")
    )
    for interpellato in righe:
        _spedisci(interpellato, genere, chiave.format(interpellato.pk), installazione, motivo)
    return len(righe)


def spedisci(sondaggio: Sondaggio, genere: str, quando: str = "") -> int:
    """Queue the question, or a `sollecito` (`quando`: its day, today by default) to those who haven't answered.

    Returns how many mails.
    """
    if genere == "sollecito":
        chi = sondaggio.interpellati.filter(risposto_il__isnull=True)
        return _a_ciascuno(sondaggio, chi, genere, f"sollecito-sondaggio-{{}}-{quando or oggi().isoformat()}")
    return _a_ciascuno(sondaggio, sondaggio.interpellati.all(), genere, f"{genere}-{{}}")


def interroga(interpellato: Interpellato) -> None:
    """Ask a seat whose address has changed: the question, with the new personal link."""
    chi = Interpellato.objects.filter(pk=interpellato.pk)
    segno = impronta(f"{interpellato.email} {interpellato.gettone}".encode())[:16]
    _a_ciascuno(interpellato.sondaggio, chi, "sondaggio", f"sondaggio-{{}}-{segno}")


def annuncia(sondaggio: Sondaggio, genere: str, motivo: str) -> int:
    """Tell everyone asked, once, with the reason."""
    return _a_ciascuno(sondaggio, sondaggio.interpellati.all(), genere, f"{genere}-{{}}", motivo)


def sollecitato_oggi(sondaggio: Sondaggio) -> bool:
    """A reminder of this poll, by hand or by itself, was queued today."""
    mail = Messaggio.objects.filter(riferimento=riferimento(sondaggio), chiave__startswith="sollecito-sondaggio-")
    return mail.filter(creato__date=oggi()).exists()


def sollecita_in_scadenza() -> int:
    """Periodic work: remind, once, those who haven't answered the polls whose term is near; how many mails.

    A poll opened when its term was already near reminds nobody: the question has just been read.
    """
    anticipo = timedelta(days=settings.GIORNI_SOLLECITO_SONDAGGIO)
    vicini = Sondaggio.objects.filter(
        stato=StatoSondaggio.APERTO,
        entro__gt=adesso(),
        entro__lte=adesso() + anticipo,
        creato_il__lte=F("entro") - anticipo,
    )
    return sum(_sollecita_una_volta(sondaggio) for sondaggio in vicini)


@transaction.atomic
def _sollecita_una_volta(sondaggio: Sondaggio) -> int:
    sondaggio = Sondaggio.objects.select_for_update().get(pk=sondaggio.pk)
    fatti = Messaggio.objects.filter(riferimento=riferimento(sondaggio), chiave__endswith="-termine")
    if sondaggio.stato != StatoSondaggio.APERTO or sollecitato_oggi(sondaggio) or fatti.exists():
        return 0
    return spedisci(sondaggio, "sollecito", "termine")
