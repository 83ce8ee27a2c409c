"""Minutes by versions, observed by those present, approved by silence or in session (R24)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.errori import Rifiuto
from core.models import Messaggio
from core.registro import righe_di
from reti.models import Incontro, Osservazione, Presenza, Verbale
from reti.queries.impronta_verbale import verbale_integro
from reti.queries.verbali import voci_scrivania
from reti.services.approvazione import approva_in_seduta, matura_verbali
from reti.services.invio_verbale import invia_verbale, riprendi_verbale
from reti.services.osservazioni import esamina, osserva
from reti.services.presenze import RigaAppello, registra_presenze
from reti.services.verbali import Scritto, VersioneSuperata, componi_bozza, salva_verbale
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    PresenzaFactory,
    RappresentanzaFactory,
    ReteFactory,
    SoggettoFactory,
)
from tests.factories.utenti import UtenteFactory
from tests.factories.verbali import invia, redigi, verbalizza

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
DOPO = INIZIO + timedelta(days=1)  # 8 March: the term of ten days ends on the 18th
ULTIMO = datetime(2023, 3, 18, 22, 59, tzinfo=UTC)  # 23:59 in Rome
GIORNO_DOPO = datetime(2023, 3, 18, 23, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _dopo(orologio):
    with orologio(DOPO):
        yield


def riunione(provincia, rete=None, inizio=INIZIO):
    """Held, with Alfa there and Beta absent."""
    rete = rete or ReteFactory(convocante=provincia)
    incontro = IncontroFactory(rete=rete, svolto=True, inizio=inizio, titolo=f"Seduta del {inizio:%d/%m}")
    for nome, esito in (("Alfa", "presente"), ("Beta", "assente")):
        seggio = rete.adesioni.filter(soggetto__denominazione=nome).first()
        seggio = seggio or AdesioneFactory(rete=rete, soggetto__denominazione=nome, titolare_nome=f"Ada {nome}")
        ConvocazioneFactory(incontro=incontro, adesione=seggio, email=f"{nome.lower()}@ente.example")
        PresenzaFactory(incontro=incontro, adesione=seggio, esito=esito)
    return incontro


@pytest.fixture
def incontro(provincia):
    return riunione(provincia)


def seggio(incontro, nome="Alfa"):
    return incontro.rete.adesioni.get(soggetto__denominazione=nome)


@pytest.fixture
def di_alfa(incontro):
    return RappresentanzaFactory(soggetto=seggio(incontro).soggetto).utente


def test_la_bozza_si_compone_da_ordine_del_giorno_presenze_e_decisioni(incontro, coordinatore, provincia):
    incontro.rete.quorum = 1
    incontro.rete.save()
    incontro.presenze.filter(esito="presente").update(da_remoto=True, arrivo=time(10, 20), persona="Ada Alfa")
    incontro.ospiti.create(nome="Ugo Verdi", ente="ASST")
    punto = incontro.punti.create(titolo="Bilancio", ordine=1)
    scritto = Scritto(
        versione=0,
        testo="",
        punti={punto.pk: {"esito": "approvato", "discussione": "Se ne parla."}},
        decisioni=[{"testo": "Scrivere agli enti", "soggetto": provincia, "entro": date(2023, 4, 1), "punto": punto}],
    )
    verbale = componi_bozza(utente=coordinatore, incontro=incontro, scritto=scritto)
    assert verbale.testo == (
        f"Il giorno martedì 7 marzo 2023, alle ore 10:00, presso Sala consiliare (in presenza), si riunisce "
        f"«{incontro.rete}», convocato da Provincia di Cremona, per l'incontro «Seduta del 07/03».\n\n"
        "Sono presenti: Alfa (da remoto, dalle ore 10:20).\nSono assenti: Beta.\n"
        "Partecipano come ospiti, senza voto: ASST.\n\n"
        "Il quorum è raggiunto dalle ore 10:20 alle ore 12:00 (presenti 1 su 2, ne servono 1).\n\n"
        "Punto 1. Bilancio.\nSe ne parla.\nEsito: approvato.\n\n"
        "Si decide:\n1. Scrivere agli enti: se ne occupa Provincia di Cremona, entro il 1 aprile 2023.\n\n"
        "La seduta è chiusa alle ore 12:00.\n"
    )
    assert [v.numero for v in verbale.versioni.all()] == [1, 2]


def test_comporre_di_nuovo_tiene_il_testo_di_prima_fra_le_versioni(incontro, coordinatore):
    redigi(coordinatore, incontro, "Scritto a mano.")
    componi_bozza(utente=coordinatore, incontro=incontro, scritto=Scritto(1, "Corretto a mano."))
    testi = list(incontro.verbale.versioni.values_list("testo", flat=True))
    assert testi[:2] == ["Scritto a mano.", "Corretto a mano."]
    assert testi[2].startswith("Il giorno martedì 7 marzo 2023")


def test_salvare_senza_cambiare_non_fa_una_versione(incontro, coordinatore):
    for _volta in range(2):
        redigi(coordinatore, incontro, "Detto.", decisioni=[])
    assert (incontro.verbale.versione, righe_di(incontro.verbale).count()) == (1, 1)


def test_chi_salva_su_una_versione_superata_e_rifiutato_e_il_testo_resta(incontro, coordinatore):
    redigi(coordinatore, incontro, "Primo.")
    redigi(coordinatore, incontro, "Secondo.")
    altra = UtenteFactory(ruolo="coordinatore")
    scritto = Scritto(1, "Il mio.", decisioni=[{"testo": "Telefonare", "incaricato": "Segreteria"}])
    with pytest.raises(VersioneSuperata, match="un'altra persona ha salvato") as errore:
        salva_verbale(utente=altra, incontro=incontro, scritto=scritto)
    respinta = errore.value.respinta
    assert (respinta.autore, respinta.numero, respinta.respinta) == (altra, 1, True)
    assert respinta.testo == "Il mio.\n\n— Decisioni —\n1. Telefonare: se ne occupa Segreteria."
    verbale = Verbale.objects.get()
    assert (verbale.testo, verbale.versione, incontro.decisioni.count()) == ("Secondo.", 2, 0)


def test_chi_scrive_mentre_il_verbale_parte_non_perde_il_testo(incontro, coordinatore):
    invia(coordinatore, incontro)
    with pytest.raises(Rifiuto, match=r"già ai presenti.*è conservato fra le versioni"):
        salva_verbale(utente=coordinatore, incontro=incontro, scritto=Scritto(1, "Tardi."))
    assert incontro.verbale.versioni.get(respinta=True).testo == "Tardi."


def test_una_decisione_cambia_si_aggiunge_e_si_toglie(incontro, coordinatore):
    redigi(coordinatore, incontro, decisioni=[{"testo": "Una"}, {"testo": "Due"}])
    una = incontro.decisioni.get(testo="Una")
    redigi(coordinatore, incontro, decisioni=[{"id": una.pk, "testo": "Una bis"}, {"testo": "Tre"}])
    una.refresh_from_db()
    assert una.testo == "Una bis"
    assert set(incontro.decisioni.values_list("testo", flat=True)) == {"Una bis", "Tre"}


def test_il_punto_di_un_altro_incontro_e_rifiutato(incontro, coordinatore, provincia):
    altrove = IncontroFactory(rete=incontro.rete).punti.create(titolo="Altrove")
    with pytest.raises(Rifiuto, match="non è all'ordine del giorno"):
        redigi(coordinatore, incontro, decisioni=[{"testo": "Una", "punto": altrove}])
    assert not Verbale.objects.exists()


@pytest.mark.parametrize("stato", ["bozza", "convocato", "rinviato", "annullato"])
def test_si_redige_solo_per_un_incontro_svolto(incontro, coordinatore, stato):
    Incontro.objects.update(stato=stato)
    with pytest.raises(Rifiuto, match="registra prima le presenze"):
        redigi(coordinatore, incontro)


def test_il_verbale_di_altri_lo_scrive_chi_convoca(coordinatore, provincia):
    incontro = IncontroFactory(rete__convocante=SoggettoFactory(), svolto=True)
    with pytest.raises(Rifiuto, match="lo redige chi lo ha convocato"):
        redigi(coordinatore, incontro)


@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_chi_non_coordina_non_scrive_e_non_invia(incontro, coordinatore, ruolo):
    utente = UtenteFactory(ruolo=ruolo)
    with pytest.raises(PermissionDenied):
        redigi(utente, incontro)
    redigi(coordinatore, incontro)
    for verbo in (invia_verbale, riprendi_verbale):
        with pytest.raises(PermissionDenied):
            verbo(utente=utente, incontro=incontro)


def test_lo_ricevono_i_seggi_presenti_con_l_ultimo_giorno(incontro, coordinatore):
    verbale = invia(coordinatore, incontro)
    assert (verbale.stato, verbale.osservazioni_fino_al) == ("osservazioni", date(2023, 3, 18))
    mail = Messaggio.objects.get()
    assert (mail.destinatario, mail.oggetto) == (
        "alfa@ente.example",
        "Verbale da leggere entro il 18 marzo 2023: Seduta del 07/03",
    )
    assert f"/tavoli/incontri/{incontro.codice}/verbale/" in mail.testo
    assert "osservazioni fino al 18 marzo 2023 compreso" in mail.testo


def test_di_un_incontro_congiunto_si_nominano_tutti_i_tavoli(incontro, coordinatore):
    incontro.altre_reti.add(ReteFactory(nome="Tavolo casa", convocante=incontro.rete.convocante))
    [voce] = voci_scrivania(coordinatore)
    invia(coordinatore, incontro)
    nomi = f"{incontro.rete.nome} e Tavolo casa"
    assert voce.dettaglio == nomi
    assert f"Tavoli: {nomi}\n" in Messaggio.objects.get().testo


def test_un_verbale_vuoto_non_parte(incontro, coordinatore):
    with pytest.raises(Rifiuto, match="Scrivi il testo"):
        invia(coordinatore, incontro, "")


def test_il_silenzio_approva_dal_giorno_dopo_il_termine_quando_che_si_guardi(incontro, coordinatore, orologio):
    """The job may come months later: the date is that of the term."""
    verbale = invia(coordinatore, incontro)
    with orologio(ULTIMO):
        assert matura_verbali() == 0
    with orologio(GIORNO_DOPO + timedelta(days=200)):
        assert [matura_verbali(), matura_verbali()] == [1, 0]
    verbale.refresh_from_db()
    incontro.refresh_from_db()
    assert (verbale.stato, verbale.approvato_il, verbale.approvato_via) == ("approvato", date(2023, 3, 19), "silenzio")
    assert incontro.stato == "verbalizzato"
    assert verbale_integro(verbale)
    assert [r.azione for r in righe_di(verbale)] == ["verbale.salvato", "verbale.inviato", "verbale.approvato"]


def test_i_giorni_per_osservare_sono_quelli_del_tavolo(incontro, coordinatore):
    incontro.rete.osservazioni_giorni = 0
    incontro.rete.save()
    assert invia(coordinatore, incontro).osservazioni_fino_al == date(2023, 3, 8)


def test_osserva_chi_era_presente_fino_all_ultimo_giorno(incontro, coordinatore, di_alfa, orologio):
    verbale = invia(coordinatore, incontro)
    with orologio(ULTIMO):
        osserva(utente=di_alfa, verbale=verbale, adesione=seggio(incontro), testo="Manca una frase.")
    with orologio(GIORNO_DOPO), pytest.raises(Rifiuto, match="è finito il 18 marzo 2023"):
        osserva(utente=di_alfa, verbale=verbale, adesione=seggio(incontro), testo="Tardi.")
    assert list(Osservazione.objects.values_list("testo", flat=True)) == ["Manca una frase."]


def test_non_osserva_chi_era_assente_o_e_di_un_altro_ente(incontro, coordinatore, di_alfa):
    verbale = invia(coordinatore, incontro)
    di_beta = RappresentanzaFactory(soggetto=seggio(incontro, "Beta").soggetto).utente
    senza_potere = RappresentanzaFactory(soggetto=seggio(incontro).soggetto, puo_rispondere=False).utente
    for utente, nome in ((di_beta, "Beta"), (di_beta, "Alfa"), (di_alfa, "Beta"), (senza_potere, "Alfa")):
        with pytest.raises(PermissionDenied):
            osserva(utente=utente, verbale=verbale, adesione=seggio(incontro, nome), testo="Io.")


def test_un_osservazione_in_attesa_ferma_il_silenzio_poi_non_accolta_lo_libera(
    incontro, coordinatore, di_alfa, orologio
):
    """Approved on the day of the last answer: before it nothing was settled."""
    verbale = invia(coordinatore, incontro)
    osservazione = osserva(utente=di_alfa, verbale=verbale, adesione=seggio(incontro), testo="No.")
    with orologio(GIORNO_DOPO + timedelta(days=5)):
        assert matura_verbali() == 0
        with pytest.raises(Rifiuto, match="Scrivi perché"):
            esamina(utente=coordinatore, osservazione=osservazione, esito="respinta")
        esamina(utente=coordinatore, osservazione=osservazione, esito="respinta", replica="Si è detto così.")
    verbale.refresh_from_db()
    assert (verbale.stato, verbale.approvato_il) == ("approvato", date(2023, 3, 24))
    mail = Messaggio.objects.get(destinatario=di_alfa.email)
    assert "Esito: non accolta.\nRisposta: Si è detto così." in mail.testo


def test_non_accolta_entro_il_termine_non_lo_sposta(incontro, coordinatore, di_alfa, orologio):
    verbale = invia(coordinatore, incontro)
    osservazione = osserva(utente=di_alfa, verbale=verbale, adesione=seggio(incontro), testo="No.")
    esamina(utente=coordinatore, osservazione=osservazione, esito="respinta", replica="No.")
    with orologio(GIORNO_DOPO):
        matura_verbali()
    verbale.refresh_from_db()
    assert verbale.approvato_il == date(2023, 3, 19)


def test_accolta_riporta_in_bozza_e_il_testo_nuovo_apre_un_giro_nuovo(incontro, coordinatore, di_alfa, orologio):
    """Silence agrees only to what one has read."""
    verbale = invia(coordinatore, incontro)
    osservazione = osserva(utente=di_alfa, verbale=verbale, adesione=seggio(incontro), testo="Manca.")
    with orologio(DOPO + timedelta(days=3)):
        esamina(utente=coordinatore, osservazione=osservazione, esito="accolta")
        with pytest.raises(Rifiuto, match="correggi il verbale prima di rimandarlo"):
            invia_verbale(utente=coordinatore, incontro=incontro)
        verbale = invia(coordinatore, incontro, "Detto, con la frase.")
    assert verbale.osservazioni_fino_al == date(2023, 3, 21)
    assert Messaggio.objects.filter(oggetto__startswith="Verbale da leggere").count() == 2
    with pytest.raises(Rifiuto, match="già stata esaminata"):
        esamina(utente=coordinatore, osservazione=osservazione, esito="respinta", replica="Ripenso.")


def test_rimandare_lo_stesso_testo_da_tutti_i_giorni_e_lo_dice_ai_presenti(incontro, coordinatore, orologio):
    """R24: a draft kept till the last evening and sent again isn't approved by the silence of minutes."""
    invia(coordinatore, incontro)
    with orologio(ULTIMO):
        riprendi_verbale(utente=coordinatore, incontro=incontro)
        assert matura_verbali() == 0
        verbale = invia_verbale(utente=coordinatore, incontro=incontro)
    assert verbale.osservazioni_fino_al == date(2023, 3, 28)
    with orologio(GIORNO_DOPO):
        assert matura_verbali() == 0
    assert list(Messaggio.objects.order_by("pk").values_list("destinatario", "oggetto")) == [
        ("alfa@ente.example", "Verbale da leggere entro il 18 marzo 2023: Seduta del 07/03"),
        ("alfa@ente.example", "Verbale da leggere entro il 28 marzo 2023: Seduta del 07/03"),
    ]


