"""The desk of terms: what is due first, in words and as a bar; warnings once for each threshold (R01)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accordi.models import Accordo, Istanza
from accordi.queries.scadenze import Scadenza, Tratto, scadenze
from accordi.queries.termini import casi_in_ritardo, clock
from accordi.services.avvisi_termine import avvisa_termini
from accordi.stati import StatoAccordo, StatoIstanza
from core.models import Messaggio
from tests.accordi.test_termini import firmata, presentata
from tests.factories.accordi import AvvisoFactory, IstanzaFactory, SospensioneFactory
from tests.factories.monitoraggio import IndicatoreFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
INDICE = reverse("accordi_termini:index")
OGGI = datetime(2023, 4, 10, 9, tzinfo=UTC)


def dopo(giorni: int) -> datetime:
    """So many days after the protocol date of `presentata()`."""
    return datetime(2023, 3, 1, 9, tzinfo=UTC) + timedelta(days=giorni)


def di(nome, **altro):
    return presentata(capofila__denominazione=nome, **altro)


def nomi(risposta):
    return [r.istanza.capofila.denominazione for r in risposta.context["pagina"]]


def test_corrono_le_istanze_presentate_senza_un_accordo_firmato_e_senza_un_esito_negativo(orologio):
    in_corso = [presentata(), presentata(stato=StatoIstanza.AMMESSA)]
    accordo = firmata(in_corso[1], date(2023, 3, 20))
    Accordo.objects.filter(pk=accordo.pk).update(stato=StatoAccordo.IN_FIRMA, sottoscritto_il=None)
    firmata(presentata(stato=StatoIstanza.AMMESSA), date(2023, 3, 20))
    presentata(stato=StatoIstanza.RESPINTA, esito_il=OGGI)
    presentata(stato=StatoIstanza.RITIRATA, esito_il=OGGI)
    IstanzaFactory()
    with orologio(OGGI):
        assert [r.istanza for r in scadenze(Istanza.objects.all())] == in_corso


def test_prima_le_piu_in_ritardo_poi_quelle_che_scadono_prima(entra, coordinatore, orologio):
    """R01: on day 31 an unsigned one is late with no job having run."""
    di("Tempo", il=date(2023, 4, 1))
    di("Tardi di dieci", il=date(2023, 3, 1))
    di("Tardi di uno", il=date(2023, 3, 10))
    di("Scade oggi", il=date(2023, 3, 11))
    SospensioneFactory(istanza=di("Sospesa", il=date(2023, 3, 12), avviso__conta_netto=True), dal=date(2023, 3, 20))
    with orologio(OGGI):
        risposta = entra(coordinatore).get(INDICE)
    assert nomi(risposta) == ["Tardi di dieci", "Tardi di uno", "Scade oggi", "Tempo", "Sospesa"]
    assert [r.frase for r in risposta.context["pagina"]] == [
        "in ritardo di 10 giorni", "in ritardo di 1 giorno", "scade oggi", "mancano 21 giorni", "mancano 22 giorni",
    ]  # fmt: skip
    assert risposta.context["conteggi"] == {"ritardo": 2, "scadenza": 1, "sospesa": 1, "tempo": 1}
    testo = risposta.content.decode()
    assert "sospeso dal 20/03/2023, si aspetta la risposta" in testo
    assert "Giorno 8 di 30, al netto delle sospensioni" in testo
    assert "lordi 29, netti 8" in testo


def test_la_barra_mostra_i_giorni_passati_quelli_sospesi_e_quelli_oltre():
    istanza = presentata()
    SospensioneFactory(istanza=istanza, dal=date(2023, 3, 11), al=date(2023, 3, 21))
    riga = Scadenza(istanza, clock(istanza, date(2023, 4, 10)))
    assert riga.tratti == [
        Tratto("passati", "0.00%", "75.00%"),
        Tratto("oltre", "75.00%", "25.00%"),
        Tratto("fermi", "25.00%", "25.00%"),
    ]


def test_i_filtri_stanno_nell_indirizzo_e_uno_sbagliato_si_dice(entra, coordinatore, orologio):
    anna = UtenteFactory(ruolo="coordinatore")
    gol = AvvisoFactory(gol=True)
    di("Tardi", avviso=gol)
    di("Di Anna", il=date(2023, 4, 1), responsabile=anna)
    client = entra(coordinatore)
    with orologio(OGGI):
        assert nomi(client.get(INDICE, {"situazione": "ritardo"})) == ["Tardi"]
        assert nomi(client.get(INDICE, {"tipo": "partenariato_gol"})) == ["Tardi"]
        assert nomi(client.get(INDICE, {"avviso": gol.pk})) == ["Tardi"]
        assert nomi(client.get(INDICE, {"responsabile": anna.pk})) == ["Di Anna"]
        assert nomi(client.get(INDICE, {"senza_responsabile": "on"})) == ["Tardi"]
        risposta = client.get(INDICE, {"situazione": "boh", "responsabile": "x"})
    assert nomi(risposta) == ["Tardi", "Di Anna"]
    assert "Il filtro «Situazione» ha un valore che non conosco: l&#x27;ho tolto." in risposta.content.decode()


def test_il_csv_ha_le_stesse_righe_e_nessuna_formula(entra, coordinatore, orologio):
    istanza = di("=SOMMA(A1)", avviso__titolo="Avviso uno")
    SospensioneFactory(istanza=istanza, dal=date(2023, 3, 11), al=date(2023, 3, 21))
    with orologio(OGGI):
        risposta = entra(coordinatore).get(reverse("accordi_termini:csv"), {"situazione": "ritardo"})
    righe = risposta.content.decode("utf-8-sig").splitlines()
    assert risposta["Content-Disposition"] == 'attachment; filename="termini-2023-04-10.csv"'
    assert righe[1] == (
        f"{istanza.protocollo.numero}/2023;01/03/2023;'=SOMMA(A1);Avviso uno;Presentata;31/03/2023;40;30;30;lordi;"
        "in ritardo di 10 giorni;11/03/2023–21/03/2023;"
    )
    assert len(righe) == 2


@pytest.mark.parametrize("quante", [1, 3])
def test_le_interrogazioni_non_crescono_con_le_righe(quante, django_assert_num_queries, orologio):
    for _n in range(quante):
        SospensioneFactory(istanza=presentata(responsabile=UtenteFactory()), dal=date(2023, 3, 11))
    with orologio(OGGI), django_assert_num_queries(3):
        assert [len(r.tratti) for r in scadenze(Istanza.objects.all())] == [3] * quante


def test_il_responsabile_e_avvisato_una_volta_per_ogni_soglia_e_quando_e_tardi(orologio, consegna_posta):
    istanza = presentata(responsabile=UtenteFactory(email="anna@prova.example"), capofila__denominazione="Ente Uno")
    mandate = {}
    for giorno in range(36):
        with orologio(dopo(giorno)):
            if quante := avvisa_termini():
                mandate[giorno] = quante
            assert avvisa_termini() == 0
            consegna_posta()
    assert mandate == {20: 1, 25: 1, 29: 1, 31: 1}
    assert [m.subject for m in mail.outbox] == [
        "Termine per firmare, mancano 10 giorni: Ente Uno",
        "Termine per firmare, mancano 5 giorni: Ente Uno",
        "Termine per firmare, manca 1 giorno: Ente Uno",
        "Termine per firmare, in ritardo di 1 giorno: Ente Uno",
    ]
    assert {tuple(m.to) for m in mail.outbox} == {("anna@prova.example",)}
    assert "Termine: 31/03/2023 (giorno 31 di 30)" in mail.outbox[-1].body
    assert f"/gestione/istanze/{istanza.pk}/" in mail.outbox[-1].body


def test_chi_arriva_dopo_dice_solo_la_soglia_piu_vicina_e_senza_responsabile_a_tutti_i_coordinatori(orologio):
    presentata()
    via = UtenteFactory(is_active=False)
    presentata(responsabile=via)
    for n in range(2):
        UtenteFactory(ruolo="coordinatore", email=f"c{n}@prova.example")
    with orologio(dopo(27)):
        assert (avvisa_termini(), avvisa_termini()) == (4, 0)
    assert set(Messaggio.objects.values_list("destinatario", flat=True)) == {"c0@prova.example", "c1@prova.example"}


def test_un_termine_fermo_non_avvisa_e_uno_spostato_avvisa_di_nuovo(orologio):
    responsabile = UtenteFactory()
    istanza = presentata(avviso__conta_netto=True, responsabile=responsabile)
    with orologio(dopo(21)):
        assert avvisa_termini() == 1
    sospensione = SospensioneFactory(istanza=istanza, dal=dopo(22).date())
    for giorno in (24, 30, 40):
        with orologio(dopo(giorno)):
            assert avvisa_termini() == 0
    sospensione.al = dopo(40).date()
    sospensione.save()
    with orologio(dopo(41)):
        assert avvisa_termini() == 1


def test_b5_apre_esattamente_i_casi_in_ritardo_che_la_scrivania_mostra(entra, coordinatore, orologio):
    """B5 and the desk read one list: what isn't signed; B5 also has what was signed too late."""
    gol = AvvisoFactory(gol=True)
    tardi, firmato_tardi, in_tempo = (di(n, avviso=gol) for n in ("Tardi", "Firmato tardi", "In tempo"))
    firmata(firmato_tardi, date(2023, 4, 5))
    firmata(in_tempo, date(2023, 3, 31))
    di("Nei termini", avviso=gol, il=date(2023, 4, 1))
    di("Altro tipo")
    b5 = IndicatoreFactory(ritardi=True)
    client = entra(coordinatore)
    indirizzo = reverse("peg:record", args=[b5.obiettivo.codice, "B5"])
    with orologio(OGGI):
        pagina = client.get(indirizzo, {"al": "2023-04-10"})
        scrivania = client.get(INDICE, {"situazione": "ritardo", "tipo": "partenariato_gol"})
        casi = casi_in_ritardo(tipo="partenariato_gol", dal=date(2023, 1, 1), al=date(2023, 4, 10))
    contati = [e.oggetto for gruppo, righe in pagina.context["gruppi"] if gruppo.contato for e in righe]
    assert sorted(contati, key=lambda i: i.pk) == casi == [tardi, firmato_tardi]
    assert [r.istanza for r in scrivania.context["pagina"]] == [i for i in casi if i != firmato_tardi]
    for istanza in casi:
        collegamento = reverse("accordi_istanze:istruttoria", args=[istanza.pk])
        assert collegamento in pagina.content.decode()
        assert client.get(collegamento).status_code == 200
