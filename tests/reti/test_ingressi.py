"""Self check-in: from the code to the presence, through the secretary (R22)."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errori import Rifiuto
from reti.models import Ingresso
from reti.services.ingressi import (
    conferma_attesi,
    conferma_ingresso,
    registra_ingresso,
    rifiuta_ingresso,
    rinnova_gettone_ingresso,
)
from reti.stati import StatoIncontro
from tests.factories.reti import AdesioneFactory, ConvocazioneFactory, IncontroFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)  # 10:00 in Rome


@pytest.fixture(autouse=True)
def _durante(orologio):
    cache.clear()
    with orologio(INIZIO + timedelta(minutes=4)):
        yield


@pytest.fixture
def incontro(provincia):
    incontro = IncontroFactory(rete__convocante=provincia, stato=StatoIncontro.CONVOCATO, modalita="ibrida")
    for nome in ("Alfa", "Beta"):
        ConvocazioneFactory(
            incontro=incontro,
            adesione__rete=incontro.rete,
            adesione__soggetto__denominazione=nome,
            adesione__soggetto__slug=nome.lower(),
            adesione__titolare_nome=f"Titolare {nome}",
        )
    return incontro


def seggio(incontro, nome="Alfa"):
    return (
        incontro.convocazioni.select_related("adesione__soggetto").get(adesione__soggetto__denominazione=nome).adesione
    )


def arriva(incontro, nome="Titolare Alfa", chiave="k", ente="Alfa", **altro):
    posto = seggio(incontro, ente) if ente else None
    return registra_ingresso(incontro=incontro, chiave=chiave, nome=nome, adesione=posto, **altro)


def presenze(incontro):
    return list(incontro.presenze.values_list("adesione__soggetto__denominazione", "persona", "da_remoto", "arrivo"))


def test_chi_si_registra_conta_solo_dopo_la_conferma(incontro, coordinatore, orologio):
    ingresso = arriva(incontro, da_remoto=True)
    assert presenze(incontro) == []
    with orologio(INIZIO + timedelta(minutes=30)):
        for _volta in range(2):
            conferma_ingresso(utente=coordinatore, incontro=incontro, ingresso=ingresso.pk)
    assert presenze(incontro) == [("Alfa", "Titolare Alfa", True, time(10, 4))]
    ingresso.refresh_from_db()
    assert ingresso.esito == "confermato"


@pytest.mark.parametrize("secondo", [{"chiave": "k"}, {"chiave": "altra", "nome": "titolare  ALFA"}])
def test_lo_stesso_invio_e_la_stessa_persona_si_tengono_una_volta(incontro, secondo):
    prima = arriva(incontro)
    assert arriva(incontro, **secondo) == prima
    assert Ingresso.objects.count() == 1


def test_chi_non_ha_un_seggio_diventa_ospite(incontro, coordinatore):
    ingresso = arriva(incontro, "Ugo Neri", ente="", chiave="u")
    conferma_ingresso(utente=coordinatore, incontro=incontro, ingresso=ingresso.pk)
    assert list(incontro.ospiti.values_list("nome", "ente", "arrivo")) == [("Ugo Neri", "", time(10, 4))]


def test_il_secondo_dello_stesso_ente_diventa_ospite(incontro, coordinatore):
    for nome in ("Titolare Alfa", "Collega Alfa"):
        conferma_ingresso(utente=coordinatore, incontro=incontro, ingresso=arriva(incontro, nome, chiave=nome).pk)
    assert presenze(incontro) == [("Alfa", "Titolare Alfa", False, time(10, 4))]
    assert list(incontro.ospiti.values_list("nome", "ente")) == [("Collega Alfa", "Alfa")]


def test_in_un_incontro_congiunto_si_e_presenti_in_ogni_tavolo_dell_ente(incontro, coordinatore):
    altro = AdesioneFactory(soggetto=seggio(incontro).soggetto, rete__convocante=incontro.rete.convocante)
    incontro.altre_reti.add(altro.rete)
    ConvocazioneFactory(incontro=incontro, adesione=altro)
    ingresso = registra_ingresso(incontro=incontro, chiave="k", nome="Titolare Alfa", adesione=altro)
    conferma_ingresso(utente=coordinatore, incontro=incontro, ingresso=ingresso.pk)
    assert presenze(incontro) == [("Alfa", "Titolare Alfa", False, time(10, 4))] * 2


def test_conferma_tutti_gli_attesi_lascia_gli_altri(incontro, coordinatore):
    arriva(incontro, chiave="a")
    arriva(incontro, "Sconosciuto", ente="Beta", chiave="b")
    arriva(incontro, "Ugo Neri", ente="", chiave="c")
    assert conferma_attesi(utente=coordinatore, incontro=incontro) == 1
    assert presenze(incontro) == [("Alfa", "Titolare Alfa", False, time(10, 4))]
    assert Ingresso.objects.filter(esito="attesa").count() == 2


def test_un_rifiuto_vuole_il_motivo_e_chi_si_e_registrato_lo_legge(incontro, coordinatore, client):
    ingresso = arriva(incontro)
    dati = {"utente": coordinatore, "incontro": incontro, "ingresso": ingresso.pk}
    with pytest.raises(Rifiuto, match="Scrivi perché"):
        rifiuta_ingresso(motivo=" ", **dati)
    rifiuta_ingresso(motivo="Non ti vediamo in sala.", **dati)
    pagina = client.get(reverse("tavoli:ingresso_inviato", args=[incontro.gettone_ingresso, ingresso.chiave]))
    assert "Non ti vediamo in sala." in pagina.text
    conferma_ingresso(utente=coordinatore, incontro=incontro, ingresso=ingresso.pk)
    assert presenze(incontro) == []
    assert arriva(incontro, chiave="di-nuovo").pk != ingresso.pk  # refused, one may say it again


@pytest.mark.parametrize(
    ("minuti", "frase"),
    [
        (-31, "si apre il 7 marzo 2023 alle 09:30"),
        (-30, ""),
        (120, ""),
        (121, "L'incontro è finito"),
    ],
)
def test_ci_si_registra_da_mezz_ora_prima_fino_alla_fine(incontro, orologio, minuti, frase):
    with orologio(INIZIO + timedelta(minutes=minuti)):
        if frase:
            with pytest.raises(Rifiuto, match=frase):
                arriva(incontro)
        else:
            arriva(incontro)
    assert Ingresso.objects.count() == (0 if frase else 1)


def test_a_un_incontro_di_altri_non_ci_si_registra(provincia):
    incontro = IncontroFactory(rete__convocante=SoggettoFactory(), stato=StatoIncontro.CONVOCATO)
    with pytest.raises(Rifiuto, match="convocato da altri"):
        registra_ingresso(incontro=incontro, chiave="k", nome="Ada", adesione=None)


def test_il_codice_rinnovato_chiude_quello_di_prima(incontro, coordinatore, client):
    vecchio = reverse("tavoli:ingresso", args=[incontro.gettone_ingresso])
    assert client.get(vecchio).status_code == 200
    nuovo = rinnova_gettone_ingresso(utente=coordinatore, incontro=incontro)
    assert client.get(vecchio).status_code == 404
    assert client.get(reverse("tavoli:ingresso", args=[nuovo.gettone_ingresso])).status_code == 200


def test_la_pagina_pubblica_nomina_gli_enti_e_nessuna_persona(incontro, client):
    arriva(incontro)
    pagina = client.get(reverse("tavoli:ingresso", args=[incontro.gettone_ingresso]))
    assert ('<option value="alfa">Alfa</option>' in pagina.text, "Titolare" in pagina.text) == (True, False)
    assert pagina["X-Robots-Tag"] == "noindex"


def test_dal_modulo_un_doppio_invio_fa_una_registrazione(incontro, client):
    url = reverse("tavoli:ingresso", args=[incontro.gettone_ingresso])
    dati = {"posto": "alfa", "nome": "Ada", "da_remoto": "si", "chiave": "0123456789abcdef0123456789abcdef"}
    vie = {client.post(url, dati).url for _n in range(2)}
    assert vie == {reverse("tavoli:ingresso_inviato", args=[incontro.gettone_ingresso, dati["chiave"]])}
    assert list(Ingresso.objects.values_list("nome", "da_remoto", "esito")) == [("Ada", True, "attesa")]


def test_quello_che_manca_si_dice_e_niente_si_perde(incontro, client):
    url = reverse("tavoli:ingresso", args=[incontro.gettone_ingresso])
    pagina = client.post(url, {"posto": "inventato", "nome": "Ada Verdi", "chiave": "x"})
    assert 'value="Ada Verdi"' in pagina.text
    assert Ingresso.objects.count() == 0


def test_troppi_invii_da_un_indirizzo_si_fermano(incontro, client, settings):
    settings.INGRESSI_PER_INDIRIZZO = 2
    url = reverse("tavoli:ingresso", args=[incontro.gettone_ingresso])
    assert [client.post(url, {}).status_code for _n in range(3)] == [200, 200, 429]


def test_chi_indovina_codici_viene_fermato_ma_quello_giusto_apre(incontro, client, settings):
    settings.TENTATIVI_GETTONE = 2
    falso = reverse("tavoli:ingresso", args=["x" * 43])
    assert [client.get(falso).status_code for _n in range(3)] == [404, 404, 429]
    assert client.get(reverse("tavoli:ingresso", args=[incontro.gettone_ingresso])).status_code == 200


@pytest.mark.parametrize("servizio", [conferma_ingresso, rifiuta_ingresso])
def test_solo_chi_coordina_decide(incontro, servizio):
    altro = {"motivo": "No."} if servizio is rifiuta_ingresso else {}
    with pytest.raises(PermissionDenied):
        servizio(utente=UtenteFactory(), incontro=incontro, ingresso=arriva(incontro).pk, **altro)
