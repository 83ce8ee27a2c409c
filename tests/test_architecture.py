"""The house holds: layers, and what a linter can't see (docs/architecture.md)."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

RADICE = Path(__file__).resolve().parents[1]
# From the bottom up: an app may name itself and what stands before it.
STRATI = ["core", "utenti", "reti", "accordi", "punti_informativi", "monitoraggio", "dati_aperti", "pagine", "config"]
CARTELLE = {a: RADICE / ("" if a in {"reti", "accordi", "punti_informativi"} else "site") / a for a in STRATI}
# URL namespace → the app that owns it.
SPAZI = {"tavoli": "reti", "grafo": "reti", "punti": "punti_informativi"} | {a: a for a in STRATI}
SOLO_QUI_SI_ASSEGNA_LO_STATO = {CARTELLE["core"] / "transizioni.py"}


def _sorgenti(app: str, ending: str) -> Iterator[Path]:
    return (p for p in CARTELLE[app].rglob(f"*{ending}") if "migrations" not in p.parts)


def chiavi_verso_l_alto(app: str, testo: str) -> list[str]:
    """String foreign keys "app.Model" that name a higher app."""
    alte = STRATI[STRATI.index(app) + 1 :]
    return [m for m in re.findall(r'(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*"(\w+)\.\w+"', testo) if m in alte]


def url_verso_l_alto(app: str, testo: str) -> list[str]:
    """Names given to {% url %} or reverse() that a higher app owns."""
    alte = STRATI[STRATI.index(app) + 1 :]
    nomi = re.findall(r"""(?:\{%\s*url\s+|reverse\(|reverse_lazy\(|redirect\()["'](\w+):""", testo)
    return [n for n in nomi if SPAZI.get(n) in alte]


def assegna_stato(testo: str) -> list[int]:
    """Lines that assign `.stato` of an object, or update(stato=…)."""
    righe = []
    for nodo in ast.walk(ast.parse(testo)):
        bersagli = getattr(nodo, "targets", None) or [getattr(nodo, "target", None)]
        if isinstance(nodo, ast.Assign | ast.AugAssign | ast.AnnAssign):
            piatti = [e for b in bersagli for e in (b.elts if isinstance(b, ast.Tuple) else [b])]
            righe += [nodo.lineno for b in piatti if isinstance(b, ast.Attribute) and b.attr == "stato"]
        if isinstance(nodo, ast.Call) and getattr(nodo.func, "attr", "") == "update":
            righe += [nodo.lineno for k in nodo.keywords if k.arg == "stato"]
    return righe


def test_gli_import_scendono_soltanto():
    assert lint_imports(config_filename=str(RADICE / "pyproject.toml"), no_cache=True, no_logo=True) == 0


@pytest.mark.parametrize("app", STRATI)
def test_nessuna_chiave_esterna_e_nessun_url_verso_l_alto(app):
    trovati = {str(p): chiavi_verso_l_alto(app, p.read_text()) for p in _sorgenti(app, ".py")}
    trovati |= {
        str(p): url_verso_l_alto(app, p.read_text()) for p in (*_sorgenti(app, ".py"), *_sorgenti(app, ".html"))
    }
    assert {p: t for p, t in trovati.items() if t} == {}


@pytest.mark.parametrize("app", STRATI)
def test_lo_stato_si_assegna_in_un_posto_solo(app):
    fuori = [p for p in _sorgenti(app, ".py") if p not in SOLO_QUI_SI_ASSEGNA_LO_STATO and p.name != "posta.py"]
    assert {str(p): assegna_stato(p.read_text()) for p in fuori if assegna_stato(p.read_text())} == {}


def test_nessun_pacchetto_si_chiama_come_la_libreria_standard():
    nomi = {p.name for p in (RADICE / "site").iterdir() if p.is_dir()} | {
        p.stem for p in (RADICE / "site").glob("*.py")
    }
    assert nomi & sys.stdlib_module_names == set()


def test_site_non_e_un_pacchetto():
    assert not (RADICE / "site" / "__init__.py").exists()


def test_solo_manage_tocca_sys_path():
    file = [p for a in STRATI for p in _sorgenti(a, ".py")]
    assert [str(p) for p in file if "sys.path" in p.read_text()] == []


@pytest.mark.parametrize(
    ("difetto", "trovato"),
    [
        (lambda: chiavi_verso_l_alto("reti", 'x = models.ForeignKey("accordi.Accordo", models.CASCADE)'), ["accordi"]),
        (lambda: url_verso_l_alto("core", "{% url 'utenti:area' %}"), ["utenti"]),
        (lambda: url_verso_l_alto("reti", 'reverse("accordi:avvisi")'), ["accordi"]),
        (lambda: assegna_stato("a.stato = 'x'\nb.filter().update(stato='y')\na.stato, c = 1, 2"), [1, 2, 3]),
    ],
)
def test_i_controlli_trovano_un_difetto_seminato(difetto, trovato):
    """A check that can't fail proves nothing."""
    assert sorted(difetto()) == trovato
