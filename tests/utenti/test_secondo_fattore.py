"""The second factor: staff reach nothing without it, demonstration codes show only where they may (R64)."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories.utenti import UtenteFactory
from utenti.codici import codice_di_adesso
from utenti.demo import PASSWORD, segreto, utente_dimostrativo
from utenti.models import Ruolo, Utente

pytestmark = pytest.mark.django_db
ATTIVAZIONE = "/accesso/2fa/totp/activate/"
DIETRO_IL_MURO = [
    "/", "/gestione/", "/gestione/posta/", "/gestione/pages/", "/gestione/images/", "/area/", "/documenti/1/x.pdf",
    "/ricerca/", "/punti-informativi/",
]  # fmt: skip
PROVINCIA = [r for r in Ruolo if r != Ruolo.PARTNER]


def _codice(chiave):
    contatori = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(chiave, contatori[len(contatori) // 2]))


def _senza_fattore(ruolo=Ruolo.COORDINATORE):
    utente = UtenteFactory(ruolo=ruolo)
    Authenticator.objects.filter(user=utente).delete()
    EmailAddress.objects.create(user=utente, email=utente.email, verified=True, primary=True)
    return utente


@pytest.mark.parametrize("percorso", DIETRO_IL_MURO)
@pytest.mark.parametrize("ruolo", PROVINCIA)
def test_senza_secondo_fattore_il_personale_va_ad_attivarlo(entra, ruolo, percorso):
    risposta = entra(_senza_fattore(ruolo)).get(percorso)
    assert (risposta.status_code, risposta.headers["Location"]) == (302, ATTIVAZIONE)


def test_un_post_non_passa_il_muro(entra, coordinatore):
    Authenticator.objects.filter(user=coordinatore).delete()
    risposta = entra(coordinatore).post("/gestione/posta/riprova/1/")
    assert (risposta.status_code, risposta.headers["Location"]) == (302, ATTIVAZIONE)


def test_un_partner_lavora_senza_secondo_fattore(entra):
    assert entra(UtenteFactory()).get("/area/").status_code == 200


@pytest.mark.parametrize("percorso", ["/_util/login/", "/gestione/login/"])
def test_nessun_altra_porta_fa_entrare_con_la_sola_password(percorso):
    """Wagtail brings sign-in pages of its own, which know nothing of the second factor."""
    utente = _senza_fattore()
    TOTP.activate(utente, segreto(utente.email))
    client = Client()
    risposta = client.post(percorso, {"username": utente.email, "password": "una-password-lunga"})
    assert (risposta.status_code, risposta.headers["Location"]) == (302, "/accesso/login/")
    assert "_auth_user_id" not in client.session


def test_accesso_attivazione_e_gestione_dal_principio_alla_fine():
    utente = _senza_fattore()
    client = Client()
    risposta = client.post("/accesso/login/", {"login": utente.email, "password": "una-password-lunga"})
    assert (risposta.status_code, risposta.headers["Location"]) == (302, "/gestione/")
    assert client.get("/gestione/").headers["Location"] == ATTIVAZIONE
    conferma = client.get(ATTIVAZIONE).headers["Location"]
    assert conferma.startswith("/accesso/reauthenticate/")
    assert client.post(conferma, {"password": "una-password-lunga"}).headers["Location"] == ATTIVAZIONE
    pagina = client.get(ATTIVAZIONE).content.decode()
    assert "data:image/svg+xml;base64," in pagina
    chiave = re.search(r'id="chiave" type="text" value="(\w+)"', pagina)[1]
    assert client.post(ATTIVAZIONE, {"code": _codice(chiave)}).status_code == 302
    assert client.get("/gestione/").status_code == 200


def test_chi_ha_il_secondo_fattore_deve_dare_il_codice():
    utente = UtenteFactory(ruolo="coordinatore")
    Authenticator.objects.filter(user=utente).delete()
    TOTP.activate(utente, segreto(utente.email))
    EmailAddress.objects.create(user=utente, email=utente.email, verified=True, primary=True)
    client = Client()
    risposta = client.post("/accesso/login/", {"login": utente.email, "password": "una-password-lunga"})
    assert risposta.headers["Location"] == "/accesso/2fa/authenticate/"
    assert client.get("/gestione/").headers["Location"] == "/gestione/login/?next=/gestione/"
    assert "Codice errato" in client.post("/accesso/2fa/authenticate/", {"code": "000000"}).content.decode()
    risposta = client.post("/accesso/2fa/authenticate/", {"code": _codice(segreto(utente.email))})
    assert risposta.headers["Location"] == "/gestione/"
    assert client.get("/gestione/").status_code == 200


def test_il_personale_non_puo_spegnere_il_secondo_fattore():
    utente = UtenteFactory(ruolo="coordinatore")
    Authenticator.objects.filter(user=utente).delete()
    TOTP.activate(utente, segreto(utente.email))
    EmailAddress.objects.create(user=utente, email=utente.email, verified=True, primary=True)
    client = Client()
    client.post("/accesso/login/", {"login": utente.email, "password": "una-password-lunga"})
    client.post("/accesso/2fa/authenticate/", {"code": _codice(segreto(utente.email))})
    client.post("/accesso/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=utente, type="totp").count() == 1


@pytest.mark.parametrize(
    ("mostra", "dimostrativo", "visto"), [(1, 1, True), (1, 0, False), (0, 1, False), (0, 0, False)]
)
def test_il_codice_si_mostra_solo_a_utenti_e_installazioni_dimostrative(settings, mostra, dimostrativo, visto):
    settings.MOSTRA_CODICI_DIMOSTRATIVI = bool(mostra)
    utente = utente_dimostrativo("prova@provincia.example", "A", "B", Ruolo.COORDINATORE)
    if not dimostrativo:
        type(utente).objects.filter(pk=utente.pk).update(dimostrativo=False)
        utente.refresh_from_db()
    client = Client()
    client.post("/accesso/login/", {"login": utente.email, "password": PASSWORD})
    testo = client.get("/accesso/2fa/authenticate/").content.decode()
    assert ("il codice di adesso è" in testo, codice_di_adesso(utente) != "") == (visto, visto)


def test_il_comando_codice_demo_rifiuta_chi_non_e_dimostrativo(settings, capsys):
    settings.MOSTRA_CODICI_DIMOSTRATIVI = True
    utente_dimostrativo("prova@provincia.example", "A", "B", Ruolo.COORDINATORE)
    call_command("codice_demo", "prova@provincia.example")
    assert re.fullmatch(r"\d{6}\n", capsys.readouterr().out)
    with pytest.raises(CommandError, match="Nessun codice per"):
        call_command("codice_demo", UtenteFactory().email)


def test_il_comando_utenti_demo_dice_dove_andare(capsys):
    utente_dimostrativo("prova@provincia.example", "A", "B", Ruolo.COORDINATORE)
    call_command("utenti_demo", "http://localhost:9000")
    testo = capsys.readouterr().out
    for atteso in ("http://localhost:9000/", "prova@provincia.example", PASSWORD, "codice_demo"):
        assert atteso in testo


@pytest.mark.parametrize(("ruolo", "offerto"), [("partner", True), ("coordinatore", False)])
def test_la_pagina_del_secondo_fattore_offre_di_spegnerlo_solo_ai_partner(entra, ruolo, offerto):
    utente = UtenteFactory(ruolo=ruolo)
    Authenticator.objects.get_or_create(user=utente, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "x"}})
    testo = entra(utente).get("/accesso/2fa/").content.decode()
    assert ("/accesso/2fa/totp/deactivate/" in testo) is offerto


def test_in_produzione_gli_utenti_dimostrativi_non_si_creano(settings):
    """Their password and the secret of their second factor are in the source."""
    settings.DATI_DIMOSTRATIVI_AMMESSI = False
    with pytest.raises(CommandError, match="password nota a tutti"):
        call_command("demo")
    assert not Utente.objects.filter(dimostrativo=True).exists()
