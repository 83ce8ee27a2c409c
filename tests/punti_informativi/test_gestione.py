"""The back office: drafts and preview in the editor, verbs on the sheet, points from applications."""

import pytest
from django.urls import reverse

from core.registro import righe_di
from punti_informativi.models import PuntoInformativo
from punti_informativi.stati import StatoPunto
from tests.factories.accordi import IstanzaFactory
from tests.factories.punti_informativi import OrarioFactory, PuntoFactory, ServizioFactory
from tests.factories.reti import SedeFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
MODELLO = "wagtailsnippets_punti_informativi_puntoinformativo"


def _editor(sede, servizio, **campi):
    """What the editor posts: one weekly spell, no exception."""
    vuoti = ("descrizione", "cosa_portare", "telefono", "email", "sito_web", "cpi_riferimento")
    return (
        dict.fromkeys(vuoti, "")
        | {
            "nome": "Punto nuovo",
            "slug": "punto-nuovo",
            "soggetto": sede.soggetto_id,
            "sede": sede.pk,
            "servizi": [servizio.pk],
            "accessibilita": "completa",
            "orari-TOTAL_FORMS": "1",
            "orari-INITIAL_FORMS": "0",
            "orari-MIN_NUM_FORMS": "0",
            "orari-MAX_NUM_FORMS": "1000",
            "orari-0-giorno": "0",
            "orari-0-dalle": "09:00",
            "orari-0-alle": "12:30",
            "orari-0-id": "",
            "orari-0-DELETE": "",
            "eccezioni-TOTAL_FORMS": "0",
            "eccezioni-INITIAL_FORMS": "0",
            "eccezioni-MIN_NUM_FORMS": "0",
            "eccezioni-MAX_NUM_FORMS": "1000",
            "traduzioni-TOTAL_FORMS": "0",
            "traduzioni-INITIAL_FORMS": "0",
            "traduzioni-MIN_NUM_FORMS": "0",
            "traduzioni-MAX_NUM_FORMS": "1000",
        }
        | campi
    )


def test_una_bozza_del_coordinatore_con_orari_si_apre_al_pubblico(entra, coordinatore, lunedi):
    client = entra(coordinatore)
    sede, servizio = SedeFactory(), ServizioFactory()
    client.post(reverse(f"{MODELLO}:add"), _editor(sede, servizio))
    punto = PuntoInformativo.objects.get()
    assert (punto.stato, punto.live, str(punto.orari.get())) == (StatoPunto.CANDIDATO, False, "lunedì 09:00-12:30")
    assert [r.azione for r in righe_di(punto)] == ["punto_registrato"]
    for verbo in ("verifica", "attiva"):
        risposta = client.post(reverse("punti_azione", args=[punto.pk, verbo]), {f"{verbo}-testo": ""})
        assert risposta.url == reverse("punti_scheda", args=[punto.pk])
    pubblica = client.get("/punti-informativi/punto-nuovo/").content.decode()
    assert "Aperto ora, chiude alle 12:30" in pubblica


def test_pubblicare_dall_editor_non_apre_un_candidato(entra, coordinatore):
    client = entra(coordinatore)
    client.post(reverse(f"{MODELLO}:add"), _editor(SedeFactory(), ServizioFactory(), **{"action-publish": "1"}))
    assert PuntoInformativo.objects.get().stato == StatoPunto.CANDIDATO
    assert client.get("/punti-informativi/punto-nuovo/").status_code == 404


def test_l_anteprima_mostra_la_pagina_pubblica(entra, coordinatore, lunedi):
    punto = OrarioFactory().punto
    client = entra(coordinatore)
    indirizzo = reverse(f"{MODELLO}:preview_on_edit", args=[punto.pk])
    dati = _editor(punto.sede, punto.servizi.get(), nome="Nome in prova", slug=punto.slug)
    assert client.post(indirizzo, dati).json() == {"is_valid": True, "is_available": True}
    testo = client.get(indirizzo).content.decode()
    assert "Nome in prova" in testo
    assert "Aperto ora, chiude alle 12:30" in testo


