"""The document goes out, is signed with one's own certificate and comes back: R02, R03, R10, R11."""

from base64 import b64encode
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accordi.fiducia import fiducia_corrente
from accordi.models import Accordo, Firma, Prenotazione
from accordi.queries.accordi import revisione_corrente
from accordi.scelte import Livello
from accordi.services.accordi import crea_accordo_libero
from accordi.services.firma_esterna import firma_dall_esterno
from accordi.services.prenotazioni import prendi_documento
from accordi.services.testi import congela_testo, modifica_bozza
from accordi.validazione import esamina_pdf
from core.errori import Rifiuto
from core.models import Messaggio, RigaRegistro
from core.registro import righe_di, verifica
from tests.accordi import test_validazione as manomissioni
from tests.accordi.conftest import GIORNO, con_app
from tests.accordi.pki import codice_di
from tests.accordi.test_firme import EVIDENZA, firma, leggi
from tests.factories.reti import RappresentanzaFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.usefixtures("fiducia_di_prova")


def documento_di(accordo):
    return leggi(revisione_corrente(Accordo.objects.get(pk=accordo.pk)).pdf)


def carica(utente, parte, contenuto):
    return firma_dall_esterno(utente=utente, parte=parte, contenuto=contenuto, evidenza=EVIDENZA)


def fotografia(accordo):
    """All that a refusal must leave as it was."""
    accordo = Accordo.objects.get(pk=accordo.pk)
    conti = [m.objects.count() for m in (Firma, RigaRegistro, Messaggio)]
    return accordo.stato, revisione_corrente(accordo).impronta, conti


def test_si_prende_si_firma_fuori_e_si_ricarica(in_firma, parte, firmatari, pki):
    presa = prendi_documento(utente=firmatari[1], parte=parte)
    assert presa.scade_il == GIORNO + timedelta(minutes=20)
    prima = documento_di(in_firma)
    fatta = carica(firmatari[1], parte, pki.firma(prima, "p0", parte.campo))
    assert (fatta.livello, fatta.formato) == (Livello.QUALIFICATA, "pades")
    assert (fatta.certificato_di, fatta.certificato_cf) == ("Persona 0", codice_di(0))
    assert fatta.revoca == "Non revocato, chiesto all'autorità (controllo del 20/03/2023 10:00)"
    assert fatta.marca_temporale == "Il programma usato per firmare non l'ha apposta."
    assert documento_di(in_firma).startswith(prima)
    assert fatta.evidenza["emittente"] == "Prestatore di prova"
    presa.refresh_from_db()
    assert presa.chiusa_il == GIORNO
    assert [r.azione for r in righe_di(in_firma)][-2:] == ["accordo.documento_preso", "accordo.firmato"]
    assert verifica()[1] == ""


def test_la_firma_semplice_dopo_quella_esterna_conclude_l_accordo(in_firma, parte, firmatari, pki, tmp_path):
    """External, then online: both hold in pyHanko and in poppler."""
    carica(firmatari[1], parte, pki.firma(documento_di(in_firma), "p0", parte.campo, marca=True))
    firma(firmatari[0], in_firma.parti.get(soggetto__titolare_piattaforma=True))
    in_firma.refresh_from_db()
    assert in_firma.stato == "sottoscritto"
    esami = esamina_pdf(documento_di(in_firma), fiducia=fiducia_corrente(con_sigillo=True), ora=GIORNO)
    assert [(e.campo, e.valida) for e in esami] == [(parte.campo, True), ("Firma1", True)]
    assert manomissioni.pdfsig(documento_di(in_firma), tmp_path).count("Signature is Valid") == 2


def test_dieci_firmatari_qui_e_altrove(coordinatore, dirigente, provincia, adesso_fermo, pki, tmp_path):
    """Ten parties, alternately online and outside: after the last every signature is valid (R10)."""
    enti = [SoggettoFactory(denominazione=f"Ente {n}") for n in range(9)]
    persone = [RappresentanzaFactory(soggetto=e, codice_fiscale=codice_di(n)).utente for n, e in enumerate(enti)]
    accordo = crea_accordo_libero(
        utente=coordinatore, tipo="collaborazione", titolo="Dieci", testo="# Oggetto\nTesto.", parti=enti
    )
    campi = {"determina_numero": "1", "determina_data": GIORNO.date()}
    accordo = modifica_bozza(utente=coordinatore, accordo=accordo, campi=campi)
    congela_testo(utente=coordinatore, accordo=accordo)
    accordo.refresh_from_db()
    for n, (ente, persona) in enumerate(zip(enti, persone, strict=True)):
        parte = accordo.parti.get(soggetto=ente)
        if n % 2:
            firma(con_app(persona), parte)
        else:
            carica(persona, parte, pki.firma(documento_di(accordo), f"p{n}", parte.campo))
    firma(con_app(dirigente), accordo.parti.get(soggetto=provincia))
    accordo.refresh_from_db()
    assert accordo.stato == "sottoscritto"
    esami = esamina_pdf(documento_di(accordo), fiducia=fiducia_corrente(con_sigillo=True), ora=GIORNO)
    assert ([e.valida for e in esami], len({e.campo for e in esami})) == ([True] * 10, 10)
    assert manomissioni.pdfsig(documento_di(accordo), tmp_path).count("Signature is Valid") == 10


