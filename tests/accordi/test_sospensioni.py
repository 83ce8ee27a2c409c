"""A lapsed accreditation suspends what rests on it, by event and by date; its return resumes it (R16)."""

from datetime import date

import pytest

from accordi.models import Accordo
from accordi.permissions import motivo_rifiuto_firma
from accordi.queries.accordi import voci_scrivania
from accordi.queries.accreditamento import accreditamenti_mancanti, come_oggi, sospesi_per_data
from accordi.services.recessi import registra_recesso
from accordi.services.sospensioni import allinea_accreditamenti, riattiva_accordo, sospendi_accordo
from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import oggi
from punti_informativi.models import PuntoInformativo
from punti_informativi.services.stati import riattiva_punto, sospendi_punto
from reti.models import Accreditamento
from reti.services.accreditamenti import registra_accreditamento, ripristina_accreditamento, sospendi_accreditamento
from tests.accordi.vivi import enti, giorno, in_forza
from tests.factories.accordi import AvvisoFactory, IstanzaFactory, ProtocolloFactory
from tests.factories.punti_informativi import OrarioFactory, PuntoFactory
from tests.factories.reti import AccreditamentoFactory, SedeFactory

pytestmark = pytest.mark.django_db
SCADUTO = "Accreditamento di {} scaduto il 30/09/2023 (Servizi per il lavoro)."


@pytest.fixture
def operatore(provincia):
    return enti(1)[0]


@pytest.fixture
def accreditamento(operatore):
    return AccreditamentoFactory(soggetto=operatore, dal=date(2022, 1, 1), al=date(2023, 9, 30))


@pytest.fixture
def accordo(coordinatore, operatore, accreditamento):
    istanza = IstanzaFactory(ammessa=True, avviso=AvvisoFactory(gol=True), capofila=operatore)
    return in_forza(coordinatore, operatore, istanza=istanza)


def test_un_accreditamento_che_finisce_per_data_si_vede_subito_e_il_lavoro_periodico_lo_scrive(accordo, operatore):
    """R16: no event, no job: on the last day it holds, the day after it doesn't."""
    with giorno(2023, 9, 30):
        assert (accreditamenti_mancanti([accordo]), allinea_accreditamenti()) == ({}, 0)
    with giorno(2023, 10, 1):
        assert list(accreditamenti_mancanti([accordo])) == [accordo.pk]
        assert (allinea_accreditamenti(), allinea_accreditamenti()) == (1, 0)
    accordo.refresh_from_db()
    assert (accordo.stato, accordo.sospeso_per) == ("sospeso", "accreditamento")
    mail = Messaggio.objects.filter(oggetto="Accordo sospeso: Accordo di prova").first()
    assert SCADUTO.format(operatore) in mail.testo


def test_la_sospensione_per_data_si_vede_ovunque_lo_stesso_giorno(accordo, operatore, coordinatore, entra):
    """R16: the party's pages, the register, the desk, the public points; nothing has run, nothing is written."""
    punto = PuntoFactory(attivo=True, istanza=accordo.istanza, sede=SedeFactory(soggetto=operatore))
    OrarioFactory(punto=punto)
    Accordo.objects.filter(pk=accordo.pk).update(protocollo=ProtocolloFactory())
    persona = operatore.rappresentanze.get().utente

    def visto():
        client = entra(persona)
        pagine = ("/accordi/", accordo.get_absolute_url(), "/registro-accordi/", f"/accordi/{accordo.codice}/vita/")
        stati = [">Sospeso</span>" in client.get(p).content.decode() for p in pagine]
        elenco = client.get("/registro-accordi/elenchi/2023/1.json").json()["accordi"][0]["stato"]
        scrivania = [v.titolo for v in voci_scrivania(coordinatore) if v.titolo.startswith("Accordo sospeso")]
        aperto = "per ora non riceve persone" not in client.get(punto.get_absolute_url()).content.decode()
        aperture = b"VEVENT" in client.get(f"{punto.get_absolute_url()}aperture.ics").content
        return stati, elenco, scrivania, (aperto, aperture, PuntoInformativo.objects.pubblici().exists())

    with giorno(2023, 9, 30):
        PuntoInformativo.objects.update(verificato_il=oggi())
        assert visto() == ([False] * 4, "Attivo", [], (True, True, True))
    with giorno(2023, 10, 1):
        assert visto() == ([True] * 4, "Sospeso", ["Accordo sospeso: «Accordo di prova»"], (False, False, False))
    accordo.refresh_from_db()
    assert accordo.stato == "attivo"


def test_un_accordo_gia_finito_non_risulta_sospeso(accordo):
    """R13, R16: an end comes before a suspension."""
    Accordo.objects.filter(pk=accordo.pk).update(scade_il=date(2023, 9, 30))
    with giorno(2023, 10, 1):
        assert sospesi_per_data() == set()
        assert come_oggi(Accordo.objects.all()).get().stato_attuale == "scaduto"


def test_quante_query_per_uno_e_per_tre_accordi(coordinatore, accordo, django_assert_num_queries):
    altri = [in_forza(coordinatore, e) for e in enti(2)]
    for quali in ([accordo], [accordo, *altri]):
        letti = list(Accordo.objects.select_related("istanza__avviso").filter(pk__in=[a.pk for a in quali]))
        with giorno(2023, 10, 1), django_assert_num_queries(2):
            accreditamenti_mancanti(letti)


