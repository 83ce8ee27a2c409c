"""The protocol register in the back office: read-only, the print of a day, the body's number beside ours (R07)."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accordi.models import InvioProtocollo
from accordi.queries.protocollo import voci_scrivania
from accordi.services.protocollo import protocolla
from core.archivio import impronta
from tests.factories.accordi import IstanzaFactory, ProtocolloFactory, SospensioneFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
INDICE = reverse("accordi_protocollo:index")
GIORNO = reverse("accordi_protocollo:giorno")
Esito = InvioProtocollo.Esito


def registra(orologio, istante, oggetto="Istanza", corrispondente="Ente"):
    with orologio(istante):
        return protocolla(verso="entrata", oggetto=oggetto, corrispondente=corrispondente, contenuto=b"testo")


@pytest.fixture
def tre(orologio):
    """The last of 2022, and two of 20 March 2023: one at the first instant of the day in Rome."""
    istanti = [(2022, 12, 31, 22), (2023, 3, 19, 23), (2023, 3, 20, 21)]
    nomi = ["Anno vecchio", "=Formula", "Comune di Prova"]
    return [registra(orologio, datetime(*i, tzinfo=UTC), corrispondente=n) for i, n in zip(istanti, nomi, strict=True)]


def numeri(risposta):
    return [f"{p.numero}/{p.anno}" for p in risposta.context["object_list"]]


def test_il_registro_si_filtra_per_anno_e_verso_e_si_cerca(entra, coordinatore, tre):
    client = entra(coordinatore)
    assert numeri(client.get(INDICE)) == ["2/2023", "1/2023", "1/2022"]
    assert numeri(client.get(INDICE, {"anno": 2023})) == ["2/2023", "1/2023"]
    assert numeri(client.get(INDICE, {"verso": "uscita"})) == []
    assert numeri(client.get(INDICE, {"q": "Comune"})) == ["2/2023"]


def test_il_csv_segue_i_filtri_e_non_contiene_formule(entra, coordinatore, tre):
    risposta = entra(coordinatore).get(reverse("accordi_protocollo:csv"), {"anno": 2023})
    righe = risposta.content.decode("utf-8-sig").splitlines()
    assert len(righe) == 3
    assert righe[2].startswith("1;2023;20/03/2023 00:00:00;In entrata;'=Formula;Istanza;")


@pytest.mark.parametrize("quante", [1, 3])
def test_le_interrogazioni_non_crescono_con_le_righe(quante, entra, coordinatore, django_assert_max_num_queries):
    for _n in range(quante):
        InvioProtocollo.objects.create(protocollo=ProtocolloFactory())
    client = entra(coordinatore)
    client.get(INDICE)
    with django_assert_max_num_queries(14):
        assert len(numeri(client.get(INDICE))) == quante


def test_il_registro_giornaliero_ha_le_registrazioni_di_quel_giorno_a_roma(entra, coordinatore, tre, orologio):
    """DPCM 3 December 2013, art. 7: the same bytes, so the same fingerprint, whenever it is printed."""
    client = entra(coordinatore)
    with orologio(datetime(2023, 3, 21, 9, tzinfo=UTC)):
        pagina = client.get(GIORNO)
        pdf = client.get(reverse("accordi_protocollo:giorno_pdf"))
    with orologio(datetime(2024, 1, 1, 9, tzinfo=UTC)):
        poi = client.get(reverse("accordi_protocollo:giorno_pdf"), {"giorno": "2023-03-20"})
        csv = client.get(reverse("accordi_protocollo:giorno_csv"), {"giorno": "2023-03-20"})
    assert (pagina.context["giorno"], [r[0] for r in pagina.context["righe"]]) == (date(2023, 3, 20), ["1", "2"])
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.content == poi.content
    assert pdf["Content-Disposition"] == 'attachment; filename="protocollo-2023-03-20.pdf"'
    assert {i for _t, _u, i in pagina.context["file"]} == {impronta(pdf.content), impronta(csv.content)}
    assert "Controllo di tutto il registro: nessun numero manca." in pagina.content.decode()


def test_il_giorno_di_oggi_e_provvisorio_e_un_giorno_scritto_male_si_dice(entra, coordinatore, tre, orologio):
    client = entra(coordinatore)
    with orologio(datetime(2023, 3, 20, 22, tzinfo=UTC)):
        oggi = client.get(GIORNO, {"giorno": "2023-03-20"}).content.decode()
        male = client.get(GIORNO, {"giorno": "31/31"})
    assert "Il giorno non è finito: la stampa è provvisoria" in oggi
    assert "Scrivi il giorno come 31/12/2026" in male.content.decode()
    assert male.context["giorno"] == date(2023, 3, 19)


def test_un_buco_si_legge_nella_pagina_del_giorno(entra, coordinatore, tre):
    ProtocolloFactory(anno=2023, numero=7)
    assert "Mancano i numeri da 3 a 6 del 2023." in entra(coordinatore).get(GIORNO).content.decode()


def in_dubbio(**altro):
    dati = {"esito": Esito.INCERTO, "errore": "risposta non arrivata", "tentativi": 1} | altro
    return InvioProtocollo.objects.create(protocollo=ProtocolloFactory(), **dati)


def test_il_coordinatore_scrive_il_numero_trovato_e_cio_che_ha_scritto_non_si_perde(entra, coordinatore):
    invio = in_dubbio()
    client, scheda = entra(coordinatore), reverse("accordi_protocollo:scheda", args=[invio.protocollo_id])
    assert f"Cerca «{invio.protocollo.riferimento}» nel registro" in client.get(scheda).content.decode()
    indirizzo = reverse("accordi_protocollo:numero", args=[invio.protocollo_id])
    sbagliato = client.post(indirizzo, {"numero": "4567", "data": "2022-01-01"})
    assert "La data dell&#x27;ente va dalla nostra registrazione a oggi" in sbagliato.content.decode()
    assert 'value="4567"' in sbagliato.content.decode()
    assert client.post(indirizzo, {"numero": "4567", "data": "2023-03-02"}).url == scheda
    assert "n. 4567 del 02/03/2023" in client.get(scheda).content.decode()


def test_riprovare_dopo_un_dubbio_chiede_di_aver_guardato(entra, coordinatore, settings):
    invio = in_dubbio()
    client, indirizzo = entra(coordinatore), reverse("accordi_protocollo:riprova", args=[invio.protocollo_id])
    assert "Prima cerca «Raccordo n." in client.post(indirizzo).content.decode()
    assert client.post(indirizzo, {"controllato": "on"}).status_code == 302
    invio.refresh_from_db()
    assert (invio.esito, invio.tentativi) == (Esito.ATTESA, 0)


def test_chi_non_coordina_legge_e_non_scrive(entra):
    invio = in_dubbio()
    client = entra(UtenteFactory(ruolo="operatore_cpi"))
    testo = client.get(reverse("accordi_protocollo:scheda", args=[invio.protocollo_id])).content.decode()
    assert "Riprova adesso" not in testo
    client.post(reverse("accordi_protocollo:riprova", args=[invio.protocollo_id]), {"controllato": "on"})
    invio.refresh_from_db()
    assert invio.esito == Esito.INCERTO


def test_la_scrivania_dice_quante_registrazioni_aspettano_una_persona(coordinatore, rappresentante):
    in_dubbio()
    in_dubbio(esito=Esito.ABBANDONATO)
    in_dubbio(esito=Esito.ABBANDONATO)
    in_dubbio(esito=Esito.ATTESA)
    assert [(v.titolo, v.url) for v in voci_scrivania(coordinatore)] == [
        ("1 registrazione da cercare nel protocollo dell'ente", f"{INDICE}?invio__esito=incerto"),
        ("2 registrazioni senza il numero dell'ente", f"{INDICE}?invio__esito=abbandonato"),
    ]
    assert voci_scrivania(rappresentante.utente) == []


def test_il_partner_vede_accanto_al_nostro_il_numero_dell_ente_o_che_si_aspetta(entra, rappresentante):
    """R08"""
    istanza = IstanzaFactory(presentata=True, capofila=rappresentante.soggetto, presentata_da=rappresentante.utente)
    client, pagina = entra(rappresentante.utente), istanza.get_absolute_url()
    assert "Protocollo dell'ente" not in client.get(pagina).content.decode()
    invio = InvioProtocollo.objects.create(protocollo=istanza.protocollo)
    assert "Protocollo dell'ente: In attesa" in client.get(pagina).content.decode()
    registrato = {"esito": Esito.REGISTRATO, "numero": "4567/2023", "data": "2023-03-02"}
    InvioProtocollo.objects.filter(pk=invio.pk).update(**registrato)
    assert "Protocollo dell'ente: n. 4567/2023 del 02/03/2023" in client.get(pagina).content.decode()


@pytest.mark.parametrize(
    ("conta_netto", "frase"),
    [
        (False, "i giorni passati ad aspettare la tua risposta contano lo stesso"),
        (True, "i giorni passati ad aspettare la tua risposta non contano: ne sono passati 19, ne contano 9"),
    ],
)
def test_il_partner_legge_il_termine_e_le_sospensioni_in_parole(conta_netto, frase, entra, rappresentante, orologio):
    """R01: the suspension is shown, and what it does to the term."""
    istanza = IstanzaFactory(istruttoria=True, capofila=rappresentante.soggetto, avviso__conta_netto=conta_netto)
    SospensioneFactory(istanza=istanza, dal=date(2023, 3, 5), al=date(2023, 3, 15))
    with orologio(datetime(2023, 3, 20, 9, tzinfo=UTC)):
        testo = entra(rappresentante.utente).get(istanza.get_absolute_url()).content.decode()
    termine = "10 aprile 2023" if conta_netto else "31 marzo 2023"
    assert f"Tutte le parti devono firmare l'accordo entro il {termine}." in testo
    assert "dal 05/03/2023 al 15/03/2023" in " ".join(testo.split())
    assert frase in testo


def test_nessuno_aggiunge_o_cambia_una_registrazione_da_una_schermata():
    utente = UtenteFactory(ruolo="coordinatore")
    azioni = ("add", "change", "delete")
    assert [a for a in azioni if utente.has_perm(f"accordi.{a}_protocollo")] == []
