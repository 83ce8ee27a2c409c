"""Decisions followed until they are done: agenda, owner, term, export (R24)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errori import Rifiuto
from reti.models import Decisione, Incontro
from reti.queries.decisioni import FiltroDecisioni, decisioni_filtrate, ordine_iniziale, voci_scrivania
from reti.services.decisioni import concludi_decisione, riapri_decisione, segnala_fatta
from reti.services.incontri import crea_incontro
from tests.factories.reti import AdesioneFactory, IncontroFactory, RappresentanzaFactory, ReteFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory
from tests.factories.verbali import invia, redigi

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _dopo(orologio):
    with orologio(INIZIO + timedelta(days=1)):
        yield


@pytest.fixture
def rete(provincia):
    return ReteFactory(convocante=provincia, nome="Tavolo")


def tenuto(rete, inizio=INIZIO, **altro):
    return IncontroFactory(rete=rete, svolto=True, inizio=inizio, titolo=f"Seduta {inizio:%d/%m}", **altro)


def test_una_decisione_torna_in_ogni_ordine_del_giorno_finche_non_e_fatta(rete, coordinatore):
    """Over three meetings: carried to the second, to the third, and then gone."""
    primo = tenuto(rete)
    redigi(coordinatore, primo, decisioni=[{"testo": "Scrivere ai comuni.\nEntro marzo."}])
    decisione = primo.decisioni.get()
    titolo = "Decisione del 7 marzo 2023: Scrivere ai comuni. Entro marzo."
    for n in (1, 2):
        proposti = ordine_iniziale(rete)
        assert [(p.titolo, p.decisione) for p in proposti] == [(titolo, decisione)]
        inizio = INIZIO + timedelta(days=30 * n)
        nuovo = crea_incontro(
            utente=coordinatore,
            rete=rete,
            titolo=f"Seduta {n}",
            inizio=inizio,
            fine=inizio + timedelta(hours=1),
            ordine_del_giorno=f"Saluti\n{titolo}",
        )
        assert [p.decisione for p in nuovo.punti.all()] == [None, decisione]
    concludi_decisione(utente=coordinatore, decisione=decisione, esito="Scritto a tutti.")
    assert ordine_iniziale(rete) == []
    assert decisione.riprese.count() == 2


def test_l_ordine_del_giorno_propone_i_verbali_da_approvare_in_seduta(rete, coordinatore):
    rete.approvazione = "seduta"
    rete.save()
    invia(coordinatore, tenuto(rete))
    assert [p.titolo for p in ordine_iniziale(rete)] == ["Approvazione del verbale del 7 marzo 2023"]


def test_il_nuovo_incontro_parte_da_quello_che_e_rimasto(entra, rete, coordinatore):
    redigi(coordinatore, tenuto(rete), decisioni=[{"testo": "Scrivere"}])
    pagina = entra(coordinatore).get(f"{reverse('gestione_incontri:add')}?rete={rete.pk}").text
    assert "Decisione del 7 marzo 2023: Scrivere" in pagina


def test_concludere_vuole_una_nota_e_si_puo_riaprire(rete, coordinatore):
    redigi(coordinatore, tenuto(rete), decisioni=[{"testo": "Scrivere"}])
    decisione = Decisione.objects.get()
    with pytest.raises(Rifiuto, match="Scrivi com'è andata"):
        concludi_decisione(utente=coordinatore, decisione=decisione, esito=" ")
    fatta = concludi_decisione(utente=coordinatore, decisione=decisione, esito="Fatto.")
    assert (fatta.conclusa_il, fatta.esito) == (date(2023, 3, 8), "Fatto.")
    with pytest.raises(Rifiuto, match="già conclusa"):
        concludi_decisione(utente=coordinatore, decisione=decisione, esito="Ancora.")
    assert riapri_decisione(utente=coordinatore, decisione=decisione).conclusa_il is None
    with pytest.raises(PermissionDenied):
        concludi_decisione(utente=UtenteFactory(), decisione=decisione, esito="Mia.")


def test_l_ente_incaricato_dice_che_e_fatta_e_l_ufficio_conferma(entra, rete, coordinatore):
    ente = SoggettoFactory()
    seggio = AdesioneFactory(rete=rete, soggetto=ente)
    incontro = tenuto(rete)
    utente, estraneo = RappresentanzaFactory(soggetto=seggio.soggetto).utente, RappresentanzaFactory().utente
    redigi(coordinatore, incontro, decisioni=[{"testo": "Scrivere", "soggetto": ente}])
    client, url = entra(utente), reverse("tavoli:incarichi")
    decisione = Decisione.objects.get()
    assert client.post(url, {"decisione": decisione.pk, "nota": "Bozza."}).status_code == 404
    invia(coordinatore, incontro, decisioni=[{"id": decisione.pk, "testo": "Scrivere", "soggetto": ente}])
    assert [v.titolo for v in voci_scrivania(utente)] == ["Decisione da portare a termine: Scrivere"]
    assert "Scrivi che cosa" not in client.get(url).text
    client.post(url, {"decisione": decisione.pk, "nota": "Lettera spedita."})
    decisione.refresh_from_db()
    assert (decisione.segnalata_il, decisione.segnalazione) == (date(2023, 3, 8), "Lettera spedita.")
    assert voci_scrivania(utente) == []
    assert [v.titolo for v in voci_scrivania(coordinatore)] == ["Conferma che è fatta: Scrivere"]
    with pytest.raises(PermissionDenied):
        segnala_fatta(utente=estraneo, decisione=decisione, nota="Io.")
    client.force_login(estraneo)
    assert client.post(url, {"decisione": decisione.pk, "nota": "Io."}).status_code == 404


@pytest.fixture
def tre(rete, coordinatore):
    """Late, to come, done; the last without term."""
    decisioni = [
        {"testo": "Tardi", "entro": date(2023, 3, 7)},
        {"testo": "Poi", "entro": date(2023, 6, 1), "incaricato": coordinatore.get_full_name()},
        {"testo": "=CMD()"},
    ]
    redigi(coordinatore, tenuto(rete), decisioni=decisioni)
    concludi_decisione(utente=coordinatore, decisione=Decisione.objects.get(testo="=CMD()"), esito="Fatto.")


@pytest.mark.parametrize(
    ("filtro", "attese"),
    [
        (FiltroDecisioni(), ["Tardi", "Poi"]),
        (FiltroDecisioni("ritardo"), ["Tardi"]),
        (FiltroDecisioni("concluse"), ["=CMD()"]),
        (FiltroDecisioni("tutte", mie=True), ["Poi"]),
        (FiltroDecisioni("tutte", rete=99999), []),
        (FiltroDecisioni("segnalate"), []),
    ],
)
def test_i_filtri_scelgono(tre, coordinatore, filtro, attese):
    assert [d.testo for d in decisioni_filtrate(coordinatore, filtro)] == attese


def test_la_scrivania_dice_in_ritardo_e_in_scadenza(tre, coordinatore, orologio):
    assert [(v.titolo, v.urgenza) for v in voci_scrivania(coordinatore)] == [
        ("Decisione da portare a termine: Tardi", 0)
    ]
    with orologio(datetime(2023, 5, 25, 9, tzinfo=UTC)):
        assert [v.urgenza for v in voci_scrivania(coordinatore)] == [0, 1]


def test_il_csv_non_esegue_formule(entra, tre, coordinatore):
    risposta = entra(coordinatore).get(reverse("gestione_decisioni:csv"), {"stato": "concluse"})
    riga = risposta.content.decode().splitlines()[1]
    assert riga.split(";")[3:] == ["'=CMD()", "", "", "", "2023-03-08", "Fatto."]


@pytest.mark.parametrize("quante", [1, 3])
def test_l_elenco_non_interroga_di_piu_con_piu_decisioni(rete, coordinatore, quante, django_assert_num_queries):
    redigi(coordinatore, tenuto(rete), decisioni=[{"testo": f"D{n}"} for n in range(quante)])
    Incontro.objects.get().altre_reti.add(ReteFactory(nome="Casa", convocante=rete.convocante))
    with django_assert_num_queries(2):
        righe = decisioni_filtrate(coordinatore, FiltroDecisioni())
        assert [(d.incontro.tavoli, d.soggetto) for d in righe] == [("Tavolo e Casa", None)] * quante
