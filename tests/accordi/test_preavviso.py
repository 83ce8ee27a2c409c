"""The notice of rejection (L. 241/1990 art. 10-bis): ten days for observations, the term stands still."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accordi.queries.istanze import voci_scrivania
from accordi.queries.termini import clock
from accordi.services import istruttoria, repliche
from core.errori import Rifiuto
from core.registro import righe_di
from tests.factories.accordi import IstanzaFactory, ProtocolloFactory

pytestmark = pytest.mark.django_db
GIORNO = datetime(2023, 3, 11, 9, tzinfo=UTC)


@pytest.fixture
def istanza(rappresentante, coordinatore):
    """Day 10 of 30 when the notice leaves, in a call that counts net days."""
    return IstanzaFactory(
        capofila=rappresentante.soggetto,
        avviso__conta_netto=True,
        istruttoria=True,
        presentata_da=rappresentante.utente,
        responsabile=coordinatore,
        protocollo=ProtocolloFactory(registrato_il=GIORNO - timedelta(days=10)),
    )


@pytest.fixture
def preavvisata(istanza, coordinatore, orologio):
    with orologio(GIORNO):
        istruttoria.preavvisa_rigetto(utente=coordinatore, istanza=istanza, motivi="Nessuna sede nel territorio.")
    return istanza


def test_senza_preavviso_non_si_respinge(istanza, coordinatore):
    with pytest.raises(Rifiuto) as rifiuto:
        istruttoria.respingi_istanza(utente=coordinatore, istanza=istanza, motivi="No.")
    assert rifiuto.value.frase == "Prima di respingere manda il preavviso con i motivi (art. 10-bis L. 241/1990)."


def test_dove_il_preavviso_non_e_dovuto_si_respinge_subito(istanza, coordinatore, settings, consegna_posta):
    settings.GIORNI_PREAVVISO_RIGETTO = 0
    istruttoria.respingi_istanza(utente=coordinatore, istanza=istanza, motivi="La sede non è nel territorio.")
    consegna_posta()
    assert "Motivi:\nLa sede non è nel territorio.\n" in mail.outbox[0].body
    assert mail.outbox[0].subject == f"Istanza non ammessa: {istanza.avviso}"


def test_il_preavviso_ferma_il_termine_dieci_giorni_e_dice_fino_a_quando_si_risponde(preavvisata, consegna_posta):
    """R01"""
    preavviso = preavvisata.sospensioni.get()
    assert (preavviso.tipo, preavviso.dal, preavviso.entro, preavviso.al) == (
        "preavviso",
        date(2023, 3, 11),
        date(2023, 3, 21),
        date(2023, 3, 21),
    )
    orologio = clock(preavvisata, date(2023, 4, 10))
    assert (orologio.giorni_lordi, orologio.giorni_netti, orologio.termine) == (40, 30, date(2023, 4, 10))
    consegna_posta()
    assert "fino al 21/03/2023 compreso" in mail.outbox[0].body
    assert "Nessuna sede nel territorio." in mail.outbox[0].body


def test_si_respinge_solo_passato_il_tempo_delle_osservazioni(preavvisata, coordinatore, orologio):
    dati = {"utente": coordinatore, "istanza": preavvisata, "motivi": "No."}
    with orologio(GIORNO + timedelta(days=10)), pytest.raises(Rifiuto) as rifiuto:
        istruttoria.respingi_istanza(**dati)
    assert rifiuto.value.frase == (
        "Il richiedente può mandare osservazioni fino al 21/03/2023: fino ad allora l'istanza non si respinge."
    )
    with orologio(GIORNO + timedelta(days=11)):
        assert istruttoria.respingi_istanza(**dati).stato == "respinta"


def test_le_osservazioni_si_mandano_una_volta_e_il_termine_riprende_dopo_dieci_giorni(
    preavvisata, rappresentante, coordinatore, orologio, consegna_posta
):
    dati = {"utente": rappresentante.utente, "istanza": preavvisata, "risposta": "La sede c'è."}
    with orologio(GIORNO + timedelta(days=10)):
        repliche.osserva_preavviso(**dati, file=[SimpleUploadedFile("contratto.pdf", b"%PDF-1.7 sede")])
        with pytest.raises(Rifiuto, match="non si aspettano osservazioni"):
            repliche.osserva_preavviso(**dati)
    preavviso = preavvisata.sospensioni.get()
    assert (preavviso.risposta, preavviso.al) == ("La sede c'è.", date(2023, 3, 31))
    assert [d.nome for d in preavviso.documenti.all()] == ["contratto.pdf"]
    assert righe_di(preavvisata).last().dati["documenti"][0][0] == "contratto.pdf"
    consegna_posta()
    assert [m.to for m in mail.outbox if m.subject.startswith("Ha risposto")] == [[coordinatore.email]]
    with orologio(GIORNO + timedelta(days=10)):
        respinta = istruttoria.respingi_istanza(utente=coordinatore, istanza=preavvisata, motivi="Non è in zona.")
    assert (respinta.stato, respinta.sospensioni.get().al) == ("respinta", date(2023, 3, 21))


@pytest.mark.parametrize(
    ("conta_netto", "vero", "falso"),
    [
        (True, "Intanto il termine è fermo.", "i giorni continuano a contare"),
        (False, "Intanto i giorni continuano a contare.", "il termine è fermo"),
    ],
    ids=["giorni netti", "giorni lordi"],
)
def test_che_cosa_fa_intanto_il_termine_lo_dice_l_avviso(
    istanza, rappresentante, coordinatore, entra, orologio, consegna_posta, conta_netto, vero, falso
):
    """Said to who answers, on the page and by mail, and to the office that sent the notice (R01)."""
    istanza.avviso.conta_netto = conta_netto
    istanza.avviso.save()
    with orologio(GIORNO):
        url = reverse("accordi_istanze:preavvisa_rigetto", args=[istanza.pk])
        ufficio = entra(coordinatore).post(url, {"preavvisa-rigetto-motivi": "Nessuna sede."}, follow=True)
        pagina = entra(rappresentante.utente).get(istanza.get_absolute_url()).text
    consegna_posta()
    for testo in (pagina, mail.outbox[0].body, *map(str, ufficio.context["messages"])):
        assert (vero in testo, falso in testo) == (True, False)


def test_oltre_l_ultimo_giorno_non_si_osserva_piu(preavvisata, rappresentante, orologio):
    with orologio(GIORNO + timedelta(days=11)), pytest.raises(Rifiuto, match="il tempo è finito"):
        repliche.osserva_preavviso(utente=rappresentante.utente, istanza=preavvisata, risposta="Tardi")


def test_finche_si_puo_rispondere_il_preavviso_sta_fra_le_cose_da_fare(preavvisata, rappresentante, orologio):
    """L. 241/1990 art. 10-bis: ten days run; whoever looks only at the area must see them."""

    def da_fare(giorni):
        with orologio(GIORNO + timedelta(days=giorni)):
            return [(v.titolo, v.url, v.entro) for v in voci_scrivania(rappresentante.utente)]

    voce = (
        f"Rispondi al preavviso di rigetto: {preavvisata.avviso}",
        preavvisata.get_absolute_url(),
        date(2023, 3, 21),
    )
    assert (da_fare(1), da_fare(10), da_fare(11)) == ([voce], [voce], [])
    with orologio(GIORNO + timedelta(days=2)):
        repliche.osserva_preavviso(utente=rappresentante.utente, istanza=preavvisata, risposta="La sede c'è.")
    assert da_fare(3) == []


def test_il_preavviso_e_uno_solo_e_ammettere_lo_chiude(preavvisata, coordinatore, provincia, orologio):
    with orologio(GIORNO + timedelta(days=2)):
        with pytest.raises(Rifiuto, match="già stato mandato il 11/03/2023"):
            istruttoria.preavvisa_rigetto(utente=coordinatore, istanza=preavvisata, motivi="Ancora.")
        istruttoria.ammetti_istanza(utente=coordinatore, istanza=preavvisata)
    assert preavvisata.sospensioni.get().al == date(2023, 3, 13)


def test_le_due_pagine_mostrano_preavviso_e_risposta(preavvisata, rappresentante, coordinatore, entra, orologio):
    with orologio(GIORNO + timedelta(days=1)):
        client = entra(rappresentante.utente)
        assert "fino al 21 marzo 2023 compreso" in client.get(preavvisata.get_absolute_url()).text
        url = reverse("accordi:istanza_osservazioni", args=[preavvisata.codice])
        vuota = client.post(url, {"osservazioni-risposta": ""})
        assert vuota.context["osservazioni_form"].errors == {"risposta": ["Questo campo è obbligatorio."]}
        gestione = reverse("accordi_istanze:istruttoria", args=[preavvisata.pk])
        pagina = entra(coordinatore).get(gestione)
        assert [m["nome"] for m in pagina.context["moduli"]] == ["chiedi-integrazione", "ammetti"]
        assert "Si aspettano le osservazioni del richiedente fino al 21/03/2023" in pagina.text
        entra(rappresentante.utente).post(url, {"osservazioni-risposta": "<b>La sede c'è</b>"})
        pagina = entra(coordinatore).get(gestione)
        assert [m["nome"] for m in pagina.context["moduli"]] == ["chiedi-integrazione", "ammetti", "respingi"]
        assert "&lt;b&gt;La sede c&#x27;è&lt;/b&gt;" in pagina.text
