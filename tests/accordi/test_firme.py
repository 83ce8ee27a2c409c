"""Signing online: who may, what stays, what is refused."""

import subprocess
from datetime import timedelta
from pathlib import Path
from shutil import which

import pytest
from django.core.exceptions import PermissionDenied

from accordi.fiducia import fiducia_corrente
from accordi.models import CodiceFirma, Firma
from accordi.queries.accordi import revisione_corrente
from accordi.scelte import Livello
from accordi.services.firme import firma_accordo
from accordi.services.secondo_fattore import chiedi_codice
from accordi.services.testi import congela_testo, ritira_testo
from accordi.validazione import esamina_pdf
from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import fermo
from core.registro import righe_di
from tests.accordi.conftest import GIORNO, codice
from tests.factories.reti import RappresentanzaFactory

EVIDENZA = {"ip": "192.0.2.1", "programma": "prova"}


def firma(utente, parte, **altro):
    parte.accordo.refresh_from_db()
    dati = {"impronta_vista": revisione_corrente(parte.accordo).impronta, "codice": codice(), "evidenza": EVIDENZA}
    return firma_accordo(utente=utente, parte=parte, **dati | altro)


def leggi(campo):
    with campo.open("rb") as file:
        return file.read()


def convalida(pdf, fiducia=None):
    """Every signature, judged by the product as of the day of the tests."""
    return esamina_pdf(pdf, fiducia=fiducia or fiducia_corrente(con_sigillo=True), ora=GIORNO)


@pytest.fixture
def firmato(in_firma, firmatari):
    """Signed by both, ten minutes apart."""
    prima, seconda = in_firma.parti.all()
    firma(firmatari[1], seconda)
    with fermo(GIORNO + timedelta(minutes=10)):
        firma(firmatari[0], prima)
    in_firma.refresh_from_db()
    return in_firma


def test_alla_fine_ogni_firma_e_valida_e_ogni_documento_comincia_con_il_precedente(firmato):
    """R10: earlier revisions unchanged, earlier signatures intact."""
    versione = firmato.versioni.get()
    testo, uno, due = (leggi(f) for f in (versione.pdf, *(f.pdf for f in versione.firme.order_by("pk"))))
    assert uno.startswith(testo)
    assert due.startswith(uno)
    esiti = convalida(due)
    assert [(e.campo, e.valida, e.copre_tutto) for e in esiti] == [("Firma2", True, False), ("Firma1", True, True)]
    assert [e.dichiarata_il for e in esiti] == [GIORNO, GIORNO + timedelta(minutes=10)]


@pytest.mark.skipif(not which("pdfsig"), reason="manca pdfsig (poppler-utils): validatore indipendente NON provato")
def test_anche_un_validatore_indipendente_le_trova_valide(firmato, tmp_path):
    """R10, by poppler: both signatures valid, the last one over the whole document."""
    file = tmp_path / "firmato.pdf"
    file.write_bytes(leggi(revisione_corrente(firmato).pdf))
    comando = [which("pdfsig"), "-nocert", file]
    esito = subprocess.run(comando, capture_output=True, text=True, check=False).stdout  # noqa: S603  our own file
    assert esito.count("Signature is Valid.") == 2
    assert esito.count("Total document signed") == 1
    assert esito.count("ETSI.CAdES.detached") == 2


def test_con_l_ultima_firma_arrivano_stato_protocollo_e_messaggi(firmato, firmatari, rappresentante):
    """R07: protocol number and date before the next state."""
    ultima = firmato.versioni.get().firme.last()
    assert firmato.stato == "sottoscritto"
    assert firmato.sottoscritto_il == GIORNO + timedelta(minutes=10)
    assert (firmato.protocollo.verso, firmato.protocollo.impronta) == ("uscita", ultima.impronta_dopo)
    assert firmato.protocollo.corrispondente == str(rappresentante.soggetto)
    attesi = {firmatari[0].email, firmatari[1].email} | {p.soggetto.email for p in firmato.parti.all()}
    oggetto = "Firmato da tutti: Collaborazione di prova"
    assert set(Messaggio.objects.filter(oggetto=oggetto).values_list("destinatario", flat=True)) == attesi


