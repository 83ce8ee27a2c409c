"""The signing round: stages, turns, delegates, reminders (R11)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accordi.models import Accordo, Firma
from accordi.queries.accordi import parti_da_firmare, parti_e_firme
from accordi.services.accordi import crea_accordo_libero
from accordi.services.giro import Posto, imposta_giro, sollecita_firme, sollecita_in_attesa
from accordi.services.testi import congela_testo, modifica_bozza, ritira_testo
from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import fermo
from core.registro import righe_di
from tests.accordi.conftest import GIORNO, con_app
from tests.accordi.test_firme import firma
from tests.factories.accordi import IstanzaFactory
from tests.factories.reti import RappresentanzaFactory

INVITO, SOLLECITO = "Da firmare: Collaborazione", "Manca la tua firma: Collaborazione"


def destinatari(oggetto):
    return sorted(Messaggio.objects.filter(oggetto=oggetto).values_list("destinatario", flat=True))


def posti(accordo, *stadi):
    """Stages in printed order, the rest as it is."""
    return {p.pk: Posto(p.ordine, s, p.livello) for p, s in zip(accordo.parti.all(), stadi, strict=True)}


@pytest.fixture
def enti(db):
    """Three private bodies, each with a signatory who has an app."""
    return [RappresentanzaFactory(utente=con_app(RappresentanzaFactory().utente)) for _n in range(3)]


@pytest.fixture
def a_quattro(coordinatore, dirigente, enti, adesso_fermo) -> Accordo:
    """A draft of the Province with three bodies."""
    con_app(dirigente)
    accordo = crea_accordo_libero(
        utente=coordinatore,
        tipo="collaborazione",
        titolo="Collaborazione",
        testo="Le parti collaborano.",
        parti=[e.soggetto for e in enti],
    )
    campi = {"determina_numero": "1", "determina_data": date(2023, 3, 1)}
    return modifica_bozza(utente=coordinatore, accordo=accordo, campi=campi)


def manda(accordo, coordinatore):
    congela_testo(utente=coordinatore, accordo=accordo)
    accordo.refresh_from_db()
    return accordo


def test_la_provincia_firma_per_ultima_se_nessuno_dice_altro(a_quattro):
    """The others accept the text before the office commits itself to it."""
    assert str(a_quattro.parti.first()) == "Provincia di Cremona"
    assert [p.stadio for p in a_quattro.parti.all()] == [2, 1, 1, 1]


def test_ogni_stadio_riceve_l_invito_quando_si_apre(a_quattro, coordinatore, enti, dirigente):
    """Parallel inside, sequential between: two bodies in whatever order, then the third, then the Province."""
    imposta_giro(utente=coordinatore, accordo=a_quattro, posti=posti(a_quattro, 3, 1, 1, 2))
    manda(a_quattro, coordinatore)
    parti = list(a_quattro.parti.all())
    primi = sorted([enti[0].utente.email, enti[1].utente.email])
    assert destinatari(INVITO) == primi
    firma(enti[1].utente, parti[2])
    assert destinatari(INVITO) == primi
    assert destinatari("Un'altra parte ha firmato: Collaborazione") == [enti[0].utente.email]
    firma(enti[0].utente, parti[1])
    assert destinatari(INVITO) == sorted([*primi, enti[2].utente.email])
    firma(enti[2].utente, parti[3])
    assert destinatari(INVITO) == sorted([*primi, enti[2].utente.email, dirigente.email])
    firma(dirigente, parti[0])
    a_quattro.refresh_from_db()
    assert a_quattro.stato == "sottoscritto"
    assert destinatari("Un'altra parte ha firmato: Collaborazione") == [enti[0].utente.email]


def test_chi_non_e_di_turno_non_firma_e_sa_chi_aspetta(a_quattro, coordinatore, enti, dirigente):
    manda(a_quattro, coordinatore)
    parti = list(a_quattro.parti.all())
    firma(enti[2].utente, parti[3])
    attesi = f"prima serve la firma di {enti[0].soggetto}, {enti[1].soggetto}. Poi ricevi un messaggio."
    with pytest.raises(PermissionDenied, match=attesi):
        firma(dirigente, parti[0])
    assert not parti_da_firmare(dirigente).exists()
    assert [p.di_turno for p in parti_e_firme(a_quattro)] == [False, True, True, False]
    assert Firma.objects.count() == 1


def test_un_accordo_di_prima_con_uno_stadio_solo_si_firma_in_qualunque_ordine(tutti_insieme, firmatari):
    prima, seconda = tutti_insieme.parti.all()
    firma(firmatari[0], prima)
    firma(firmatari[1], seconda)
    tutti_insieme.refresh_from_db()
    assert tutti_insieme.stato == "sottoscritto"


def test_il_giro_salvato_toglie_i_buchi_e_cambia_l_ordine(a_quattro, coordinatore):
    chiavi = list(a_quattro.parti.values_list("pk", flat=True))
    nuovi = {
        chiavi[0]: Posto(4, 9, ""),
        chiavi[1]: Posto(1, 5, "qualificata"),
        chiavi[2]: Posto(2, 5, ""),
        chiavi[3]: Posto(3, 7, ""),
    }
    imposta_giro(utente=coordinatore, accordo=a_quattro, posti=nuovi)
    assert list(a_quattro.parti.values_list("pk", "ordine", "stadio", "livello")) == [
        (chiavi[1], 1, 1, "qualificata"),
        (chiavi[2], 2, 1, ""),
        (chiavi[3], 3, 2, ""),
        (chiavi[0], 4, 3, ""),
    ]
    assert righe_di(a_quattro).last().azione == "accordo.giro_impostato"


@pytest.mark.parametrize(
    ("cambia", "frase"),
    [
        (lambda p: {k: Posto(1, 1, "") for k in p}, "Due parti hanno lo stesso ordine"),
        (lambda p: dict(list(p.items())[1:]), "Le parti sono cambiate"),
    ],
)
def test_un_giro_sbagliato_si_rifiuta_e_resta_quello_di_prima(a_quattro, coordinatore, cambia, frase):
    prima = posti(a_quattro, 2, 1, 1, 1)
    with pytest.raises(Rifiuto, match=frase):
        imposta_giro(utente=coordinatore, accordo=a_quattro, posti=cambia(prima))
    assert posti(a_quattro, 2, 1, 1, 1) == prima


def test_dopo_il_primo_testo_l_ordine_resta_e_gli_stadi_no(a_quattro, coordinatore):
    """The order names the fields of a PDF that stays as evidence."""
    manda(a_quattro, coordinatore)
    with pytest.raises(Rifiuto, match="Il testo è in firma: ritiralo"):
        imposta_giro(utente=coordinatore, accordo=a_quattro, posti=posti(a_quattro, 1, 1, 1, 1))
    ritira_testo(utente=coordinatore, accordo=a_quattro, motivo="Refuso")
    girati = {pk: Posto(5 - p.ordine, p.stadio, "") for pk, p in posti(a_quattro, 1, 1, 1, 1).items()}
    with pytest.raises(Rifiuto, match="L'ordine dà il nome ai campi"):
        imposta_giro(utente=coordinatore, accordo=a_quattro, posti=girati)
    imposta_giro(utente=coordinatore, accordo=a_quattro, posti=posti(a_quattro, 1, 1, 2, 2))
    assert list(a_quattro.parti.values_list("stadio", flat=True)) == [1, 1, 2, 2]


def test_solo_chi_coordina_imposta_il_giro(a_quattro, enti):
    with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
        imposta_giro(utente=enti[0].utente, accordo=a_quattro, posti=posti(a_quattro, 1, 1, 1, 1))


def test_un_delegato_dello_stesso_ente_firma_con_poteri_di_quel_giorno(in_firma, rappresentante):
    """R11: who is registered meanwhile signs in place of the other, and the document says in which quality."""
    delegato = RappresentanzaFactory(soggetto=rappresentante.soggetto, titolo="delegato", dal=GIORNO.date())
    fatta = firma(con_app(delegato.utente), in_firma.parti.last())
    assert fatta.qualita == f"Delegato di {rappresentante.soggetto}"
    assert fatta.evidenza["rappresentanza"] == delegato.pk


def test_poteri_che_scadono_fra_l_apertura_e_la_firma_non_bastano(in_firma, firmatari, rappresentante):
    """Opened on the last day, signed after midnight in Rome."""
    rappresentante.al = GIORNO.date()
    rappresentante.save()
    vigilia = GIORNO.replace(hour=22, minute=59)
    with fermo(vigilia):
        assert parti_da_firmare(firmatari[1]).exists()
    with fermo(vigilia + timedelta(minutes=2)), pytest.raises(PermissionDenied, match="Oggi non risulti abilitato"):
        firma(firmatari[1], in_firma.parti.last())


def test_sollecitare_raggiunge_solo_chi_e_di_turno_una_volta_al_giorno(a_quattro, coordinatore, enti):
    manda(a_quattro, coordinatore)
    firma(enti[0].utente, a_quattro.parti.all()[1])
    assert sollecita_firme(utente=coordinatore, accordo=a_quattro) == 2
    assert destinatari(SOLLECITO) == sorted([enti[1].utente.email, enti[2].utente.email])
    with pytest.raises(Rifiuto, match="ha già ricevuto un messaggio oggi"):
        sollecita_firme(utente=coordinatore, accordo=a_quattro)
    with fermo(GIORNO + timedelta(days=1)):
        assert sollecita_firme(utente=coordinatore, accordo=a_quattro) == 2


def test_il_delegato_nuovo_riceve_l_invito_mandato_di_nuovo(in_firma, coordinatore, rappresentante):
    """Replacing a signatory: the invitation sent again reaches who may sign today, and no one else."""
    parte = in_firma.parti.last()
    rappresentante.al = GIORNO.date() - timedelta(days=1)
    rappresentante.save()
    with pytest.raises(Rifiuto, match="Nessuno è abilitato a firmare"):
        sollecita_firme(utente=coordinatore, accordo=in_firma, parte=parte)
    delegato = RappresentanzaFactory(soggetto=rappresentante.soggetto, titolo="delegato")
    assert sollecita_firme(utente=coordinatore, accordo=in_firma, parte=parte) == 1
    messaggio = Messaggio.objects.get(oggetto="Manca la tua firma: Collaborazione di prova")
    assert messaggio.destinatario == delegato.utente.email
    assert messaggio.testo == (
        f"Si aspetta la firma di {rappresentante.soggetto} sull'accordo:\n\nCollaborazione di prova\n\n"
        f"Leggi il documento e firmalo qui:\nhttp://localhost:8000/accordi/{in_firma.codice}/firma/1/\n\n"
        "Se non puoi firmarlo, apri la stessa pagina e scrivi perché.\n"
    )


def test_a_chi_non_e_di_turno_non_si_manda_l_invito(in_firma, coordinatore):
    with pytest.raises(Rifiuto, match="non si aspetta questa firma"):
        sollecita_firme(utente=coordinatore, accordo=in_firma, parte=in_firma.parti.first())


def test_il_sollecito_parte_da_se_dopo_giorni_di_silenzio_e_poi_tace(in_firma):
    """Seven days after the invitation, and again seven days after; twice the same day once."""
    giorni = [n for n in range(1, 16) for _volta in range(2) if _sollecita(GIORNO + timedelta(days=n))]
    assert giorni == [7, 14]


def test_vicino_al_termine_il_sollecito_non_aspetta_i_giorni_di_silenzio(in_firma, rappresentante):
    """Presented on March 1: the term is March 31, five days before is the 26th, six after the invitation."""
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, ammessa=True)
    Accordo.objects.filter(pk=in_firma.pk).update(istanza=istanza)
    assert istanza.termine == date(2023, 3, 31)
    giorni = [n for n in range(1, 12) if _sollecita(GIORNO + timedelta(days=n))]
    assert giorni == [6]
    messaggio = Messaggio.objects.get(oggetto="Manca la tua firma: Collaborazione di prova")
    assert messaggio.testo.endswith("Il termine per la sottoscrizione è il 31/03/2023.\n")


def test_il_turno_che_comincia_tardi_conta_da_quando_comincia(in_firma, firmatari):
    """The Province, whose turn came on the fifth day, hears on the twelfth."""
    with fermo(GIORNO + timedelta(days=5)):
        firma(firmatari[1], in_firma.parti.last())
    assert [n for n in range(6, 14) if _sollecita(GIORNO + timedelta(days=n))] == [12]


def test_nessuno_riceve_solleciti_per_un_testo_ritirato(in_firma, coordinatore):
    ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Refuso")
    assert _sollecita(GIORNO + timedelta(days=30)) == 0


def _sollecita(quando):
    with fermo(quando):
        return sollecita_in_attesa()
