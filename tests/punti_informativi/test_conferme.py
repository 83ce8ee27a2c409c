"""R31: the host is asked, reminded, answers by a link; silence is told and takes the point off the site."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import fermo
from core.registro import righe_di
from core.scrivania import voci_di
from punti_informativi import services
from punti_informativi.models import PuntoInformativo, RichiestaConferma, Verifica
from punti_informativi.services.conferme import avvisa_non_confermati, chiedi_conferme, gettone_per
from tests.factories.punti_informativi import OrarioFactory, PuntoFactory
from tests.factories.reti import RappresentanzaFactory, SedeFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")


def _il(mese, giorno, ora=9):
    return fermo(datetime(2026, mese, giorno, ora, tzinfo=ROMA))


@pytest.fixture
def gestito():
    """An open point confirmed on 15 January 2026 and who manages it: (punto, rappresentanza)."""
    with _il(1, 15):
        rappresentanza = RappresentanzaFactory()
        punto = PuntoFactory(attivo=True, sede=SedeFactory(soggetto=rappresentanza.soggetto), nome="Sportello Lavoro")
    OrarioFactory(punto=punto)
    return punto, rappresentanza


def _gettone():
    richiesta = RichiestaConferma.objects.get()
    return gettone_per(richiesta, richiesta.indirizzo)


def test_la_richiesta_parte_quattordici_giorni_prima_e_una_volta_sola(gestito):
    _punto, rappresentanza = gestito
    with _il(6, 30):
        assert chiedi_conferme() == 0
    with _il(7, 1):
        assert (chiedi_conferme(), chiedi_conferme()) == (1, 0)
    messaggio = Messaggio.objects.get()
    assert messaggio.destinatario == rappresentanza.utente.email
    assert messaggio.oggetto == "Conferma i dati del punto informativo «Sportello Lavoro»"
    assert f"/conferma/{_gettone()}/\n" in messaggio.testo
    assert "vale fino al 15 luglio 2026" in messaggio.testo


def test_i_promemoria_seguono_le_soglie_e_chi_riparte_tardi_dice_solo_l_ultima(gestito):
    with _il(7, 1):
        chiedi_conferme()
    attesi = {(7, 15): 0, (7, 16): 1, (7, 17): 0, (8, 5): 1, (8, 29): 1, (9, 30): 0}
    for (mese, giorno), quanti in attesi.items():
        with _il(mese, giorno):
            assert chiedi_conferme() == quanti, (mese, giorno)
    assert RichiestaConferma.objects.get().solleciti == 3
    assert "esce dal sito il 13 settembre 2026" in Messaggio.objects.order_by("pk").last().testo


def test_il_collegamento_conferma_e_vale_una_volta(gestito, client):
    punto, _rappresentanza = gestito
    with _il(7, 1):
        chiedi_conferme()
        indirizzo = reverse("punti:conferma", args=[_gettone()])
    with _il(7, 3):
        pagina = client.get(indirizzo)
        assert "Sportello Lavoro" in pagina.content.decode()
        assert pagina["X-Robots-Tag"] == "noindex"
        assert not Verifica.objects.exists()  # a mail scanner that opens the link confirms nothing
        assert client.post(indirizzo, {"esito": "giusto"}).status_code == 302
        assert "confermati il 3 luglio 2026" in client.get(indirizzo).content.decode()
        client.post(indirizzo, {"esito": "giusto"})
    verifica = Verifica.objects.get()
    assert (verifica.utente, verifica.origine, verifica.verificato_il) == (None, "collegamento", date(2026, 7, 3))
    punto.refresh_from_db()
    assert punto.verificato_il == date(2026, 7, 3)
    assert [r.azione for r in righe_di(punto)] == ["conferma_chiesta", "punto_confermato"]


def test_dal_collegamento_si_dice_che_cosa_e_cambiato_e_la_provincia_lo_vede(gestito, client, coordinatore):
    punto, _rappresentanza = gestito
    with _il(7, 1):
        chiedi_conferme()
        indirizzo = reverse("punti:conferma", args=[_gettone()])
        vuoto = client.post(indirizzo, {"esito": "cambiato", "testo": " "}).content.decode()
        assert "Scrivi che cosa è cambiato" in vuoto
        assert client.post(indirizzo, {"esito": "cambiato", "testo": "Giovedì 14-17"}).status_code == 302
        voce = next(v for v in voci_di(coordinatore) if "segnala un cambiamento" in v.titolo)
        assert voce.dettaglio == "Giovedì 14-17"
    with _il(7, 2):
        assert chiedi_conferme() == 0  # it has answered: no new request in this round
        services.verifica_punto(utente=coordinatore, punto=punto)
        assert not [v for v in voci_di(coordinatore) if "segnala un cambiamento" in v.titolo]


def test_una_risposta_senza_scelta_non_perde_il_testo(gestito, client):
    with _il(7, 1):
        chiedi_conferme()
        indirizzo = reverse("punti:conferma", args=[_gettone()])
        pagina = client.post(indirizzo, {"testo": "Nuovo telefono"}).content.decode()
    assert "Scegli una delle due risposte." in pagina
    assert "Nuovo telefono" in pagina


def test_un_gettone_sbagliato_non_apre_nulla(client):
    assert client.get(reverse("punti:conferma", args=["x" * 43])).status_code == 404


def test_il_silenzio_toglie_dal_sito_lo_dice_una_volta_e_la_conferma_riporta(gestito, client, coordinatore):
    punto, rappresentanza = gestito
    with _il(9, 13):
        assert (avvisa_non_confermati(), avvisa_non_confermati()) == (2, 0)
        destinatari = set(Messaggio.objects.values_list("destinatario", flat=True))
        assert destinatari == {rappresentanza.utente.email, coordinatore.email}
        pagina = client.get(punto.get_absolute_url())
        assert pagina.status_code == 404
        assert "chi lo gestisce non li conferma dal 15 gennaio 2026" in pagina.content.decode()
        assert [v.urgenza for v in voci_di(coordinatore) if "Fuori dal sito" in v.titolo] == [0]
        assert [v.titolo for v in voci_di(rappresentanza.utente) if "Conferma i dati" in v.titolo] == [
            "Conferma i dati di «Sportello Lavoro»"
        ]
        services.conferma_punto(utente=rappresentanza.utente, punto=punto)
        assert client.get(punto.get_absolute_url()).status_code == 200
        assert list(PuntoInformativo.objects.pubblici()) == [punto]


def test_chi_segna_e_confermato_lo_legge_chi_apre_la_pagina(gestito, client):
    punto, rappresentanza = gestito
    with _il(7, 20):
        assert "aspettano una conferma: l'ultima è del 15 gennaio 2026" in _testo(client, punto)
        services.conferma_punto(utente=rappresentanza.utente, punto=punto)
        assert f"confermati il 20 luglio 2026 da: {punto.soggetto.denominazione}" in _testo(client, punto)


def _testo(client, punto):
    return client.get(punto.get_absolute_url()).content.decode().replace("&#x27;", "'")


def test_in_area_un_pulsante_conferma(gestito, entra):
    punto, rappresentanza = gestito
    client = entra(rappresentanza.utente)
    with _il(7, 20):
        assert (
            "senza conferma il punto esce dal sito il 13 settembre 2026"
            in client.get(reverse("punti:miei")).content.decode()
        )
        client.post(reverse("punti:conferma_in_area", args=[punto.slug]))
    assert Verifica.objects.get().origine == "ospite"


def test_solo_chi_gestisce_conferma_e_solo_la_provincia_chiede(gestito):
    punto, rappresentanza = gestito
    with pytest.raises(PermissionDenied, match="Serve il potere"):
        services.conferma_punto(utente=RappresentanzaFactory().utente, punto=punto)
    with pytest.raises(PermissionDenied):
        services.chiedi_conferma(utente=rappresentanza.utente, punto=punto)


def test_una_nuova_richiesta_spegne_il_collegamento_di_prima(gestito, coordinatore, client):
    punto, _rappresentanza = gestito
    prima = services.chiedi_conferma(utente=coordinatore, punto=punto)
    dopo = services.chiedi_conferma(utente=coordinatore, punto=punto)
    assert client.get(reverse("punti:conferma", args=[gettone_per(prima, prima.indirizzo)])).status_code == 404
    assert client.get(reverse("punti:conferma", args=[gettone_per(dopo, dopo.indirizzo)])).status_code == 200


def test_chi_non_lavora_piu_qui_non_riceve_il_collegamento(gestito, coordinatore):
    """The administrator shut the account: its powers may last on paper, the secret of a new link isn't for that box."""
    punto, rappresentanza = gestito
    collega = RappresentanzaFactory(soggetto=rappresentanza.soggetto).utente
    rappresentanza.utente.is_active = False
    rappresentanza.utente.save()
    with _il(7, 1):
        services.chiedi_conferma(utente=coordinatore, punto=punto)
    assert list(Messaggio.objects.values_list("destinatario", flat=True)) == [collega.email]


