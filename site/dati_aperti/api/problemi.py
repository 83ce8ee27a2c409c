"""Refusals as RFC 9457 says them, in Italian: what is wrong and what to do."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from dati_aperti.api.schemi import Errore, Problema

TIPO = "application/problem+json"
NON_TROVATO = "Qui non c'è niente: controlla l'indirizzo, o parti dalla documentazione in /api/v1/."
SOLO_LETTURA = "Questi dati si leggono soltanto: usa GET o HEAD."
PARAMETRI = "Correggi i parametri elencati in «errori» e ripeti la richiesta: nessun parametro è ignorato in silenzio."
# By kind of error of pydantic; the words between braces are its context.
FRASI = {
    "int_parsing": "Scrivi un numero intero.",
    "int_parsing_size": "Il numero è troppo grande.",
    "int_from_float": "Scrivi un numero intero.",
    "float_parsing": "Scrivi un numero, con il punto per i decimali.",
    "finite_number": "Scrivi un numero finito.",
    "bool_parsing": "Scrivi true o false.",
    "date_from_datetime_parsing": "Scrivi il giorno così: 2026-12-31.",
    "date_parsing": "Scrivi il giorno così: 2026-12-31.",
    "greater_than_equal": "Il minimo è {ge}.",
    "less_than_equal": "Il massimo è {le}.",
    "string_too_long": "Al massimo {max_length} caratteri.",
    "string_pattern_mismatch": "Ci sono caratteri che qui non si usano.",
    "enum": "Scegli fra: {expected}.",
    "literal_error": "Scegli fra: {expected}.",
}


class ParametriErrati(Exception):
    """A request that can't be read: pairs of parameter and sentence."""

    def __init__(self, *errori: tuple[str, str]) -> None:
        super().__init__(errori)
        self.errori = [Errore(parametro=nome, messaggio=frase) for nome, frase in errori]


def problema(stato: int, titolo: str, dettaglio: str, errori: list[Errore] | None = None) -> HttpResponse:
    corpo = Problema(type="about:blank", title=titolo, status=stato, detail=dettaglio, errori=errori or [])
    return HttpResponse(corpo.model_dump_json(), status=stato, content_type=TIPO)


def non_trovato(request: HttpRequest, errore: Exception | None = None) -> HttpResponse:
    return problema(404, "Non trovato", NON_TROVATO)


def parametri_errati(request: HttpRequest, errore: ParametriErrati) -> HttpResponse:
    return problema(422, "Parametri da correggere", PARAMETRI, errore.errori)


def non_validi(request: HttpRequest, errore: Any) -> HttpResponse:
    """From the list of errors that Ninja collects from pydantic."""
    return parametri_errati(request, ParametriErrati(*((str(e["loc"][-1]), _frase(e)) for e in errore.errors)))


def _frase(errore: dict[str, Any]) -> str:
    contesto = {nome: str(v).replace(" or ", " o ") for nome, v in errore.get("ctx", {}).items()}
    return FRASI.get(errore["type"], "Il valore non è fra quelli ammessi.").format(**contesto)
