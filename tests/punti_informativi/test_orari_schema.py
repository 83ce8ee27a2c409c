"""Hours for search engines: schema.org, weekly and special, as microdata of the point's page."""

from datetime import date, time

import pytest

from core.feste import Ricorrenza
from punti_informativi.orari import Calendario, Deroga, Fascia
from punti_informativi.schema_org import Specifica, settimanali, speciali
from tests.punti_informativi.test_orari import APERTO_IN_FERIE, FERIE, PUNTO, SETTIMANA


def test_i_giorni_uguali_stanno_insieme():
    """R30: exported as schema.org opening hours."""
    assert settimanali(PUNTO) == [
        Specifica(time(9), time(12, 30), ("Monday", "Tuesday", "Wednesday")),
        Specifica(time(14), time(16), ("Tuesday",)),
        Specifica(time(14, 30), time(17), ("Thursday",), descrizione="su appuntamento"),
    ]
    assert settimanali(Calendario()) == []


@pytest.mark.parametrize(
    ("calendario", "dal", "quanti", "attese"),
    [
        (
            Calendario(SETTIMANA, (FERIE, APERTO_IN_FERIE)),
            date(2023, 8, 1),
            30,
            [
                Specifica(time(0), time(0), (), date(2023, 8, 7), date(2023, 8, 15), "Ferie"),
                Specifica(time(10), time(12), (), date(2023, 8, 16), date(2023, 8, 16), "Sportello estivo"),
                Specifica(time(0), time(0), (), date(2023, 8, 17), date(2023, 8, 25), "Ferie"),
            ],
        ),
        (
            Calendario(SETTIMANA, patrono=Ricorrenza(27, 12, "Santo di prova")),
            date(2023, 12, 24),
            9,
            [
                Specifica(time(0), time(0), (), date(2023, 12, 25), date(2023, 12, 25), "Natale"),
                Specifica(time(0), time(0), (), date(2023, 12, 26), date(2023, 12, 26), "Santo Stefano"),
                Specifica(time(0), time(0), (), date(2023, 12, 27), date(2023, 12, 27), "Santo di prova"),
                Specifica(time(0), time(0), (), date(2024, 1, 1), date(2024, 1, 1), "Capodanno"),
            ],
        ),
        (
            Calendario(SETTIMANA, (Deroga(date(2023, 5, 9), date(2023, 5, 9), False, time(20), time(23, 59)),)),
            date(2023, 5, 3),
            14,
            [Specifica(time(20), time(23, 59), (), date(2023, 5, 9), date(2023, 5, 9), "Apertura straordinaria")],
        ),
        (Calendario(solo_appuntamento=True), date(2023, 12, 24), 9, []),
        (Calendario(SETTIMANA, (FERIE,)), date(2023, 9, 1), 30, []),
    ],
)
def test_chiusure_aperture_e_feste_sono_giorni_speciali(calendario, dal, quanti, attese):
    """R30: as they hold, the stronger cut out of the weaker; a closed day opens and closes at 00:00."""
    assert speciali(calendario, dal, quanti) == attese


@pytest.mark.parametrize("fascia", [Fascia(0, time(9), time(12), su_appuntamento=True)])
def test_una_apertura_straordinaria_di_chi_riceve_su_appuntamento_lo_dice(fascia):
    punto = Calendario((fascia,), (APERTO_IN_FERIE,), solo_appuntamento=True)
    assert [s.descrizione for s in speciali(punto, date(2023, 8, 14), 4)] == [
        "Assunzione della Beata Vergine Maria",
        "Sportello estivo, su appuntamento",
    ]