def test_il_collegamento_muore_quando_chi_l_ha_ricevuto_non_gestisce_piu_il_punto(gestito, coordinatore, client):
    """The Province moves the point to another host: the old one no longer speaks for it."""
    punto, _rappresentanza = gestito
    with _il(7, 1):
        richiesta = services.chiedi_conferma(utente=coordinatore, punto=punto)
        indirizzo = reverse("punti:conferma", args=[gettone_per(richiesta, richiesta.indirizzo)])
        assert "Invia la risposta" in client.get(indirizzo).content.decode()
        nuova = SedeFactory(soggetto=RappresentanzaFactory().soggetto)
        PuntoInformativo.objects.filter(pk=punto.pk).update(soggetto=nuova.soggetto, sede=nuova)
        pagina = client.get(indirizzo).content.decode()
        assert ("Questo collegamento non vale più" in pagina, "Invia la risposta" in pagina) == (True, False)
        for dati in ({"esito": "giusto"}, {"esito": "cambiato", "testo": "Chiuso"}):
            client.post(indirizzo, dati)
        with pytest.raises(Rifiuto, match="non vale più"):
            services.conferma_da_collegamento(
                richiesta=richiesta, firma=gettone_per(richiesta, richiesta.indirizzo).partition(".")[2]
            )
    richiesta.refresh_from_db()
    assert (richiesta.risposta_il, punto.verifiche.count()) == (None, 0)


