"""Applications through their services: what is written, sent and refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from accordi.models import Accordo, Avviso, Istanza
from accordi.services import istanze as servizi
from accordi.services import istruttoria, partecipanti, repliche
from accordi.services.avvisi import pubblica_avviso
from accordi.stati import TRANSIZIONI_ISTANZA, StatoIstanza
from core.archivio import impronta
from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import oggi
from core.registro import righe_di, verifica
from core.transizioni import transita
from tests.factories.accordi import AvvisoFactory, IstanzaFactory, ProtocolloFactory, SospensioneFactory
from tests.factories.reti import AccreditamentoFactory, RappresentanzaFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
MOMENTO = datetime(2023, 3, 1, 10, 30, tzinfo=UTC)


@pytest.fixture
def bozza(rappresentante):
    return IstanzaFactory(
        capofila=rappresentante.soggetto,
        avviso__titolo="Avviso di prova",
        avviso__slug="prova",
        codice="abcDEF123456",
    )


@pytest.fixture
def presentata(bozza, rappresentante, orologio):
    with orologio(MOMENTO):
        return servizi.presenta_istanza(utente=rappresentante.utente, istanza=bozza)


def test_presentare_da_numero_data_impronta_e_ricevuta(presentata, rappresentante, consegna_posta):
    """R06 R07"""
    assert (presentata.stato, str(presentata.protocollo)) == ("presentata", "n. 1/2023 del 01/03/2023")
    assert presentata.presentata_da == rappresentante.utente
    assert presentata.modalita == Istanza.Modalita.CREDENZIALI
    assert presentata.protocollo.impronta == impronta(presentata.testo_presentato.encode())
    assert presentata.termine == date(2023, 3, 31)
    consegna_posta()
    assert {m.to[0] for m in mail.outbox} == {rappresentante.utente.email, rappresentante.soggetto.email}
    assert mail.outbox[0].subject == "Istanza presentata: protocollo n. 1/2023 del 01/03/2023"
    assert mail.outbox[0].body == (
        f"La Provincia ha ricevuto l'istanza di {rappresentante.soggetto}.\n\n"
        "Avviso: Avviso di prova\n"
        "Protocollo: n. 1/2023 del 01/03/2023\n"
        f"Impronta SHA-256 del testo registrato: {presentata.protocollo.impronta}\n"
        "Termine per la sottoscrizione dell'accordo: 31/03/2023\n\n"
        "Ricevuta e stato dell'istanza:\n"
        "http://localhost:8000/istanze/abcDEF123456/\n\n"
    )


def test_il_testo_registrato_dice_chi_che_cosa_e_come(presentata, rappresentante):
    soggetto = rappresentante.soggetto
    assert presentata.testo_presentato == (
        "ISTANZA\n\n"
        "Avviso: Avviso di prova\n"
        "Atto: Determinazione n. 1 del 2 gennaio 2023\n"
        "Identificativo: abcDEF123456\n"
        "Presentata il: 01/03/2023 11:30:00\n"
        f"Presentata da: {rappresentante.utente}, per {soggetto}\n"
        "Come: Sessione con le credenziali della piattaforma\n"
        "Sottoscrizione: non chiesta dall'avviso\n\n"
        f"Soggetti:\n- {soggetto}, codice fiscale {soggetto.codice_fiscale} (capofila)\n\n"
        "Motivazione:\nOffriamo orientamento a chi cerca lavoro.\n\n"
        "Dichiarazioni:\n- poteri di rappresentanza: sì\n- destinatari di Dote ricollocazione in carico: no\n\n"
    )


def test_presentare_due_volte_e_rifiutato_con_il_numero_gia_dato(presentata, rappresentante):
    with pytest.raises(Rifiuto) as rifiuto:
        servizi.presenta_istanza(utente=rappresentante.utente, istanza=presentata)
    assert rifiuto.value.frase == "L'istanza è già stata presentata: protocollo n. 1/2023 del 01/03/2023."


@pytest.mark.parametrize(
    ("momento", "esito"),
    [
        (datetime(2023, 1, 16, 7, 59, 59, tzinfo=UTC), "L'avviso non è ancora aperto: torna quando apre."),
        (datetime(2023, 1, 16, 8, 0, tzinfo=UTC), "n. 1/2023 del 16/01/2023"),
        (datetime(2023, 1, 20, 10, 59, 59, tzinfo=UTC), "n. 1/2023 del 20/01/2023"),
        (datetime(2023, 1, 20, 11, 0, tzinfo=UTC), "L'avviso è chiuso: il tempo per rispondere è finito."),
    ],
)
def test_si_presenta_solo_dentro_la_finestra_al_secondo(rappresentante, orologio, momento, esito):
    avviso = AvvisoFactory(apre=datetime(2023, 1, 16, 8, tzinfo=UTC), chiude=datetime(2023, 1, 20, 11, tzinfo=UTC))
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, avviso=avviso)
    with orologio(momento):
        assert esito_di(utente=rappresentante.utente, istanza=istanza) == esito


def esito_di(**dati) -> str:
    """The protocol given, or the sentence of the refusal."""
    try:
        return str(servizi.presenta_istanza(**dati).protocollo)
    except Rifiuto as rifiuto:
        return rifiuto.frase


def test_un_avviso_non_pubblicato_non_accetta_istanze(rappresentante):
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, avviso__live=False)
    with pytest.raises(Rifiuto, match="non è pubblicato"):
        servizi.presenta_istanza(utente=rappresentante.utente, istanza=istanza)


def test_quello_che_manca_e_nominato_e_non_si_consuma_un_numero(rappresentante):
    """R09"""
    istanza = IstanzaFactory(
        capofila=rappresentante.soggetto, avviso=AvvisoFactory(gol=True), motivazione="", dichiarazione_poteri=False
    )
    with pytest.raises(Rifiuto) as rifiuto:
        servizi.presenta_istanza(utente=rappresentante.utente, istanza=istanza)
    assert rifiuto.value.messages == [
        "Manca 1 soggetto di questo tipo: operatore accreditato ai servizi al lavoro.",
        "Scrivi perché partecipate.",
        "Manca la dichiarazione sui poteri di rappresentanza.",
    ]
    istanza.refresh_from_db()
    assert (istanza.stato, istanza.protocollo, Messaggio.objects.count()) == ("bozza", None, 0)


@pytest.mark.parametrize(
    ("accreditamento", "ammesso"),
    [
        ({}, True),
        ({"registro": "formazione"}, False),
        ({"stato": "sospeso"}, False),
        ({"al": date(2023, 2, 28)}, False),
        ({"al": date(2023, 3, 1)}, True),
        ({"dal": date(2023, 3, 2)}, False),
    ],
)
def test_conta_solo_un_accreditamento_vigente_quel_giorno(rappresentante, orologio, accreditamento, ammesso):
    """R09"""
    AccreditamentoFactory(soggetto=rappresentante.soggetto, **accreditamento)
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, avviso=AvvisoFactory(gol=True))
    atteso = (
        "n. 1/2023 del 01/03/2023"
        if ammesso
        else "Manca 1 soggetto di questo tipo: operatore accreditato ai servizi al lavoro."
    )
    with orologio(MOMENTO):
        assert esito_di(utente=rappresentante.utente, istanza=istanza) == atteso


@pytest.mark.parametrize(
    "poteri",
    [
        {"puo_presentare": False},
        {"al": date(2023, 2, 28)},
        {"dal": date(2023, 3, 2)},
    ],
)
def test_senza_poteri_validi_quel_giorno_non_si_fa_nulla(poteri, orologio):
    rappresentanza = RappresentanzaFactory(**poteri)
    istanza = IstanzaFactory(capofila=rappresentanza.soggetto)
    dati = {"utente": rappresentanza.utente, "istanza": istanza}
    verbi = [
        lambda: servizi.crea_istanza(
            utente=rappresentanza.utente, avviso=istanza.avviso, capofila=rappresentanza.soggetto
        ),
        lambda: servizi.presenta_istanza(**dati),
        lambda: servizi.elimina_bozza(**dati),
        lambda: partecipanti.aggiungi_partecipante(**dati, soggetto=SoggettoFactory()),
        lambda: servizi.ritira_istanza(**dati),
        lambda: repliche.integra_istanza(**dati, risposta="x"),
    ]
    with orologio(MOMENTO):
        for verbo in verbi:
            with pytest.raises(PermissionDenied, match="Oggi non risulti abilitato"):
                verbo()


def test_ricominciare_ritrova_la_bozza_che_esiste(rappresentante):
    avviso = AvvisoFactory()
    dati = {"utente": rappresentante.utente, "avviso": avviso, "capofila": rappresentante.soggetto}
    prima, seconda = servizi.crea_istanza(**dati), servizi.crea_istanza(**dati)
    assert prima == seconda
    assert [p.soggetto for p in prima.partecipanti.all()] == [rappresentante.soggetto]
    assert [r.azione for r in righe_di(prima)] == ["istanza.creata"]


@pytest.mark.parametrize("stato", ["presentata", "istruttoria", "integrazione"])
def test_finche_una_e_in_esame_non_se_ne_comincia_un_altra(rappresentante, stato):
    """The common mistake: pressing «Rispondi all'avviso» to find what one has sent."""
    prima = IstanzaFactory(capofila=rappresentante.soggetto, **{stato: True})
    with pytest.raises(servizi.InEsame, match=f"Hai già presentato.*{prima.protocollo}") as rifiuto:
        servizi.crea_istanza(utente=rappresentante.utente, avviso=prima.avviso, capofila=prima.capofila)
    assert (rifiuto.value.istanza, Istanza.objects.count()) == (prima, 1)
    # Another call, and another body for this one, don't wait for it.
    altri = RappresentanzaFactory()
    for utente, avviso, capofila in (
        (rappresentante.utente, AvvisoFactory(), prima.capofila),
        (altri.utente, prima.avviso, altri.soggetto),
    ):
        assert servizi.crea_istanza(utente=utente, avviso=avviso, capofila=capofila).stato == "bozza"


