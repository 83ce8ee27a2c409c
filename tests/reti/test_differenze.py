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


@pytest.mark.parametrize(("prima", "dopo"), [("a " * 2000, "a b " * 1000), ("." * 4000, "..," * 1333)])
def test_un_testo_fatto_apposta_non_occupa_il_server(prima, dopo, monkeypatch):
    """Minutes of work for each reader of the page, where every piece is equal to every other: not done at all."""
    monkeypatch.setattr("reti.differenze.SequenceMatcher", None)
    _si_rileggono(prima, dopo)


def test_un_testo_lungo_riscritto_resta_leggibile(monkeypatch):
    """The other way round: whole words taken out and put in, not the spaces between them kept."""
    monkeypatch.setattr("reti.differenze.FATICA_MASSIMA", 0)
    assert parola_per_parola("Si entra dal cortile.", "Si sale con ascensore.") == [
        Pezzo("", "Si "),
        Pezzo(TOLTA, "entra dal cortile."),
        Pezzo(MESSA, "sale con ascensore."),
    ]


@pytest.mark.parametrize("fatica", [0, 20_000_000])
def test_dai_pezzi_si_rileggono_i_due_testi(fatica, monkeypatch):
    monkeypatch.setattr("reti.differenze.FATICA_MASSIMA", fatica)
    given(prima=st.text(max_size=60), dopo=st.text(max_size=60))(_si_rileggono)()


def _si_rileggono(prima, dopo):
    pezzi = parola_per_parola(prima, dopo)
    assert "".join(p.testo for p in pezzi if p.segno != MESSA) == prima
    assert "".join(p.testo for p in pezzi if p.segno != TOLTA) == dopo
