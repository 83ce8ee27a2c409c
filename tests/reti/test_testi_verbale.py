"""Pure leaves of the minutes: names taken out, lines compared (R24)."""

import pytest

from reti.differenze import affianca, diverse
from reti.omissis import Censore, sembra_persona


@pytest.mark.parametrize(
    ("testo", "atteso"),
    [
        ("Parla Ada Rossi.", "Parla [omissis]."),
        ("Parla ROSSI, poi ada  rossi.", "Parla [omissis], poi [omissis]."),
        ("Muri rossi, ada no.", "Muri rossi, ada no."),
        ("Rossini resta.", "Rossini resta."),
        ("Il comune di Crema e Carlo Crema.", "Il comune di Crema e [omissis]."),
        ("Scrivere a ada.rossi@ente.example.", "Scrivere a [omissis]."),
        ("Niccolò D'Amico.", "[omissis]."),
        ("", ""),
    ],
)
def test_i_nomi_delle_persone_spariscono_quelli_degli_enti_restano(testo, atteso):
    assert Censore(["Ada Rossi", "Carlo Crema", "Niccolò D'Amico"], ["Comune di Crema"])(testo) == atteso


def test_dice_che_cosa_ha_tolto():
    censura = Censore(["Ada Rossi"])
    censura("Ada Rossi e Rossi.")
    assert censura.tolti == {"Ada Rossi", "Rossi"}


@pytest.mark.parametrize(
    ("testo", "persona"),
    [("Ada Rossi", True), ("Segreteria del tavolo", False), ("Ufficio", False), ("Ada Maria De Rossi", True)],
)
def test_riconosce_un_nome_di_persona(testo, persona):
    assert sembra_persona(testo) is persona


def test_le_righe_si_affiancano_col_loro_segno():
    righe = affianca("uno\ndue\ntre", "uno\nDUE\ntre\nquattro")
    assert [(r.segno_prima, r.prima, r.segno_dopo, r.dopo) for r in righe] == [
        ("", "uno", "", "uno"),
        ("−", "due", "+", "DUE"),
        ("", "tre", "", "tre"),
        ("", None, "+", "quattro"),
    ]
    assert diverse(righe) == 2
