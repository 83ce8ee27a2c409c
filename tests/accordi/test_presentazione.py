"""Presenting: the window judged at arrival, a hundred at once, the receipt, the reminder."""

import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accordi.models import Istanza, Protocollo
from accordi.queries.stampe import pdf_da_firmare, ricevuta
from accordi.services import promemoria
from accordi.services.documenti import carica_documento, togli_documento
from accordi.services.istanze import aggiorna_istanza, elimina_bozza, presenta_istanza
from accordi.services.partecipanti import aggiungi_partecipante, conferma_parte, rifiuta_parte, togli_partecipante
from core.errori import Rifiuto
from core.registro import verifica
from tests.accordi.moduli_avviso import documenti_di_prova, domande_di_prova
from tests.contemporanei import insieme
from tests.factories.accordi import AvvisoFactory, DocumentoIstanzaFactory, IstanzaFactory
from tests.factories.reti import RappresentanzaFactory

CHIUDE = datetime(2023, 3, 10, 11, tzinfo=UTC)


@pytest.fixture
def bozza(rappresentante):
    return IstanzaFactory(capofila=rappresentante.soggetto, avviso=AvvisoFactory(chiude=CHIUDE))


@pytest.mark.django_db
def test_chi_e_arrivato_in_tempo_e_in_tempo_anche_se_il_suo_turno_viene_dopo(bozza, rappresentante, orologio):
    dati = {"utente": rappresentante.utente, "istanza": bozza}
    with orologio(CHIUDE + timedelta(seconds=40)):
        with pytest.raises(Rifiuto, match="L'avviso è chiuso"):
            presenta_istanza(**dati, arrivata_il=CHIUDE)
        presentata = presenta_istanza(**dati, arrivata_il=CHIUDE - timedelta(seconds=1))
    assert "Presentata il: 10/03/2023 11:59:59\n" in presentata.testo_presentato
    assert presentata.protocollo.registrato_il == CHIUDE + timedelta(seconds=40)


@pytest.mark.django_db
@pytest.mark.parametrize(("dopo", "in_tempo"), [(9, True), (10, False), (90, False)])
def test_una_richiesta_tenuta_aperta_oltre_la_chiusura_non_e_in_tempo(bozza, rappresentante, orologio, dopo, in_tempo):
    """A body sent drop by drop could carry what was written after the closing: the grace is of ten minutes."""
    dati = {"utente": rappresentante.utente, "istanza": bozza, "arrivata_il": CHIUDE - timedelta(seconds=1)}
    with orologio(CHIUDE + timedelta(minutes=dopo)):
        if in_tempo:
            assert presenta_istanza(**dati).stato == "presentata"
            return
        for verbo in (presenta_istanza, lambda **d: aggiorna_istanza(**d, motivazione="Dopo")):
            with pytest.raises(Rifiuto, match="L'avviso è chiuso"):
                verbo(**dati)


@pytest.mark.django_db
def test_chiuso_l_avviso_la_bozza_si_puo_solo_eliminare(rappresentante, orologio):
    avviso = AvvisoFactory(chiude=CHIUDE, documenti_richiesti=documenti_di_prova())
    bozza = IstanzaFactory(capofila=rappresentante.soggetto, avviso=avviso)
    socio, nuovo = RappresentanzaFactory(), RappresentanzaFactory()
    dati = {"utente": rappresentante.utente, "istanza": bozza}
    with orologio(CHIUDE - timedelta(days=1)):
        parte = aggiungi_partecipante(**dati, soggetto=socio.soggetto)
    piano = {"richiesta": "piano", "file": SimpleUploadedFile("piano.pdf", b"%PDF-1.7 piano")}
    scritture = [
        lambda: aggiorna_istanza(**dati, motivazione="Dopo"),
        lambda: carica_documento(**dati, **piano),
        lambda: togli_documento(**dati, documento=DocumentoIstanzaFactory(istanza=bozza)),
        lambda: aggiungi_partecipante(**dati, soggetto=nuovo.soggetto),
        lambda: togli_partecipante(**dati, soggetto=socio.soggetto),
        lambda: conferma_parte(utente=socio.utente, partecipante=parte, ruolo="", nota=""),
    ]
    with orologio(CHIUDE):
        for scrittura in scritture:
            with pytest.raises(Rifiuto, match="L'avviso è chiuso: la bozza non si può più cambiare"):
                scrittura()
        rifiuta_parte(utente=socio.utente, partecipante=parte, nota="Troppo tardi.")
        elimina_bozza(**dati)
    assert not Istanza.objects.filter(pk=bozza.pk).exists()


