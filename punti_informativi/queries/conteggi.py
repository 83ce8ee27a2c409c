"""How many points each choice would leave, the other filters standing; and what to drop when none is left (R32)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from punti_informativi.queries.aperture import aperti
from punti_informativi.queries.elenco import (
    ACCESSO_CON_AIUTO,
    ACCESSO_PIENO,
    CON_APPUNTAMENTO,
    SENZA_APPUNTAMENTO,
    Filtri,
    accessibile,
    punti_filtrati,
    riceve,
)

DISTANZE_KM = (5, 10, 20, 30)
# Filter → the path from a point to what is chosen.
MENU = {"comune": "sede__comune", "servizio": "servizi", "destinatari": "destinatari", "lingua": "lingue"}
# Filter → for each of its choices, the condition on a point.
SCELTE: dict[str, dict[object, Callable[[], Q]]] = {
    "entro": {km: lambda km=km: Q(distanza__lte=km) for km in DISTANZE_KM},
    "appuntamento": {come: lambda come=come: riceve(come) for come in (CON_APPUNTAMENTO, SENZA_APPUNTAMENTO)},
    "accessibile": {come: lambda come=come: accessibile(come) for come in (ACCESSO_PIENO, ACCESSO_CON_AIUTO)},
    "a_distanza": {True: lambda: Q(a_distanza=True)},
}
Conteggi = dict[str, dict[object, int]]


def conteggi(filtri: Filtri, ora: datetime) -> Conteggi:
    """Filter → choice → points. The menus by primary key; `aperto_alle` counts those open at `ora`.

    Filters that aren't in use share one query: dropping them changes nothing.
    """
    esito = {nome: _per_voce(filtri.senza(nome), campo) for nome, campo in MENU.items()}
    da_contare = [nome for nome in SCELTE if nome != "entro" or filtri.centro]
    liberi = [nome for nome in da_contare if not getattr(filtri, nome)]
    for gruppo in [liberi, *([nome] for nome in da_contare if nome not in liberi)]:
        if gruppo:
            esito |= _per_condizione(filtri.senza(gruppo[0]), gruppo)
    esito["aperto_alle"] = {True: aperti(punti_filtrati(filtri.senza("aperto_alle")), ora).count()}
    return esito


def _per_voce(filtri: Filtri, campo: str) -> dict[object, int]:
    punti = punti_filtrati(filtri).filter(**{f"{campo}__isnull": False})
    return dict(punti.order_by().values_list(campo).annotate(n=Count("pk")))


def _per_condizione(filtri: Filtri, nomi: list[str]) -> Conteggi:
    chiavi = [(nome, scelta) for nome in nomi for scelta in SCELTE[nome]]
    somme = {f"n{i}": Count("pk", filter=SCELTE[nome][scelta]()) for i, (nome, scelta) in enumerate(chiavi)}
    trovati = punti_filtrati(filtri).aggregate(**somme)
    esito: Conteggi = {nome: {} for nome in nomi}
    for i, (nome, scelta) in enumerate(chiavi):
        esito[nome][scelta] = trovati[f"n{i}"]
    return esito


@dataclass(frozen=True)
class Rinuncia:
    """Dropping the filter `nome` would leave `quanti` points."""

    nome: str
    quanti: int


def rinunce(filtri: Filtri) -> list[Rinuncia]:
    """For a request that finds nothing: each filter whose absence alone would find something, the most useful first."""
    contate = [Rinuncia(nome, punti_filtrati(filtri.senza(nome)).count()) for nome in filtri.in_uso]
    return sorted((r for r in contate if r.quanti), key=lambda r: -r.quanti)
