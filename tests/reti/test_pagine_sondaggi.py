"""The pages of a poll: the personal link, the private area, the office (R23)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from reti.models import Sondaggio
from reti.services.sondaggi import apri_sondaggio, chiudi_sondaggio
from tests.factories.reti import AdesioneFactory, RappresentanzaFactory, ReteFactory

pytestmark = pytest.mark.django_db
PRIMA = datetime(2023, 2, 20, 9, 0, tzinfo=UTC)
ENTRO = datetime(2023, 3, 1, 17, 0, tzinfo=UTC)
MARZO_7 = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _febbraio(orologio):
    cache.clear()
    with orologio(PRIMA):
        yield


@pytest.fixture
def rete(provincia):
    rete = ReteFactory(nome="Tavolo lavoro", convocante=provincia, quorum=2)
    for nome, email in (("Alfa", "alfa@x.example"), ("Beta", "")):
        AdesioneFactory(rete=rete, soggetto__denominazione=nome, soggetto__email="", titolare_email=email)
    return rete


@pytest.fixture
def sondaggio(coordinatore, rete):
    fasce = [(MARZO_7 + timedelta(days=n), MARZO_7 + timedelta(days=n, hours=2)) for n in (0, 2)]
    return apri_sondaggio(
        utente=coordinatore, rete=rete, titolo="Seduta di marzo", luogo="Sala", fasce=fasce, entro=ENTRO
    )


@pytest.fixture
def alfa(sondaggio):
    return sondaggio.interpellati.get(email="alfa@x.example")


def pagina(interpellato):
    return reverse("tavoli:disponibilita", args=[interpellato.gettone])


def risposte(sondaggio, *valori):
    return {f"fascia-{f.pk}": v for f, v in zip(sondaggio.fasce.all(), valori, strict=True)}


def detto(interpellato):
    return list(interpellato.disponibilita.order_by("fascia__inizio").values_list("valore", flat=True))


def test_dal_collegamento_si_risponde_senza_accedere(client, sondaggio, alfa):
    aperta = client.get(pagina(alfa))
    assert "Quando può esserci Alfa?" in aperta.text
    assert "martedì 7 marzo 2023, 10:00–12:00" in aperta.text
    assert (aperta["X-Robots-Tag"], aperta["Referrer-Policy"]) == ("noindex", "same-origin")
    assert detto(alfa) == []  # opening it, as mail scanners do, says nothing
    risposta = client.post(pagina(alfa), risposte(sondaggio, "si", "forse") | {"nota": "Meglio presto"}, follow=True)
    assert "la risposta è registrata" in risposta.text
    assert "Meglio presto" in risposta.text
    assert detto(alfa) == ["si", "forse"]


def test_una_fascia_senza_risposta_si_chiede_e_il_resto_non_si_perde(client, sondaggio, alfa):
    prima, _seconda = sondaggio.fasce.all()
    risposta = client.post(pagina(alfa), {f"fascia-{prima.pk}": "no", "nota": "Arrivo tardi"})
    assert "Rispondi a ogni data: quello che hai scelto è ancora qui." in risposta.text
    assert "Scegli sì, se necessario oppure no." in risposta.text
    assert 'value="Arrivo tardi"' in risposta.text
    assert detto(alfa) == []


def test_dopo_il_termine_la_pagina_e_chiusa(client, sondaggio, alfa, orologio):
    with orologio(ENTRO):
        risposta = client.post(pagina(alfa), risposte(sondaggio, "si", "si"))
    assert "Il termine per rispondere è passato" in risposta.text
    assert '<form method="post"' not in risposta.text.split("<main", 1)[-1]
    assert detto(alfa) == []


def test_scelta_la_data_la_pagina_la_dice(client, sondaggio, alfa, coordinatore):
    chiudi_sondaggio(utente=coordinatore, sondaggio=sondaggio, fascia=sondaggio.fasce.last())
    testo = client.get(pagina(alfa)).text
    assert "la data è scelta" in testo
    assert "L'incontro è giovedì 9 marzo 2023, ore 10:00." in testo


def test_un_collegamento_inventato_e_contato(client, sondaggio, alfa, settings):
    settings.TENTATIVI_GETTONE = 2
    inventato = reverse("tavoli:disponibilita", args=["x" * 43])
    assert [client.get(inventato).status_code for _n in range(3)] == [404, 404, 429]
    assert client.get(pagina(alfa)).status_code == 200


def test_in_area_ognuno_vede_e_cambia_solo_il_suo(entra, sondaggio, alfa):
    beta = sondaggio.interpellati.exclude(pk=alfa.pk).get()
    client = entra(RappresentanzaFactory(soggetto=alfa.adesione.soggetto).utente)
    elenco = client.get(reverse("tavoli:sondaggi")).text
    assert "Seduta di marzo" in elenco
    assert "Beta" not in elenco
    assert alfa.codice != alfa.gettone
    suo, altrui = (reverse("tavoli:sondaggio", args=[i.codice]) for i in (alfa, beta))
    client.post(suo, risposte(sondaggio, "no", "si"))
    assert client.post(altrui, risposte(sondaggio, "no", "no")).status_code == 404
    assert (detto(alfa), detto(beta)) == (["no", "si"], [])
    assert "Hai risposto" in client.get(reverse("tavoli:sondaggi")).text
    assert "Sondaggi per la data" in client.get("/area/").text


MODULO = {
    "titolo": "Seduta di marzo", "entro_giorno": "2023-03-01", "entro_ora": "18:00", "modalita": "presenza",
    "luogo": "Sala", "ordine_del_giorno": "Dati", "fasce-TOTAL_FORMS": "3", "fasce-INITIAL_FORMS": "0",
    "fasce-0-giorno": "2023-03-07", "fasce-0-dalle": "10:00", "fasce-0-alle": "12:00",
    "fasce-2-giorno": "2023-03-09", "fasce-2-dalle": "10:00", "fasce-2-alle": "12:00",
}  # fmt: skip


def manda(client, rete, **altro):
    return client.post(reverse("gestione_sondaggi:add") + f"?rete={rete.pk}", MODULO | altro)


def test_l_ufficio_apre_un_sondaggio_con_un_altro_tavolo(entra, coordinatore, rete, provincia):
    """An empty row in the middle is nothing."""
    casa = ReteFactory(convocante=provincia, nome="Tavolo casa")
    risposta = manda(entra(coordinatore), rete, altre_reti=[casa.pk])
    sondaggio = Sondaggio.objects.get()
    assert risposta.url == reverse("gestione_sondaggi:scheda", args=[sondaggio.pk])
    assert (sondaggio.tavoli, sondaggio.entro) == ("Tavolo lavoro e Tavolo casa", ENTRO)
    assert [f.inizio for f in sondaggio.fasce.all()] == [MARZO_7, MARZO_7 + timedelta(days=2)]


def test_altre_righe_tiene_tutto_quello_che_e_scritto(entra, coordinatore, rete):
    """Without JavaScript, and without judging what isn't finished."""
    risposta = manda(entra(coordinatore), rete, altra="1", titolo="", entro_giorno="non è una data")
    fasce = risposta.context["fasce"]
    assert len(fasce.forms) == 5
    for scritto in ('value="non è una data"', 'value="2023-03-07"', 'value="2023-03-09"', ">\nDati</textarea>"):
        assert scritto in risposta.text
    assert "obbligatorio" not in risposta.text
    assert Sondaggio.objects.count() == 0
    piene = {f"fasce-{n}-{c}": f[c].value() or "" for n, f in enumerate(fasce) for c in ("giorno", "dalle", "alle")}
    piene |= {"fasce-TOTAL_FORMS": "5", "fasce-INITIAL_FORMS": "2", "fasce-0-giorno": "", "fasce-0-dalle": ""}
    piene |= {"fasce-0-alle": "", "fasce-3-giorno": "2023-03-14", "fasce-3-dalle": "09:00", "fasce-3-alle": "11:00"}
    manda(entra(coordinatore), rete, **piene)
    assert [f.inizio.day for f in Sondaggio.objects.get().fasce.all()] == [9, 14]