@pytest.mark.django_db
def test_l_istante_di_arrivo_non_si_inventa_nel_futuro(bozza, rappresentante, orologio):
    bozza.avviso.apre = CHIUDE - timedelta(hours=1)
    bozza.avviso.save()
    with orologio(CHIUDE - timedelta(hours=2)), pytest.raises(Rifiuto, match="non è ancora aperto"):
        presenta_istanza(utente=rappresentante.utente, istanza=bozza, arrivata_il=CHIUDE - timedelta(minutes=1))


@pytest.mark.django_db
def test_la_richiesta_e_giudicata_da_quando_ci_raggiunge(bozza, rappresentante, entra, orologio, monkeypatch):
    """The clock moves past the closing while the body is read: the stamp of the middleware holds."""
    client, dati = entra(rappresentante.utente), {"motivazione": "x", "dichiarazione_poteri": "on"}
    with orologio(CHIUDE - timedelta(seconds=1)):
        attesa = aggiorna_istanza

        def aspetta(**argomenti):
            fatta = attesa(**argomenti)
            dopo.__enter__()
            return fatta

        dopo = orologio(CHIUDE + timedelta(seconds=30))
        monkeypatch.setattr("accordi.views.bozze.servizi.aggiorna_istanza", aspetta)
        client.post(bozza.get_absolute_url(), dati | {"azione": "presenta"})
        dopo.__exit__(None, None, None)
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.protocollo.registrato_il) == ("presentata", CHIUDE + timedelta(seconds=30))


@pytest.mark.django_db
def test_arrivata_dopo_e_rifiutata_con_la_bozza_intatta(bozza, rappresentante, entra, orologio):
    client = entra(rappresentante.utente)
    with orologio(CHIUDE):
        dati = {"motivazione": "Testo dell'ultimo minuto", "dichiarazione_poteri": "on", "azione": "presenta"}
        pagina = client.post(bozza.get_absolute_url(), dati, follow=True)
        scritto = pagina.context["form"]["motivazione"].value()
    assert "L&#x27;avviso è chiuso: la bozza non si può più cambiare, solo eliminare." in pagina.text
    assert scritto == "Testo dell'ultimo minuto"
    prima = bozza.motivazione
    bozza.refresh_from_db()
    assert (bozza.stato, bozza.motivazione) == ("bozza", prima)


@pytest.mark.django_db(transaction=True)
def test_cento_partner_presentano_nello_stesso_istante_e_nessun_numero_manca_o_si_ripete():
    """R07: each with its own connection; who waits for the others isn't late, and a double press is one."""
    avviso = AvvisoFactory()
    poteri = RappresentanzaFactory.create_batch(100)
    bozze = [(p.utente, IstanzaFactory(capofila=p.soggetto, avviso=avviso)) for p in poteri]
    doppia = bozze[0]
    esiti = insieme(*(lambda u=u, i=i: presenta_istanza(utente=u, istanza=i) for u, i in [*bozze, doppia]))
    presentate = [e for e in esiti if isinstance(e, Istanza)]
    assert [e.frase for e in esiti if isinstance(e, Rifiuto)] == [
        f"L'istanza è già stata presentata: protocollo {Istanza.objects.get(pk=doppia[1].pk).protocollo}."
    ]
    assert sorted(i.protocollo.numero for i in presentate) == list(range(1, 101))
    assert sorted(Protocollo.objects.values_list("numero", flat=True)) == list(range(1, 101))
    assert verifica()[1] == ""


