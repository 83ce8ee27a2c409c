"""Campaigns: written, sent once to each body, answered by link or by voice, closed (R36)."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.models import Avviso
from core.errori import Rifiuto
from core.orologio import adesso, oggi
from core.posta import accoda
from core.registro import annota
from core.transizioni import transita
from punti_informativi.models import Campagna, Categoria, Invio
from punti_informativi.queries.promozione import chiave_mail, destinatari
from punti_informativi.stati import TRANSIZIONI_CAMPAGNA, StatoCampagna
from reti.models import Soggetto
from utenti.permissions import motivo_rifiuto_coordina


def _esigi(utente: Any) -> None:
    if motivo := motivo_rifiuto_coordina(utente):
        raise PermissionDenied(motivo)


def _bloccata(campagna: Campagna) -> Campagna:
    return Campagna.objects.select_for_update().get(pk=campagna.pk)


@transaction.atomic
def salva_campagna(
    *,
    utente: Any,
    titolo: str,
    oggetto: str,
    testo: str,
    categorie: Sequence[Categoria],
    avviso: Avviso | None = None,
    campagna: Campagna | None = None,
) -> Campagna:
    """Write a draft, new or not. Refuses one already sent, and one without categories."""
    _esigi(utente)
    if campagna is None:
        campagna = Campagna(codice=secrets.token_hex(6), creata_da=utente)
    else:
        campagna = _bloccata(campagna)
        if campagna.stato != StatoCampagna.BOZZA:
            raise Rifiuto(_("La campagna è già partita: il testo non cambia più. Scrivine una nuova."))
    if not categorie:
        raise Rifiuto(_("Scegli almeno una categoria di destinatari."))
    nuova = campagna.pk is None
    # A line break in a subject would open another header.
    campagna.titolo, campagna.oggetto = titolo.strip(), " ".join(oggetto.split())
    campagna.testo, campagna.avviso = testo.strip(), avviso
    campagna.full_clean()
    campagna.save()
    campagna.categorie.set(categorie)
    annota(utente, "campagna_creata" if nuova else "campagna_modificata", campagna, categorie=len(categorie))
    return campagna


@transaction.atomic
def invia_campagna(*, utente: Any, campagna: Campagna) -> int:
    """Write to every body with an address, one mail each; returns how many. Twice sends nothing more."""
    _esigi(utente)
    campagna = _bloccata(campagna)
    scelti = [d for d in destinatari(campagna) if d.indirizzo]
    if campagna.stato == StatoCampagna.BOZZA and not scelti:
        raise Rifiuto(_("Nessun soggetto di queste categorie ha un indirizzo: aggiungili, o registra i contatti."))
    campagna.inviata_il = adesso()
    transita(
        campagna,
        StatoCampagna.INVIATA,
        tabella=TRANSIZIONI_CAMPAGNA,
        utente=utente,
        azione="campagna_inviata",
        dati={"destinatari": len(scelti)},
    )
    gia = set(campagna.invii.values_list("soggetto_id", flat=True))
    nuovi = [d for d in scelti if d.soggetto.pk not in gia]
    for destinatario in nuovi:
        invio = Invio.objects.create(
            campagna=campagna,
            categoria=destinatario.categoria,
            soggetto=destinatario.soggetto,
            destinatario=destinatario.soggetto.denominazione,
            indirizzo=destinatario.indirizzo,
            inviato_il=oggi(),
        )
        accoda(
            chiave=chiave_mail(invio.pk),
            destinatario=invio.indirizzo,
            oggetto=campagna.oggetto,
            testo=testo_della_mail(invio),
            riferimento=f"campagna-{campagna.codice}",
        )
    return len(nuovi)


def testo_della_mail(invio: Invio) -> str:
    """What the body reads: the campaign's words, the call it promotes, the link to answer."""
    campagna = invio.campagna
    avviso = campagna.avviso
    return render_to_string(
        "punti_informativi/email/campagna.txt",
        {
            "campagna": campagna,
            "invio": invio,
            "avviso_url": settings.INDIRIZZO_PUBBLICO + avviso.get_absolute_url() if avviso and avviso.live else "",
            "collegamento": settings.INDIRIZZO_PUBBLICO + reverse("punti:promozione", args=[invio.gettone]),
        },
    )


@transaction.atomic
def registra_invio(
    *,
    utente: Any,
    campagna: Campagna,
    categoria: Categoria,
    destinatario: str,
    mezzo: str,
    inviato_il: date,
    soggetto: Soggetto | None = None,
    nota: str = "",
) -> Invio:
    """Record what was done by phone, in a meeting or by letter. Refuses a day to come, a second row for a body."""
    _esigi(utente)
    campagna = _bloccata(campagna)
    if campagna.stato == StatoCampagna.CHIUSA:
        raise Rifiuto(_("La campagna è chiusa: non si aggiungono invii."))
    if inviato_il > oggi():
        raise Rifiuto(_("La data è nel futuro: registra l'invio quando è avvenuto."))
    if soggetto and campagna.invii.filter(soggetto=soggetto).exists():
        raise Rifiuto(_("Questo soggetto ha già un invio in questa campagna: apri quello."))
    invio = Invio(
        campagna=campagna,
        categoria=categoria,
        soggetto=soggetto,
        destinatario=destinatario.strip() or (soggetto.denominazione if soggetto else ""),
        mezzo=mezzo,
        inviato_il=inviato_il,
        nota=nota.strip(),
    )
    invio.full_clean()
    invio.save()
    annota(utente, "invio_registrato", campagna, invio=invio.pk, mezzo=mezzo)
    return invio


@transaction.atomic
def registra_risposta(*, invio: Invio, risposta: str, nota: str = "", utente: Any = None) -> Invio:
    """An answer: from the link (`utente` None) or told to the office. The last stands; a closed campaign has none.

    The same once more changes nothing.
    """
    if utente is not None:
        _esigi(utente)
    campagna = _bloccata(invio.campagna)
    if campagna.stato == StatoCampagna.CHIUSA:
        raise Rifiuto(_("La campagna è chiusa: scrivi direttamente alla Provincia."))
    invio = Invio.objects.select_for_update().get(pk=invio.pk)
    if (invio.risposta, invio.nota) == (risposta, nota.strip()):
        return invio
    invio.risposta, invio.nota, invio.risposta_il = risposta, nota.strip(), oggi()
    invio.full_clean()
    invio.save()
    annota(utente, "invio_risposta", campagna, invio=invio.pk, risposta=risposta)
    return invio


@transaction.atomic
def chiudi_campagna(*, utente: Any, campagna: Campagna) -> Campagna:
    """No more answers: rows and figures stay."""
    _esigi(utente)
    campagna = _bloccata(campagna)
    transita(campagna, StatoCampagna.CHIUSA, tabella=TRANSIZIONI_CAMPAGNA, utente=utente, azione="campagna_chiusa")
    return campagna
