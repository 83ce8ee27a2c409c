"""Every page of calls, applications and agreements in a browser: WCAG 2.1 AA, and no sideways scrolling (R60).

Addresses come from the URL configuration: a new page is checked without anybody writing it here.
"""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.e2e.conftest import difetti
from tests.permessi.indirizzi import Indirizzo, indirizzi
from tests.permessi.mondo import Mondo

DELL_EDITOR = ("/history", "/usage/", "/preview/", "/workflow", "/delete/", "/lock/", "/unlock/", "/unpublish/")

EDITOR = tuple(f"/gestione/{dove}/{che}/" for dove in ("avvisi", "modelli-accordo") for che in ("add", "edit"))
DI_CHI_FIRMA = ("/gestione/accordi/da-firmare/", "/gestione/accordi/firma/", "/gestione/accordi/firma-digitale/")


def _degli_accordi(i: Indirizzo) -> bool:
    classe = getattr(i.vista, "view_class", i.vista)
    nostro = classe.__module__.startswith("accordi.") or getattr(i.modello, "__module__", "").startswith("accordi.")
    return nostro and i.nostro and not any(pezzo in i.rotta for pezzo in DELL_EDITOR)


def _pagine(mondo: Mondo, chi: str) -> Iterator[str]:
    """Addresses that answer `chi` with a whole page; the office signs in its own three screens."""
    client = Client()
    client.force_login(mondo.persone[chi])
    for url in dict.fromkeys(mondo.url(i.rotta, i.modello) for i in indirizzi() if _degli_accordi(i)):
        if url.startswith("/gestione/") == (chi == "proprio") or any(s in url for s in DI_CHI_FIRMA) != (
            chi == "dirigente"
        ):
            continue
        risposta = client.get(url)
        corpo = risposta.getvalue()
        risposta.close()
        if risposta.status_code == 200 and b"</html>" in corpo:
            yield url


@pytest.mark.parametrize(
    ("chi", "larghezza"), [("proprio", "telefono"), ("coordinatore", "scrivania"), ("dirigente", "scrivania")]
)
def test_ogni_pagina_degli_accordi(transactional_db, contesto, chi, larghezza):
    """R60: partners on a telephone, the office at a desk, who signs for the Province."""
    mondo = Mondo()
    pagina = contesto(mondo.persone[chi], larghezza=larghezza, tollera="404").new_page()
    esito = {url: difetti(pagina, url, titolo=not url.startswith(EDITOR)) for url in _pagine(mondo, chi)}
    assert {u: d for u, d in esito.items() if d} == {}
