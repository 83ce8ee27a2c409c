"""The citizen's site in other languages: by the address alone, each page keeping its place (R60, R61, R63)."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale

from core.lingue import prefisso
from pagine.impianto import prepara_lingue
from pagine.models import ContenutoPage
from tests.factories.accordi import AvvisoFactory
from tests.factories.punti_informativi import PuntoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db


def _inglese(slug):
    return ContenutoPage.objects.get(slug=slug, locale__language_code="en")


def test_la_lingua_viene_solo_dall_indirizzo(home, client):
    """R63: neither a cookie nor what the browser asks changes what an address shows."""
    client.cookies["django_language"] = "en"
    risposta = client.get("/punti-informativi/", HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9")
    assert (risposta.headers["Content-Language"], '<html lang="it">' in risposta.content.decode()) == ("it", True)
    assert "Accept-Language" not in risposta.headers.get("Vary", "")
    risposta = client.get("/en/punti-informativi/", HTTP_ACCEPT_LANGUAGE="it")
    assert (risposta.headers["Content-Language"], '<html lang="en">' in risposta.content.decode()) == ("en", True)
    assert "django_language" not in risposta.cookies


def test_dopo_una_pagina_in_inglese_il_resto_e_di_nuovo_in_italiano(home, client):
    client.get("/en/")
    assert (translation.get_language(), prefisso(), reverse("punti:elenco")) == ("it", "", "/punti-informativi/")


@pytest.mark.parametrize(
    "percorso", ["/en/area/", "/en/istanze/", "/en/gestione/", "/en/accesso/login/", "/it/", "/fr/"]
)
def test_quello_che_usano_partner_e_uffici_esiste_solo_in_italiano(home, client, percorso):
    assert client.get(percorso).status_code == 404


def test_la_scelta_della_lingua_tiene_la_pagina_e_i_filtri(home, client):
    testo = client.get("/punti-informativi/?q=corsi&aperto=on").content.decode()
    assert 'href="/en/punti-informativi/?q=corsi&amp;aperto=on" lang="en" hreflang="en">English</a>' in testo
    testo = client.get("/en/punti-informativi/?q=corsi").content.decode()
    assert 'href="/punti-informativi/?q=corsi" lang="it" hreflang="it">Italiano</a>' in testo


def test_ogni_pagina_pubblica_dice_le_sue_altre_lingue(home, client):
    avviso, punto = AvvisoFactory(gol=True), PuntoFactory(attivo=True)
    for percorso in (avviso.get_absolute_url(), punto.get_absolute_url(), "/ricerca/"):
        testo = client.get(f"/en{percorso}").content.decode()
        for lingua, indirizzo in (("it", percorso), ("en", f"/en{percorso}"), ("x-default", percorso)):
            assert f'<link rel="alternate" hreflang="{lingua}" href="http://localhost:8000{indirizzo}">' in testo


def test_i_collegamenti_di_una_pagina_in_inglese_restano_in_inglese(home, client):
    punto = PuntoFactory(attivo=True)
    testo = client.get("/en/punti-informativi/").content.decode()
    assert f'href="/en{punto.get_absolute_url()}"' in testo
    assert 'href="/en/ricerca/"' in testo
    assert 'href="/tavoli/" hreflang="it"' in testo


def test_una_pagina_senza_traduzione_si_legge_in_italiano_e_lo_dice(home, client):
    testo = client.get("/en/privacy/").content.decode()
    assert '<h1 lang="it">Informativa privacy</h1>' in testo
    assert '<link rel="canonical" href="http://localhost:8000/privacy/">' in testo
    assert 'hreflang="en" href="http://localhost:8000/en/privacy/"' not in testo


def test_una_pagina_tradotta_si_legge_nella_sua_lingua(home, client):
    """R60: Wagtail's own means: the alias becomes a page of its own."""
    pagina = _inglese("privacy")
    pagina.title, pagina.sommario, pagina.alias_of = "Privacy notice", "What we do with your data.", None
    pagina.save_revision().publish()
    testo = client.get("/en/privacy/").content.decode()
    assert ("<h1>Privacy notice</h1>" in testo, 'rel="canonical"' in testo) == (True, False)
    assert '<link rel="alternate" hreflang="en" href="http://localhost:8000/en/privacy/">' in testo
    assert "<h1>Informativa privacy</h1>" in client.get("/privacy/").content.decode()


