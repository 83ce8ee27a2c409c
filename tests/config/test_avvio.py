"""What `manage.py avvia` hands to the processes that it starts."""

import pytest

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
