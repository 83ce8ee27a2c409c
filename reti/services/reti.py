"""Boards and their seats: create, change, constitute (L. 68/1999 art. 8 c. 1-bis for the technical committee)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.archivio import impronta
from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from reti.composizione import valida_composizione
from reti.models import Rete
from reti.services.seggi import composizione_conservata, pretendi_la_composizione, scrivi_seggio
from utenti.permissions import motivo_rifiuto_coordina

# Words that the addresses under /tavoli/ already use.
INDIRIZZI_RISERVATI = frozenset({"incontri", "risposta", "convocazioni", "calendari", "partecipazione"})
CAMPI_RETE = (
    "nome", "tipo", "tema", "convocante", "descrizione", "quorum_modo", "quorum", "composizione", "preavviso_giorni",
    "osservazioni_giorni", "approvazione", "pubblica", "dal", "al",
)  # fmt: skip


def _slug_libero(nome: str) -> str:
    base = slugify(nome)[:100] or "tavolo"
    presi = set(Rete.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | INDIRIZZI_RISERVATI
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(presi) + 3))) if s not in presi)


def _pretendi_la_regola(rete: Rete) -> None:
    """Raise Rifiuto on a rule of composition that can't be used."""
    if errori := valida_composizione(rete.composizione):
        raise Rifiuto(errori)
    if rete.composizione and rete.tipo == Rete.Tipo.COMITATO_TECNICO:
        raise Rifiuto(_("La composizione del comitato tecnico la fissa la legge 68/1999 (art. 8): qui non si cambia."))


@transaction.atomic
def crea_rete(*, utente: Any, dati: Mapping[str, Any], seggi: Iterable[Mapping[str, Any]] = ()) -> Rete:
    """Create a board with its seats. `dati`: CAMPI_RETE (and `slug`); each seat: CAMPI_SEGGIO of reti.services.seggi.

    Raises PermissionDenied without the coordinator's role.
    """
    if motivo := motivo_rifiuto_coordina(utente):
        raise PermissionDenied(motivo)
    rete = Rete(**{c: dati[c] for c in CAMPI_RETE if c in dati}, slug=dati.get("slug") or _slug_libero(dati["nome"]))
    _pretendi_la_regola(rete)
    rete.full_clean()
    rete.save()
    nuovi = sum(bool(scrivi_seggio(rete, seggio)) for seggio in seggi)
    annota(utente, "rete.creata", rete, seggi=nuovi)
    return rete


@transaction.atomic
def modifica_rete(*, utente: Any, rete: Rete, dati: Mapping[str, Any], seggi: Iterable[Mapping[str, Any]] = ()) -> Rete:
    """Change a board and its seats; a seat with `id` (Adesione) is changed, one without is added.

    A seat is never deleted: it ends (`al`). Raises Rifiuto when a constituted technical committee
    would lose one of its three kinds of member, or when the rule of composition can't be used.
    """
    if motivo := motivo_rifiuto_coordina(utente):
        raise PermissionDenied(motivo)
    rete = Rete.objects.select_for_update().get(pk=rete.pk)
    nuovi = {c: dati[c] for c in CAMPI_RETE if c in dati}
    cambiati = [c for c, v in nuovi.items() if getattr(rete, c) != v]
    with composizione_conservata(rete):
        for campo in cambiati:
            setattr(rete, campo, nuovi[campo])
        if "composizione" in cambiati:
            _pretendi_la_regola(rete)
        rete.full_clean()
        rete.save()
        propri = {a.pk: a for a in rete.adesioni.select_related("soggetto").select_for_update(of=("self",))}
        toccati = sum(bool(scrivi_seggio(rete, s, propri[s["id"].pk] if s.get("id") else None)) for s in seggi)
    if cambiati or toccati:
        annota(utente, "rete.modificata", rete, campi=cambiati, seggi=toccati)
    return rete


@transaction.atomic
def costituisci_rete(*, utente: Any, rete: Rete, atto: str, atto_data: date, documento: File | None = None) -> Rete:
    """Record the constituting act, or correct it; `documento` (a PDF) stays in the private storage.

    Refuses while a required member holds no seat on that day (R27), an act without its
    details, a date in the future. The audit line carries the document's SHA-256; a document that
    another replaces stays in the storage.
    """
    if motivo := motivo_rifiuto_coordina(utente):
        raise PermissionDenied(motivo)
    rete = Rete.objects.select_for_update().get(pk=rete.pk)
    if not atto.strip():
        raise Rifiuto(_("Scrivi gli estremi dell'atto costitutivo: tipo, numero, anno."))
    if atto_data > oggi():
        raise Rifiuto(_("La data dell'atto è nel futuro: correggila."))
    pretendi_la_composizione(rete, atto_data)
    if (rete.atto, rete.atto_data) == (atto, atto_data) and not documento:
        return rete
    azione = "rete.atto_corretto" if rete.atto else "rete.costituita"
    rete.atto, rete.atto_data = atto, atto_data
    dati = {"atto": atto, "atto_data": atto_data.isoformat()}
    if documento:
        contenuto = documento.read()
        dati["impronta"] = impronta(contenuto)
        rete.atto_documento.save(f"{rete.slug}.pdf", ContentFile(contenuto), save=False)
    rete.full_clean()
    rete.save()
    annota(utente, azione, rete, **dati)
    return rete
