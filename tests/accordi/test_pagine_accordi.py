"""The parties' and the office's pages on agreements, signing included."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accordi.models import Accordo, Firma
from accordi.queries.accordi import revisione_corrente
from accordi.services.accordi import crea_accordo_libero
from accordi.services.testi import congela_testo, ritira_testo
from core.models import Messaggio
from tests.accordi.conftest import codice
from tests.accordi.test_firme import firma, leggi
from tests.factories.reti import RappresentanzaFactory
from tests.factories.utenti import UtenteFactory


def dati(accordo, **altro):
    accordo.refresh_from_db()
    return {"impronta": revisione_corrente(accordo).impronta, "letto": "on", "codice": codice()} | altro


def apri(client, accordo):
    """Step 1: the bytes of the document, as the browser gets them."""
    risposta = client.get(f"/accordi/{accordo.codice}/documento/?apri")
    assert risposta["Content-Disposition"] == f'inline; filename="accordo-{accordo.codice_verifica}.pdf"'
    assert risposta["Cache-Control"] == "private, no-store"
    return b"".join(risposta.streaming_content)


def test_il_partner_apre_legge_e_firma(in_firma, firmatari, entra):
    """The three steps, as the page asks for them."""
    client = entra(firmatari[1])
    indirizzo = f"/accordi/{in_firma.codice}/firma/1/"
    assert "1. Apri il documento e leggilo" in client.get(indirizzo).content.decode()
    pdf = apri(client, in_firma)
    assert pdf == leggi(revisione_corrente(in_firma).pdf)
    risposta = client.post(indirizzo, dati(in_firma), REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="Prova")
    assert risposta["Location"] == f"/accordi/{in_firma.codice}/"
    evidenza = Firma.objects.get().evidenza
    assert (evidenza["ip"], evidenza["programma"]) == ("192.0.2.7", "Prova")
    assert evidenza["documento_aperto_il"].startswith("2023-03-20T")


@pytest.mark.parametrize(
    ("proxy", "atteso"), [(1, "203.0.113.9"), (0, "192.0.2.7")], ids=["dietro il proxy fidato", "senza proxy"]
)
def test_l_evidenza_ha_l_indirizzo_di_chi_firma(in_firma, firmatari, entra, settings, proxy, atteso):
    """As the limits on sign-in read it; what the person wrote in the header is kept apart."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxy
    client, inoltrato = entra(firmatari[1]), "10.9.9.9, 203.0.113.9"
    apri(client, in_firma)
    indirizzo = f"/accordi/{in_firma.codice}/firma/1/"
    client.post(indirizzo, dati(in_firma), REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=inoltrato)
    evidenza = Firma.objects.get().evidenza
    assert (evidenza["ip"], evidenza["inoltrato_per"]) == (atteso, inoltrato)


def test_senza_aprire_il_documento_non_si_firma(in_firma, firmatari, entra):
    risposta = entra(firmatari[1]).post(f"/accordi/{in_firma.codice}/firma/", dati(in_firma))
    assert "Prima di firmare apri il documento e leggilo: è il passo 1." in risposta.content.decode()
    assert Firma.objects.count() == 0


def test_un_codice_sbagliato_torna_con_la_frase_e_quello_che_era_scritto(in_firma, firmatari, entra):
    client = entra(firmatari[1])
    apri(client, in_firma)
    pagina = client.post(f"/accordi/{in_firma.codice}/firma/", dati(in_firma, codice="000000")).content.decode()
    assert "Il codice non è giusto o è già stato usato" in pagina
    assert 'value="000000"' in pagina


def test_chi_non_ha_l_app_chiede_il_codice_dalla_pagina(in_firma, firmatari, entra):
    firmatari[1].authenticator_set.all().delete()
    indirizzo = f"/accordi/{in_firma.codice}/firma/"
    risposta = entra(firmatari[1]).post(indirizzo, {"manda_codice": "1"})
    assert risposta["Location"] == indirizzo
    assert Messaggio.objects.filter(oggetto__startswith="Il codice per firmare").count() == 1


def test_il_collegamento_vecchio_e_morto(in_firma, firmatari, entra, coordinatore):
    """R05: old links die."""
    ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Refuso")
    client = entra(firmatari[1])
    assert client.get(f"/accordi/{in_firma.codice}/firma/1/").status_code == 404
    congela_testo(utente=coordinatore, accordo=in_firma)
    risposta = client.get(f"/accordi/{in_firma.codice}/firma/1/")
    assert (risposta.status_code, "Questo testo è superato" in risposta.content.decode()) == (410, True)
    assert client.get(f"/accordi/{in_firma.codice}/firma/2/").status_code == 200


