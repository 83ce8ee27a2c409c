"""Sign-up, sign-in and password screens, in Italian and drawn by us; mail through the outbox."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache

from core.models import Messaggio
from tests.factories.utenti import UtenteFactory
from utenti.models import Ruolo, Utente

pytestmark = pytest.mark.django_db
DATI = {
    "email": "nuova@ente.example", "password1": "una-frase-lunghissima", "password2": "una-frase-lunghissima",
    "first_name": "Ada", "last_name": "Neri",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _limiti_puliti():
    cache.clear()


@pytest.mark.parametrize(
    ("percorso", "titolo"),
    [
        ("/accesso/login/", "Accedi all&#x27;area riservata"),
        ("/accesso/signup/", "Registrati come partner"),
        ("/accesso/password/reset/", "Reimpostazione password"),
    ],
)
def test_le_schermate_di_accesso_sono_in_italiano_con_campi_etichettati(client, percorso, titolo):
    testo = client.get(percorso).content.decode()
    assert titolo in testo.replace("'", "&#x27;") or titolo in testo
    assert 'class="form-control"' in testo
    assert "style=" not in testo


def test_registrarsi_da_un_partner_senza_poteri_e_una_mail_di_conferma(client, consegna_posta):
    client.post("/accesso/signup/", DATI | {"ruolo": "amministratore", "is_superuser": "1"})
    utente = Utente.objects.get(email="nuova@ente.example")
    assert (utente.ruolo, utente.is_superuser, utente.first_name) == (Ruolo.PARTNER, False, "Ada")
    assert list(Messaggio.objects.values_list("destinatario", "riservato")) == [("nuova@ente.example", True)]
    consegna_posta()
    assert "/accesso/confirm-email/" in mail.outbox[0].body
    assert Messaggio.objects.get().testo == ""


def test_registrarsi_con_un_indirizzo_gia_usato_non_lo_rivela(client):
    UtenteFactory(email="nuova@ente.example")
    prima = client.post("/accesso/signup/", DATI)
    seconda = client.post("/accesso/signup/", DATI | {"email": "altra@ente.example"})
    assert (prima.status_code, prima.headers["Location"]) == (seconda.status_code, seconda.headers["Location"])
    assert Utente.objects.filter(email="nuova@ente.example").count() == 1


def test_troppi_tentativi_falliti_sono_fermati(client):
    utente = UtenteFactory()
    testi = [
        client.post("/accesso/login/", {"login": utente.email, "password": f"sbagliata{n}"}).content.decode()
        for n in range(7)
    ]
    assert ["Troppi tentativi" in t for t in testi[-1:]] == [True]
    risposta = client.post("/accesso/login/", {"login": utente.email, "password": "una-password-lunga"})
    assert "_auth_user_id" not in client.session
    assert risposta.status_code == 200


def test_chi_esce_torna_alla_pagina_iniziale(entra):
    client = entra(UtenteFactory())
    risposta = client.post("/accesso/logout/")
    assert (risposta.headers["Location"], "_auth_user_id" in client.session) == ("/", False)


def test_l_area_di_un_partner_saluta_e_non_mostra_la_gestione(entra):
    utente = UtenteFactory(first_name="Bruna")
    client = entra(utente)
    assert "<h1>Ciao Bruna</h1>" in client.get("/area/").content.decode()
    assert client.get("/gestione/").headers["Location"].startswith(("/accesso/login/", "/gestione/login/"))


def test_chi_cambia_indirizzo_lo_dice_a_quello_di_prima(entra):
    """The signing code goes to the primary address: its owner must hear that it moved."""
    utente = UtenteFactory(email="prima@ente.example")
    EmailAddress.objects.create(user=utente, email=utente.email, verified=True, primary=True)
    EmailAddress.objects.create(user=utente, email="altra@ente.example", verified=True, primary=False)
    entra(utente).post("/accesso/email/", {"action_primary": "", "email": "altra@ente.example"})
    utente.refresh_from_db()
    assert utente.email == "altra@ente.example"
    avviso = Messaggio.objects.get(destinatario="prima@ente.example")
    assert "altra@ente.example" in avviso.testo
    assert "Stai ricevendo questa email" in avviso.testo
