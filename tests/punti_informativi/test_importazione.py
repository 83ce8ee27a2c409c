"""Import of points from CSV: every line says what it would do, is written whole or not at all, and only once."""

import csv
import io
from datetime import time

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errori import Rifiuto
from core.models import Messaggio, RigaRegistro
from punti_informativi.colonne import COLONNE, NOMI
from punti_informativi.models import Importazione, PuntoInformativo, RigaImportata
from punti_informativi.orari import Fascia
from punti_informativi.queries.importazione import elenchi, esamina
from punti_informativi.services import importazione as servizi
from punti_informativi.stati import StatoPunto
from tests.contemporanei import insieme
from tests.factories.punti_informativi import (
    DestinatariFactory,
    LinguaFactory,
    OrarioFactory,
    PuntoFactory,
    ServizioFactory,
)
from tests.factories.reti import ComuneFactory, SedeFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
BASE = "codice;nome;ospite;indirizzo;comune;servizi"
RIGA = "P1;Sportello;Comune di Crema;Piazza Duomo 25;Crema;orientamento"


@pytest.fixture
def mondo():
    """A comune, a host and a service that lines name."""
    crema = ComuneFactory(codice_istat="019035", nome="Crema", lat=45.36, lon=9.68)
    ServizioFactory(slug="orientamento", nome="Orientamento")
    return SoggettoFactory(denominazione="Comune di Crema", email="comune@crema.example"), crema


def csv_di(*righe: str, colonne: str = BASE) -> bytes:
    return "\r\n".join([colonne, *righe]).encode()


def prova(*righe, colonne=BASE):
    return esamina(servizi.leggi(csv_di(*righe, colonne=colonne)), elenchi())


def importa(utente, *righe, colonne=BASE, aprire=False):
    """The whole road, with the background task run here."""
    impronta = servizi.deposita(utente=utente, contenuto=csv_di(*righe, colonne=colonne))
    avviata = servizi.avvia(utente=utente, impronta=impronta, aprire=aprire)
    servizi.scrivi.call(avviata.pk)
    return Importazione.objects.get(pk=avviata.pk)


def _esiti(importazione):
    return [(r.numero, r.esito, r.modifiche, r.motivo) for r in importazione.righe.all()]


def test_un_punto_nuovo_e_candidato_con_tutto_quello_che_la_riga_dice(coordinatore, mondo):
    ospite, crema = mondo
    DestinatariFactory(nome="Giovani")
    LinguaFactory(codice="ar", nome="arabo")
    importa(
        coordinatore,
        f"{RIGA};lun-mar 9:00-12:30;sì;giovani;AR|arabo;crema;45,363;9.686;comune.example/lavoro;=2+3;completa;26013",
        colonne=f"{BASE};orari;a_distanza;destinatari;lingue;comuni_serviti;lat;lon;sito_web;descrizione;"
        "accessibilita;cap",
    )
    punto = PuntoInformativo.objects.get()
    assert (punto.codice, punto.nome, punto.slug, punto.stato, punto.live) == (
        "P1",
        "Sportello",
        "sportello",
        StatoPunto.CANDIDATO,
        False,
    )
    assert (punto.sito_web, punto.descrizione, punto.accessibilita, punto.a_distanza) == (
        "https://comune.example/lavoro",
        "=2+3",
        "completa",
        True,
    )
    assert [
        str(v) for c in ("servizi", "destinatari", "lingue", "comuni_serviti") for v in getattr(punto, c).all()
    ] == [
        "Orientamento",
        "Giovani",
        "arabo",
        "Crema",
    ]
    assert [o.fascia for o in punto.orari.all()] == [Fascia(g, time(9), time(12, 30)) for g in (0, 1)]
    assert (punto.soggetto, punto.sede.comune, punto.sede.posizione) == (ospite, crema, (45.363, 9.686))
    assert [r.azione for r in RigaRegistro.objects.order_by("numero")] == [
        "punti_importati",
        "sede.registrato",
        "punto_registrato",
    ]


