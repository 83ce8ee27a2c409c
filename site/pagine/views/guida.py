"""«Quali misure chiedere»: one page for each question, the answers in the address alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pagine.guida import Domanda, Testo, domande_per, risposte_valide
from pagine.models.centri import elenco_dei_centri
from pagine.queries.guida import misure_da_chiedere
from punti_informativi.queries.luoghi import suggerimenti


@dataclass(frozen=True)
class Data:
    """An answer given; `url` goes back to its question, with those before it."""

    domanda: Testo
    risposta: Testo
    url: str


@require_safe
def guida(request: HttpRequest) -> HttpResponse:
    """The first question without an answer; when all have one, the measures to ask about."""
    risposte = risposte_valide(request.GET)
    manca = next((d for d in domande_per(risposte) if d.chiave not in risposte), None)
    contesto = {"date": _date(risposte), "risposte": risposte}
    if manca:
        # The form sends along which question it asked: a person who pressed «Continua» chose nothing.
        errore = _("Scegli una risposta. Se non sai, scegli l'ultima.") if request.GET.get("da") == manca.chiave else ""
        contesto |= {"domanda": manca, "numero": len(risposte) + 1, "errore": errore}
        contesto |= {"totale": len(domande_per(risposte)) if risposte else 0}
    else:
        contesto |= {"consigliate": misure_da_chiedere(risposte), "suggerimenti": suggerimenti()}
        contesto |= {"centri": elenco_dei_centri()}
    risposta = render(request, "pagine/guida.html" if manca else "pagine/guida_esito.html", contesto)
    if risposte:
        # What one chose stays with who chose it: no shared cache keeps it.
        risposta["Cache-Control"] = "private, no-store"
    return risposta


def _date(risposte: Mapping[str, str]) -> list[Data]:
    chieste: list[Domanda] = [d for d in domande_per(risposte) if d.chiave in risposte]
    pagina = reverse("pagine:guida")
    date = []
    for n, domanda in enumerate(chieste):
        prima = urlencode({d.chiave: risposte[d.chiave] for d in chieste[:n]})
        testo = dict(domanda.scelte)[risposte[domanda.chiave]]
        date.append(Data(domanda.testo, testo, f"{pagina}?{prima}" if prima else pagina))
    return date