def test_preparare_le_lingue_due_volte_non_aggiunge_pagine(home):
    prepara_lingue(home)
    assert ContenutoPage.objects.filter(locale__language_code="en").count() == 2
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == ["en", "it"]


def test_la_mappa_del_sito_dice_le_altre_lingue(home, client):
    avviso = AvvisoFactory(gol=True)
    testo = client.get("/sitemap.xml").content.decode()
    indirizzo = f"http://testserver/en{avviso.get_absolute_url()}"
    assert f'<xhtml:link rel="alternate" hreflang="en" href="{indirizzo}"/>' in testo
    assert (f"<loc>{indirizzo}</loc>" in testo, "/en/privacy/" in testo) == (True, False)


def test_la_ricerca_in_inglese_non_trova_due_volte_la_stessa_pagina(home, client):
    from wagtail.search.index import insert_or_update_object  # noqa: PLC0415  the index task isn't run by the suite

    for pagina in ContenutoPage.objects.filter(slug="privacy"):
        insert_or_update_object(pagina)
    testo = client.get("/en/ricerca/", {"q": "informativa"}).content.decode()
    assert ('href="/en/privacy/"' in testo, testo.count('<h3 class="h5"')) == (True, 1)


def test_la_redazione_traduce_con_i_mezzi_di_wagtail(home, entra, client):
    """R60: a page made in the editor has its place in English at once, and one button makes it a translation."""
    redattore = entra(UtenteFactory(ruolo="amministratore", is_superuser=True))
    campi = {"title": "Tirocini", "slug": "tirocini", "sommario": "Che cosa sono", "corpo-count": 0}
    crea = reverse("wagtailadmin_pages:add", args=["pagine", "contenutopage", home.pk])
    redattore.post(crea, campi | {"action-publish": "1", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0})
    inglese = _inglese("tirocini")
    assert '<h1 lang="it">Tirocini</h1>' in client.get("/en/tirocini/").content.decode()
    redattore.post(reverse("wagtailadmin_pages:convert_alias", args=[inglese.pk]))
    modifica = reverse("wagtailadmin_pages:edit", args=[inglese.pk])
    campi |= {"title": "Internships", "action-publish": "1", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    redattore.post(modifica, campi)
    assert "<h1>Internships</h1>" in client.get("/en/tirocini/").content.decode()
    assert "<h1>Tirocini</h1>" in client.get("/tirocini/").content.decode()


def test_il_menu_in_inglese_segna_i_titoli_italiani(home, client):
    home.add_child(instance=ContenutoPage(title="I risultati", slug="risultati", sommario="s", show_in_menus=True))
    prepara_lingue(home)
    testo = client.get("/en/").content.decode()
    assert '<a href="/en/risultati/" lang="it">I risultati</a>' in testo
    assert 'href="/tavoli/" hreflang="it">Working tables <span class="in-italiano">(in Italian)</span>' in testo


def test_le_query_della_home_in_inglese_non_crescono_con_il_menu(home, client, django_assert_max_num_queries):
    def conta():
        with django_assert_max_num_queries(80) as contatore:
            client.get("/en/")
        return len(contatore.captured_queries)

    quante = []
    for n in range(3):
        home.add_child(instance=ContenutoPage(title="T", slug=f"t{n}", sommario="s", show_in_menus=True))
        prepara_lingue(home)
        conta()
        quante.append(conta())
    assert quante[0] == quante[2]


def test_un_altra_lingua_trova_le_pagine_da_tradurre(home, client, settings):
    """An installation adds a code: the pages take their place, and what has no catalogue stays in Italian."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("ro", "Română")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    prepara_lingue(home)
    testo = client.get("/ro/privacy/").content.decode()
    assert ('<html lang="ro">' in testo, '<h1 lang="it">Informativa privacy</h1>' in testo) == (True, True)
    assert '<a class="azione-slim" href="/en/privacy/" lang="en" hreflang="en">English</a>' in testo