@pytest.mark.parametrize("stato", ["ritirata", "respinta", "revocata", "ammessa"])
def test_dopo_l_esito_si_risponde_di_nuovo_finche_l_avviso_e_aperto(rappresentante, stato):
    prima = IstanzaFactory(capofila=rappresentante.soggetto, con_protocollo=True, stato=stato)
    dati = {"utente": rappresentante.utente, "avviso": prima.avviso, "capofila": prima.capofila}
    seconda = servizi.crea_istanza(**dati)
    assert (seconda != prima, seconda.stato) == (True, "bozza")
    assert servizi.crea_istanza(**dati) == seconda


def test_i_soggetti_si_aggiungono_e_si_tolgono_finche_e_bozza(bozza, rappresentante, provincia):
    altro, dati = SoggettoFactory(), {"utente": rappresentante.utente, "istanza": bozza}
    partecipanti.aggiungi_partecipante(**dati, soggetto=altro)
    partecipanti.aggiungi_partecipante(**dati, soggetto=altro)
    assert {p.soggetto for p in bozza.partecipanti.all()} == {altro, bozza.capofila}
    partecipanti.togli_partecipante(**dati, soggetto=altro)
    assert [p.soggetto for p in bozza.partecipanti.all()] == [bozza.capofila]
    with pytest.raises(Rifiuto, match="Il capofila resta"):
        partecipanti.togli_partecipante(**dati, soggetto=bozza.capofila)
    with pytest.raises(Rifiuto, match="La Provincia riceve l'istanza"):
        partecipanti.aggiungi_partecipante(**dati, soggetto=provincia)
    servizi.presenta_istanza(**dati)
    for verbo in (partecipanti.aggiungi_partecipante, partecipanti.togli_partecipante):
        with pytest.raises(Rifiuto, match="già stata presentata"):
            verbo(**dati, soggetto=altro)
    with pytest.raises(Rifiuto, match="già stata presentata"):
        servizi.elimina_bozza(**dati)


