"""Weekly hours in a cell: read strictly, written back the same."""

from datetime import time

import pytest

from core.errori import Rifiuto
from punti_informativi.orari import Fascia
from punti_informativi.orari_scritti import leggi_orari, scrivi_orari

MATTINA, POMERIGGIO = (time(9), time(12, 30)), (time(14), time(17))


@pytest.mark.parametrize(
    ("testo", "fasce"),
    [
        ("", []),
        ("lun 9-12:30", [Fascia(0, *MATTINA)]),
        ("Lunedì 9.00–12.30", [Fascia(0, *MATTINA)]),
        ("lun,mer: 9:00 - 12:30", [Fascia(0, *MATTINA), Fascia(2, *MATTINA)]),
        ("lun-mar 9-12:30, 14-17", [Fascia(g, *f) for g in (0, 1) for f in (MATTINA, POMERIGGIO)]),
        ("lun 9-12:30; sab 14-17 su appuntamento", [Fascia(0, *MATTINA), Fascia(5, *POMERIGGIO, True)]),
        ("lun 9-12:30, 14-17 su appuntamento", [Fascia(0, *MATTINA), Fascia(0, *POMERIGGIO, True)]),
        ("ven 18-24; dom chiuso", [Fascia(4, time(18), time(23, 59))]),
        ("mar 9-12:30\nlun 9-12:30;", [Fascia(0, *MATTINA), Fascia(1, *MATTINA)]),
    ],
)
def test_gli_orari_scritti_si_leggono(testo, fasce):
    assert leggi_orari(testo) == fasce
    assert leggi_orari(scrivi_orari(fasce)) == fasce


def test_i_giorni_uguali_si_scrivono_insieme():
    fasce = leggi_orari("lun-mer 9-12:30, 14-17; ven 9-24 su appuntamento")
    assert scrivi_orari(fasce) == "lun-mer 09:00-12:30, 14:00-17:00; ven 09:00-24:00 su appuntamento"


@pytest.mark.parametrize(
    ("testo", "frase"),
    [
        ("dalle 9 alle 12", "«dalle» non è un giorno: scrivi lun, mar, mer, gio, ven, sab, dom."),
        ("lun mattina", "Non capisco «mattina»: scrivi come «lun-ven 9:00-12:30, 14:00-17:00;"),
        ("9-12", "Non capisco «9-12»: scrivi come «lun-ven"),
        ("ven-lun 9-12", "«ven-lun» non è un intervallo di giorni: scrivi come «lun-ven»."),
        ("sab su appuntamento", "«su appuntamento» non dice le ore: scrivi come «sab 9:00-12:00 su appuntamento»."),
        ("lun 9-12, mar 9-12", "Non capisco «mar 9-12»"),
        ("lun 12-9", "«12-9»: la chiusura viene prima dell'apertura."),
        ("lun 9:75-12", "«9:75» non è un'ora: scrivi come 9:00 o 14:30."),
        ("lun 24-25", "«24:00» non è un'ora"),
        ("lun 9-12, 11-13", "Gli orari di lunedì si sovrappongono (9–12 e 11–13): correggi uno dei due."),
        ("lun-mar-mer 9-12", "«lun-mar-mer» non è un intervallo di giorni"),
        ("Mo-Fr 09:00-17:00", "«mo» non è un giorno"),
    ],
)
def test_quello_che_non_si_capisce_si_rifiuta_con_le_sue_parole(testo, frase):
    with pytest.raises(Rifiuto) as rifiuto:
        leggi_orari(testo)
    assert frase in rifiuto.value.frase
