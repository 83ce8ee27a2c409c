"""Who goes to a meeting of others, and who was there, with evidence (R26)."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from core.archivio import impronta
from core.models import Messaggio, RigaRegistro
from core.scrivania import voci_di
from reti.models import Incontro, Presenza
from reti.services.incontri import annulla_incontro, modifica_incontro
from reti.services.incontri_di_altri import registra_invito
from tests.factories.reti import AdesioneFactory, IncontroFactory, ReteFactory
from tests.factories.utenti import UtenteFactory
from tests.reti.di_altri.gesti import INIZIO, delega, file, presenza, scheda

pytestmark = pytest.mark.django_db


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
