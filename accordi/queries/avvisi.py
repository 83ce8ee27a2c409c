"""Calls as the public list shows them, with how many each filter would leave."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from accordi.models import Avviso
from accordi.scelte import CategoriaDestinatari, TipoAccordo
from core.orologio import adesso


def _fasi() -> dict[str, Q]:
    ora = adesso()
    return {
        "aperto": Q(apre__lte=ora, chiude__gt=ora),
        "in-arrivo": Q(apre__gt=ora),
        "chiuso": Q(chiude__lte=ora),
    }


def _condizioni() -> dict[str, dict[str, Q]]:
    """By filter of the list, then by value, the condition that it puts."""
    return {
        "fase": _fasi(),
        "tipo": {tipo: Q(tipo=tipo) for tipo in TipoAccordo.values},
        # Both databases write the list as JSON text, each value between quotes.
        "destinatari": {c: Q(destinatari_testo__contains=f'"{c}"') for c in CategoriaDestinatari.values},
    }


def _trovati(utente: Any, testo: str) -> QuerySet[Avviso]:
    """Calls that `utente` sees and in which every word of `testo` is found."""
    avvisi = Avviso.objects.visibili_a(utente).annotate(destinatari_testo=Cast("destinatari", TextField()))
    for parola in testo.split():
        avvisi = avvisi.filter(Q(titolo__icontains=parola) | Q(sommario__icontains=parola))
    return avvisi


def avvisi_in_elenco(utente: Any, *, testo: str = "", **filtri: str) -> QuerySet[Avviso]:
    """Open first, then upcoming, then closed. `filtri`: fase, tipo, destinatari; an empty one filters nothing."""
    condizioni = _condizioni()
    avvisi = _trovati(utente, testo).defer("testo", "domande", "documenti_richiesti", "faq")
    for nome, valore in filtri.items():
        avvisi = avvisi.filter(condizioni[nome][valore]) if valore else avvisi
    ordine = Case(
        *(When(condizione, then=Value(n)) for n, condizione in enumerate(condizioni["fase"].values())),
        output_field=IntegerField(),
    )
    return avvisi.order_by(ordine, "-apre", "pk")


def conta_avvisi(utente: Any, *, testo: str = "", **filtri: str) -> Mapping[tuple[str, str], int]:
    """How many calls each value of each filter would leave, the other filters staying as they are: one query."""
    condizioni = _condizioni()
    scelte = [(nome, valore) for nome, valori in condizioni.items() for valore in valori]
    conti = {}
    for n, (nome, valore) in enumerate(scelte):
        insieme = condizioni[nome][valore]
        for altro, scelto in filtri.items():
            insieme &= condizioni[altro][scelto] if altro != nome and scelto else Q()
        conti[f"n{n}"] = Count("pk", filter=insieme)
    trovati = _trovati(utente, testo).aggregate(**conti)
    return {scelta: trovati[f"n{n}"] for n, scelta in enumerate(scelte)}
