"""The seal of the suite, and an agreement ready to be signed by two people with an authenticator app."""

from datetime import UTC, date, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from accordi.models import Accordo
from accordi.services.accordi import crea_accordo_libero
from accordi.services.secondo_fattore import codice_attuale
from accordi.services.testi import congela_testo, modifica_bozza
from accordi.sigillo import crea_sigillo
from core.orologio import fermo
from tests.accordi.pki import accesa, codice_di

SEGRETO = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
GIORNO = datetime(2023, 3, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def sigillo_di_prova(tmp_path_factory):
    """A demonstration seal made once, as `manage.py crea_sigillo` makes it."""
    percorso = tmp_path_factory.mktemp("sigillo") / "sigillo.p12"
    crea_sigillo(percorso, "prova", ente="Provincia di prova")
    return percorso


@pytest.fixture(autouse=True)
def _sigillo(settings, sigillo_di_prova):
    settings.SIGILLO_P12, settings.SIGILLO_PASSWORD = sigillo_di_prova, "prova"
    cache.clear()


def con_app(utente):
    """Give `utente` an authenticator app whose codes the tests can compute."""
    Authenticator.objects.filter(user=utente).delete()
    Authenticator.objects.create(user=utente, type=Authenticator.Type.TOTP, data={"secret": SEGRETO})
    return utente


def codice():
    """What the app shows now, at the product's clock."""
    return codice_attuale(SEGRETO)


@pytest.fixture
def adesso_fermo():
    """The clock stands at GIORNO."""
    with fermo(GIORNO):
        yield GIORNO


@pytest.fixture
def firmatari(dirigente, rappresentante):
    """(signs for the Province, signs for the private body), both with an app."""
    return con_app(dirigente), con_app(rappresentante.utente)


@pytest.fixture
def bozza(coordinatore, rappresentante, provincia, adesso_fermo) -> Accordo:
    """A draft between the Province and a private body, with its determination."""
    accordo = crea_accordo_libero(
        utente=coordinatore,
        tipo="collaborazione",
        titolo="Collaborazione di prova",
        testo="# Oggetto\nLe parti collaborano.\n# Durata\nUn anno.",
        parti=[rappresentante.soggetto],
    )
    return modifica_bozza(
        utente=coordinatore,
        accordo=accordo,
        campi={"determina_numero": "12", "determina_data": date(2023, 3, 1)},
    )


@pytest.fixture
def in_firma(bozza, coordinatore, firmatari) -> Accordo:
    """The same, frozen and sent out for signature."""
    congela_testo(utente=coordinatore, accordo=bozza)
    bozza.refresh_from_db()
    return bozza


@pytest.fixture
def tutti_insieme(in_firma) -> Accordo:
    """The same, where the two sign in whatever order: one stage."""
    in_firma.parti.update(stadio=1)
    return in_firma


@pytest.fixture(scope="module")
def pki(tmp_path_factory):
    """A real authority on loopback, at GIORNO."""
    with accesa(tmp_path_factory.mktemp("pki"), GIORNO) as autorita:
        yield autorita


@pytest.fixture
def fiducia_di_prova(settings, pki, tmp_path):
    """The test authority is the only anchor, and may be asked on loopback."""
    cartella = tmp_path / "fiducia"
    cartella.mkdir()
    (cartella / "radice.crt").write_bytes(pki.radice.dump())
    settings.FIDUCIA_CARTELLA, settings.FIDUCIA_RETI_AMMESSE = cartella, ["127.0.0.0/8"]
    pki.spenta = False


@pytest.fixture
def parte(in_firma, rappresentante):
    """The private body's party; its representative is the first person of the test authority."""
    rappresentante.codice_fiscale = codice_di(0)
    rappresentante.save()
    return in_firma.parti.get(soggetto=rappresentante.soggetto)