def test_la_prova_non_scrive_e_dice_di_ogni_riga_che_cosa_cambia(coordinatore, mondo):
    importa(coordinatore, RIGA)
    righe = prova(
        "P1;Sportello lavoro;;;;;lun 9-12",
        "P2;Nuovo;comune di CREMA;Via Roma 1;019035;Orientamento;",
        "P1;;;;;;",
        colonne=f"{BASE};orari",
    )
    assert [(r.numero, r.esito, r.modifiche, r.motivo) for r in righe] == [
        (
            2,
            "aggiornato",
            [["nome", "Sportello", "Sportello lavoro"], ["orario settimanale", "", "lun 09:00-12:00"]],
            "",
        ),
        (3, "nuovo", [], ""),
        (4, "rifiutato", [], "«codice»: è già alla riga 2 del file, tieni una riga sola per punto."),
    ]
    assert PuntoInformativo.objects.get().nome == "Sportello"


def test_lo_stesso_file_due_volte_non_cambia_niente(coordinatore, mondo):
    importa(coordinatore, RIGA)
    righe_di_registro = RigaRegistro.objects.count()
    assert _esiti(importa(coordinatore, RIGA)) == [(2, "uguale", [], "")]
    assert RigaRegistro.objects.count() == righe_di_registro + 1
    assert PuntoInformativo.objects.count() == 1


def test_aggiornare_cambia_solo_quello_che_la_riga_dice_e_la_pagina_subito(coordinatore, mondo):
    ospite, crema = mondo
    punto = PuntoFactory(
        attivo=True, slug="vecchio", telefono="1", email="a@b.example", sede=SedeFactory(soggetto=ospite, comune=crema)
    )
    assert _esiti(
        importa(coordinatore, "P9;vecchio;0373 1;-;", colonne="codice;indirizzo_web;telefono;email;orari")
    ) == [
        (
            2,
            "aggiornato",
            [["telefono", "1", "0373 1"], ["email", "a@b.example", ""], ["codice della Provincia", "", "P9"]],
            "",
        )
    ]
    punto = PuntoInformativo.objects.get(pk=punto.pk)
    assert (punto.codice, punto.telefono, punto.email, punto.stato) == ("P9", "0373 1", "", StatoPunto.ATTIVO)
    assert RigaRegistro.objects.get(azione="punto_modificato").dati == {
        "campi": ["codice", "email", "telefono"],
        "codice": "P9",
    }


@pytest.mark.parametrize(
    ("riga", "colonne", "motivo"),
    [
        (
            "P1;A;Comune di Creme;Via 1;Crema;orientamento",
            BASE,
            "«ospite»: «Comune di Creme» non è nel registro dei soggetti (forse «Comune di Crema»?). "
            "Correggi, oppure registralo prima (Rete → Soggetti → Importa CSV) e carica di nuovo questo file.",
        ),
        (
            "P1;A;Comune di Crema;Via 1;Cremaa;orientament",
            BASE,
            "«servizi»: «orientament» non è nell'elenco (forse «Orientamento»?). "
            "«comune»: «Cremaa» non è nell'elenco (forse «Crema»?).",
        ),
        ("P1;A;;;;", BASE, "Per un punto nuovo mancano: «ospite», «indirizzo», «comune», «servizi»."),
        (";A;;;;", BASE, "«codice»: manca, scrivi il codice che usi per questo punto."),
        (f"{RIGA};lun mattina", f"{BASE};orari", "«orari»: Non capisco «mattina»: scrivi come"),
        (f"{RIGA};forse", f"{BASE};a_distanza", "«a_distanza»: «forse» non va bene: scrivi sì o no."),
        (f"{RIGA};chiocciola", f"{BASE};email", "«email»: Inserisci un indirizzo email valido."),
        (f"{RIGA};javascript:alert(1)", f"{BASE};sito_web", "«sito_web»: "),
        (f"{RIGA};9.68;45.36", f"{BASE};lat;lon", "«lat», «lon»: sono lontani da Crema. Forse sono scambiati?"),
        (f"{RIGA};45.36;", f"{BASE};lat;lon", "«lat», «lon»: scrivi tutti e due in gradi"),
        (f"{RIGA};x", BASE, "Ci sono più celle che colonne: controlla i separatori e le virgolette."),
        (f"{RIGA};miei", f"{BASE};indirizzo_web", "Questo indirizzo è riservato: scegline un altro."),
    ],
)
def test_una_riga_rifiutata_dice_la_colonna_e_che_cosa_fare(riga, colonne, motivo, coordinatore, mondo):
    importazione = importa(coordinatore, riga, "P2;B;Comune di Crema;Via 2;Crema;orientamento;", colonne=colonne)
    (_n, esito, _m, detto), altra = _esiti(importazione)
    assert (esito, motivo in detto) == ("rifiutato", True), detto
    assert (altra[1], PuntoInformativo.objects.get().codice) == ("nuovo", "P2")


