"""One table: every URL of ours × every role, for GET and for an empty POST.

`tabella.txt` holds a line per route. Each cell is `GET/POST`: the status, or L for
"sent to sign in", R for another redirect; a star says that the request changed something (a line more in
the audit trail or in Wagtail's log). A URL without a row fails.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import ModelLogEntry

from core.models import RigaRegistro
from tests.permessi.indirizzi import DI_LIBRERIA, indirizzi
from tests.permessi.mondo import RUOLI, Mondo

TABELLA = Path(__file__).with_name("tabella.txt")


def leggi_tabella() -> dict[str, dict[str, str]]:
    """Route → role → "GET/POST"."""
    righe = [r.split() for r in TABELLA.read_text().splitlines() if r and not r.startswith("#")]
    return {riga[0]: dict(zip(RUOLI, riga[1:], strict=True)) for riga in righe}


def esito(client: Client, metodo: str, url: str) -> str:
    """What happens, in a transaction that is undone."""
    with transaction.atomic():
        prima = _righe_scritte()
        risposta = getattr(client, metodo)(url)
        segno = "*" if _righe_scritte() > prima else ""
        if risposta.streaming:
            b"".join(risposta.streaming_content)  # reads to the end, which closes the file
        transaction.set_rollback(True)
    if risposta.status_code not in (301, 302):
        return f"{risposta.status_code}{segno}"
    return f"L{segno}" if "/accesso/" in risposta.url or "/gestione/login" in risposta.url else f"R{segno}"


def _righe_scritte() -> int:
    return RigaRegistro.objects.count() + ModelLogEntry.objects.count()


def entra(mondo: Mondo, ruolo: str) -> Client:
    client = Client(raise_request_exception=False)
    if mondo.persone[ruolo]:
        client.force_login(mondo.persone[ruolo])
    return client


def osservato(ruolo: str) -> dict[str, str]:
    """What `ruolo` meets at each of our addresses."""
    mondo = Mondo()
    client = entra(mondo, ruolo)
    esiti = {}
    for indirizzo in indirizzi():
        if indirizzo.nostro:
            url = mondo.url(indirizzo.rotta, indirizzo.modello)
            esiti[indirizzo.rotta] = "/".join(esito(client, metodo, url) for metodo in ("get", "post"))
    return esiti


def test_ogni_url_ha_la_sua_riga():
    nostre = {i.rotta for i in indirizzi() if i.nostro}
    assert (nostre - set(leggi_tabella()), set(leggi_tabella()) - nostre) == (set(), set())


def test_ogni_altro_url_e_di_una_libreria_che_conosciamo():
    assert [i.rotta for i in indirizzi() if not i.nostro and not i.rotta.startswith(DI_LIBRERIA)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("ruolo", RUOLI)
def test_ogni_ruolo_trova_quello_che_la_tabella_dice(ruolo):
    atteso = {rotta: riga[ruolo] for rotta, riga in leggi_tabella().items()}
    trovato = osservato(ruolo)
    assert {r: (trovato[r], atteso[r]) for r in atteso if trovato.get(r) != atteso[r]} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("ruolo", ["anonimo", "proprio"])
def test_chi_non_lavora_per_la_provincia_non_entra_in_gestione(ruolo):
    """Whatever Wagtail adds below /gestione/: sent away, never answered."""
    mondo = Mondo()
    client = entra(mondo, ruolo)
    aperti = {}
    for indirizzo in indirizzi():
        if indirizzo.rotta.startswith("gestione/"):
            url = mondo.url(indirizzo.rotta, indirizzo.modello)
            esiti = {esito(client, metodo, url) for metodo in ("get", "post")}
            if not esiti <= {"L", "R", "403", "404", "405"}:
                aperti[indirizzo.rotta] = esiti
    assert set(aperti) == APERTI_A_TUTTI


# Wagtail answers these to anyone: translated words of its own interface, and its icons.
APERTI_A_TUTTI = {"gestione/jsi18n/", "gestione/sprite/"}
