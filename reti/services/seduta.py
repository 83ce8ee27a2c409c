"""The session while it runs (R22): guests, and when each item of the agenda begins and ends."""

from datetime import time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.deleghe import forma
from reti.models import Incontro, Ospite, PuntoOdg
from reti.services.incontri import blocca, esigi_gestione
from reti.services.presenze import apertura_sala, motivo_rifiuto_appello


def ora_di_sala(incontro: Incontro) -> time | None:
    """The present minute while the meeting is on, from the opening of the room to its planned end; else None."""
    ora = adesso()
    if not apertura_sala(incontro) <= ora <= incontro.fine:
        return None
    return timezone.localtime(ora).time().replace(second=0, microsecond=0)


def apri(utente: Any, incontro: Incontro) -> Incontro:
    """The meeting, locked, while its roll may be written. Raises PermissionDenied, Rifiuto."""
    esigi_gestione(utente)
    incontro = blocca(incontro)
    if motivo := motivo_rifiuto_appello(incontro):
        raise Rifiuto(motivo)
    return incontro


@transaction.atomic
def aggiungi_ospite(
    *, utente: Any, incontro: Incontro, nome: str, ente: str = "", da_remoto: bool = False, arrivo: time | None = None
) -> Ospite:
    """Write down somebody without a seat; the same name of the same body is there once. `arrivo` None: now."""
    incontro = apri(utente, incontro)
    nome, ente = " ".join(nome.split()), " ".join(ente.split())
    if not nome:
        raise Rifiuto(_("Scrivi nome e cognome dell'ospite."))
    for ospite in incontro.ospiti.all():
        if (forma(ospite.nome), forma(ospite.ente)) == (forma(nome), forma(ente)):
            return ospite
    arrivo = arrivo or ora_di_sala(incontro)
    ospite = Ospite(incontro=incontro, nome=nome, ente=ente, da_remoto=da_remoto, arrivo=arrivo)
    ospite.full_clean()
    ospite.save()
    annota(utente, "incontro.ospite", incontro, nome=nome, ente=ente)
    return ospite


def _ospite(incontro: Incontro, pk: int) -> Ospite:
    ospite = incontro.ospiti.filter(pk=pk).first()
    if ospite is None:
        raise Rifiuto(_("Questo ospite non c'è più: qualcun altro lo ha tolto."))
    return ospite


@transaction.atomic
def togli_ospite(*, utente: Any, incontro: Incontro, ospite: int) -> None:
    """Take a guest away, as one written by mistake. Raises PermissionDenied, Rifiuto."""
    incontro = apri(utente, incontro)
    scelto = _ospite(incontro, ospite)
    annota(utente, "incontro.ospite_tolto", incontro, nome=scelto.nome, ente=scelto.ente)
    scelto.delete()


@transaction.atomic
def esce_ospite(*, utente: Any, incontro: Incontro, ospite: int) -> Ospite:
    """A guest leaves now. Raises PermissionDenied, Rifiuto (after the planned end there is no «now»)."""
    incontro = apri(utente, incontro)
    scelto = _ospite(incontro, ospite)
    scelto.uscita = ora_di_sala(incontro)
    if scelto.uscita is None:
        raise Rifiuto(_("L'incontro è finito: l'uscita di chi è rimasto fino alla fine non si scrive."))
    scelto.save(update_fields=["uscita"])
    annota(utente, "incontro.ospite_uscito", incontro, nome=scelto.nome, alle=f"{scelto.uscita:%H:%M}")
    return scelto


# -- Items of the agenda -----------------------------------------------------------


def _punto(incontro: Incontro, pk: int) -> PuntoOdg:
    punto = incontro.punti.filter(pk=pk).first()
    if punto is None:
        raise Rifiuto(_("Questo punto non è più all'ordine del giorno: ricarica la pagina."))
    return punto


def _scrivi_orari(utente: Any, incontro: Incontro, punto: PuntoOdg) -> None:
    if punto.alle and not punto.dalle:
        raise Rifiuto(_("«%s»: scrivi anche quando è cominciato.") % punto)
    if punto.alle and punto.alle < punto.dalle:
        raise Rifiuto(_("«%s»: finisce prima di cominciare, correggi gli orari.") % punto)
    punto.full_clean()
    punto.save(update_fields=["dalle", "alle"])
    orari = {c: f"{v:%H:%M}" if (v := getattr(punto, c)) else "" for c in ("dalle", "alle")}
    annota(utente, "incontro.punto", incontro, punto=punto.titolo, **orari)


def _adesso(incontro: Incontro) -> time:
    ora = timezone.localtime(adesso())
    if ora.date() != timezone.localdate(incontro.inizio):
        raise Rifiuto(_("L'incontro non è oggi: scrivi gli orari del punto e premi «Salva gli orari»."))
    return ora.time().replace(second=0, microsecond=0)


@transaction.atomic
def comincia_punto(*, utente: Any, incontro: Incontro, punto: int) -> PuntoOdg:
    """An item begins now, and the one under discussion ends. Begun already: nothing changes, unless it was closed."""
    incontro = apri(utente, incontro)
    scelto, ora = _punto(incontro, punto), _adesso(incontro)
    for aperto in incontro.punti.filter(dalle__isnull=False, alle__isnull=True).exclude(pk=scelto.pk):
        aperto.alle = max(ora, aperto.dalle)
        _scrivi_orari(utente, incontro, aperto)
    if scelto.dalle is None or scelto.alle is not None:
        scelto.dalle, scelto.alle = scelto.dalle or ora, None  # taken up again, it keeps its first minute
        _scrivi_orari(utente, incontro, scelto)
    return scelto


@transaction.atomic
def chiudi_punto(*, utente: Any, incontro: Incontro, punto: int) -> PuntoOdg:
    """The item under discussion ends now; one already closed keeps its time. Raises PermissionDenied, Rifiuto."""
    incontro = apri(utente, incontro)
    scelto = _punto(incontro, punto)
    if scelto.dalle is None:
        raise Rifiuto(_("«%s» non è ancora cominciato.") % scelto)
    if scelto.alle is None:
        scelto.alle = _adesso(incontro)
        _scrivi_orari(utente, incontro, scelto)
    return scelto


@transaction.atomic
def orari_punto(*, utente: Any, incontro: Incontro, punto: int, dalle: time | None, alle: time | None) -> PuntoOdg:
    """Correct when an item began and ended; None: not timed. Raises PermissionDenied, Rifiuto (reversed)."""
    incontro = apri(utente, incontro)
    scelto = _punto(incontro, punto)
    if (scelto.dalle, scelto.alle) != (dalle, alle):
        scelto.dalle, scelto.alle = dalle, alle
        _scrivi_orari(utente, incontro, scelto)
    return scelto