def test_un_punto_cessato_e_uno_di_un_altro_ospite_si_rifiutano(coordinatore, mondo):
    PuntoFactory(codice="C1", cessato=True)
    PuntoFactory(codice="A1", attivo=True)
    PuntoFactory(codice="A2", slug="altro")
    righe = prova("C1;;", "A1;;Comune di Crema", "A9;altro;", colonne="codice;indirizzo_web;ospite")
    assert [r.motivo.split(":")[0] for r in righe] == ["Il punto è cessato", "«ospite»", "«indirizzo_web»"]


def test_i_punti_verificati_si_aprono_e_gli_ospiti_lo_sanno(coordinatore, mondo):
    importa(coordinatore, RIGA, aprire=True)
    punto = PuntoInformativo.objects.get()
    assert (punto.stato, punto.live) == (StatoPunto.ATTIVO, True)
    assert Messaggio.objects.get().destinatario == "comune@crema.example"
    assert list(PuntoInformativo.objects.pubblici()) == [punto]


def test_due_punti_allo_stesso_indirizzo_hanno_una_sede_e_chi_si_sposta_ne_prende_un_altra(coordinatore, mondo):
    importa(
        coordinatore,
        RIGA,
        "P2;Altro;Comune di Crema;piazza duomo, 25;Crema;orientamento;45.36;9.68",
        colonne=f"{BASE};lat;lon",
    )
    primo, secondo = PuntoInformativo.objects.order_by("codice")
    assert primo.sede == secondo.sede
    importa(coordinatore, "P2;Via Nuova 3", colonne="codice;indirizzo")
    secondo.refresh_from_db()
    assert (primo.sede.indirizzo, secondo.sede.indirizzo) == ("Piazza Duomo 25", "Via Nuova 3")
    assert (secondo.sede.soggetto, secondo.sede.approssimata) == (primo.soggetto, True)
    importa(coordinatore, "P2;Via Nuova 4", colonne="codice;indirizzo")
    assert (secondo.soggetto.sedi.count(), PuntoInformativo.objects.get(codice="P2").sede.indirizzo) == (
        2,
        "Via Nuova 4",
    )


def test_un_importazione_interrotta_lascia_righe_intere_e_riprende(coordinatore, mondo, monkeypatch):
    """Killed between two writes of its second line: the first line stands, the second has left nothing."""
    righe = [f"P{n};Punto {n};Comune di Crema;Via {n};Crema;orientamento" for n in range(1, 4)]
    impronta = servizi.deposita(utente=coordinatore, contenuto=csv_di(*righe))
    avviata = servizi.avvia(utente=coordinatore, impronta=impronta, aprire=False)

    def muore(**valori):
        if valori["numero"] == 3:
            raise KeyboardInterrupt
        return originale(**valori)

    originale = RigaImportata.objects.create
    monkeypatch.setattr(RigaImportata.objects, "create", muore)
    with pytest.raises(KeyboardInterrupt):
        servizi.scrivi.call(avviata.pk)
    monkeypatch.undo()
    assert [p.codice for p in PuntoInformativo.objects.order_by("codice")] == ["P1"]
    avviata.refresh_from_db()
    assert (avviata.finita_il, avviata.righe.count()) == (None, 1)
    servizi.riprendi(utente=coordinatore, importazione=avviata)
    assert servizi.scrivi.call(avviata.pk) == 2
    assert servizi.scrivi.call(avviata.pk) == 0
    assert [e[1] for e in _esiti(avviata)] == ["nuovo"] * 3
    avviata.refresh_from_db()
    with pytest.raises(Rifiuto, match="è già finita"):
        servizi.riprendi(utente=coordinatore, importazione=avviata)


