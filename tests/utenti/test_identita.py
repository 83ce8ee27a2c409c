"""SPID and CIE, against a real OpenID Connect provider (R65; CAD artt. 64 and 65)."""

import socket
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache

from core.models import Messaggio, RigaRegistro
from tests.factories.utenti import UtenteFactory
from utenti.models import Ruolo, Utente

pytestmark = pytest.mark.django_db
CODICE = "RSSMRA80A01D150J"
LIVELLO_2 = "https://www.spid.gov.it/SpidL2"
MARIO = {
    "given_name": "Mario",
    "family_name": "Rossi",
    "email": "mario@ente.example",
    "https://attributes.eid.gov.it/fiscal_number": f"TINIT-{CODICE}",
    "acr": LIVELLO_2,
}
LOGIN = "/accesso/oidc/spid/login/"


@pytest.fixture(scope="module")
def sistema():
    """The address of an identity system that listens on loopback."""
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        porta = presa.getsockname()[1]
    comando = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(porta)]
    processo = subprocess.Popen(comando, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  a fixed command
    indirizzo = f"http://127.0.0.1:{porta}"
    try:
        for _tentativo in range(200):
            try:
                requests.get(f"{indirizzo}/.well-known/openid-configuration", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield indirizzo
    finally:
        processo.terminate()
        processo.wait()


@pytest.fixture(autouse=True)
def _acceso(settings, sistema):
    cache.clear()
    uguali = {"server_url": sistema, "oauth_pkce_enabled": True, "auth_params": {"acr_values": LIVELLO_2}}
    apps = [
        {"provider_id": codice, "name": nome, "client_id": "raccordo", "secret": "x", "settings": dict(uguali)}
        for codice, nome in settings.SISTEMI_IDENTITA.items()
    ]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}


@pytest.fixture
def passa(client, sistema):
    """Go to the identity system, be recognised there with these claims, come back."""

    def _passa(chi="mario", processo="login", **detti):
        requests.put(f"{sistema}/users/{chi}", json=MARIO | detti, timeout=5)
        partenza = client.get(LOGIN, {"process": processo})
        assert partenza.headers["Location"].startswith(f"{sistema}/oauth2/authorize?")
        assert "acr_values=https" in partenza.headers["Location"]
        risposta = requests.post(partenza.headers["Location"], data={"sub": chi}, allow_redirects=False, timeout=5)
        ritorno = risposta.headers["Location"].removeprefix("http://testserver")
        return client.get(ritorno, follow=True)

    return _passa


def _con_mail_verificata(**campi):
    persona = UtenteFactory(**campi)
    EmailAddress.objects.create(user=persona, email=persona.email, verified=True, primary=True)
    return persona


def _entrato(client):
    return client.session.get("_auth_user_id")


def test_chi_ha_gia_l_account_entra_riconosciuto_dal_codice_fiscale(client, passa):
    """The address of mail says nothing: another account has the one that the system tells."""
    persona = _con_mail_verificata(codice_fiscale=CODICE)
    UtenteFactory(email="mario@ente.example")
    passa()
    assert _entrato(client) == str(persona.pk)
    assert RigaRegistro.objects.get(azione="utente.collega_identita").dati == {"sistema": "SPID", "livello": 2}
    client.post("/accesso/logout/")
    passa()
    assert (_entrato(client), SocialAccount.objects.count()) == (str(persona.pk), 1)


def test_la_prima_volta_ci_si_registra_con_i_dati_del_sistema_e_la_mail_si_conferma(client, passa):
    pagina = passa().content.decode()
    assert "<strong>Mario Rossi</strong>" in pagina
    assert CODICE in pagina
    client.post(
        "/accesso/3rdparty/signup/",
        {"email": "mario@ente.example", "first_name": "Altro", "codice_fiscale": "X", "ruolo": "dirigente"},
    )
    nuovo = Utente.objects.get(codice_fiscale=CODICE)
    assert (nuovo.get_full_name(), nuovo.ruolo, nuovo.has_usable_password()) == ("Mario Rossi", Ruolo.PARTNER, False)
    assert not EmailAddress.objects.get(user=nuovo).verified
    assert Messaggio.objects.get().destinatario == "mario@ente.example"
    assert _entrato(client) is None


def test_registrarsi_con_la_mail_di_un_altro_non_entra_nel_suo_account(client, passa):
    vittima = UtenteFactory(email="mario@ente.example")
    passa(email_verified=True)
    client.post("/accesso/3rdparty/signup/", {"email": "mario@ente.example"})
    assert _entrato(client) is None
    assert not SocialAccount.objects.filter(user=vittima).exists()
    assert not Utente.objects.filter(codice_fiscale=CODICE).exists()


@pytest.mark.parametrize(
    ("detti", "frase"),
    [
        ({"acr": "https://www.spid.gov.it/SpidL1"}, "Serve un accesso di livello 2"),
        ({"acr": ""}, "Serve un accesso di livello 2"),
        ({"https://attributes.eid.gov.it/fiscal_number": ""}, "non ci ha dato il tuo codice fiscale"),
        ({"https://attributes.eid.gov.it/fiscal_number": "TINIT-RSSMRA80A01D150X"}, "non ci ha dato"),
    ],
)
def test_un_identita_debole_o_senza_codice_fiscale_non_entra(client, passa, detti, frase):
    UtenteFactory(codice_fiscale=CODICE)
    assert frase in passa(**detti).content.decode()
    assert _entrato(client) is None


def test_chi_e_gia_entrato_collega_la_sua_identita_e_non_quella_di_un_altro(client, passa):
    persona = UtenteFactory()
    client.force_login(persona)
    assert "Nessuna identità è collegata" in client.get("/accesso/3rdparty/").content.decode()
    passa(processo="connect")
    persona.refresh_from_db()
    assert (persona.codice_fiscale, SocialAccount.objects.get().user) == (CODICE, persona)
    altra = UtenteFactory()
    client.force_login(altra)
    assert "è di un&#x27;altra persona" in passa(processo="connect").content.decode()
    altra.refresh_from_db()
    assert (altra.codice_fiscale, SocialAccount.objects.get().user) == ("", persona)


def test_chi_ha_un_altro_codice_fiscale_non_collega_questo(client, passa):
    persona = UtenteFactory(codice_fiscale="VRDLGI85B02D150C")
    client.force_login(persona)
    assert "è di un&#x27;altra persona" in passa(processo="connect").content.decode()
    assert not SocialAccount.objects.exists()


def test_un_identita_collegata_non_entra_quando_dice_un_altro_codice_fiscale(client, passa):
    UtenteFactory(codice_fiscale=CODICE)
    passa()
    client.post("/accesso/logout/")
    pagina = passa(**{"https://attributes.eid.gov.it/fiscal_number": "TINIT-VRDLGI85B02D150C"}).content.decode()
    assert "collegata all&#x27;account di un&#x27;altra persona" in pagina
    assert _entrato(client) is None


def test_un_account_spento_non_entra(client, passa):
    UtenteFactory(codice_fiscale=CODICE, is_active=False)
    passa()
    assert _entrato(client) is None


def test_chi_annulla_o_trova_il_sistema_spento_legge_una_frase(client, settings):
    partenza = client.get(LOGIN).headers["Location"]
    ritorno = {"error": "access_denied", "state": parse_qs(urlsplit(partenza).query)["state"][0]}
    assert "Hai chiuso l'accesso" in client.get(f"{LOGIN}callback/", ritorno, follow=True).content.decode()
    assert "Il sistema di identità non ha risposto" in client.get(f"{LOGIN}callback/", ritorno).content.decode()
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    spento = client.get(LOGIN)
    assert (spento.status_code, "Riprova tra qualche minuto" in spento.content.decode()) == (503, True)


def test_la_pagina_di_accesso_offre_i_sistemi_accesi_e_solo_quelli(client, settings):
    pagina = client.get("/accesso/login/").content.decode()
    assert f'href="{LOGIN}?process=login"' in pagina
    assert "Entra con SPID" in pagina
    assert "Entra con CIE" in pagina
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].pop()
    pagina = client.get("/accesso/login/").content.decode()
    assert ("Entra con SPID" in pagina, "Entra con CIE" in pagina) == (True, False)
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "identità digitale" not in client.get("/accesso/login/").content.decode()


def test_senza_password_dei_partner_entra_con_la_password_solo_il_personale(client, settings):
    settings.PASSWORD_PARTNER = False
    pagina = client.get("/accesso/login/").content.decode()
    assert "i partner entrano con l'identità digitale" in pagina.replace("&#x27;", "'")
    assert "Registrati come partner" not in pagina
    assert "entrando la prima volta con" in client.get("/accesso/signup/").content.decode()
    for ruolo, esito in ((Ruolo.PARTNER, (200, None)), (Ruolo.COORDINATORE, (302, "/accesso/2fa/authenticate/"))):
        dati = {"login": _con_mail_verificata(ruolo=ruolo).email, "password": "una-password-lunga"}
        risposta = client.post("/accesso/login/", dati)
        assert (risposta.status_code, risposta.headers.get("Location")) == esito