def test_fra_sole_amministrazioni_si_firma_cosi(coordinatore, dirigente, provincia, adesso_fermo, pki):
    """The level that the law asks for (R02): online is refused, this way concludes the agreement."""
    comune = SoggettoFactory(natura="pubblico", tipo="comune", codice_ipa="c_d150")
    persona = RappresentanzaFactory(soggetto=comune, codice_fiscale=codice_di(1)).utente
    poteri = dirigente.rappresentanze.get()
    poteri.codice_fiscale = codice_di(2)
    poteri.save()
    accordo = crea_accordo_libero(
        utente=coordinatore, tipo="collaborazione", titolo="Fra enti", testo="# Oggetto\nTesto.", parti=[comune]
    )
    congela_testo(utente=coordinatore, accordo=accordo)
    accordo.refresh_from_db()
    for utente, soggetto, certificato in ((persona, comune, "p1"), (dirigente, provincia, "p2")):
        parte = accordo.parti.get(soggetto=soggetto)
        with pytest.raises(PermissionDenied, match="qui la firma è semplice e non basta"):
            firma(con_app(utente), parte)
        carica(utente, parte, pki.firma(documento_di(accordo), certificato, parte.campo))
    accordo.refresh_from_db()
    assert accordo.stato == "sottoscritto"
    assert set(accordo.versioni.get().firme.values_list("livello", flat=True)) == {Livello.QUALIFICATA}


OSTILI = [(nome, fatto, guasto) for nome, fatto, guasto in manomissioni.OSTILI if "Firma2" not in nome]


@pytest.mark.parametrize(("nome", "fatto", "guasto"), OSTILI, ids=[o[0] for o in OSTILI])
def test_ogni_file_manomesso_ha_la_sua_frase_e_l_accordo_resta_com_era(
    in_firma, rappresentante, firmatari, pki, monkeypatch, nome, fatto, guasto
):
    parte = _parte_con_campo_uno(in_firma, rappresentante, monkeypatch)
    testo = documento_di(in_firma)
    firmato = pki.firma(testo, "p0", parte.campo)
    prima = fotografia(in_firma)
    with pytest.raises(Rifiuto) as rifiuto:
        carica(firmatari[1], parte, fatto(pki, testo, firmato))
    assert (rifiuto.value.frase, fotografia(in_firma)) == (str(guasto.label), prima)


def _parte_con_campo_uno(in_firma, rappresentante, monkeypatch):
    """The table of faults signs in Firma1: let it be this party's field."""
    rappresentante.codice_fiscale = codice_di(0)
    rappresentante.save()
    for parte, ordine in zip(in_firma.parti.order_by("soggetto__titolare_piattaforma"), (11, 12), strict=True):
        type(parte).objects.filter(pk=parte.pk).update(ordine=ordine)
    for parte, ordine in zip(in_firma.parti.order_by("soggetto__titolare_piattaforma"), (1, 2), strict=True):
        type(parte).objects.filter(pk=parte.pk).update(ordine=ordine)
    return in_firma.parti.get(soggetto=rappresentante.soggetto)


PERSONE = [
    ("di un'altra persona", "p3", "altra_persona"),
    ("senza codice fiscale", "anonimo", "senza_codice_fiscale"),
    ("scaduta", "scaduto", "scaduto"),
    ("non ancora valida", "futuro", "non_ancora"),
    ("revocata", "revocato", "revocato"),
    ("sospesa", "sospeso", "sospeso"),
    ("per cifrare", "cifratura", "uso"),
    ("senza servizio di revoca", "muto", "revoca_ignota"),
]


@pytest.mark.parametrize(("nome", "certificato", "codice"), PERSONE, ids=[p[0] for p in PERSONE])
def test_una_firma_che_non_vale_si_rifiuta(in_firma, parte, firmatari, pki, nome, certificato, codice):
    prima = fotografia(in_firma)
    with pytest.raises(Rifiuto) as rifiuto:
        carica(firmatari[1], parte, pki.firma(documento_di(in_firma), certificato, parte.campo))
    assert (rifiuto.value.code, fotografia(in_firma)) == (codice, prima)


