"""A joint meeting: several boards, one meeting, each seat its own convocation (R25)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errori import Rifiuto
from core.models import Messaggio
from monitoraggio.misure import MISURE
from reti.models import Convocazione, Decisione, Incontro
from reti.queries.decisioni import FiltroDecisioni, decisioni_filtrate, reti_con_decisioni
from reti.queries.incontri import avviso_preavviso
from reti.queries.selezione import Per, Selezione
from reti.queries.tassi import partecipazione
from reti.queries.tavoli import reti_con_conteggi
from reti.services.incontri import convoca_incontro, crea_incontro, modifica_incontro
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    PresenzaFactory,
    ReteFactory,
    SoggettoFactory,
)

pytestmark = pytest.mark.django_db
PRIMA = datetime(2023, 2, 20, 9, 0, tzinfo=UTC)
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _febbraio(orologio):
    with orologio(PRIMA):
        yield


@pytest.fixture
def alfa():
    return SoggettoFactory(denominazione="Alfa", email="alfa@x.example")


@pytest.fixture
def lavoro(provincia, alfa):
    rete = ReteFactory(convocante=provincia, nome="Tavolo lavoro", slug="lavoro", tema="mercato_lavoro")
    AdesioneFactory(rete=rete, soggetto=alfa)
    return rete


@pytest.fixture
def sociale(provincia, alfa):
    rete = ReteFactory(convocante=provincia, nome="Tavolo sociale", slug="sociale", tema="fragilita", pubblica=False)
    AdesioneFactory(rete=rete, soggetto=alfa)
    AdesioneFactory(rete=rete, soggetto__denominazione="Beta", soggetto__email="beta@x.example")
    return rete


def crea(coordinatore, rete, *altre):
    return crea_incontro(
        utente=coordinatore,
        rete=rete,
        titolo="Seduta comune",
        inizio=INIZIO,
        fine=INIZIO + timedelta(hours=2),
        luogo="Sala",
        altre_reti=altre,
    )


def test_il_congiunto_invita_ogni_seggio_di_ogni_tavolo(coordinatore, lavoro, sociale):
    """A body with a seat in two boards has two convocations."""
    incontro = convoca_incontro(utente=coordinatore, incontro=crea(coordinatore, lavoro, sociale))
    convocati = Convocazione.objects.order_by("adesione__rete__nome", "adesione__soggetto__denominazione")
    assert [str(c.adesione) for c in convocati] == [
        "Alfa in Tavolo lavoro",
        "Alfa in Tavolo sociale",
        "Beta in Tavolo sociale",
    ]
    assert incontro.tavoli == "Tavolo lavoro e Tavolo sociale"
    for mail in Messaggio.objects.all():
        assert "Tavoli: Tavolo lavoro e Tavolo sociale\n" in mail.testo


def test_un_tavolo_di_altri_non_si_unisce(coordinatore, lavoro):
    altrui = ReteFactory(convocante=SoggettoFactory(), nome="Tavolo di altri")
    for convoca, unito in ((lavoro, altrui), (altrui, lavoro)):
        with pytest.raises(Rifiuto, match=r"convocati dalla Provincia: togli Tavolo di altri\."):
            crea(coordinatore, convoca, unito)
    with pytest.raises(Rifiuto, match="«Tavolo lavoro» convoca già l'incontro"):
        crea(coordinatore, lavoro, lavoro)
    assert Incontro.objects.count() == 0


def test_dopo_la_convocazione_un_tavolo_entra_e_non_esce(coordinatore, lavoro, sociale):
    incontro = convoca_incontro(utente=coordinatore, incontro=crea(coordinatore, lavoro))
    assert incontro.convocazioni.count() == 1
    modifica_incontro(utente=coordinatore, incontro=incontro, altre_reti=[sociale])
    assert incontro.convocazioni.count() == 3
    with pytest.raises(Rifiuto, match="Tavolo sociale ha già ricevuto la convocazione"):
        modifica_incontro(utente=coordinatore, incontro=incontro, altre_reti=[])
    assert list(Incontro.objects.get().altre_reti.all()) == [sociale]


def test_in_bozza_un_tavolo_si_toglie(coordinatore, lavoro, sociale):
    incontro = crea(coordinatore, lavoro, sociale)
    modifica_incontro(utente=coordinatore, incontro=incontro, altre_reti=[])
    assert list(incontro.altre_reti.all()) == []


def test_il_comitato_unito_deve_essere_costituito(coordinatore, lavoro, provincia):
    """R27, also when another board convenes."""
    comitato = ReteFactory(convocante=provincia, tipo="comitato_tecnico")
    incontro = crea(coordinatore, lavoro, comitato)
    with pytest.raises(Rifiuto, match="non è ancora costituito"):
        convoca_incontro(utente=coordinatore, incontro=incontro)


@pytest.mark.parametrize(
    ("primo", "secondo", "giorni", "frase"),
    [
        (None, None, 5, ""),
        (None, 10, 10, ""),
        (None, 10, 9, "Il preavviso è di 9 giorni: il termine di «Tavolo sociale» è 10 giorni."),
        (8, 6, 1, "Il preavviso è di 1 giorno: il termine di «Tavolo lavoro» è 8 giorni."),
        (0, 1, 0, "Il preavviso è di 0 giorni: il termine di «Tavolo sociale» è 1 giorno."),
        (0, 0, 0, ""),
    ],
)
def test_vale_il_preavviso_piu_lungo(coordinatore, orologio, lavoro, sociale, primo, secondo, giorni, frase):
    lavoro.preavviso_giorni, sociale.preavviso_giorni = primo, secondo
    lavoro.save()
    sociale.save()
    incontro = crea(coordinatore, lavoro, sociale)
    with orologio(INIZIO - timedelta(days=giorni)):
        assert avviso_preavviso(incontro) == frase


def test_spostando_la_data_il_preavviso_avvisa_e_non_ferma(entra, coordinatore, lavoro, sociale):
    incontro = convoca_incontro(utente=coordinatore, incontro=crea(coordinatore, lavoro))
    dati = {"titolo": "Seduta comune", "giorno": "2023-02-22", "dalle": "10:00", "alle": "12:00"}
    dati |= {"modalita": "presenza", "luogo": "Sala", "altre_reti": [sociale.pk]}
    risposta = entra(coordinatore).post(reverse("gestione_incontri:edit", args=[incontro.pk]), dati, follow=True)
    assert "Il preavviso è di 2 giorni: il termine di «Tavolo lavoro» è 5 giorni." in risposta.text
    incontro = Incontro.objects.get()
    assert (incontro.inizio, incontro.tavoli) == (
        datetime(2023, 2, 22, 9, tzinfo=UTC),
        "Tavolo lavoro e Tavolo sociale",
    )


def test_si_scelgono_i_tavoli_attivi_della_provincia(entra, coordinatore, lavoro, sociale, provincia):
    ReteFactory(convocante=SoggettoFactory(), nome="Tavolo di altri")
    ReteFactory(convocante=provincia, nome="Tavolo finito", al=date(2022, 12, 31))
    testo = entra(coordinatore).get(reverse("gestione_incontri:add") + f"?rete={lavoro.pk}").text
    assert 'name="altre_reti"' in testo
    assert "Tavolo sociale" in testo
    assert "Tavolo di altri" not in testo
    assert "Tavolo finito" not in testo


def svolto(lavoro, sociale):
    """A held joint meeting: Alfa there for the first board only, Beta absent."""
    incontro = IncontroFactory(rete=lavoro, svolto=True, titolo="Seduta comune", inizio=INIZIO)
    incontro.altre_reti.add(sociale)
    for seggio in [*lavoro.adesioni.all(), *sociale.adesioni.all()]:
        ConvocazioneFactory(incontro=incontro, adesione=seggio)
    PresenzaFactory(incontro=incontro, adesione=lavoro.adesioni.get())
    return incontro


def test_nei_tassi_ogni_seggio_conta_per_il_suo_tavolo(lavoro, sociale):
    """R26."""
    svolto(lavoro, sociale)
    per_rete = {p.chiave: (p.inviti, p.presenze) for p in partecipazione(Per.TAVOLO)}
    assert per_rete == {lavoro.pk: (1, 1), sociale.pk: (2, 0)}
    assert [(p.nome, p.inviti, p.presenze) for p in partecipazione(Per.ENTE, Selezione(rete=sociale.pk))] == [
        ("Alfa", 1, 0),
        ("Beta", 1, 0),
    ]


def test_nella_scheda_obiettivi_conta_una_volta_per_chi_convoca(lavoro, sociale):
    """R51."""
    svolto(lavoro, sociale)
    anno = (date(2023, 1, 1), date(2023, 12, 31))
    valori = {t: MISURE["incontri_tenuti"]({"tema": t}, *anno).valore for t in ("", "mercato_lavoro", "fragilita")}
    assert valori == {"": 1, "mercato_lavoro": 1, "fragilita": 0}


def test_si_trova_sulle_pagine_di_ogni_tavolo(entra, coordinatore, lavoro, sociale):
    incontro = svolto(lavoro, sociale)
    client = entra(coordinatore)
    for rete in (lavoro, sociale):
        assert (
            "congiunto: Tavolo lavoro e Tavolo sociale"
            in client.get(reverse("gestione_tavoli:scheda", args=[rete.pk])).text
        )
    assert "congiunto con Tavolo lavoro" in client.get(sociale.get_absolute_url() + "?anno=2023").text
    scheda = client.get(reverse("gestione_incontri:scheda", args=[incontro.pk])).text
    assert "Tavolo lavoro</a>; <a" in scheda
    assert "Tavolo sociale</a></dd>" in scheda
    reti = reti_con_conteggi(type(lavoro).objects.all(), 2023)
    assert {r.nome: r.tenuti for r in reti} == {"Tavolo lavoro": 1, "Tavolo sociale": 1}


def test_il_nome_di_un_tavolo_riservato_non_arriva_in_pubblico(client, lavoro, sociale):
    svolto(lavoro, sociale)
    testo = client.get(lavoro.get_absolute_url() + "?anno=2023").text
    assert "Seduta comune" in testo
    assert "Tavolo sociale" not in testo


def test_le_pagine_non_interrogano_di_piu_con_piu_incontri(entra, coordinatore, lavoro, sociale):
    client = entra(coordinatore)
    pagine = [lavoro.get_absolute_url() + "?anno=2023", reverse("gestione_tavoli:scheda", args=[sociale.pk])]

    def quante() -> list[int]:
        conti = []
        for pagina in pagine:
            with CaptureQueriesContext(connection) as lette:
                client.get(pagina)
            conti.append(len(lette))
        return conti

    svolto(lavoro, sociale)
    quante()  # what is kept for a while is read once
    con_uno = quante()
    for _n in range(2):
        svolto(lavoro, sociale)
    assert quante() == con_uno


def test_il_filtro_per_tavolo_trova_anche_gli_incontri_congiunti(entra, coordinatore, lavoro, sociale):
    """R25: whichever of its boards one looks for, the convening one or a joined one."""
    congiunto = crea(coordinatore, lavoro, sociale)
    Incontro.objects.filter(pk=congiunto.pk).update(titolo="Seduta congiunta")
    IncontroFactory(rete=lavoro, titolo="Solo lavoro")
    client = entra(coordinatore)
    for rete, attesi in (
        (lavoro, (True, True)),
        (sociale, (True, False)),
        (ReteFactory(convocante=lavoro.convocante), (False, False)),
    ):
        pagina = client.get(reverse("gestione_incontri:index"), {"rete": rete.pk}).text
        assert ("Seduta congiunta" in pagina, "Solo lavoro" in pagina) == attesi, rete


def test_le_decisioni_di_un_incontro_congiunto_sono_di_ogni_suo_tavolo(coordinatore, lavoro, sociale):
    """R24: the list's filter and its choices agree with the agenda, that takes them up at either board."""
    decisione = Decisione.objects.create(incontro=crea(coordinatore, lavoro, sociale), testo="Scrivere ai comuni")
    for rete, attese in (
        (lavoro, [decisione]),
        (sociale, [decisione]),
        (ReteFactory(convocante=lavoro.convocante), []),
    ):
        assert list(decisioni_filtrate(coordinatore, FiltroDecisioni(rete=rete.pk))) == attese
    assert reti_con_decisioni() == [lavoro, sociale]
