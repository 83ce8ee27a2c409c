"""The roll by taps: once each, in the order of the hands, by two people together (R22)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.errori import Rifiuto
from core.models import RigaRegistro
from reti.models import Presenza, Sostituto, Tocco
from reti.queries.appello import Aula, attese
from reti.services.appello import Gesto, registra_appello, registra_tocchi
from reti.stati import StatoIncontro
from tests.factories.reti import AdesioneFactory, ConvocazioneFactory, IncontroFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)  # 10:00 in Rome


@pytest.fixture(autouse=True)
def _durante(orologio):
    with orologio(INIZIO + timedelta(hours=1)):
        yield


@pytest.fixture
def incontro(provincia):
    incontro = IncontroFactory(rete__convocante=provincia, rete__quorum=2, stato=StatoIncontro.CONVOCATO)
    for nome in ("Alfa", "Beta", "Gamma"):
        ConvocazioneFactory(
            incontro=incontro,
            adesione__rete=incontro.rete,
            adesione__soggetto__denominazione=nome,
            adesione__titolare_nome=f"Titolare {nome}",
        )
    return incontro


def seggio(incontro, nome="Alfa"):
    return incontro.convocazioni.get(adesione__soggetto__denominazione=nome).adesione_id


@pytest.fixture
def tocca(incontro, coordinatore):
    """Tap: `tocca("esito", "presente", minuto=5)`; the minute is after the start; returns the receipt."""
    contatore = iter(range(1000))

    def _tocca(campo, valore, minuto=5, *, chi=None, chiave="", ente="Alfa", con_ora=True):
        gesto = Gesto(
            chiave=chiave or f"tocco-{next(contatore)}",
            seggio=seggio(incontro, ente),
            campo=campo,
            valore=valore,
            fatto_il=INIZIO + timedelta(minutes=minuto),
            con_ora=con_ora,
        )
        return registra_tocchi(utente=chi or coordinatore, incontro=incontro, gesti=[gesto])[0]

    return _tocca


def presenza(incontro, nome="Alfa"):
    campi = ("esito", "da_remoto", "persona", "arrivo", "uscita", "delega_verificata")
    return incontro.presenze.filter(adesione__soggetto__denominazione=nome).values_list(*campi).first()


def test_un_tocco_segna_chi_era_atteso_e_l_ora_del_tocco(incontro, tocca):
    assert tocca("esito", "presente", 5).esito == "applicato"
    assert presenza(incontro) == ("presente", False, "Titolare Alfa", time(10, 5), None, False)
    tocca("esito", "remoto", 7)
    assert presenza(incontro) == ("presente", True, "Titolare Alfa", time(10, 5), None, False)


def test_il_delegato_della_risposta_e_quello_atteso(incontro, tocca):
    incontro.convocazioni.filter(adesione=seggio(incontro)).update(risposta="delega", delegato="Delegata Verdi")
    tocca("esito", "presente")
    assert presenza(incontro)[2] == "Delegata Verdi"


@pytest.mark.parametrize(("minuto", "arrivo"), [(-31, None), (-30, time(9, 30)), (120, time(12, 0)), (121, None)])
def test_l_ora_del_tocco_e_l_arrivo_solo_mentre_si_sta_in_sala(incontro, tocca, orologio, minuto, arrivo):
    with orologio(INIZIO + timedelta(days=1)):
        tocca("esito", "presente", minuto)
    assert presenza(incontro)[3] == arrivo


def test_lo_stesso_tocco_consegnato_due_volte_non_fa_nulla_due_volte(incontro, tocca):
    esiti = [tocca("esito", "presente", chiave="la-stessa").esito for _n in range(3)]
    assert esiti == ["applicato", "ripetuto", "ripetuto"]
    assert (Tocco.objects.count(), Presenza.objects.count()) == (1, 1)
    assert RigaRegistro.objects.filter(azione="incontro.presenze").count() == 1


def test_un_tocco_vecchio_arrivato_tardi_non_disfa_quello_nuovo_e_lo_dice(incontro, tocca):
    bianchi = UtenteFactory(ruolo="coordinatore", first_name="Elena", last_name="Bianchi")
    tocca("esito", "assente", 20, chi=bianchi)
    ricevuta = tocca("esito", "presente", 10)
    assert ricevuta.esito == "superato"
    assert ricevuta.frase == "Alfa: vale il segno più recente, «assente» di Elena Bianchi alle 10:20."
    assert presenza(incontro)[0] == "assente"
    assert Tocco.objects.count() == 2  # what was tapped stays in evidence


def test_campi_diversi_dello_stesso_seggio_non_si_disfano(incontro, tocca):
    tocca("esito", "presente", 5)
    tocca("persona", "Ada Verdi", 20)
    tocca("arrivo", "10:02", 10)
    assert presenza(incontro) == ("presente", False, "Ada Verdi", time(10, 2), None, False)


def test_un_nome_piu_vecchio_di_un_assente_resta_superato(incontro, tocca):
    tocca("esito", "presente", 5)
    tocca("esito", "assente", 30)
    assert tocca("uscita", "11:00", 25).esito == "superato"
    assert presenza(incontro) == ("assente", False, "", None, None, False)


def test_chi_torna_presente_ritrova_il_nome_scritto(incontro, tocca):
    for minuto, (campo, valore) in enumerate(
        [("esito", "presente"), ("persona", "Ada Verdi"), ("esito", "assente"), ("esito", "presente")]
    ):
        tocca(campo, valore, minuto)
    assert presenza(incontro) == ("presente", False, "Ada Verdi", time(10, 3), None, False)


def test_un_tablet_con_l_orologio_avanti_non_chiude_fuori_gli_altri(incontro, tocca):
    assert tocca("esito", "presente", 600).esito == "applicato"
    assert Tocco.objects.get().fatto_il == INIZIO + timedelta(hours=1)
    assert tocca("esito", "assente", 60).esito == "applicato"


def test_esce_adesso_e_il_segno_tolto(incontro, tocca):
    tocca("esito", "presente", 5)
    tocca("uscita", "adesso", 40)
    assert presenza(incontro)[3:5] == (time(10, 5), time(10, 40))
    tocca("esito", "", 41)
    assert presenza(incontro) is None


def test_la_delega_vista_vale_per_quella_persona(incontro, tocca):
    tocca("esito", "presente", 1)
    tocca("persona", "Ada Verdi", 2)
    tocca("delega", "si", 3)
    assert presenza(incontro)[5] is True
    tocca("persona", "Ugo Neri", 4)
    assert presenza(incontro)[5] is False


@pytest.mark.parametrize(
    ("campo", "valore", "frase"),
    [
        ("persona", "Ada", "Alfa: segna prima che è presente."),
        ("esito", "forse", "Questo segno non si riconosce: ricarica la pagina e segna di nuovo."),
        ("stato", "svolto", "Questo segno non si riconosce: ricarica la pagina e segna di nuovo."),
    ],
)
def test_un_tocco_rifiutato_dice_perche_e_non_scrive(incontro, tocca, campo, valore, frase):
    ricevuta = tocca(campo, valore)
    assert (ricevuta.esito, ricevuta.frase) == ("rifiutato", frase)
    assert (Tocco.objects.count(), Presenza.objects.count()) == (0, 0)


@pytest.mark.parametrize(("valore", "frase"), [("25:99", "non è un orario"), ("09:00", "l'uscita è prima dell'arrivo")])
def test_un_orario_sbagliato_lascia_quello_che_c_era(incontro, tocca, valore, frase):
    tocca("esito", "presente", 5)
    assert frase in tocca("uscita", valore, 6).frase
    assert tocca("persona", "Ada", 7).esito == "applicato"
    assert presenza(incontro) == ("presente", False, "Ada", time(10, 5), None, False)


def test_a_verbale_chiuso_il_tocco_e_rifiutato_ma_quello_gia_ricevuto_e_riconosciuto(incontro, tocca):
    tocca("esito", "presente", chiave="prima")
    type(incontro).objects.filter(pk=incontro.pk).update(stato=StatoIncontro.VERBALIZZATO)
    assert tocca("esito", "presente", chiave="prima").esito == "ripetuto"
    assert "questo è «verbalizzato»" in tocca("esito", "assente").frase


def test_un_seggio_non_invitato_e_rifiutato(incontro, coordinatore):
    estraneo = AdesioneFactory(rete=incontro.rete)
    gesto = Gesto("k", estraneo.pk, "esito", "presente", INIZIO)
    assert "non è fra gli invitati" in registra_tocchi(utente=coordinatore, incontro=incontro, gesti=[gesto])[0].frase


def test_dal_modulo_o_tutto_o_niente(incontro, coordinatore):
    """A form that is refused in one row writes none, so that the page can be corrected and sent again."""
    gesti = [
        Gesto("uno", seggio(incontro), "esito", "presente", INIZIO),
        Gesto("due", seggio(incontro, "Beta"), "persona", "Ada", INIZIO),
    ]
    with pytest.raises(Rifiuto, match="Beta: segna prima che è presente"):
        registra_appello(utente=coordinatore, incontro=incontro, gesti=gesti)
    assert (Tocco.objects.count(), Presenza.objects.count()) == (0, 0)


@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_chi_non_coordina_non_tocca(tocca, ruolo):
    with pytest.raises(PermissionDenied):
        tocca("esito", "presente", chi=UtenteFactory(ruolo=ruolo))


def test_il_quorum_adesso_conta_chi_e_in_sala_e_alla_fine_tutti(incontro, tocca):
    for ente in ("Alfa", "Beta"):
        tocca("esito", "presente", 5, ente=ente)
    tocca("uscita", "10:30", 31)
    aula = Aula.di(incontro)
    assert [(q.conto.presenti, q.conto.mancano) for q in aula.quorum_adesso()] == [(1, 1)]
    incontro.stato = StatoIncontro.SVOLTO
    assert [(q.conto.presenti, q.valido) for q in Aula.di(incontro).quorum_adesso()] == [(2, True)]


def test_il_quorum_di_ogni_punto_viene_dagli_orari(incontro, tocca):
    for ente in ("Alfa", "Beta", "Gamma"):
        tocca("esito", "presente", 0, ente=ente)
    tocca("uscita", "10:30", 31)
    tocca("uscita", "10:40", 41, ente="Beta")
    orari = [("Primo", time(10), time(10, 20)), ("Secondo", time(10, 20), time(10, 50)), ("Terzo", None, None)]
    for ordine, (titolo, dalle, alle) in enumerate(orari):
        incontro.punti.create(ordine=ordine, titolo=titolo, dalle=dalle, alle=alle)
    punti = Aula.di(incontro).quorum_dei_punti()
    assert [(p.presenti, [f"{t.dalle:%H:%M}-{t.alle:%H:%M}" for t in p.mancato]) for p in punti] == [
        ((3, 3), []),
        ((1, 3), ["10:40-10:50"]),
        ((0, 0), []),
    ]


def test_il_sostituto_in_carica_quel_giorno_e_atteso(incontro, tocca):
    adesione = incontro.convocazioni.get(adesione=seggio(incontro)).adesione
    Sostituto.objects.create(adesione=adesione, nome="In Carica", dal=INIZIO.date())
    Sostituto.objects.create(adesione=adesione, nome="Scaduto", dal=date(2020, 1, 1), al=date(2020, 2, 1))
    assert attese(incontro)[adesione.pk].nomi == ["Titolare Alfa", "In Carica"]