def test_eliminare_la_bozza_lascia_la_riga_nel_registro(bozza, rappresentante):
    chiave = bozza.pk
    servizi.elimina_bozza(utente=rappresentante.utente, istanza=bozza)
    assert not Istanza.objects.filter(pk=chiave).exists()
    assert verifica()[1] == ""


def test_l_integrazione_apre_e_chiude_una_sospensione(
    presentata, rappresentante, coordinatore, orologio, consegna_posta
):
    """R01"""
    with orologio(MOMENTO + timedelta(days=2)):
        istruttoria.prendi_in_carico(utente=coordinatore, istanza=presentata)
    with orologio(MOMENTO + timedelta(days=5)):
        istruttoria.chiedi_integrazione(utente=coordinatore, istanza=presentata, richiesta="Manca lo statuto.")
    with orologio(MOMENTO + timedelta(days=9)):
        repliche.integra_istanza(utente=rappresentante.utente, istanza=presentata, risposta="Ecco lo statuto.")
    presentata.refresh_from_db()
    sospensione = presentata.sospensioni.get()
    assert (sospensione.dal, sospensione.al) == (date(2023, 3, 6), date(2023, 3, 10))
    assert (sospensione.richiesta, sospensione.risposta) == ("Manca lo statuto.", "Ecco lo statuto.")
    assert (presentata.stato, presentata.responsabile) == ("istruttoria", coordinatore)
    mail.outbox.clear()
    consegna_posta()
    richiesta = next(m for m in mail.outbox if m.subject.startswith("Serve un'integrazione"))
    assert richiesta.body == (
        f"Per esaminare l'istanza di {presentata.capofila} manca qualcosa.\n\n"
        "Avviso: Avviso di prova\n"
        "Protocollo: n. 1/2023 del 01/03/2023\n\n"
        "Che cosa serve:\nManca lo statuto.\n\n"
        "Intanto i giorni continuano a contare.\n\n"
        "Rispondi da qui:\nhttp://localhost:8000/istanze/abcDEF123456/\n\n"
    )
    with pytest.raises(Rifiuto, match="non aspetta integrazioni"):
        repliche.integra_istanza(utente=rappresentante.utente, istanza=presentata, risposta="Ancora.")


