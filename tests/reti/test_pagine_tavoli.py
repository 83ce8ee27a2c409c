"""The pages of boards and meetings: what each person sees, and what the desk says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from icalendar import Calendar

from core.scrivania import voci_di
from reti.queries.incontri import avviso_preavviso, voci_area, voci_scrivania
from reti.queries.titoli_pubblici import titoli_pubblici
from reti.stati import StatoIncontro
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    PresenzaFactory,
    RappresentanzaFactory,
    ReteFactory,
    SoggettoFactory,
)
from tests.factories.verbali import verbalizza

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
PREAVVISO_BREVE = "Il preavviso è di 4 giorni: il termine di «Tavolo lavoro» è 5 giorni."


@pytest.fixture(autouse=True)
def _prima(orologio):
    with orologio(INIZIO - timedelta(days=3)):
        yield


@pytest.fixture
def rete(provincia):
    return ReteFactory(convocante=provincia, slug="tavolo-lavoro", nome="Tavolo lavoro", descrizione="Per lavorare")


@pytest.fixture
def convocazione(rete):
    incontro = IncontroFactory(rete=rete, stato=StatoIncontro.CONVOCATO, titolo="Seduta di marzo")
    return ConvocazioneFactory(
        incontro=incontro, adesione__rete=rete, adesione__titolare_nome="Nome Privato", email="privata@x.example"
    )


def test_l_elenco_pubblico_dice_scopo_seggi_e_incontri(client, rete):
    AdesioneFactory(rete=rete)
    IncontroFactory(rete=rete, svolto=True)
    ReteFactory(convocante=rete.convocante, nome="Riservata", pubblica=False)
    testo = client.get(reverse("tavoli:elenco")).text
    assert "Tavolo lavoro" in testo
    assert "Per lavorare" in testo
    assert "1 incontro svolto" in testo
    assert "Riservata" not in testo


def test_un_anno_sbagliato_lo_dice_e_mostra_l_ultimo(client, rete):
    IncontroFactory(rete=rete, svolto=True)
    for anno in ("1999", "abc"):
        testo = client.get(reverse("tavoli:elenco"), {"anno": anno}).text
        assert f"Per l&#x27;anno {anno} non ci sono incontri" in testo
        assert "nel 2023" in testo


def test_la_pagina_pubblica_mostra_organizzazioni_mai_persone(client, convocazione):
    """Public pages show organisations, never persons."""
    PresenzaFactory(
        incontro=IncontroFactory(rete=convocazione.incontro.rete, svolto=True),
        adesione=convocazione.adesione,
        persona="Nome Privato",
    )
    testo = client.get(reverse("tavoli:rete", args=["tavolo-lavoro"])).text
    assert convocazione.adesione.soggetto.denominazione in testo
    assert "Nome Privato" not in testo
    assert "privata@x.example" not in testo
    assert "Seduta di marzo" not in testo  # convened, not held


@pytest.mark.parametrize("chi", ["anonimo", "ufficio"])
def test_il_titolo_di_un_incontro_non_dice_a_tutti_i_nomi_che_il_verbale_tace(client, rete, coordinatore, chi):
    """R24: guests, holders and the names fixed with the minutes; who may open the meeting reads its title whole."""
    svolto = IncontroFactory(rete=rete, svolto=True, titolo="Audizione di Carla Neri e di Alfa Nome")
    seggio = AdesioneFactory(rete=rete, soggetto__denominazione="Alfa Nome", titolare_nome="Nome Privato")
    ConvocazioneFactory(incontro=svolto, adesione=seggio)
    svolto.ospiti.create(nome="Carla Neri")
    approvato = IncontroFactory(rete=rete, svolto=True, titolo="Caso Bianchi", inizio=INIZIO - timedelta(days=20))
    ConvocazioneFactory(incontro=approvato, adesione=seggio, delegato="Dario Bianchi")
    PresenzaFactory(incontro=approvato, adesione=seggio)
    verbalizza(coordinatore, approvato)
    approvato.convocazioni.update(delegato="")  # what was fixed at the sending still stays out
    if chi == "ufficio":
        client.force_login(coordinatore)
    testo = client.get(reverse("tavoli:rete", args=["tavolo-lavoro"]), {"anno": svolto.inizio.year}).text
    assert ("Audizione di [omissis] e di Alfa Nome" in testo) == (chi == "anonimo")
    assert ("Carla Neri" in testo) == (chi == "ufficio")
    assert "Caso [omissis]</a>" in testo  # the list of minutes is of the public ones, for everybody


@pytest.mark.parametrize("quanti", [1, 3])
def test_i_titoli_per_tutti_costano_otto_letture(rete, quanti, django_assert_num_queries):
    incontri = IncontroFactory.create_batch(quanti, rete=rete, svolto=True, titolo="Audizione di Carla Neri")
    for incontro in incontri:
        ConvocazioneFactory(incontro=incontro, adesione__rete=rete, adesione__titolare_nome="Carla Neri")
    with django_assert_num_queries(8):
        assert set(titoli_pubblici(incontri).values()) == {"Audizione di [omissis]"}


def test_la_pagina_pubblica_dice_chi_siede_per_chi_e_quanti_servono(client, provincia):
    """R27: the rule and the quorum in words; whom a body sits for, never by which person."""
    rete = ReteFactory(
        convocante=provincia, slug="opml", quorum=51, quorum_modo="percento",
        composizione=[{"nome": "comuni", "minimo": 2, "tipi": ["comune"]}],
    )  # fmt: skip
    seggio = AdesioneFactory(rete=rete, soggetto__denominazione="Capofila", ruolo="promotore", titolare_nome="Ada X")
    seggio.rappresenta.add(SoggettoFactory(denominazione="Comune di Soresina"))
    seggio.sostituti.create(nome="Ugo Y", email="ugo@y.example", dal=INIZIO.date() - timedelta(days=9))
    AdesioneFactory(rete=rete, soggetto__denominazione="Uscita", al=INIZIO.date() - timedelta(days=9))
    testo = " ".join(strip_tags(client.get(reverse("tavoli:rete", args=["opml"])).text).split())
    assert "Serve il 51% dei seggi: con 1 seggio votante serve 1 presente." in testo
    assert "almeno 2: comuni (tipo: comune)" in testo
    assert "Capofila (promotore o capofila), anche per Comune di Soresina" in testo
    assert [nome for nome in ("Ada X", "Ugo Y", "ugo@y.example", "Uscita") if nome in testo] == []


def test_una_rete_non_pubblica_la_vede_solo_chi_vi_siede(client, entra, provincia):
    rete = ReteFactory(convocante=provincia, pubblica=False)
    url = reverse("tavoli:rete", args=[rete.slug])
    assert client.get(url).status_code == 404
    estraneo, membro = RappresentanzaFactory(), RappresentanzaFactory()
    AdesioneFactory(rete=rete, soggetto=membro.soggetto)
    assert entra(estraneo.utente).get(url).status_code == 404
    assert rete.nome in entra(membro.utente).get(url).text


def test_l_incontro_lo_vede_chi_e_invitato(client, entra, convocazione):
    incontro = convocazione.incontro
    invitato = RappresentanzaFactory(soggetto=convocazione.adesione.soggetto).utente
    vicino = RappresentanzaFactory(soggetto=AdesioneFactory(rete=incontro.rete).soggetto).utente
    for nome in ("tavoli:incontro", "tavoli:calendario"):
        url = reverse(nome, args=[incontro.codice])
        client.logout()
        assert client.get(url).url.startswith(reverse("account_login"))
        assert entra(vicino).get(url).status_code == 404
        assert entra(invitato).get(url).status_code == 200


def test_una_bozza_non_si_vede_nemmeno_da_invitati(entra, convocazione):
    bozza = IncontroFactory(rete=convocazione.incontro.rete)
    ConvocazioneFactory(incontro=bozza, adesione=convocazione.adesione)
    invitato = RappresentanzaFactory(soggetto=convocazione.adesione.soggetto).utente
    assert entra(invitato).get(reverse("tavoli:incontro", args=[bozza.codice])).status_code == 404


def test_il_calendario_scaricato_non_porta_indirizzi(entra, convocazione):
    invitato = RappresentanzaFactory(soggetto=convocazione.adesione.soggetto).utente
    risposta = entra(invitato).get(reverse("tavoli:calendario", args=[convocazione.incontro.codice]))
    assert risposta["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(Calendar.from_ical(risposta.content).events[0]["uid"]) == convocazione.incontro.uid
    assert "privata@x.example" not in risposta.text


@pytest.mark.parametrize("nome", ["tavoli:elenco", "tavoli:rete", "tavoli:convocazioni"])
def test_le_interrogazioni_non_crescono_con_le_righe(entra, provincia, django_assert_max_num_queries, nome):
    membro = RappresentanzaFactory()
    client = entra(membro.utente)
    client.get(reverse("tavoli:elenco"))  # warms what is read once per process
    quante = []
    for _ in range(2):
        for _ in range(2):
            rete = ReteFactory(convocante=provincia)
            seggio = AdesioneFactory(rete=rete, soggetto=membro.soggetto)
            incontro = IncontroFactory(rete=rete, svolto=True)
            ConvocazioneFactory(incontro=incontro, adesione=seggio)
            AdesioneFactory(rete=rete)
        args = [rete.slug] if nome == "tavoli:rete" else []
        with django_assert_max_num_queries(60) as contate:
            client.get(reverse(nome, args=args))
        quante.append(len(contate))
    assert quante[0] == quante[1]


# -- What waits -------------------------------------------------------------------


def test_all_invitato_la_scrivania_chiede_di_rispondere(convocazione):
    rappresentanza = RappresentanzaFactory(soggetto=convocazione.adesione.soggetto)
    [voce] = voci_scrivania(rappresentanza.utente)
    assert voce.titolo == "Rispondi alla convocazione: Seduta di marzo"
    assert voce.url == reverse("tavoli:rispondi", args=[convocazione.codice])
    assert (voce.urgenza, voce.entro) == (1, INIZIO.date())
    assert [v.titolo for v in voci_area(rappresentanza.utente)] == ["Tavoli e convocazioni"]


def test_chi_non_rappresenta_nessuno_non_ha_voci(convocazione):
    altro = RappresentanzaFactory(soggetto=convocazione.adesione.soggetto, puo_rispondere=False).utente
    assert (voci_scrivania(altro), voci_area(altro)) == ([], [])


@pytest.mark.parametrize(("giorni", "urgenza"), [(1, 2), (7, 2), (8, 0)])
def test_al_coordinatore_la_scrivania_chiede_le_presenze(coordinatore, convocazione, orologio, giorni, urgenza):
    with orologio(INIZIO + timedelta(days=giorni)):
        [voce] = [v for v in voci_di(coordinatore) if v.gruppo == "Tavoli"]
    assert (voce.titolo, voce.urgenza) == ("Registra le presenze di Seduta di marzo", urgenza)


def test_il_verbale_si_chiede_solo_per_gli_incontri_della_provincia(coordinatore, rete):
    IncontroFactory(rete=rete, svolto=True, titolo="Nostro")
    IncontroFactory(rete=ReteFactory(convocante=SoggettoFactory()), svolto=True, titolo="Di altri")
    voci = [v.titolo for v in voci_di(coordinatore) if v.gruppo == "Verbali"]
    assert voci == ["Redigi il verbale di Nostro"]


@pytest.mark.parametrize(("giorni", "frase"), [(5, ""), (4, PREAVVISO_BREVE)])
def test_il_preavviso_breve_e_un_avviso(rete, orologio, giorni, frase):
    """R25: the term is checked; it warns, it doesn't stop."""
    incontro = IncontroFactory(rete=rete)
    with orologio(INIZIO - timedelta(days=giorni)):
        assert avviso_preavviso(incontro) == frase
