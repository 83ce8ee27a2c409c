"""Opening hours by table: no database, the instant is an argument."""

from datetime import date, time

import pytest

from core.feste import Ricorrenza, festa, feste_nazionali
from punti_informativi.orari import Calendario, Deroga, Fascia
from punti_informativi.turni import sovrapposizione

OMOBONO = Ricorrenza(13, 11, "Sant'Omobono")
# Monday and Wednesday morning, Tuesday twice, Thursday by appointment.
SETTIMANA = (
    Fascia(0, time(9), time(12, 30)),
    Fascia(1, time(9), time(12, 30)),
    Fascia(1, time(14), time(16)),
    Fascia(2, time(9), time(12, 30)),
    Fascia(3, time(14, 30), time(17), su_appuntamento=True),
)
PUNTO = Calendario(SETTIMANA, patrono=OMOBONO)
FERIE = Deroga(date(2023, 8, 7), date(2023, 8, 25), motivo="Ferie")
APERTO_IN_FERIE = Deroga(date(2023, 8, 16), date(2023, 8, 16), False, time(10), time(12), "Sportello estivo")


def _ore(calendario, *giorno):
    scelto = calendario.giorno(date(*giorno))
    return " ".join(map(str, scelto.intervalli)), scelto.motivo


AGOSTO_CORTO = Deroga(date(2023, 8, 1), date(2023, 8, 31), False, time(9), time(11), "Orario estivo")
SERA = Deroga(date(2023, 8, 16), date(2023, 8, 16), False, time(20), time(23, 59), "Notte bianca")
SI_TOCCA = Deroga(date(2023, 8, 16), date(2023, 8, 16), False, time(12), time(13))
SI_SOVRAPPONE = Deroga(date(2023, 8, 16), date(2023, 8, 16), False, time(11), time(12, 30))


@pytest.mark.parametrize(
    ("deroghe", "giorno", "atteso"),
    [
        ((FERIE, APERTO_IN_FERIE), (2023, 8, 16), ("10–12", "Sportello estivo")),
        ((FERIE, APERTO_IN_FERIE), (2023, 8, 17), ("", "Ferie")),
        ((AGOSTO_CORTO, APERTO_IN_FERIE), (2023, 8, 16), ("10–12", "Sportello estivo")),
        ((AGOSTO_CORTO, APERTO_IN_FERIE), (2023, 8, 19), ("9–11", "Orario estivo")),
        ((AGOSTO_CORTO, FERIE), (2023, 8, 7), ("", "Ferie")),
        ((AGOSTO_CORTO, FERIE), (2023, 8, 6), ("9–11", "Orario estivo")),
        ((APERTO_IN_FERIE, SERA), (2023, 8, 16), ("10–12 20–24", "Sportello estivo")),
        ((APERTO_IN_FERIE, SI_TOCCA), (2023, 8, 16), ("10–13", "Sportello estivo")),
        ((APERTO_IN_FERIE, SI_SOVRAPPONE), (2023, 8, 16), ("10–12:30", "Sportello estivo")),
        ((AGOSTO_CORTO,), (2023, 8, 15), ("9–11", "Orario estivo")),
        ((FERIE,), (2023, 8, 28), ("9–12:30", "")),
    ],
)
def test_decide_l_eccezione_piu_corta_che_copre_il_giorno(deroghe, giorno, atteso):
    """R30: overlapping exceptions; an opening on a date holds also on a holiday."""
    assert _ore(Calendario(SETTIMANA, deroghe), *giorno) == atteso


@pytest.mark.parametrize(
    ("proprie", "dell_ospite", "atteso"),
    [
        ((), (FERIE,), ("", "Ferie")),
        ((APERTO_IN_FERIE,), (FERIE,), ("10–12", "Sportello estivo")),
        ((AGOSTO_CORTO,), (APERTO_IN_FERIE,), ("9–11", "Orario estivo")),
        ((FERIE,), (APERTO_IN_FERIE,), ("", "Ferie")),
        ((), (FERIE, APERTO_IN_FERIE), ("10–12", "Sportello estivo")),
        ((), (), ("9–12:30", "")),
    ],
)
def test_l_eccezione_del_punto_vince_su_quella_dell_ospite(proprie, dell_ospite, atteso):
    """R34: one edit for all, unless a point has its own, however long it lasts."""
    assert _ore(Calendario(SETTIMANA, proprie, deroghe_ospite=dell_ospite), 2023, 8, 16) == atteso


