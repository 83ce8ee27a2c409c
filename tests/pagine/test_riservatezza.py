"""A page that the office closes is closed in every language, list and search (R60, R63)."""

from datetime import date

import pytest
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from pagine.impianto import prepara_lingue
from pagine.models import ContenutoPage, NotiziaPage
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
SEGRETO = "Bozza delle graduatorie"


@pytest.fixture
def chiusa(home):
    """A section and its news in both languages, closed to who isn't signed in after they were published."""
    sezione = home.add_child(
        instance=ContenutoPage(title=SEGRETO, slug="riservata", sommario=SEGRETO, show_in_menus=True)
    )
    sezione.add_child(
        instance=NotiziaPage(title=SEGRETO, slug="nota", sommario=SEGRETO, data=date(2026, 1, 2), testo="<p>Elenco</p>")
    )
    prepara_lingue(home)
    PageViewRestriction.objects.create(page=sezione, restriction_type=PageViewRestriction.LOGIN)
    call_command("update_index", verbosity=0)
    return sezione


@pytest.mark.parametrize("percorso", ["/riservata/", "/riservata/nota/", "/en/riservata/", "/en/riservata/nota/"])
def test_una_pagina_chiusa_lo_e_in_ogni_lingua(chiusa, client, entra, percorso):
    risposta = client.get(percorso)
    assert (risposta.status_code, risposta.url.split("?")[0]) == (302, "/accesso/login/")
    assert SEGRETO in entra(UtenteFactory()).get(percorso).content.decode()


@pytest.mark.parametrize(
    "percorso",
    ["/", "/en/", "/ricerca/?q=graduatorie", "/en/ricerca/?q=graduatorie", "/sitemap.xml", "/en/accessibilita/"],
)
def test_una_pagina_chiusa_non_e_nominata_a_chi_non_entra(chiusa, client, percorso):
    testo = client.get(percorso).content.decode()
    assert (SEGRETO in testo, "/riservata/" in testo) == (False, False)
