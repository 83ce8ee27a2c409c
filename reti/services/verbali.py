"""Minutes as a draft: every save is a version, and one on a superseded version is refused and kept (R24)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from reti.minuta import bozza, testo_intero
from reti.models import Decisione, Incontro, Verbale, VersioneVerbale
from reti.queries.minuta import decisioni_scritte, punti_scritti, seduta_di
from reti.services.incontri import blocca, esigi_gestione
from reti.stati import StatoIncontro, StatoVerbale

CAMPI_DECISIONE = ("testo", "incaricato", "soggetto", "entro", "punto")


@dataclass(frozen=True)
class Scritto:
    """What one save holds. `versione`: the one that was read, 0 for none.

    `punti`: primary key → {"esito", "discussione"}; None leaves them. `decisioni`: mappings with the
    fields of CAMPI_DECISIONE and `id` of one that is there; those not named are taken away; None leaves them.
    """

    versione: int
    testo: str
    punti: Mapping[int, Mapping[str, str]] | None = None
    decisioni: Sequence[Mapping[str, Any]] | None = field(default=None)


class VersioneSuperata(Rifiuto):
    """Somebody saved in the meantime. `respinta` is the refused text, kept; nothing else changed."""

    def __init__(self, respinta: VersioneVerbale) -> None:
        super().__init__(
            _(
                "Intanto un'altra persona ha salvato il verbale: il tuo testo è conservato fra le versioni, qui "
                "vedi le differenze. Unisci i due testi e salva di nuovo."
            )
        )
        self.respinta = respinta


def verbale_di(incontro: Incontro) -> Verbale | None:
    """The minutes of a meeting whose row is locked, locked too."""
    return Verbale.objects.select_for_update().filter(incontro=incontro).first()


def motivo_rifiuto_redazione(incontro: Incontro) -> str:
    """Empty when the minutes of `incontro` may be written: held, and convened by the Province."""
    if incontro.stato == StatoIncontro.VERBALIZZATO:
        return _("Il verbale è approvato: testo, punti, decisioni e presenze non si modificano più.")
    if incontro.stato != StatoIncontro.SVOLTO:
        return _("Il verbale si redige per un incontro svolto: registra prima le presenze.")
    if incontro.rete.di_altri:
        return _("Il verbale di questo incontro lo redige chi lo ha convocato.")
    return ""


def _motivo_fermo(verbale: Verbale | None, letta: int) -> str:
    """Why a save can't go on, though the version is the right one: empty when it can."""
    if verbale and verbale.stato == StatoVerbale.OSSERVAZIONI:
        return _("Il verbale è già ai presenti per le osservazioni: riprendilo in bozza per correggerlo.")
    if not verbale and letta:
        return _("Questo incontro non ha ancora un verbale: apri di nuovo la pagina.")
    return ""


def salva_verbale(*, utente: Any, incontro: Incontro, scritto: Scritto) -> Verbale:
    """Save text, outcomes of the items and decisions as a new version of the draft; nothing changed makes none.

    A save on a version that is no longer the current one, or on minutes already sent, is refused and the
    text kept as a refused version. Raises PermissionDenied, VersioneSuperata, Rifiuto.
    """
    with transaction.atomic():
        esigi_gestione(utente)
        incontro = blocca(incontro)
        verbale = verbale_di(incontro)
        motivo = motivo_rifiuto_redazione(incontro) or _motivo_fermo(verbale, scritto.versione)
        superata = verbale and scritto.versione != verbale.versione
        if not motivo and not superata:
            return _scrivi(utente, incontro, verbale, scritto)
        respinta = _conserva(utente, incontro, verbale, scritto) if verbale else None
    if superata and not motivo:
        raise VersioneSuperata(respinta)
    if respinta:
        motivo += " " + _("Quello che hai scritto è conservato fra le versioni.")
    raise Rifiuto(motivo)


def _scrivi(utente: Any, incontro: Incontro, verbale: Verbale | None, scritto: Scritto) -> Verbale:
    if scritto.punti is not None:
        _scrivi_punti(incontro, scritto.punti)
    if scritto.decisioni is not None:
        _scrivi_decisioni(incontro, scritto.decisioni)
    intero = testo_intero(scritto.testo, punti_scritti(incontro), decisioni_scritte(incontro))
    if verbale and verbale.testo == scritto.testo and intero == _ultimo_testo(verbale):
        return verbale
    if verbale:
        verbale.testo, verbale.versione = scritto.testo, verbale.versione + 1
    else:
        verbale = Verbale(incontro=incontro, testo=scritto.testo, redatto_da=utente, redatto_il=adesso())
    verbale.full_clean(exclude=["testo"])  # a draft may have no text yet
    verbale.save()
    VersioneVerbale.objects.create(verbale=verbale, numero=verbale.versione, testo=intero, autore=utente)
    annota(utente, "verbale.salvato", verbale, versione=verbale.versione)
    return verbale


def _ultimo_testo(verbale: Verbale) -> str:
    ultima = verbale.versioni.filter(respinta=False).last()
    return ultima.testo if ultima else ""


def _conserva(utente: Any, incontro: Incontro, verbale: Verbale, scritto: Scritto) -> VersioneVerbale:
    """Keep aside what can't be saved, whole: as it would have been."""
    intero = testo_intero(
        scritto.testo,
        punti_scritti(incontro, scritto.punti),
        decisioni_scritte(incontro, scritto.decisioni),
    )
    respinta = VersioneVerbale.objects.create(
        verbale=verbale, numero=scritto.versione, testo=intero, autore=utente, respinta=True
    )
    annota(utente, "verbale.respinto", verbale, letta=scritto.versione, corrente=verbale.versione)
    return respinta


def _scrivi_punti(incontro: Incontro, punti: Mapping[int, Mapping[str, str]]) -> None:
    for punto in incontro.punti.all():
        dati = punti.get(punto.pk)
        if dati and (punto.esito, punto.discussione) != (dati["esito"], dati["discussione"]):
            punto.esito, punto.discussione = dati["esito"], dati["discussione"]
            punto.full_clean()
            punto.save()


def _scrivi_decisioni(incontro: Incontro, decisioni: Sequence[Mapping[str, Any]]) -> None:
    presenti = {d.pk: d for d in incontro.decisioni.all()}
    for dati in decisioni:
        decisione = presenti.pop(dati.get("id"), None) or Decisione(incontro=incontro)
        for campo in CAMPI_DECISIONE:
            setattr(decisione, campo, dati.get(campo, "" if campo == "incaricato" else None))
        if decisione.punto and decisione.punto.incontro_id != incontro.pk:
            raise Rifiuto(_("Il punto scelto non è all'ordine del giorno di questo incontro."))
        decisione.full_clean()
        decisione.save()
    incontro.decisioni.filter(pk__in=presenti).delete()


def componi_bozza(*, utente: Any, incontro: Incontro, scritto: Scritto) -> Verbale:
    """Save, then write the text anew from agenda, attendance and decisions, as one more version.

    The text that was there stays among the versions. Refuses as `salva_verbale`.
    """
    verbale = salva_verbale(utente=utente, incontro=incontro, scritto=scritto)
    composto = Scritto(verbale.versione, bozza(seduta_di(verbale.incontro)))
    return salva_verbale(utente=utente, incontro=incontro, scritto=composto)