def test_l_evidenza_dice_chi_come_e_su_che_cosa(firmato, firmatari, rappresentante):
    versione = firmato.versioni.get()
    prima = versione.firme.order_by("pk")[0]
    assert prima.utente == firmatari[1]
    assert prima.qualita == f"Legale rappresentante di {rappresentante.soggetto}"
    assert prima.livello == Livello.SEMPLICE
    assert prima.impronta_prima == versione.impronta
    assert prima.evidenza == EVIDENZA | {
        "metodo": "app di autenticazione",
        "rappresentanza": rappresentante.pk,
        "email": firmatari[1].email,
    }
    assert prima.marca_temporale == "Nessuna autorità di marcatura configurata."
    assert [r.azione for r in righe_di(firmato)][-3:] == ["accordo.firmato", "accordo.firmato", "accordo.sottoscritto"]


def test_rifiuta_un_codice_sbagliato_e_lascia_tutto_com_era(in_firma, firmatari):
    with pytest.raises(Rifiuto, match="Il codice non è giusto"):
        firma(firmatari[1], in_firma.parti.last(), codice="000000")
    assert Firma.objects.count() == 0


def test_dopo_cinque_codici_sbagliati_rifiuta_anche_quello_giusto(in_firma, firmatari):
    for _n in range(5):
        with pytest.raises(Rifiuto, match="Il codice non è giusto"):
            firma(firmatari[1], in_firma.parti.last(), codice="000000")
    with pytest.raises(Rifiuto, match="Troppi codici sbagliati: aspetta 10 minuti"):
        firma(firmatari[1], in_firma.parti.last())


def test_un_codice_dell_app_vale_una_volta_sola(in_firma, firmatari, coordinatore):
    """The same code on the next version is a replay."""
    usato = codice()
    firma(firmatari[1], in_firma.parti.last(), codice=usato)
    ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Refuso")
    congela_testo(utente=coordinatore, accordo=in_firma)
    with pytest.raises(Rifiuto, match="già stato usato"):
        firma(firmatari[1], in_firma.parti.last(), codice=usato)


@pytest.fixture
def senza_app(in_firma, firmatari):
    """The private body's signatory has no app: a code by mail. Returns (user, party, code mailed)."""
    firmatari[1].authenticator_set.all().delete()
    parte = in_firma.parti.last()
    chiedi_codice(utente=firmatari[1], parte=parte)
    messaggio = Messaggio.objects.get(oggetto="Il codice per firmare «Collaborazione di prova»")
    assert messaggio.riservato
    assert messaggio.destinatario == firmatari[1].email
    return firmatari[1], parte, next(r for r in messaggio.testo.splitlines() if r.isdigit())


def test_senza_app_firma_con_il_codice_inviato_per_posta(senza_app):
    utente, parte, inviato = senza_app
    fatta = firma(utente, parte, codice=inviato)
    assert fatta.evidenza["metodo"] == "codice inviato per posta elettronica"
    assert CodiceFirma.objects.get().usato_il == GIORNO
    assert inviato not in CodiceFirma.objects.get().codice


def test_il_codice_per_posta_scade_dopo_dieci_minuti(senza_app):
    utente, parte, inviato = senza_app
    with fermo(GIORNO + timedelta(minutes=10)), pytest.raises(Rifiuto, match="scaduto o già usato"):
        firma(utente, parte, codice=inviato)


def test_dopo_cinque_tentativi_il_codice_per_posta_muore(senza_app):
    utente, parte, inviato = senza_app
    for _n in range(5):
        with pytest.raises(Rifiuto, match="Il codice non è quello"):
            firma(utente, parte, codice="x" * 6)
    with pytest.raises(Rifiuto, match="Troppi codici sbagliati: chiedi un codice nuovo"):
        firma(utente, parte, codice=inviato)


