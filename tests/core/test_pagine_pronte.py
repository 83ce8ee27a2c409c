"""Public pages kept ready: given without a query, new at once after an edit, never anybody else's (issue 5, «Fast»)."""

import gzip
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from wagtail.models import Page, PageViewRestriction

from core.generazioni import PUBBLICA, SuCache, SuFile
from core.models import Installazione
from core.orologio import domande, fermo, oggi
from core.posta import accoda
from core.registro import annota
from pagine.impianto import prepara_sito
from punti_informativi.models import Orario, PuntoInformativo
from tests.core.serviti import ClienteServito as Client
from tests.factories.accordi import AccordoFactory, AvvisoFactory, IstanzaFactory
from tests.factories.pagine import misura, misure
from tests.factories.punti_informativi import PuntoFactory, ServizioFactory
from tests.factories.reti import AccreditamentoFactory, ReteFactory
from utenti.models import Utente

pytestmark = pytest.mark.django_db
LUNEDI = datetime(2023, 5, 8, 10, 0, 20, tzinfo=ZoneInfo("Europe/Rome"))
HOME, LISTA, PUNTO, TAVOLI = "/", "/punti-informativi/", "/punti-informativi/sportello/", "/tavoli/"


@pytest.fixture(autouse=True)
def _pronte(settings, tmp_path, monkeypatch):
    settings.PAGINE_PRONTE = True
    settings.GENERAZIONI_CARTELLA = tmp_path / "generazioni"
    monkeypatch.setattr(PUBBLICA, "_contatore", SuFile("pagine"))
    prepara_sito()


@pytest.fixture
def ora():
    with fermo(LUNEDI):
        yield LUNEDI


@pytest.fixture
def punto(ora):
    return PuntoFactory(attivo=True, slug="sportello", nome="Sportello Lavoro")


@pytest.fixture
def anonimo(punto) -> Client:
    """Reads each page once, so that it is ready."""
    cliente = Client()
    for dove in (HOME, LISTA, PUNTO, TAVOLI):
        assert cliente.get(dove).status_code == 200
    return cliente


@pytest.mark.parametrize("dove", [HOME, LISTA, PUNTO, TAVOLI])
def test_una_pagina_pronta_non_fa_domande_ed_e_la_stessa(anonimo, dove, django_assert_num_queries):
    prima = anonimo.get(dove)
    with django_assert_num_queries(0):
        seconda = anonimo.get(dove)
    assert seconda.content == prima.content
    assert dict(seconda.items()) == dict(prima.items())
    assert {"Content-Security-Policy", "Permissions-Policy", "X-Frame-Options"} <= set(seconda.headers)


def _sede(punto):
    type(punto.sede).objects.filter(pk=punto.sede_id).update(indirizzo="via Nuova 7")


def _servizi(punto):
    punto.servizi.add(ServizioFactory(nome="Tirocini all'estero"))
    punto.save()


def _orari(punto):
    Orario.objects.bulk_create([Orario(punto=punto, giorno=0, dalle="09:00", alle="10:30")])


SCRITTURE = [
    (PUNTO, lambda p: PuntoInformativo.objects.filter(pk=p.pk).update(nome="Nome nuovo"), "Nome nuovo"),
    (LISTA, lambda p: PuntoInformativo.objects.filter(pk=p.pk).update(nome="Nome nuovo"), "Nome nuovo"),
    (PUNTO, _sede, "via Nuova 7"),
    (PUNTO, _servizi, "Tirocini all&#x27;estero"),
    (LISTA, _servizi, "Tirocini all&#x27;estero"),
    (PUNTO, _orari, "chiude tra 30 minuti"),
    (LISTA, _orari, "chiude tra 30 minuti"),
    (HOME, lambda p: Page.objects.filter(depth=2).update(title="Benvenuti davvero"), "Benvenuti davvero"),
    (HOME, lambda p: Installazione.objects.update_or_create(pk=1, defaults={"ente": "Altra Provincia"}), "Altra Prov"),
    (HOME, lambda p: AvvisoFactory(titolo="Bando nuovissimo"), "Bando nuovissimo"),
    (TAVOLI, lambda p: ReteFactory(nome="Tavolo nuovissimo", pubblica=True), "Tavolo nuovissimo"),
]


