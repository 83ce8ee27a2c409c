"""The life of a signed agreement, step by step in the browser."""

import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from accordi.models import Accordo
from tests.e2e.gesti import detto, pdf


def attiva(pagina: Page, accordo: Accordo) -> None:
    pagina.goto(reverse("accordi_gestione:accordo", args=[accordo.pk]))
    pagina.get_by_role("button", name="Attiva l'accordo").click()
    detto(pagina, "Accordo attivo.")


def affida_un_impegno(pagina: Page, accordo: Accordo, parte: str) -> None:
    pagina.goto(reverse("accordi_gestione:vita", args=[accordo.pk]))
    pagina.get_by_role("link", name="Aggiungi un impegno").click()
    pagina.locator("[name=parte]").select_option(label=parte)
    pagina.locator("[name=testo]").fill("Sportello in piazza ogni giovedì")
    pagina.locator("[name=entro]").fill("2023-06-30")
    pagina.get_by_role("button", name="Aggiungi un impegno").click()
    detto(pagina, "Impegno aggiunto.")


def adempie(pagina: Page, accordo: Accordo) -> None:
    pagina.goto(accordo.get_absolute_url())
    pagina.get_by_role("link", name="Durata, impegni e risorse").click()
    pagina.locator("summary", has_text="Di' che è adempiuto").click()
    pagina.get_by_label("Che cosa è stato fatto").fill("Aperto dal primo giovedì di aprile")
    pagina.get_by_label("Documento che lo prova").set_input_files(files=[pdf("registro.pdf")])
    pagina.get_by_role("button", name="Di' che è adempiuto").click()
    detto(pagina, "Segnalato: l'ufficio lo legge e conferma.")


def conferma_l_impegno(pagina: Page) -> None:
    """The office finds it on the desk."""
    pagina.goto(reverse("wagtailadmin_home"))
    pagina.get_by_role("link", name="Conferma l'impegno «Sportello in piazza").click()
    pagina.locator("table a", has_text=re.compile("^Conferma")).click()
    pagina.get_by_role("button", name="Conferma").click()
    detto(pagina, "Confermato.")


def registra_il_recesso(pagina: Page, parte: str) -> None:
    pagina.get_by_role("link", name="Registra un recesso").click()
    pagina.locator("[name=parte]").select_option(label=parte)
    pagina.locator("[name=motivo]").fill("La cooperativa chiude la sede in provincia.")
    pagina.get_by_role("button", name="Registra un recesso").click()
    detto(pagina, "Recesso registrato: le altre parti ricevono un messaggio.")


def e_scaduto(pagina: Page, accordo: Accordo) -> None:
    """The day after, with no job having run."""
    pagina.goto(accordo.get_absolute_url())
    expect(pagina.locator("main .etichetta", has_text="Scaduto")).to_be_visible()
    accordo.refresh_from_db()
    assert accordo.stato == "attivo"
