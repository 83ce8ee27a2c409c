"""A partnership: bodies asked in, each confirming or declining its own part with its own documents."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accordi.queries.istanze import condizioni_mancanti, voci_scrivania
from accordi.services.istanze import presenta_istanza
from accordi.services.partecipanti import (
    INVITI_AL_GIORNO,
    INVITI_PER_SOGGETTO,
    RISPOSTE_AL_GIORNO,
    aggiungi_partecipante,
    conferma_parte,
    rifiuta_parte,
    togli_partecipante,
)
from core.errori import Rifiuto
from core.models import Messaggio
from tests.accordi.moduli_avviso import documenti_di_prova
from tests.factories.accordi import IstanzaFactory
from tests.factories.reti import RappresentanzaFactory, SoggettoFactory

pytestmark = pytest.mark.django_db
GIORNO = datetime(2023, 3, 6, 9, tzinfo=UTC)


@pytest.fixture
def socio(db):
    return RappresentanzaFactory(soggetto__denominazione="Cooperativa Girasole", soggetto__slug="girasole")


@pytest.fixture
def bozza(rappresentante):
    return IstanzaFactory(capofila=rappresentante.soggetto)


@pytest.fixture
def parte(bozza, socio, rappresentante):
    return aggiungi_partecipante(utente=rappresentante.utente, istanza=bozza, soggetto=socio.soggetto)


def pagina_di(parte) -> str:
    return reverse("accordi:istanza_conferma", args=[parte.istanza.codice, parte.soggetto.slug])


def test_chi_entra_nella_rete_riceve_l_invito_con_il_suo_indirizzo(parte, socio, consegna_posta):
    consegna_posta()
    assert {m.to[0] for m in mail.outbox} == {socio.utente.email, socio.soggetto.pec or socio.soggetto.email}
    assert f"http://localhost:8000{pagina_di(parte)}" in mail.outbox[0].body
    assert [v.titolo for v in voci_scrivania(socio.utente)] == ["Conferma la parte di Cooperativa Girasole"]


def test_senza_conferma_non_si_presenta_e_si_dice_chi_manca(parte, bozza, socio, rappresentante):
    """R09"""
    with pytest.raises(Rifiuto) as rifiuto:
        presenta_istanza(utente=rappresentante.utente, istanza=bozza)
    assert rifiuto.value.messages == [
        "Cooperativa Girasole non ha ancora confermato la sua parte: lo fa dalla sua area riservata."
    ]
    rifiuta_parte(utente=socio.utente, partecipante=parte, nota="Non abbiamo personale.")
    assert condizioni_mancanti(bozza) == ["Cooperativa Girasole ha detto che non partecipa: toglilo dalla rete."]
    with pytest.raises(Rifiuto, match="chiedete al capofila di aggiungervi di nuovo"):
        conferma_parte(utente=socio.utente, partecipante=parte, ruolo="Tirocini", nota="")
    rete = {"utente": rappresentante.utente, "istanza": bozza, "soggetto": socio.soggetto}
    togli_partecipante(**rete)
    parte = aggiungi_partecipante(**rete)
    conferma_parte(utente=socio.utente, partecipante=parte, ruolo="Tirocini", nota="")
    presentata = presenta_istanza(utente=rappresentante.utente, istanza=bozza)
    codice = socio.soggetto.codice_fiscale
    riga = f"- Cooperativa Girasole, codice fiscale {codice}: Tirocini; confermato da {socio.utente} il "
    assert riga in presentata.testo_presentato
    assert [v.titolo for v in voci_scrivania(socio.utente)] == []
    with pytest.raises(Rifiuto, match="già stata presentata"):
        rifiuta_parte(utente=socio.utente, partecipante=parte, nota="Ripensamento")


def test_il_capofila_sa_come_ha_risposto_ciascuno(parte, socio, rappresentante, consegna_posta):
    with pytest.raises(Rifiuto, match="Scrivi perché non partecipate"):
        rifiuta_parte(utente=socio.utente, partecipante=parte, nota=" ")
    rifiuta_parte(utente=socio.utente, partecipante=parte, nota="Non abbiamo personale.")
    consegna_posta()
    lettere = [m for m in mail.outbox if rappresentante.utente.email in m.to]
    assert [m.subject for m in lettere] == ["Cooperativa Girasole non partecipa alla rete"]
    assert "Nota: Non abbiamo personale." in lettere[0].body


def test_un_cambio_della_rete_dopo_la_conferma_e_mostrato_e_scritto(
    parte, socio, bozza, rappresentante, entra, consegna_posta
):
    conferma_parte(utente=socio.utente, partecipante=parte, ruolo="", nota="")
    altro = SoggettoFactory(denominazione="Consorzio Lago")
    dati = {"utente": rappresentante.utente, "istanza": bozza, "soggetto": altro}
    aggiungi_partecipante(**dati)
    togli_partecipante(**dati)
    consegna_posta()
    frasi = ["Consorzio Lago è entrato nella rete.", "Consorzio Lago non è più nella rete."]
    lettere = [m.body for m in mail.outbox if m.subject.startswith("La rete è cambiata") and socio.utente.email in m.to]
    assert len(lettere) == 2
    assert all(frase in "".join(lettere) for frase in frasi)
    assert entra(socio.utente).get(pagina_di(parte)).context["cambi"] == frasi
    conferma_parte(utente=socio.utente, partecipante=parte, ruolo="", nota="")
    assert entra(socio.utente).get(pagina_di(parte)).context["cambi"] == []


@pytest.mark.parametrize("poteri", [{"puo_presentare": False}, {"al": "2023-01-01"}])
def test_conferma_solo_chi_oggi_puo_presentare_per_quel_soggetto(parte, socio, poteri):
    senza = RappresentanzaFactory(soggetto=socio.soggetto, dal="2022-01-01", **poteri)
    with pytest.raises(PermissionDenied, match="Oggi non risulti abilitato"):
        conferma_parte(utente=senza.utente, partecipante=parte, ruolo="", nota="")


def test_la_parte_di_altri_non_si_conferma_e_non_si_vede(parte, rappresentante, entra):
    estraneo = RappresentanzaFactory().utente
    with pytest.raises(PermissionDenied):
        conferma_parte(utente=estraneo, partecipante=parte, ruolo="", nota="")
    assert entra(estraneo).get(pagina_di(parte)).status_code == 404
    assert entra(rappresentante.utente).get(pagina_di(parte)).status_code == 403
    url = reverse("accordi:istanza_conferma", args=[parte.istanza.codice, parte.istanza.capofila.slug])
    assert entra(rappresentante.utente).get(url).status_code == 404


def test_tolto_dalla_rete_non_conferma_piu(parte, socio, bozza, rappresentante):
    togli_partecipante(utente=rappresentante.utente, istanza=bozza, soggetto=socio.soggetto)
    with pytest.raises(Rifiuto, match="Il capofila ha cambiato la rete"):
        conferma_parte(utente=socio.utente, partecipante=parte, ruolo="", nota="")


def test_dalla_pagina_si_caricano_i_propri_documenti_e_si_conferma(parte, socio, bozza, entra):
    bozza.avviso.documenti_richiesti = documenti_di_prova()
    bozza.avviso.save()
    client = entra(socio.utente)
    caselle = client.get(pagina_di(parte)).context["caselle"]
    assert [c.titolo for c in caselle] == ["Statuto di Cooperativa Girasole"]
    file = SimpleUploadedFile("statuto.pdf", b"%PDF-1.7 statuto")
    letta = client.get(pagina_di(parte)).context["impronta"]
    client.post(pagina_di(parte), {"azione": "conferma", "ruolo": "Tirocini", "impronta": letta, caselle[0].nome: file})
    parte.refresh_from_db()
    assert (parte.conferma, parte.ruolo, parte.confermato_da) == ("confermata", "Tirocini", socio.utente)
    assert [(d.nome, d.soggetto) for d in bozza.documenti.all()] == [("statuto.pdf", socio.soggetto)]
    sbagliato = SimpleUploadedFile("statuto.pdf", b"MZ non un PDF")
    pagina = client.post(pagina_di(parte), {"azione": "rifiuta", "nota": "Testo scritto", caselle[0].nome: sbagliato})
    assert "Il contenuto del file non corrisponde al formato .pdf." in pagina.text
    assert "Testo scritto" in pagina.text
    parte.refresh_from_db()
    assert parte.conferma == "confermata"


def test_un_soggetto_non_si_invita_all_infinito(bozza, socio, rappresentante):
    """Each invitation is a mail in the Province's name: taken off and added again, three times and no more."""
    rete = {"utente": rappresentante.utente, "istanza": bozza, "soggetto": socio.soggetto}
    for _n in range(INVITI_PER_SOGGETTO):
        aggiungi_partecipante(**rete)
        aggiungi_partecipante(**rete)  # again, it's already there
        togli_partecipante(**rete)
    with pytest.raises(Rifiuto, match="Cooperativa Girasole è già stato invitato troppe volte"):
        aggiungi_partecipante(**rete)
    inviti = Messaggio.objects.filter(destinatario=socio.utente.email, oggetto__startswith="Confermi la tua parte?")
    assert inviti.count() == INVITI_PER_SOGGETTO


