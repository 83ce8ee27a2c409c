"""Editorial pages below a given parent, published."""

import json
from datetime import date
from typing import Any

from wagtail.models import Page

from pagine.models import MisuraPage, MisurePage


def misure(home: Page) -> MisurePage:
    """The index of the measures."""
    home.refresh_from_db()
    return home.add_child(instance=MisurePage(title="Misure", slug="misure", sommario="Gli aiuti.", show_in_menus=True))


def misura(madre: Page, titolo: str = "Programma GOL", profili: Any = (), **campi: Any) -> MisuraPage:
    """A measure without dates; `profili`: pairs (answers "question:answer", why)."""
    blocchi = [{"type": "profilo", "value": {"risposte": r, "perche": p}} for r, p in profili]
    predefiniti = {
        "slug": titolo.lower().replace(" ", "-"),
        "sommario": f"{titolo} in breve",
        "per_chi": "<p>A chi cerca lavoro.</p>",
        "che_cosa_da": "<p>Un percorso.</p>",
        "per_cominciare": "<p>Prenota un colloquio.</p>",
        "verificata_il": date(2024, 4, 17),
    }
    madre.refresh_from_db()
    return madre.add_child(instance=MisuraPage(title=titolo, profili=json.dumps(blocchi), **(predefiniti | campi)))
