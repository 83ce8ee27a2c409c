"""Collects the measures of the session and prints them as one table at its end."""

from collections.abc import Callable

import pytest

from tests.bench.cronometro import Riga, misura, tabella

RIGHE = pytest.StashKey[list[Riga]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[RIGHE] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if righe := config.stash.get(RIGHE, []):
        terminalreporter.section("misure: mediane, e rapporto con il pavimento della stessa esecuzione")
        for riga in tabella(righe):
            terminalreporter.write_line(riga)


@pytest.fixture
def confronta(request: pytest.FixtureRequest) -> Callable[..., Riga]:
    """`confronta(task, ours, floor's name, floor, giri=…)`: measure and put in the table."""

    def _confronta(*args: object, **opzioni: int) -> Riga:
        riga = misura(*args, **opzioni)
        request.config.stash.setdefault(RIGHE, []).append(riga)
        return riga

    return _confronta


@pytest.fixture
def righe(request: pytest.FixtureRequest) -> list[Riga]:
    """The table's lines, for who measures in another way."""
    return request.config.stash.setdefault(RIGHE, [])
