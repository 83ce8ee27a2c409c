"""Verbs of a point: states over their whole product, drafts, mails, refusals."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied

from core.errori import Rifiuto
from core.models import Messaggio
from core.registro import righe_di
from punti_informativi import services
from punti_informativi.models import PuntoInformativo
from punti_informativi.orari import Fascia
from punti_informativi.stati import TRANSIZIONI_PUNTO, StatoPunto
from tests.factories.accordi import AvvisoFactory, IstanzaFactory
from tests.factories.punti_informativi import OrarioFactory, PuntoFactory, ServizioFactory
from tests.factories.reti import RappresentanzaFactory, SedeFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db

VERBI = {
    "attiva": (services.attiva_punto, {}, {StatoPunto.VERIFICATO: StatoPunto.ATTIVO}),
    "sospendi": (services.sospendi_punto, {"motivo": "Lavori"}, {StatoPunto.ATTIVO: StatoPunto.SOSPESO}),
    "riattiva": (services.riattiva_punto, {}, {StatoPunto.SOSPESO: StatoPunto.ATTIVO}),
    "cessa": (
        services.cessa_punto,
        {"motivo": "Trasloco"},
        {s: StatoPunto.CESSATO for s in StatoPunto if s != StatoPunto.CESSATO},
    ),
}


def _punto_in(stato):
    return PuntoFactory(**{} if stato == StatoPunto.CANDIDATO else {str(stato.value): True})


@pytest.mark.parametrize("partenza", list(StatoPunto))
@pytest.mark.parametrize("verbo", VERBI)
def test_ogni_verbo_da_ogni_stato(verbo, partenza, coordinatore, lunedi):
    servizio, argomenti, esiti = VERBI[verbo]
    punto = _punto_in(partenza)
    if partenza in esiti:
        servizio(utente=coordinatore, punto=punto, **argomenti)
        atteso = esiti[partenza]
        assert atteso in TRANSIZIONI_PUNTO[partenza]
    else:
        with pytest.raises(Rifiuto, match="Non si può passare"):
            servizio(utente=coordinatore, punto=punto, **argomenti)
        atteso = partenza
    punto.refresh_from_db()
    assert punto.stato == atteso


@pytest.mark.parametrize("partenza", list(StatoPunto))
def test_la_verifica_promuove_il_candidato_e_lascia_gli_altri_dove_sono(partenza, coordinatore, lunedi):
    """R31: who verified and when is recorded at each confirmation."""
    punto = _punto_in(partenza)
    if partenza == StatoPunto.CESSATO:
        with pytest.raises(Rifiuto, match="Il punto è cessato"):
            services.verifica_punto(utente=coordinatore, punto=punto)
        return
    verifica = services.verifica_punto(utente=coordinatore, punto=punto, nota="Sopralluogo")
    punto.refresh_from_db()
    assert (verifica.verificato_il, verifica.utente) == (date(2023, 5, 8), coordinatore)
    assert punto.stato == (StatoPunto.VERIFICATO if partenza == StatoPunto.CANDIDATO else partenza)


def test_un_punto_senza_servizi_non_si_verifica(coordinatore):
    with pytest.raises(Rifiuto, match="non offre nessun servizio"):
        services.verifica_punto(utente=coordinatore, punto=PuntoFactory(servizi=[]))


@pytest.mark.parametrize("verbo", [*VERBI, "verifica"])
def test_solo_il_coordinatore_muove_gli_stati(verbo, ospite, punto_ospitato):
    servizio, argomenti = (services.verifica_punto, {}) if verbo == "verifica" else VERBI[verbo][:2]
    for utente in (ospite.utente, UtenteFactory(ruolo="revisore"), UtenteFactory(ruolo="operatore_cpi")):
        with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
            servizio(utente=utente, punto=punto_ospitato, **argomenti)
    punto_ospitato.refresh_from_db()
    assert punto_ospitato.stato == StatoPunto.ATTIVO


def test_attivare_pubblica_e_avvisa_il_soggetto(coordinatore, lunedi):
    punto = PuntoFactory(verificato=True, nome="Sportello Lavoro")
    services.attiva_punto(utente=coordinatore, punto=punto)
    assert list(PuntoInformativo.objects.pubblici()) == [punto]
    punto.refresh_from_db()
    assert (punto.live, punto.attivo_dal) == (True, date(2023, 5, 8))
    mail = Messaggio.objects.get()
    assert (mail.destinatario, mail.oggetto) == (
        punto.soggetto.email,
        "Il punto informativo «Sportello Lavoro» è pubblico",
    )
    assert mail.testo.strip() == (
        f"Gentile {punto.soggetto.denominazione},\n\n"
        "il punto informativo «Sportello Lavoro» è pubblico: i cittadini lo trovano nell'elenco e nella mappa.\n"
        "Tieni aggiornati orari e contatti dall'area riservata, voce «I miei punti informativi»."
    )


def test_sospendere_chiede_il_motivo_e_lo_manda(coordinatore, lunedi):
    punto = PuntoFactory(attivo=True, nome="Sportello Lavoro")
    with pytest.raises(Rifiuto, match="Scrivi il motivo della sospensione"):
        services.sospendi_punto(utente=coordinatore, punto=punto, motivo=" ")
    assert Messaggio.objects.count() == 0
    services.sospendi_punto(utente=coordinatore, punto=punto, motivo="Lavori in corso")
    assert "Motivo: Lavori in corso" in Messaggio.objects.get().testo
    assert righe_di(punto).last().dati == {"da": "attivo", "a": "sospeso", "motivo": "Lavori in corso"}
    assert not PuntoInformativo.objects.pubblici().exists()


def test_una_bozza_vecchia_non_riporta_lo_stato_di_allora(coordinatore, lunedi):
    """A revision carries content only: publishing one made by a candidate doesn't make it a candidate again."""
    punto = PuntoFactory(verificato=True, nome="Sportello")
    services.attiva_punto(utente=coordinatore, punto=punto)
    vecchia = punto.revisions.first()
    punto.refresh_from_db()
    services.sospendi_punto(utente=coordinatore, punto=punto, motivo="Lavori")
    vecchia.publish()
    punto.refresh_from_db()
    assert (punto.stato, punto.attivo_dal) == (StatoPunto.SOSPESO, date(2023, 5, 8))