def test_senza_indirizzo_si_telefona(coordinatore):
    punto = PuntoFactory(attivo=True, sede__soggetto__email="")
    with pytest.raises(Rifiuto, match="non ha un indirizzo email"):
        services.chiedi_conferma(utente=coordinatore, punto=punto)


def test_un_punto_sospeso_non_si_conferma(gestito, coordinatore):
    punto, rappresentanza = gestito
    services.sospendi_punto(utente=coordinatore, punto=punto, motivo="Lavori")
    with pytest.raises(Rifiuto, match="non è aperto al pubblico"):
        services.conferma_punto(utente=rappresentanza.utente, punto=punto)


def test_un_punto_da_non_elencare_resta_a_chi_ne_ha_l_indirizzo(gestito, coordinatore, client):
    punto, _rappresentanza = gestito
    with _il(2, 1):
        with pytest.raises(Rifiuto, match="Scrivi perché"):
            services.cambia_elenco(utente=coordinatore, punto=punto, elencare=False)
        services.cambia_elenco(utente=coordinatore, punto=punto, elencare=False, motivo="Casa rifugio")
        assert "Sportello Lavoro" not in client.get(reverse("punti:elenco")).content.decode()
        assert not client.get(reverse("punti:dati")).json()["features"]
        pagina = client.get(punto.get_absolute_url())
        assert pagina.status_code == 200
        assert 'name="robots" content="noindex"' in pagina.content.decode()
        services.cambia_elenco(utente=coordinatore, punto=punto, elencare=True)
        assert "Sportello Lavoro" in client.get(reverse("punti:elenco")).content.decode()


