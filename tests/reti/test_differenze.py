"""Two texts word by word: what was taken out, what was put in, nothing lost. Pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reti.differenze import MESSA, TOLTA, Pezzo, parola_per_parola


@pytest.mark.parametrize(
    ("prima", "dopo", "attesi"),
    [
        ("", "", []),
        ("", "nuovo", [Pezzo(MESSA, "nuovo")]),
        ("vecchio", "", [Pezzo(TOLTA, "vecchio")]),
        ("uguale qui", "uguale qui", [Pezzo("", "uguale qui")]),
        ("cerca lavoro.", "trova lavoro.", [Pezzo(TOLTA, "cerca"), Pezzo(MESSA, "trova"), Pezzo("", " lavoro.")]),
        ("<b>", "<i>", [Pezzo("", "<"), Pezzo(TOLTA, "b"), Pezzo(MESSA, "i"), Pezzo("", ">")]),
    ],
)
def test_le_parole_tolte_e_messe(prima, dopo, attesi):
    assert parola_per_parola(prima, dopo) == attesi


@given(prima=st.text(max_size=60), dopo=st.text(max_size=60))
def test_dai_pezzi_si_rileggono_i_due_testi(prima, dopo):
    pezzi = parola_per_parola(prima, dopo)
    assert "".join(p.testo for p in pezzi if p.segno != MESSA) == prima
    assert "".join(p.testo for p in pezzi if p.segno != TOLTA) == dopo
