"""An invitation of others read from its file or written by hand, and what a newer one changes (R26)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from core.archivio import impronta
from core.errori import Rifiuto
from core.models import Messaggio, RigaRegistro
from reti.inviti_ricevuti import leggi_invito
from reti.models import Adesione, Incontro, Rete
from reti.queries.inviti_ricevuti import soggetto_di
from reti.services.incontri_di_altri import aggiorna_da_invito, registra_invito
from tests.factories.reti import ReteFactory, SoggettoFactory
from tests.reti.di_altri.gesti import INIZIO, NUOVO, carica, delega, registra, scheda
from tests.reti.test_inviti_ricevuti import ICS, SENZA_CALENDARIO

pytestmark = pytest.mark.django_db


def test_dal_file_all_incontro_registrato(ufficio, rete):
    """Read, proposed with the board recognised by the organiser's address, confirmed; the original is kept."""
    pagina = carica(ufficio, ICS)
    assert pagina.context["form"].initial["rete"] == rete.pk
    risposta = registra(ufficio, pagina)
    incontro = Incontro.objects.get()
    assert risposta.url == scheda(incontro)
    assert (incontro.stato, incontro.rete, incontro.titolo) == ("convocato", rete, "Tavolo regionale")
    assert (incontro.inizio, incontro.luogo) == (INIZIO, "Palazzo Lombardia, Milano")
    assert [p.titolo for p in incontro.punti.all()] == ["Apertura", "Politiche attive"]
    assert incontro.uid_esterno == "a1@regione.example"
    originale = ufficio.get(reverse("gestione_inviti:originale", args=[incontro.pk]))
    assert b"".join(originale.streaming_content) == ICS.encode()
    assert RigaRegistro.objects.get(azione="incontro.invito_ricevuto").dati["sha256"] == impronta(ICS.encode())
    assert Messaggio.objects.count() == 0


def test_a_mano_con_un_tavolo_nuovo(ufficio, provincia, regione):
    dati = {"convocante": regione.pk, "titolo": "Prima riunione", "giorno": "2023-03-07", "dalle": "10:00"}
    ufficio.post(reverse(NUOVO), dati | {"alle": "12:00", "modalita": "remoto"})
    incontro = Incontro.objects.select_related("rete").get()
    assert (incontro.rete.nome, incontro.rete.convocante, incontro.rete.pubblica) == (
        "Incontri convocati da Regione",
        regione,
        False,
    )
    assert [c.adesione.soggetto for c in incontro.convocazioni.all()] == [provincia]
    assert (incontro.inizio, incontro.uid_esterno, bool(incontro.invito_ricevuto)) == (INIZIO, "", False)


def test_due_inviti_a_mano_non_si_confondono(coordinatore, rete):
    """Without a UID nothing says that they are the same."""
    dati = {"titolo": "T", "inizio": INIZIO, "fine": INIZIO + timedelta(hours=1)}
    for _n in range(2):
        registra_invito(utente=coordinatore, rete=rete, dati=dati)
    assert Incontro.objects.count() == 2


def test_chi_e_invitato_riceve_un_seggio_se_non_lo_aveva(coordinatore, rete, provincia):
    rete.adesioni.update(dal=INIZIO.date() + timedelta(days=30))
    dati = {"titolo": "T", "inizio": INIZIO, "fine": INIZIO + timedelta(hours=1)}
    registra_invito(utente=coordinatore, rete=rete, dati=dati)
    nuovo = Adesione.objects.get(rete=rete, dal=INIZIO.date())
    assert (nuovo.soggetto, nuovo.ruolo, nuovo.al) == (provincia, "invitato", INIZIO.date() + timedelta(days=29))


def test_quello_che_era_scritto_resta_e_vince_sul_file(ufficio, rete):
    pagina = carica(ufficio, ICS, titolo="Il mio titolo", luogo="")
    iniziali = pagina.context["form"].initial
    assert (iniziali["titolo"], iniziali["luogo"]) == ("Il mio titolo", "Palazzo Lombardia, Milano")


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (b"\x89PNG\r\n\x1a\n", "Il file non è un invito: serve un .ics, o la mail salvata come .eml."),
        (b"", "Il file inviato è vuoto."),
        (ICS.replace("DTSTART;TZID=Europe/Rome:2023", "DTSTART:9999"), "Il calendario ha una data che non esiste"),
        (ICS.replace("METHOD:REQUEST", "METHOD:CANCEL"), "Questo file annulla un incontro che non è registrato"),
        (b"x" * (10 * 1_048_576 + 1), "Il file supera 10 MB: carica il solo invito (.ics)."),
    ],
    ids=["immagine", "vuoto", "data", "annullo", "grande"],
)
def test_un_file_rifiutato_non_perde_quello_che_era_scritto(ufficio, rete, contenuto, frase):
    pagina = carica(ufficio, contenuto, titolo="Il mio titolo", giorno="2023-03-07", ordine_del_giorno="Punto")
    assert frase in " ".join(pagina.context["carica"].errors["file"])
    html = pagina.text
    assert all(testo in html for testo in ('value="Il mio titolo"', 'value="2023-03-07"', "Punto</textarea>"))
    assert Incontro.objects.count() == 0


