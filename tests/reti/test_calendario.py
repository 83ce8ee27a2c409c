"""The coordinator's calendar: month and list over all boards, the same filters in the URL (R20, R23)."""

from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from reti.forms.calendario import FiltriCalendarioForm
from reti.models import Fascia, Rete, Sondaggio
from reti.queries.calendario import Filtri, fasce_scelte, incontri_scelti
from reti.queries.mese import Mese, da_incontro
from reti.stati import StatoIncontro
from tests.factories.reti import AdesioneFactory, ConvocazioneFactory, IncontroFactory, ReteFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
MESE, ELENCO = "gestione_calendario:mese", "gestione_calendario:elenco"
MARZO = (date(2023, 3, 1), date(2023, 3, 31))


@pytest.fixture(autouse=True)
def _oggi(orologio):
    with orologio(INIZIO):
        yield


@pytest.fixture
def tavolo(provincia):
    return ReteFactory(convocante=provincia, nome="Tavolo lavoro", slug="lavoro", tema=Rete.Tema.OPERATORI)


@pytest.fixture
def regionale(provincia):
    return ReteFactory(convocante=SoggettoFactory(denominazione="Regione"), nome="Tavolo regionale", tipo="rete")


class Righe(HTMLParser):
    """The table of the page: rows of (text of each cell)."""

    def __init__(self) -> None:
        super().__init__()
        self.righe, self.dentro = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.dentro = dict(attrs).get("class") == "rt-mese"
        if tag == "tr" and self.dentro:
            self.righe.append([])
        if tag in ("td", "th") and self.dentro:
            self.righe[-1].append([])

    def handle_endtag(self, tag):
        self.dentro = self.dentro and tag != "table"

    def handle_data(self, data):
        if self.dentro and self.righe and self.righe[-1] and data.strip():
            self.righe[-1][-1].append(data.strip())


def pagina(client, nome=MESE, **filtri):
    return client.get(reverse(nome), filtri).text


def celle(html):
    lettore = Righe()
    lettore.feed(html)
    return [[" ".join(c) for c in riga] for riga in lettore.righe]


def test_il_mese_va_da_lunedi_a_domenica_con_i_giorni_vicini():
    settimane = Mese(2023, 3).settimane()
    assert [len(s) for s in settimane] == [7] * 5
    assert (settimane[0][0].data, settimane[-1][-1].data) == (date(2023, 2, 27), date(2023, 4, 2))
    assert [g.nel_mese for g in settimane[0]] == [False, False, True, True, True, True, True]
    assert [g.data for s in settimane for g in s if g.oggi] == [date(2023, 3, 7)]


@pytest.mark.parametrize(
    ("mese", "prima", "dopo", "ultimo"),
    [
        ("2023-01", "2022-12", "2023-02", 31),
        ("2024-02", "2024-01", "2024-03", 29),
        ("2023-12", "2023-11", "2024-01", 31),
    ],
)
def test_mesi_vicini(mese, prima, dopo, ultimo):
    scelto = Mese(*map(int, mese.split("-")))
    assert (str(scelto.precedente), str(scelto.successivo), scelto.ultimo.day) == (prima, dopo, ultimo)


def test_la_tabella_dice_ora_titolo_tavolo_stato_e_feste(entra, coordinatore, tavolo, regionale):
    IncontroFactory(rete=tavolo, titolo="Seduta", stato=StatoIncontro.CONVOCATO)
    IncontroFactory(rete=regionale, titolo="Da Milano", inizio=datetime(2023, 4, 25, 7, 0, tzinfo=UTC))
    marzo = celle(pagina(entra(coordinatore)))
    assert marzo[0] == ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"]
    assert marzo[2][1] == "martedì 7 marzo oggi 10:00 Seduta Tavolo lavoro Convocato"
    aprile = celle(pagina(entra(coordinatore), mese="2023-04"))
    festa = "martedì 25 aprile Anniversario della Liberazione"
    assert aprile[5][1] == f"{festa} 09:00 Da Milano Tavolo regionale (convoca Regione) Bozza"
    assert aprile[3][0] == "lunedì 10 aprile Lunedì dell'Angelo"


def test_oltre_quattro_un_giorno_rimanda_al_suo_elenco(entra, coordinatore, tavolo):
    for n in range(6):
        IncontroFactory(rete=tavolo, titolo=f"Incontro numero {n}", inizio=INIZIO + timedelta(minutes=n))
    client = entra(coordinatore)
    html = pagina(client, tipo="tavolo")
    assert [n for n in range(6) if f"Incontro numero {n}" in html] == [0, 1, 2, 3]
    assert "/gestione/calendario/elenco/?tipo=tavolo&amp;giorno=2023-03-07&amp;mese=2023-03" in html
    giorno = pagina(client, ELENCO, giorno="2023-03-07", mese="2023-03")
    assert [n for n in range(6) if f"Incontro numero {n}" in giorno] == list(range(6))


