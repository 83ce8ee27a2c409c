"""The register of soggetti: a body with its seat and accreditations is written in one go."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils.text import slugify

from core.errori import Rifiuto
from core.registro import annota
from reti.importazione import DatiAccreditamento, DatiSede, DatiSoggetto
from reti.models import Accreditamento, Comune, Sede, Soggetto
from reti.permissions import motivo_rifiuto_gestisci_soggetti
from reti.services.accreditamenti import registra_accreditamento

NUOVO, AGGIORNATO, INVARIATO = "nuovo", "aggiornato", "invariato"
Modifiche = dict[str, list[str]]


@dataclass(frozen=True)
class Registrazione:
    soggetto: Soggetto
    esito: str


@transaction.atomic
def registra_soggetto(*, utente: Any, dati: DatiSoggetto) -> Registrazione:
    """Create the body with that fiscal code, or bring it to what `dati` say; nothing changes when nothing differs.

    One audit line for the body and its seat, one for each accreditation that
    changed. Refuses (ValidationError) invalid values, an unknown comune, and a
    different web address, which is permanent.
    """
    esigi_gestione(utente)
    soggetto = Soggetto.objects.select_for_update().filter(codice_fiscale=dati.codice_fiscale).first()
    if soggetto and dati.slug and dati.slug != soggetto.slug:
        raise Rifiuto(f"L'indirizzo web resta «{soggetto.slug}»: non si cambia da file.")
    nuovo = soggetto is None
    if nuovo:
        slug = dati.slug or slug_libero(dati.campi["denominazione"])
        soggetto = Soggetto(codice_fiscale=dati.codice_fiscale, slug=slug)
    modifiche = _salva_se_cambia(soggetto, dati.campi)
    if dati.sede:
        modifiche |= {f"sede: {campo}": valori for campo, valori in _registra_sede(soggetto, dati.sede).items()}
    if modifiche:
        annota(utente, "soggetto.registrato" if nuovo else "soggetto.aggiornato", soggetto, modifiche=modifiche)
    cambiati = [_registra_accreditamento(utente, soggetto, voce) for voce in dati.accreditamenti]
    esito = NUOVO if nuovo else AGGIORNATO if modifiche or any(cambiati) else INVARIATO
    return Registrazione(soggetto, esito)


@transaction.atomic
def salva_soggetto(*, utente: Any, oggetto: Soggetto | Sede, campi: list[str]) -> None:
    """Save a body, or one of its seats, that a form filled; the audit line names the fields that changed."""
    esigi_gestione(utente)
    nuovo = oggetto.pk is None
    if isinstance(oggetto, Soggetto) and not oggetto.slug:
        oggetto.slug = slug_libero(oggetto.denominazione)
    oggetto.full_clean()
    if nuovo:
        oggetto.save()
    elif campi:
        # Only what the form changed, so that a change made meanwhile elsewhere isn't undone.
        type(oggetto).objects.select_for_update().get(pk=oggetto.pk)
        oggetto.save(update_fields=campi)
    if nuovo or campi:
        annota(utente, f"{oggetto._meta.model_name}.{'registrato' if nuovo else 'aggiornato'}", oggetto, campi=campi)


@transaction.atomic
def designa_titolare(*, utente: Any, soggetto: Soggetto) -> None:
    """Say which body is the Province that this installation belongs to; refuses a second one."""
    esigi_gestione(utente)
    altra = Soggetto.objects.select_for_update().filter(titolare_piattaforma=True).first()
    if altra == soggetto:
        return
    if altra:
        raise Rifiuto(f"La Provincia titolare è già «{altra}».")
    soggetto.titolare_piattaforma = True
    soggetto.full_clean()
    soggetto.save()
    annota(utente, "soggetto.designato_titolare", soggetto)


def esigi_gestione(utente: Any) -> None:
    """Raise PermissionDenied, with the reason, when `utente` may not write the register."""
    if motivo := motivo_rifiuto_gestisci_soggetti(utente):
        raise PermissionDenied(motivo)


def slug_libero(denominazione: str) -> str:
    """A web address made from the name, numbered when another body has it."""
    base = slugify(denominazione)[:110] or "soggetto"
    presi = set(Soggetto.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(presi) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in presi)


def _salva_se_cambia(oggetto: models.Model, valori: dict[str, object]) -> Modifiche:
    """Set, check and save when something differs; {field: [before, after]} as text."""
    prima = {campo: getattr(oggetto, campo, None) for campo in valori}
    modifiche = {campo: [str(prima[campo]), str(valori[campo])] for campo in valori if prima[campo] != valori[campo]}
    if modifiche or oggetto.pk is None:
        for campo, valore in valori.items():
            setattr(oggetto, campo, valore)
        oggetto.full_clean()
        oggetto.save()
    return modifiche


def _registra_sede(soggetto: Soggetto, dati: DatiSede) -> Modifiche:
    comuni = list(Comune.objects.filter(Q(codice_istat=dati.comune) | Q(nome__iexact=dati.comune))[:2])
    if len(comuni) != 1:
        raise Rifiuto(f"Non conosco il comune «{dati.comune}»: scrivi il nome esatto o il codice ISTAT.")
    sedi = list(soggetto.sedi.all())
    sede = next((s for s in sedi if s.nome == dati.nome), None)
    if sede is None:
        sede = Sede(soggetto=soggetto, nome=dati.nome, principale=not any(s.principale for s in sedi))
    return _salva_se_cambia(sede, {"indirizzo": dati.indirizzo, "comune": comuni[0], **dati.altri})


def _registra_accreditamento(utente: Any, soggetto: Soggetto, dati: DatiAccreditamento) -> bool:
    voce = soggetto.accreditamenti.filter(registro=dati.registro, numero=dati.numero).first()
    voce = voce or Accreditamento(soggetto=soggetto, registro=dati.registro, numero=dati.numero)
    valori = {"dal": dati.dal, **dati.altri}
    if voce.pk and all(getattr(voce, campo) == valore for campo, valore in valori.items()):
        return False
    for campo, valore in valori.items():
        setattr(voce, campo, valore)
    registra_accreditamento(utente=utente, accreditamento=voce)
    return True
