"""Docs are true: generated tables are current, links lead somewhere, named commands exist."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from django.conf import settings
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


def test_la_scheda_del_software_e_quella_dello_standard():
    """R66: publiccode.yml 0.7, without the Italian section that the standard took away; one licence everywhere."""
    scheda = yaml.safe_load((RADICE / "publiccode.yml").read_text())
    licenza = tomllib.loads((RADICE / "pyproject.toml").read_text())["project"]["license"]
    obbligatorie = {
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description", "legal",
        "maintenance", "localisation",
    }  # fmt: skip
    assert obbligatorie <= set(scheda)
    assert "it" not in scheda
    assert (scheda["publiccodeYmlVersion"], scheda["legal"]["license"]) == ("0.7", licenza)
    assert set(scheda["localisation"]["availableLanguages"]) == set(settings.LINGUE_DEL_SITO)
    assert 150 <= len(scheda["description"]["it"]["longDescription"]) <= 10_000
    assert len(scheda["description"]["it"]["shortDescription"]) <= 150
    assert licenza == "AGPL-3.0-or-later"
    assert (RADICE / "LICENSE").read_text().startswith("GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3")
