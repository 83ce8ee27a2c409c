"""Headers, cookies and third parties: what a first visit carries (R63, R64)."""

import re

import pytest

from pagine.impianto import concedi_alla_redazione, prepara_sito
from pagine.models import ContenutoPage
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
PUBBLICHE = [
    "/",
    "/privacy/",
    "/ricerca/?q=lavoro",
    "/punti-informativi/",
    "/avvisi/",
    "/dati-aperti/",
    "/api/v1/",
    "/api/v1/punti",
    "/tavoli/",
    "/rete/",
    "/salute/",
]
POLITICA = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'", "data:"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'self'"},
}


@pytest.fixture(autouse=True)
def _sito(db):
    prepara_sito()


def direttive(risposta):
    """The policy as directive → set of sources; nonces without their value."""
    testo = re.sub(r"'nonce-[^']+'", "'nonce'", risposta.headers["Content-Security-Policy"])
    return {nome: set(fonti) for nome, *fonti in (d.split() for d in testo.split("; "))}


@pytest.mark.parametrize("percorso", PUBBLICHE)
def test_la_prima_visita_non_riceve_cookie_ne_chiama_altri(client, percorso):
    """R63."""
    risposta = client.get(percorso)
    assert risposta.status_code == 200
    assert dict(risposta.cookies) == {}
    risorse = re.findall(
        r'(?:src|srcset|action|data-url)="([^"]+)"|<link(?! rel="(?:alternate|canonical)")[^>]+href="([^"]+)"',
        risposta.content.decode(),
    )
    assert [r for coppia in risorse for r in coppia if r.startswith(("http", "//"))] == []


def test_le_intestazioni_di_sicurezza_sono_esatte(client):
    """R64."""
    risposta = client.get("/privacy/")
    assert direttive(risposta) == POLITICA
    attese = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
    }
    assert {nome: risposta.headers.get(nome) for nome in attese} == attese


def test_solo_la_gestione_ha_la_politica_allentata(entra):
    """Frames of its own origin, blobs and style attributes; scripts by nonce, never unsafe-inline."""
    risposta = entra(UtenteFactory(ruolo="coordinatore")).get("/gestione/registro/")
    assert direttive(risposta) == POLITICA | {
        "script-src": {"'self'", "'nonce'"},
        "style-src": {"'self'", "'unsafe-inline'"},
        "img-src": {"'self'", "data:", "blob:"},
        "frame-src": {"'self'"},
        "frame-ancestors": {"'self'"},
    }
    assert risposta.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_l_anteprima_di_una_pagina_si_apre_nella_cornice_della_gestione(entra):
    """A preview passes the public site's middleware first: its policy must not win over the back office's."""
    pagina = ContenutoPage.objects.get(slug="privacy", alias_of=None)
    concedi_alla_redazione()
    pagina.save_revision()
    risposta = entra(UtenteFactory(ruolo="redattore")).get(f"/gestione/pages/{pagina.pk}/view_draft/")
    assert "<h1>Informativa privacy</h1>" in risposta.content.decode()
    assert direttive(risposta)["frame-ancestors"] == {"'self'"}


def test_ogni_script_in_linea_della_gestione_porta_il_nonce_della_pagina(entra):
    risposta = entra(UtenteFactory(ruolo="coordinatore")).get("/gestione/registro/")
    nonce = re.search(r"'nonce-([^']+)'", risposta.headers["Content-Security-Policy"])[1]
    in_linea = re.findall(r"<script(?![^>]*(?:src=|application/json))([^>]*)>", risposta.content.decode())
    assert in_linea == [f' nonce="{nonce}"'] * 2


def test_le_pagine_di_chi_e_entrato_non_vanno_nelle_cache_altrui(entra):
    assert entra(UtenteFactory()).get("/privacy/").headers["Cache-Control"] == "private, no-store"


def test_la_lingua_e_italiano_anche_per_un_browser_inglese(client):
    risposta = client.get("/accesso/login/", headers={"accept-language": "en"})
    assert risposta.headers["Content-Language"] == "it"
    assert '<html lang="it">' in risposta.content.decode()


def test_la_salute_dice_se_la_posta_e_ferma(client):
    assert client.get("/salute/").json() == {"database": "risponde", "posta": "in partenza"}