def test_con_osservazioni_da_esaminare_non_si_rimanda(incontro, coordinatore, di_alfa):
    verbale = invia(coordinatore, incontro)
    osserva(utente=di_alfa, verbale=verbale, adesione=seggio(incontro), testo="No.")
    riprendi_verbale(utente=coordinatore, incontro=incontro)
    with pytest.raises(Rifiuto, match="Esamina prima"):
        invia_verbale(utente=coordinatore, incontro=incontro)


def test_approvato_non_si_tocca_piu(incontro, coordinatore, di_alfa):
    """Text, decisions, attendance, observations: each service says why not."""
    verbale = verbalizza(coordinatore, incontro, "Detto.", [{"testo": "Una"}])
    with pytest.raises(Rifiuto, match=r"non si modificano più\. Quello che hai scritto è conservato"):
        salva_verbale(utente=coordinatore, incontro=incontro, scritto=Scritto(1, "Altro."))
    for verbo in (invia_verbale, riprendi_verbale):
        with pytest.raises(Rifiuto, match="non si modificano più"):
            verbo(utente=coordinatore, incontro=incontro)
    riga = RigaAppello(seggio(incontro), "assente")
    with pytest.raises(Rifiuto, match="questo è «verbalizzato»"):
        registra_presenze(utente=coordinatore, incontro=incontro, righe=[riga])
    with pytest.raises(Rifiuto, match="non si osserva più"):
        osserva(utente=di_alfa, verbale=verbale, adesione=seggio(incontro), testo="Ora.")
    assert verbale_integro(Verbale.objects.get())


