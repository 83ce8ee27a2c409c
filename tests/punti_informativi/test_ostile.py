"""What somebody tries on purpose: floods, forged addresses, words that become something else elsewhere (R31-R36)."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from core.models import Messaggio
from punti_informativi import services
from punti_informativi.models import PuntoInformativo
from punti_informativi.services.promozione import invia_campagna
from tests.factories.accordi import IstanzaFactory, PartecipanteIstanzaFactory
from tests.factories.punti_informativi import CampagnaFactory, CategoriaFactory, PuntoFactory, ServizioFactory
from tests.factories.reti import SedeFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db

TANTE_CIFRE, LIGATURE = "9" * 5000, "%EF%B7%BA" * 80  # the ligature alone stands for eighteen letters
DOMANDE_STRANE = [
    "q=%00",
    "q=%ed%a0%80",
    "q=%27%22%5C%3A*%26%7C!()%3C-%3E",
    f"q={LIGATURE}",
    f"vicino={LIGATURE}",
    "vicino=%00",
    "lat=nan&lon=inf",
    "lat=-1e308&lon=1e309",
    "lat=-91&lon=0",
    f"pagina={TANTE_CIFRE}",
    "pagina=-1",
    "comune=%00&servizio=%00&per=%27%20OR%201=1--",
    f"lingua={TANTE_CIFRE}",
    f"entro={TANTE_CIFRE}",
]


@pytest.mark.parametrize(
    "percorso", ["/punti-informativi/", "/en/punti-informativi/", "/punti-informativi/dati.geojson", "/ricerca/"]
)
def test_nessuna_domanda_rompe_le_pagine_pubbliche(client, percorso):
    """R32: what can't be read is left out or said, never an error of ours."""
    PuntoFactory(attivo=True)
    assert {client.get(f"{percorso}?{domanda}").status_code for domanda in DOMANDE_STRANE} == {200}


@pytest.mark.parametrize(
    "percorso",
    [
        "/abc%00/",
        "/en/abc%00/",
        "/punti-informativi/conferma/%00/",
        "/punti-informativi/promozione/a%00/",
        "/verifica/%00/",
        "/punti-informativi/miei/candida/%00/",
        "/accordi/%00/",
    ],
)
def test_un_indirizzo_con_un_nul_non_e_di_nessuno(client, entra, percorso):
    """PostgreSQL refuses to look for it: that was an error of ours, for whoever asked."""
    assert client.get(percorso).status_code == 404
    assert entra(UtenteFactory()).get(percorso).status_code == 404


def test_diecimila_filtri_si_rifiutano_prima_di_leggerli(client):
    assert client.get("/punti-informativi/?" + "&".join(f"a{n}=1" for n in range(10_000))).status_code == 400


def test_la_nota_di_chi_ha_il_collegamento_non_ferma_il_foglio_degli_altri(client, coordinatore, entra):
    """R36: a character that a workbook can't hold, written from the link, and the office couldn't export any more."""
    sindacati = CategoriaFactory(nome="Sindacati", tipi=["sindacato"])
    SoggettoFactory(tipo="sindacato", email="a@ente.example")
    campagna = CampagnaFactory(categorie=[sindacati])
    invia_campagna(utente=coordinatore, campagna=campagna)
    indirizzo = reverse("punti:promozione", args=[campagna.invii.get().gettone])
    client.post(indirizzo, {"risposta": "interessato", "nota": "a\x0b=b\x1f"})
    risposta = entra(coordinatore).get(reverse("punti_campagna_xlsx", args=[campagna.codice]))
    assert load_workbook(BytesIO(risposta.content))["Invii"]["J2"].value == "a=b"


@pytest.fixture
def candidatura(ospite):
    """Arguments of `candida_punto` for an admitted application of the host."""
    istanza = IstanzaFactory(ammessa=True, avviso__attiva_punti=True, capofila=ospite.soggetto)
    sede = SedeFactory(soggetto=ospite.soggetto)
    return {
        "utente": ospite.utente,
        "istanza": istanza,
        "sede": sede,
        "nome": "Sportello",
        "servizi": [ServizioFactory()],
    }


def test_un_nome_a_capo_non_ferma_la_posta(candidatura, coordinatore, consegna_posta):
    """R31: the name of a point is in the subject of its mails, where a line break opens another header."""
    candidatura["sede"].soggetto.email = "ente@ente.example"
    candidatura["sede"].soggetto.save()
    punto = services.candida_punto(**candidatura | {"nome": "Sportello\r\nBcc: altri@ente.example"})
    services.verifica_punto(utente=coordinatore, punto=punto)
    services.attiva_punto(utente=coordinatore, punto=punto)
    consegna_posta()
    assert Messaggio.objects.values_list("stato", "oggetto").get() == (
        "inviato",
        "Il punto informativo «Sportello Bcc: altri@ente.example» è pubblico",
    )


def test_una_candidatura_non_porta_un_milione_di_caratteri(candidatura, entra):
    sede, istanza = candidatura["sede"], candidatura["istanza"]
    dati = {"nome": "A", "sede": sede.pk, "servizi": [s.pk for s in candidatura["servizi"]], "descrizione": "x" * 4001}
    risposta = entra(candidatura["utente"]).post(reverse("punti:candida", args=[istanza.codice]), dati)
    assert "Accorcia «che cosa puoi fare qui»: al massimo 4000 caratteri." in risposta.content.decode()
    assert not PuntoInformativo.objects.exists()


def test_non_si_candida_la_sede_di_un_altro_partecipante(candidatura, coordinatore):
    """Its own manager does, or the Province."""
    sua = SedeFactory(soggetto=PartecipanteIstanzaFactory(istanza=candidatura["istanza"]).soggetto)
    with pytest.raises(PermissionDenied, match="Serve il potere di gestire i punti"):
        services.candida_punto(**candidatura | {"sede": sua})
    assert services.candida_punto(**candidatura | {"sede": sua, "utente": coordinatore}).soggetto == sua.soggetto


@pytest.mark.parametrize("riga", [TANTE_CIFRE, "9" * 30, "²", "-1", ""])
def test_si_annulla_solo_una_riga_che_c_e(entra, ospite, punto_ospitato, riga):
    indirizzo = reverse("punti:chiusure", args=[punto_ospitato.slug])
    risposta = entra(ospite.utente).post(indirizzo, {"gesto": "annulla", "riga": riga}, follow=True)
    assert "Non c&#x27;è più niente da annullare" in risposta.content.decode()


@pytest.mark.parametrize("domanda", [f"sede__comune={TANTE_CIFRE}", "servizi=x", "stato=%00"])
def test_convocare_con_un_filtro_illeggibile_spunta_i_punti_aperti(entra, coordinatore, domanda):
    punto = PuntoFactory(attivo=True)
    pagina = entra(coordinatore).get(f"{reverse('punti_convoca')}?{domanda}")
    assert pagina.context["punti"].initial["punti"] == [punto.pk]