def test_la_scheda_offre_i_verbi_che_servono(gestito, entra, coordinatore):
    punto, _rappresentanza = gestito
    client = entra(coordinatore)
    with _il(7, 20):
        pagina = client.get(reverse("punti_scheda", args=[punto.pk])).content.decode()
        assert "dati da confermare: esce dal sito il 13 settembre 2026" in pagina
        assert "Elenca di nuovo" not in pagina
        client.post(reverse("punti_azione", args=[punto.pk, "chiedi-conferma"]))
        client.post(
            reverse("punti_azione", args=[punto.pk, "non-elencare"]), {"non-elencare-testo": "Lo chiede il Comune"}
        )
        pagina = client.get(reverse("punti_scheda", args=[punto.pk])).content.decode()
    assert "senza risposta, 0 promemoria" in pagina
    assert "Elenca di nuovo" in pagina
    assert "Lo chiede il Comune" in pagina


def test_il_revisore_guarda_e_non_chiede(gestito, entra):
    punto, _rappresentanza = gestito
    client = entra(UtenteFactory(ruolo="revisore"))
    assert client.post(reverse("punti_azione", args=[punto.pk, "chiedi-conferma"])).status_code in (302, 403)
    assert not RichiestaConferma.objects.exists()


def test_la_scrivania_non_chiede_di_piu_con_piu_punti(gestito, coordinatore, django_assert_num_queries):
    with _il(9, 20):
        voci_di(coordinatore)  # kinds of record and ways of approval are read once for each process
        with CaptureQueriesContext(connection) as una:
            voci_di(coordinatore)
        with _il(1, 15):
            PuntoFactory.create_batch(3, attivo=True)
        with django_assert_num_queries(len(una)):
            voci_di(coordinatore)


def _collegamenti():
    """Recipient → path of the link that its mail carries."""
    return {
        m.destinatario: re.search(r"(/punti-informativi/conferma/\S+)", m.testo)[1] for m in Messaggio.objects.all()
    }


def test_ognuno_ha_il_suo_collegamento_che_finisce_con_i_suoi_poteri(gestito, coordinatore, client):
    """A manager who left kept the colleagues' link: one secret served them all."""
    punto, rappresentanza = gestito
    collega = RappresentanzaFactory(soggetto=rappresentanza.soggetto)
    with _il(7, 1):
        services.chiedi_conferma(utente=coordinatore, punto=punto)
        suo, della_collega = _collegamenti()[rappresentanza.utente.email], _collegamenti()[collega.utente.email]
        assert suo != della_collega
    collega.al = date(2026, 7, 1)
    collega.save()
    with _il(7, 2):
        assert "non vale più" in client.get(della_collega).content.decode()
        client.post(della_collega, {"esito": "giusto"})
        assert not Verifica.objects.exists()
        senza_marchio = suo.rpartition(".")[0] + "/"
        assert "non vale più" in client.get(senza_marchio).content.decode()
        client.post(suo, {"esito": "giusto"})
    assert (Verifica.objects.count(), RichiestaConferma.objects.get().indirizzo) == (1, rappresentanza.utente.email)
    assert righe_di(punto).last().dati["indirizzo"] == rappresentanza.utente.email


def test_chi_e_gia_fuori_dal_sito_legge_che_non_c_e_piu(gestito):
    """The mail said that citizens found it, and until when a lapsed confirmation held."""
    with _il(9, 20):
        chiedi_conferme()
    testo = Messaggio.objects.get().testo
    assert "non è più sul sito: nessuno ne conferma i dati dal 15 gennaio 2026" in testo
    assert ("i cittadini trovano" in testo, "vale fino al" in testo) == (False, False)