def test_la_scheda_offre_solo_i_verbi_dello_stato(entra, coordinatore):
    client = entra(coordinatore)
    offerti = {}
    for stato in StatoPunto:
        punto = PuntoFactory(**{} if stato == StatoPunto.CANDIDATO else {stato.value: True})
        contesto = client.get(reverse("punti_scheda", args=[punto.pk])).context
        offerti[stato.value] = [nome for nome, _verbo, _form in contesto["verbi"]]
    assert offerti == {
        "candidato": ["verifica", "cessa"],
        "verificato": ["verifica", "attiva", "cessa"],
        "attivo": ["verifica", "chiedi-conferma", "sospendi", "non-elencare", "cessa"],
        "sospeso": ["verifica", "riattiva", "cessa"],
        "cessato": [],
    }


def test_sospendere_senza_motivo_torna_alla_scheda(entra, coordinatore):
    punto = PuntoFactory(attivo=True)
    risposta = entra(coordinatore).post(reverse("punti_azione", args=[punto.pk, "sospendi"]), {"sospendi-testo": ""})
    assert risposta.context["verbi"][2][2].errors == {"testo": ["Questo campo è obbligatorio."]}
    punto.refresh_from_db()
    assert punto.stato == StatoPunto.ATTIVO


@pytest.mark.parametrize("ruolo", ["operatore_cpi", "revisore"])
def test_chi_legge_soltanto_vede_la_scheda_senza_verbi(entra, ruolo):
    punto = PuntoFactory(attivo=True)
    client = entra(UtenteFactory(ruolo=ruolo))
    assert client.get(reverse("punti_scheda", args=[punto.pk])).context["verbi"] == []
    for verbo in ("verifica", "sospendi", "cessa"):
        client.post(reverse("punti_azione", args=[punto.pk, verbo]), {f"{verbo}-testo": "x"})
    punto.refresh_from_db()
    assert (punto.stato, punto.verifiche.count()) == (StatoPunto.ATTIVO, 0)


@pytest.mark.parametrize(("ruolo", "stato"), [("redattore", 302), ("operatore_cpi", 200), ("coordinatore", 200)])
def test_chi_non_vede_i_punti_non_li_sceglie_da_un_elenco(entra, ruolo, stato):
    """An editor of pages would read there the names of candidates and drafts."""
    punto = PuntoFactory(nome="Candidato non pubblico")
    client = entra(UtenteFactory(ruolo=ruolo))
    base = "/gestione/snippets/choose/punti_informativi/puntoinformativo/"
    risposte = [client.get(base + fine) for fine in ("", "results/", f"chosen/{punto.pk}/")]
    assert {r.status_code for r in risposte} == {stato}
    assert {"Candidato non pubblico" in r.content.decode() for r in risposte} == {stato == 200}


def test_un_partner_non_entra_in_gestione(entra, ospite, punto_ospitato):
    risposta = entra(ospite.utente).post(
        reverse("punti_azione", args=[punto_ospitato.pk, "cessa"]), {"cessa-testo": "x"}
    )
    assert risposta.status_code in (302, 403)
    punto_ospitato.refresh_from_db()
    assert punto_ospitato.stato == StatoPunto.ATTIVO


def test_il_coordinatore_registra_il_punto_di_un_istanza(entra, coordinatore):
    istanza = IstanzaFactory(ammessa=True, avviso__attiva_punti=True)
    sede = SedeFactory(soggetto=istanza.capofila)
    client = entra(coordinatore)
    assert list(client.get(reverse("punti_da_istanze")).context["istanze"]) == [istanza]
    dati = {"nome": "Punto dell'operatore", "sede": sede.pk, "servizi": [ServizioFactory().pk]}
    risposta = client.post(reverse("punti_da_istanza", args=[istanza.codice]), dati)
    punto = PuntoInformativo.objects.get()
    assert risposta.url == reverse("punti_scheda", args=[punto.pk])
    assert (punto.istanza, punto.sede) == (istanza, sede)
    assert list(client.get(reverse("punti_da_istanze")).context["istanze"]) == []
