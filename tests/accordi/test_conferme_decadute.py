"""A body confirms a proposal as it is: what changes after it is confirmed again (R09)."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accordi.queries.istanze import condizioni_mancanti, voci_scrivania
from accordi.services.documenti import carica_documento, togli_documento
from accordi.services.istanze import aggiorna_istanza
from accordi.services.partecipanti import conferma_parte
from core.models import Messaggio
from core.registro import righe_di
from tests.accordi.moduli_avviso import documenti_di_prova, domande_di_prova
from tests.factories.accordi import AvvisoFactory, DocumentoIstanzaFactory, IstanzaFactory, PartecipanteIstanzaFactory
from tests.factories.reti import RappresentanzaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def socio(db):
    return RappresentanzaFactory(soggetto__denominazione="Cooperativa Girasole", soggetto__slug="girasole")


@pytest.fixture
def dati(rappresentante):
    avviso = AvvisoFactory(
        documenti_richiesti=documenti_di_prova(), domande=domande_di_prova("testo_breve", obbligatoria=False)
    )
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, avviso=avviso)
    return {"utente": rappresentante.utente, "istanza": istanza}


@pytest.fixture
def parte(dati, socio):
    """Confirmed, over the draft as it is."""
    parte = PartecipanteIstanzaFactory(istanza=dati["istanza"], soggetto=socio.soggetto)
    return conferma_parte(utente=socio.utente, partecipante=parte, ruolo="Tirocini", nota="")


def un_pdf(nome: str = "piano.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, b"%PDF-1.7 " + nome.encode())


def conferma_di(parte) -> str:
    parte.refresh_from_db()
    return parte.conferma


@pytest.mark.parametrize(
    "cambio",
    [
        lambda d: aggiorna_istanza(**d, motivazione="Un'altra proposta"),
        lambda d: aggiorna_istanza(**d, risposte={"id-testo_breve": "Un'altra risposta"}),
        lambda d: aggiorna_istanza(**d, dichiarazione_dote=True),
        lambda d: carica_documento(**d, richiesta="piano", file=un_pdf()),
    ],
    ids=["motivazione", "risposte", "dote", "documento comune"],
)
def test_cambiata_la_proposta_la_conferma_va_ripetuta(dati, parte, socio, cambio, consegna_posta):
    """R09"""
    cambio(dati)
    assert conferma_di(parte) == "decaduta"
    frase = "Cooperativa Girasole deve confermare di nuovo: dopo la sua conferma la proposta è cambiata."
    assert frase in condizioni_mancanti(dati["istanza"])
    assert [v.titolo for v in voci_scrivania(socio.utente)] == ["Conferma di nuovo la parte di Cooperativa Girasole"]
    consegna_posta()
    lettere = [m for m in mail.outbox if socio.utente.email in m.to]
    assert [m.subject for m in lettere] == [f"Confermate di nuovo? La proposta è cambiata: {dati['istanza'].avviso}"]
    pagina = reverse("accordi:istanza_conferma", args=[dati["istanza"].codice, "girasole"])
    assert f"http://localhost:8000{pagina}" in lettere[0].body


@pytest.mark.parametrize(
    "cambio",
    [
        lambda d: aggiorna_istanza(**d, dichiarazione_poteri=False),
        lambda d: carica_documento(**d, richiesta="statuto", file=un_pdf(), soggetto=d["istanza"].capofila),
        lambda d: carica_documento(**d, richiesta="identita", file=un_pdf()),
    ],
    ids=["poteri del capofila", "documento di un soggetto", "identità di chi firma"],
)
def test_cio_che_riguarda_solo_il_capofila_lascia_valide_le_conferme(dati, parte, cambio):
    cambio(dati)
    assert conferma_di(parte) == "confermata"


@pytest.mark.parametrize("chi", ["capofila", "socio"])
def test_il_documento_di_un_ente_cambiato_da_un_altro_fa_decadere_la_sua_conferma(dati, parte, socio, chi):
    """What the body put, and confirmed with, can't be replaced behind its back."""
    utente = dati["utente"] if chi == "capofila" else socio.utente
    dove = {"utente": utente, "istanza": dati["istanza"]}
    caricato = carica_documento(**dove, richiesta="statuto", file=un_pdf(), soggetto=socio.soggetto)
    assert conferma_di(parte) == ("decaduta" if chi == "capofila" else "confermata")
    conferma_parte(utente=socio.utente, partecipante=parte, ruolo="", nota="")
    togli_documento(**dove, documento=caricato)
    assert conferma_di(parte) == ("decaduta" if chi == "capofila" else "confermata")


