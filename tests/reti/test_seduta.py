"""Who was in the room at a time and during an item; whose tap holds; by what right one sits (R22). No database."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

import pytest

from reti.deleghe import Attesa, Posizione, forma
from reti.seduta import Permanenza, presenti_alle, tratti
from reti.tocchi import Fatto, superato_da, ultimo

INTERA = Permanenza(1)
DALLE_DIECI = Permanenza(2, arrivo=time(10, 0))
FINO_ALLE_UNDICI = Permanenza(3, uscita=time(11, 0))
NEL_MEZZO = Permanenza(4, arrivo=time(10, 15), uscita=time(10, 45))
TUTTE = [INTERA, DALLE_DIECI, FINO_ALLE_UNDICI, NEL_MEZZO]


@pytest.mark.parametrize(
    ("ora", "attesi"),
    [
        (time(9, 59), {1, 3}),
        (time(10, 0), {1, 2, 3}),
        (time(10, 15), {1, 2, 3, 4}),
        (time(10, 44), {1, 2, 3, 4}),
        (time(10, 45), {1, 2, 3}),
        (time(11, 0), {1, 2}),
        (time(23, 59), {1, 2}),
    ],
)
def test_chi_c_e_dal_minuto_d_arrivo_e_non_piu_da_quello_d_uscita(ora, attesi):
    assert presenti_alle(ora, TUTTE) == attesi


@dataclass(frozen=True)
class Due:
    """Quorum of two."""

    quanti: int

    @property
    def valido(self) -> bool:
        return self.quanti >= 2


@pytest.mark.parametrize(
    ("dalle", "alle", "attesi"),
    [
        # nobody moves: one stretch
        (time(8), time(9), [(time(8), time(9), {1, 3}, True)]),
        # somebody leaves in the middle: the item is cut there
        (
            time(10, 50),
            time(11, 30),
            [(time(10, 50), time(11), {1, 2, 3}, True), (time(11), time(11, 30), {1, 2}, True)],
        ),
        # who leaves at the very end was there for the whole item
        (time(10, 50), time(11), [(time(10, 50), time(11), {1, 2, 3}, True)]),
        # who comes as it begins was there from its start
        (time(10), time(10, 15), [(time(10), time(10, 15), {1, 2, 3}, True)]),
        # an item opened and closed in the same minute
        (time(10, 45), time(10, 45), [(time(10, 45), time(10, 45), {1, 2, 3}, True)]),
    ],
)
def test_un_punto_si_taglia_dove_qualcuno_arriva_o_esce(dalle, alle, attesi):
    trovati = tratti(dalle, alle, TUTTE, lambda presenti: Due(len(presenti)))
    assert [(t.dalle, t.alle, set(t.presenti), t.esito.valido) for t in trovati] == attesi


def test_il_quorum_puo_mancare_in_mezzo_a_un_punto():
    stanze = [Permanenza(1), Permanenza(2, uscita=time(10, 20)), Permanenza(3, arrivo=time(10, 40))]
    trovati = tratti(time(10), time(11), stanze, lambda presenti: Due(len(presenti)))
    assert [(t.dalle, t.esito.valido) for t in trovati] == [
        (time(10), True),
        (time(10, 20), False),
        (time(10, 40), True),
    ]


def alle(minuto: int) -> datetime:
    return datetime(2023, 3, 7, 9, minuto, tzinfo=UTC)


STORIA = [Fatto("esito", "presente", alle(1)), Fatto("esito", "assente", alle(5)), Fatto("persona", "Ada", alle(2))]


@pytest.mark.parametrize(
    ("campo", "minuto", "vince"),
    [
        ("esito", 6, None),
        ("esito", 5, None),  # same instant: the last received wins
        ("esito", 4, "assente"),
        ("persona", 6, None),
        ("persona", 3, "assente"),  # a name of somebody who then turned out not to be there
        ("persona", 1, "assente"),
        ("uscita", 4, "assente"),
        ("uscita", 5, None),
    ],
)
def test_vale_il_tocco_piu_recente_nell_ordine_delle_mani(campo, minuto, vince):
    contrario = superato_da(campo, alle(minuto), STORIA)
    assert (contrario.valore if contrario else None) == vince


def test_di_due_tocchi_dello_stesso_istante_vale_l_ultimo_ricevuto():
    assert ultimo("esito", [*STORIA, Fatto("esito", "remoto", alle(5))]).valore == "remoto"
    assert ultimo("arrivo", STORIA) is None


@pytest.mark.parametrize(
    ("persona", "vista", "attesa"),
    [
        ("Mario Rossi", False, Posizione.TITOLARE),
        ("ROSSI, mario", False, Posizione.TITOLARE),
        ("Niccolo Bo", False, Posizione.SOSTITUTO),
        ("Delegata Verdi", False, Posizione.DA_VERIFICARE),
        ("Delegata Verdi", True, Posizione.VERIFICATA),
        ("Chiunque", False, Posizione.DA_VERIFICARE),
        ("", False, Posizione.IGNOTA),
    ],
)
def test_chi_siede_lo_fa_da_titolare_da_sostituto_o_per_delega(persona, vista, attesa):
    seggio = Attesa(titolare="Mario Rossi", sostituti=("Niccolò Bò",), delegato="Delegata Verdi")
    assert seggio.posizione(persona, delega_vista=vista) == attesa
    assert seggio.persona == "Delegata Verdi"
    assert seggio.nomi == ["Delegata Verdi", "Mario Rossi", "Niccolò Bò"]


def test_un_seggio_senza_titolare_non_chiede_deleghe():
    assert Attesa().posizione("Chiunque") == Posizione.IGNOTA
    assert not Attesa().attende("Chiunque")
    assert forma("D'Amico  José") == forma("jose d amico")
