"""Fixtures for the whole suite: clients signed in by role, the Province, mail delivery, the seal."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.orologio import fermo
from reti.models import MessaggioRicevuto
from tests.factories.reti import RappresentanzaFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory
from utenti.models import Utente


@pytest.fixture(autouse=True)
def _file_separati(settings, tmp_path, monkeypatch):
    """Files written by a test stay in its own folder; file fields hold the storage that models loaded with."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATI_APERTI_CARTELLA = tmp_path / "dati-aperti"
    settings.STORAGES = settings.STORAGES | {
        "privati": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "privati", "base_url": None},
        }
    }
    # After MEDIA_ROOT: a change of that setting makes every storage forget where it is.
    archivio = MessaggioRicevuto._meta.get_field("originale").storage
    for nome in ("base_location", "location"):
        monkeypatch.setitem(archivio.__dict__, nome, str(tmp_path / "privati"))


@pytest.fixture
def provincia(db):
    """The Province that owns the installation."""
    return SoggettoFactory(provincia=True)


@pytest.fixture
def entra(client: Client) -> Callable[[Utente], Client]:
    """Sign a user in and return the client."""

    def _entra(utente: Utente) -> Client:
        client.force_login(utente)
        return client

    return _entra


@pytest.fixture
def coordinatore(db):
    return UtenteFactory(ruolo="coordinatore")


@pytest.fixture
def dirigente(db, provincia):
    """Signs for the Province: has powers of representation over it."""
    return RappresentanzaFactory(utente__ruolo="dirigente", soggetto=provincia).utente


@pytest.fixture
def rappresentante(db):
    """Legal representative of a private body: (user, body) as a Rappresentanza."""
    return RappresentanzaFactory()


@pytest.fixture
def orologio():
    """Hold the product's clock: `with orologio(datetime(...)):`."""
    return fermo


@pytest.fixture
def consegna_posta():
    """Run queued deliveries now; mails land in django.core.mail.outbox."""
    from core.models import Messaggio  # noqa: PLC0415  apps are ready only inside a test
    from core.posta import consegna  # noqa: PLC0415  models load before this

    def _consegna() -> None:
        for chiave in Messaggio.objects.filter(stato=Messaggio.Stato.IN_CODA).values_list("pk", flat=True):
            consegna.func(chiave)

    return _consegna
