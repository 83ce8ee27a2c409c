"""Editors write and submit, coordinators approve; addresses that changed still lead to the page (R60)."""

import gc
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Immagine
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Workflow

from accordi.impianto import prepara_approvazione as impianto_avvisi
from pagine.impianto import concedi_alla_redazione, prepara_approvazione
from pagine.models import ContenutoPage
from pagine.queries.moderazione import voci_scrivania
from tests.factories.accordi import AvvisoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
VUOTI = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "corpo-count": 0}
CAMPI = VUOTI | {"title": "Tirocini", "slug": "tirocini", "sommario": "Che cosa sono"}


def _entra(utente):
    cliente = Client()
    cliente.force_login(utente)
    return cliente


def _png():
    dati = io.BytesIO()
    Immagine.new("RGB", (1600, 900), "blue").save(dati, "PNG")
    return dati


@pytest.fixture
def redattore(home):
    return UtenteFactory(ruolo="redattore")


def _scrivi(home, utente, **azione):
    crea = reverse("wagtailadmin_pages:add", args=["pagine", "contenutopage", home.pk])
    _entra(utente).post(crea, CAMPI | azione)
    return ContenutoPage.objects.get(slug="tirocini", alias_of=None)


def test_chi_scrive_non_pubblica_nemmeno_chiedendolo(home, redattore, client):
    """The button isn't there, and a request made by hand changes nothing for the public."""
    pagina = _scrivi(home, redattore, **{"action-publish": "1"})
    assert (pagina.live, client.get("/tirocini/").status_code) == (False, 404)
    testo = _entra(redattore).get(reverse("wagtailadmin_pages:edit", args=[pagina.pk])).content.decode()
    assert ('name="action-publish"' in testo, 'name="action-submit"' in testo) == (False, True)


def test_chi_scrive_invia_e_chi_coordina_approva(home, redattore, client):
    _scrivi(home, redattore, **{"action-submit": "1"})
    coordinatore = UtenteFactory(ruolo="coordinatore")
    voce = voci_scrivania(coordinatore)[0]
    assert (voce.titolo, voce.dettaglio) == ("Leggi e approva la pagina «Tirocini»", f"Inviata da {redattore}")
    assert (voci_scrivania(redattore), client.get("/tirocini/").status_code) == ([], 404)
    moderatrice = _entra(coordinatore)
    assert moderatrice.get(voce.url).status_code == 200
    moderatrice.post(voce.url, CAMPI | {"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert "<h1>Tirocini</h1>" in client.get("/tirocini/").content.decode()
    assert voci_scrivania(coordinatore) == []


def test_una_pagina_rimandata_torna_sulla_scrivania_di_chi_l_ha_scritta_con_il_motivo(home, redattore):
    """The desk said that there was nothing to do."""
    pagina = _scrivi(home, redattore, **{"action-submit": "1"})
    pagina.current_workflow_task_state.reject(user=UtenteFactory(ruolo="coordinatore"), comment="Manca il telefono.")
    assert [(v.titolo, v.dettaglio) for v in voci_scrivania(redattore)] == [
        ("Correggi «Tirocini»: chi coordina chiede modifiche", "Manca il telefono.")
    ]
    assert voci_scrivania(UtenteFactory(ruolo="redattore")) == []
    _entra(redattore).post(
        reverse("wagtailadmin_pages:edit", args=[pagina.pk]), CAMPI | {"action-submit": "1", "sommario": "Chiama"}
    )
    assert voci_scrivania(redattore) == []


def test_anche_un_avviso_da_approvare_sta_sulla_scrivania_e_torna_a_chi_l_ha_scritto(redattore):
    """It waited where nobody looks."""
    impianto_avvisi()
    avviso = AvvisoFactory(titolo="Patto per il lavoro", live=False)
    avviso.save_revision(user=redattore)
    Workflow.objects.get(workflow_content_types__content_type__model="avviso").start(avviso, redattore)
    coordinatore = UtenteFactory(ruolo="coordinatore")
    modifica = f"/gestione/avvisi/edit/{avviso.pk}/"
    assert [(v.titolo, v.url, v.gruppo) for v in voci_scrivania(coordinatore)] == [
        ("Leggi e approva «Patto per il lavoro»", modifica, "Avvisi")
    ]
    avviso.current_workflow_task_state.reject(user=coordinatore, comment="Manca l'atto.")
    assert [(v.titolo, v.url, v.dettaglio) for v in voci_scrivania(redattore)] == [
        ("Correggi «Patto per il lavoro»: chi coordina chiede modifiche", modifica, "Manca l'atto.")
    ]


def test_l_anteprima_mostra_la_bozza_a_chi_scrive(home, redattore):
    pagina = _scrivi(home, redattore)
    bozza = reverse("wagtailadmin_pages:view_draft", args=[pagina.pk])
    assert "<h1>Tirocini</h1>" in _entra(redattore).get(bozza).content.decode()


def test_un_installazione_di_prima_passa_all_approvazione_una_volta_sola(home):
    """The office may give the permission back: the next start leaves it."""
    pubblica = GroupPagePermission.objects.filter(group__name="Redattore", permission__codename="publish_page")
    assert pubblica.count() == 0
    esempio = GroupPagePermission.objects.filter(group__name="Redattore").first()
    permesso = esempio.permission.content_type.permission_set.get(codename="publish_page")
    GroupPagePermission.objects.create(group=esempio.group, page=esempio.page, permission=permesso)
    concedi_alla_redazione()
    prepara_approvazione()
    assert pubblica.count() == 1


def test_un_indirizzo_cambiato_porta_ancora_alla_pagina(home, client, django_capture_on_commit_callbacks):
    pagina = home.add_child(instance=ContenutoPage(title="Tirocini", slug="tirocini", sommario="s"))
    pagina.slug = "stage"
    with django_capture_on_commit_callbacks(execute=True):
        pagina.save_revision().publish()
    risposta = client.get("/tirocini/")
    assert (risposta.status_code, risposta.url) == (301, "/stage/")


# Wagtail leaves the temporary files of its renditions to the garbage collector: here, inside the test.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_un_immagine_ha_testo_misure_e_piu_larghezze(home, client):
    """R60: an alternative text, no layout shift, webp for a cheap phone."""
    immagine = get_image_model().objects.create(title="f", file=ImageFile(_png(), "f.png"))
    blocco = {"image": immagine.pk, "decorative": False, "alt_text": "Lo sportello in piazza"}
    pagina = home.add_child(instance=ContenutoPage(title="P", slug="p", sommario="s"))
    pagina.corpo = [("immagine", ContenutoPage.corpo.field.stream_block.child_blocks["immagine"].to_python(blocco))]
    pagina.save()
    testo = client.get("/p/").content.decode()
    for atteso in ('type="image/webp"', "800w", 'alt="Lo sportello in piazza"', 'width="400"', 'height="225"'):
        assert atteso in testo, atteso
    gc.collect()


def test_un_immagine_senza_testo_non_si_salva(home):
    """An editor says what it shows, or that it is only decorative."""
    blocco = ContenutoPage.corpo.field.stream_block.child_blocks["immagine"]
    immagine = get_image_model().objects.create(title="f", file=ImageFile(_png(), "f.png"))
    with pytest.raises(ValidationError):
        blocco.clean(blocco.to_python({"image": immagine.pk, "decorative": False, "alt_text": ""}))
    assert blocco.clean(blocco.to_python({"image": immagine.pk, "decorative": True, "alt_text": ""})).decorative
