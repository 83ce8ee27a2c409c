"""Verbs of the sheet: what they write, what they refuse, what a repetition changes (nothing)."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied

from core.errori import Rifiuto
from core.models import RigaRegistro
from core.orologio import fermo
from core.registro import righe_di
from monitoraggio.definizioni import sposta_anno
from monitoraggio.models import Obiettivo
from monitoraggio.queries import confronto, definizione_di, scheda
from monitoraggio.schede import impronta_scheda
from monitoraggio.services import aggiorna_fase, congela_scheda, copia_obiettivo, importa_scheda, inserisci_valore
from tests.factories.monitoraggio import FaseFactory, IndicatoreFactory, ObiettivoFactory
from tests.factories.reti import IncontroFactory, ReteFactory
from tests.factories.utenti import UtenteFactory
from utenti.models import Ruolo

pytestmark = pytest.mark.django_db
FINE = date(2023, 12, 31)
SCRIVONO = {Ruolo.COORDINATORE, Ruolo.DIRIGENTE, Ruolo.AMMINISTRATORE}


def _valore(utente, indicatore, **altro):
    dati = {"valore": Decimal(3), "al": FINE, "nota": "Elenco nel fascicolo."} | altro
    return inserisci_valore(utente=utente, indicatore=indicatore, **dati)


def test_un_valore_inserito_vale_dal_suo_giorno_e_l_ultimo_prevale(coordinatore):
    """R52."""
    indicatore = IndicatoreFactory()
    _valore(coordinatore, indicatore, valore=Decimal(1), al=date(2023, 6, 30))
    _valore(coordinatore, indicatore, valore=Decimal(3))
    _valore(coordinatore, indicatore, valore=Decimal(2), nota="Correzione: una era doppia.")
    valori = {
        al: scheda(indicatore.obiettivo, al).indicatori[0].valore for al in (date(2023, 6, 29), date(2023, 7, 1), FINE)
    }
    assert valori == {date(2023, 6, 29): None, date(2023, 7, 1): Decimal(1), FINE: Decimal(2)}


def test_lo_stesso_valore_due_volte_si_scrive_una_volta(coordinatore):
    indicatore = IndicatoreFactory()
    assert _valore(coordinatore, indicatore) == _valore(coordinatore, indicatore)
    assert [r.azione for r in righe_di(indicatore)] == ["inserisce un valore"]


def test_un_valore_inserito_non_si_ritocca(coordinatore):
    valore = _valore(coordinatore, IndicatoreFactory())
    valore.valore = Decimal(30)
    with pytest.raises(ImproperlyConfigured):
        valore.save()


@pytest.mark.parametrize(
    ("altro", "frase"),
    [
        ({"al": date(2022, 12, 31)}, "La scheda riguarda il 2023: scegli una data di quell'anno."),
        ({"al": date(2024, 1, 1)}, "La scheda riguarda il 2023: scegli una data di quell'anno."),
        ({"nota": "  "}, "Scrivi da dove viene il numero e dove si trova la prova."),
    ],
)
def test_un_valore_senza_prova_o_fuori_anno_e_rifiutato(coordinatore, altro, frase):
    indicatore = IndicatoreFactory()
    with pytest.raises(Rifiuto) as rifiuto:
        _valore(coordinatore, indicatore, **altro)
    assert rifiuto.value.frase == frase
    assert not indicatore.valori.exists()


def test_un_valore_del_futuro_e_rifiutato(coordinatore):
    with fermo(datetime(2023, 3, 1, 9, tzinfo=UTC)), pytest.raises(Rifiuto) as rifiuto:
        _valore(coordinatore, IndicatoreFactory(), al=date(2023, 3, 2))
    assert rifiuto.value.frase == "La data non è ancora arrivata: scegli oggi o un giorno passato."


def test_un_indicatore_calcolato_non_si_inserisce(coordinatore):
    with pytest.raises(PermissionDenied, match="Il valore di F2 è calcolato"):
        _valore(coordinatore, IndicatoreFactory(punti=True))


@pytest.mark.parametrize("ruolo", list(Ruolo))
def test_solo_chi_coordina_scrive_sulla_scheda(ruolo):
    utente, obiettivo = UtenteFactory(ruolo=ruolo), ObiettivoFactory()
    indicatore, fase = IndicatoreFactory(obiettivo=obiettivo), FaseFactory(obiettivo=obiettivo)
    verbi = [
        lambda: _valore(utente, indicatore),
        lambda: aggiorna_fase(utente=utente, fase=fase, inizio_effettivo=None, fine_effettiva=None, avanzamento=None),
        lambda: congela_scheda(utente=utente, obiettivo=obiettivo, al=FINE),
        lambda: importa_scheda(utente=utente, definizione=definizione_di(obiettivo)),
        lambda: copia_obiettivo(utente=utente, obiettivo=obiettivo, anno=2024),
    ]
    for verbo in verbi:
        if ruolo in SCRIVONO:
            verbo()
        else:
            with pytest.raises(PermissionDenied):
                verbo()
    assert RigaRegistro.objects.exists() == (ruolo in SCRIVONO)


def test_una_fase_prende_le_date_e_ripeterle_non_lascia_traccia(coordinatore):
    fase = FaseFactory()
    fatti = {"inizio_effettivo": date(2023, 1, 1), "fine_effettiva": FINE, "avanzamento": 100}
    for _volta in range(2):
        fase = aggiorna_fase(utente=coordinatore, fase=fase, **fatti)
    assert {n: getattr(fase, n) for n in fatti} == fatti
    assert [r.dati for r in righe_di(fase)] == [
        {"inizio_effettivo": "2023-01-01", "fine_effettiva": "2023-12-31", "avanzamento": "100"}
    ]


@pytest.mark.parametrize(
    ("inizio", "fine", "avanzamento", "inizio_frase"),
    [
        (None, FINE, 100, "Indica prima quando"),
        (None, None, 20, "Indica prima quando"),
        (date(2023, 5, 2), date(2023, 5, 1), 100, "La fine viene prima"),
        (date(2099, 1, 1), None, 0, "Una data effettiva non può"),
        (date(2023, 5, 2), None, 101, "L'avanzamento va da 0 a 100"),
        (date(2023, 5, 2), None, 100, "Una fase conclusa ha"),
        (date(2023, 5, 2), FINE, 90, "Una fase conclusa ha"),
    ],
)
def test_una_fase_incoerente_e_rifiutata(coordinatore, inizio, fine, avanzamento, inizio_frase):
    with pytest.raises(Rifiuto, match=inizio_frase):
        aggiorna_fase(
            utente=coordinatore,
            fase=FaseFactory(),
            inizio_effettivo=inizio,
            fine_effettiva=fine,
            avanzamento=avanzamento,
        )


def test_una_scheda_congelata_resta_e_la_correzione_si_vede(coordinatore, provincia):
    """R52: the snapshot keeps its figures and its definition; a later record contradicts it."""
    obiettivo = ObiettivoFactory()
    IndicatoreFactory(obiettivo=obiettivo, punti=True)
    congelata = congela_scheda(utente=coordinatore, obiettivo=obiettivo, al=FINE, nota="Consegna")
    assert confronto(congelata) == []
    assert congelata.impronta == impronta_scheda(congelata.scheda)
    assert congelata.scheda["indicatori"][0]["definizione"] == {
        "versione": 1,
        "misura": "incontri_tenuti",
        "parametri": {"tema": "punti_informativi"},
        "meglio": "alto",
    }
    IncontroFactory(rete=ReteFactory(convocante=provincia, tema="punti_informativi"), svolto=True)
    assert [(d.codice, d.campo, d.prima, d.dopo) for d in confronto(congelata)] == [
        ("F2", "raggiunto", 0, 1),
        ("F2", "semaforo", "red", "green"),
        ("F2", "record", 0, 1),
    ]
    with pytest.raises(ImproperlyConfigured):
        congelata.delete()


def test_congelare_due_volte_la_stessa_scheda_ne_lascia_una(coordinatore):
    obiettivo = ObiettivoFactory()
    IndicatoreFactory(obiettivo=obiettivo)
    for _volta in range(2):
        congela_scheda(utente=coordinatore, obiettivo=obiettivo, al=FINE)
    assert obiettivo.rilevazioni.count() == 1
    assert [r.azione for r in righe_di(obiettivo)] == ["congela la scheda"]


def test_la_copia_per_un_altro_anno_riparte_da_zero(coordinatore):
    obiettivo = ObiettivoFactory()
    indicatore = IndicatoreFactory(
        obiettivo=obiettivo, atto=True, descrizione="Atto entro il 30/04/2023 (L.R. 17/2022)"
    )
    fase = FaseFactory(obiettivo=obiettivo, codice="E1", fine_prevista=date(2023, 4, 30))
    fase.indicatori.set([indicatore])
    aggiorna_fase(
        utente=coordinatore,
        fase=fase,
        inizio_effettivo=date(2023, 1, 1),
        fine_effettiva=date(2023, 4, 1),
        avanzamento=100,
    )
    copia = copia_obiettivo(utente=coordinatore, obiettivo=obiettivo, anno=2024)
    nuova = copia.fasi.get()
    assert (copia.codice, copia.anno) == ("2024_1", 2024)
    assert (nuova.fine_prevista, nuova.inizio_effettivo, nuova.avanzamento) == (date(2024, 4, 30), None, None)
    i = nuova.indicatori.get()
    assert (i.descrizione, i.misura, i.meglio, i.parametri) == (
        "Atto entro il 30/04/2024 (L.R. 17/2022)",
        "atto_entro",
        "basso",
        {"tipo": "comitato_tecnico", "entro": "04-30"},
    )
    with pytest.raises(Rifiuto, match="L'obiettivo 2024_1 c'è già"):
        copia_obiettivo(utente=coordinatore, obiettivo=obiettivo, anno=2024)


DEFINIZIONE = {
    "obiettivo": "2024_7",
    "titolo": "Titolo",
    "centro_di_responsabilita": "SETTORE",
    "fasi": [{"codice": "A", "indicatori": ["A1"], "inizio_previsto": "2024-01-01", "fine_prevista": "2024-12-31"}],
    "indicatori": [{"codice": "A1", "descrizione": "N.", "previsto": 4, "misura": "incontri_tenuti"}],
}


@pytest.mark.parametrize(
    ("difetto", "frase"),
    [
        ({"obiettivo": "3504"}, "Il codice «3504» non va bene: scrivi l'anno e il numero, come 2023_3504."),
        ({"titolo": " "}, "Manca «titolo»: serve un testo."),
        ({"fasi": "A"}, "«fasi» dev'essere un elenco di voci, ciascuna con il suo codice."),
        (
            {"indicatori": DEFINIZIONE["indicatori"] * 2},
            "In «indicatori» il codice A1 compare due volte.",
        ),
        (
            {"fasi": [DEFINIZIONE["fasi"][0] | {"indicatori": ["Z9"]}]},
            "La fase A nomina l'indicatore Z9, che non c'è.",
        ),
        (
            {"fasi": [DEFINIZIONE["fasi"][0] | {"fine_prevista": "fine anno"}]},
            "Fase A: «fine anno» non è una data. Scrivila come 2023-12-31.",
        ),
        (
            {"indicatori": [{"codice": "A1", "previsto": "molti"}]},
            "A1: «molti» non è un numero.",
        ),
        (
            {"indicatori": [{"codice": "A1", "previsto": 1, "misura": "atto_entro", "parametri": {"tipo": "tavolo"}}]},
            "A1: alla misura «atto_entro» serve il parametro «entro».",
        ),
        (
            {"indicatori": [{"codice": "A/1", "previsto": 1}]},
            "In «indicatori» il codice «A/1» non va bene: lettere, cifre, punto e trattino.",
        ),
        (
            {"indicatori": [{"codice": "A1", "descrizione": "N.", "previsto": 1, "meglio": "boh"}]},
            "Indicatore A1: meglio: Il valore 'boh' non è una scelta valida.",
        ),
        (
            {"indicatori": [{"codice": "A1", "previsto": 1, "parametri": ["tavolo"]}]},
            "A1: «parametri» dev'essere un oggetto JSON.",
        ),
        (
            {"fasi": [DEFINIZIONE["fasi"][0] | {"fine_prevista": "2023-12-31"}]},
            "Fase A: la fine prevista viene prima dell'inizio.",
        ),
    ],
)
def test_una_definizione_difettosa_e_rifiutata_tutta(coordinatore, difetto, frase):
    with pytest.raises(Rifiuto) as rifiuto:
        importa_scheda(utente=coordinatore, definizione=DEFINIZIONE | difetto)
    assert rifiuto.value.frase == frase
    assert not Obiettivo.objects.exists()


def test_una_misura_ignota_e_rifiutata_nominando_quelle_note(coordinatore):
    indicatori = [{"codice": "A1", "previsto": 1, "misura": "a_occhio"}]
    with pytest.raises(Rifiuto, match=r"la misura «a_occhio» non esiste\. Misure note: incontri_tenuti, "):
        importa_scheda(utente=coordinatore, definizione=DEFINIZIONE | {"indicatori": indicatori})


def test_spostare_l_anno_lascia_gli_altri_numeri():
    spostata = sposta_anno(DEFINIZIONE | {"titolo": "Piano 2024, DGR 20241, L.R. 17/2022"}, 2027)
    assert (spostata["obiettivo"], spostata["titolo"]) == ("2027_7", "Piano 2027, DGR 20241, L.R. 17/2022")
    assert spostata["fasi"][0]["fine_prevista"] == "2027-12-31"
