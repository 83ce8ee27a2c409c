"""Lights of indicators and phases, by table and without a database."""

from datetime import date
from decimal import Decimal

import pytest

from monitoraggio.semafori import Periodo, luce_fase, luce_indicatore

ANNO = (date(2023, 1, 1), date(2023, 12, 31))
ULTIMO_TRIMESTRE = (date(2023, 10, 1), date(2023, 12, 31))


def periodo(al: date, spell=ANNO) -> Periodo:
    return Periodo(*spell, al=al, chiuso=al >= date(2023, 12, 31))


@pytest.mark.parametrize(
    ("valore", "previsto", "basso", "colore"),
    [
        ("4", "4", False, "green"),
        ("24", "4", False, "green"),  # B1: six times what was expected
        ("81", "50", False, "green"),
        ("89.9", "90", False, "red"),
        ("90", "90", False, "green"),
        ("0", "0", False, "green"),  # G2: its label asks for one, its expected value is 0
        ("0", "50", False, "red"),  # G3
        ("0", "1", False, "red"),  # F2
        ("0", "0", True, "green"),  # B5: no late case
        ("1", "0", True, "red"),
        (None, "90", False, "nd"),
        (None, "0", True, "nd"),
    ],
)
def test_a_fine_anno_il_semaforo_e_definitivo(valore, previsto, basso, colore):
    """R50, R53."""
    letto = None if valore is None else Decimal(valore)
    luce = luce_indicatore(letto, Decimal(previsto), periodo(date(2023, 12, 31)), basso=basso)
    assert luce.colore == colore


@pytest.mark.parametrize(
    ("valore", "al", "spell", "colore", "parola"),
    [
        ("0", date(2023, 1, 20), ANNO, "green", "In linea"),  # not even one of four is due
        ("0", date(2023, 7, 1), ANNO, "yellow", "A rischio"),
        ("2", date(2023, 7, 1), ANNO, "green", "In linea"),
        ("1", date(2023, 7, 1), ANNO, "yellow", "A rischio"),  # half the year: two due, 1 < 0.75 × 2
        ("3", date(2023, 12, 30), ANNO, "green", "In linea"),
        ("2", date(2023, 12, 30), ANNO, "yellow", "A rischio"),
        ("4", date(2023, 2, 1), ANNO, "green", "Raggiunto"),
        ("0", date(2023, 9, 30), ULTIMO_TRIMESTRE, "nd", "Non ancora iniziato"),
        ("0", date(2023, 10, 2), ULTIMO_TRIMESTRE, "yellow", "A rischio"),  # 90 days left
    ],
)
def test_durante_l_anno_il_semaforo_e_una_previsione(valore, al, spell, colore, parola):
    """R54."""
    luce = luce_indicatore(Decimal(valore), Decimal(4), periodo(al, spell), soglia=0.75, allarme=90)
    assert (luce.colore, str(luce.parola)) == (colore, parola)


def test_un_ritardo_non_si_recupera_e_un_tasso_si():
    meta_anno = periodo(date(2023, 7, 1))
    assert luce_indicatore(Decimal(1), Decimal(0), meta_anno, basso=True).colore == "red"
    assert luce_indicatore(Decimal(80), Decimal(90), meta_anno, tasso=True).colore == "yellow"
    assert luce_indicatore(Decimal(95), Decimal(90), meta_anno, tasso=True).colore == "green"


@pytest.mark.parametrize(("soglia", "colore"), [(0.75, "yellow"), (0.5, "green"), (0, "green")])
def test_la_soglia_decide_quando_un_conteggio_e_a_rischio(soglia, colore):
    assert luce_indicatore(Decimal(1), Decimal(4), periodo(date(2023, 7, 1)), soglia=soglia).colore == colore


@pytest.mark.parametrize(
    ("inizio", "fine", "al", "colore", "parola"),
    [
        (date(2023, 1, 1), date(2023, 6, 30), date(2023, 12, 31), "green", "Conclusa nei tempi"),
        (date(2023, 1, 1), date(2023, 7, 1), date(2023, 12, 31), "red", "Conclusa in ritardo"),
        (date(2023, 1, 1), date(2023, 6, 30), date(2023, 3, 1), "green", "In corso"),
        (date(2023, 1, 1), date(2023, 7, 1), date(2023, 6, 30), "green", "In corso"),
        (date(2023, 1, 1), date(2023, 7, 2), date(2023, 7, 1), "red", "Non conclusa"),
        (None, None, date(2023, 1, 1), "green", "Non ancora prevista"),
        (None, None, date(2023, 1, 2), "yellow", "Doveva iniziare"),
        (None, None, date(2023, 6, 30), "yellow", "Doveva iniziare"),
        (None, None, date(2023, 7, 1), "red", "Non conclusa"),
    ],
)
def test_una_fase_si_giudica_dalle_date_note_quel_giorno(inizio, fine, al, colore, parola):
    """R50, R52."""
    luce = luce_fase(
        inizio_previsto=date(2023, 1, 1),
        fine_prevista=date(2023, 6, 30),
        inizio=inizio,
        fine=fine,
        al=al,
        chiuso=al >= date(2023, 12, 31),
    )
    assert (luce.colore, str(luce.parola)) == (colore, parola)


def test_l_ultimo_giorno_dell_anno_una_fase_non_conclusa_e_rossa():
    """F2 of the source sheet."""
    luce = luce_fase(
        inizio_previsto=date(2023, 10, 1),
        fine_prevista=date(2023, 12, 31),
        inizio=None,
        fine=None,
        al=date(2023, 12, 31),
        chiuso=True,
    )
    assert luce.colore == "red"


@pytest.mark.parametrize(
    ("al", "quota", "mancano"),
    [
        (date(2023, 9, 30), 0, 92),
        (date(2023, 10, 22), Decimal(22) / 92, 70),
        (date(2023, 12, 31), 1, 0),
        (date(2024, 1, 5), 1, -5),
    ],
)
def test_la_quota_del_periodo_e_i_giorni_mancanti(al, quota, mancano):
    p = periodo(al, ULTIMO_TRIMESTRE)
    assert (p.quota, p.giorni_mancanti) == (quota, mancano)