def test_mentre_si_osserva_le_presenze_stanno_ferme(incontro, coordinatore):
    invia(coordinatore, incontro)
    with pytest.raises(Rifiuto, match="riprendilo in bozza per correggere le presenze"):
        registra_presenze(utente=coordinatore, incontro=incontro, righe=[RigaAppello(seggio(incontro), "assente")])


def test_quello_che_e_cambiato_dopo_l_invio_non_si_approva(incontro, coordinatore, orologio):
    """Whoever changes a record behind the services doesn't get it approved in silence."""
    verbale = invia(coordinatore, incontro)
    Presenza.objects.filter(esito="assente").update(esito="presente")
    with orologio(GIORNO_DOPO):
        assert matura_verbali() == 0
    verbale.refresh_from_db()
    assert verbale.stato == "osservazioni"


@pytest.fixture
def in_seduta(provincia, coordinatore):
    """(sent minutes, next held meeting) of a board that approves in session."""
    rete = ReteFactory(convocante=provincia, approvazione="seduta")
    prima, poi = riunione(provincia, rete), riunione(provincia, rete, INIZIO + timedelta(days=30))
    invia(coordinatore, prima)
    return prima, poi


def test_in_seduta_si_approva_nel_giorno_della_seduta(in_seduta, coordinatore, orologio):
    prima, poi = in_seduta
    poi.punti.create(titolo="Approvazione del verbale del 7 marzo 2023", ordine=1)
    with orologio(poi.inizio + timedelta(days=3)):
        assert matura_verbali() == 0
        verbale = approva_in_seduta(utente=coordinatore, incontro=prima, seduta=poi)
    assert (verbale.stato, verbale.approvato_il, verbale.approvato_in) == ("approvato", date(2023, 4, 6), poi)
    assert [p.esito for p in poi.punti.all()] == ["approvato"]


