"""The OpenAPI document as the readable page shows it: routes by group, parameters and fields with their meaning."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from dati_aperti.api.rotte import api

TIPI = {"string": "testo", "integer": "numero intero", "number": "numero", "boolean": "vero o falso", "array": "elenco"}
FORMATI = {"date": "giorno", "date-time": "istante", "uuid": "UUID"}


@dataclass(frozen=True)
class Campo:
    """A parameter of a route, or a field of an answer."""

    nome: str
    tipo: str
    descrizione: str


@dataclass(frozen=True)
class Rotta:
    percorso: str
    titolo: str
    descrizione: str
    parametri: list[Campo]
    risposta: str


@dataclass(frozen=True)
class Oggetto:
    nome: str
    descrizione: str
    campi: list[Campo]


@dataclass(frozen=True)
class Documento:
    versione: str
    descrizione: str
    gruppi: dict[str, list[Rotta]]
    oggetti: list[Oggetto]


def documento() -> Documento:
    schema = api.get_openapi_schema()
    oggetti = schema["components"]["schemas"]
    gruppi: dict[str, list[Rotta]] = {}
    for percorso, metodi in schema["paths"].items():
        gruppi.setdefault(metodi["get"]["tags"][0], []).append(_rotta(percorso, metodi["get"]))
    info = schema["info"]
    return Documento(info["version"], info["description"], gruppi, list(_oggetti(oggetti)))


def _rotta(percorso: str, operazione: dict[str, Any]) -> Rotta:
    risposta = operazione["responses"][200]["content"]["application/json"]["schema"]
    campi = (_campo(p["name"], p["schema"]) for p in operazione["parameters"])
    parametri = [replace(c, tipo=c.tipo.removesuffix(" o null")) for c in campi]
    return Rotta(percorso, operazione["summary"], operazione.get("description", ""), parametri, _tipo(risposta))


def _oggetti(schemi: dict[str, Any]) -> Iterator[Oggetto]:
    for nome, schema in schemi.items():
        if schema.get("type") == "object":
            campi = [_campo(n, s) for n, s in schema["properties"].items()]
            yield Oggetto(_nome(nome), schema.get("description", ""), campi)
        else:
            yield Oggetto(_nome(nome), f"Uno fra: {', '.join(schema['enum'])}.", [])


def _campo(nome: str, schema: dict[str, Any]) -> Campo:
    return Campo(nome, _tipo(schema), schema.get("description", ""))


def _tipo(schema: dict[str, Any]) -> str:
    """In words: «testo», «elenco di Voce», «giorno o null»."""
    if "anyOf" in schema:
        return " o ".join(_tipo(s) for s in schema["anyOf"])
    if "$ref" in schema:
        return _nome(schema["$ref"].rpartition("/")[2])
    if "allOf" in schema:
        return _tipo(schema["allOf"][0])
    if schema.get("type") == "array":
        return f"elenco di {_tipo(schema['items'])}"
    if schema.get("type") == "null":
        return "null"
    return FORMATI.get(schema.get("format", ""), TIPI.get(schema.get("type", ""), "valore"))


def _nome(nome: str) -> str:
    """«Pagina_Punto_» → «Pagina di Punto»."""
    base, _sotto, di = nome.strip("_").partition("_")
    return f"{base} di {di}" if di else base
