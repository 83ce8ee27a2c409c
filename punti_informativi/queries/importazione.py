"""An import of points, seen before it is written: what the lists hold, and what each line would change."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from punti_informativi.colonne import PER_UN_PUNTO_NUOVO
from punti_informativi.importazione import DatiPunto, Elenchi, chiave, interpreta
from punti_informativi.models import Destinatari, Lingua, PuntoInformativo, RigaImportata, Servizio
from punti_informativi.models.punti import PuntoQuerySet
from punti_informativi.orari_scritti import scrivi_orari
from punti_informativi.stati import StatoPunto
from reti.models import Comune, Sede, Soggetto
from reti.tabella_csv import RigaFile

Esito = RigaImportata.Esito
# The lists that a cell may name, with the field that never changes.
CHIAVI = {"servizi": "slug", "destinatari": "slug", "lingue": "codice", "comuni_serviti": "codice_istat"}
CAMPI_SEDE = ("indirizzo", "cap", "comune", "lat", "lon")
ALTRO_OSPITE = "il punto è di «%s»: l'ospite non si cambia da file. Chiudi quel punto e registrane uno nuovo."


@dataclass(frozen=True)
class Esame:
    """A line against what is stored: `punto` is None for a new one.

    `modifiche` are field, before, after, in words; `campi` the same fields by their names.
    """

    numero: int
    esito: str
    nome: str
    dati: DatiPunto | None = None
    punto: PuntoInformativo | None = None
    modifiche: list[list[str]] = field(default_factory=list)
    campi: list[str] = field(default_factory=list)
    motivo: str = ""

    @property
    def etichetta(self) -> str:
        return str(Esito(self.esito).label)


def elenchi() -> Elenchi:
    """All that cells may name, in a fixed number of queries."""
    soggetti = list(Soggetto.objects.order_by("pk"))
    comuni = _per_nome(Comune.objects.all(), "codice_istat", "nome")
    voci = {
        "servizi": _per_nome(Servizio.objects.all(), CHIAVI["servizi"], "nome"),
        "destinatari": _per_nome(Destinatari.objects.all(), CHIAVI["destinatari"], "nome"),
        "lingue": _per_nome(Lingua.objects.all(), CHIAVI["lingue"], "nome"),
        "comune": comuni,
        "comuni_serviti": comuni,
        "ospite": _per_nome(soggetti, "codice_fiscale", "partita_iva", "denominazione"),
        "cpi": _per_nome([s for s in soggetti if s.tipo == s.Tipo.CPI], "codice_fiscale", "denominazione"),
    }
    scelte = {
        chiave(testo): str(valore)
        for valore, nome in PuntoInformativo.Accessibilita.choices
        for testo in (str(valore), str(nome))
    }
    return Elenchi(voci, scelte)


def _per_nome(righe: Iterable[Any], *campi: str) -> dict[str, tuple[Any, ...]]:
    trovate: dict[str, dict[int, Any]] = defaultdict(dict)
    for riga in righe:
        for campo in campi:
            if nome := chiave(getattr(riga, campo)):
                trovate[nome][riga.pk] = riga
    return {nome: tuple(v.values()) for nome, v in trovate.items()}


def esamina(righe: Collection[RigaFile], noti: Elenchi) -> list[Esame]:
    """Every line of a file, with nothing written, in a fixed number of queries."""
    codici = {r.celle.get("codice", "") for r in righe} - {""}
    slug = {r.celle.get("indirizzo_web", "").lower() for r in righe} - {""}
    punti = _punti(codici, slug)
    visti: dict[str, int] = {}
    return [esamina_riga(riga, noti, punti, visti) for riga in righe]


def _punti(codici: Collection[str], slug: Collection[str]) -> list[PuntoInformativo]:
    tutti = con_tutto(PuntoInformativo.objects.all())
    return [*tutti.filter(codice__in=codici), *tutti.filter(slug__in=slug).exclude(codice__in=codici)]


def con_tutto(punti: PuntoQuerySet) -> PuntoQuerySet:
    legati = ("servizi", "destinatari", "lingue", "comuni_serviti", "orari")
    return punti.select_related("soggetto", "sede__comune", "cpi_riferimento").prefetch_related(*legati)


def esamina_riga(
    riga: RigaFile, noti: Elenchi, punti: Iterable[PuntoInformativo] | None, visti: dict[str, int]
) -> Esame:
    """One line. `punti` are those among which its point is looked for, None for the database;
    `visti` holds the codes of the lines before, and takes this one's."""
    nome = riga.celle.get("nome", "") or riga.celle.get("codice", "")
    try:
        dati = interpreta(riga, noti)
        _una_volta(dati.codice, riga.numero, visti)
        punto = _trova(dati, _punti([dati.codice], [dati.slug] if dati.slug else []) if punti is None else punti)
        diversi = _diversi(dati, punto) if punto else {}
        _controlla(dati, punto)
    except ValidationError as errore:
        return Esame(riga.numero, Esito.RIFIUTATO, nome[:200], motivo=" ".join(_frasi(errore)))
    esito = (Esito.AGGIORNATO if diversi else Esito.UGUALE) if punto else Esito.NUOVO
    modifiche = [[_nome(c), in_parole(prima), in_parole(dopo)] for c, (prima, dopo) in diversi.items()]
    return Esame(riga.numero, esito, (punto.nome if punto else nome)[:200], dati, punto, modifiche, sorted(diversi))


