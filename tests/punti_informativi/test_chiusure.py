"""Dated closures from a phone: public at once when near, undone with a button, told to the Province."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errori import Rifiuto
from core.registro import righe_di
from punti_informativi import services
from punti_informativi.models import Proposta, PuntoInformativo
from punti_informativi.orari import Deroga
from punti_informativi.queries import voci_scrivania
from tests.factories.punti_informativi import EccezioneFactory, OrarioFactory
from tests.factories.reti import RappresentanzaFactory

pytestmark = pytest.mark.django_db


def test_chiudi_oggi_e_subito_pubblico_e_si_annulla(entra, ospite, punto_ospitato, coordinatore, lunedi):
    OrarioFactory(punto=punto_ospitato)
    client, indirizzo = entra(ospite.utente), reverse("punti:chiusure", args=[punto_ospitato.slug])
    client.post(indirizzo, {"gesto": "oggi", "oggi-motivo": "Guasto"})
    assert "Chiuso oggi (Guasto)" in client.get(punto_ospitato.get_absolute_url()).content.decode()
    voce = next(v for v in voci_scrivania(coordinatore) if "chiuso il" in v.titolo)
    assert voce.titolo == "Sportello Lavoro: chiuso il 08/05/2023 (Guasto)"
    assert not Proposta.objects.exists()
    pagina = client.get(indirizzo)
    assert pagina.context["chiuso_oggi"]
    ((pk, frase),) = pagina.context["segnate"]
    assert frase == "chiuso il 08/05/2023 (Guasto)"
    client.post(indirizzo, {"gesto": "annulla", "riga": pk})
    assert "Aperto ora" in client.get(punto_ospitato.get_absolute_url()).content.decode()
    assert [r.azione for r in righe_di(punto_ospitato)][-2:] == ["eccezione_segnata", "eccezione_tolta"]
    assert [v for v in voci_scrivania(coordinatore) if "chiuso il" in v.titolo] == []


def test_aprire_in_altri_orari_per_un_periodo(entra, ospite, punto_ospitato, lunedi):
    dati = {"periodo-dal": "2023-05-13", "periodo-al": "2023-05-14", "periodo-dalle": "9:00", "periodo-alle": "11:00"}
    indirizzo = reverse("punti:chiusure", args=[punto_ospitato.slug])
    client = entra(ospite.utente)
    client.post(indirizzo, {"gesto": "periodo"} | dati)
    assert [e.deroga for e in PuntoInformativo.objects.get().eccezioni.all()] == [
        Deroga(date(2023, 5, 13), date(2023, 5, 14), chiuso=False, dalle=time(9), alle=time(11))
    ]
    sbagliato = client.post(indirizzo, {"gesto": "periodo"} | dati | {"periodo-al": "2023-05-10"}).content.decode()
    assert "ultimo giorno viene prima del primo" in sbagliato
    assert 'value="2023-05-13"' in sbagliato


def test_date_lontane_aspettano_la_provincia(entra, ospite, punto_ospitato, coordinatore, lunedi, settings):
    settings.PUNTI_GIORNI_ECCEZIONI_SUBITO = 60
    dati = {"gesto": "periodo", "periodo-dal": "2023-08-14", "periodo-al": "2023-08-18", "periodo-chiuso": "on"}
    indirizzo = reverse("punti:chiusure", args=[punto_ospitato.slug])
    assert entra(ospite.utente).post(indirizzo, dati).url == reverse("punti:proposta", args=[punto_ospitato.slug])
    assert not punto_ospitato.eccezioni.exists()
    client, proposta = entra(coordinatore), Proposta.objects.get()
    decidi = reverse("punti_proposta", args=[proposta.pk])
    pagina = client.get(decidi)
    assert "chiuso dal 14/08/2023 al 18/08/2023" in pagina.content.decode()
    client.post(decidi, {"gesto": "accogli", "vista": pagina.context["vista"]})
    assert [e.deroga for e in PuntoInformativo.objects.get().eccezioni.all()] == [
        Deroga(date(2023, 8, 14), date(2023, 8, 18))
    ]


def test_la_bozza_della_provincia_riceve_la_chiusura(ospite, punto_ospitato, lunedi):
    punto_ospitato.descrizione = "In bozza"
    punto_ospitato.save_revision()
    ferie = Deroga(date(2023, 5, 9), date(2023, 5, 9))
    services.segna_eccezione(utente=ospite.utente, punto=punto_ospitato, deroga=ferie)
    PuntoInformativo.objects.get().get_latest_revision().publish()
    punto = PuntoInformativo.objects.get()
    assert (punto.descrizione, [e.deroga for e in punto.eccezioni.all()]) == ("In bozza", [ferie])


def test_rifiuti(ospite, punto_ospitato, lunedi):
    oggi = Deroga(lunedi.date(), lunedi.date())
    argomenti = {"utente": ospite.utente, "punto": punto_ospitato}
    with pytest.raises(Rifiuto, match="già passati"):
        services.segna_eccezione(**argomenti, deroga=Deroga(date(2023, 5, 1), date(2023, 5, 7)))
    with pytest.raises(Rifiuto, match="niente da annullare"):
        services.togli_eccezione(**argomenti, deroga=oggi)
    services.segna_eccezione(**argomenti, deroga=oggi)
    with pytest.raises(Rifiuto, match="già segnato"):
        services.segna_eccezione(**argomenti, deroga=oggi)
    with pytest.raises(PermissionDenied, match="la vede prima la Provincia"):
        services.segna_eccezione(**argomenti, deroga=Deroga(date(2023, 5, 9), date(2024, 5, 9)))


def test_le_date_hanno_un_numero_massimo(ospite, punto_ospitato, lunedi, settings):
    settings.PUNTI_ECCEZIONI_MASSIME = 1
    argomenti = {"utente": ospite.utente, "punto": punto_ospitato}
    services.segna_eccezione(**argomenti, deroga=Deroga(date(2023, 5, 9), date(2023, 5, 9)))
    with pytest.raises(Rifiuto, match="troppe date segnate"):
        services.segna_eccezione(**argomenti, deroga=Deroga(date(2023, 5, 10), date(2023, 5, 10)))
    services.proponi_eccezione(**argomenti, deroga=Deroga(date(2023, 8, 9), date(2023, 8, 9)))
    with pytest.raises(Rifiuto, match="troppe date: aspetta"):
        services.proponi_eccezione(**argomenti, deroga=Deroga(date(2023, 8, 10), date(2023, 8, 10)))


def test_non_si_annulla_la_chiusura_di_un_altro_punto(entra, ospite, punto_ospitato, lunedi):
    """A row's number in the form names only rows of the point of the address."""
    altrui = EccezioneFactory(dal=date(2023, 5, 8), al=date(2023, 5, 9))
    indirizzo = reverse("punti:chiusure", args=[punto_ospitato.slug])
    entra(ospite.utente).post(indirizzo, {"gesto": "annulla", "riga": altrui.pk})
    entra(ospite.utente).post(indirizzo, {"gesto": "annulla", "riga": "²"})
    assert altrui.punto.eccezioni.count() == 1


def test_non_si_chiude_il_punto_di_un_altro(entra, punto_ospitato, lunedi):
    """R34: nor by the service, nor by the address."""
    estraneo = RappresentanzaFactory().utente
    with pytest.raises(PermissionDenied):
        services.segna_eccezione(utente=estraneo, punto=punto_ospitato, deroga=Deroga(lunedi.date(), lunedi.date()))
    indirizzo = reverse("punti:chiusure", args=[punto_ospitato.slug])
    assert entra(estraneo).post(indirizzo, {"gesto": "oggi"}).status_code == 404
    assert not punto_ospitato.eccezioni.exists()
