"""The draft as it is written: the call's own form, saving as one types, two people in one draft, attacks."""

import json

import pytest
from django.urls import reverse

from accordi.services.istanze import aggiorna_istanza
from core.registro import righe_di
from tests.accordi.moduli_avviso import PER_TIPO, domande_di_prova
from tests.factories.accordi import AvvisoFactory, IstanzaFactory
from tests.factories.reti import RappresentanzaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bozza(rappresentante):
    return IstanzaFactory(capofila=rappresentante.soggetto, avviso=AvvisoFactory(domande=domande_di_prova()))


@pytest.fixture
def partner(rappresentante, entra):
    return entra(rappresentante.utente)


def salva(client, istanza, campi, versione=0):
    """What the page's script sends."""
    corpo = campi if isinstance(campi, str) else json.dumps({"versione": versione, "campi": campi})
    return client.post(reverse("accordi:istanza_salva", args=[istanza.codice]), corpo, content_type="application/json")


def test_la_pagina_ha_una_domanda_per_tipo_sotto_il_suo_titolo(partner, bozza):
    form = partner.get(bozza.get_absolute_url()).context["form"]
    [(titolo, campi)] = form.per_sezioni()
    assert (titolo, [c.name for c in campi]) == ("Il progetto", [f"d-id-{tipo}" for tipo in PER_TIPO])


def test_senza_javascript_una_bozza_incompleta_si_salva_e_l_errore_sta_accanto_al_campo(partner, bozza):
    dati = {"motivazione": "x", "d-id-numero": "dodici", "d-id-piu_scelte": ["sera"], "versione": 0}
    partner.post(bozza.get_absolute_url(), dati)
    bozza.refresh_from_db()
    assert (bozza.risposte["id-numero"], bozza.risposte["id-piu_scelte"], bozza.versione) == ("dodici", ["sera"], 1)
    pagina = partner.get(bozza.get_absolute_url())
    frase = "Scrivi un numero intero, in cifre e senza decimali: per esempio 12."
    assert pagina.context["form"].errors == {"d-id-numero": [frase]}
    assert 'value="dodici"' in pagina.text
    assert "Rispondi alla domanda «Domanda si_no»." in pagina.context["mancanti"]


def test_salvare_mentre_si_scrive_tocca_solo_i_campi_mandati(partner, bozza):
    risposta = salva(partner, bozza, {"d-id-importo": "12,5", "d-id-data": "boh", "dichiarazione_poteri": False})
    bozza.refresh_from_db()
    assert bozza.risposte == {"id-importo": "12,5", "id-data": "boh"}
    assert (bozza.motivazione, bozza.dichiarazione_poteri) == ("Offriamo orientamento a chi cerca lavoro.", False)
    dati = risposta.json()
    assert (dati["versione"], list(dati["errori"])) == (1, ["d-id-data"])
    assert "Manca la dichiarazione sui poteri di rappresentanza." in dati["mancanti"]


def test_chi_scrive_su_una_versione_superata_riceve_l_altro_testo_e_non_cancella_niente(partner, bozza):
    salva(partner, bozza, {"motivazione": "Il testo di Ada"})
    risposta = salva(partner, bozza, {"motivazione": "Il testo di Bruno"}, versione=0)
    assert (risposta.status_code, risposta.json()["versione"]) == (409, 1)
    assert risposta.json()["campi"]["motivazione"] == "Il testo di Ada"
    bozza.refresh_from_db()
    assert bozza.motivazione == "Il testo di Ada"
    assert salva(partner, bozza, {"motivazione": "Il testo di Bruno"}, versione=1).status_code == 200