def test_un_autorita_fatta_in_casa_si_rifiuta(in_firma, parte, firmatari, pki):
    prima = fotografia(in_firma)
    with pytest.raises(Rifiuto, match="Il certificato non viene da un'autorità che riconosciamo"):
        carica(firmatari[1], parte, pki.firma(documento_di(in_firma), "p0", parte.campo, quale="finta"))
    assert fotografia(in_firma) == prima


def test_se_la_revoca_non_si_puo_sapere_decide_l_installazione_e_si_dice(in_firma, parte, firmatari, pki, settings):
    """Refused by default, with the same file to try again; where it is accepted, it is never shown as good (R03)."""
    firmato = pki.firma(documento_di(in_firma), "p0", parte.campo)
    pki.spenta = True
    with pytest.raises(Rifiuto, match="riprova fra qualche minuto con lo stesso file"):
        carica(firmatari[1], parte, firmato)
    settings.REVOCA_IGNOTA_RIFIUTA = False
    fatta = carica(firmatari[1], parte, firmato)
    assert fatta.revoca == "Revoca non verificabile (controllo del 20/03/2023 10:00)"


def test_a_chi_e_chiesta_la_qualificata_non_basta_l_avanzata(in_firma, parte, firmatari, pki):
    type(parte).objects.filter(pk=parte.pk).update(livello=Livello.QUALIFICATA)
    parte.refresh_from_db()
    with pytest.raises(Rifiuto, match="serve una firma digitale o qualificata"):
        carica(firmatari[1], parte, pki.firma(documento_di(in_firma), "avanzato", parte.campo))
    fatta = carica(firmatari[1], parte, pki.firma(documento_di(in_firma), "p0", parte.campo))
    assert fatta.livello == Livello.QUALIFICATA


def test_una_busta_si_accetta_solo_dove_l_accordo_l_ammette(in_firma, parte, firmatari, pki):
    busta = pki.busta(documento_di(in_firma), "p0")
    with pytest.raises(Rifiuto, match="non accetta buste"):
        carica(firmatari[1], parte, busta)
    Accordo.objects.filter(pk=in_firma.pk).update(accetta_p7m=True)
    parte.accordo.refresh_from_db()
    prima = revisione_corrente(parte.accordo).impronta
    fatta = carica(firmatari[1], parte, busta)
    assert (fatta.formato, fatta.impronta_dopo, leggi(fatta.busta)) == ("cades", prima, busta)
    firma(firmatari[0], in_firma.parti.get(soggetto__titolare_piattaforma=True))
    in_firma.refresh_from_db()
    assert in_firma.stato == "sottoscritto"


def test_la_busta_si_scarica_dalla_pagina_dell_accordo_come_e_arrivata(in_firma, parte, firmatari, pki, entra):
    """R08, R10: the party and the staff, nobody else; of who signed in the PDF there is none."""
    Accordo.objects.filter(pk=in_firma.pk).update(accetta_p7m=True)
    parte.accordo.refresh_from_db()
    originale = pki.busta(documento_di(in_firma), "p0")
    carica(firmatari[1], parte, originale)
    indirizzo = f"/accordi/{in_firma.codice}/buste/{parte.ordine}/"
    for chi, pagina in [
        (firmatari[1], in_firma.get_absolute_url()),
        (firmatari[0], f"/gestione/accordi/{in_firma.pk}/"),
    ]:
        client = entra(chi)
        assert f'href="{indirizzo}"' in client.get(pagina).content.decode()
        risposta = client.get(indirizzo)
        assert b"".join(risposta.streaming_content) == originale
        assert (risposta["Content-Type"], risposta["Cache-Control"]) == ("application/pkcs7-mime", "private, no-store")
    assert client.get(f"/accordi/{in_firma.codice}/buste/1/").status_code == 404
    assert entra(UtenteFactory()).get(indirizzo).status_code == 404


def in_base64(busta):
    return b64encode(busta)


@pytest.mark.parametrize("scritta", [bytes, in_base64], ids=["la stessa", "in base64"])
def test_la_stessa_busta_non_firma_anche_per_un_altro_ente(
    in_firma, tutti_insieme, parte, firmatari, pki, provincia, dirigente, rappresentante, scritta
):
    """R10: an envelope leaves the document as it was, so only the signature tells one sending from the next."""
    Accordo.objects.filter(pk=in_firma.pk).update(accetta_p7m=True)
    altra = in_firma.parti.create(soggetto=SoggettoFactory(), ordine=3, stadio=1)
    dati = {"utente": rappresentante.utente, "soggetto": altra.soggetto, "codice_fiscale": codice_di(0)}
    RappresentanzaFactory(**dati)
    busta = pki.busta(documento_di(in_firma), "p0")
    parte.accordo.refresh_from_db()
    carica(rappresentante.utente, parte, busta)
    with pytest.raises(Rifiuto, match=r"Questa busta \.p7m è già stata registrata: per un'altra parte firma di nuovo"):
        carica(rappresentante.utente, altra, scritta(busta))
    assert [f.parte for f in Firma.objects.all()] == [parte]


