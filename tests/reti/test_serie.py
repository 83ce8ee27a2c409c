"""A series of meetings: created as drafts, convened together or one by one (R25)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errori import Rifiuto
from core.models import Messaggio, RigaRegistro
from reti.models import Incontro
from reti.services.incontri import annulla_incontro, convoca_incontro
from reti.services.serie import convoca_serie, crea_serie
from reti.stati import StatoIncontro
from tests.factories.reti import AdesioneFactory, IncontroFactory, ReteFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
PRIMA = datetime(2027, 1, 10, 9, tzinfo=UTC)
GIORNI = [date(2027, 3, 2), date(2027, 4, 6), date(2027, 10, 5), date(2027, 11, 2)]


@pytest.fixture(autouse=True)
def _gennaio(orologio):
    with orologio(PRIMA):
        yield


@pytest.fixture
def rete(provincia):
    rete = ReteFactory(convocante=provincia, nome="Tavolo lavoro")
    AdesioneFactory(rete=rete, titolare_email="ada@x.example")
    return rete


def crea(utente, rete, giorni=GIORNI, **altro):
    dati = {"titolo": "Seduta", "dalle": time(10), "alle": time(12), "luogo": "Sala"} | altro
    return crea_serie(utente=utente, rete=rete, giorni=giorni, **dati)


def test_l_ora_resta_quella_anche_dopo_il_cambio(coordinatore, rete):
    """Half past nine UTC in winter is half past eight in summer: in Rome it is always ten."""
    incontri = crea(coordinatore, rete)
    assert [i.inizio.astimezone(UTC).hour for i in incontri] == [9, 8, 8, 9]
    assert {i.serie for i in incontri} == {incontri[0].serie}
    assert len(incontri[0].serie) == 12
    assert {i.stato for i in incontri} == {StatoIncontro.BOZZA}
    assert Messaggio.objects.count() == 0
    assert RigaRegistro.objects.get(azione="serie.creata").dati["incontri"] == 4


@pytest.mark.parametrize(
    ("campi", "frase"),
    [
        ({"giorni": []}, "Scegli da 1 a 60 date"),
        ({"giorni": [date(2027, 3, 1) + timedelta(days=n) for n in range(61)]}, "Scegli da 1 a 60 date"),
        ({"giorni": [date(2027, 3, 2)] * 2}, "Una data è ripetuta"),
        ({"giorni": [date(2027, 1, 9), date(2027, 3, 2)]}, "La prima data è già passata"),
        ({"alle": time(10)}, "La fine deve venire dopo l'inizio"),
    ],
)
def test_una_serie_impossibile_non_crea_nulla(coordinatore, rete, campi, frase):
    with pytest.raises(Rifiuto, match=frase):
        crea(coordinatore, rete, **campi)
    assert Incontro.objects.count() == 0


def test_una_serie_non_si_fa_per_un_tavolo_di_altri_ne_da_chi_non_coordina(coordinatore, rete):
    with pytest.raises(Rifiuto, match="Le date le sceglie chi convoca"):
        crea(coordinatore, ReteFactory(convocante=SoggettoFactory()))
    with pytest.raises(PermissionDenied):
        crea(UtenteFactory(ruolo="revisore"), rete)
    with pytest.raises(PermissionDenied):
        convoca_serie(utente=UtenteFactory(ruolo="partner"), serie="x")


def test_si_convocano_tutte_le_bozze_e_chi_non_si_puo_resta_spiegato(coordinatore, rete, orologio):
    """One already convened is left as it is; one whose date is past is told apart, and stops nothing."""
    primo, secondo, terzo, quarto = crea(coordinatore, rete)
    annulla_incontro(utente=coordinatore, incontro=secondo, motivo="Ponte")
    convoca_incontro(utente=coordinatore, incontro=terzo)
    with orologio(primo.inizio):
        convocati, rifiutati = convoca_serie(utente=coordinatore, serie=primo.serie)
    assert convocati == [quarto]
    assert rifiutati == [(primo, "La data dell'incontro è già passata: spostala in avanti e convoca di nuovo.")]
    assert [str(i.stato) for i in Incontro.objects.order_by("inizio")] == [
        "bozza",
        "annullato",
        "convocato",
        "convocato",
    ]


DATI = {
    "titolo": "Seduta", "modo": "regola", "ordinale": "1", "giorno": "1", "mesi": "1", "dal": "2027-05-01",
    "volte": "4", "dalle": "10:00", "alle": "12:00", "modalita": "presenza", "luogo": "Sala",
}  # fmt: skip


def manda(client, rete, **altro):
    return client.post(reverse("gestione_serie:nuova") + f"?rete={rete.pk}", DATI | altro)


def viste(risposta):
    return risposta.context["viste"]


def test_dall_anteprima_alle_bozze_senza_una_data(entra, coordinatore, rete, provincia):
    """4 May, 1 June, 6 July, 3 August: the warnings are shown, one date is taken off, the rest is created."""
    occupato = IncontroFactory(
        rete=ReteFactory(convocante=provincia, nome="Tavolo casa"), titolo="Altro incontro", stato="convocato",
        luogo="Sala", inizio=datetime(2027, 7, 6, 8, tzinfo=UTC),
    )  # fmt: skip
    client = entra(coordinatore)
    risposta = manda(client, rete)
    assert "agosto" in risposta.text
    assert f"occupata da «{occupato.titolo}» di Tavolo casa" in risposta.text
    assert viste(risposta) == "2027-05-04 2027-06-01 2027-07-06 2027-08-03"
    assert Incontro.objects.filter(rete=rete).count() == 0
    tenute = ["2027-05-04", "2027-06-01", "2027-07-06"]
    risposta = manda(client, rete, crea="1", viste=viste(risposta), giorni=tenute)
    serie = Incontro.objects.filter(rete=rete).order_by("inizio")
    assert [f"{i.inizio.astimezone(UTC):%Y-%m-%d %H}" for i in serie] == [f"{g} 08" for g in tenute]
    assert risposta.url == reverse("gestione_serie:scheda", args=[serie[0].serie])
    assert "Convoca tutte le 3 bozze" in client.get(risposta.url).text
    client.post(risposta.url)
    assert {i.stato for i in serie.all()} == {"convocato"}


def test_se_la_regola_cambia_si_guardano_di_nuovo_le_date(entra, coordinatore, rete):
    client = entra(coordinatore)
    prima = viste(manda(client, rete))
    risposta = manda(client, rete, crea="1", viste=prima, giorni=["2027-05-04"], giorno="2")
    assert "Le date sono cambiate" in risposta.text
    assert viste(risposta).startswith("2027-05-05 ")
    assert Incontro.objects.count() == 0


def test_senza_date_tenute_o_con_una_inventata_non_si_crea(entra, coordinatore, rete):
    client = entra(coordinatore)
    prima = viste(manda(client, rete))
    assert "Tieni almeno una data" in manda(client, rete, crea="1", viste=prima).text
    manda(client, rete, crea="1", viste=prima, giorni=["2027-12-25"])
    assert Incontro.objects.count() == 0


@pytest.mark.parametrize(
    ("campi", "frase"),
    [
        ({"dal": ""}, "Scrivi da quando comincia la serie."),
        ({"volte": ""}, "Scrivi fino a quando, oppure quante volte."),
        ({"al": "2027-04-01"}, "La fine viene prima dell"),
        ({"volte": "", "al": "2027-05-02"}, "la regola non dà nessuna data"),
        ({"volte": "", "al": "2099-01-01"}, "Le date sono più di 60"),
        ({"modo": "elenco", "elenco": ""}, "Scrivi almeno una data."),
        ({"modo": "elenco", "elenco": "31/2/2027"}, "«31/2/2027» non è una data"),
        ({"alle": "09:00"}, "La fine deve venire dopo l"),
        ({"luogo": ""}, "Scrivi dove ci si trova"),
    ],
)
def test_ogni_errore_dice_che_cosa_fare(entra, coordinatore, rete, campi, frase):
    risposta = manda(entra(coordinatore), rete, **campi)
    assert frase in risposta.text
    assert "proposte" not in risposta.context


def test_una_serie_che_non_esiste_e_404(entra, coordinatore):
    assert entra(coordinatore).get(reverse("gestione_serie:scheda", args=["inesistente"])).status_code == 404
