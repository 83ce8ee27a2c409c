"""Results as figures with their sources, those of the objective sheet counted by the sheet itself (R60)."""

import json
from datetime import date
from decimal import Decimal

import pytest

from core.orologio import adesso
from pagine.models import ContenutoPage, RisultatiPage
from tests.factories.monitoraggio import IndicatoreFactory, ObiettivoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
TESTI = {"sommario": "s", "abbiamo_lavorato_per": "<p>Vicini.</p>", "in_che_modo": "<p>Insieme.</p>"}


def _pagina(home, *numeri):
    blocchi = [{"type": t, "value": v} for t, v in numeri]
    return home.add_child(
        instance=RisultatiPage(title="Risultati", slug="risultati", numeri=json.dumps(blocchi), **TESTI)
    )


def test_un_numero_si_legge_in_evidenza_e_in_tabella_con_la_fonte(home, client):
    dati = {"numero": "910", "che_cosa": "assunti", "fonte": "Bilancio", "url": "https://fonte.example/"}
    _pagina(home, ("numero", dati))
    testo = client.get("/risultati/").content.decode()
    assert "<dt>910</dt><dd>assunti</dd>" in testo
    assert '<td>910</td><td>assunti</td><td><a href="https://fonte.example/">Bilancio</a></td>' in testo


def test_un_numero_della_scheda_e_quello_della_scheda_in_quel_giorno(home, client):
    indicatore = IndicatoreFactory(
        obiettivo=ObiettivoFactory(codice="prova_1", anno=2023), codice="A2", misura="", parametri={}, unita="%"
    )
    indicatore.valori.create(
        al=date(2023, 6, 30), valore=Decimal(12), utente=UtenteFactory(ruolo="coordinatore"), inserito_il=adesso()
    )
    scelta = {"indicatore": "prova_1|A2", "che_cosa": "presenze"}
    _pagina(home, ("peg", scelta | {"al": "2023-12-31"}), ("peg", scelta | {"al": "2023-01-31"}))
    testo = client.get("/risultati/").content.decode()
    assert ("<dt>12%</dt>" in testo, "<dt>n.d.</dt>" in testo) == (True, True)
    assert "Scheda obiettivi 2023, indicatore A2, al 31 dicembre 2023" in testo


def test_un_indicatore_tolto_non_rompe_la_pagina(home, client):
    _pagina(home, ("peg", {"indicatore": "non|ce", "al": "2023-12-31", "che_cosa": "presenze"}))
    assert "<dt>n.d.</dt>" in client.get("/risultati/").content.decode()


def test_la_home_mette_in_evidenza_i_primi_passi_nella_lingua_della_pagina(home, client):
    passi = home.add_child(instance=ContenutoPage(title="Ho perso il lavoro", slug="passi", sommario="Tre cose."))
    home.primo_passo = passi
    home.save_revision().publish()
    testo = client.get("/").content.decode()
    assert testo.index('<a href="/passi/">Ho perso il lavoro</a>') < testo.index("Avvisi aperti")
    passi.unpublish()
    assert "Ho perso il lavoro" not in client.get("/").content.decode()
