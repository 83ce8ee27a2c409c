"""Boards and their seats: create, change, constitute (L. 68/1999 art. 8 c. 1-bis for the technical committee)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from reti.models import Adesione, Rete
from reti.queries.collegio import mancanti_in
from utenti.permissions import motivo_rifiuto_coordina

# Words that the addresses under /tavoli/ already use.
INDIRIZZI_RISERVATI = frozenset({"incontri", "risposta", "convocazioni", "calendari"})
CAMPI_RETE = (
    "nome", "tipo", "tema", "convocante", "descrizione", "quorum_modo", "quorum", "composizione", "preavviso_giorni",
    "osservazioni_giorni", "approvazione", "pubblica", "dal", "al",
)  # fmt: skip
CAMPI_SEGGIO = (
    "soggetto", "ruolo", "qualifica", "titolare", "titolare_nome", "titolare_email", "peso", "nomina", "dal", "al",
)  # fmt: skip


def _pretendi_la_composizione(rete: Rete, al: date) -> None:
    if mancano := mancanti_in(rete, al):
        raise Rifiuto(
            _("«%(nome)s» non può essere costituito: mancano %(chi)s. Aggiungi i seggi e riprova.")
            % {"nome": rete.nome, "chi": ", ".join(mancano)}
        )


def _slug_libero(nome: str) -> str:
    base = slugify(nome)[:100] or "tavolo"
    presi = set(Rete.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | INDIRIZZI_RISERVATI
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(presi) + 3))) if s not in presi)


def _scrivi_seggio(rete: Rete, dati: Mapping[str, Any], seggio: Adesione | None = None) -> bool:
    """Add or change one seat; True when something changed."""
    seggio = seggio or Adesione(rete=rete, dal=rete.dal)
    nuovi = {c: dati[c] for c in CAMPI_SEGGIO if c in dati}
    if seggio.pk and all(getattr(seggio, c) == v for c, v in nuovi.items()):
        return False
    for campo, valore in nuovi.items():
        setattr(seggio, campo, valore)
    seggio.full_clean()
    seggio.save()
    return True


@transaction.atomic
def crea_rete(*, utente: Any, dati: Mapping[str, Any], seggi: Iterable[Mapping[str, Any]] = ()) -> Rete:
    """Create a board with its seats. `dati`: CAMPI_RETE (and `slug`); each seat: CAMPI_SEGGIO.

    Raises PermissionDenied without the coordinator's role.
    """
    if motivo := motivo_rifiuto_coordina(utente):
        raise PermissionDenied(motivo)
    rete = Rete(**{c: dati[c] for c in CAMPI_RETE if c in dati}, slug=dati.get("slug") or _slug_libero(dati["nome"]))
    rete.full_clean()
    rete.save()
    nuovi = sum(_scrivi_seggio(rete, seggio) for seggio in seggi)
    annota(utente, "rete.creata", rete, seggi=nuovi)
    return rete


@transaction.atomic
def modifica_rete(*, utente: Any, rete: Rete, dati: Mapping[str, Any], seggi: Iterable[Mapping[str, Any]] = ()) -> Rete:
    """Change a board and its seats; a seat with `id` (Adesione) is changed, one without is added.

    A seat is never deleted: it ends (`al`). A constituted board keeps its required
    qualifications, else Rifiuto.
    """
    if motivo := motivo_rifiuto_coordina(utente):
        raise PermissionDenied(motivo)
    rete = Rete.objects.select_for_update().get(pk=rete.pk)
    nuovi = {c: dati[c] for c in CAMPI_RETE if c in dati}
    cambiati = [c for c, v in nuovi.items() if getattr(rete, c) != v]
    for campo in cambiati:
        setattr(rete, campo, nuovi[campo])
    rete.full_clean()
    rete.save()
    propri = {a.pk: a for a in rete.adesioni.select_for_update()}
    toccati = sum(_scrivi_seggio(rete, s, propri[s["id"].pk] if s.get("id") else None) for s in seggi)
    if rete.atto:
        _pretendi_la_composizione(rete, oggi())
    if cambiati or toccati:
        annota(utente, "rete.modificata", rete, campi=cambiati, seggi=toccati)
    return rete


@transaction.atomic
def costituisci_rete(*, utente: Any, rete: Rete, atto: str, atto_data: date) -> Rete:
    """Record the constituting act; refuses while a required qualification holds no seat on that day (R27)."""
    if motivo := motivo_rifiuto_coordina(utente):
        raise PermissionDenied(motivo)
    rete = Rete.objects.select_for_update().get(pk=rete.pk)
    if not atto.strip():
        raise Rifiuto(_("Scrivi gli estremi dell'atto costitutivo: tipo, numero, anno."))
    if atto_data > oggi():
        raise Rifiuto(_("La data dell'atto è nel futuro: correggila."))
    _pretendi_la_composizione(rete, atto_data)
    if (rete.atto, rete.atto_data) == (atto, atto_data):
        return rete
    rete.atto, rete.atto_data = atto, atto_data
    rete.full_clean()
    rete.save()
    annota(utente, "rete.costituita", rete, atto=atto, atto_data=atto_data.isoformat())
    return rete
