"""Answers: by link, in the private area, by the office; the latest wins (R21)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errori import Rifiuto
from core.models import RigaRegistro
from reti.forms.risposte import RispostaForm
from reti.models import Convocazione, Incontro
from reti.services.risposte import rispondi
from reti.stati import StatoIncontro
from tests.factories.reti import ConvocazioneFactory, IncontroFactory, RappresentanzaFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
LINK, AREA, UFFICIO = Convocazione.Via.COLLEGAMENTO, Convocazione.Via.AREA, Convocazione.Via.UFFICIO


@pytest.fixture(autouse=True)
def _prima(orologio):
    cache.clear()
    with orologio(INIZIO - timedelta(days=3)):
        yield


@pytest.fixture
def convocazione(provincia):
    incontro = IncontroFactory(rete__convocante=provincia, stato=StatoIncontro.CONVOCATO, titolo="Seduta")
    return ConvocazioneFactory(incontro=incontro, adesione__rete=incontro.rete)


@pytest.fixture
def invitato(convocazione):
    """A partner who may answer for the invited body."""
    return RappresentanzaFactory(soggetto=convocazione.adesione.soggetto).utente


def stato(convocazione):
    convocazione.refresh_from_db()
    return convocazione.risposta, convocazione.delegato, convocazione.risposta_via


def test_le_tre_vie_scrivono_lo_stesso_dato_e_vince_l_ultima(convocazione, invitato, coordinatore):
    """R21."""
    rispondi(convocazione=convocazione, risposta="si", via=LINK)
    assert stato(convocazione) == ("si", "", "collegamento")
    rispondi(convocazione=convocazione, risposta="delega", delegato=" Ada Rossi ", via=AREA, utente=invitato)
    assert stato(convocazione) == ("delega", "Ada Rossi", "area")
    rispondi(convocazione=convocazione, risposta="no", via=UFFICIO, utente=coordinatore)
    assert stato(convocazione) == ("no", "", "ufficio")
    assert [(r.utente, r.dati["risposta"]) for r in RigaRegistro.objects.filter(azione="convocazione.risposta")] == [
        (None, "si"),
        (invitato, "delega"),
        (coordinatore, "no"),
    ]


def test_la_stessa_risposta_due_volte_non_scrive_nulla(convocazione):
    for _ in range(2):
        rispondi(convocazione=convocazione, risposta="si", via=LINK)
    assert RigaRegistro.objects.filter(azione="convocazione.risposta").count() == 1


@pytest.mark.parametrize(
    ("risposta", "delegato", "frase"),
    [
        ("delega", "  ", "Scrivi il nome di chi partecipa"),
        ("attesa", "", "Scegli una risposta"),
        ("boh", "", "Scegli una risposta"),
    ],
)
def test_una_risposta_incompleta_e_rifiutata(convocazione, risposta, delegato, frase):
    with pytest.raises(Rifiuto, match=frase):
        rispondi(convocazione=convocazione, risposta=risposta, delegato=delegato, via=LINK)
    assert stato(convocazione) == ("attesa", "", "")


@pytest.mark.parametrize("a", [s for s in StatoIncontro.values if s != StatoIncontro.CONVOCATO])
def test_solo_un_incontro_convocato_prende_risposte(provincia, a):
    incontro = IncontroFactory(rete__convocante=provincia, stato=a)
    convocazione = ConvocazioneFactory(incontro=incontro, adesione__rete=incontro.rete)
    with pytest.raises(Rifiuto, match="rispondere"):
        rispondi(convocazione=convocazione, risposta="si", via=LINK)


def test_finito_l_incontro_non_si_risponde_piu(convocazione, orologio):
    with orologio(convocazione.incontro.fine), pytest.raises(Rifiuto, match="si è già svolto"):
        rispondi(convocazione=convocazione, risposta="si", via=LINK)


@pytest.mark.parametrize("caso", ["altro ente", "senza potere", "scaduta", "anonimo"])
def test_in_area_risponde_solo_chi_ne_ha_il_potere(convocazione, caso):
    soggetto = convocazione.adesione.soggetto
    utente = {
        "altro ente": lambda: RappresentanzaFactory().utente,
        "senza potere": lambda: RappresentanzaFactory(soggetto=soggetto, puo_rispondere=False).utente,
        "scaduta": lambda: RappresentanzaFactory(soggetto=soggetto, al=datetime(2023, 1, 1, tzinfo=UTC).date()).utente,
        "anonimo": lambda: None,
    }[caso]()
    with pytest.raises(PermissionDenied):
        rispondi(convocazione=convocazione, risposta="si", via=AREA, utente=utente)
    assert stato(convocazione) == ("attesa", "", "")


def test_per_l_ufficio_risponde_solo_chi_coordina(convocazione, invitato):
    with pytest.raises(PermissionDenied):
        rispondi(convocazione=convocazione, risposta="si", via=UFFICIO, utente=invitato)


# -- The pages --------------------------------------------------------------------


def test_aprire_il_collegamento_non_risponde(client, convocazione):
    """R21: mail scanners open every link; only a POST answers."""
    url = reverse("tavoli:risposta", args=[convocazione.gettone])
    for metodo in (client.get, client.head):
        assert metodo(url).status_code == 200
    assert stato(convocazione) == ("attesa", "", "")
    pagina = client.get(url)
    assert "Seduta" in pagina.text
    assert pagina["X-Robots-Tag"] == "noindex"


def test_il_collegamento_risponde_senza_accedere(client, convocazione):
    url = reverse("tavoli:risposta", args=[convocazione.gettone])
    risposta = client.post(url, {"risposta": "delega", "delegato": "Ada Rossi"}, follow=True)
    assert risposta.redirect_chain == [(url, 302)]
    assert "Manda un delegato (Ada Rossi)" in risposta.text
    assert stato(convocazione) == ("delega", "Ada Rossi", "collegamento")


def test_una_pagina_rimasta_aperta_non_risponde_per_la_data_nuova(client, convocazione):
    """R21: the answer is to the date that one has read."""
    url = reverse("tavoli:risposta", args=[convocazione.gettone])
    letta = convocazione.incontro.inizio.isoformat()
    Incontro.objects.update(inizio=convocazione.incontro.inizio + timedelta(minutes=30))
    pagina = client.post(url, {"risposta": "si", "per": letta})
    assert "ha cambiato data" in pagina.text
    assert stato(convocazione) == ("attesa", "", "")
    client.post(url, {"risposta": "si", "per": pagina.context["form"]["per"].value()})
    assert stato(convocazione) == ("si", "", "collegamento")


def test_un_errore_non_perde_quello_che_era_scritto(client, convocazione):
    url = reverse("tavoli:risposta", args=[convocazione.gettone])
    pagina = client.post(url, {"risposta": "", "delegato": "Ada Rossi"})
    assert 'value="Ada Rossi"' in pagina.text
    assert "Scegli una risposta." in pagina.text
    assert stato(convocazione) == ("attesa", "", "")


def test_un_collegamento_inventato_e_404_e_dopo_troppi_si_chiude(client, convocazione, settings):
    settings.TENTATIVI_GETTONE = 3
    for n in range(3):
        assert client.get(reverse("tavoli:risposta", args=[f"inventato{n}"])).status_code == 404
    chiuso = client.get(reverse("tavoli:risposta", args=["inventato3"]))
    assert (chiuso.status_code, "Troppi tentativi" in chiuso.text) == (429, True)


def test_chi_prova_a_indovinare_non_chiude_fuori_chi_ha_il_collegamento_giusto(client, convocazione, settings):
    """Behind a proxy everybody comes from one address."""
    settings.TENTATIVI_GETTONE = 1
    for n in range(3):
        client.get(reverse("tavoli:risposta", args=[f"inventato{n}"]))
    url = reverse("tavoli:risposta", args=[convocazione.gettone])
    assert client.get(url).status_code == 200
    client.post(url, {"risposta": "si"})
    assert stato(convocazione) == ("si", "", "collegamento")


def test_un_incontro_annullato_lo_dice_e_non_ha_modulo(client, convocazione, coordinatore):
    incontro = IncontroFactory(rete=convocazione.incontro.rete, stato=StatoIncontro.ANNULLATO, motivo="Neve")
    altra = ConvocazioneFactory(incontro=incontro, adesione=convocazione.adesione)
    pagina = client.get(reverse("tavoli:risposta", args=[altra.gettone]))
    assert "L&#x27;incontro è annullato: non serve più rispondere. Neve" in pagina.text
    assert 'name="risposta"' not in pagina.text


def test_in_area_nessuna_pagina_contiene_il_segreto_della_mail(entra, convocazione, invitato):
    """R21: who signs in today and loses the powers tomorrow mustn't keep a key that needs no sign-in."""
    client = entra(invitato)
    url = reverse("tavoli:rispondi", args=[convocazione.codice])
    pagine = [url, reverse("tavoli:convocazioni"), convocazione.incontro.get_absolute_url(), "/area/"]
    assert url in client.get(pagine[1]).text
    assert [p for p in pagine if convocazione.gettone in client.get(p).text] == []
    assert client.get(reverse("tavoli:risposta", args=[convocazione.codice])).status_code == 404
    assert client.get(reverse("tavoli:rispondi", args=[convocazione.gettone])).status_code == 404


