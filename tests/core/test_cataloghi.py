"""The catalogues of translated words: complete for what a citizen reads, and made without outside tools (R60)."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from core.cataloghi import aggiorna
from core.feste import feste_nazionali
from tests.testi import dei_template, del_python

PUBBLICI = [
    "core/base.html",
    "core/forms/campo.html",
    "core/forms/form.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "pagine/home.html",
    "pagine/contenuto.html",
    "pagine/notizia.html",
    "pagine/misure.html",
    "pagine/misura.html",
    "pagine/guida.html",
    "pagine/guida_esito.html",
    "pagine/risultati.html",
    "pagine/centri.html",
    "pagine/cpi.html",
    "pagine/ricerca.html",
    "dati_aperti/indice.html",
    "dati_aperti/_insieme.html",
    "punti_informativi/elenco.html",
    "punti_informativi/punto.html",
    "punti_informativi/cessato.html",
    "punti_informativi/non_confermato.html",
    "punti_informativi/riscontro.html",
    "punti_informativi/_riscontro.html",
    "punti_informativi/segnala.html",
    "punti_informativi/segnalazione.html",
    "punti_informativi/soddisfazione.html",
    "punti_informativi/stampa.html",
    "accordi/avvisi.html",
    "accordi/avviso.html",
]
SORGENTI = [
    "site/core/aperti.py",
    "site/pagine/context_processors.py",
    "site/pagine/guida.py",
    "site/pagine/queries/ricerca.py",
    "site/pagine/views/guida.py",
    "site/dati_aperti/insiemi.py",
    "site/dati_aperti/formati.py",
    "punti_informativi/apertura.py",
    "punti_informativi/orari.py",
    "punti_informativi/ics.py",
    "punti_informativi/forms/filtri.py",
    "punti_informativi/forms/riscontri.py",
    "punti_informativi/models/riscontri.py",
    "punti_informativi/views/filtri_attivi.py",
    "punti_informativi/views/punto.py",
    "punti_informativi/views/segnalazioni.py",
    "accordi/blocchi.py",
    "accordi/finestra.py",
    "accordi/forms/avvisi.py",
    "accordi/scelte.py",
]


@pytest.fixture(scope="module")
def inglese():
    return polib.pofile(str(settings.CATALOGHI[0] / "en/LC_MESSAGES/django.po"))


def _tradotte(catalogo):
    dette = (v for v in catalogo if all((v.msgstr_plural or {0: v.msgstr}).values()))
    return {(v.msgid, v.msgid_plural) for v in dette}


def test_ogni_frase_delle_pagine_pubbliche_ha_la_sua_traduzione_inglese(inglese):
    """R60: a new sentence without its English words fails here, with the file that says it."""
    frasi = dei_template(PUBBLICI) | del_python(settings.RADICE / s for s in SORGENTI)
    assert len(frasi) > 200
    assert {frase: dove for frase, dove in frasi.items() if frase not in _tradotte(inglese)} == {}


def test_ogni_festa_nazionale_ha_il_suo_nome_inglese(inglese):
    nomi = {nome for feste in feste_nazionali(2026).values() for nome in feste.split("; ")}
    assert nomi - {msgid for msgid, _plurale in _tradotte(inglese)} == set()


def test_una_traduzione_tiene_i_segnaposti_e_i_marcatori(inglese):

    segni = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|</?\w+>")
    for voce in inglese:
        for testo in [voce.msgstr, *voce.msgstr_plural.values()]:
            if testo:
                assert sorted(segni.findall(testo)) == sorted(segni.findall(voce.msgid)), voce.msgid


def _scrivi(cartella: Path, lingua: str, **frasi: str) -> Path:
    file = cartella / lingua / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    catalogo = polib.POFile()
    catalogo.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogo.extend(polib.POEntry(msgid=msgid, msgstr=msgstr) for msgid, msgstr in frasi.items())
    catalogo.save(str(file))
    return cartella


def test_le_tabelle_si_rifanno_solo_quando_i_testi_cambiano(tmp_path):
    nostri = _scrivi(tmp_path / "nostri", "en", Ciao="Hello", Grazie="Thanks")
    suoi = tmp_path / "suoi"
    tabelle = tmp_path / "tabelle"
    assert aggiorna([nostri, suoi], tabelle) == ["en"]
    assert aggiorna([nostri, suoi], tabelle) == []
    _scrivi(suoi, "en", Ciao="Hi there")
    _scrivi(suoi, "ro", Ciao="Salut")
    assert sorted(aggiorna([nostri, suoi], tabelle)) == ["en", "ro"]
    lette = {v.msgid: v.msgstr for v in polib.mofile(str(tabelle / "en/LC_MESSAGES/django.mo"))}
    assert lette == {"Ciao": "Hi there", "Grazie": "Thanks"}