@pytest.mark.parametrize(("dove", "scrive", "atteso"), SCRITTURE)
def test_appena_scritto_si_legge(anonimo, punto, dopo_il_commit, dove, scrive, atteso):
    """Whatever the way: save, update, bulk, a relation, Wagtail's own tables."""
    assert atteso not in anonimo.get(dove).text
    with dopo_il_commit():
        scrive(punto)
    assert atteso in anonimo.get(dove).text


def test_wagtail_pubblica_e_la_pagina_e_nuova(anonimo, dopo_il_commit):
    home = Page.objects.get(depth=2, locale__language_code="it").specific
    home.sottotitolo = "Un sottotitolo nuovo"
    with dopo_il_commit():
        revisione = home.save_revision()
    assert "Un sottotitolo nuovo" not in anonimo.get(HOME).text
    with dopo_il_commit():
        revisione.publish()
    assert "Un sottotitolo nuovo" in anonimo.get(HOME).text


def test_una_pagina_che_si_chiude_non_resta_pronta_per_nessuno(anonimo, dopo_il_commit):
    """R60: in each language, the moment that the office closes it."""
    indirizzi = ("/privacy/", "/en/privacy/")
    assert [anonimo.get(dove).status_code for dove in indirizzi] == [200, 200]
    with dopo_il_commit():
        pagina = Page.objects.get(slug="privacy", alias_of=None)
        PageViewRestriction.objects.create(page=pagina, restriction_type=PageViewRestriction.LOGIN)
    assert [anonimo.get(dove).status_code for dove in indirizzi] == [302, 302]


RISERVATE = [
    lambda utente: SessionStore().save(must_create=True),
    lambda utente: annota(utente=utente, azione="prova.letta", oggetto=utente),
    lambda utente: accoda(chiave="prova", destinatario="a@example.org", oggetto="Prova", testo="Prova"),
    lambda utente: Utente.objects.filter(pk=utente.pk).update(last_login=LUNEDI),
]


@pytest.mark.parametrize("scrive", RISERVATE)
def test_cio_che_nessuna_pagina_mostra_lascia_tutto_pronto(anonimo, coordinatore, dopo_il_commit, scrive):
    prima = PUBBLICA.legge()
    with dopo_il_commit():
        scrive(coordinatore)
    assert PUBBLICA.legge() == prima


def _scrive_e_ci_ripensa() -> None:
    with transaction.atomic():
        PuntoInformativo.objects.update(nome="Mai")
        raise ValueError("ci ripenso")


def test_una_scrittura_disfatta_non_conta(punto, dopo_il_commit):
    prima = PUBBLICA.legge()
    with dopo_il_commit(), pytest.raises(ValueError, match="ci ripenso"):
        _scrive_e_ci_ripensa()
    assert PUBBLICA.legge() == prima


def test_cento_righe_di_una_transazione_contano_una_volta_anche_dopo_un_ripensamento(punto, dopo_il_commit):
    with dopo_il_commit() as richiami:
        with pytest.raises(ValueError, match="ci ripenso"):
            _scrive_e_ci_ripensa()
        for n in range(100):
            PuntoInformativo.objects.update(nome=f"Nome {n}")
    assert richiami.count(PUBBLICA.avanza) == 1


@pytest.mark.parametrize(
    ("istruzione", "cambia"),
    [
        ("SELECT 1", False),
        ("  (SELECT 1) UNION (SELECT 2)" if connection.vendor == "postgresql" else "SELECT 1 UNION SELECT 2", False),
        ("DELETE FROM reti_soggetto WHERE 1 = 0", True),
        ('UPDATE "reti_soggetto" SET denominazione = denominazione', True),
        ('DELETE FROM "django_session"', False),
        ("CREATE TABLE prova_di_scrittura (n integer)", True),
    ],
)
def test_anche_l_sql_scritto_a_mano(dopo_il_commit, istruzione, cambia):
    prima = PUBBLICA.legge()
    with dopo_il_commit(), connection.cursor() as cursore:
        cursore.execute(istruzione)
    assert (PUBBLICA.legge() != prima) is cambia


def test_chi_e_entrato_legge_e_lascia_altro(anonimo, coordinatore):
    entrato = Client()
    entrato.force_login(coordinatore)
    assert "Esci" in entrato.get(HOME).text
    assert "Esci" not in anonimo.get(HOME).text
    PuntoFactory(attivo=True, slug="altro")
    assert "Esci" in entrato.get("/punti-informativi/altro/").text
    assert "Esci" not in Client().get("/punti-informativi/altro/").text