def test_tolto_il_documento_comune_la_conferma_decade(dati, socio):
    piano = DocumentoIstanzaFactory(istanza=dati["istanza"], richiesta="piano")
    parte = PartecipanteIstanzaFactory(istanza=dati["istanza"], soggetto=socio.soggetto)
    conferma_parte(utente=socio.utente, partecipante=parte, ruolo="", nota="")
    togli_documento(**dati, documento=piano)
    assert conferma_di(parte) == "decaduta"


def test_mentre_il_capofila_scrive_l_avviso_parte_una_volta_e_dopo_una_nuova_conferma_di_nuovo(dati, parte, socio):
    for testo in ("U", "Un", "Un'altra"):
        aggiorna_istanza(**dati, motivazione=testo)
    avvisi = Messaggio.objects.filter(destinatario=socio.utente.email, oggetto__startswith="Confermate di nuovo?")
    assert avvisi.count() == 1
    conferma_parte(utente=socio.utente, partecipante=parte, ruolo="Tirocini", nota="")
    assert conferma_di(parte) == "confermata"
    aggiorna_istanza(**dati, motivazione="Un'altra ancora")
    righe = righe_di(dati["istanza"]).filter(azione="istanza.conferma_decaduta")
    assert [r.dati for r in righe] == [{"soggetto": "girasole"}] * 2


def test_chi_legge_una_proposta_gia_cambiata_non_conferma_quella_nuova(dati, socio, entra):
    PartecipanteIstanzaFactory(istanza=dati["istanza"], soggetto=socio.soggetto)
    client = entra(socio.utente)
    pagina = reverse("accordi:istanza_conferma", args=[dati["istanza"].codice, "girasole"])
    letta = client.get(pagina).context["impronta"]
    aggiorna_istanza(**dati, motivazione="Un testo cambiato intanto")
    modulo = {"azione": "conferma", "ruolo": "Tirocini e stage"}
    for impronta in (letta, ""):
        risposta = client.post(pagina, modulo | {"impronta": impronta})
        assert "Il capofila ha cambiato la proposta mentre la leggevi" in risposta.text
        assert "Un testo cambiato intanto" in risposta.text
        assert "Tirocini e stage" in risposta.text
    client.post(pagina, modulo | {"impronta": risposta.context["impronta"]})
    parte = dati["istanza"].partecipanti.get(soggetto=socio.soggetto)
    assert (parte.conferma, parte.impronta_confermata) == ("confermata", risposta.context["impronta"])


def test_la_bozza_dice_al_capofila_chi_dovra_riconfermare_e_la_parte_lo_vede(dati, parte, socio, entra):
    avviso = "Hanno già confermato: Cooperativa Girasole. Se cambi la proposta, le risposte o i documenti comuni"
    assert avviso in entra(dati["utente"]).get(dati["istanza"].get_absolute_url()).text
    aggiorna_istanza(**dati, motivazione="Altro")
    testo = entra(dati["utente"]).get(dati["istanza"].get_absolute_url()).text
    assert avviso not in testo
    assert "Da confermare di nuovo" in testo
    pagina = reverse("accordi:istanza_conferma", args=[dati["istanza"].codice, "girasole"])
    assert "il capofila ha cambiato la proposta o i vostri documenti: rileggete" in entra(socio.utente).get(pagina).text
