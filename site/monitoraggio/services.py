"""Verbs on the sheet: enter a value, update a phase, freeze, import. None touches the domain's records."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from core.errori import Rifiuto
from core.orologio import adesso, oggi
from core.registro import annota
from monitoraggio import definizioni
from monitoraggio.models import Fase, Indicatore, Obiettivo, Rilevazione, ValoreInserito
from monitoraggio.permissions import motivo_rifiuto_inserisci_valore, motivo_rifiuto_scrivi_scheda
from monitoraggio.queries import contenuto_rilevazione, definizione_di
from monitoraggio.schede import impronta_scheda


def _pretendi(motivo: str) -> None:
    if motivo:
        raise PermissionDenied(motivo)


def controlla_data(obiettivo: Obiettivo, al: date) -> None:
    """Refuse a day outside the year of the sheet or still to come."""
    if not obiettivo.inizio <= al <= obiettivo.fine:
        raise Rifiuto(f"La scheda riguarda il {obiettivo.anno}: scegli una data di quell'anno.")
    if al > oggi():
        raise Rifiuto("La data non è ancora arrivata: scegli oggi o un giorno passato.")


@transaction.atomic
def inserisci_valore(*, utente: Any, indicatore: Indicatore, valore: Decimal, al: date, nota: str) -> ValoreInserito:
    """Add a value with its evidence; the one in force already saying the same is returned as it is.

    Refuses a computed indicator, a day outside the year or in the future, an empty note.
    """
    _pretendi(motivo_rifiuto_inserisci_valore(utente, indicatore))
    blocco = Indicatore.objects.select_for_update().select_related(None).get(pk=indicatore.pk)
    controlla_data(indicatore.obiettivo, al)
    if not nota.strip():
        raise Rifiuto("Scrivi da dove viene il numero e dove si trova la prova.")
    ultimo = blocco.valori.filter(al=al).first()
    if ultimo and (ultimo.valore, ultimo.nota) == (valore, nota.strip()):
        return ultimo
    nuovo = ValoreInserito(
        indicatore=blocco, al=al, valore=valore, nota=nota.strip(), utente=utente, inserito_il=adesso()
    )
    nuovo.full_clean()
    nuovo.save()
    annota(utente, "inserisce un valore", blocco, valore=str(valore), al=al.isoformat(), nota=nuovo.nota)
    return nuovo


def _controlla_fase(fase: Fase) -> None:
    inizio, fine, avanzamento = fase.inizio_effettivo, fase.fine_effettiva, fase.avanzamento
    if (fine or avanzamento is not None) and not inizio:
        raise Rifiuto("Indica prima quando la fase è iniziata.")
    if inizio and fine and fine < inizio:
        raise Rifiuto("La fine viene prima dell'inizio: correggi una delle due date.")
    if any(d and d > oggi() for d in (inizio, fine)):
        raise Rifiuto("Una data effettiva non può essere nel futuro.")
    if avanzamento is not None and avanzamento > 100:
        raise Rifiuto("L'avanzamento va da 0 a 100.")
    if bool(fine) != (avanzamento == 100):
        raise Rifiuto("Una fase conclusa ha la data di fine e l'avanzamento al 100 %: indica tutti e due o nessuno.")


@transaction.atomic
def aggiorna_fase(
    *, utente: Any, fase: Fase, inizio_effettivo: date | None, fine_effettiva: date | None, avanzamento: int | None
) -> Fase:
    """Write what happened of a phase; the same facts again change nothing and leave no line."""
    _pretendi(motivo_rifiuto_scrivi_scheda(utente))
    fase = Fase.objects.select_for_update().get(pk=fase.pk)
    nuovi = {"inizio_effettivo": inizio_effettivo, "fine_effettiva": fine_effettiva, "avanzamento": avanzamento}
    cambiati = {n: v for n, v in nuovi.items() if getattr(fase, n) != v}
    if not cambiati:
        return fase
    for nome, valore in cambiati.items():
        setattr(fase, nome, valore)
    _controlla_fase(fase)
    fase.full_clean()
    fase.save()
    annota(utente, "aggiorna una fase", fase, **{n: None if v is None else str(v) for n, v in cambiati.items()})
    return fase


@transaction.atomic
def congela_scheda(*, utente: Any, obiettivo: Obiettivo, al: date, nota: str = "") -> Rilevazione:
    """Freeze the sheet as of `al` with its fingerprint; an equal snapshot of that day is returned as it is."""
    _pretendi(motivo_rifiuto_scrivi_scheda(utente))
    obiettivo = Obiettivo.objects.select_for_update().get(pk=obiettivo.pk)
    controlla_data(obiettivo, al)
    contenuto = contenuto_rilevazione(obiettivo, al)
    impronta = impronta_scheda(contenuto)
    if esistente := obiettivo.rilevazioni.filter(al=al, impronta=impronta).first():
        return esistente
    nuova = Rilevazione(
        obiettivo=obiettivo,
        al=al,
        congelata_il=adesso(),
        utente=utente,
        nota=nota.strip(),
        scheda=contenuto,
        impronta=impronta,
    )
    nuova.full_clean()
    nuova.save()
    annota(utente, "congela la scheda", obiettivo, al=al.isoformat(), impronta=impronta)
    return nuova


@transaction.atomic
def importa_scheda(*, utente: Any, definizione: dict[str, Any], consegna_entro: date | None = None) -> Obiettivo:
    """Create an objective with its phases and indicators; one that exists already is left as it is.

    What the definition says was reached isn't taken: values come from records or are entered.
    """
    _pretendi(motivo_rifiuto_scrivi_scheda(utente))
    definizioni.controlla(definizione)
    codice = definizione["obiettivo"]
    if esistente := Obiettivo.objects.filter(codice=codice).first():
        return esistente
    obiettivo = Obiettivo(
        codice=codice,
        anno=definizioni.anno_di(codice),
        titolo=definizione["titolo"],
        centro_di_responsabilita=definizione["centro_di_responsabilita"],
        fonte=definizione.get("source") or "",
        consegna_entro=consegna_entro,
    )
    obiettivo.full_clean()
    obiettivo.save()
    indicatori = {v["codice"]: _crea_indicatore(obiettivo, n, v) for n, v in enumerate(definizione["indicatori"])}
    for ordine, voce in enumerate(definizione["fasi"]):
        fase = _crea_fase(obiettivo, ordine, voce)
        fase.indicatori.set([indicatori[c] for c in voce.get("indicatori", [])])
    annota(utente, "importa la scheda", obiettivo, fasi=len(definizione["fasi"]), indicatori=len(indicatori))
    return obiettivo


def copia_obiettivo(*, utente: Any, obiettivo: Obiettivo, anno: int, consegna_entro: date | None = None) -> Obiettivo:
    """The same objective for another year, without values; refuses a year that has it already."""
    _pretendi(motivo_rifiuto_scrivi_scheda(utente))
    definizione = definizioni.sposta_anno(definizione_di(obiettivo), anno)
    if Obiettivo.objects.filter(codice=definizione["obiettivo"]).exists():
        raise Rifiuto(f"L'obiettivo {definizione['obiettivo']} c'è già: aprilo dall'elenco.")
    return importa_scheda(utente=utente, definizione=definizione, consegna_entro=consegna_entro)


def _crea_indicatore(obiettivo: Obiettivo, ordine: int, voce: dict[str, Any]) -> Indicatore:
    indicatore = Indicatore(
        obiettivo=obiettivo,
        ordine=ordine,
        codice=voce["codice"],
        descrizione=voce.get("descrizione", ""),
        tipo=voce.get("tipo") or "",
        previsto=definizioni.decimale(voce.get("previsto"), voce["codice"]),
        meglio=voce.get("meglio", Indicatore.Meglio.ALTO),
        unita=voce.get("unita", ""),
        misura=voce.get("misura", ""),
        parametri=voce.get("parametri", {}),
    )
    return _salva_voce(indicatore, f"Indicatore {voce['codice']}")


def _crea_fase(obiettivo: Obiettivo, ordine: int, voce: dict[str, Any]) -> Fase:
    fase = Fase(
        obiettivo=obiettivo,
        ordine=ordine,
        codice=voce["codice"],
        descrizione=voce.get("descrizione", ""),
        inizio_previsto=definizioni.giorno(voce.get("inizio_previsto"), f"Fase {voce['codice']}"),
        fine_prevista=definizioni.giorno(voce.get("fine_prevista"), f"Fase {voce['codice']}"),
    )
    if fase.fine_prevista < fase.inizio_previsto:
        raise Rifiuto(f"Fase {fase.codice}: la fine prevista viene prima dell'inizio.")
    return _salva_voce(fase, f"Fase {fase.codice}")


def _salva_voce(voce: Any, dove: str) -> Any:
    """Save a phase or an indicator of the definition, or refuse it saying where and which field."""
    try:
        voce.full_clean()
    except ValidationError as errore:
        campi = "; ".join(f"{campo}: {' '.join(frasi)}" for campo, frasi in errore.message_dict.items())
        raise Rifiuto(f"{dove}: {campi}")
    voce.save()
    return voce
