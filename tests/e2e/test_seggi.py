"""A seat in a real browser: found, filled, saved, with and without JavaScript; no barrier on its pages (R60)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.e2e.conftest import barriere
from tests.e2e.mondo import Mondo
from tests.factories.reti import SoggettoFactory


@pytest.mark.parametrize("javascript", [True, False])
def test_un_seggio_si_aggiunge_cercando_e_premendo_invio(mondo: Mondo, contesto, javascript):
    """Enter saves, wherever it is pressed; only «Cerca» searches, and loses nothing that was typed."""
    SoggettoFactory(denominazione="Cooperativa Alfa")
    SoggettoFactory(denominazione="Comune di Soresina")
    pagina = contesto(mondo.coordinatrice, java_script_enabled=javascript).new_page()
    pagina.goto(reverse("gestione_tavoli:scheda", args=[mondo.rete.pk]))
    pagina.get_by_role("link", name="Aggiungi un seggio").click()
    pagina.get_by_label("Nome o comune dell'ente").fill("alfa")
    pagina.keyboard.press("Enter")
    pagina.get_by_role("link", name="Cooperativa Alfa").click()
    pagina.get_by_label("Cerca un ente da aggiungere").fill("soresina")
    pagina.get_by_label("Nome del titolare").fill("Ada Verdi")
    pagina.locator("#rappresenta").get_by_role("button", name="Cerca").click()
    pagina.get_by_label("Comune di Soresina").check()
    expect(pagina.get_by_label("Nome del titolare")).to_have_value("Ada Verdi")
    pagina.get_by_label("Nome del titolare").press("Enter")
    expect(pagina.get_by_role("heading", name=mondo.rete.nome, level=1).first).to_be_visible()
    seggio = mondo.rete.adesioni.get(soggetto__denominazione="Cooperativa Alfa")
    assert seggio.titolare_nome == "Ada Verdi"
    assert [str(ente) for ente in seggio.rappresenta.all()] == ["Comune di Soresina"]


@pytest.mark.parametrize("larghezza", ["telefono", "scrivania"])
def test_le_pagine_dei_seggi_non_hanno_barriere(mondo: Mondo, contesto, larghezza):
    """R60: the back office too."""
    rete, seggio = mondo.rete.pk, mondo.invito.adesione_id
    pagina = contesto(mondo.coordinatrice, larghezza=larghezza).new_page()
    indirizzi = [reverse(f"gestione_tavoli:{n}", args=[rete]) for n in ("scheda", "edit", "composizione")]
    indirizzi += [reverse(f"gestione_tavoli:{n}", args=[seggio]) for n in ("seggio", "chiudi_seggio")]
    indirizzi += [reverse("gestione_tavoli:nuovo_seggio", args=[rete]) + "?cerca=vivo", reverse("gestione_tavoli:add")]
    difetti = {}
    for indirizzo in indirizzi:
        pagina.goto(indirizzo)
        difetti[indirizzo] = barriere(pagina)
    assert {i: d for i, d in difetti.items() if d} == {}
