"""Public pages of the calls, and their back office."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accordi.models import Avviso
from tests.factories.accordi import AvvisoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
ADESSO = datetime(2023, 3, 1, 12, tzinfo=UTC)
PASSATO, FUTURO = datetime(2023, 2, 1, 11, tzinfo=UTC), datetime(2023, 4, 1, 8, tzinfo=UTC)


@pytest.fixture
def tre_avvisi():
    return {
        "chiuso": AvvisoFactory(titolo="Vecchia rete", chiude=PASSATO),
        "in-arrivo": AvvisoFactory(titolo="Nuova rete", apre=FUTURO),
        "aperto": AvvisoFactory(titolo="Patto di oggi", sommario="Competenze per la pianura."),
    }


def elenco(client, **filtri):
    return [a.titolo for a in client.get(reverse("accordi:avvisi"), filtri).context["pagina"]]


def test_l_elenco_mette_prima_gli_aperti_poi_quelli_in_arrivo_poi_i_chiusi(client, tre_avvisi, orologio):
    AvvisoFactory(titolo="Segreto", live=False)
    with orologio(ADESSO):
        assert elenco(client) == ["Patto di oggi", "Nuova rete", "Vecchia rete"]
        assert elenco(client, fase="chiuso") == ["Vecchia rete"]
        assert elenco(client, q="RETE") == ["Nuova rete", "Vecchia rete"]
        assert elenco(client, q="competenze pianura") == ["Patto di oggi"]
        assert elenco(client, tipo="convenzione") == []


def test_un_filtro_che_non_esiste_non_toglie_nulla_e_lo_dice(client, tre_avvisi):
    risposta = client.get(reverse("accordi:avvisi"), {"fase": "boh"})
    assert risposta.context["pagina"].paginator.count == 3
    assert "Scegli un&#x27;opzione valida" in risposta.text


def test_senza_avvisi_la_pagina_lo_dice(client):
    assert "Nessun avviso risponde a questa ricerca." in client.get(reverse("accordi:avvisi")).text


def test_le_interrogazioni_dell_elenco_non_crescono_con_le_righe(client, django_assert_max_num_queries):
    AvvisoFactory()
    client.get(reverse("accordi:avvisi"))  # fills the caches of sites and content types
    with django_assert_max_num_queries(20) as una:
        client.get(reverse("accordi:avvisi"))
    AvvisoFactory.create_batch(2)
    with django_assert_max_num_queries(len(una)):
        client.get(reverse("accordi:avvisi"))


def test_la_pagina_dice_chi_puo_rispondere_e_fino_a_quando_al_minuto(client, orologio):
    avviso = AvvisoFactory(gol=True, chiude=datetime(2023, 12, 15, 11, 30, tzinfo=UTC))
    with orologio(ADESSO):
        testo = client.get(avviso.get_absolute_url()).text
    assert "15 dicembre 2023, 12:30" in testo
    assert "Almeno 1: operatore accreditato ai servizi al lavoro." in testo
    assert avviso.atto in testo
    assert reverse("accordi:candidatura", args=[avviso.slug]) in testo


@pytest.mark.parametrize(("momento", "frase"), [(PASSATO, "Non è ancora aperto"), (FUTURO, "Il tempo per rispondere")])
def test_fuori_dalla_finestra_non_si_invita_a_rispondere(client, orologio, momento, frase):
    avviso = AvvisoFactory(apre=datetime(2023, 2, 10, tzinfo=UTC), chiude=datetime(2023, 3, 10, tzinfo=UTC))
    with orologio(momento):
        testo = client.get(avviso.get_absolute_url()).text
    assert frase in testo
    assert reverse("accordi:candidatura", args=[avviso.slug]) not in testo


def test_una_bozza_la_vede_solo_la_provincia(client, entra, coordinatore):
    avviso = AvvisoFactory(live=False)
    assert client.get(avviso.get_absolute_url()).status_code == 404
    assert "Bozza, non pubblicato" in entra(coordinatore).get(avviso.get_absolute_url()).text


CAMPI = {
    "titolo": "Avviso scritto a mano",
    "slug": "scritto-a-mano",
    "tipo": "convenzione",
    "sommario": "In breve.",
    "testo": '{"blocks": [], "entityMap": {}}',
    "atto": "Determinazione n. 2/2023",
    "apre": "2023-02-01 09:00",
    "chiude": "2023-11-30 12:00",
    "regola_composizione": '{"minimo": 2}',
    "giorni_sottoscrizione": "30",
    "livello_firma": "semplice",
    "domande-count": "0",
    "documenti_richiesti-count": "0",
    "faq-count": "0",
}


def test_il_coordinatore_scrive_e_pubblica_un_avviso_dalla_gestione(entra, coordinatore, client):
    entra(coordinatore).post(reverse("accordi_avvisi:add"), CAMPI | {"action-publish": "1"})
    avviso = Avviso.objects.get(slug="scritto-a-mano")
    assert (avviso.live, avviso.regola_composizione) == (True, {"minimo": 2})
    assert avviso.chiude == datetime(2023, 11, 30, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("regola", "frase"),
    [('{"minimi": 2}', "Voce sconosciuta: «minimi»."), ("{minimo", "JSON valido")],
)
def test_una_regola_sbagliata_torna_con_il_motivo_e_con_cio_che_si_era_scritto(entra, coordinatore, regola, frase):
    risposta = entra(coordinatore).post(
        reverse("accordi_avvisi:add"), CAMPI | {"regola_composizione": regola, "action-publish": "1"}
    )
    assert frase in risposta.text
    assert "Avviso scritto a mano" in risposta.text
    assert not Avviso.objects.exists()


@pytest.mark.parametrize("ruolo", ["operatore_cpi", "revisore", "dirigente"])
def test_chi_legge_soltanto_non_scrive_avvisi(entra, ruolo):
    risposta = entra(UtenteFactory(ruolo=ruolo)).post(reverse("accordi_avvisi:add"), CAMPI)
    assert risposta.status_code == 302
    assert not Avviso.objects.exists()
