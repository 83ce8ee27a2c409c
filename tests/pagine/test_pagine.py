"""Home, pages of law, search, sitemap: what a citizen sees first."""

from datetime import date

import pytest
from django.utils.html import escape
from wagtail.models import Site

from pagine.impianto import prepara_sito
from pagine.models import ContenutoPage, HomePage, NotiziaPage
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db


def _contenuto(madre, **campi):
    return madre.add_child(instance=ContenutoPage(**{"sommario": "In breve", "live": True} | campi))


def test_ogni_installazione_ha_home_accessibilita_e_privacy(home, client):
    """R60: declaration and privacy exist before anyone writes them."""
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    for percorso, titolo in (
        ("/", "La rete per il lavoro, vicino a te"),
        ("/accessibilita/", "Dichiarazione di accessibilità"),
        ("/privacy/", "Informativa privacy"),
    ):
        risposta = client.get(percorso)
        assert (risposta.status_code, f"<h1>{titolo}</h1>" in risposta.content.decode() or percorso == "/") == (
            200,
            True,
        )
        assert titolo in risposta.content.decode()


def test_preparare_il_sito_due_volte_non_cambia_nulla(home):
    home.sottotitolo = "Scelto dalla redazione"
    home.save()
    assert prepara_sito().sottotitolo == "Scelto dalla redazione"
    assert (HomePage.objects.filter(alias_of=None).count(), Site.objects.count()) == (1, 1)


def test_la_home_vuota_lo_dice_con_una_frase(home, client):
    testo = client.get("/").content.decode()
    assert "In questo momento nessun avviso è aperto" in testo
    assert "Non ci sono ancora notizie." in testo


def test_la_home_mostra_le_tre_notizie_piu_recenti(home, client):
    madre = _contenuto(home, title="Notizie", slug="notizie")
    for giorno in range(1, 5):
        madre.add_child(
            instance=NotiziaPage(
                title=f"Fatto del {giorno}",
                slug=f"n{giorno}",
                data=date(2023, 5, giorno),
                sommario="s",
                testo="<p>t</p>",
            )
        )
    testo = client.get("/").content.decode()
    assert [f"Fatto del {n}" in testo for n in (1, 2, 3, 4)] == [False, True, True, True]


def test_una_pagina_mostra_le_sottopagine_e_il_percorso(home, client):
    madre = _contenuto(home, title="Misure", slug="misure")
    _contenuto(madre, title="Programma GOL", slug="gol", sommario="Un percorso")
    assert 'href="/misure/gol/"' in client.get("/misure/").content.decode()
    assert '<a href="/misure/">Misure</a>' in client.get("/misure/gol/").content.decode()


def test_il_menu_contiene_le_pagine_scelte_dalla_redazione(home, client):
    _contenuto(home, title="I risultati", slug="risultati", show_in_menus=True)
    _contenuto(home, title="Nascosta", slug="nascosta")
    testo = client.get("/privacy/").content.decode()
    assert ('<a href="/risultati/">I risultati</a>' in testo, "Nascosta" in testo) == (True, False)


def test_le_query_della_home_non_crescono_con_le_notizie(home, client, django_assert_max_num_queries):
    madre = _contenuto(home, title="Notizie", slug="notizie")
    client.get("/")

    def conta():
        with django_assert_max_num_queries(60) as contatore:
            client.get("/")
        return len(contatore.captured_queries)

    quante = []
    for giorno in (1, 2, 3):
        madre.add_child(
            instance=NotiziaPage(title="N", slug=f"n{giorno}", data=date(2023, 5, giorno), sommario="s", testo="t")
        )
        quante.append(conta())
    assert quante[0] == quante[2]


def test_la_ricerca_trova_anche_il_plurale(home, client):
    from wagtail.search.index import insert_or_update_object  # noqa: PLC0415  the index task isn't run by the suite

    pagina = _contenuto(home, title="Servizi per chi cerca lavoro", slug="servizi")
    insert_or_update_object(pagina)
    testo = client.get("/ricerca/", {"q": "servizio"}).content.decode()
    assert 'href="/servizi/"' in testo
    assert "1 risultato per «servizio»." in testo


def test_la_ricerca_senza_esito_lo_dice_e_non_si_rompe_con_input_ostile(home, client):
    for domanda in ('"', "a'b(c", "*", "NEAR", "\x00", "<script>x</script>"):
        risposta = client.get("/ricerca/", {"q": domanda})
        assert (risposta.status_code, "<script>x" in risposta.content.decode()) == (200, False)
    atteso = escape("0 risultati per «zzz».")
    assert atteso in client.get("/ricerca/", {"q": "zzz"}).content.decode()


def test_una_pagina_in_bozza_non_si_trova_ne_si_apre(home, client):
    from wagtail.search.index import insert_or_update_object  # noqa: PLC0415  as above

    pagina = _contenuto(home, title="Segretissima", slug="bozza", live=False)
    insert_or_update_object(pagina)
    assert "0 risultati" in client.get("/ricerca/", {"q": "segretissima"}).content.decode()
    assert client.get("/bozza/").status_code == 404


def test_robots_esclude_aree_riservate_e_indica_la_mappa(client):
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\nDisallow: /area/\nDisallow: /accesso/\nDisallow: /gestione/\nDisallow: /ricerca/\n"
        "Disallow: /en/ricerca/\nSitemap: http://testserver/sitemap.xml\n"
    )


def test_la_mappa_del_sito_elenca_le_pagine(home, client):
    testo = client.get("/sitemap.xml").content.decode()
    assert [f"<loc>http://localhost{p}</loc>" in testo for p in ("/", "/accessibilita/", "/privacy/")] == [True] * 3


def test_la_pagina_non_trovata_e_in_italiano(home, client):
    risposta = client.get("/non-esiste/")
    assert risposta.status_code == 404
    assert "<h1>Pagina non trovata</h1>" in risposta.content.decode()


def test_il_redattore_puo_scrivere_pagine_e_il_coordinatore_no(home, entra):
    pagina = ContenutoPage.objects.get(slug="privacy", alias_of=None)
    assert entra(UtenteFactory(ruolo="redattore")).get(f"/gestione/pages/{pagina.pk}/edit/").status_code == 200
    assert entra(UtenteFactory(ruolo="coordinatore")).get(f"/gestione/pages/{pagina.pk}/edit/").status_code == 302