def test_senza_javascript_i_due_testi_stanno_nella_stessa_pagina(partner, bozza):
    salva(partner, bozza, {"motivazione": "Il testo di Ada"})
    pagina = partner.post(bozza.get_absolute_url(), {"motivazione": "Il testo di Bruno", "versione": "0"})
    assert pagina.context["altrui"] == [
        ("Perché partecipate", "Il testo di Ada"),
        ("Dichiaro di avere i poteri per impegnare il soggetto che rappresento", "sì"),
    ]
    assert pagina.context["form"]["motivazione"].value() == "Il testo di Bruno"
    assert 'name="versione" value="1"' in pagina.text


def test_lo_stesso_testo_salvato_due_volte_non_e_un_contrasto(partner, bozza):
    salva(partner, bozza, {"motivazione": "Uguale"})
    assert salva(partner, bozza, {"motivazione": "Uguale"}, versione=0).json()["versione"] == 1


def test_il_registro_ha_una_riga_per_persona_ogni_quarto_d_ora(rappresentante, bozza):
    for n in range(5):
        aggiorna_istanza(utente=rappresentante.utente, istanza=bozza, motivazione=f"Testo {n}")
    assert [r.azione for r in righe_di(bozza)] == ["istanza.aggiornata"]


@pytest.mark.parametrize(
    "corpo",
    [
        "",
        "[]",
        '{"campi": []}',
        '{"campi": {}, "versione": "0"}',
        '{"campi": {}, "versione": true}',
        "[" * 100_000,
        '{"versione": 0, "campi": {"motivazione": "' + "x" * 600_000 + '"}}',
    ],
)
def test_una_richiesta_malformata_o_enorme_e_rifiutata_con_una_frase(partner, bozza, corpo):
    risposta = salva(partner, bozza, corpo)
    assert (risposta.status_code, risposta.json()["frase"]) == (
        400,
        "La richiesta non si legge: ricarica la pagina.",
    )


def test_campi_che_non_sono_del_modulo_non_entrano(partner, bozza):
    altri = {"stato": "ammessa", "protocollo": 1, "capofila": 1, "d-altro": "x", "dichiarazione_dote": True}
    assert salva(partner, bozza, altri | {"motivazione": ["x"], "d-id-numero": {"a": 1}}).status_code == 200
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.risposte, bozza.dichiarazione_dote, bozza.versione) == ("bozza", {}, False, 0)


def test_una_risposta_con_codice_resta_testo_ovunque(partner, bozza):
    veleno = "<script>alert(1)</script>"
    salva(partner, bozza, {"motivazione": veleno, "d-id-testo_breve": veleno, "d-id-scelta": veleno})
    pagina = partner.get(bozza.get_absolute_url()).text
    assert veleno not in pagina
    assert "&lt;script&gt;" in pagina


def test_la_bozza_altrui_non_si_scrive_e_la_presentata_nemmeno(partner, rappresentante, entra):
    assert salva(partner, IstanzaFactory(), {"motivazione": "x"}).status_code == 404
    presentata = IstanzaFactory(capofila=rappresentante.soggetto, presentata=True)
    risposta = salva(partner, presentata, {"motivazione": "x"})
    assert (risposta.status_code, risposta.json()["frase"]) == (
        410,
        "L'istanza è già stata presentata e non si può più modificare.",
    )
    senza = RappresentanzaFactory(soggetto=rappresentante.soggetto, puo_presentare=False)
    assert salva(entra(senza.utente), presentata, {"motivazione": "x"}).status_code == 403


def test_le_interrogazioni_della_bozza_non_crescono_con_le_domande(
    partner, rappresentante, django_assert_num_queries, django_assert_max_num_queries
):
    una = IstanzaFactory(capofila=rappresentante.soggetto, avviso=AvvisoFactory(domande=domande_di_prova("numero")))
    tutte = IstanzaFactory(capofila=rappresentante.soggetto, avviso=AvvisoFactory(domande=domande_di_prova()))
    partner.get(una.get_absolute_url())
    with django_assert_max_num_queries(60) as prima:
        partner.get(una.get_absolute_url())
    with django_assert_num_queries(len(prima)):
        partner.get(tutte.get_absolute_url())
