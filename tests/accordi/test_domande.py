"""Questions by type, without a database: what is read, what is refused and how it is printed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accordi.domande import Domanda, in_parole, leggi, mancanze, pulisci, ripulisci_testo

SCELTE = ("Cremona", "Crema")


def domanda(tipo: str, **altro: object) -> Domanda:
    return Domanda("x", tipo, "Quanto?", scelte=SCELTE, **altro)


@pytest.mark.parametrize(
    ("tipo", "scritto", "valore", "stampato"),
    [
        ("testo_breve", "Due righe", "Due righe", "Due righe"),
        ("numero", "12", 12, "12"),
        ("numero", "1.200", 1200, "1.200"),
        ("numero", "-3", -3, "-3"),
        ("importo", "1.234,50", Decimal("1234.50"), "1.234,50 €"),
        ("importo", "1234.5", Decimal("1234.5"), "1.234,50 €"),
        ("importo", "1.234", Decimal(1234), "1.234,00 €"),
        ("importo", "€ 20", Decimal(20), "20,00 €"),
        ("data", "2026-03-31", date(2026, 3, 31), "31/03/2026"),
        ("data", "31/03/2026", date(2026, 3, 31), "31/03/2026"),
        ("si_no", "si", "si", "sì"),
        ("scelta", "Crema", "Crema", "Crema"),
        ("piu_scelte", ["Crema", "Cremona"], ["Crema", "Cremona"], "Crema; Cremona"),
    ],
)
def test_ogni_tipo_si_legge_e_si_stampa(tipo, scritto, valore, stampato):
    assert (leggi(domanda(tipo), scritto), in_parole(domanda(tipo), scritto)) == (valore, stampato)


@pytest.mark.parametrize(
    ("tipo", "scritto", "frase"),
    [
        ("testo_breve", "x" * 301, "La risposta ha 301 caratteri e ne può avere 300: accorciala."),
        ("numero", "dodici", "Scrivi un numero intero, in cifre e senza decimali: per esempio 12."),
        ("numero", "1,5", "Scrivi un numero intero, in cifre e senza decimali: per esempio 12."),
        ("numero", "9" * 5000, "Scrivi un numero intero, in cifre e senza decimali: per esempio 12."),
        ("importo", "1,234.50", "Scrivi un importo in euro, con due decimali al massimo: per esempio 1.234,50."),
        ("importo", "-5", "Scrivi un importo in euro, con due decimali al massimo: per esempio 1.234,50."),
        ("importo", "99999999999", "L'importo è troppo grande: controlla le cifre."),
        ("data", "31/02/2026", "Scrivi una data che esiste, come giorno/mese/anno: per esempio 31/03/2026."),
        ("si_no", "forse", "La risposta non è più tra le scelte: scegli di nuovo."),
        ("scelta", "Lodi", "La risposta non è più tra le scelte: scegli di nuovo."),
        ("piu_scelte", ["Crema", "Lodi"], "Una delle risposte non è più tra le scelte: scegli di nuovo."),
    ],
)
def test_una_risposta_sbagliata_dice_che_cosa_scrivere_e_si_stampa_com_era(tipo, scritto, frase):
    with pytest.raises(ValidationError) as errore:
        leggi(domanda(tipo), scritto)
    assert errore.value.messages == [frase]
    assert in_parole(domanda(tipo), scritto) == ("; ".join(scritto) if isinstance(scritto, list) else scritto)


def test_manca_solo_cio_che_e_obbligatorio_o_non_si_legge():
    domande = [domanda("numero"), Domanda("y", "data", "Quando?", obbligatoria=False), Domanda("z", "data", "E poi?")]
    assert list(mancanze(domande, {"x": "  ", "z": "mai"})) == [
        "Rispondi alla domanda «Quanto?».",
        "Correggi la risposta a «E poi?»: scrivi una data che esiste, come giorno/mese/anno: per esempio 31/03/2026.",
    ]
    assert list(mancanze(domande, {"x": "3", "z": "2026-01-01"})) == []


@pytest.mark.parametrize(
    ("tipo", "mandato", "tenuto"),
    [
        ("numero", "12", {"x": "12"}),
        ("numero", {"a": 1}, {}),
        ("numero", ["12"], {}),
        ("numero", 12, {}),
        ("testo_breve", "a\x00b\ud800c", {"x": "abc"}),
        ("piu_scelte", ["Crema", "Crema", 3], {"x": ["Crema"]}),
        ("piu_scelte", "Crema", {}),
        ("piu_scelte", ["z"] * 1000, {"x": ["z"]}),
    ],
)
def test_di_cio_che_arriva_si_tiene_solo_la_forma_giusta(tipo, mandato, tenuto):
    assert pulisci([domanda(tipo)], {"x": mandato, "stato": "ammessa", "y": "estranea"}) == tenuto


def test_un_testo_enorme_si_ferma_al_limite_della_bozza():
    assert len(ripulisci_testo("x" * 10_000_000)) == 20_000
