"""The calendar of what expires: list, page, and a feed behind a token that its owner revokes (R13)."""

from datetime import date

import pytest
from icalendar import Calendar

from accordi.models import Accordo
from accordi.queries.calendario import scadenze
from accordi.services.impegni import adempi_impegno, aggiungi_impegno
from accordi.services.recessi import registra_recesso
from reti.models import Abbonamento
from reti.services.abbonamenti import crea_abbonamento, revoca_abbonamento
from tests.accordi.vivi import enti, giorno, in_forza
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
OGGI = (2023, 6, 1)


@pytest.fixture
def accordo(coordinatore, provincia):
    return in_forza(coordinatore, *enti(2), titolo="Accordo, con; virgole")


@pytest.fixture
def impegno(accordo, coordinatore):
    dati = {"testo": "Sportello", "entro": date(2023, 7, 1)}
    return aggiungi_impegno(utente=coordinatore, accordo=accordo, parte=accordo.parti.all()[1], **dati)


def persona(accordo, n):
    return accordo.parti.all()[n].soggetto.rappresentanze.get().utente


def indirizzo(utente, soggetto=None):
    return f"/accordi/scadenze/{crea_abbonamento(utente=utente, soggetto=soggetto).gettone}.ics"


def letto(risposta):
    assert risposta.status_code == 200
    return [(e["DTSTART"].dt, str(e["SUMMARY"])) for e in Calendar.from_ical(risposta.content).walk("VEVENT")]


def test_giorni_in_ordine_di_scadenza_disdetta_recesso_e_impegni_aperti(accordo, impegno, coordinatore):
    with giorno(*OGGI):
        registra_recesso(
            utente=coordinatore, parte=accordo.parti.all()[2], comunicato_il=date(2023, 6, 1), motivo="Chiusura"
        )
        trovate = scadenze(Accordo.objects.all(), dal=date(2023, 6, 1))
    assert [(s.giorno, s.genere) for s in trovate] == [
        (date(2023, 7, 1), "impegno"),
        (date(2023, 7, 31), "recesso"),
        (date(2024, 1, 20), "disdetta"),
        (date(2024, 3, 20), "scadenza"),
    ]


def test_il_feed_si_legge_con_un_altra_libreria_e_mostra_a_ciascuno_il_suo(accordo, impegno, client):
    with giorno(*OGGI):
        assert letto(client.get(indirizzo(persona(accordo, 1)))) == [
            (date(2023, 7, 1), "Impegno: Sportello"),
            (date(2024, 1, 20), "Ultimo giorno per la disdetta: Accordo, con; virgole"),
            (date(2024, 3, 20), "Scade l'accordo: Accordo, con; virgole"),
        ]
        assert [giorno_ for giorno_, _t in letto(client.get(indirizzo(persona(accordo, 2))))] == [
            date(2024, 1, 20),
            date(2024, 3, 20),
        ]
        estraneo = enti(1)[0].rappresentanze.get().utente
        assert letto(client.get(indirizzo(estraneo))) == []


def test_un_giorno_intero_non_occupa_e_finisce_il_giorno_dopo(accordo, client, coordinatore):
    with giorno(*OGGI):
        testo = client.get(indirizzo(coordinatore)).content.decode()
    evento = testo[testo.index("BEGIN:VEVENT") : testo.index("END:VEVENT")]
    assert "DTSTART;VALUE=DATE:20240120\r\nDTEND;VALUE=DATE:20240121\r\n" in evento
    assert "TRANSP:TRANSPARENT" in evento


def test_niente_di_nuovo_e_un_304_e_un_impegno_adempiuto_cambia_la_versione(accordo, impegno, client, coordinatore):
    with giorno(*OGGI):
        url = indirizzo(persona(accordo, 1))
        prima = client.get(url)
        assert client.get(url, headers={"If-None-Match": prima["ETag"]}).status_code == 304
        adempi_impegno(utente=coordinatore, impegno=impegno, quando=date(2023, 6, 1))
        dopo = client.get(url, headers={"If-None-Match": prima["ETag"]})
    assert (dopo.status_code, b"Sportello" in dopo.content) == (200, False)


def test_revocato_il_gettone_o_finiti_i_poteri_il_feed_non_c_e_piu(accordo, client):
    utente = persona(accordo, 1)
    ente = accordo.parti.all()[1].soggetto
    with giorno(*OGGI):
        proprio, di_ente = indirizzo(utente), indirizzo(utente, ente)
        assert client.get(di_ente).status_code == 200
        ente.rappresentanze.update(al=date(2023, 5, 31))
        assert client.get(di_ente).status_code == 404
        assert letto(client.get(proprio)) == []
        revoca_abbonamento(utente=utente, pk=Abbonamento.objects.get(utente=utente, soggetto=None).pk)
        assert client.get(proprio).status_code == 404
        assert client.get("/accordi/scadenze/inventato.ics").status_code == 404


def test_quante_query_per_uno_e_per_tre_accordi(accordo, coordinatore, django_assert_num_queries):
    for altri in (0, 2):
        for _n in range(altri):
            in_forza(coordinatore, *enti(1))
        with giorno(*OGGI), django_assert_num_queries(3):
            list(scadenze(Accordo.objects.all(), dal=date(2023, 6, 1)))


def test_la_pagina_crea_l_indirizzo_e_lo_mostra(accordo, entra):
    utente = persona(accordo, 1)
    with giorno(*OGGI):
        pagina = entra(utente)
        assert pagina.post("/accordi/scadenze/").status_code == 302
        testo = pagina.get("/accordi/scadenze/").content.decode()
    assert f"/accordi/scadenze/{Abbonamento.objects.get(utente=utente).gettone}.ics" in testo


def test_l_ufficio_ha_l_elenco_per_mese_il_filtro_e_il_csv(accordo, impegno, entra):
    revisore = entra(UtenteFactory(ruolo="revisore"))
    with giorno(2023, 7, 2):
        pagina = revisore.get("/gestione/accordi/scadenze/").content.decode()
        assert "gennaio 2024" in pagina
        assert "in ritardo" in pagina
        filtrata = revisore.get("/gestione/accordi/scadenze/?genere=scadenza").content.decode()
        assert ("Scade l" in filtrata, "Sportello" in filtrata) == (True, False)
        righe = revisore.get("/gestione/accordi/scadenze.csv").content.decode("utf-8-sig").splitlines()
    assert righe[0] == "Giorno;Che cosa;Dettaglio;Accordo;Codice di verifica"
    assert [r.split(";")[0] for r in righe[1:]] == ["01/07/2023", "20/01/2024", "20/03/2024"]