@pytest.mark.parametrize("pagina", ["", "documento/", "firma/", "firma/1/"])
def test_chi_non_e_parte_non_vede_niente(in_firma, entra, pagina):
    """R08: a party sees its own files only; refusal is a 404 that tells nothing."""
    estraneo = RappresentanzaFactory().utente
    client = entra(estraneo)
    assert client.get(f"/accordi/{in_firma.codice}/{pagina}").status_code == 404
    assert client.post(f"/accordi/{in_firma.codice}/{pagina}").status_code in {404, 405}
    assert in_firma.titolo not in client.get("/accordi/").content.decode()


@pytest.mark.parametrize("pagina", ["", "documento/", "firma/"])
def test_chi_non_e_entrato_va_all_accesso(in_firma, client, pagina):
    risposta = client.get(f"/accordi/{in_firma.codice}/{pagina}")
    assert risposta["Location"] == f"/accesso/login/?next=/accordi/{in_firma.codice}/{pagina}"


def test_la_bozza_non_si_mostra_alle_parti(bozza, rappresentante, entra):
    assert entra(rappresentante.utente).get(f"/accordi/{bozza.codice}/").status_code == 404


def test_la_pagina_dell_accordo_dice_parti_stato_e_identificativo(in_firma, firmatari, entra, rappresentante):
    """R08 (CAD 41)."""
    pagina = entra(firmatari[1]).get(f"/accordi/{in_firma.codice}/").content.decode()
    for atteso in (
        "Collaborazione di prova",
        str(rappresentante.soggetto),
        "In firma",
        "Testo congelato e mandato in firma",
        in_firma.codice_verifica,
        revisione_corrente(in_firma).impronta,
        "Titolare del procedimento",
    ):
        assert atteso in pagina


def test_l_elenco_costa_lo_stesso_con_una_riga_e_con_tre(in_firma, firmatari, entra, coordinatore, rappresentante):
    client = entra(firmatari[1])
    client.get("/accordi/")

    def quante():
        with CaptureQueriesContext(connection) as domande:
            assert client.get("/accordi/").status_code == 200
        return len(domande)

    una = quante()
    for n in range(2):
        altro = crea_accordo_libero(
            utente=coordinatore, tipo="collaborazione", titolo=f"Altro {n}", testo="X", parti=[rappresentante.soggetto]
        )
        Accordo.objects.filter(pk=altro.pk).update(determina_numero="1", determina_data="2023-03-01")
        congela_testo(utente=coordinatore, accordo=altro)
    assert quante() == una


def test_il_dirigente_firma_dall_ufficio(in_firma, firmatari, entra):
    firma(firmatari[1], in_firma.parti.last())
    client = entra(firmatari[0])
    parte = in_firma.parti.first()
    apri(client, in_firma)
    indirizzo = f"/gestione/accordi/firma/{parte.pk}/"
    assert "Firmi per Provincia di Cremona." in client.get(indirizzo).content.decode()
    assert client.post(indirizzo, dati(in_firma))["Location"] == f"/gestione/accordi/{in_firma.pk}/"
    assert Firma.objects.last().parte == parte


def test_il_coordinatore_prepara_corregge_e_manda_in_firma(coordinatore, rappresentante, provincia, entra):
    client = entra(coordinatore)
    risposta = client.post(
        "/gestione/accordi/nuovo/",
        {
            "tipo": "protocollo_intesa",
            "titolo": "Intesa",
            "parti": [rappresentante.soggetto.pk],
            "testo": "# Oggetto\nUno.",
        },
    )
    accordo = Accordo.objects.get()
    assert risposta["Location"] == f"/gestione/accordi/{accordo.pk}/"
    pagina = client.post(f"/gestione/accordi/{accordo.pk}/manda-in-firma/").content.decode()
    assert "Con una parte privata serve prima la determinazione" in pagina
    campi = {"titolo": "Intesa", "testo": "# Oggetto\nDue.", "determina_numero": "9", "determina_data": "2023-03-01"}
    client.post(f"/gestione/accordi/{accordo.pk}/modifica/", {f"modifica-{n}": v for n, v in campi.items()})
    client.post(f"/gestione/accordi/{accordo.pk}/manda-in-firma/")
    accordo.refresh_from_db()
    assert (accordo.stato, accordo.versioni.get().testo) == ("in_firma", "# Oggetto\nDue.")


def test_il_revisore_legge_e_non_cambia(in_firma, entra):
    client = entra(UtenteFactory(ruolo="revisore"))
    pagina = client.get(f"/gestione/accordi/{in_firma.pk}/").content.decode()
    assert "Collaborazione di prova" in pagina
    assert "Ritira il testo" not in pagina
    client.post(f"/gestione/accordi/{in_firma.pk}/ritira/", {"ritira-motivo": "x"})
    in_firma.refresh_from_db()
    assert in_firma.stato == "in_firma"


def test_l_elenco_dell_ufficio_conta_le_firme(in_firma, entra, coordinatore):
    pagina = entra(coordinatore).get("/gestione/accordi/").content.decode()
    assert "0 / 2" in pagina