def test_ogni_istante_sta_nel_suo_giorno_di_roma(provincia, coordinatore, tavolo):
    """Bounds are Rome's, on the days when the clock changes too."""
    notte = IncontroFactory(rete=tavolo, inizio=datetime(2023, 3, 31, 22, 30, tzinfo=UTC))
    vigilia = IncontroFactory(rete=tavolo, inizio=datetime(2023, 2, 28, 23, 0, tzinfo=UTC))
    mezzanotte = IncontroFactory(
        rete=tavolo, inizio=datetime(2023, 3, 25, 20, tzinfo=UTC), fine=datetime(2023, 3, 25, 23, tzinfo=UTC)
    )
    assert list(incontri_scelti(coordinatore, Filtri(), *MARZO)) == [vigilia, mezzanotte]
    assert [str(g) for g in da_incontro(notte).giorni] == ["2023-04-01"]
    assert [str(g) for g in da_incontro(mezzanotte).giorni] == ["2023-03-25"]


def test_un_incontro_di_piu_giorni_sta_in_ognuno(entra, coordinatore, tavolo):
    IncontroFactory(rete=tavolo, titolo="Convegno", inizio=INIZIO, fine=INIZIO + timedelta(days=2))
    settimana = celle(pagina(entra(coordinatore)))[2]
    assert ["Convegno" in c for c in settimana] == [False, True, True, True, False, False, False]
    assert "continua Convegno" in settimana[2]


def test_i_filtri_scelgono(provincia, coordinatore, tavolo, regionale):
    """Board, kind, theme, state, who convenes, room, person, mine, text."""
    uno = IncontroFactory(rete=tavolo, titolo="Uno", luogo="Sala Blu", stato=StatoIncontro.CONVOCATO)
    due = IncontroFactory(rete=regionale, titolo="Due", luogo="Milano", creato_da=coordinatore)
    tre = IncontroFactory(rete=ReteFactory(convocante=provincia), titolo="Tre", luogo="")
    tre.altre_reti.add(tavolo)
    AdesioneFactory(rete=tavolo, titolare_nome="Anna Bo")
    AdesioneFactory(rete=tavolo, titolare_nome="Anna Ce")
    ConvocazioneFactory(incontro=due, adesione__rete=regionale, delegato="Anna Di", risposta="delega")
    due.punti.create(titolo="Bilancio")
    attesi = {
        Filtri(): [uno, due, tre],
        Filtri(rete=tavolo): [uno, tre],
        Filtri(tipo="rete"): [due],
        Filtri(tema="operatori"): [uno, tre],
        Filtri(stato="convocato"): [uno],
        Filtri(stato="proposto"): [],
        Filtri(convoca="provincia"): [uno, tre],
        Filtri(convoca="altri"): [due],
        Filtri(luogo="blu"): [uno],
        Filtri(persona="anna"): [uno, due, tre],
        Filtri(persona="anna di"): [due],
        Filtri(q="bilan"): [due],
        Filtri(q="tavolo lavoro"): [uno],
        Filtri(miei=coordinatore): [due],
        Filtri(convoca="provincia", luogo="blu", persona="anna", q="uno"): [uno],
    }
    assert {f: list(incontri_scelti(coordinatore, f, *MARZO)) for f in attesi} == attesi


def test_i_miei_sono_anche_quelli_dei_miei_seggi_e_delle_mie_deleghe(provincia, tavolo, regionale):
    io = UtenteFactory(ruolo="coordinatore", email="io@provincia.example")
    mio = IncontroFactory(rete=tavolo)
    AdesioneFactory(rete=tavolo, titolare_email="IO@provincia.example")
    delega = ConvocazioneFactory(
        incontro=IncontroFactory(rete=regionale),
        adesione__rete=regionale,
        delegato="Io",
        delegato_email=io.email,
        risposta="delega",
    )
    IncontroFactory(rete=ReteFactory(convocante=provincia))
    assert list(incontri_scelti(io, Filtri(miei=io))) == [mio, delega.incontro]


def sondaggio(tavolo, **campi):
    poll = Sondaggio.objects.create(rete=tavolo, titolo="Quando ci vediamo", entro=INIZIO, **campi)
    return Fascia.objects.create(sondaggio=poll, inizio=INIZIO, fine=INIZIO + timedelta(hours=1))


def test_le_date_dei_sondaggi_aperti_sono_provvisorie(entra, coordinatore, tavolo):
    """R23."""
    aperta = sondaggio(tavolo)
    sondaggio(tavolo, stato="chiuso")
    client = entra(coordinatore)
    assert celle(pagina(client))[2][1].endswith("10:00 Quando ci vediamo Tavolo lavoro Data proposta")
    assert "Date proposte nei sondaggi aperti" in pagina(client, ELENCO)
    scelte = [Filtri(), Filtri(tema="operatori"), Filtri(stato="proposto"), Filtri(stato="bozza"), Filtri(q="altro")]
    assert [list(fasce_scelte(coordinatore, f, *MARZO)) for f in scelte] == [[aperta]] * 3 + [[]] * 2


