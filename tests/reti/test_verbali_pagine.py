"""Minutes on screen: two texts to merge, what the public reads, who may open what (R24)."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from accordi.queries.verifica import esamina
from core.archivio import impronta
from reti.models import Osservazione, Verbale
from reti.queries.verbali import voci_scrivania
from reti.services.verbali import Scritto, salva_verbale
from tests.factories.reti import (
    AdesioneFactory,
    ConvocazioneFactory,
    IncontroFactory,
    PresenzaFactory,
    RappresentanzaFactory,
    ReteFactory,
)
from tests.factories.utenti import UtenteFactory
from tests.factories.verbali import invia, redigi, verbalizza

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
DOPO = INIZIO + timedelta(days=1)


@pytest.fixture(autouse=True)
def _dopo(orologio):
    with orologio(DOPO):
        yield


def riunione(provincia, rete=None, inizio=INIZIO):
    """Alfa there by a delegate, Beta absent, one guest."""
    rete = rete or ReteFactory(convocante=provincia, nome="Tavolo del lavoro")
    incontro = IncontroFactory(rete=rete, svolto=True, inizio=inizio, titolo="Seduta di marzo")
    for nome, esito, persona in (("Alfa", "presente", "Carla Delegata"), ("Beta", "assente", "")):
        seggio = rete.adesioni.filter(soggetto__denominazione=nome).first() or AdesioneFactory(
            rete=rete, soggetto__denominazione=nome, titolare_nome=f"Dino {nome}ni"
        )
        ConvocazioneFactory(incontro=incontro, adesione=seggio)
        PresenzaFactory(incontro=incontro, adesione=seggio, esito=esito, persona=persona)
    incontro.ospiti.create(nome="Ugo Verdi", ente="ASST")
    return incontro


@pytest.fixture
def incontro(provincia):
    return riunione(provincia)


def di(incontro, nome):
    return RappresentanzaFactory(soggetto=incontro.rete.adesioni.get(soggetto__denominazione=nome).soggetto).utente


def apre(client, indirizzo):
    """The status; a file is read to its end, which closes it."""
    risposta = client.get(indirizzo)
    if risposta.streaming:
        b"".join(risposta.streaming_content)
    return risposta.status_code


def modulo(versione, testo, *decisioni):
    dati = {"versione": versione, "testo": testo}
    dati |= {"decisioni-TOTAL_FORMS": len(decisioni), "decisioni-INITIAL_FORMS": 0}
    for n, decisione in enumerate(decisioni):
        dati |= {f"decisioni-{n}-{campo}": valore for campo, valore in decisione.items()}
    return dati


def test_due_testi_si_vedono_affiancati_e_si_uniscono(entra, incontro, coordinatore):
    """Nobody's text, nobody's decision disappears."""
    url = reverse("gestione_incontri:verbale", args=[incontro.pk])
    client = entra(coordinatore)
    client.post(url, modulo(0, "Si apre.\nSi chiude."))
    altra = UtenteFactory(ruolo="coordinatore", first_name="Eva", last_name="Neri")
    suo = Scritto(1, "Si apre alle 10.\nSi chiude.", decisioni=[{"testo": "Decisione di Eva"}])
    salva_verbale(utente=altra, incontro=incontro, scritto=suo)
    pagina = client.post(url, modulo(1, "Si apre.\nSi chiude alle 12.", {"testo": "Decisione mia"}))
    assert pagina.status_code == 409
    assert '<td class="rt-segno">−</td><td class="rt-tolta"><del>Si apre alle 10.</del></td>' in pagina.text
    assert '<td class="rt-segno">+</td><td class="rt-messa"><ins>Si chiude alle 12.</ins></td>' in pagina.text
    assert "salvata da Eva Neri" in pagina.text
    form, righe = pagina.context["form"], pagina.context["decisioni"]
    assert (form["versione"].value(), form["testo"].value()) == (2, "Si apre.\nSi chiude alle 12.")
    assert [r["testo"].value() for r in righe][:2] == ["Decisione di Eva", "Decisione mia"]
    sua = {"id": incontro.decisioni.get().pk, "testo": "Decisione di Eva"}
    client.post(url, modulo(2, "Si apre alle 10.\nSi chiude alle 12.", sua, {"testo": "Decisione mia"}))
    verbale = Verbale.objects.get()
    assert (verbale.testo, verbale.versione) == ("Si apre alle 10.\nSi chiude alle 12.", 3)
    assert list(incontro.decisioni.order_by("pk").values_list("testo", flat=True)) == [
        "Decisione di Eva",
        "Decisione mia",
    ]
    versioni = client.get(reverse("gestione_incontri:versioni_verbale", args=[incontro.pk]))
    assert "Non salvata, scritta sulla 1" in versioni.text
    due = {"prima": verbale.versioni.first().pk, "dopo": verbale.versioni.last().pk}
    confronto = client.get(reverse("gestione_incontri:versioni_verbale", args=[incontro.pk]), due)
    assert confronto.context["nomi"] == [f"Versione 1 ({coordinatore})", f"Versione 3 ({coordinatore})"]


def test_prima_di_inviare_si_vede_la_versione_pubblica_e_che_cosa_manca(entra, incontro, coordinatore):
    redigi(coordinatore, incontro, "Interviene la dott.ssa Delegata di Alfa.")
    pagina = entra(coordinatore).get(reverse("gestione_incontri:invia_verbale", args=[incontro.pk])).text
    assert "Il tavolo è pubblico" in pagina
    assert "al loro posto c&#x27;è [omissis]: Delegata." in pagina or "al loro posto c'è [omissis]: Delegata." in pagina
    assert "Interviene la dott.ssa [omissis] di Alfa." in pagina
    assert "Ugo Verdi" not in pagina


PERSONE = ("Carla", "Delegata", "Dino", "Alfani", "Ugo Verdi", "Mario Bianchi", "ada@ente.example")


def test_il_pubblico_legge_enti_e_non_persone(client, incontro, coordinatore):
    """Holders, delegates, guests and persons in charge stay out of page and PDF."""
    punto = incontro.punti.create(titolo="Relazione di Carla Delegata", ordine=1)
    redigi(
        coordinatore,
        incontro,
        "Carla Delegata apre, DINO ALFANI saluta (ada@ente.example).\n\nUgo Verdi ringrazia Mario Bianchi.",
        punti={punto.pk: {"esito": "trattato", "discussione": "Verdi spiega."}},
        decisioni=[{"testo": "Mario Bianchi scrive", "incaricato": "Mario Bianchi"}],
    )
    verbalizza(coordinatore, incontro, Verbale.objects.get().testo, _decisioni(incontro))
    indirizzo = reverse("tavoli:verbale_pubblico", args=[incontro.codice])
    pagina = client.get(indirizzo)
    corpo = pagina.text
    assert {nome for nome in PERSONE if nome.casefold() in corpo.casefold()} == set()
    assert "[omissis] apre, [omissis] saluta ([omissis])." in corpo
    assert '<th scope="row">Alfa</th><td>Presente</td>' in corpo
    assert indirizzo in client.get(incontro.rete.get_absolute_url()).text
    pdf = b"".join(client.get(reverse("tavoli:verbale_pubblico_documento", args=[incontro.codice])).streaming_content)
    verbale = Verbale.objects.get()
    assert (impronta(pdf), pdf[:5]) == (verbale.impronta_pubblica, b"%PDF-")
    assert verbale.impronta_pubblica in corpo
    esame = esamina(pdf)
    assert (esame.esito, esame.frase) == (
        "autentico",
        "Il documento è autentico: è il verbale approvato di «Seduta di marzo».",
    )


def _decisioni(incontro):
    return [{"id": d.pk, "testo": d.testo, "incaricato": d.incaricato} for d in incontro.decisioni.all()]


def test_un_tavolo_riservato_o_congiunto_con_uno_riservato_non_pubblica(client, incontro, coordinatore, provincia):
    verbalizza(coordinatore, incontro)
    indirizzi = [
        reverse(f"tavoli:{nome}", args=[incontro.codice]) for nome in ("verbale_pubblico", "verbale_pubblico_documento")
    ]
    assert [apre(client, i) for i in indirizzi] == [200, 200]
    incontro.altre_reti.add(ReteFactory(convocante=provincia, pubblica=False))
    assert [apre(client, i) for i in indirizzi] == [404, 404]
    incontro.altre_reti.clear()
    type(incontro.rete).objects.update(pubblica=False)
    assert [apre(client, i) for i in indirizzi] == [404, 404]


def test_un_verbale_inviato_da_riservato_non_esce_se_poi_il_tavolo_diventa_pubblico(client, incontro, coordinatore):
    """R24: nobody looked at its public version."""
    reti = type(incontro.rete).objects
    reti.update(pubblica=False)
    incontro.rete.refresh_from_db()
    verbalizza(coordinatore, incontro)
    reti.update(pubblica=True)
    indirizzi = [
        reverse(f"tavoli:{nome}", args=[incontro.codice]) for nome in ("verbale_pubblico", "verbale_pubblico_documento")
    ]
    assert [apre(client, i) for i in indirizzi] == [404, 404]
    assert indirizzi[0] not in client.get(incontro.rete.get_absolute_url()).text


@pytest.mark.parametrize("quando", ["osservazioni", "approvato"])
def test_un_nome_tolto_non_torna_quando_nel_seggio_cambia_la_persona(client, incontro, coordinatore, quando, orologio):
    """R24: neither from the term for observations nor years after the approval, on page and in what is printed."""
    invia(coordinatore, incontro, "Dino Alfani apre, Carla Delegata e Gina Nuovi salutano.")
    with orologio(DOPO + timedelta(days=90 if quando == "approvato" else 1)):
        client.get(reverse("tavoli:verbale_pubblico", args=[incontro.codice]))
        assert Verbale.objects.get().stato == quando
        incontro.rete.adesioni.filter(soggetto__denominazione="Alfa").update(titolare_nome="Gina Nuovi")
    with orologio(DOPO + timedelta(days=99)):
        corpo = client.get(reverse("tavoli:verbale_pubblico", args=[incontro.codice])).text
    saluta = "[omissis] e Gina Nuovi" if quando == "approvato" else "[omissis] e [omissis]"
    assert f"[omissis] apre, {saluta} salutano." in corpo


@pytest.mark.parametrize(
    ("stato", "pubblica", "atteso"),
    [("approvato", True, True), ("approvato", False, False), ("osservazioni", True, False)],
)
def test_i_verbali_gia_inviati_hanno_i_nomi_fissati_e_restano_sul_sito_se_approvati(
    incontro, coordinatore, stato, pubblica, atteso
):
    """R24: what the migration writes equals what sending writes."""
    {"osservazioni": invia, "approvato": verbalizza}[stato](coordinatore, incontro)
    fissato = Verbale.objects.get().omissis
    Verbale.objects.update(omissis={}, pubblicabile=False)
    type(incontro.rete).objects.update(pubblica=pubblica)
    import_module("reti.migrations.0010_verbali_pubblicabili").fissa_i_verbali_inviati(apps, None)
    verbale = Verbale.objects.get()
    assert (verbale.omissis, verbale.pubblicabile) == (fissato, atteso)
    assert fissato == {
        "nomi": ["Carla Delegata", "Dino Alfani", "Dino Betani", "Ugo Verdi"],
        "enti": ["Alfa", "Beta", "Provincia di Cremona", "Tavolo del lavoro"],
    }


def test_titolo_luogo_e_ente_degli_ospiti_passano_per_gli_omissis(entra, client, incontro, coordinatore):
    """R24: and who sends reads it before."""
    type(incontro).objects.update(titolo="Saluto di Carla Delegata", luogo="Studio Alfani")
    incontro.ospiti.update(ente="Studio Ugo Verdi")
    incontro.refresh_from_db()
    redigi(coordinatore, incontro)
    pagina = entra(coordinatore).get(reverse("gestione_incontri:invia_verbale", args=[incontro.pk]))
    assert pagina.context["tolti"] == ["Alfani", "Carla Delegata", "Ugo Verdi"]
    verbalizza(coordinatore, incontro)
    client.logout()
    pagina = client.get(reverse("tavoli:verbale_pubblico", args=[incontro.codice]))
    corpo, documento = pagina.text, pagina.context["documento"]
    assert {nome for nome in PERSONE if nome.casefold() in corpo.casefold()} == set()
    assert (documento.titolo, documento.dove) == ("Saluto di [omissis]", "Studio [omissis]")
    assert [o.ente for o in documento.ospiti] == ["Studio [omissis]"]


@pytest.mark.parametrize(
    ("stato", "alfa", "beta"), [("bozza", 404, 404), ("osservazioni", 200, 404), ("approvato", 200, 200)]
)
def test_chi_legge_il_verbale_secondo_lo_stato(client, incontro, coordinatore, stato, alfa, beta):
    """The absent body reads it once approved; another body never; the draft stays in the office."""
    {"bozza": redigi, "osservazioni": invia, "approvato": verbalizza}[stato](coordinatore, incontro, "Si è detto.")
    estraneo = RappresentanzaFactory().utente
    url = reverse("tavoli:verbale", args=[incontro.codice])
    for utente, atteso in ((di(incontro, "Alfa"), alfa), (di(incontro, "Beta"), beta), (estraneo, 404)):
        client.force_login(utente)
        assert client.get(url).status_code == atteso
        documento = reverse("tavoli:verbale_documento", args=[incontro.codice])
        assert apre(client, documento) == (atteso if stato == "approvato" else 404)
        scheda = client.get(reverse("tavoli:incontro", args=[incontro.codice]))
        assert ("Leggi il verbale" in scheda.text) == (atteso == 200)


def test_il_partner_osserva_e_legge_l_esito(entra, incontro, coordinatore):
    invia(coordinatore, incontro)
    utente = di(incontro, "Alfa")
    [voce] = voci_scrivania(utente)
    assert (voce.titolo, f"{voce.entro}") == ("Leggi il verbale di Seduta di marzo", "2023-03-18")
    client, url = entra(utente), reverse("tavoli:verbale", args=[incontro.codice])
    seggio = incontro.rete.adesioni.get(soggetto__denominazione="Alfa")
    beta = incontro.rete.adesioni.get(soggetto__denominazione="Beta")
    rifiutata = client.post(url, {"adesione": beta.pk, "testo": "Per un altro."})
    assert (rifiutata.status_code, Osservazione.objects.count()) == (200, 0)
    assert "Per un altro." in rifiutata.text
    client.post(url, {"adesione": seggio.pk, "testo": "Manca una frase."})
    osservazione = Osservazione.objects.get()
    assert (osservazione.autore, osservazione.adesione, osservazione.esito) == (utente, seggio, "attesa")
    assert voci_scrivania(utente) == []
    [voce] = voci_scrivania(coordinatore)
    assert voce.titolo == "Esamina le osservazioni al verbale di Seduta di marzo"
    client.force_login(coordinatore)
    client.post(
        reverse("gestione_incontri:osservazione", args=[osservazione.pk]), {"esito": "respinta", "replica": "No."}
    )
    client.force_login(utente)
    assert "<strong>Non accolta</strong>. No." in client.get(url).text


def test_chi_guarda_dopo_il_termine_trova_il_verbale_approvato(entra, incontro, coordinatore, orologio):
    """No job has run: the reading screen writes down what the dates made."""
    invia(coordinatore, incontro)
    client = entra(di(incontro, "Beta"))
    with orologio(DOPO + timedelta(days=90)):
        pagina = client.get(reverse("tavoli:verbale", args=[incontro.codice])).text
    assert "Approvato il 19 marzo 2023: nessuna osservazione in sospeso alla fine del termine." in pagina


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_scrivania_non_interroga_di_piu_con_piu_verbali(coordinatore, provincia, quanti, django_assert_num_queries):
    rete = ReteFactory(convocante=provincia)
    for n in range(quanti):
        invia(coordinatore, riunione(provincia, rete, INIZIO - timedelta(days=n)))
    utente = RappresentanzaFactory(soggetto=rete.adesioni.get(soggetto__denominazione="Alfa").soggetto).utente
    with django_assert_num_queries(2):
        assert len(voci_scrivania(utente)) == quanti