def test_un_codice_nuovo_uccide_il_precedente_e_non_se_ne_chiedono_piu_di_cinque(senza_app):
    utente, parte, inviato = senza_app
    for _n in range(4):
        chiedi_codice(utente=utente, parte=parte)
    with pytest.raises(Rifiuto, match="Il codice non è quello"):
        firma(utente, parte, codice=inviato)
    with pytest.raises(Rifiuto, match="Hai chiesto troppi codici"):
        chiedi_codice(utente=utente, parte=parte)


def test_un_testo_superato_non_si_firma(in_firma, firmatari, coordinatore):
    """R05: nobody can sign a superseded text."""
    vecchia = revisione_corrente(in_firma).impronta
    ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Refuso")
    in_firma.refresh_from_db()
    parte = in_firma.parti.last()
    with pytest.raises(PermissionDenied, match="non è in firma"):
        firma_accordo(utente=firmatari[1], parte=parte, impronta_vista=vecchia, codice=codice(), evidenza=EVIDENZA)
    with fermo(GIORNO + timedelta(minutes=1)):
        congela_testo(utente=coordinatore, accordo=in_firma)
        with pytest.raises(Rifiuto, match="Il documento è cambiato"):
            firma(firmatari[1], in_firma.parti.last(), impronta_vista=vecchia)


def test_rifiuta_chi_non_rappresenta_la_parte(in_firma, firmatari):
    with pytest.raises(PermissionDenied, match="non risulti abilitato a firmare"):
        firma(firmatari[1], in_firma.parti.first())


def test_rifiuta_i_poteri_scaduti_ieri(in_firma, firmatari, rappresentante):
    rappresentante.al = GIORNO.date() - timedelta(days=1)
    rappresentante.save()
    with pytest.raises(PermissionDenied, match="Oggi non risulti abilitato a firmare"):
        firma(firmatari[1], in_firma.parti.last())


def test_per_la_provincia_firma_solo_il_dirigente(in_firma, coordinatore, provincia):
    RappresentanzaFactory(utente=coordinatore, soggetto=provincia)
    with pytest.raises(PermissionDenied, match="Per la Provincia firma il dirigente"):
        firma(coordinatore, in_firma.parti.first())


def test_la_stessa_parte_non_firma_due_volte(in_firma, firmatari):
    firma(firmatari[1], in_firma.parti.last())
    with pytest.raises(PermissionDenied, match="ha già firmato questo testo"):
        firma(firmatari[1], in_firma.parti.last())
    assert Firma.objects.count() == 1


def test_fra_sole_amministrazioni_la_firma_semplice_e_rifiutata(in_firma, firmatari, rappresentante):
    """R02: L. 241/1990 art. 15 c. 2-bis."""
    rappresentante.soggetto.natura = "pubblico"
    rappresentante.soggetto.save()
    with pytest.raises(PermissionDenied, match=r"art\. 15 c\. 2-bis L\. 241/1990"):
        firma(firmatari[1], in_firma.parti.last())
    in_firma.refresh_from_db()
    assert in_firma.stato == "in_firma"


def test_con_il_sigillo_scaduto_non_si_firma(in_firma, firmatari, rappresentante):
    """R03: an expired certificate is no signature."""
    rappresentante.al = None
    with fermo(GIORNO.replace(year=2038)), pytest.raises(Rifiuto, match="certificato del sigillo è scaduto"):
        firma(firmatari[1], in_firma.parti.last())
    assert Firma.objects.count() == 0


def test_un_documento_conservato_e_alterato_non_si_firma(in_firma, firmatari):
    revisione = revisione_corrente(in_firma)
    Path(revisione.pdf.path).write_bytes(b"%PDF-1.7 altro")
    with pytest.raises(Rifiuto, match="non è integro"):
        firma(firmatari[1], in_firma.parti.last())


def test_chi_deve_ancora_firmare_sa_che_l_altro_ha_firmato(tutti_insieme, firmatari, rappresentante):
    firma(firmatari[1], tutti_insieme.parti.last())
    messaggio = Messaggio.objects.get(oggetto="Un'altra parte ha firmato: Collaborazione di prova")
    assert messaggio.destinatario == firmatari[0].email
    assert messaggio.testo.startswith(f"{rappresentante.soggetto} ha firmato l'accordo:")