def test_i_filtri_restano_nell_indirizzo_fra_mese_ed_elenco(entra, coordinatore, tavolo):
    client = entra(coordinatore)
    mese = pagina(client, mese="2023-03", rete="lavoro", q="x")
    assert 'href="?mese=2023-02&amp;rete=lavoro&amp;q=x"' in mese
    assert "/gestione/calendario/elenco/?mese=2023-03&amp;rete=lavoro&amp;q=x" in mese
    elenco = pagina(client, ELENCO, mese="2023-03", rete="lavoro", q="x", pagina="2")
    assert "/gestione/calendario/?mese=2023-03&amp;rete=lavoro&amp;q=x" in elenco


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        ({"mese": "marzo"}, "Scrivi il mese come 2023-03: mostro quello corrente."),
        ({"mese": "0000-13"}, "Scrivi il mese come 2023-03: mostro quello corrente."),
        ({"mese": "9999-12"}, "Quell'anno è fuori dal calendario: mostro il mese corrente."),
        ({"giorno": "ieri"}, "Il giorno non è una data: mostro il mese."),
        ({"stato": "chissà"}, "Il filtro «Stato» ha un valore che non conosco: l'ho tolto."),
        ({"rete": "non-c-e"}, "Il filtro «Tavolo» ha un valore che non conosco: l'ho tolto."),
    ],
)
def test_un_filtro_sbagliato_si_dice_e_si_toglie(entra, coordinatore, tavolo, dati, frase):
    form = FiltriCalendarioForm(dati)
    assert (form.frasi, str(form.scelto), form.filtri(coordinatore)) == ([frase], "2023-03", Filtri())
    for nome in (MESE, ELENCO):
        assert entra(coordinatore).get(reverse(nome), dati).status_code == 200


@pytest.mark.parametrize(
    ("periodo", "attesi"),
    [("", [1, 2]), ("futuri", [1, 2, 3]), ("passati", [0]), ("tutti", [0, 1, 2, 3])],
)
def test_l_elenco_sceglie_il_periodo(entra, coordinatore, tavolo, periodo, attesi):
    for n, giorni in enumerate((-30, 0, 10, 30)):
        IncontroFactory(rete=tavolo, titolo=f"Numero {n}", inizio=INIZIO + timedelta(days=giorni))
    html = pagina(entra(coordinatore), ELENCO, periodo=periodo)
    assert [n for n in range(4) if f"Numero {n}" in html] == attesi


def test_l_elenco_va_a_pagine_e_per_giorno(entra, coordinatore, tavolo):
    for n in range(51):
        IncontroFactory(rete=tavolo, titolo=f"Numero {n:02d}", inizio=INIZIO + timedelta(hours=12 * n))
    client = entra(coordinatore)
    prima = pagina(client, ELENCO, periodo="tutti")
    assert ("Pagina 1 di 2" in prima, "Numero 49" in prima, "Numero 50" in prima) == (True, True, False)
    assert prima.count('<section class="rt-giorno') == 25
    assert "Numero 50" in pagina(client, ELENCO, periodo="tutti", pagina="2")


def test_l_elenco_si_scarica(entra, coordinatore, tavolo):
    IncontroFactory(rete=tavolo, titolo="=cmd()", luogo="Sala", stato=StatoIncontro.CONVOCATO)
    IncontroFactory(rete=tavolo, titolo="Altro mese", inizio=INIZIO + timedelta(days=40))
    risposta = entra(coordinatore).get(reverse("gestione_calendario:csv"), {"mese": "2023-03"})
    assert risposta.content.decode() == (
        "\ufeffinizio;fine;incontro;tavolo;convoca;stato;luogo\r\n"
        "2023-03-07 10:00;2023-03-07 12:00;'=cmd();Tavolo lavoro;Provincia di Cremona;Convocato;Sala\r\n"
    )


@pytest.mark.parametrize("quanti", [1, 3])
@pytest.mark.parametrize(("nome", "quante"), [(MESE, 14), (ELENCO, 15)])
def test_le_interrogazioni_non_crescono(entra, coordinatore, tavolo, quanti, nome, quante, django_assert_num_queries):
    client = entra(coordinatore)
    pagina(client)
    for n in range(quanti):
        IncontroFactory(rete=ReteFactory(convocante=tavolo.convocante), titolo=f"N {n}")
        sondaggio(ReteFactory(convocante=tavolo.convocante))
    with django_assert_num_queries(quante):
        pagina(client, nome, persona="", q="n")