def test_chi_firma_lo_decidono_i_suoi_poteri_e_non_il_modulo(in_firma, tutti_insieme, parte, firmatari, pki, entra):
    """A field that somebody adds to the form doesn't move the signature to another party."""
    della_provincia = in_firma.parti.get(soggetto__titolare_piattaforma=True)
    url = reverse("accordi:firma_esterna", args=[in_firma.codice])
    file = SimpleUploadedFile("a.pdf", pki.firma(documento_di(in_firma), "p0", parte.campo))
    entra(firmatari[1]).post(url, {"file": file, "parte": della_provincia.pk, "pk": della_provincia.pk})
    assert [f.parte for f in Firma.objects.all()] == [parte]


def test_senza_codice_fiscale_registrato_si_dice_a_chi_chiederlo(in_firma, rappresentante, firmatari):
    parte = in_firma.parti.get(soggetto=rappresentante.soggetto)
    with pytest.raises(PermissionDenied, match="chiedi alla Provincia di registrarlo fra i tuoi poteri di firma"):
        prendi_documento(utente=firmatari[1], parte=parte)


def test_senza_autorita_registrate_non_si_comincia(in_firma, parte, firmatari, settings, tmp_path):
    settings.FIDUCIA_CARTELLA = tmp_path / "vuota"
    with pytest.raises(Rifiuto, match="non sono ancora registrate le autorità di firma"):
        prendi_documento(utente=firmatari[1], parte=parte)
    assert Prenotazione.objects.count() == 0


# The page


def test_dalla_pagina_si_prende_si_scarica_e_si_ricarica(in_firma, parte, firmatari, pki, entra):
    client, pagina = entra(firmatari[1]), reverse("accordi:firma_esterna", args=[in_firma.codice])
    assert "Prendi il documento" in client.get(pagina).content.decode()
    assert client.post(pagina, {"azione": "prendi"}).url == pagina
    assert "fino alle <strong>10:20</strong>" in client.get(pagina).content.decode()
    preso = b"".join(client.get(reverse("accordi:documento", args=[in_firma.codice])).streaming_content)
    sbagliato = client.post(pagina, {"file": SimpleUploadedFile("x.pdf", preso)})
    assert sbagliato.context["form"].errors["file"] == [
        "Nel file non c'è nessuna firma nuova: firmalo con la tua firma digitale e ricaricalo."
    ]
    firmato = SimpleUploadedFile("firmato.pdf", pki.firma(preso, "p0", parte.campo))
    esito = client.post(pagina, {"file": firmato}, follow=True)
    testo = esito.content.decode()
    assert "Persona 0" in testo
    assert "Non revocato" in testo
    assert Firma.objects.get().evidenza["documento_aperto_il"] == GIORNO.isoformat()


def test_duecento_megabyte_si_rifiutano_prima_di_leggerli(in_firma, parte, firmatari, entra):
    """The announced length decides: the body is never read, whatever the forgery check would say."""
    pagina = reverse("accordi:firma_esterna", args=[in_firma.codice])
    prima = fotografia(in_firma)
    client = entra(firmatari[1])
    risposta = client.generic("POST", pagina, b"", CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert (risposta.status_code, risposta.url, risposta.wsgi_request._read_started) == (302, pagina, False)
    assert "Il file supera 30 MB" in client.get(pagina).content.decode()
    assert fotografia(in_firma) == prima


def test_il_controllo_contro_le_falsificazioni_resta(in_firma, parte, firmatari):
    client = Client(enforce_csrf_checks=True)
    client.force_login(firmatari[1])
    assert (
        client.post(reverse("accordi:firma_esterna", args=[in_firma.codice]), {"azione": "prendi"}).status_code == 403
    )


def test_chi_non_rappresenta_una_parte_non_sa_che_esiste(in_firma, parte, entra):
    estraneo = RappresentanzaFactory().utente
    assert entra(estraneo).get(reverse("accordi:firma_esterna", args=[in_firma.codice])).status_code == 404


def test_il_dirigente_firma_nell_ufficio(in_firma, tutti_insieme, pki, entra, dirigente, provincia):
    poteri = dirigente.rappresentanze.get()
    poteri.codice_fiscale = codice_di(4)
    poteri.save()
    sua = in_firma.parti.get(soggetto=provincia)
    client, pagina = entra(dirigente), reverse("accordi_firma_esterna:firma", args=[sua.pk])
    assert client.post(pagina, {"azione": "prendi"}).url == pagina
    firmato = SimpleUploadedFile("firmato.pdf", pki.firma(documento_di(in_firma), "p4", sua.campo))
    assert "Persona 4" in client.post(pagina, {"file": firmato}, follow=True).content.decode()
