"""The clock of an application, from dates only (R01)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accordi.models import Accordo
from accordi.queries.termini import casi_in_ritardo, clock, istanze_presentate
from accordi.scelte import TipoAccordo
from accordi.stati import StatoAccordo, StatoIstanza
from tests.factories.accordi import AvvisoFactory, IstanzaFactory, ProtocolloFactory, SospensioneFactory

pytestmark = pytest.mark.django_db
GIORNO_ZERO = date(2023, 3, 1)


def presentata(il: date = GIORNO_ZERO, *, ore: int = 9, **altro):
    quando = datetime(il.year, il.month, il.day, ore, tzinfo=UTC)
    return IstanzaFactory(presentata=True, protocollo=ProtocolloFactory(registrato_il=quando), **altro)


def firmata(istanza, il: date):
    return Accordo.objects.create(
        tipo=istanza.avviso.tipo,
        titolo="Accordo",
        istanza=istanza,
        testo="# Oggetto",
        stato=StatoAccordo.SOTTOSCRITTO,
        sottoscritto_il=datetime(il.year, il.month, il.day, 10, tzinfo=UTC),
        creato_il=datetime(2023, 3, 2, tzinfo=UTC),
    )


@pytest.mark.parametrize(("giorni", "in_ritardo"), [(0, False), (29, False), (30, False), (31, True), (60, True)])
def test_firmato_al_trentesimo_giorno_e_in_tempo_dal_trentunesimo_no(giorni, in_ritardo):
    """R01"""
    istanza = presentata()
    firmata(istanza, GIORNO_ZERO + timedelta(days=giorni))
    orologio = clock(istanza, date(2023, 12, 31))
    assert (orologio.giorni_lordi, orologio.in_ritardo, orologio.fermo) == (giorni, in_ritardo, True)
    assert orologio.termine == date(2023, 3, 31)


@pytest.mark.parametrize(("giorni", "in_ritardo"), [(30, False), (31, True)])
def test_non_firmato_risulta_in_ritardo_dal_trentunesimo_giorno_senza_alcun_lavoro_eseguito(
    giorni, in_ritardo, orologio
):
    """R01"""
    istanza = presentata()
    with orologio(datetime(2023, 3, 1, 9, tzinfo=UTC) + timedelta(days=giorni)):
        assert clock(istanza).in_ritardo is in_ritardo
        casi = casi_in_ritardo(tipo=istanza.avviso.tipo, dal=date(2023, 1, 1), al=date(2023, 12, 31))
    assert casi == ([istanza] if in_ritardo else [])


@pytest.mark.parametrize(
    ("conta_netto", "termine", "in_ritardo", "mancano"),
    [(False, date(2023, 3, 31), True, -4), (True, date(2023, 4, 10), False, 6)],
)
def test_le_sospensioni_si_vedono_e_fermano_il_termine_solo_se_l_avviso_lo_dice(
    conta_netto, termine, in_ritardo, mancano
):
    """R01: gross and net days are both kept."""
    istanza = presentata(avviso__conta_netto=conta_netto)
    SospensioneFactory(istanza=istanza, dal=date(2023, 3, 10), al=date(2023, 3, 20))
    orologio = clock(istanza, date(2023, 4, 4))
    assert (orologio.giorni_lordi, orologio.giorni_netti) == (34, 24)
    assert (orologio.termine, orologio.in_ritardo, orologio.mancano) == (termine, in_ritardo, mancano)


def test_una_sospensione_dopo_la_scadenza_non_sposta_il_termine_passato():
    """R01: the term that has passed stays where it was, whatever is asked for later."""
    istanza = presentata(avviso__conta_netto=True)
    SospensioneFactory(istanza=istanza, dal=date(2023, 4, 5), al=date(2023, 4, 15))
    orologio = clock(istanza, date(2023, 4, 20))
    assert (orologio.termine, orologio.giorni_netti, orologio.oltre) == (date(2023, 3, 31), 40, 10)


@pytest.mark.parametrize(
    ("dal", "al", "lordi", "netti", "ritardo_netto"),
    [
        (date(2023, 3, 10), date(2023, 3, 20), 31, 21, False),
        (date(2023, 3, 31), date(2023, 4, 10), 31, 30, False),  # begins on day 30: the last day stands still
        (date(2023, 4, 1), date(2023, 4, 10), 31, 31, True),  # begins on day 31: too late
        (date(2023, 3, 20), None, 31, 19, False),  # still open
    ],
)
def test_al_giorno_31_le_sospensioni_contano_solo_nel_conteggio_netto(dal, al, lordi, netti, ritardo_netto):
    """R01"""
    for conta_netto, ritardo in ((False, True), (True, ritardo_netto)):
        istanza = presentata(avviso__conta_netto=conta_netto)
        SospensioneFactory(istanza=istanza, dal=dal, al=al)
        orologio = clock(istanza, date(2023, 4, 1))
        assert (orologio.giorni_lordi, orologio.giorni_netti, orologio.in_ritardo) == (lordi, netti, ritardo)


def test_il_giorno_zero_e_quello_di_roma():
    """23:30 UTC of the last of February is already 1 March in Rome."""
    istanza = presentata(date(2023, 2, 28), ore=23)
    assert clock(istanza, GIORNO_ZERO).giorni_lordi == 0


def test_le_due_ore_legali_e_il_bisestile_non_spostano_i_giorni():
    assert clock(presentata(date(2023, 3, 20)), date(2023, 4, 19)).giorni_lordi == 30
    assert clock(presentata(date(2023, 10, 20)), date(2023, 11, 19)).giorni_lordi == 30
    assert clock(presentata(date(2024, 2, 10)), date(2024, 3, 11)).giorni_lordi == 30


@pytest.mark.parametrize("stato", [StatoIstanza.RESPINTA, StatoIstanza.RITIRATA])
def test_chi_e_respinto_o_si_ritira_non_e_mai_in_ritardo(stato):
    istanza = presentata(stato=stato, esito_il=datetime(2023, 5, 20, 9, tzinfo=UTC))
    orologio = clock(istanza, date(2023, 12, 31))
    assert (orologio.giorni_lordi, orologio.in_ritardo, orologio.fermo) == (80, False, True)


def test_un_fatto_successivo_non_e_ancora_noto_alla_data_chiesta():
    istanza = presentata()
    firmata(istanza, date(2023, 5, 1))
    assert clock(istanza, date(2023, 3, 15)).giorni_lordi == 14
    assert clock(istanza, date(2023, 3, 15)).fermo is False


def test_una_bozza_non_ha_clock():
    assert clock(IstanzaFactory()) is None


def test_i_casi_in_ritardo_sono_quelli_del_tipo_e_del_periodo():
    gol = AvvisoFactory(gol=True)
    in_tempo, tardi, mai = (presentata(avviso=gol) for _n in range(3))
    altro_tipo, altro_anno = presentata(), presentata(date(2022, 12, 31), avviso=gol)
    firmata(in_tempo, date(2023, 3, 31))
    firmata(tardi, date(2023, 4, 1))
    periodo = {"dal": date(2023, 1, 1), "al": date(2023, 12, 31)}
    tipo = TipoAccordo.PARTENARIATO_GOL
    assert list(istanze_presentate(tipo=tipo, **periodo)) == [in_tempo, tardi, mai]
    assert casi_in_ritardo(tipo=tipo, **periodo) == [tardi, mai]
    assert altro_tipo not in casi_in_ritardo(tipo=tipo, **periodo)
    assert casi_in_ritardo(tipo=tipo, dal=date(2022, 1, 1), al=date(2022, 12, 31)) == []
    assert casi_in_ritardo(tipo=tipo, dal=date(2022, 1, 1), al=date(2022, 12, 31), al_giorno=date(2023, 1, 31)) == [
        altro_anno
    ]


@pytest.mark.parametrize("quante", [1, 3])
def test_le_interrogazioni_non_crescono_con_le_righe(quante, django_assert_num_queries):
    for _n in range(quante):
        presentata()
    with django_assert_num_queries(3):
        casi_in_ritardo(dal=date(2023, 1, 1), al=date(2023, 12, 31), al_giorno=date(2023, 12, 31))