def test_solo_la_provincia_importa_e_riprende_chi_ha_avviato(coordinatore, mondo):
    for utente in (UtenteFactory(), UtenteFactory(ruolo="operatore_cpi"), UtenteFactory(ruolo="revisore")):
        with pytest.raises(PermissionDenied):
            servizi.deposita(utente=utente, contenuto=csv_di(RIGA))
    impronta = servizi.deposita(utente=coordinatore, contenuto=csv_di(RIGA))
    altro = UtenteFactory(ruolo="coordinatore")
    with pytest.raises(Rifiuto, match="Il file non c'è più"):
        servizi.avvia(utente=altro, impronta=impronta, aprire=False)
    avviata = servizi.avvia(utente=coordinatore, impronta=impronta, aprire=False)
    with pytest.raises(Rifiuto, match="La riprende chi l'ha avviata"):
        servizi.riprendi(utente=altro, importazione=avviata)
    servizi.deposita(utente=coordinatore, contenuto=csv_di("P2;Altro;;;;"))
    assert servizi.scrivi.call(avviata.pk) == 0
    avviata.refresh_from_db()
    assert avviata.errore == "Il file non c'è più: caricalo di nuovo."


def test_dal_file_alla_prova_alla_conferma_e_alle_righe_da_correggere(entra, coordinatore, mondo):
    client = entra(coordinatore)
    pagina = reverse("punti_importa")
    dati = csv_di(RIGA, "P2;=A;Nessuno;Via 2;Crema;orientamento")
    risposta = client.post(pagina, {"file": SimpleUploadedFile("punti.csv", dati)}, follow=True)
    testo = risposta.content.decode()
    prova_url = risposta.redirect_chain[-1][0]
    assert ("Prova: non è ancora scritto niente." in testo, "Nuovo: 1" in testo, "Rifiutato: 1" in testo) == (True,) * 3
    assert "«Nessuno» non è nel registro dei soggetti" in testo
    corrette = client.get(f"{prova_url}da-correggere.csv").content.decode("utf-8-sig")
    lette = list(csv.DictReader(io.StringIO(corrette), delimiter=";"))
    assert [(r["codice"], r["nome"]) for r in lette] == [("P2", "'=A")]
    assert lette[0]["motivo"].startswith("«ospite»: «Nessuno» non è nel registro")
    finita = client.post(prova_url, {"aprire": "no"}, follow=True)
    importazione = Importazione.objects.get()
    assert "0 righe su 2." in finita.content.decode()
    servizi.scrivi.call(importazione.pk)
    testo = client.get(reverse("punti_importazione", args=[importazione.codice])).content.decode()
    assert ("Finita." in testo, "2 righe su 2." in testo) == (True, True)
    corretto = corrette.replace("Nessuno", "Comune di Crema").encode()
    risposta = client.post(pagina, {"file": SimpleUploadedFile("corretti.csv", corretto)}, follow=True)
    client.post(risposta.redirect_chain[-1][0], {"aprire": "no"})
    servizi.scrivi.call(Importazione.objects.first().pk)
    assert PuntoInformativo.objects.get(codice="P2").nome == "=A"


