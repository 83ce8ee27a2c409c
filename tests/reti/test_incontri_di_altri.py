"""Meetings convened by others: invitation received, who goes, attendance with evidence (R26)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar

from core.archivio import impronta
from core.errori import Rifiuto
from core.models import Installazione, Messaggio, RigaRegistro
from core.scrivania import voci_di
from reti.inviti_ricevuti import leggi_invito
from reti.models import Adesione, Incontro, Presenza, Rete
from reti.queries.inviti_ricevuti import soggetto_di
from reti.services.incontri import annulla_incontro, modifica_incontro
from reti.services.incontri_di_altri import aggiorna_da_invito, registra_invito
from tests.factories.reti import AdesioneFactory, IncontroFactory, ReteFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory
from tests.reti.test_inviti_ricevuti import ICS, SENZA_CALENDARIO

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
NUOVO = "gestione_inviti:nuovo"


@pytest.fixture(autouse=True)
def _febbraio(orologio):
    with orologio(INIZIO - timedelta(days=10)):
        yield


@pytest.fixture
def regione(provincia):
    Installazione.objects.create(ente="Provincia di Cremona", email="lavoro@provincia.example")
    return SoggettoFactory(denominazione="Regione", email="lavoro@regione.example")


@pytest.fixture
def rete(regione, provincia):
    rete = ReteFactory(nome="Tavolo regionale", convocante=regione)
    AdesioneFactory(rete=rete, soggetto=provincia)
    return rete


@pytest.fixture
def ufficio(entra, coordinatore):
    return entra(coordinatore)


def file(contenuto, nome="invito.ics"):
    return SimpleUploadedFile(nome, contenuto if isinstance(contenuto, bytes) else contenuto.encode())


def carica(ufficio, contenuto, **dati):
    return ufficio.post(reverse(NUOVO), {"file": file(contenuto), "leggi": "1"} | dati)


def registra(ufficio, pagina, **dati):
    """Send the form as it was proposed, completed with `dati`."""
    iniziali = pagina.context["form"].initial
    inviati = {c: str(v) for c, v in iniziali.items() if v not in (None, "")} | {"modalita": "presenza"} | dati
    return ufficio.post(reverse(NUOVO), inviati)


@pytest.fixture
def incontro(coordinatore, rete):
    dati = {"titolo": "Tavolo", "inizio": INIZIO, "fine": INIZIO + timedelta(hours=2), "luogo": "Milano"}
    originale = ICS.replace("20230307T123000", "20230307T120000").encode()
    return registra_invito(utente=coordinatore, rete=rete, dati=dati, originale=originale)


def scheda(incontro):
    return reverse("gestione_inviti:scheda", args=[incontro.pk])


def delega(ufficio, incontro, **dati):
    prefisso = f"d{incontro.convocazioni.get().pk}"
    campi = {f"{prefisso}-{c}": v for c, v in dati.items()}
    return ufficio.post(scheda(incontro), campi | {"azione": "delegato", f"{prefisso}-invia": "1"})


def presenza(ufficio, incontro, **dati):
    prefisso = f"p{incontro.convocazioni.get().pk}"
    campi = {f"{prefisso}-{c}": v for c, v in dati.items()}
    return ufficio.post(scheda(incontro), campi | {"azione": "partecipazione"})


# -- The invitation ------------------------------------------------------------------


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


# -- Who goes ------------------------------------------------------------------------


def test_chi_va_lo_sa_per_mail_con_il_calendario_e_chi_lasciava_anche(ufficio, incontro, coordinatore):
    bice = UtenteFactory(ruolo="operatore_cpi", email="bice@provincia.example", first_name="Bice", last_name="Ca")
    delega(ufficio, incontro, delegato="Anna Bo", delegato_email="anna@provincia.example")
    delega(ufficio, incontro, delegato="Anna Bo", delegato_email="anna@provincia.example")  # again: nothing
    delega(ufficio, incontro, utente=bice.pk)
    mail = Messaggio.objects.order_by("pk").values_list("destinatario", "metodo")
    assert sorted(mail) == [
        ("anna@provincia.example", "CANCEL"),
        ("anna@provincia.example", "REQUEST"),
        ("bice@provincia.example", "REQUEST"),
    ]
    convocazione = incontro.convocazioni.get()
    assert (convocazione.delegato, convocazione.risposta, convocazione.risposta_via) == ("Bice Ca", "delega", "ufficio")
    testo = Messaggio.objects.get(destinatario="bice@provincia.example").testo
    assert "Provincia di Cremona ha indicato te come delegato" in testo
    assert "Convoca: Regione" in testo


def test_il_titolare_del_seggio_e_proposto_e_riceve_il_calendario(ufficio, coordinatore, rete):
    rete.adesioni.update(titolare_nome="Anna Bo", titolare_email="anna@provincia.example")
    dati = {"titolo": "Tavolo", "inizio": INIZIO, "fine": INIZIO + timedelta(hours=2)}
    incontro = registra_invito(utente=coordinatore, rete=rete, dati=dati)
    (modulo,) = ufficio.get(scheda(incontro)).context["deleghe"]
    assert modulo.initial == {"delegato": "Anna Bo", "delegato_email": "anna@provincia.example"}
    delega(ufficio, incontro, **modulo.initial)
    mail = Messaggio.objects.get()
    assert (mail.destinatario, mail.metodo, "BEGIN:VEVENT" in mail.allegato) == (
        "anna@provincia.example",
        "REQUEST",
        True,
    )


def test_senza_nome_non_c_e_delegato_e_quello_scritto_resta(ufficio, incontro):
    risposta = delega(ufficio, incontro, delegato_email="anna@provincia.example")
    assert "Scegli una persona dell&#x27;ufficio, oppure scrivi nome e cognome." in risposta.text
    assert 'value="anna@provincia.example"' in risposta.text
    assert incontro.convocazioni.get().risposta == "attesa"


def test_il_delegato_gia_impegnato_si_dice(ufficio, incontro, provincia):
    altro = IncontroFactory(rete=ReteFactory(convocante=provincia), inizio=INIZIO, titolo="Altro")
    AdesioneFactory(rete=altro.rete, titolare_email="anna@provincia.example")
    delega(ufficio, incontro, delegato="Anna", delegato_email="anna@provincia.example")
    assert "anna@provincia.example: anche in «Altro»" in ufficio.get(scheda(incontro)).text


def test_modifica_rinvio_e_annullo_a_mano_avvisano_chi_va(coordinatore, ufficio, incontro):
    delega(ufficio, incontro, delegato="Anna Bo", delegato_email="anna@provincia.example")
    modifica_incontro(utente=coordinatore, incontro=incontro, luogo="Pavia")
    annulla_incontro(utente=coordinatore, incontro=incontro, motivo="Rimandato")
    mail = Messaggio.objects.filter(destinatario="anna@provincia.example").order_by("pk")
    assert list(mail.values_list("metodo", flat=True)) == ["REQUEST", "REQUEST", "CANCEL"]


def voci(utente):
    return [(v.titolo, v.urgenza) for v in voci_di(utente) if "Tavolo" in v.titolo]


def test_la_scrivania_chiede_il_delegato_prima_e_la_presenza_dopo(ufficio, coordinatore, incontro, orologio):
    assert voci(coordinatore) == [("Nessun delegato per Tavolo", 2)]
    with orologio(INIZIO - timedelta(days=2)):
        assert voci(coordinatore) == [("Nessun delegato per Tavolo", 1)]
    delega(ufficio, incontro, delegato="Anna Bo")
    assert voci(coordinatore) == []
    with orologio(INIZIO + timedelta(hours=3)):
        assert voci(coordinatore) == [("Registra la presenza a Tavolo", 2)]
    with orologio(INIZIO + timedelta(days=8)):
        assert voci(coordinatore) == [("Registra la presenza a Tavolo", 0)]
        presenza(ufficio, incontro, esito="assente")
        assert voci(coordinatore) == []


# -- Who was there -------------------------------------------------------------------


@pytest.fixture
def _dopo(orologio):
    with orologio(INIZIO + timedelta(hours=3)):
        yield


@pytest.mark.usefixtures("_dopo")
def test_la_presenza_vuole_una_prova(ufficio, incontro):
    risposta = presenza(ufficio, incontro, esito="presente", persona="Anna Bo")
    assert "Scrivi la prova della presenza" in risposta.text
    assert 'value="Anna Bo"' in risposta.text
    incontro.refresh_from_db()
    assert (incontro.stato, Presenza.objects.count()) == ("convocato", 0)


@pytest.mark.usefixtures("_dopo")
def test_la_presenza_con_il_documento_segna_l_incontro_come_svolto(ufficio, incontro):
    contenuto = b"%PDF-1.7 " + b"x" * 3_000_000
    presenza(ufficio, incontro, esito="remoto", persona="Anna Bo", documento=file(contenuto, "foglio firme.pdf"))
    incontro.refresh_from_db()
    riga = Presenza.objects.get()
    assert (incontro.stato, riga.esito, riga.da_remoto, riga.persona) == ("svolto", "presente", True, "Anna Bo")
    assert RigaRegistro.objects.get(azione="incontro.presenze").dati["prove"] == {
        "provincia-di-cremona": impronta(contenuto)
    }
    risposta = ufficio.get(reverse("gestione_inviti:prova", args=[riga.pk]))
    assert b"".join(risposta.streaming_content) == contenuto
    assert "attachment" in risposta["Content-Disposition"]
    # A correction without another document keeps the first.
    presenza(ufficio, incontro, esito="presente", persona="Bice Ca")
    riga.refresh_from_db()
    assert (riga.persona, bool(riga.prova_documento)) == ("Bice Ca", True)


@pytest.mark.usefixtures("_dopo")
@pytest.mark.parametrize(
    ("nome", "contenuto", "frase"),
    [
        ("prova.exe", b"MZ", "Formato non accettato. Carica un file: eml, jpeg, jpg, pdf, png."),
        ("prova.pdf", b"<html>", "Il contenuto del file non corrisponde al formato .pdf."),
        ("prova.png", b"\x89PNG\r\n\x1a\n" + b"x" * 10 * 1_048_576, "Il file supera 10 MB: riducilo e riprova."),
    ],
    ids=["formato", "contenuto", "grande"],
)
def test_un_documento_sbagliato_si_rifiuta(ufficio, incontro, nome, contenuto, frase):
    risposta = presenza(ufficio, incontro, esito="presente", persona="Anna", documento=file(contenuto, nome))
    assert frase in risposta.text
    assert 'value="Anna"' in risposta.text
    assert Presenza.objects.count() == 0


def test_prima_dell_inizio_la_presenza_non_si_registra(ufficio, incontro):
    risposta = presenza(ufficio, incontro, esito="assente")
    assert "In questo stato non si registra: ricarica la pagina." in risposta.text
    assert Presenza.objects.count() == 0


def test_chi_legge_soltanto_non_scrive(entra, incontro):
    revisore = entra(UtenteFactory(ruolo="revisore"))
    assert "Indica chi va" not in revisore.get(scheda(incontro)).text
    delega(revisore, incontro, delegato="Anna")
    assert incontro.convocazioni.get().delegato == ""


def test_un_estraneo_non_vede_ne_l_invito_ne_la_prova(entra, rappresentante, incontro):
    Incontro.objects.filter(pk=incontro.pk).update(invito_ricevuto="x.ics")
    prova = Presenza.objects.create(
        incontro=incontro,
        adesione=incontro.convocazioni.get().adesione,
        esito="presente",
        registrata_il=INIZIO,
        prova_documento=ContentFile(b"x", "x.pdf"),
    )
    estraneo = entra(rappresentante.utente)
    for nome, pk in (("originale", incontro.pk), ("prova", prova.pk), ("scheda", incontro.pk)):
        assert estraneo.get(reverse(f"gestione_inviti:{nome}", args=[pk])).status_code == 302


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_interrogazioni_dell_elenco_non_crescono(ufficio, coordinatore, rete, quanti, django_assert_num_queries):
    ufficio.get(reverse("gestione_inviti:index"))
    dati = {"titolo": "T", "inizio": INIZIO, "fine": INIZIO + timedelta(hours=1)}
    for _n in range(quanti):
        registra_invito(utente=coordinatore, rete=rete, dati=dati)
    with django_assert_num_queries(13):
        ufficio.get(reverse("gestione_inviti:index"))


def test_la_versione_dell_originale_e_quella_che_si_confronta(incontro):
    """No number of ours can make an older invitation look newer."""
    with incontro.invito_ricevuto.open() as conservato:
        assert leggi_invito(conservato.read()).versione == (0, datetime(2023, 2, 1, 8, tzinfo=UTC))