def test_con_un_biscotto_qualunque_la_pagina_si_rifa(anonimo, django_assert_max_num_queries):
    anonimo.cookies["csrftoken"] = "x" * 32
    PuntoInformativo.objects.update(nome="Non ancora confermato")
    assert "Non ancora confermato" in anonimo.get(PUNTO).text


@pytest.mark.parametrize(
    "intestazioni",
    [
        {"X-Forwarded-Host": "cattivo.example"},
        {"X-Forwarded-Proto": "https"},
        {"Accept-Language": "en"},
        {"X-Original-URL": "/gestione/"},
        {"Forwarded": "host=cattivo.example"},
        {"User-Agent": "cattivo"},
        {"Referer": "https://cattivo.example/"},
        {"Accept": "application/json"},
    ],
)
def test_nessuna_intestazione_di_chi_chiede_entra_nella_pagina_di_tutti(punto, intestazioni):
    pulita = Client().get(LISTA).text
    cliente = Client()
    assert cliente.get(LISTA, headers=intestazioni).text == pulita
    assert cliente.get(LISTA).text == pulita


def test_chi_dice_che_il_sito_comincia_piu_in_la_non_lascia_una_pagina_per_un_altra(punto):
    """gunicorn takes SCRIPT_NAME from a header of who may be a proxy: the home would stand at the list's address."""
    pulita = Client().get(LISTA).text
    cliente = Client()
    assert cliente.get("/", SCRIPT_NAME=LISTA.rstrip("/")).status_code == 200
    assert cliente.get(LISTA).text == pulita


def test_un_host_non_nostro_non_trova_ne_lascia_nulla(anonimo):
    for _volta in range(2):
        assert anonimo.get(HOME, headers={"Host": "cattivo.example"}).status_code == 400
    assert "cattivo.example" not in anonimo.get(HOME).text


@pytest.mark.parametrize(
    ("host", "pronta"),
    [
        ("testserver", True),
        ("TestServer", True),
        ("testserver:80", True),
        ("testserver:8000", True),
        ("testserver:81", False),
    ],
)
def test_chi_inventa_porte_non_occupa_lo_scaffale(anonimo, host, pronta):
    """The port where it answers and that of the public address are ours; any other makes the same page again."""
    for _volta in range(2):
        risposta = anonimo.get(HOME, headers={"Host": host})
        assert (risposta.status_code, risposta.has_header("ETag")) == (200, pronta)


def test_chi_inventa_domande_non_toglie_il_posto_alle_pagine(settings, punto, django_assert_num_queries):
    settings.PAGINE_PRONTE_BYTE_DOMANDE = 400_000
    cliente = Client()
    cliente.get(HOME)
    for n in range(30):
        cliente.get(HOME, {"inventata": n})
    with django_assert_num_queries(0):
        assert cliente.get(HOME).status_code == 200


def test_non_si_tiene_cio_che_e_di_uno_solo(anonimo, django_assert_num_queries):
    """A position, an unknown address, the sign-in page, with its cookie: each time the view answers."""
    vicino = f"{LISTA}?lat=45.1&lon=10.0"
    risposte = [anonimo.get(dove) for dove in (vicino, "/punti-informativi/mai-stato/", "/accesso/login/")]
    assert [r.status_code for r in risposte] == [200, 404, 200]
    assert [r.has_header("ETag") for r in risposte] == [False, False, False]


def test_l_ora_detta_vale_fino_al_minuto(punto, django_assert_num_queries):
    Orario.objects.create(punto=punto, giorno=0, dalle="09:00", alle="10:30")
    cliente = Client()
    assert "chiude tra 30 minuti" in cliente.get(PUNTO).text
    with fermo(LUNEDI + timedelta(seconds=39)), django_assert_num_queries(0):
        assert "chiude tra 30 minuti" in cliente.get(PUNTO).text
    with fermo(LUNEDI + timedelta(seconds=40)):
        assert "chiude tra 29 minuti" in cliente.get(PUNTO).text


@pytest.mark.parametrize(("ora_di_roma", "resta"), [("23:50", 600), ("23:55", 300), ("12:00", 600)])
def test_il_giorno_detto_vale_fino_a_mezzanotte(ora_di_roma, resta):
    """An accreditation that lapses tonight is lapsed at midnight, though nothing was written."""
    dal = datetime.fromisoformat(f"2023-05-08T{ora_di_roma}").replace(tzinfo=ZoneInfo("Europe/Rome"))
    with fermo(dal), domande() as chieste:
        oggi()
    assert chieste.vale_fino(dal, timedelta(seconds=600)) == dal + timedelta(seconds=resta)