def test_ammettere_prepara_l_accordo_con_le_parti_in_ordine(rappresentante, coordinatore, provincia):
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, istruttoria=True)
    altro = SoggettoFactory(denominazione="AAA")
    istanza.partecipanti.create(soggetto=altro)
    accordo = istruttoria.ammetti_istanza(utente=coordinatore, istanza=istanza)
    assert (accordo.stato, accordo.istanza, accordo.tipo) == ("bozza", istanza, istanza.avviso.tipo)
    assert [p.soggetto for p in accordo.parti.all()] == [provincia, rappresentante.soggetto, altro]
    istanza.refresh_from_db()
    assert istanza.stato == "ammessa"
    with pytest.raises(Rifiuto, match="Non si può passare"):
        istruttoria.ammetti_istanza(utente=coordinatore, istanza=istanza)
    assert Accordo.objects.count() == 1


def test_ritirare_chiude_la_sospensione_aperta(rappresentante):
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, integrazione=True)
    SospensioneFactory(istanza=istanza)
    ritirata = servizi.ritira_istanza(utente=rappresentante.utente, istanza=istanza, motivi="Cambio di programma.")
    assert (ritirata.stato, ritirata.esito_motivi, ritirata.sospensioni.get().al) == (
        "ritirata",
        "Cambio di programma.",
        oggi(),
    )


@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_solo_chi_coordina_istruisce(ruolo):
    dati = {"utente": UtenteFactory(ruolo=ruolo), "istanza": IstanzaFactory(istruttoria=True)}
    for verbo in (
        lambda: istruttoria.prendi_in_carico(**dati),
        lambda: istruttoria.chiedi_integrazione(**dati, richiesta="x"),
        lambda: istruttoria.ammetti_istanza(**dati),
        lambda: istruttoria.preavvisa_rigetto(**dati, motivi="x"),
        lambda: istruttoria.respingi_istanza(**dati, motivi="x"),
    ):
        with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
            verbo()


@pytest.mark.parametrize("da", StatoIstanza.values)
@pytest.mark.parametrize("a", StatoIstanza.values)
def test_ogni_coppia_di_stati_passa_solo_se_la_tabella_lo_dice(da, a):
    protocollo = None if da == "bozza" and a == "bozza" else ProtocolloFactory()
    istanza = IstanzaFactory(stato=da, protocollo=protocollo)
    argomenti = {"tabella": TRANSIZIONI_ISTANZA, "utente": None, "azione": "prova"}
    if a in TRANSIZIONI_ISTANZA[da]:
        transita(istanza, a, **argomenti)
        assert istanza.stato == a
    else:
        with pytest.raises(Rifiuto):
            transita(istanza, a, **argomenti)
        assert istanza.stato == da


def test_pubblicare_un_avviso_vuole_il_permesso_e_una_regola_leggibile(coordinatore):
    campi = {
        c: getattr(AvvisoFactory.build(), c) for c in ("slug", "titolo", "tipo", "sommario", "atto", "apre", "chiude")
    }
    with pytest.raises(PermissionDenied, match="Un avviso lo pubblica un coordinatore"):
        pubblica_avviso(utente=UtenteFactory(), **campi)
    with pytest.raises(ValidationError, match="Voce sconosciuta"):
        pubblica_avviso(utente=coordinatore, **campi, regola_composizione={"minimi": 2})
    avviso = pubblica_avviso(utente=coordinatore, **campi)
    assert list(Avviso.objects.pubblicati()) == [avviso]
    assert avviso.latest_revision is not None
