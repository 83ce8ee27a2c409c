"""Points as the Human Services Data Specification 3.0 (Open Referral) says them. Pure.

A point is one `service` of its host, at one `location`; what it offers and to whom are taxonomy terms. Identifiers are
UUIDs made from ours, so they stay. Empty values are left out, as its schemas want.
"""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dati_aperti.schemi import Accessibilita, Lingua, Orario, Punto, Voce

GIORNI = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ACCESSO = {
    Accessibilita.COMPLETA: "Accessibile in sedia a rotelle",
    Accessibilita.PARZIALE: "Accessibile in sedia a rotelle con aiuto",
    Accessibilita.NO: "Non accessibile in sedia a rotelle",
}
TASSONOMIE = {"servizi": "Servizi dei punti informativi", "destinatari": "Destinatari dei punti informativi"}


def servizio(punto: Punto) -> dict[str, Any]:
    """One `service` with its organization, its service_at_location, its location."""
    chiave = str(punto.id)
    return _pieni(
        id=chiave,
        organization_id=_id("ente", punto.ente.slug),
        name=punto.nome,
        description=punto.descrizione,
        url=punto.pagina,
        email=punto.email,
        status="active",
        application_process="Su appuntamento" if punto.solo_appuntamento else "",
        eligibility_description=", ".join(v.nome for v in punto.destinatari),
        assured_date=punto.verificato_il.isoformat() if punto.verificato_il else "",
        phones=_telefoni(punto),
        languages=[_lingua(punto, v) for v in punto.lingue],
        organization=_pieni(
            id=_id("ente", punto.ente.slug),
            name=punto.ente.nome,
            description=punto.ente.nome,
            uri=punto.ente.pagina,
        ),
        service_areas=[_zona(punto, c.codice_istat, c.nome) for c in punto.comuni_serviti],
        required_documents=_documenti(punto),
        service_at_locations=[_dove(punto)],
        attributes=[*_attributi(punto, "servizi", punto.servizi), *_attributi(punto, "destinatari", punto.destinatari)],
    )


def _dove(punto: Punto) -> dict[str, Any]:
    luogo = _id("luogo", punto.id)
    return _pieni(
        id=_id("presso", punto.id),
        service_id=str(punto.id),
        location_id=luogo,
        schedules=_orari(punto),
        location=_pieni(
            id=luogo,
            location_type="physical",
            name=punto.nome,
            transportation=punto.come_arrivare,
            latitude=punto.posizione.latitudine,
            longitude=punto.posizione.longitudine,
            description="Posizione approssimata: centro del comune." if punto.posizione.approssimata else "",
            addresses=[_indirizzo(punto, luogo)],
            accessibility=_accessibilita(punto, luogo),
        ),
    )


def _indirizzo(punto: Punto, luogo: str) -> dict[str, Any]:
    """Province and CAP are required there: a CAP that nobody told is the empty text."""
    return {
        "id": _id("indirizzo", punto.id),
        "location_id": luogo,
        "address_1": punto.indirizzo.via,
        "city": punto.indirizzo.comune.nome,
        "state_province": punto.indirizzo.comune.codice_istat[:3],
        "postal_code": punto.indirizzo.cap,
        "country": "IT",
        "address_type": "physical",
    }


def _accessibilita(punto: Punto, luogo: str) -> list[dict[str, Any]]:
    if punto.accessibilita not in ACCESSO:
        return []
    return [{"id": _id("accesso", punto.id), "location_id": luogo, "description": ACCESSO[punto.accessibilita]}]


def _orari(punto: Punto) -> list[dict[str, Any]]:
    """Weekly spells: wall-clock times of the place, whose offset changes twice a year, so none is written."""
    per_fascia: dict[tuple[str, str, bool], list[Orario]] = {}
    for o in punto.orari:
        per_fascia.setdefault((o.dalle, o.alle, o.su_appuntamento), []).append(o)
    return [
        _pieni(
            id=_id("orario", punto.id, dalle, alle, appuntamento),
            service_at_location_id=_id("presso", punto.id),
            freq="WEEKLY",
            byday=",".join(GIORNI[o.giorno - 1] for o in orari),
            opens_at=dalle,
            closes_at=alle,
            notes="Ora locale (Europe/Rome)." + (" Su appuntamento." if appuntamento else ""),
            schedule_link=punto.calendario,
        )
        for (dalle, alle, appuntamento), orari in per_fascia.items()
    ]


def _telefoni(punto: Punto) -> list[dict[str, Any]]:
    if not punto.telefono:
        return []
    return [{"id": _id("telefono", punto.id), "service_id": str(punto.id), "number": punto.telefono}]


def _lingua(punto: Punto, lingua: Lingua) -> dict[str, Any]:
    return {
        "id": _id("lingua", punto.id, lingua.codice),
        "service_id": str(punto.id),
        "name": lingua.nome,
        "code": lingua.codice,
    }


def _zona(punto: Punto, codice: str, nome: str) -> dict[str, Any]:
    return {
        "id": _id("zona", punto.id, codice),
        "service_id": str(punto.id),
        "name": nome,
        "extent": codice,
        "extent_type": "text",
    }


def _documenti(punto: Punto) -> list[dict[str, Any]]:
    if not punto.cosa_portare:
        return []
    return [{"id": _id("documenti", punto.id), "service_id": str(punto.id), "document": punto.cosa_portare}]


def _attributi(punto: Punto, tassonomia: str, voci: list[Voce]) -> list[dict[str, Any]]:
    return [
        {
            "id": _id("attributo", punto.id, tassonomia, v.slug),
            "link_id": str(punto.id),
            "link_entity": "service",
            "taxonomy_term_id": _id(tassonomia, v.slug),
            "taxonomy_term": {
                "id": _id(tassonomia, v.slug),
                "code": v.slug,
                "name": v.nome,
                "description": v.nome,
                "taxonomy": TASSONOMIE[tassonomia],
                "language": "it",
            },
        }
        for v in voci
    ]


def _id(*parti: object) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(str(p) for p in ("hsds", *parti))))


def _pieni(**campi: Any) -> dict[str, Any]:
    return {nome: valore for nome, valore in campi.items() if valore not in ("", [], None)}
