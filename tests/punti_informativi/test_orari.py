"""Opening hours by table: no database, the instant is an argument."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.feste import Ricorrenza, festa, feste_nazionali
from punti_informativi.orari import Calendario, Deroga, Fascia, alle, ora_breve
from punti_informativi.turni import sovrapposizione

ROMA = ZoneInfo("Europe/Rome")
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


def _il(giorno: int, mese: int, ora: int, minuti: int = 0, anno: int = 2023) -> datetime:
    return datetime(anno, mese, giorno, ora, minuti, tzinfo=ROMA)


@pytest.mark.parametrize(
    ("ora", "frase"),
    [
        (_il(9, 5, 9), "Aperto ora, chiude alle 12:30"),
        (_il(9, 5, 12, 29), "Aperto ora, chiude alle 12:30"),
        (_il(9, 5, 12, 30), "Chiuso ora, apre alle 14"),
        (_il(9, 5, 8, 59), "Chiuso ora, apre alle 9"),
        (_il(9, 5, 16), "Chiuso ora, apre domani alle 9"),
        (_il(11, 5, 15), "Aperto ora su appuntamento, chiude alle 17"),
        (_il(10, 5, 13), "Chiuso ora, apre domani alle 14:30 su appuntamento"),
        (_il(12, 5, 10), "Chiuso ora, apre lunedì alle 9"),
        (_il(13, 11, 10), "Chiuso oggi (Sant'Omobono), apre domani alle 9"),
        (_il(25, 4, 10), "Chiuso oggi (Anniversario della Liberazione), apre domani alle 9"),
        (_il(1, 5, 10), "Chiuso oggi (Festa del Lavoro), apre domani alle 9"),
    ],
)
def test_la_frase_dice_se_e_aperto_e_che_cosa_viene_dopo(ora, frase):
    """R30: open now until, opens later today, tomorrow, on a named day; holidays and patron saint said by name."""
    assert PUNTO.apertura(ora).frase == frase


@pytest.mark.parametrize(
    ("calendario", "esito", "frase"),
    [
        (Calendario(), "non_noto", "Orari non comunicati"),
        (Calendario(solo_appuntamento=True), "appuntamento", "Solo su appuntamento: telefona o scrivi"),
        (Calendario(deroghe=(FERIE,)), "non_noto", "Orari non comunicati"),
        (
            Calendario(SETTIMANA, (Deroga(date(2023, 1, 1), date(2024, 1, 1), motivo="Trasloco"),)),
            "chiuso",
            "Chiuso oggi (Trasloco), nessuna apertura nei prossimi 60 giorni",
        ),
        (Calendario(SETTIMANA, (FERIE,)), "chiuso", "Chiuso oggi (Ferie), apre lunedì 28 agosto alle 9"),
        (
            Calendario(SETTIMANA, solo_appuntamento=True),
            "chiuso",
            "Chiuso oggi (Assunzione della Beata Vergine Maria), apre domani alle 9 su appuntamento",
        ),
    ],
)
def test_quello_che_non_si_sa_e_detto_come_non_saputo(calendario, esito, frase):
    """R30: unknown hours are shown as unknown, never as closed."""
    apertura = calendario.apertura(_il(15, 8, 10))
    assert (apertura.esito, apertura.frase) == (esito, frase)


def test_l_eccezione_piu_corta_vince_e_batte_la_festa():
    punto = Calendario(SETTIMANA, (FERIE, APERTO_IN_FERIE))
    assert punto.apertura(_il(16, 8, 10)).frase == "Aperto ora, chiude alle 12"
    assert punto.apertura(_il(16, 8, 9)).frase == "Chiuso ora, apre alle 10"
    assert punto.apertura(_il(17, 8, 10)).esito == "chiuso"
    natale = Calendario(SETTIMANA, (Deroga(date(2023, 12, 25), date(2023, 12, 25), False, time(9), time(11)),))
    assert natale.apertura(_il(25, 12, 10)).frase == "Aperto ora, chiude alle 11"


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


def test_le_fasce_che_si_toccano_a_mezzanotte_sono_una():
    notte = Calendario((Fascia(4, time(20), time(23, 59)), Fascia(5, time(0), time(2))))
    assert notte.apertura(_il(12, 5, 23, 59)).frase == "Aperto ora, chiude alle 2"
    assert notte.apertura(_il(13, 5, 0)).frase == "Aperto ora, chiude alle 2"
    assert notte.apertura(_il(13, 5, 2)).esito == "chiuso"
    sera = Calendario((Fascia(4, time(20), time(23, 59)),))
    assert sera.apertura(_il(12, 5, 21)).frase == "Aperto ora, chiude a mezzanotte"


@pytest.mark.parametrize(
    ("istante", "aperto"),
    [
        # 26 March 2023: at 2 the clocks go to 3, so 9 in Rome is 7 UTC.
        (datetime(2023, 3, 26, 6, 59, tzinfo=UTC), False),
        (datetime(2023, 3, 26, 7, 0, tzinfo=UTC), True),
        # 29 October 2023: at 3 they go back to 2, so 9 in Rome is 8 UTC.
        (datetime(2023, 10, 29, 7, 59, tzinfo=UTC), False),
        (datetime(2023, 10, 29, 8, 0, tzinfo=UTC), True),
        (datetime(2023, 10, 29, 11, 0, tzinfo=UTC), False),
    ],
)
def test_il_cambio_dell_ora_non_sposta_l_apertura(istante, aperto):
    domenica = Calendario((Fascia(6, time(9), time(12)),))
    assert domenica.apertura(istante.astimezone(ROMA)).aperto is aperto


def test_schema_org_raccoglie_i_giorni_uguali():
    """R30: exported as schema.org opening hours."""
    assert PUNTO.schema_org() == ["Mo,Tu,We 09:00-12:30", "Tu 14:00-16:00", "Th 14:30-17:00"]


def test_le_feste_nazionali_sono_quelle_di_legge():
    attese = "1/1 6/1 9/4 10/4 25/4 1/5 2/6 15/8 1/11 8/12 25/12 26/12"
    assert [f"{g.day}/{g.month}" for g in sorted(feste_nazionali(2023))] == attese.split()
    assert festa(date(2023, 11, 13)) == ""
    assert festa(date(2023, 11, 13), OMOBONO) == "Sant'Omobono"


@pytest.mark.parametrize(
    ("ora", "breve", "parole"),
    [
        (time(9), "9", "alle 9"),
        (time(1), "1", "all'1"),
        (time(12, 5), "12:05", "alle 12:05"),
        (time(0), "0", "a mezzanotte"),
        (time(23, 59), "24", "a mezzanotte"),
    ],
)
def test_le_ore_si_scrivono_come_si_dicono(ora, breve, parole):
    assert (ora_breve(ora), alle(ora)) == (breve, parole)


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