def test_un_invito_incompleto_si_completa_e_la_mail_resta(ufficio, rete):
    pagina = carica(ufficio, SENZA_CALENDARIO)
    registra(ufficio, pagina, rete=rete.pk, giorno="2023-03-07", dalle="10:00", alle="9:00")
    assert Incontro.objects.count() == 0
    registra(ufficio, pagina, rete=rete.pk, giorno="2023-03-07", dalle="10:00", alle="11:00")
    incontro = Incontro.objects.get()
    assert (incontro.titolo, incontro.invito_ricevuto.name[-4:]) == ("Vediamoci", ".eml")


def test_il_file_che_non_c_e_piu_si_dice_e_il_resto_rimane(ufficio, rete):
    pagina = carica(ufficio, ICS)
    risposta = registra(ufficio, pagina, impronta="0" * 64, titolo="Scritto a mano")
    assert "Il file non c&#x27;è più: caricalo di nuovo." in risposta.text
    assert 'value="Scritto a mano"' in risposta.text


def test_un_tavolo_della_provincia_non_e_di_altri(coordinatore, provincia):
    dati = {"titolo": "T", "inizio": INIZIO, "fine": INIZIO + timedelta(hours=1)}
    with pytest.raises(Rifiuto, match="è convocato dalla Provincia"):
        registra_invito(utente=coordinatore, rete=ReteFactory(convocante=provincia), dati=dati)
    with pytest.raises(Rifiuto, match="si crea dal suo tavolo"):
        registra_invito(utente=coordinatore, convocante=provincia, dati=dati)
    with pytest.raises(Rifiuto, match="Scegli il tavolo, oppure chi convoca"):
        registra_invito(utente=coordinatore, dati=dati)
    with pytest.raises(Rifiuto, match="non dura più di 14 giorni"):
        registra_invito(utente=coordinatore, dati=dati | {"fine": INIZIO + timedelta(days=20)})
    assert Rete.objects.count() == 1


@pytest.mark.parametrize(
    ("indirizzo", "trovato"),
    [
        ("LAVORO@regione.example", "Regione"),
        ("mario.rossi@regione.example", "Regione"),
        ("atti@pec.regione.example", "Regione"),
        ("chi@comune.example", None),  # two bodies
        ("chi@gmail.com", None),  # anybody's
        ("chi@altro.example", None),
        ("", None),
    ],
)
def test_chi_convoca_si_riconosce_solo_quando_e_sicuro(regione, indirizzo, trovato):
    regione.pec = "protocollo@pec.regione.example"
    regione.save()
    SoggettoFactory(email="uno@comune.example")
    SoggettoFactory(email="due@comune.example")
    SoggettoFactory(email="solo@gmail.com")
    chi = soggetto_di(indirizzo.lower())
    assert (chi and chi.denominazione) == trovato


# -- The same invitation again -------------------------------------------------------


def piu_nuovo(**cambi):
    testo = ICS.replace("SEQUENCE:0", "SEQUENCE:1")
    for vecchio, nuovo in cambi.values():
        testo = testo.replace(vecchio, nuovo)
    return testo.encode()


SPOSTATO = {"inizio": ("20230307T100000", "20230308T140000"), "fine": ("20230307T123000", "20230308T153000")}


def test_lo_stesso_uid_non_fa_mai_due_incontri(ufficio, coordinatore, incontro, rete):
    risposta = carica(ufficio, ICS)
    assert risposta.url == scheda(incontro)
    dati = {"titolo": "T", "inizio": INIZIO, "fine": INIZIO + timedelta(hours=1)}
    with pytest.raises(Rifiuto, match="già registrato"):
        registra_invito(utente=coordinatore, rete=rete, dati=dati, originale=ICS.encode())
    assert Incontro.objects.get() == incontro


