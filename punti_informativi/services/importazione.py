"""Import of points from a CSV: tried, confirmed, then written line by line in the background.

A line is one transaction, which writes its point, its audit lines and its row of the report: an import that was
stopped leaves whole lines only, and goes on from the first that has no row.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from core import deposito
from core.errori import Rifiuto
from core.models import Installazione
from core.orologio import adesso
from core.registro import annota
from punti_informativi import permissions
from punti_informativi.colonne import MOTIVO, NOMI, OBBLIGATORIE, RIGHE_MASSIME
from punti_informativi.importazione import Elenchi
from punti_informativi.models import Importazione, RigaImportata
from punti_informativi.queries.importazione import Esame, Esito, elenchi, esamina, esamina_riga
from punti_informativi.services.punto_da_riga import aggiorna, registra
from reti.tabella_csv import RigaFile, leggi_tabella


def leggi(contenuto: bytes) -> list[RigaFile]:
    """The lines of a file; raises Rifiuto when the whole of it can't be used."""
    righe = leggi_tabella(contenuto, (*NOMI, MOTIVO), OBBLIGATORIE, massimo=RIGHE_MASSIME)
    if not righe:
        raise Rifiuto(_("Il file ha solo l'intestazione: scrivi una riga per ogni punto."))
    return righe


def deposita(*, utente: Any, contenuto: bytes) -> str:
    """Keep a file that can be read, in place of the person's former one; returns its fingerprint."""
    _esigi(utente)
    leggi(contenuto)
    return deposito.deposita(_nome_deposito(utente), contenuto)


def righe_deposte(*, utente: Any, impronta: str) -> list[RigaFile]:
    """The lines of the kept file, while it still is the one of `impronta`; else Rifiuto."""
    _esigi(utente)
    return leggi(deposito.preleva(_nome_deposito(utente), impronta))


def prova(*, utente: Any, impronta: str) -> list[Esame]:
    """What the kept file would do, with nothing written."""
    return esamina(righe_deposte(utente=utente, impronta=impronta), elenchi())


@transaction.atomic
def avvia(*, utente: Any, impronta: str, aprire: bool) -> Importazione:
    """Write the kept file, in the background. New points are candidates; with `aprire` they are verified and public.

    Refuses a file that isn't there any more.
    """
    righe = righe_deposte(utente=utente, impronta=impronta)
    importazione = Importazione.objects.create(
        utente=utente, impronta=impronta, righe_nel_file=len(righe), aprire=aprire
    )
    annota(utente, "punti_importati", Installazione.corrente(), importazione=importazione.codice, righe=len(righe))
    scrivi.enqueue(importazione.pk)
    return importazione


def riprendi(*, utente: Any, importazione: Importazione) -> None:
    """Go on with an import that was stopped. Refuses one that is over, and somebody else's: the file is theirs."""
    _esigi(utente)
    if importazione.finita_il:
        raise Rifiuto(_("L'importazione è già finita: non c'è niente da riprendere."))
    if importazione.utente_id != utente.pk:
        raise Rifiuto(_("La riprende chi l'ha avviata: il file è suo."))
    righe_deposte(utente=utente, impronta=importazione.impronta)
    scrivi.enqueue(importazione.pk)


@task()
def scrivi(importazione_id: int) -> int:
    """Write the lines that have no row yet; safe to run again, and twice at once. Returns how many it wrote."""
    importazione = Importazione.objects.select_related("utente").get(pk=importazione_id)
    try:
        righe = righe_deposte(utente=importazione.utente, impronta=importazione.impronta)
    except (Rifiuto, PermissionDenied) as errore:
        Importazione.objects.filter(pk=importazione_id).update(errore=str(getattr(errore, "frase", errore))[:255])
        return 0
    noti, visti, scritte = elenchi(), {}, 0
    for riga in righe:
        scritte += scrivi_riga(importazione, riga, noti, visti)
    Importazione.objects.filter(pk=importazione_id, finita_il=None).update(finita_il=adesso(), errore="")
    return scritte


@transaction.atomic
def scrivi_riga(importazione: Importazione, riga: RigaFile, noti: Elenchi, visti: dict[str, int]) -> bool:
    """One line and its row, together; False when another process wrote it before."""
    importazione = Importazione.objects.select_for_update(of=("self",)).select_related("utente").get(pk=importazione.pk)
    if importazione.righe.filter(numero=riga.numero).exists():
        visti.setdefault(riga.celle.get("codice", ""), riga.numero)
        return False
    esame = esamina_riga(riga, noti, None, visti)
    punto = esame.punto
    if esame.esito in (Esito.NUOVO, Esito.AGGIORNATO):
        try:
            with transaction.atomic():
                punto = _applica(importazione, esame)
        except (ValidationError, PermissionDenied) as errore:
            motivo = " ".join(getattr(errore, "messages", [str(errore)]))
            esame = Esame(esame.numero, Esito.RIFIUTATO, esame.nome, motivo=motivo)
            punto = None
    RigaImportata.objects.create(
        importazione=importazione,
        numero=esame.numero,
        esito=esame.esito,
        nome=esame.nome,
        punto=punto,
        modifiche=esame.modifiche,
        motivo=esame.motivo,
    )
    return True


def _applica(importazione: Importazione, esame: Esame) -> Any:
    if esame.punto is None:
        return registra(importazione.utente, esame.dati, aprire=importazione.aprire)
    return aggiorna(importazione.utente, esame.punto, esame.dati, campi=esame.campi)


def _esigi(utente: Any) -> None:
    if motivo := permissions.motivo_rifiuto_registra(utente):
        raise PermissionDenied(motivo)


def _nome_deposito(utente: Any) -> str:
    return f"importazioni/punti-{utente.pk}.csv"
