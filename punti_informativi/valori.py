"""What a host says of a point, as JSON: to compare, to keep in a proposal, to write back."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from core.errori import Rifiuto
from punti_informativi.models import Eccezione, Lingua, Orario, PuntoInformativo, Servizio
from punti_informativi.orari import Deroga, Fascia
from punti_informativi.turni import sovrapposizione

# What the host may change by itself; name and seat are the Province's.
CAMPI_DELL_OSPITE = (
    "descrizione",
    "servizi",
    "cosa_portare",
    "come_arrivare",
    "lingue",
    "a_distanza",
    "accessibilita",
    "telefono",
    "email",
    "sito_web",
    "solo_appuntamento",
)
# Lists of rows that the Province keeps, by the name that never changes.
LISTE = {"servizi": (Servizio, "slug"), "lingue": (Lingua, "codice")}
AMMESSI = frozenset({*CAMPI_DELL_OSPITE, "orari", "eccezioni"})
LUNGHEZZA_MASSIMA = 4000


def valori_di(punto: PuntoInformativo) -> dict[str, Any]:
    """The point's present values, by field; `orari` are its weekly spells."""
    dati = {c: getattr(punto, c).all() if c in LISTE else getattr(punto, c) for c in CAMPI_DELL_OSPITE}
    return in_valori(dati, (o.fascia for o in punto.orari.all()))


def in_valori(dati: dict[str, Any], fasce: Iterable[Fascia]) -> dict[str, Any]:
    """The same from a form's `cleaned_data` and the spells typed."""
    valori = {c: in_json(c, dati[c]) for c in CAMPI_DELL_OSPITE}
    return valori | {"orari": orari_in_json(fasce)}


def in_json(campo: str, valore: Any) -> Any:
    """One cleaned value of a form."""
    if campo in LISTE:
        return sorted(getattr(v, LISTE[campo][1]) for v in valore)
    return valore.replace("\r\n", "\n").strip() if isinstance(valore, str) else valore


def orari_in_json(fasce: Iterable[Fascia]) -> list[dict[str, Any]]:
    """Spells in order of day and hour."""
    return [
        {
            "giorno": f.giorno,
            "dalle": f"{f.dalle:%H:%M}",
            "alle": f"{f.alle:%H:%M}",
            "su_appuntamento": f.su_appuntamento,
        }
        for f in sorted(fasce, key=lambda f: (f.giorno, f.dalle))
    ]


def fascia_da_json(riga: dict[str, Any]) -> Fascia:
    return Fascia(riga["giorno"], _ora(riga["dalle"]), _ora(riga["alle"]), riga["su_appuntamento"])


def deroga_in_json(deroga: Deroga) -> dict[str, Any]:
    ore = {c: f"{getattr(deroga, c):%H:%M}" if getattr(deroga, c) else None for c in ("dalle", "alle")}
    date_ = {c: getattr(deroga, c).isoformat() for c in ("dal", "al")}
    return date_ | ore | {"chiuso": deroga.chiuso, "motivo": deroga.motivo}


def deroga_da_json(riga: dict[str, Any]) -> Deroga:
    ore = {c: _ora(riga[c]) if riga[c] else None for c in ("dalle", "alle")}
    date_ = {c: date.fromisoformat(riga[c]) for c in ("dal", "al")}
    return Deroga(**date_, **ore, chiuso=riga["chiuso"], motivo=riga["motivo"])


def _ora(testo: str) -> time:
    return time.fromisoformat(testo)


def oggetti(campo: str, chiavi: Iterable[str]) -> list:
    """The rows behind the names of a list. Refuses one that the Province has taken away meanwhile."""
    modello, chiave = LISTE[campo]
    trovati = list(modello.objects.filter(**{f"{chiave}__in": list(chiavi)}))
    if len(trovati) != len(set(chiavi)):
        raise Rifiuto(_("Una delle voci scelte non è più nell'elenco della Provincia: ricarica la pagina e scegli."))
    return trovati


def metti(punto: PuntoInformativo, valori: dict[str, Any]) -> None:
    """Put `valori` on `punto` in memory; `eccezioni` are added, all the rest replaces what there is.

    Refuses a text too long, no service at all, spells that overlap, rows that make no sense.
    """
    for campo, valore in valori.items():
        if campo == "orari":
            metti_orari(punto, [fascia_da_json(r) for r in valore])
        elif campo == "eccezioni":
            for riga in valore:
                aggiungi_eccezione(punto, deroga_da_json(riga))
        else:
            _metti_campo(punto, campo, valore)


def _metti_campo(punto: PuntoInformativo, campo: str, valore: Any) -> None:
    if campo == "servizi" and not valore:
        raise Rifiuto(_("Indica almeno un servizio che il punto offre."))
    controlla_lunghezza(campo, valore)
    setattr(punto, campo, oggetti(campo, valore) if campo in LISTE else valore)


def controlla_lunghezza(campo: str, valore: Any) -> None:
    """Refuse a text of a host that nobody would read to its end."""
    if isinstance(valore, str) and len(valore) > LUNGHEZZA_MASSIMA:
        nome = PuntoInformativo._meta.get_field(campo).verbose_name
        raise Rifiuto(_("Accorcia «%(campo)s»: al massimo %(n)d caratteri.") % {"campo": nome, "n": LUNGHEZZA_MASSIMA})


def metti_orari(punto: PuntoInformativo, fasce: list[Fascia]) -> None:
    """Replace the weekly spells."""
    if scontro := sovrapposizione(fasce):
        raise Rifiuto(scontro)
    righe = [Orario(punto=punto, **vars(f)) for f in fasce]
    for riga in righe:
        riga.full_clean(exclude=["punto"], validate_unique=False)
    punto.orari.set(righe)


def aggiungi_eccezione(punto: PuntoInformativo, deroga: Deroga) -> None:
    """Add a dated exception, unless the very same is there."""
    if deroga not in [e.deroga for e in punto.eccezioni.all()]:
        riga = Eccezione(punto=punto, **vars(deroga))
        riga.full_clean(exclude=["punto"], validate_unique=False)
        punto.eccezioni.add(riga)