def _una_volta(codice: str, numero: int, visti: dict[str, int]) -> None:
    if (prima := visti.setdefault(codice, numero)) != numero:
        raise Rifiuto(_("«codice»: è già alla riga %d del file, tieni una riga sola per punto.") % prima)


def _trova(dati: DatiPunto, punti: Iterable[PuntoInformativo]) -> PuntoInformativo | None:
    per_codice = next((p for p in punti if p.codice == dati.codice), None)
    per_slug = next((p for p in punti if dati.slug and p.slug == dati.slug), None)
    if per_slug and per_slug.codice not in ("", dati.codice):
        frase = _("«indirizzo_web»: quel punto ha già il codice «%s».")
        raise Rifiuto(frase % per_slug.codice)
    if per_codice and per_slug and per_codice != per_slug:
        raise Rifiuto(_("«indirizzo_web»: il codice è di un altro punto, «%s».") % per_codice.nome)
    return per_codice or per_slug


def _controlla(dati: DatiPunto, punto: PuntoInformativo | None) -> None:
    """What the fields alone refuse, before anything is written."""
    if punto is None:
        detti = {**dati.valori, **dati.sede, "ospite": dati.ospite}
        if mancano := [c for c in PER_UN_PUNTO_NUOVO if not detti.get(c)]:
            raise Rifiuto(_("Per un punto nuovo mancano: %s.") % ", ".join(f"«{c}»" for c in mancano))
    elif punto.stato == StatoPunto.CESSATO:
        raise Rifiuto(_("Il punto è cessato: non si può più modificare. Togli la riga."))
    elif dati.ospite and dati.ospite != punto.soggetto:
        raise Rifiuto(f"«ospite»: {_(ALTRO_OSPITE) % punto.soggetto}")
    if not dati.valori.get("servizi", True) or not dati.valori.get("nome", True):
        raise Rifiuto(_("«nome» e «servizi» non si possono svuotare."))
    semplici = {c: v for c, v in dati.valori.items() if isinstance(v, str)} | {"codice": dati.codice}
    if punto is None and dati.slug:
        semplici["slug"] = dati.slug
    _pulisci(PuntoInformativo(**semplici), semplici)
    _pulisci(Sede(**dati.sede), dati.sede)


def _pulisci(oggetto: Any, detti: Collection[str]) -> None:
    oggetto.clean_fields(exclude=[c.name for c in oggetto._meta.fields if c.name not in detti])


def _diversi(dati: DatiPunto, punto: PuntoInformativo) -> dict[str, tuple[Any, Any]]:
    """Fields in which the line and the point, with its seat, differ: what is there, and what the line says."""
    coppie = {c: (valore_di(punto, c), v) for c, v in dati.valori.items()}
    coppie |= {c: (getattr(punto.sede, c), v) for c, v in dati.sede.items()}
    coppie["codice"] = (punto.codice, dati.codice)
    return {c: (prima, dopo) for c, (prima, dopo) in coppie.items() if prima != dopo}


def _nome(campo: str) -> str:
    if campo == "orari":
        return _("orario settimanale")
    return str((Sede if campo in CAMPI_SEDE else PuntoInformativo)._meta.get_field(campo).verbose_name)


def valore_di(punto: PuntoInformativo, campo: str) -> Any:
    """As `interpreta` says the same field."""
    if campo == "orari":
        return sorted((o.fascia for o in punto.orari.all()), key=lambda f: (f.giorno, f.dalle))
    valore = getattr(punto, campo)
    if campo in CHIAVI:
        return sorted(valore.all(), key=lambda v: v.pk)
    return valore.replace("\r\n", "\n").strip() if isinstance(valore, str) else valore


def in_parole(valore: Any) -> str:
    """A value as the report says it."""
    if isinstance(valore, list):
        return (
            ", ".join(str(v) for v in valore) if valore and isinstance(valore[0], _CON_NOME) else scrivi_orari(valore)
        )
    if isinstance(valore, bool):
        return _("sì") if valore else _("no")
    return "" if valore is None else str(valore)


_CON_NOME = (Servizio, Destinatari, Lingua, Comune)


def _frasi(errore: ValidationError) -> list[str]:
    """Each message once, with its column where it has one."""
    if not hasattr(errore, "error_dict"):
        return list(dict.fromkeys(errore.messages))
    return [f"«{campo}»: {frase}" for campo, frasi in errore.message_dict.items() for frase in frasi]
