"""«Quali misure chiedere» as a citizen walks through it: the address holds everything, nothing is stored (R60, R62)."""

import re

import pytest

from tests.factories.pagine import misura, misure

pytestmark = pytest.mark.django_db
TUTTE = "/quali-misure/?chi=senza&sostegno=si&eta=over&cosa=lavoro"


def test_una_domanda_per_pagina_con_le_risposte_date_nell_indirizzo(home, client):
    testo = client.get("/quali-misure/").content.decode()
    assert ("<h1>Come ti trovi adesso?</h1>" in testo, 'type="hidden" name="chi"' in testo) == (True, False)
    testo = client.get("/quali-misure/?chi=senza").content.decode()
    assert "Ricevi un aiuto in denaro" in testo
    assert '<input type="hidden" name="chi" value="senza">' in testo
    assert "domanda 2 di 4" in testo
    assert '<a href="/quali-misure/">Torna alla domanda di prima</a>' in testo


def test_chi_continua_senza_scegliere_legge_che_cosa_fare(home, client):
    testo = client.get("/quali-misure/?chi=senza&da=sostegno").content.decode()
    assert "Scegli una risposta. Se non sai, scegli" in testo
    assert '<fieldset aria-invalid="true" aria-describedby="guida-errore">' in testo
    assert "Scegli una risposta." not in client.get("/quali-misure/?chi=senza&da=chi").content.decode()


def test_l_esito_dice_di_che_cosa_chiedere_e_perche_mai_che_si_ha_diritto(home, client):
    elenco = misure(home)
    misura(elenco, "GOL", profili=[(["chi:senza", "sostegno:si"], "GOL comincia da chi riceve un sostegno.")])
    misura(elenco, "DUL", profili=[(["chi:senza", "cosa:imparare"], "Ha corsi.")])
    testo = client.get(TUTTE).content.decode()
    assert re.findall(r'<h3 class="h5"><a href="[^"]*">(\w+)', testo) == ["GOL"]
    assert "Perché: <span>GOL comincia da chi riceve un sostegno.</span>" in " ".join(testo.split())
    for promessa in ("diritto", "ti spetta", "puoi avere"):
        assert promessa not in testo


def test_quello_che_non_si_e_detto_lascia_le_misure_possibili_dopo_le_altre(home, client):
    elenco = misure(home)
    misura(elenco, "Incerta", profili=[(["chi:senza", "eta:over"], "Per età.")])
    misura(elenco, "Certa", profili=[(["chi:senza"], "Per tutti.")])
    risposta = client.get("/quali-misure/?chi=senza&sostegno=non_so&eta=non_so&cosa=lavoro")
    assert [(c.misura.title, c.consiglio.sicuro) for c in risposta.context["consigliate"]] == [
        ("Certa", True),
        ("Incerta", False),
    ]
    assert "Chiedi anche di queste: dipende da quello che non ci hai detto" in risposta.content.decode()


def test_senza_misure_manda_al_centro_per_l_impiego(home, client):
    testo = client.get(TUTTE).content.decode()
    assert "Con queste risposte non troviamo una misura aperta." in testo
    assert "Vai al centro per l&#x27;impiego" in testo or "Vai al centro per l'impiego" in testo


def test_si_cambia_una_risposta_tenendo_quelle_di_prima(home, client):
    testo = client.get(TUTTE).content.decode()
    assert '<a href="/quali-misure/?chi=senza&amp;sostegno=si">Cambia<span class="visually-hidden">: Quanti' in testo


def test_le_risposte_non_restano_da_nessuna_parte(home, client):
    """R62, R63: no cookie, no session, no shared cache, not in the search engines."""
    risposta = client.get(TUTTE)
    assert (dict(risposta.cookies), risposta.headers["Cache-Control"]) == ({}, "private, no-store")
    assert 'name="robots" content="noindex"' in risposta.content.decode()
    assert "Cache-Control" not in client.get("/quali-misure/").headers


@pytest.mark.parametrize("ostile", ["?chi=%3Cscript%3E", "?chi=senza&sostegno=%00", "?chi=", "?x=1"])
def test_un_indirizzo_ostile_ricomincia_dalla_domanda(home, client, ostile):
    risposta = client.get(f"/quali-misure/{ostile}")
    assert (risposta.status_code, "<script>" in risposta.content.decode()) == (200, False)