@pytest.mark.parametrize(
    ("campi", "frase"),
    [
        ({"fasce-0-alle": "09:00"}, "La fine deve venire dopo l"),
        ({"fasce-2-giorno": "", "fasce-2-dalle": "", "fasce-2-alle": ""}, "Proponi da 2 a 30 fasce."),
        ({"entro_giorno": "2023-03-07"}, "deve venire prima della prima fascia"),
        ({"luogo": ""}, "Scrivi dove ci si trova"),
    ],
)
def test_un_modulo_sbagliato_dice_che_cosa_fare(entra, coordinatore, rete, campi, frase):
    risposta = manda(entra(coordinatore), rete, **campi)
    assert frase in risposta.text
    assert 'value="Seduta di marzo"' in risposta.text
    assert Sondaggio.objects.count() == 0


def test_la_scheda_dice_chi_puo_e_che_cosa_manca_con_parole(entra, coordinatore, client, sondaggio, alfa):
    client.post(pagina(alfa), risposte(sondaggio, "si", "forse"))
    testo = entra(coordinatore).get(reverse("gestione_sondaggi:scheda", args=[sondaggio.pk])).text
    for frase in (
        "Senza indirizzo email, da sentire in altro modo: Beta.",
        "Hanno risposto: 1 su 2.",
        "non valida; ne manca 1 al numero legale (1 su 2)",
        "Consigliata: martedì 7 marzo 2023, 10:00–12:00.",
        "In nessuna fascia la seduta sarebbe valida",
        "se necessario</td>",
        "in attesa</td>",
    ):
        assert frase in testo