MEZZANOTTE = datetime(2023, 5, 9, 0, 0, tzinfo=ZoneInfo("Europe/Rome"))


def _a_cavallo_della_mezzanotte(dove: str, atteso: str) -> list[bool]:
    """Whether the page says it, asked twice just before and once just after: nothing is written in between."""
    cliente = Client()
    esiti = []
    for secondi in (-20, -10, 1):
        with fermo(MEZZANOTTE + timedelta(seconds=secondi)):
            esiti.append(atteso in cliente.get(dove).text)
    return esiti


def test_una_misura_che_finisce_oggi_esce_dagli_elenchi_a_mezzanotte():
    home = Page.objects.get(depth=2, locale__language_code="it")
    misura(misure(home), al=LUNEDI.date())
    assert _a_cavallo_della_mezzanotte("/misure/", "Programma GOL") == [True, True, False]
    assert _a_cavallo_della_mezzanotte("/sitemap.xml", "programma-gol") == [True, True, False]


def test_un_punto_esce_a_mezzanotte_con_l_accreditamento_di_chi_lo_ospita():
    """R16: the agreement stands still from the day after the last one, on ready pages too."""
    iscrizione = AccreditamentoFactory(dal=datetime(2020, 1, 1).date(), al=LUNEDI.date())  # noqa: DTZ001  a day
    accordo = AccordoFactory(attivo=True, parti=[iscrizione.soggetto], istanza=IstanzaFactory())
    with fermo(LUNEDI):
        PuntoFactory(attivo=True, nome="Sportello Lavoro", slug="sportello", istanza=accordo.istanza)
    assert _a_cavallo_della_mezzanotte(LISTA, "Sportello Lavoro") == [True, True, False]


def test_chi_ha_gia_la_pagina_riceve_304_e_chi_chiede_la_testa_la_testa(anonimo):
    intera = anonimo.get(PUNTO)
    niente = anonimo.get(PUNTO, headers={"If-None-Match": intera["ETag"]})
    assert (niente.status_code, niente.content, niente["ETag"]) == (304, b"", intera["ETag"])
    assert anonimo.get(PUNTO, headers={"If-None-Match": '"altra"'}).status_code == 200
    testa = anonimo.head(PUNTO)
    assert (testa.status_code, testa.content, testa["Content-Length"]) == (200, b"", intera["Content-Length"])


@pytest.mark.parametrize(("accetta", "compressa"), [("gzip, br", True), ("gzip;q=0", False), ("br", False)])
def test_compressa_per_chi_la_sa_leggere(anonimo, accetta, compressa):
    intera = anonimo.get(PUNTO)
    for _volta in range(2):
        risposta = anonimo.get(PUNTO, headers={"Accept-Encoding": accetta})
        assert risposta.has_header("Content-Encoding") is compressa
        assert (gzip.decompress(risposta.content) if compressa else risposta.content) == intera.content
        assert "Accept-Encoding" in risposta["Vary"]
        assert int(risposta["Content-Length"]) == len(risposta.content)


SENTITE = []


def ascolta(request, **argomenti):
    SENTITE.append((request.method, argomenti))


def test_chi_conta_le_letture_le_sente_anche_dalle_pagine_pronte(settings, punto):
    SENTITE.clear()
    settings.PAGINE_PRONTE_ASCOLTATORI = {"punti:punto": f"{__name__}.ascolta"}
    cliente = Client()
    for dove in (PUNTO, PUNTO, LISTA, LISTA, PUNTO):
        cliente.get(dove)
    assert SENTITE == [("GET", {"slug": "sportello"})] * 2


@pytest.mark.parametrize("contatore", [SuFile, SuCache])
def test_ogni_generazione_e_nuova(contatore, tmp_path, settings):
    settings.GENERAZIONI_CARTELLA = tmp_path / "mai" / "fatta"
    uno, due = contatore("prova"), contatore("prova")
    viste = [uno.legge()]
    for _volta in range(3):
        due.avanza()
        viste.append(uno.legge())
        assert uno.legge() == due.legge() == viste[-1]
    assert len(set(viste)) == 4