def test_il_rinnovo_dell_accreditamento_riattiva_da_solo(accordo, coordinatore, accreditamento):
    with giorno(2023, 10, 1):
        allinea_accreditamenti()
    with giorno(2023, 10, 5):
        accreditamento.al = None
        registra_accreditamento(utente=coordinatore, accreditamento=accreditamento)
    accordo.refresh_from_db()
    assert (accordo.stato, accordo.sospeso_per) == ("attivo", "")
    assert Messaggio.objects.filter(oggetto="Accordo di nuovo attivo: Accordo di prova").exists()


def test_un_accreditamento_che_comincia_per_data_riattiva_da_solo(accordo, operatore):
    AccreditamentoFactory(soggetto=operatore, numero="nuovo", dal=date(2023, 10, 15))
    with giorno(2023, 10, 1):
        allinea_accreditamenti()
    with giorno(2023, 10, 14):
        assert allinea_accreditamenti() == 0
    with giorno(2023, 10, 15):
        assert allinea_accreditamenti() == 1
    accordo.refresh_from_db()
    assert accordo.stato == "attivo"


def test_il_ripristino_non_riattiva_quel_che_l_ufficio_ha_sospeso_per_altro(accordo, coordinatore, accreditamento):
    with giorno(2023, 6, 1):
        sospendi_accordo(utente=coordinatore, accordo=accordo, motivo="Verifica")
        sospendi_accreditamento(utente=coordinatore, accreditamento=accreditamento, motivo="Controllo")
        ripristina_accreditamento(utente=coordinatore, accreditamento=accreditamento, motivo="Chiuso")
    accordo.refresh_from_db()
    assert (accordo.stato, accordo.sospeso_per) == ("sospeso", "ufficio")


def test_non_si_riattiva_a_mano_finche_l_accreditamento_manca(accordo, coordinatore):
    with giorno(2023, 10, 1):
        allinea_accreditamenti()
        with pytest.raises(Rifiuto, match=r"scaduto il 30/09/2023 .* Registra prima il suo rinnovo"):
            riattiva_accordo(utente=coordinatore, accordo=accordo, motivo="Comunque")


def test_chi_e_uscito_non_conta_piu(coordinatore, operatore, accreditamento, provincia):
    accordo = in_forza(coordinatore, operatore, *enti(2))
    with giorno(2023, 7, 1):
        parte = accordo.parti.get(soggetto=operatore)
        registra_recesso(utente=coordinatore, parte=parte, comunicato_il=date(2023, 7, 1), motivo="Chiusura")
    with giorno(2023, 10, 1):
        assert allinea_accreditamenti() == 0


def test_un_accreditamento_scaduto_prima_della_firma_non_sospende(coordinatore, operatore, provincia):
    vecchio = AccreditamentoFactory(soggetto=operatore, dal=date(2020, 1, 1), al=date(2022, 12, 31))
    accordo = in_forza(coordinatore, operatore)
    with giorno(2023, 10, 1):
        assert allinea_accreditamenti() == 0
        registra_accreditamento(utente=coordinatore, accreditamento=vecchio)
    accordo.refresh_from_db()
    assert accordo.stato == "attivo"


def test_un_altro_registro_da_quello_chiesto_non_sospende(accordo, accreditamento):
    Accreditamento.objects.filter(pk=accreditamento.pk).update(registro="formazione")
    with giorno(2023, 10, 1):
        assert allinea_accreditamenti() == 0


def test_senza_l_accreditamento_che_l_avviso_chiede_non_si_firma(accordo, operatore):
    """R16: neither a new agreement nor a renewal, which has no application of its own."""
    Accordo.objects.filter(pk=accordo.pk).update(stato="in_firma")
    parte = accordo.parti.select_related("accordo").get(soggetto=operatore)
    utente = operatore.rappresentanze.get().utente
    with giorno(2023, 9, 30):
        assert motivo_rifiuto_firma(utente, parte) == ""
    with giorno(2023, 10, 1):
        assert motivo_rifiuto_firma(utente, parte).startswith(
            f"L'accreditamento di {operatore} (Servizi per il lavoro) oggi non è in vigore"
        )


@pytest.fixture
def punto(accordo, operatore):
    return PuntoFactory(attivo=True, sede=SedeFactory(soggetto=operatore), istanza=accordo.istanza)


def test_la_sospensione_toglie_dall_elenco_i_suoi_punti_e_la_ripresa_li_riporta(
    accordo, punto, coordinatore, accreditamento
):
    """R16: with effect on what depends on it."""
    with giorno(2023, 10, 1):
        allinea_accreditamenti()
        punto.refresh_from_db()
        assert punto.stato == "sospeso"
    with giorno(2023, 10, 5):
        accreditamento.al = None
        registra_accreditamento(utente=coordinatore, accreditamento=accreditamento)
    punto.refresh_from_db()
    assert punto.stato == "attivo"


def test_un_punto_sospeso_dall_ufficio_non_torna_con_l_accordo(accordo, punto, coordinatore):
    sospendi_punto(utente=coordinatore, punto=punto, motivo="Lavori")
    with giorno(2023, 6, 1):
        sospendi_accordo(utente=coordinatore, accordo=accordo, motivo="Verifica")
        riattiva_accordo(utente=coordinatore, accordo=accordo, motivo="Finita")
    punto.refresh_from_db()
    assert punto.stato == "sospeso"
    riattiva_punto(utente=coordinatore, punto=punto)