def parole_di(pdf: bytes) -> str:
    comando = ["pdftotext", "-layout", "-", "-"]
    letto = subprocess.run(comando, input=pdf, capture_output=True, check=True)  # noqa: S603  our own bytes
    return " ".join(letto.stdout.decode().split())


@pytest.mark.django_db
def test_la_ricevuta_ha_numero_data_impronta_risposte_e_documenti_ed_e_sempre_la_stessa(
    rappresentante, provincia, entra, orologio
):
    """R07"""
    avviso = AvvisoFactory(domande=domande_di_prova("importo"), documenti_richiesti=documenti_di_prova())
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, avviso=avviso)
    istanza.risposte = {"id-importo": "1234,5"}
    istanza.save()
    DocumentoIstanzaFactory(istanza=istanza, richiesta="piano", impronta="ab" * 32)
    with orologio(datetime(2023, 3, 1, 10, 30, tzinfo=UTC)):
        istanza = presenta_istanza(utente=rappresentante.utente, istanza=istanza)
    pdf = ricevuta(istanza)
    testo = parole_di(pdf)
    for pezzo in (
        "Ricevuta di presentazione",
        "n. 1/2023 del 01/03/2023",
        "01/03/2023, 11:30:00",
        istanza.protocollo.impronta[:32],
        "Domanda importo 1.234,50 €",
        "statuto.pdf SHA-256 " + "ab" * 20,
        provincia.denominazione,
    ):
        assert pezzo in testo
    risposta = entra(rappresentante.utente).get(reverse("accordi:istanza_ricevuta", args=[istanza.codice]))
    assert (risposta.content, risposta["Content-Type"]) == (pdf, "application/pdf")


@pytest.mark.django_db
def test_il_pdf_da_firmare_cambia_solo_con_la_bozza(rappresentante, entra):
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, motivazione="#set page(fill: red) <script>")
    prima = pdf_da_firmare(istanza)
    assert prima == pdf_da_firmare(Istanza.objects.get(pk=istanza.pk))
    assert "#set page(fill: red) <script>" in parole_di(prima)
    aggiorna_istanza(utente=rappresentante.utente, istanza=istanza, motivazione="Altro")
    assert pdf_da_firmare(Istanza.objects.get(pk=istanza.pk)) != prima
    url = reverse("accordi:istanza_da_firmare", args=[istanza.codice])
    assert entra(rappresentante.utente).get(url).content.startswith(b"%PDF-")
    assert entra(RappresentanzaFactory().utente).get(url).status_code == 404


@pytest.mark.django_db
def test_chi_ha_una_bozza_aperta_riceve_un_promemoria_solo(bozza, rappresentante, orologio, consegna_posta):
    IstanzaFactory(avviso=AvvisoFactory(chiude=CHIUDE + timedelta(days=30)))
    IstanzaFactory(avviso=bozza.avviso, presentata=True)
    with orologio(CHIUDE - timedelta(hours=49)):
        assert promemoria.ricorda_bozze() == 0
    with orologio(CHIUDE - timedelta(hours=47)):
        assert promemoria.ricorda_bozze() == 1
        promemoria.ricorda_bozze()
    with orologio(CHIUDE):
        assert promemoria.ricorda_bozze() == 0
    consegna_posta()
    suoi = [m for m in mail.outbox if m.to == [rappresentante.utente.email]]
    assert [m.subject for m in suoi] == [f"Sta per chiudere: {bozza.avviso}"]
    assert "chiude il 10/03/2023 alle 12:00" in suoi[0].body
    assert "Non manca nulla: apri la bozza e presentala." in suoi[0].body
