"""Open now, until when, and what comes next, by table: no database, the instant is an argument."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from punti_informativi.apertura import alle, apertura, dalle
from punti_informativi.orari import Calendario, Deroga, Fascia, ora_breve
from tests.punti_informativi.test_orari import APERTO_IN_FERIE, FERIE, OMOBONO, PUNTO, SETTIMANA

ROMA = ZoneInfo("Europe/Rome")
TRASLOCO = Deroga(date(2023, 1, 1), date(2024, 1, 1), motivo="Trasloco")
MATTINA_E_APPUNTAMENTI = Calendario(
    (
        Fascia(0, time(9), time(12)),
        Fascia(0, time(12), time(13), su_appuntamento=True),
        Fascia(1, time(9), time(12)),
        Fascia(1, time(15), time(17), su_appuntamento=True),
        Fascia(2, time(9), time(12), su_appuntamento=True),
        Fascia(2, time(14), time(16)),
    )
)
SABATO_NOTTE = Calendario((Fascia(5, time(0), time(2)),))
NOTTE = Calendario((Fascia(4, time(20), time(23, 59)), Fascia(5, time(0), time(2))))


def _il(giorno, mese, ora, minuti=0, anno=2023, secondi=0):
    return datetime(anno, mese, giorno, ora, minuti, secondi, tzinfo=ROMA)


@pytest.mark.parametrize(
    ("ora", "frase"),
    [
        (_il(9, 5, 9), "Aperto ora, chiude alle 12:30"),
        (_il(9, 5, 11, 29), "Aperto ora, chiude alle 12:30"),
        (_il(9, 5, 11, 30), "Aperto ora, chiude tra 60 minuti (alle 12:30)"),
        (_il(9, 5, 12, 10), "Aperto ora, chiude tra 20 minuti (alle 12:30)"),
        (_il(9, 5, 12, 10, secondi=45), "Aperto ora, chiude tra 20 minuti (alle 12:30)"),
        (_il(9, 5, 12, 29, secondi=59), "Aperto ora, chiude tra 1 minuto (alle 12:30)"),
        (_il(9, 5, 12, 30), "Chiuso ora, apre alle 14"),
        (_il(9, 5, 8, 45), "Chiuso ora, apre tra 15 minuti (alle 9)"),
        (_il(9, 5, 8, 59), "Chiuso ora, apre tra 1 minuto (alle 9)"),
        (_il(9, 5, 7, 59), "Chiuso ora, apre alle 9"),
        (_il(9, 5, 16), "Chiuso ora, apre domani alle 9"),
        (_il(11, 5, 15), "Aperto ora su appuntamento, chiude alle 17"),
        (_il(10, 5, 13), "Chiuso ora, apre domani alle 14:30 su appuntamento, senza appuntamento lunedì alle 9"),
        (_il(12, 5, 10), "Chiuso ora, apre lunedì alle 9"),
        (_il(13, 11, 10), "Chiuso oggi (Sant'Omobono), apre domani alle 9"),
        (_il(25, 4, 10), "Chiuso oggi (Anniversario della Liberazione), apre domani alle 9"),
        (_il(1, 5, 10), "Chiuso oggi (Festa del Lavoro), apre domani alle 9"),
        (_il(8, 4, 10), "Chiuso ora, apre martedì alle 9"),
        (
            _il(28, 2, 13, anno=2024),
            "Chiuso ora, apre domani alle 14:30 su appuntamento, senza appuntamento lunedì alle 9",
        ),
        (_il(29, 2, 18, anno=2024), "Chiuso ora, apre lunedì alle 9"),
        (_il(31, 12, 23, 59), "Chiuso ora, apre martedì alle 9"),
    ],
)
def test_la_frase_dice_se_e_aperto_e_che_cosa_viene_dopo(ora, frase):
    """R30: open now until, minutes within the hour, opens later, tomorrow, on a named day; holidays by name."""
    assert apertura(PUNTO, ora).frase == frase


@pytest.mark.parametrize(
    ("ora", "frase"),
    [
        (_il(8, 5, 9), "Aperto ora, chiude alle 12; poi su appuntamento fino alle 13"),
        (_il(8, 5, 11, 50), "Aperto ora, chiude tra 10 minuti (alle 12); poi su appuntamento fino alle 13"),
        (_il(8, 5, 12), "Aperto ora su appuntamento, chiude tra 60 minuti (alle 13)"),
        (_il(9, 5, 9), "Aperto ora, chiude alle 12; su appuntamento dalle 15 alle 17"),
        (
            _il(9, 5, 13),
            "Chiuso ora, apre alle 15 su appuntamento, senza appuntamento mercoledì alle 14".replace(
                "mercoledì", "domani"
            ),
        ),
        (_il(10, 5, 10), "Aperto ora su appuntamento, chiude alle 12; senza appuntamento dalle 14 alle 16"),
        (_il(10, 5, 13), "Chiuso ora, apre tra 60 minuti (alle 14)"),
    ],
)
def test_quello_che_e_su_appuntamento_e_detto_anche_quando_viene_dopo(ora, frase):
    """R30: a spell by appointment after the open one, and the first one without."""
    assert apertura(MATTINA_E_APPUNTAMENTI, ora).frase == frase


@pytest.mark.parametrize(
    ("calendario", "esito", "frase"),
    [
        (Calendario(), "non_noto", "Orari non comunicati"),
        (Calendario(patrono=OMOBONO), "non_noto", "Orari non comunicati"),
        (Calendario(solo_appuntamento=True), "appuntamento", "Solo su appuntamento: telefona o scrivi"),
        (Calendario(deroghe=(FERIE,)), "chiuso", "Chiuso oggi (Ferie), orari degli altri giorni non comunicati"),
        (
            Calendario(deroghe_ospite=(FERIE,), solo_appuntamento=True),
            "chiuso",
            "Chiuso oggi (Ferie), poi solo su appuntamento",
        ),
        (
            Calendario(deroghe=(APERTO_IN_FERIE,)),
            "non_noto",
            "Orari non comunicati; apertura straordinaria domani alle 10",
        ),
        (
            Calendario(SETTIMANA, (TRASLOCO,)),
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
    """R30: unknown hours are shown as unknown, never as closed; a closure that is known is said."""
    detta = apertura(calendario, _il(15, 8, 10))
    assert (detta.esito, detta.frase) == (esito, frase)


def test_l_apertura_su_una_data_vale_anche_se_gli_orari_non_si_sanno():
    assert apertura(Calendario(deroghe=(APERTO_IN_FERIE,)), _il(16, 8, 10)).frase == "Aperto ora, chiude alle 12"


@pytest.mark.parametrize(
    ("calendario", "ora", "frase"),
    [
        (NOTTE, _il(12, 5, 21), "Aperto ora, chiude alle 2"),
        (NOTTE, _il(12, 5, 23, 59, secondi=30), "Aperto ora, chiude alle 2"),
        (NOTTE, _il(13, 5, 0), "Aperto ora, chiude alle 2"),
        (NOTTE, _il(13, 5, 1, 30), "Aperto ora, chiude tra 30 minuti (alle 2)"),
        (NOTTE, _il(13, 5, 2), "Chiuso ora, apre venerdì alle 20"),
        (Calendario((Fascia(4, time(20), time(23, 59)),)), _il(12, 5, 21), "Aperto ora, chiude a mezzanotte"),
        (
            Calendario((Fascia(4, time(20), time(23, 59)),)),
            _il(12, 5, 23, 50),
            "Aperto ora, chiude tra 10 minuti (a mezzanotte)",
        ),
        (
            Calendario((Fascia(5, time(0), time(2)),)),
            _il(12, 5, 23, 45),
            "Chiuso ora, apre tra 15 minuti (a mezzanotte)",
        ),
        (SABATO_NOTTE, _il(12, 5, 9), "Chiuso ora, apre a mezzanotte"),
        (SABATO_NOTTE, _il(11, 5, 9), "Chiuso ora, apre domani a mezzanotte"),
        (
            Calendario(tuple(Fascia(g, time(0), time(23, 59)) for g in (0, 1))),
            _il(7, 8, 10),
            "Aperto ora, chiude domani a mezzanotte",
        ),
        (
            Calendario(tuple(Fascia(g, time(0), time(23, 59)) for g in range(7))),
            _il(1, 9, 10),
            "Aperto ora, non chiude nei prossimi 60 giorni",
        ),
    ],
)
def test_la_mezzanotte_non_divide_una_apertura(calendario, ora, frase):
    """R30: midnight, and spells that touch over it."""
    assert apertura(calendario, ora).frase == frase


@pytest.mark.parametrize(
    ("da", "a", "istante", "frase"),
    [
        # 26 March 2023: at 2 the clocks go to 3, so 1:30 in Rome is 0:30 UTC and 3 is 1 UTC.
        (time(9), time(12), "2023-03-26T06:59Z", "Chiuso ora, apre tra 1 minuto (alle 9)"),
        (time(9), time(12), "2023-03-26T07:00Z", "Aperto ora, chiude alle 12"),
        (time(1), time(3, 20), "2023-03-26T00:40Z", "Aperto ora, chiude tra 40 minuti (alle 3:20)"),
        (time(1), time(2, 30), "2023-03-26T00:40Z", "Aperto ora, chiude tra 20 minuti (alle 3)"),
        (time(2, 30), time(4), "2023-03-26T00:45Z", "Chiuso ora, apre tra 15 minuti (alle 3)"),
        (time(2), time(2, 59), "2023-03-26T00:45Z", "Chiuso ora, apre domenica 2 aprile alle 2"),
        # 29 October 2023: at 3 they go back to 2, so 2:30 comes twice, at 0:30 and at 1:30 UTC.
        (time(9), time(12), "2023-10-29T07:59Z", "Chiuso ora, apre tra 1 minuto (alle 9)"),
        (time(9), time(12), "2023-10-29T08:00Z", "Aperto ora, chiude alle 12"),
        (time(9), time(12), "2023-10-29T11:00Z", "Chiuso ora, apre domenica 5 novembre alle 9"),
        (time(1), time(3), "2023-10-29T00:30Z", "Aperto ora, chiude alle 3"),
        (time(1), time(3), "2023-10-29T01:30Z", "Aperto ora, chiude tra 30 minuti (alle 3)"),
        (time(1), time(2, 30), "2023-10-29T00:15Z", "Aperto ora, chiude tra 15 minuti (alle 2:30)"),
        (time(1), time(2, 30), "2023-10-29T01:15Z", "Chiuso ora, apre domenica 5 novembre all'1"),
        (time(3), time(4), "2023-10-29T00:45Z", "Chiuso ora, apre alle 3"),
    ],
)
def test_nelle_notti_in_cui_cambia_l_ora_i_minuti_sono_quelli_veri(da, a, istante, frase):
    """R30: both clock changes of Europe/Rome; an hour shown twice counts once, a skipped one is the jump."""
    ora = datetime.fromisoformat(istante).astimezone(ROMA)
    assert apertura(Calendario((Fascia(6, da, a),)), ora).frase == frase


@pytest.mark.parametrize(
    ("ora", "breve", "fine", "inizio"),
    [
        (time(9), "9", "alle 9", "dalle 9"),
        (time(1), "1", "all'1", "dall'1"),
        (time(12, 5), "12:05", "alle 12:05", "dalle 12:05"),
        (time(0), "0", "a mezzanotte", "da mezzanotte"),
        (time(23, 59), "24", "a mezzanotte", "dalle 24"),
    ],
)
def test_le_ore_si_scrivono_come_si_dicono(ora, breve, fine, inizio):
    assert (ora_breve(ora), alle(ora), dalle(ora)) == (breve, fine, inizio)