@pytest.mark.parametrize(
    ("giorno", "atteso"),
    [
        ((2023, 4, 9), ("", "Pasqua")),
        ((2023, 4, 10), ("", "Lunedì dell'Angelo")),
        ((2024, 4, 1), ("", "Lunedì dell'Angelo")),
        ((2024, 2, 29), ("14:30–17", "")),
        ((2023, 11, 13), ("", "Sant'Omobono")),
        ((2023, 12, 25), ("", "Natale")),
        ((2024, 1, 1), ("", "Capodanno")),
        ((2024, 1, 2), ("9–12:30 14–16", "")),
    ],
)
def test_feste_patrono_pasquetta_e_giorno_bisestile(giorno, atteso):
    """R30: national holidays, the patron saint, Easter Monday, leap day, year end."""
    assert _ore(PUNTO, *giorno) == atteso


def test_un_patrono_del_29_febbraio_cade_solo_negli_anni_bisestili():
    punto = Calendario(SETTIMANA, patrono=Ricorrenza(29, 2, "Sant'Augusto"))
    assert [_ore(punto, 2024, 2, 29), _ore(punto, 2023, 3, 1)] == [("", "Sant'Augusto"), ("9–12:30", "")]


def test_un_giorno_di_cui_non_si_sa_niente_non_e_chiuso():
    """R30: unknown is said as unknown; a closure on a date is known all the same."""
    giorni = Calendario(deroghe=(FERIE,)).giorni(date(2023, 8, 6), 2)
    assert [(g.noto, g.motivo) for g in giorni] == [(False, ""), (True, "Ferie")]


def test_le_fasce_che_si_toccano_sono_una_sola_se_di_un_solo_tipo():
    fasce = (
        Fascia(0, time(12), time(14)),
        Fascia(0, time(9), time(12)),
        Fascia(0, time(14), time(16), su_appuntamento=True),
    )
    assert [(str(i), i.su_appuntamento) for i in Calendario(fasce).della_settimana(0)] == [
        ("9–14", False),
        ("14–16", True),
    ]


def test_tra_eccezioni_uguali_vince_la_chiusura():
    giorno = date(2023, 5, 9)
    punto = Calendario(SETTIMANA, (Deroga(giorno, giorno, False, time(9), time(11)), Deroga(giorno, giorno)))
    assert punto.giorno(giorno).intervalli == ()
    assert punto.giorno(giorno).motivo == "Chiusura straordinaria"


def test_quattordici_giorni_con_ponte_e_feste():
    """R30: the next 14 days."""
    giorni = PUNTO.giorni(date(2023, 4, 20), 14)
    assert [(g.data.day, " ".join(map(str, g.intervalli)), g.motivo) for g in giorni] == [
        (20, "14:30–17", ""),
        (21, "", ""),
        (22, "", ""),
        (23, "", ""),
        (24, "9–12:30", ""),
        (25, "", "Anniversario della Liberazione"),
        (26, "9–12:30", ""),
        (27, "14:30–17", ""),
        (28, "", ""),
        (29, "", ""),
        (30, "", ""),
        (1, "", "Festa del Lavoro"),
        (2, "9–12:30 14–16", ""),
        (3, "9–12:30", ""),
    ]


def test_le_feste_nazionali_sono_quelle_di_legge():
    attese = "1/1 6/1 9/4 10/4 25/4 1/5 2/6 15/8 1/11 8/12 25/12 26/12"
    assert [f"{g.day}/{g.month}" for g in sorted(feste_nazionali(2023))] == attese.split()
    assert festa(date(2023, 11, 13)) == ""
    assert festa(date(2023, 11, 13), OMOBONO) == "Sant'Omobono"


@pytest.mark.parametrize(
    ("fasce", "frase"),
    [
        (SETTIMANA, ""),
        ((Fascia(0, time(9), time(12)), Fascia(0, time(12), time(13))), ""),
        (
            (Fascia(0, time(11), time(13)), Fascia(0, time(9), time(12, 30))),
            "Gli orari di lunedì si sovrappongono (9–12:30 e 11–13): correggi uno dei due.",
        ),
    ],
)
def test_due_fasce_dello_stesso_giorno_non_si_sovrappongono(fasce, frase):
    assert sovrapposizione(fasce) == frase
