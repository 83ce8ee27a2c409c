"""The desk by subject: counts, the filter in the address, what goes first, nothing lost when it's much (R54)."""

from datetime import date

import pytest

from core.amministrazione.scrivania import per_genere, riquadri
from core.scrivania import Voce, ente_scelto, piu_urgenti
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
VOCI = [Voce(f"Tavolo {n:03}", f"/t/{n}/", 2, gruppo="Tavoli") for n in range(112)]
VOCI += [Voce("Impegno", "/i/", 0, entro=date(2023, 3, 1), gruppo="Accordi")]
FIRMA = Voce("Firma il patto", "/f/", 2, gruppo="Accordi da firmare", prima=True)


def voci_di_prova(utente):
    return VOCI + ([FIRMA] if utente.ruolo == "dirigente" else [])


@pytest.fixture
def scrivania(settings, entra):
    settings.FORNITORI_SCRIVANIA = [f"{__name__}.voci_di_prova"]

    def _scrivania(ruolo="coordinatore", **chiesto):
        return entra(UtenteFactory(ruolo=ruolo)).get("/gestione/", chiesto).content.decode()

    return _scrivania


def test_ogni_argomento_dice_quante_cose_ha_e_ne_mostra_dieci(scrivania):
    testo = scrivania()
    for frase in ("Tutto (113)", "Accordi (1)", "Tavoli (112)", "Da fare (112)", "Mostra le altre 102 di «Tavoli»"):
        assert frase in testo
    assert testo.count(">Tavolo 0") == 10


def test_il_filtro_per_argomento_e_nell_indirizzo_e_a_pagine(scrivania):
    prima, ultima = scrivania(genere="tavoli"), scrivania(genere="tavoli", pagina="3")
    assert (prima.count(">Tavolo "), ultima.count(">Tavolo ")) == (50, 12)
    assert "Pagina 3 di 3" in ultima
    assert "Impegno" not in prima
    assert 'href="?genere=tavoli" aria-current="true"' in prima


def test_un_argomento_finito_lo_dice_e_riporta_a_tutto(scrivania):
    testo = scrivania(genere="decisioni")
    assert "Su questo argomento non c'è più niente da fare." in testo
    assert '<a href="?">Mostra tutto</a>' in testo


def test_il_dirigente_vede_prima_che_cosa_firmare_anche_di_cio_che_e_in_ritardo(scrivania):
    testo = scrivania("dirigente")
    assert testo.index("Prima di tutto (1)") < testo.index("Firma il patto") < testo.index("In ritardo (1)")


def test_senza_ritardi_e_scadenze_e_tutto_in_ordine(scrivania, monkeypatch):
    assert "Tutto in ordine" not in scrivania()
    monkeypatch.setattr(f"{__name__}.VOCI", VOCI[:3])
    assert "Tutto in ordine: niente è in ritardo e niente sta per scadere." in scrivania()


def test_la_riga_delle_altre_conta_per_tutte_quelle_che_nasconde():
    """A provider that shows its ten most urgent loses none of the count."""
    voci = piu_urgenti(VOCI[:25], "Altri tavoli: %d", "/tavoli/")
    (tavoli,) = per_genere(voci)
    assert (tavoli.nome, len(tavoli.voci), tavoli.quante, tavoli.restanti) == ("Tavoli", 11, 25, 0)
    firme = piu_urgenti([FIRMA] * 12, "Altre firme: %d", "/firme/")
    assert [(r.titolo, r.quante) for r in riquadri(firme)] == [("Prima di tutto", 12)]


def test_un_ente_che_non_e_il_proprio_non_si_sceglie():
    assert ente_scelto([], "altrui") == ""
