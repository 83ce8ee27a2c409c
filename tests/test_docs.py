"""Docs are true: generated tables are current, links lead somewhere, named commands exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from pagine.management.commands import tabelle_stati

RADICE = Path(__file__).resolve().parents[1]
DOCUMENTI = [RADICE / "README.md", *sorted((RADICE / "docs").rglob("*.md"))]
SENZA_DJANGO = {"avvia", "prova"}


def test_le_tabelle_degli_stati_sono_quelle_del_codice():
    assert (RADICE / "docs" / "states.md").read_text() == tabelle_stati.testo(), (
        "manage.py tabelle_stati > docs/states.md"
    )


@pytest.mark.parametrize("documento", DOCUMENTI, ids=lambda p: p.name)
def test_i_collegamenti_portano_a_file_che_ci_sono(documento):
    collegamenti = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", documento.read_text())
    assert [c for c in collegamenti if not (documento.parent / c).exists()] == []


@pytest.mark.parametrize("documento", DOCUMENTI, ids=lambda p: p.name)
def test_i_comandi_citati_esistono(documento):
    citati = set(re.findall(r"manage\.py ([a-z_]+)", documento.read_text()))
    assert citati - set(get_commands()) - SENZA_DJANGO == set()
