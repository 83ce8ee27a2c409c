"""The desk shows the most urgent ten of each kind, and where all of them are."""

from datetime import UTC, datetime, timedelta

import pytest

from core.scrivania import voci_di
from reti.stati import StatoIncontro
from tests.factories.reti import IncontroFactory, ReteFactory

pytestmark = pytest.mark.django_db
ORA = datetime(2023, 5, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stato", "voce", "altri", "attesa"),
    [
        (
            StatoIncontro.CONVOCATO,
            "Registra le presenze di",
            "Altri incontri di cui registrare le presenze",
            "presenze",
        ),
        (StatoIncontro.SVOLTO, "Redigi il verbale di", "Altri verbali da redigere", "minuta"),
    ],
)
def test_dieci_voci_e_una_riga_che_apre_l_elenco_di_tutte(
    provincia, coordinatore, entra, orologio, stato, voce, altri, attesa
):
    """R26: the oldest meetings first; the line opens the list of all."""
    rete = ReteFactory(convocante=provincia)
    for n in range(13):
        IncontroFactory(rete=rete, stato=stato, inizio=ORA - timedelta(days=40 + n), titolo=f"Seduta {n:02d}")
    IncontroFactory(rete=rete, stato=StatoIncontro.CONVOCATO, inizio=ORA + timedelta(days=9), titolo="Futura")
    with orologio(ORA):
        voci = [v for v in voci_di(coordinatore) if v.titolo.startswith((voce, altri))]
        assert [v.titolo for v in voci[:10]] == [f"{voce} Seduta {n:02d}" for n in range(12, 2, -1)]
        [ultima] = voci[10:]
        assert (ultima.titolo, ultima.url) == (f"{altri}: 3", f"/gestione/incontri/?attesa={attesa}")
        elenco = entra(coordinatore).get(ultima.url)
    assert sorted(i.titolo for i in elenco.context["object_list"]) == [f"Seduta {n:02d}" for n in range(13)]