def test_l_ufficio_registra_sollecita_sceglie(entra, coordinatore, sondaggio, alfa):
    client, beta = entra(coordinatore), sondaggio.interpellati.exclude(pk=alfa.pk).get()
    scheda = reverse("gestione_sondaggi:scheda", args=[sondaggio.pk])
    client.post(reverse("gestione_sondaggi:risposta", args=[sondaggio.pk, beta.pk]), risposte(sondaggio, "si", "no"))
    assert detto(beta) == ["si", "no"]
    assert "Sollecito inviato a 1 seggio." in client.post(scheda, follow=True).text
    assert "già partito oggi" in client.post(scheda, follow=True).text
    scelta = reverse("gestione_sondaggi:chiudi", args=[sondaggio.pk, sondaggio.fasce.first().pk])
    assert "Senza risposta: Alfa." in client.get(scelta).text
    risposta = client.post(scelta, follow=True)
    assert "La data è scelta: l'incontro è convocato." in risposta.text.replace("&#x27;", "'")
    assert "il sondaggio</a>" in risposta.text
    assert "Seduta di marzo</a>, martedì 7 marzo 2023" in client.get(scheda).text


def test_la_fascia_di_un_altro_sondaggio_e_404(entra, coordinatore, rete, sondaggio):
    fasce = [(MARZO_7 + timedelta(days=n), MARZO_7 + timedelta(days=n, hours=1)) for n in (5, 6)]
    altro = apri_sondaggio(utente=coordinatore, rete=rete, titolo="Altro", luogo="Sala", fasce=fasce, entro=ENTRO)
    url = reverse("gestione_sondaggi:chiudi", args=[sondaggio.pk, altro.fasce.first().pk])
    altrui = reverse("gestione_sondaggi:risposta", args=[sondaggio.pk, altro.interpellati.first().pk])
    client = entra(coordinatore)
    assert [client.post(url).status_code, client.post(altrui).status_code] == [404, 404]
