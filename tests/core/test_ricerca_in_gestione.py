"""Every list of the back office may be searched: the box is on the screen, whatever stands behind it (R32)."""

import re

import pytest

from tests.factories.punti_informativi import PuntoFactory
from tests.factories.utenti import UtenteFactory
from tests.permessi.indirizzi import indirizzi

pytestmark = pytest.mark.django_db
ELENCHI = sorted({i.rotta for i in indirizzi() if i.nostro and re.fullmatch("gestione/[^<(]*", i.rotta)})
DOMANDE = ("crema", "l'adige 5%", '"', "a" * 300, "*", "caffè & <b>")


def test_cercare_in_un_elenco_non_lo_rompe(client):
    """The list of points answered an error to any word."""
    client.force_login(UtenteFactory(is_superuser=True, ruolo="amministratore"))
    client.raise_request_exception = False
    rotti = {
        (rotta, domanda)
        for rotta in ELENCHI
        if client.get(f"/{rotta}").status_code == 200
        for domanda in DOMANDE
        if client.get(f"/{rotta}", {"q": domanda}).status_code not in (200, 302)
    }
    assert (rotti, len(ELENCHI) > 40) == (set(), True)


@pytest.mark.parametrize(
    ("parola", "trovato"), [("sportel", True), ("cremon", True), ("coop", True), ("altrove", False)]
)
def test_un_punto_si_trova_per_nome_comune_e_ospite(client, parola, trovato):
    client.force_login(UtenteFactory(ruolo="coordinatore"))
    PuntoFactory(
        nome="Sportello Lavoro",
        sede__comune__nome="Cremona",
        sede__soggetto__denominazione="Cooperativa Arcobaleno",
    )
    risposta = client.get("/gestione/snippets/punti_informativi/puntoinformativo/", {"q": parola})
    assert ("Sportello Lavoro" in risposta.text) is trovato
