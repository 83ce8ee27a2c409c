"""A citizen who doesn't read Italian, in a browser: by keyboard, with and without scripts (R60)."""

import pytest

from tests.e2e.mondo import Mondo


@pytest.mark.parametrize("javascript", [True, False])
def test_si_cambia_lingua_con_la_tastiera_e_si_resta_sulla_pagina(mondo: Mondo, contesto, javascript):
    """R60: choose English, search, open a point, come back to the same point in Italian."""
    punto = mondo.punti[0]
    pagina = contesto(larghezza="telefono", java_script_enabled=javascript).new_page()
    pagina.goto("/")
    pagina.get_by_role("link", name="English").focus()
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/en/")
    pagina.get_by_label("I live in").fill(punto.sede.comune.nome)
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/en/punti-informativi/**")
    pagina.get_by_role("link", name=punto.nome).first.focus()
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(f"**/en{punto.get_absolute_url()}")
    assert pagina.get_by_role("heading", name="Opening hours").is_visible()
    pagina.get_by_role("link", name="Italiano").focus()
    pagina.keyboard.press("Enter")
    pagina.wait_for_url(f"**{punto.get_absolute_url()}")
    assert (pagina.locator("html").get_attribute("lang"), pagina.context.cookies()) == ("it", [])