def test_in_un_giorno_si_invitano_pochi_soggetti_anche_da_bozze_diverse(bozza, rappresentante, orologio):
    utente, altra = rappresentante.utente, IstanzaFactory(capofila=rappresentante.soggetto)
    with orologio(GIORNO):
        for n in range(INVITI_AL_GIORNO):
            aggiungi_partecipante(utente=utente, istanza=(bozza, altra)[n % 2], soggetto=SoggettoFactory())
        with pytest.raises(Rifiuto, match="In un giorno si invitano al massimo 50 soggetti: riprova domani"):
            aggiungi_partecipante(utente=utente, istanza=altra, soggetto=SoggettoFactory())
    with orologio(GIORNO + timedelta(days=1)):
        assert aggiungi_partecipante(utente=utente, istanza=altra, soggetto=SoggettoFactory()).pk


def test_chi_risponde_e_risponde_ancora_non_riempie_la_posta_del_capofila(parte, socio, rappresentante, orologio):
    dati = {"utente": socio.utente, "partecipante": parte, "ruolo": "Tirocini"}
    for n in range(RISPOSTE_AL_GIORNO):
        with orologio(GIORNO + timedelta(minutes=n)):
            conferma_parte(**dati, nota=f"Nota {n}")
    with orologio(GIORNO + timedelta(hours=1)), pytest.raises(Rifiuto, match="riprovate domani"):
        conferma_parte(**dati, nota="Un'altra")
    mandate = Messaggio.objects.filter(destinatario=rappresentante.utente.email, oggetto__contains="ha confermato")
    assert mandate.count() == RISPOSTE_AL_GIORNO
    with orologio(GIORNO + timedelta(days=2)):
        assert conferma_parte(**dati, nota="Domani sì").nota == "Domani sì"