def test_attivare_pubblica_la_bozza_piu_recente(coordinatore, lunedi):
    punto = PuntoFactory(verificato=True, nome="Nome vecchio")
    punto.nome = "Nome nuovo"
    punto.save_revision()
    services.attiva_punto(utente=coordinatore, punto=punto)
    assert PuntoInformativo.objects.pubblici().get().nome == "Nome nuovo"


NOVE_DODICI = {"giorno": 0, "dalle": "09:00", "alle": "12:00", "su_appuntamento": False}


def test_la_provincia_cambia_orari_e_contatti_subito(coordinatore, punto_ospitato, lunedi):
    OrarioFactory(punto=punto_ospitato)
    services.modifica_punto(
        utente=coordinatore, punto=punto_ospitato, valori={"telefono": "0372 000001", "orari": [NOVE_DODICI]}
    )
    punto = PuntoInformativo.objects.get(pk=punto_ospitato.pk)
    assert [o.fascia for o in punto.orari.all()] == [Fascia(0, time(9), time(12))]
    assert (punto.telefono, punto.live, punto.has_unpublished_changes) == ("0372 000001", True, False)
    assert righe_di(punto).last().dati == {"campi": ["orari", "telefono"]}


def test_la_bozza_della_provincia_riceve_il_cambio(coordinatore, punto_ospitato, lunedi):
    punto_ospitato.descrizione = "Testo ancora in bozza"
    punto_ospitato.save_revision()
    services.modifica_punto(
        utente=coordinatore, punto=punto_ospitato, valori={"telefono": "0372 000001", "orari": [NOVE_DODICI]}
    )
    punto = PuntoInformativo.objects.get(pk=punto_ospitato.pk)
    assert (punto.descrizione, punto.telefono, punto.has_unpublished_changes) == ("", "0372 000001", True)
    punto.get_latest_revision().publish()
    punto = PuntoInformativo.objects.get(pk=punto_ospitato.pk)
    assert (punto.descrizione, punto.telefono) == ("Testo ancora in bozza", "0372 000001")
    assert [o.fascia for o in punto.orari.all()] == [Fascia(0, time(9), time(12))]


