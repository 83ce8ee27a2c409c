"""What each body of a partnership reads of the application, and what stays on disk of what goes (R08)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accordi.models import DocumentoIstanza, Istanza, PartecipanteIstanza
from accordi.services.documenti import carica_documento
from accordi.services.istanze import elimina_bozza
from accordi.services.partecipanti import rifiuta_parte, togli_partecipante
from tests.accordi.moduli_avviso import documenti_di_prova
from tests.factories.accordi import (
    AvvisoFactory,
    DocumentoIstanzaFactory,
    IstanzaFactory,
    PartecipanteIstanzaFactory,
)
from tests.factories.reti import RappresentanzaFactory
from tests.factories.utenti import UtenteFactory
from utenti.models import Ruolo

pytestmark = pytest.mark.django_db
Conferma = PartecipanteIstanza.Conferma


@pytest.fixture
def bozza(rappresentante):
    avviso = AvvisoFactory(documenti_richiesti=documenti_di_prova())
    return IstanzaFactory(capofila=rappresentante.soggetto, avviso=avviso)


@pytest.fixture
def socio(bozza):
    """Represents a body asked into the partnership, which hasn't answered."""
    rappresentanza = RappresentanzaFactory()
    PartecipanteIstanzaFactory(istanza=bozza, soggetto=rappresentanza.soggetto)
    return rappresentanza


def parte_di(bozza, socio):
    return PartecipanteIstanza.objects.get(istanza=bozza, soggetto=socio.soggetto)


def un_pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("statuto.pdf", b"%PDF-1.7 statuto")


def test_chi_ha_detto_di_no_non_legge_piu_l_istanza_ne_i_suoi_file(bozza, socio, entra):
    """R08"""
    piano = DocumentoIstanzaFactory(istanza=bozza, richiesta="piano")
    pagina = reverse("accordi:istanza_conferma", args=[bozza.codice, socio.soggetto.slug])
    client = entra(socio.utente)
    risposta = client.post(pagina, {"azione": "rifiuta", "nota": "Non abbiamo personale."}, follow=True)
    assert risposta.redirect_chain == [(reverse("accordi:istanze"), 302)]
    assert "Avete risposto che non partecipate" in risposta.text
    assert bozza.avviso.titolo not in risposta.context["righe"]
    chiuse = [
        bozza.get_absolute_url(),
        pagina,
        reverse("accordi:istanza_documento", args=[bozza.codice, piano.codice]),
    ]
    assert [client.get(u).status_code for u in chiuse] == [404, 404, 404]
    assert list(Istanza.objects.visibili_a(socio.utente)) == []


def test_ogni_documento_lo_apre_solo_chi_deve(bozza, socio, rappresentante, coordinatore):
    """R08: by body, by what it is, by what the body answered."""
    altro = RappresentanzaFactory()
    PartecipanteIstanzaFactory(istanza=bozza, soggetto=altro.soggetto, conferma=Conferma.CONFERMATA)
    senza_poteri = RappresentanzaFactory(soggetto=rappresentante.soggetto, puo_presentare=False)
    fissi = (DocumentoIstanza.FIRMATA, DocumentoIstanza.IDENTITA, DocumentoIstanza.INTEGRAZIONE)
    for richiesta in ("piano", *fissi):
        DocumentoIstanzaFactory(istanza=bozza, richiesta=richiesta, nome=richiesta)
    for chi in (socio, altro, rappresentante):
        DocumentoIstanzaFactory(istanza=bozza, soggetto=chi.soggetto, nome=f"statuto {chi.soggetto.slug}")
    del_socio, dell_altro, del_capofila = (f"statuto {r.soggetto.slug}" for r in (socio, altro, rappresentante))
    tutti = {"piano", *fissi, del_socio, dell_altro, del_capofila}
    revisore = UtenteFactory(ruolo=Ruolo.REVISORE)
    attesi = {
        rappresentante.utente: tutti,
        senza_poteri.utente: tutti - {"identita"},
        socio.utente: {"piano", del_socio},
        altro.utente: {"piano", "firmata", "integrazione", dell_altro},
        coordinatore: tutti,
        revisore: tutti - {"identita"},
        RappresentanzaFactory().utente: set(),
    }
    assert {u: {d.nome for d in bozza.documenti.visibili_a(u)} for u in attesi} == attesi


def test_di_una_bozza_eliminata_non_resta_niente_nell_archivio(
    bozza, socio, rappresentante, django_capture_on_commit_callbacks
):
    carta = DocumentoIstanzaFactory(istanza=bozza, richiesta=DocumentoIstanza.IDENTITA)
    suo = carica_documento(
        utente=socio.utente, istanza=bozza, richiesta="statuto", file=un_pdf(), soggetto=socio.soggetto
    )
    with django_capture_on_commit_callbacks(execute=True):
        elimina_bozza(utente=rappresentante.utente, istanza=bozza)
        assert carta.file.storage.exists(carta.file.name)  # until the transaction holds
    assert [d.file.storage.exists(d.file.name) for d in (carta, suo)] == [False, False]


@pytest.mark.parametrize("come", ["tolto", "rifiuta"])
def test_di_chi_esce_dalla_rete_non_restano_i_documenti(
    bozza, socio, rappresentante, come, django_capture_on_commit_callbacks
):
    piano = DocumentoIstanzaFactory(istanza=bozza, richiesta="piano")
    suo = carica_documento(
        utente=socio.utente, istanza=bozza, richiesta="statuto", file=un_pdf(), soggetto=socio.soggetto
    )
    with django_capture_on_commit_callbacks(execute=True):
        if come == "tolto":
            togli_partecipante(utente=rappresentante.utente, istanza=bozza, soggetto=socio.soggetto)
        else:
            rifiuta_parte(utente=socio.utente, partecipante=parte_di(bozza, socio), nota="Non più.")
    assert [d.file.storage.exists(d.file.name) for d in (piano, suo)] == [True, False]
    assert list(bozza.documenti.all()) == [piano]