def test_un_invito_piu_nuovo_mostra_che_cosa_cambia_e_poi_cambia(ufficio, incontro, consegna_posta):
    delega(ufficio, incontro, delegato="Anna Bo", delegato_email="anna@provincia.example")
    nuovo = piu_nuovo(**SPOSTATO)
    pagina = ufficio.get(carica(ufficio, nuovo).url)
    assert [r[0] for r in pagina.context["differenze"]] == ["Titolo", "Luogo", "Ordine del giorno", "Inizio", "Fine"]
    assert ("Inizio", "martedì 7 marzo 2023, 10:00", "mercoledì 8 marzo 2023, 14:00") in pagina.context["differenze"]
    ufficio.post(reverse("gestione_inviti:aggiorna", args=[incontro.pk]), {"impronta": pagina.context["impronta"]})
    incontro.refresh_from_db()
    assert incontro.inizio == datetime(2023, 3, 8, 13, tzinfo=UTC)
    with incontro.invito_ricevuto.open() as conservato:
        assert conservato.read() == nuovo
    # The delegate stays, and is told once.
    assert incontro.convocazioni.get().delegato == "Anna Bo"
    mail = Messaggio.objects.filter(destinatario="anna@provincia.example").order_by("pk")
    assert [m.oggetto for m in mail] == [
        "Partecipi come delegato: Tavolo, martedì 7 marzo 2023, ore 10:00",
        "Partecipi come delegato: Tavolo regionale, mercoledì 8 marzo 2023, ore 14:00",
    ]
    assert Calendar.from_ical(mail[1].allegato).events[0]["SEQUENCE"] == 1


def test_un_invito_piu_vecchio_o_di_un_altro_incontro_non_cambia_nulla(coordinatore, incontro):
    aggiorna_da_invito(utente=coordinatore, incontro=incontro, originale=piu_nuovo(**SPOSTATO))
    for originale, frase in (
        (ICS.encode(), "non è più nuovo"),
        (piu_nuovo(**SPOSTATO), "non è più nuovo"),
        (piu_nuovo(uid=("a1@", "b2@")), "di un altro incontro"),
    ):
        with pytest.raises(Rifiuto, match=frase):
            aggiorna_da_invito(utente=coordinatore, incontro=incontro, originale=originale)
    incontro.refresh_from_db()
    assert incontro.inizio == datetime(2023, 3, 8, 13, tzinfo=UTC)


def test_chi_convoca_annulla(ufficio, incontro):
    delega(ufficio, incontro, delegato="Anna Bo", delegato_email="anna@provincia.example")
    pagina = ufficio.get(carica(ufficio, piu_nuovo(m=("METHOD:REQUEST", "METHOD:CANCEL"))).url)
    assert "Chi convoca annulla l'incontro." in pagina.text
    ufficio.post(reverse("gestione_inviti:aggiorna", args=[incontro.pk]), {"impronta": pagina.context["impronta"]})
    incontro.refresh_from_db()
    assert (incontro.stato, incontro.motivo) == ("annullato", "Annullato da chi lo convocava.")
    ultima = Messaggio.objects.filter(destinatario="anna@provincia.example").latest("pk")
    assert (ultima.metodo, ultima.oggetto.split(":")[0]) == ("CANCEL", "Annullato")


def test_un_incontro_svolto_non_si_sposta_piu(ufficio, coordinatore, incontro):
    Incontro.objects.update(stato="svolto")
    pagina = ufficio.get(carica(ufficio, piu_nuovo(**SPOSTATO)).url)
    risposta = ufficio.post(
        reverse("gestione_inviti:aggiorna", args=[incontro.pk]), {"impronta": pagina.context["impronta"]}
    )
    assert "Un incontro svolto o annullato non si modifica più." in risposta.text


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_interrogazioni_dell_elenco_non_crescono(ufficio, coordinatore, rete, quanti, django_assert_num_queries):
    ufficio.get(reverse("gestione_inviti:index"))
    dati = {"titolo": "T", "inizio": INIZIO, "fine": INIZIO + timedelta(hours=1)}
    for _n in range(quanti):
        registra_invito(utente=coordinatore, rete=rete, dati=dati)
    with django_assert_num_queries(14):
        ufficio.get(reverse("gestione_inviti:index"))


def test_la_versione_dell_originale_e_quella_che_si_confronta(incontro):
    """No number of ours can make an older invitation look newer."""
    with incontro.invito_ricevuto.open() as conservato:
        assert leggi_invito(conservato.read()).versione == (0, datetime(2023, 2, 1, 8, tzinfo=UTC))
