"""Accounts are made and changed by the administrator, through services, and never deleted."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied

from core.errori import Rifiuto
from core.models import Messaggio, RigaRegistro
from tests.factories.utenti import UtenteFactory
from utenti.models import Ruolo, Utente
from utenti.services import azzera_secondo_fattore, crea_utente, modifica_utente

pytestmark = pytest.mark.django_db
NUOVO = {"email": "Nuova@provincia.example", "nome": "Ada", "cognome": "Neri", "ruolo": "coordinatore"}
INVITO = (
    "Ciao Ada,\n\nper te è stato creato un account su Raccordo con il ruolo «Coordinatore».\n\n"
    "Per scegliere la password apri http://localhost:8000/accesso/password/reset/ e scrivi questo indirizzo email.\n"
    "Al primo accesso ti verrà chiesto di attivare il secondo fattore: tieni pronto il telefono.\n"
)


@pytest.fixture
def amministratore():
    return UtenteFactory(ruolo="amministratore")


def test_creare_un_account_da_il_ruolo_e_invita_per_mail(amministratore):
    nuovo = crea_utente(utente=amministratore, **NUOVO)
    assert (nuovo.email, nuovo.ruolo, nuovo.has_usable_password()) == ("nuova@provincia.example", "coordinatore", False)
    assert [g.name for g in nuovo.groups.all()] == ["Coordinatore"]
    assert Messaggio.objects.get().testo == INVITO
    assert RigaRegistro.objects.get(azione="utente.crea").dati == {"ruolo": "coordinatore"}


def test_un_indirizzo_gia_usato_e_rifiutato(amministratore):
    UtenteFactory(email="nuova@provincia.example")
    with pytest.raises(Rifiuto, match="Esiste già un account"):
        crea_utente(utente=amministratore, **NUOVO)


@pytest.mark.parametrize("ruolo", [r for r in Ruolo if r != Ruolo.AMMINISTRATORE])
def test_solo_l_amministratore_gestisce_gli_account(ruolo, entra):
    utente, altro = UtenteFactory(ruolo=ruolo), UtenteFactory()
    with pytest.raises(PermissionDenied):
        crea_utente(utente=utente, **NUOVO)
    with pytest.raises(PermissionDenied):
        modifica_utente(utente=utente, persona=altro, nome="a", cognome="b", ruolo="dirigente", attivo=True)
    with pytest.raises(PermissionDenied):
        azzera_secondo_fattore(utente=utente, persona=altro)
    client = entra(utente)
    for percorso in ("/gestione/users/", "/gestione/users/new/", f"/gestione/users/edit/{altro.pk}/"):
        assert client.get(percorso).status_code in {302, 403}
    client.post(f"/gestione/users/edit/{utente.pk}/", {"nome": "a", "cognome": "b", "ruolo": "amministratore"})
    utente.refresh_from_db()
    assert (utente.ruolo, utente.is_superuser) == (ruolo, False)


def test_l_amministratore_crea_e_cambia_dalla_schermata(amministratore, entra):
    client = entra(amministratore)
    risposta = client.post("/gestione/users/new/", NUOVO)
    assert risposta.status_code == 302
    persona = Utente.objects.get(email="nuova@provincia.example")
    dati = {"nome": "Ada", "cognome": "Neri", "ruolo": "revisore", "azzera": "on"}
    Authenticator.objects.create(user=persona, type="totp", data={"secret": "x"})
    assert client.post(f"/gestione/users/edit/{persona.pk}/", dati).status_code == 302
    persona.refresh_from_db()
    assert (persona.ruolo, persona.is_active, Authenticator.objects.filter(user=persona).exists()) == (
        "revisore", False, False,
    )  # fmt: skip
    assert [g.name for g in persona.groups.all()] == ["Revisore"]


def test_la_schermata_ripete_il_rifiuto_e_cio_che_si_e_scritto(amministratore, entra):
    UtenteFactory(email="nuova@provincia.example")
    testo = entra(amministratore).post("/gestione/users/new/", NUOVO).content.decode()
    assert "Esiste già" in testo
    assert 'value="Neri"' in testo


def test_l_amministratore_non_si_toglie_il_ruolo_da_solo(amministratore):
    with pytest.raises(Rifiuto, match="un altro amministratore"):
        modifica_utente(
            utente=amministratore, persona=amministratore, nome="a", cognome="b", ruolo="partner", attivo=True
        )
    with pytest.raises(Rifiuto, match="un altro amministratore"):
        azzera_secondo_fattore(utente=amministratore, persona=amministratore)


def test_nessuno_cancella_un_account_ne_tocca_i_gruppi(amministratore, entra):
    altro = UtenteFactory()
    client = entra(amministratore)
    client.post(f"/gestione/users/delete/{altro.pk}/")
    assert Utente.objects.filter(pk=altro.pk).exists()
    assert client.get("/gestione/groups/").status_code in {302, 403}
    assert "Aggiungi gruppo" not in client.get("/gestione/").content.decode()
