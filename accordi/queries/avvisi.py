"""Calls as the public list shows them."""

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accordi.models import Avviso
from core.orologio import adesso


def avvisi_in_elenco(utente: Any, *, testo: str = "", tipo: str = "", fase: str = "") -> QuerySet[Avviso]:
    """Calls that `utente` sees: open first, then upcoming, then closed; every word of `testo` must be found."""
    ora = adesso()
    fasi = {
        "aperto": Q(apre__lte=ora, chiude__gt=ora),
        "in-arrivo": Q(apre__gt=ora),
        "chiuso": Q(chiude__lte=ora),
    }
    avvisi = Avviso.objects.visibili_a(utente).defer("testo", "domande", "documenti_richiesti", "faq")
    for parola in testo.split():
        avvisi = avvisi.filter(Q(titolo__icontains=parola) | Q(sommario__icontains=parola))
    if tipo:
        avvisi = avvisi.filter(tipo=tipo)
    if fase:
        avvisi = avvisi.filter(fasi[fase])
    ordine = Case(
        *(When(condizione, then=Value(n)) for n, condizione in enumerate(fasi.values())), output_field=IntegerField()
    )
    return avvisi.order_by(ordine, "-apre", "pk")
