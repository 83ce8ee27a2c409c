"""What `manage.py avvia` hands to the processes that it starts."""

from threading import Event, Thread

import pytest

from config import avvio
from config.avvio import ambiente_di_servizio


@pytest.mark.parametrize(
    ("proprio", "indirizzo"),
    [
        ({}, "http://localhost:8123"),
        ({"INDIRIZZO_PUBBLICO": "https://raccordo.example"}, "https://raccordo.example"),
    ],
)
def test_gli_indirizzi_nelle_mail_hanno_la_porta_servita(proprio, indirizzo):
    """A link of a mail opens what runs here, unless a public address was given."""
    assert ambiente_di_servizio(proprio, "8123") == {
        "INDIRIZZO_PUBBLICO": indirizzo,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONUNBUFFERED": "1",
    }


def test_due_preparazioni_insieme_nella_stessa_cartella_ne_fanno_una_sola(monkeypatch, tmp_path):
    """`avvia` while `prova` fetches the pages' libraries: the second says that it waits, and finds them."""
    aspetta, volte = Event(), []
    monkeypatch.setattr(avvio, "_dice", lambda _frase: aspetta.set())
    monkeypatch.setattr(avvio, "_front_end", lambda *_a: (volte.append(1), aspetta.wait(20)))
    insieme = [Thread(target=avvio.prepara_front_end, args=("python", tmp_path)) for _n in range(2)]
    for preparazione in insieme:
        preparazione.start()
    for preparazione in insieme:
        preparazione.join(30)
    assert (volte, aspetta.is_set()) == ([1], True)
