"""What a person does with a browser: sign in, walk with the Tab key, read the mail."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from allauth.mfa import app_settings as mfa
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.accordi.pki import Pki
from utenti.demo import PASSWORD, segreto
from utenti.models import Utente

MARGINE = 8  # seconds that a code must still live when it is typed
PASSI = 120
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def codice_app(utente: Utente) -> str:
    """What the authenticator app of `utente` shows now; near the end of a code, waits for the next one."""
    resto = mfa.TOTP_PERIOD - time.time() % mfa.TOTP_PERIOD
    if resto < MARGINE:
        time.sleep(resto)
    return format_hotp_value(hotp_value(segreto(utente.email), int(time.time()) // mfa.TOTP_PERIOD))


def entra_dal_modulo(pagina: Page, utente: Utente, *, con_app: bool) -> None:
    """Fill the real sign-in form; the page may already be there, sent by an address that asks for it."""
    if not pagina.url.startswith("http") or reverse("account_login") not in pagina.url:
        pagina.goto(reverse("account_login"))
    pagina.get_by_label(re.compile("^E-?mail", re.IGNORECASE)).fill(utente.email)
    pagina.get_by_label(re.compile("^Password")).fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    if con_app:
        pagina.wait_for_url(f"**{reverse('mfa_authenticate')}**")
        pagina.get_by_label(re.compile("^Codice")).fill(codice_app(utente))
        pagina.get_by_role("button", name="Entra").click()


def detto(pagina: Page, frase: str) -> None:
    """The page says it."""
    expect(pagina.get_by_text(frase).first).to_be_visible()


def pdf(nome: str) -> dict[str, object]:
    """A file to choose in a form."""
    return {"name": nome, "mimeType": "application/pdf", "buffer": PDF}


def con_tab(pagina: Page, dove: Locator) -> Locator:
    """Press Tab until `dove` has the focus, as who uses no mouse does; fails when it can't be reached."""
    for _n in range(PASSI):
        pagina.keyboard.press("Tab")
        if dove.evaluate("e => e === document.activeElement"):
            return dove
    raise AssertionError(f"con la tastiera non si arriva a {dove} in {pagina.url}")


def ultima_mail(destinatario: str, oggetto: str) -> str:
    """Text of the last mail to `destinatario` whose subject contains `oggetto`."""
    trovate = [m for m in mail.outbox if m.to == [destinatario] and oggetto in m.subject]
    assert trovate, f"nessuna mail «{oggetto}» a {destinatario}: {[(m.to, m.subject) for m in mail.outbox]}"
    return trovate[-1].body


def cerca_nella_mail(destinatario: str, oggetto: str, forma: str) -> str:
    """The first group of `forma` in that mail."""
    trovato = re.search(forma, ultima_mail(destinatario, oggetto))
    assert trovato, ultima_mail(destinatario, oggetto)
    return trovato[1]


def firma_fuori(pki: Pki, ricevuto: Path, campo: str, **modi: object) -> Path:
    """The file that a person's own program leaves beside `ricevuto`, signed by the authority's first person.

    In a thread of its own: the browser's loop runs in this one.
    """
    firmato = ricevuto.with_name("firmato.pdf")
    with ThreadPoolExecutor(1) as altrove:
        firmato.write_bytes(altrove.submit(pki.firma, ricevuto.read_bytes(), "p0", campo, **modi).result())
    return firmato