def test_in_area_l_invitato_risponde(entra, convocazione, invitato):
    url = reverse("tavoli:rispondi", args=[convocazione.codice])
    entra(invitato).post(url, {"risposta": "si"})
    assert stato(convocazione) == ("si", "", "area")


@pytest.mark.parametrize("ruolo", ["partner", "coordinatore", "redattore"])
def test_in_area_chi_non_rappresenta_l_ente_trova_404(entra, convocazione, ruolo):
    """Also with the right token: the private area goes by powers."""
    url = reverse("tavoli:rispondi", args=[convocazione.codice])
    client = entra(UtenteFactory(ruolo=ruolo))
    assert (client.get(url).status_code, client.post(url, {"risposta": "si"}).status_code) == (404, 404)
    assert stato(convocazione) == ("attesa", "", "")


def test_l_elenco_mostra_solo_le_proprie_convocazioni(entra, convocazione, invitato):
    altra = ConvocazioneFactory(
        incontro=IncontroFactory(rete=convocazione.incontro.rete, stato=StatoIncontro.CONVOCATO, titolo="Di altri"),
        adesione__rete=convocazione.incontro.rete,
    )
    testo = entra(invitato).get(reverse("tavoli:convocazioni")).text
    assert convocazione.codice in testo
    assert altra.gettone not in testo
    assert "Di altri" not in testo


@pytest.mark.django_db
def test_un_delegato_scritto_con_un_altra_risposta_non_si_perde(convocazione):
    """Typed now, it contradicts the answer; left from an answer given before, it's simply superseded."""
    detto = RispostaForm.di(convocazione, {"risposta": "si", "delegato": "Ada Rossi"})
    frase = "Hai scritto il nome di un delegato: scegli «Manda un delegato», oppure cancella il nome."
    assert (detto.is_valid(), detto.errors) == (False, {"delegato": [frase]})
    rispondi(convocazione=convocazione, risposta="delega", delegato="Ada Rossi", via=LINK)
    convocazione.refresh_from_db()
    assert RispostaForm.di(convocazione, {"risposta": "si", "delegato": "Ada Rossi"}).is_valid()
