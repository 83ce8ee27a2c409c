"""Effect, expiry, notice, termination by dates; renewal in a chain; withdrawal of one party (R13)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accordi.durata import aggiungi_mesi, prosegue, ultimo_giorno
from accordi.models import Accordo
from accordi.queries.accordi import archi_accordi
from accordi.queries.legami import catena, parti_oggi
from accordi.services.avvisi_vita import avvisa_in_scadenza
from accordi.services.azioni import aggiungi_azione, porta_avanti
from accordi.services.durata import attiva_accordo, concludi_accordo, concludi_finiti, risolvi_accordo
from accordi.services.recessi import registra_recesso
from accordi.services.rinnovi import prepara_rinnovo
from accordi.services.risorse import conferisci, prometti_risorsa, togli_risorsa
from accordi.stati import StatoAccordo
from core.errori import Rifiuto
from core.models import Messaggio
from core.registro import righe_di
from tests.accordi.vivi import DAL, FIRMATO, SCADE, enti, giorno, in_forza
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def accordo(coordinatore, provincia, rappresentante):
    return in_forza(coordinatore, rappresentante.soggetto)


@pytest.fixture
def in_tre(coordinatore, provincia):
    return in_forza(coordinatore, *enti(2))


@pytest.mark.parametrize(
    ("dal", "mesi", "ultimo"),
    [
        (date(2023, 2, 8), 12, date(2024, 2, 7)),
        (date(2024, 1, 31), 1, date(2024, 2, 28)),
        (date(2023, 3, 1), 12, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2023, 11, 15), 3, date(2024, 2, 14)),
    ],
)
def test_i_mesi_si_contano_sul_calendario(dal, mesi, ultimo):
    assert ultimo_giorno(dal, mesi) == ultimo


def test_un_periodo_prosegue_con_la_stessa_durata_anche_oltre_il_29_febbraio():
    assert aggiungi_mesi(date(2024, 1, 31), 13) == date(2025, 2, 28)
    assert prosegue(date(2023, 3, 1), date(2024, 2, 29)) == (date(2024, 3, 1), date(2025, 2, 28))
    assert prosegue(date(2023, 3, 1), date(2023, 3, 20)) == (date(2023, 3, 21), date(2023, 4, 9))


def test_scade_il_giorno_dopo_senza_che_niente_sia_girato(accordo):
    """R13: the last day is in force, the day after says expired."""
    with giorno(2024, 3, 20):
        assert (accordo.stato_attuale, accordo.in_vita) == (StatoAccordo.ATTIVO, True)
        assert list(Accordo.objects.in_vigore()) == [accordo]
    with giorno(2024, 3, 21):
        assert (accordo.stato_attuale, accordo.stato, accordo.in_vita) == (StatoAccordo.SCADUTO, "attivo", False)
        assert list(Accordo.objects.in_vigore()) == []
    assert list(Accordo.objects.in_vigore(DAL - timedelta(days=1))) == []


def test_la_fine_si_registra_anche_dalla_pagina_dopo_la_scadenza(accordo, coordinatore, entra):
    """R13: the button is there from the day after until someone has used it."""
    pagina, gesto = f"/gestione/accordi/{accordo.pk}/vita/", f"/gestione/accordi/{accordo.pk}/vita/concludi/"
    with giorno(2024, 3, 20):
        client = entra(coordinatore)
        assert "Registra la fine" not in client.get(pagina).content.decode()
        assert "non è ancora finito" in client.post(gesto).content.decode()
    with giorno(2024, 3, 21):
        client = entra(coordinatore)
        assert f'href="{gesto}"' in client.get(pagina).content.decode()
        assert client.post(gesto).url == pagina
        assert "Registra la fine" not in client.get(pagina).content.decode()
    accordo.refresh_from_db()
    assert (accordo.stato, righe_di(accordo).last().azione) == (StatoAccordo.SCADUTO, "accordo.scaduto")


def test_il_lavoro_periodico_lo_scrive_una_volta_sola(accordo):
    with giorno(2024, 3, 21):
        assert (concludi_finiti(), concludi_finiti()) == (1, 0)
    accordo.refresh_from_db()
    assert accordo.stato == StatoAccordo.SCADUTO
    assert righe_di(accordo).filter(azione="accordo.scaduto").count() == 1


def test_non_si_conclude_prima_del_giorno(accordo, coordinatore):
    with giorno(2024, 3, 20), pytest.raises(Rifiuto, match="non è ancora finito"):
        concludi_accordo(utente=coordinatore, accordo=accordo)


def test_l_ultimo_giorno_per_la_disdetta_lascia_intero_il_preavviso(accordo):
    """R13: sixty days from 20 January 2024, over a 29 February, end on 20 March."""
    assert accordo.ultimo_giorno_disdetta == date(2024, 1, 20)


@pytest.mark.parametrize(
    ("quando", "oggetti"),
    [
        ((2023, 10, 21), []),
        ((2023, 10, 22), ["Ultimo giorno per la disdetta, 20/01/2024: Accordo di prova"]),
        (
            (2023, 12, 21),
            ["Scade il 20/03/2024: Accordo di prova", "Ultimo giorno per la disdetta, 20/01/2024: Accordo di prova"],
        ),
        ((2024, 1, 21), ["Scade il 20/03/2024: Accordo di prova"]),
        ((2024, 3, 20), ["Scade il 20/03/2024: Accordo di prova"]),
        ((2024, 3, 21), []),
    ],
)
def test_gli_avvisi_partono_ai_giorni_stabiliti_una_volta_ciascuno(
    accordo, coordinatore, rappresentante, quando, oggetti
):
    """R13: to the parties and to the office, never after."""
    with giorno(*quando):
        avvisa_in_scadenza()
        avvisa_in_scadenza()
    for email in (rappresentante.utente.email, rappresentante.soggetto.email, coordinatore.email):
        assert sorted(Messaggio.objects.filter(destinatario=email).values_list("oggetto", flat=True)) == oggetti


def test_ogni_soglia_ha_il_suo_avviso(accordo, rappresentante):
    """90, 30 and 7 days before: three mails for the expiry, in five months of daily runs."""
    for n in range(150):
        with giorno(2023, 11, 1) if n == 0 else giorno(*(date(2023, 11, 1) + timedelta(days=n)).timetuple()[:3]):
            avvisa_in_scadenza()
    avvisi = Messaggio.objects.filter(destinatario=rappresentante.utente.email, oggetto__startswith="Scade il")
    assert [m.chiave.split("-")[-2] if "@" not in m.chiave.split("-")[-2] else "" for m in avvisi.order_by("pk")] == [
        "90",
        "30",
        "7",
    ]


def test_un_preavviso_piu_lungo_dell_accordo_e_rifiutato(accordo, coordinatore):
    Accordo.objects.filter(pk=accordo.pk).update(stato="sottoscritto")
    dati = {"efficace_dal": DAL, "scade_il": DAL + timedelta(days=30), "preavviso_giorni": 31}
    with giorno(2023, 3, 21), pytest.raises(Rifiuto, match="più lungo dell'accordo"):
        attiva_accordo(utente=coordinatore, accordo=accordo, **dati)


# -- Termination ---------------------------------------------------------------


def test_la_risoluzione_ha_motivo_atto_e_data_e_si_scrive_a_tutti(accordo, coordinatore, rappresentante):
    with giorno(2023, 9, 1):
        risolvi_accordo(
            utente=coordinatore, accordo=accordo, motivo="Inadempimento", atto="Det. 9/2023", dal=date(2023, 9, 1)
        )
    accordo.refresh_from_db()
    assert (accordo.stato, accordo.cessato_dal) == (StatoAccordo.RISOLTO, date(2023, 9, 1))
    mail = Messaggio.objects.get(destinatario=rappresentante.utente.email)
    assert (mail.oggetto, "Risolto con Det. 9/2023: Inadempimento" in mail.testo) == (
        "Accordo concluso: Accordo di prova",
        True,
    )
    assert list(Accordo.objects.in_vigore(date(2023, 8, 31))) == [accordo]
    assert list(Accordo.objects.in_vigore(date(2023, 9, 1))) == []


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        ({"motivo": ""}, "Scrivi il motivo"),
        ({"atto": " "}, "Indica l'atto"),
        ({"dal": date(2023, 9, 2)}, "data futura"),
        ({"dal": date(2023, 3, 1)}, "prima dell'efficacia"),
    ],
)
def test_una_risoluzione_incompleta_e_rifiutata(accordo, coordinatore, dati, frase):
    completi = {"motivo": "Inadempimento", "atto": "Det. 9/2023", "dal": date(2023, 9, 1)}
    with giorno(2023, 9, 1), pytest.raises(Rifiuto, match=frase):
        risolvi_accordo(utente=coordinatore, accordo=accordo, **completi | dati)


# -- Renewal ---------------------------------------------------------------------


def test_il_rinnovo_ha_le_stesse_parti_e_le_date_che_seguono_e_il_padre_resta_com_e(accordo, coordinatore):
    """R13."""
    with giorno(2024, 2, 1):
        rinnovo = prepara_rinnovo(utente=coordinatore, accordo=accordo)
        ancora = prepara_rinnovo(utente=coordinatore, accordo=accordo)
    assert ancora == rinnovo
    assert (rinnovo.stato, rinnovo.titolo, rinnovo.legame) == ("bozza", "Rinnovo: Accordo di prova", "rinnovo")
    assert (rinnovo.efficace_dal, rinnovo.scade_il) == (date(2024, 3, 21), date(2025, 3, 20))
    assert [p.soggetto for p in rinnovo.parti.all()] == [p.soggetto for p in accordo.parti.all()]
    accordo.refresh_from_db()
    assert (accordo.stato, accordo.scade_il) == ("attivo", SCADE)
    assert catena(accordo) == catena(rinnovo) == [accordo, rinnovo]


def test_il_rinnovo_ripropone_risorse_e_azioni_di_chi_resta(in_tre, coordinatore):
    """R13: nothing given, nothing begun, no dates; in the draft they are changed or taken away."""
    _provincia, resta, esce = in_tre.parti.all()
    campi = {"area": "formazione", "descrizione": "Aule", "unita": "ore", "promesso": Decimal(40)}
    with giorno(2023, 6, 1):
        for parte in (resta, esce):
            risorsa = prometti_risorsa(utente=coordinatore, accordo=in_tre, parte=parte, **campi)
        conferisci(utente=coordinatore, risorsa=risorsa, quando=date(2023, 5, 31), quantita=Decimal(4))
        for nome, parti in {"Di tutti": [], "Di due": [resta, esce], "Di chi esce": [esce], "Persa": []}.items():
            dati = {"tipo": "promozione", "descrizione": nome, "dal": DAL}
            azione = aggiungi_azione(utente=coordinatore, accordo=in_tre, parti=parti, **dati)
        porta_avanti(utente=coordinatore, azione=azione, nuovo="abbandonata", esito="Nessuno è venuto.")
        registra_recesso(utente=coordinatore, parte=esce, comunicato_il=date(2023, 6, 1), motivo="M")
    with giorno(2024, 2, 1):
        rinnovo = prepara_rinnovo(utente=coordinatore, accordo=in_tre)
        (proposta,) = rinnovo.risorse.all()
        assert (proposta.parte.soggetto, proposta.promesso, proposta.conferimenti.count()) == (resta.soggetto, 40, 0)
        assert {(a.descrizione, a.stato, a.dal, a.parti.count()) for a in rinnovo.azioni.all()} == {
            ("Di tutti", "prevista", None, 0),
            ("Di due", "prevista", None, 1),
        }
        with pytest.raises(Rifiuto, match="non è firmato da tutti"):
            conferisci(utente=coordinatore, risorsa=proposta, quando=date(2024, 1, 1), quantita=Decimal(1))
        togli_risorsa(utente=coordinatore, risorsa=proposta)
        nuova = rinnovo.parti.get(soggetto=resta.soggetto)
        prometti_risorsa(utente=coordinatore, accordo=rinnovo, parte=nuova, **campi | {"promesso": Decimal(60)})
    assert [r.promesso for r in rinnovo.risorse.all()] == [60]
    assert in_tre.risorse.count() == 2


def test_padre_e_rinnovo_si_richiamano(accordo, coordinatore, rappresentante, entra):
    """R13: on both pages of the office; for a party once the text went out."""
    with giorno(2024, 2, 1):
        rinnovo = prepara_rinnovo(utente=coordinatore, accordo=accordo)
    office = "/gestione/accordi/{}/"
    for qui, la in ((accordo, rinnovo), (rinnovo, accordo)):
        assert office.format(la.pk) in entra(coordinatore).get(office.format(qui.pk)).content.decode()
    client = entra(rappresentante.utente)
    assert rinnovo.codice not in client.get(accordo.get_absolute_url()).content.decode()
    Accordo.objects.filter(pk=rinnovo.pk).update(stato=StatoAccordo.SOTTOSCRITTO, sottoscritto_il=FIRMATO)
    for qui, la in ((accordo, rinnovo), (rinnovo, accordo)):
        assert la.get_absolute_url() in client.get(qui.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("campi", "quando", "frase"),
    [
        ({}, (2024, 6, 19), "più di 90 giorni fa"),
        ({"stato": "risolto"}, (2024, 2, 1), "oggi è «Risolto»"),
        ({"stato": "bozza"}, (2024, 2, 1), "oggi è «Bozza»"),
        ({"scade_il": None}, (2024, 2, 1), "non ha scadenza"),
    ],
)
def test_non_si_rinnova_quel_che_non_e_in_vigore_o_e_scaduto_da_troppo(accordo, coordinatore, campi, quando, frase):
    Accordo.objects.filter(pk=accordo.pk).update(**campi)
    with giorno(*quando), pytest.raises(Rifiuto, match=frase):
        prepara_rinnovo(utente=coordinatore, accordo=accordo)


def test_a_novanta_giorni_dalla_scadenza_si_rinnova_ancora(accordo, coordinatore):
    with giorno(2024, 6, 18):
        assert prepara_rinnovo(utente=coordinatore, accordo=accordo).padre == accordo


# -- Withdrawal --------------------------------------------------------------------


def recedi(accordo, coordinatore, n=1, **altro):
    dati = {"comunicato_il": date(2023, 9, 1), "motivo": "Non abbiamo più personale."} | altro
    return registra_recesso(utente=coordinatore, parte=accordo.parti.all()[n], **dati)


def test_una_parte_recede_e_le_altre_restano_vincolate(in_tre, coordinatore):
    """R13: sixty days from 1 September are 31 October."""
    with giorno(2023, 9, 4):
        recesso = recedi(in_tre, coordinatore)
    assert recesso.efficace_dal == date(2023, 10, 31)
    in_tre.refresh_from_db()
    assert (in_tre.stato, in_tre.cessato_dal) == ("attivo", None)
    uscente, resta = (p.soggetto.slug for p in list(in_tre.parti.all())[1:])
    assert [p.uscita for p in parti_oggi(in_tre, date(2023, 10, 30))] == [False, False, False]
    assert [p.uscita for p in parti_oggi(in_tre, date(2023, 10, 31))] == [False, True, False]
    legami = {a.a: a.al for a in archi_accordi(date(2023, 10, 30))}
    assert legami == {uscente: date(2023, 10, 30), resta: SCADE}
    assert [a.a for a in archi_accordi(date(2023, 10, 31))] == [resta]


def test_il_recesso_si_comunica_a_tutte_le_parti(in_tre, coordinatore):
    with giorno(2023, 9, 4):
        recesso = recedi(in_tre, coordinatore)
    for parte in list(in_tre.parti.all())[1:]:
        mail = Messaggio.objects.get(destinatario=parte.soggetto.rappresentanze.get().utente.email)
        assert mail.oggetto == f"Recesso di {recesso.parte}: Accordo di prova"
        assert "Dal 31/10/2023 non è più vincolata. Le altre parti restano vincolate" in mail.testo


def test_con_l_ultima_delle_due_parti_finisce_tutto_quel_giorno(accordo, coordinatore):
    with giorno(2023, 9, 4):
        recedi(accordo, coordinatore)
    accordo.refresh_from_db()
    assert accordo.cessato_dal == date(2023, 10, 31)
    with giorno(2023, 10, 30):
        assert accordo.stato_attuale == StatoAccordo.ATTIVO
    with giorno(2023, 10, 31):
        assert accordo.stato_attuale == StatoAccordo.RECESSO
        assert concludi_finiti() == 1
    accordo.refresh_from_db()
    assert accordo.stato == StatoAccordo.RECESSO


def test_se_recede_la_provincia_finisce_tutto(in_tre, coordinatore):
    with giorno(2023, 9, 4):
        recedi(in_tre, coordinatore, n=0)
    in_tre.refresh_from_db()
    assert in_tre.cessato_dal == date(2023, 10, 31)


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        ({"efficace_dal": date(2023, 10, 30)}, "ha effetto dal 31/10/2023"),
        ({"comunicato_il": date(2023, 9, 5)}, "data futura"),
        ({"comunicato_il": date(2023, 3, 20)}, "non aveva ancora effetto"),
        ({"efficace_dal": date(2024, 3, 21)}, "L'accordo scade prima"),
        ({"motivo": ""}, "Scrivi il motivo"),
    ],
)
def test_un_recesso_con_le_date_sbagliate_e_rifiutato(in_tre, coordinatore, dati, frase):
    with giorno(2023, 9, 4), pytest.raises(Rifiuto, match=frase):
        recedi(in_tre, coordinatore, **dati)


def test_non_si_recede_due_volte(in_tre, coordinatore):
    with giorno(2023, 9, 4):
        recedi(in_tre, coordinatore)
        with pytest.raises(Rifiuto, match="già comunicato il recesso"):
            recedi(in_tre, coordinatore)


@pytest.mark.parametrize("ruolo", ["revisore", "redattore", "operatore_cpi"])
def test_chi_non_coordina_non_tocca_la_durata(accordo, ruolo):
    utente = UtenteFactory(ruolo=ruolo)
    gesti = (
        lambda: prepara_rinnovo(utente=utente, accordo=accordo),
        lambda: recedi(accordo, utente),
        lambda: risolvi_accordo(utente=utente, accordo=accordo, motivo="x", atto="y", dal=DAL),
        lambda: concludi_accordo(utente=utente, accordo=accordo),
    )
    for gesto in gesti:
        with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
            gesto()