def test_orari_sovrapposti_o_campi_estranei_sono_rifiutati_e_nulla_cambia(coordinatore, punto_ospitato):
    orario = OrarioFactory(punto=punto_ospitato)
    doppi = [NOVE_DODICI, NOVE_DODICI | {"dalle": "11:00", "alle": "13:00"}]
    with pytest.raises(Rifiuto, match="si sovrappongono"):
        services.modifica_punto(utente=coordinatore, punto=punto_ospitato, valori={"orari": doppi})
    with pytest.raises(PermissionDenied, match="Campi non modificabili: nome"):
        services.modifica_punto(utente=coordinatore, punto=punto_ospitato, valori={"nome": "Altro"})
    with pytest.raises(Rifiuto, match="almeno un servizio"):
        services.modifica_punto(utente=coordinatore, punto=punto_ospitato, valori={"servizi": []})
    with pytest.raises(Rifiuto, match="al massimo 4000 caratteri"):
        services.modifica_punto(utente=coordinatore, punto=punto_ospitato, valori={"descrizione": "a" * 4001})
    assert list(punto_ospitato.orari.all()) == [orario]


@pytest.mark.parametrize("poteri", [{"puo_gestire_punti": False}, {"al": date(2023, 1, 31)}])
def test_senza_poteri_validi_l_ospite_non_modifica(poteri, lunedi):
    rappresentanza = RappresentanzaFactory(**poteri)
    punto = PuntoFactory(sede=SedeFactory(soggetto=rappresentanza.soggetto))
    with pytest.raises(PermissionDenied, match="Serve il potere di gestire i punti"):
        services.modifica_punto(utente=rappresentanza.utente, punto=punto, valori={})


def test_dalla_verifica_in_poi_l_ospite_non_scrive_sulla_pagina(ospite, punto_ospitato):
    with pytest.raises(PermissionDenied, match="la vede prima la Provincia"):
        services.modifica_punto(utente=ospite.utente, punto=punto_ospitato, valori={"telefono": "1"})


def test_registrare_da_un_indirizzo_libero(coordinatore):
    sede, servizio = SedeFactory(), ServizioFactory()
    primo = services.registra_punto(utente=coordinatore, sede=sede, nome="Punto di Crema", servizi=[servizio])
    secondo = services.registra_punto(utente=coordinatore, sede=sede, nome="Punto di Crema", servizi=[servizio])
    miei = services.registra_punto(utente=coordinatore, sede=sede, nome="Miei", servizi=[servizio])
    assert [primo.slug, secondo.slug, miei.slug] == ["punto-di-crema", "punto-di-crema-2", "miei-2"]
    assert (primo.stato, primo.live, list(primo.servizi.all())) == (StatoPunto.CANDIDATO, False, [servizio])
    with pytest.raises(Rifiuto, match="almeno un servizio"):
        services.registra_punto(utente=coordinatore, sede=sede, nome="Altro", servizi=[])


def test_un_istanza_ammessa_candida_un_punto_solo_per_sede(ospite):
    istanza = IstanzaFactory(ammessa=True, avviso__attiva_punti=True, capofila=ospite.soggetto)
    sede = SedeFactory(soggetto=ospite.soggetto)
    argomenti = {"utente": ospite.utente, "istanza": istanza, "nome": "Punto", "servizi": [ServizioFactory()]}
    punto = services.candida_punto(sede=sede, **argomenti)
    assert (punto.istanza, punto.soggetto, punto.stato) == (istanza, ospite.soggetto, StatoPunto.CANDIDATO)
    with pytest.raises(Rifiuto, match="c'è già un punto"):
        services.candida_punto(sede=sede, **argomenti)
    with pytest.raises(Rifiuto, match="un soggetto che partecipa"):
        services.candida_punto(sede=SedeFactory(), **argomenti)


@pytest.mark.parametrize(
    ("istanza", "frase"),
    [
        ({"presentata": True, "avviso__attiva_punti": True}, "non è ammessa"),
        ({"ammessa": True}, "non prevede punti informativi"),
    ],
)
def test_solo_un_istanza_ammessa_a_un_avviso_che_attiva_punti(istanza, frase, coordinatore):
    scelta = IstanzaFactory(**istanza)
    sede = SedeFactory(soggetto=scelta.capofila)
    with pytest.raises(Rifiuto, match=frase):
        services.candida_punto(
            utente=coordinatore, istanza=scelta, sede=sede, nome="Punto", servizi=[ServizioFactory()]
        )


def test_un_altro_partner_non_candida(ospite):
    istanza = IstanzaFactory(ammessa=True, avviso=AvvisoFactory(attiva_punti=True))
    with pytest.raises(PermissionDenied):
        services.candida_punto(
            utente=ospite.utente, istanza=istanza, sede=SedeFactory(soggetto=istanza.capofila), nome="Punto"
        )
