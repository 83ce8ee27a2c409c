"""Guides to measures: their dates decide where they are, and the guide says which to ask about (R60)."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.search.index import insert_or_update_object

from pagine.impianto import prepara_lingue
from tests.factories.pagine import misura, misure
from tests.factories.punti_informativi import ServizioFactory

pytestmark = pytest.mark.django_db
MEZZOGIORNO = datetime(2024, 5, 10, 10, tzinfo=UTC)
SENZA = ["chi:senza"]


@pytest.fixture
def elenco(home):
    return misure(home)


@pytest.fixture
def oggi_10_maggio(orologio):
    with orologio(MEZZOGIORNO):
        yield


def _dove(client, pagina):
    """Index, site's search, sitemap, guide: where a citizen meets the page without knowing its address."""
    insert_or_update_object(pagina)
    cercata = client.get("/ricerca/", {"q": pagina.title}).context["gruppi"]
    guida = client.get("/quali-misure/", {"chi": "senza", "sostegno": "si", "eta": "over", "cosa": "lavoro"})
    return {
        "elenco": pagina.url in client.get("/misure/").content.decode(),
        "ricerca": [v.url for g in cercata for v in g.voci if g.chiave == "misure"] == [pagina.url],
        "mappa": f"http://localhost{pagina.url}<" in client.get("/sitemap.xml").content.decode(),
        "guida": [c.misura.pk for c in guida.context["consigliate"]] == [pagina.pk],
    }


@pytest.mark.parametrize(
    ("dal", "al", "dentro"),
    [
        (None, None, True),
        (date(2024, 5, 10), date(2024, 5, 10), True),
        (None, date(2024, 5, 9), False),
        (date(2024, 5, 11), None, False),
    ],
)
def test_fuori_dalle_sue_date_una_misura_lascia_da_sola_gli_elenchi(
    elenco, client, oggi_10_maggio, settings, dal, al, dentro
):
    """R60: from its dates alone, on the first and on the last day too; no job runs."""
    settings.ALLOWED_HOSTS = ["*"]
    pagina = misura(elenco, dal=dal, al=al, profili=[(SENZA, "Aiuta chi non ha un lavoro.")])
    assert set(_dove(client, pagina).values()) == {dentro}
    assert ('content="noindex"' in client.get(pagina.url).content.decode()) is not dentro


def test_una_misura_finita_si_legge_ancora_e_lo_dice_in_alto(elenco, client, oggi_10_maggio):
    pagina = misura(elenco, "Patto", al=date(2023, 12, 31), cosa_portare="<p>Il documento.</p>")
    testo = client.get(pagina.url).content.decode()
    assert "Questa misura è finita il 31 dicembre 2023: non si può più chiedere." in testo
    assert (testo.index("è finita il") < testo.index("A chi serve"), "Prenota un colloquio" in testo) == (True, False)
    assert ">1 misura conclusa</a>" in client.get("/misure/").content.decode()
    storia = client.get("/misure/?concluse").content.decode()
    assert ("Conclusa il 31 dicembre 2023." in storia, f'href="{pagina.url}"' in storia) == (True, True)


def test_una_misura_che_deve_cominciare_dice_quando(elenco, client, oggi_10_maggio):
    pagina = misura(elenco, dal=date(2024, 6, 1))
    assert "Questa misura comincia il 1 giugno 2024" in client.get(pagina.url).content.decode()
    assert "misure concluse" not in client.get("/misure/").content.decode()


def test_la_guida_di_una_misura_dice_tutto_quello_che_serve(elenco, client):
    corsi = ServizioFactory(slug="corsi", nome="Corsi")
    pagina = misura(
        elenco,
        cosa_portare="<p>Il documento.</p>",
        atto="Delibera di prova",
        dal=date(2024, 1, 1),
        servizi=[corsi],
    )
    testo = " ".join(client.get(pagina.url).content.decode().split())
    for frase in (
        "A chi serve</h2>",
        "Che cosa ti dà</h2>",
        "Che cosa fare per prima cosa</h2>",
        "Che cosa portare</h2>",
        '<a href="/punti-informativi/?servizio=corsi">Punti per: Corsi</a>',
        "<dd>dal 1 gennaio 2024",
        "<dd>Delibera di prova</dd>",
        '<time datetime="2024-04-17">17 aprile 2024</time>',
        '<a href="/misure/">Misure</a>',
    ):
        assert frase in testo, frase


def test_le_date_di_una_misura_devono_stare_in_ordine(elenco, oggi_10_maggio):
    pagina = misura(elenco)
    pagina.dal, pagina.al = date(2024, 2, 1), date(2024, 1, 1)
    with pytest.raises(ValidationError, match="finirebbe prima di cominciare"):
        pagina.full_clean()
    pagina.al, pagina.verificata_il = None, date(2024, 5, 11)
    with pytest.raises(ValidationError, match="non può venire"):
        pagina.full_clean()


def test_l_elenco_si_filtra_per_chi_si_e(elenco, client):
    misura(elenco, "GOL", profili=[(SENZA, "p")])
    misura(elenco, "Voucher", profili=[(["chi:impresa"], "p")])
    misura(elenco, "Per tutti")
    assert [m.title for m in client.get("/misure/?chi=impresa").context["misure"]] == ["Voucher", "Per tutti"]
    assert [m.title for m in client.get("/misure/?chi=sbagliato").context["misure"]] == ["GOL", "Voucher", "Per tutti"]


def test_le_query_dell_elenco_non_crescono(elenco, client, django_assert_max_num_queries):
    def conta(indirizzo):
        with django_assert_max_num_queries(60) as contatore:
            client.get(indirizzo)
        return len(contatore.captured_queries)

    indirizzi = ["/misure/", "/quali-misure/?chi=senza&sostegno=si&eta=over&cosa=lavoro"]
    quante = {}
    for n in range(3):
        misura(elenco, f"M {n}", profili=[(SENZA, "p")], servizi=[ServizioFactory()])
        for indirizzo in indirizzi:
            conta(indirizzo)
            quante.setdefault(indirizzo, []).append(conta(indirizzo))
    assert {i: q[2] - q[0] for i, q in quante.items()} == dict.fromkeys(indirizzi, 0)


def test_in_inglese_una_misura_non_tradotta_lo_dice(elenco, home, client):
    misura(elenco, profili=[(SENZA, "Aiuta chi non ha un lavoro.")])
    prepara_lingue(home)
    testo = client.get("/en/misure/programma-gol/").content.decode()
    assert ('<h1 lang="it">Programma GOL</h1>' in testo, "Who it helps</h2>" in testo) == (True, True)
    guida = client.get("/en/quali-misure/?chi=senza&sostegno=si&eta=over&cosa=lavoro").content.decode()
    assert '<a href="/en/misure/programma-gol/">Programma GOL</a>' in guida
    assert '<span lang="it">Aiuta chi non ha un lavoro.</span>' in guida