@pytest.mark.parametrize(
    ("cambia", "frase"),
    [
        (lambda poi: Incontro.objects.filter(pk=poi.pk).update(stato="convocato"), "già svolto"),
        (
            lambda poi: Incontro.objects.filter(pk=poi.pk).update(rete=ReteFactory(convocante=SoggettoFactory())),
            "stesso tavolo",
        ),
        (lambda poi: Incontro.objects.filter(pk=poi.pk).update(inizio=INIZIO - timedelta(days=9)), "successivo"),
        (lambda poi: Verbale.objects.update(osservazioni_fino_al=date(2023, 4, 6)), "correva ancora"),
        (lambda poi: Verbale.objects.update(stato="bozza"), "già inviato ai presenti"),
    ],
)
def test_in_seduta_non_si_approva_fuori_regola(in_seduta, coordinatore, cambia, frase):
    prima, poi = in_seduta
    cambia(poi)
    with pytest.raises(Rifiuto, match=frase):
        approva_in_seduta(utente=coordinatore, incontro=prima, seduta=Incontro.objects.get(pk=poi.pk))


def test_il_modo_di_approvare_e_quello_detto_all_invio(incontro, coordinatore, orologio):
    """A board that changes its rule later doesn't approve by silence what it promised to approve in session."""
    incontro.rete.approvazione = "seduta"
    incontro.rete.save()
    invia(coordinatore, incontro)
    incontro.rete.approvazione = "silenzio"
    incontro.rete.save()
    with orologio(GIORNO_DOPO):
        assert matura_verbali() == 0