def test_il_modello_scaricato_si_legge_e_ogni_colonna_e_spiegata(entra, coordinatore, mondo):
    ServizioFactory(slug="cv", nome="Aiuto con il curriculum")
    LinguaFactory(codice="en", nome="inglese")
    LinguaFactory(codice="ar", nome="arabo")
    client = entra(coordinatore)
    modello = client.get(reverse("punti_importa_modello"))
    assert [r.motivo for r in esamina(servizi.leggi(modello.content), elenchi())] == [""]
    testo = client.get(reverse("punti_importa")).content.decode()
    assert [c.nome for c in COLONNE if f"<code>{c.nome}</code>" not in testo] == []


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (b"", "Il file inviato è vuoto."),
        (b"nome;ospite\r\nA;B", "Nella prima riga mancano le colonne: codice."),
        (b"codice;colore\r\nA;B", "Colonne non previste: colore. Toglile o correggi il nome."),
        (b"codice\r\n", "Il file ha solo l'intestazione: scrivi una riga per ogni punto."),
        (b"codice\r\n" + b"A\r\n" * 5001, "Il file ha 5001 righe, al massimo ne leggo 5000: dividilo in più file."),
        (b"PK\x03\x04\x00\x00", "Il file non è un CSV: esportalo dal foglio di calcolo come «CSV UTF-8»."),
    ],
)
def test_un_file_inservibile_lo_dice_con_una_frase(contenuto, frase, entra, coordinatore, mondo):
    risposta = entra(coordinatore).post(reverse("punti_importa"), {"file": SimpleUploadedFile("x.csv", contenuto)})
    assert frase in risposta.content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("codifica", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separatore", [";", ",", "\t"])
def test_si_legge_quello_che_un_foglio_di_calcolo_scrive(codifica, separatore):
    testo = f"codice{separatore}nome\r\nP1{separatore}Città\r\n"
    assert [dict(r.celle) for r in servizi.leggi(testo.encode(codifica))] == [{"codice": "P1", "nome": "Città"}]


@pytest.mark.parametrize("quante", [1, 40])
def test_la_prova_costa_le_stesse_query_per_una_riga_e_per_quaranta(quante, mondo, django_assert_num_queries):
    for n in range(quante):
        PuntoFactory(codice=f"P{n}")
    righe = servizi.leggi(csv_di(*[f"P{n};Nome {n};;;;" for n in range(quante)]))
    with django_assert_num_queries(11):
        assert {e.esito for e in esamina(righe, elenchi())} == {"aggiornato"}


def test_le_colonne_non_si_ripetono():
    assert len(NOMI) == len(set(NOMI))


def test_i_punti_scaricati_e_ricaricati_non_cambiano(entra, coordinatore, mondo):
    """What the file says of a point is what the point says, in every column; ended points stay out."""
    ospite, crema = mondo
    cpi = SoggettoFactory(tipo="cpi", denominazione="CPI di Crema")
    sede = SedeFactory(soggetto=ospite, comune=crema, lat=45.1, lon=9.5)
    lingua, gruppo = LinguaFactory(codice="ar"), DestinatariFactory()
    punto = PuntoFactory(
        attivo=True, codice="P1", sede=sede, telefono="+39 0373 1", descrizione="=Riga\n«due»; tre",
        destinatari=[gruppo], cpi_riferimento=cpi, accessibilita="parziale", solo_appuntamento=True, sito_web="https://a.example",
    )  # fmt: skip
    punto.lingue, punto.comuni_serviti = [lingua], [crema]
    punto.save()
    OrarioFactory(punto=punto, su_appuntamento=True)
    PuntoFactory(cessato=True, codice="P2")
    scaricati = entra(coordinatore).get(reverse("punti_importa_punti")).content
    (esame,) = esamina(servizi.leggi(scaricati), elenchi())
    assert (esame.esito, esame.modifiche, esame.motivo) == ("uguale", [], "")
    assert set(esame.dati.valori) | set(esame.dati.sede) >= {"lingue", "comuni_serviti", "cpi_riferimento", "lat"}


@pytest.mark.django_db(transaction=True)
def test_due_processi_insieme_scrivono_ogni_riga_una_volta(mondo):
    """«Riprendi» pressed while the first run is alive: one row for each line, one point for each code."""
    utente = UtenteFactory(ruolo="coordinatore")
    righe = [f"P{n};Punto {n};Comune di Crema;Via {n};Crema;orientamento" for n in range(6)]
    impronta = servizi.deposita(utente=utente, contenuto=csv_di(*righe))
    avviata = servizi.avvia(utente=utente, impronta=impronta, aprire=False)
    scritte = insieme(*[lambda: servizi.scrivi.call(avviata.pk)] * 2)
    assert sum(scritte) == 6
    assert [e[:2] for e in _esiti(avviata)] == [(n, "nuovo") for n in range(2, 8)]
    assert [p.codice for p in PuntoInformativo.objects.order_by("codice")] == [f"P{n}" for n in range(6)]
