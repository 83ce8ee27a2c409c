"""The API: what each route says, its filters, refusals, conditional requests, query counts (R37)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from openapi_spec_validator import validate

from accordi.forms.pubblicazione import FiltroRegistroForm
from core.orologio import adesso
from punti_informativi.forms.filtri import FiltriForm
from tests.dati_aperti.conftest import punto_ricco
from tests.factories.accordi import AccordoFactory, AvvisoFactory
from tests.factories.punti_informativi import OrarioFactory, PuntoFactory, ServizioFactory
from tests.factories.reti import ComuneFactory, IncontroFactory, ReteFactory, SedeFactory, SoggettoFactory

pytestmark = pytest.mark.django_db
RADICE = "/api/v1"
ENTRO = "Scrivi anche «vicino», o «lat» e «lon»: la distanza si misura da lì."
MAGIA = "Nessuna voce «magia»: i valori ammessi sono negli elenchi dell'API."
ASSENTI = ("/niente", "/punti/niente", "/accordi/niente", "/punti/a b", "/punti/x/y", "/tavoli/x/incontri", "/x%0Ay")
PER_ROTTA = {"punti": 11, "servizi": 3, "destinatari": 3, "comuni": 3, "avvisi": 2, "accordi": 4, "tavoli": 2}


def chiedi(client, percorso, stato=200, **domanda):
    risposta = client.get(f"{RADICE}{percorso}", domanda)
    assert risposta.status_code == stato, risposta.content
    return risposta.json()


def nomi(pagina):
    return [p["nome"] for p in pagina["risultati"]]


def test_un_punto_dice_le_stesse_cose_del_file(client, ricco):
    """One serialisation: the API's point is the file's, byte by byte."""
    file = b"".join(client.get("/dati-aperti/punti-informativi.json").streaming_content)
    (del_file,) = json.loads(file)["punti"]
    assert chiedi(client, "/punti/sportello-1") == del_file
    assert chiedi(client, "/punti")["risultati"] == [del_file]


def test_chi_non_e_nell_elenco_pubblico_non_e_nell_api(client, nascosti):
    """R62."""
    assert chiedi(client, "/punti")["totale"] == 0
    for punto in nascosti:
        assert chiedi(client, f"/punti/{punto.slug}", 404)["status"] == 404


def test_i_filtri_sono_quelli_della_lista_con_i_suoi_stessi_indirizzi(client, ricco):
    """R32: the address of a filtered page works here, and finds the same points."""
    PuntoFactory(attivo=True, nome="Altro", sede=SedeFactory(lat=45.5, lon=9.7))
    servizio = ricco.servizi.get(nome="Tirocini")
    domande = [
        {"servizio": servizio.slug},
        {"per": ricco.destinatari.get().slug},
        {"lingua": "en1"},
        {"comune": ricco.sede.comune.codice_istat},
        {"appuntamento": "con"},
        {"accessibile": "aiuto"},
        {"aperto": "on"},
        {"a_distanza": "on"},
        {"q": "sportello"},
        {"lat": "45.13", "lon": "10.02", "entro": "5"},
    ]
    for domanda in domande:
        assert nomi(chiedi(client, "/punti", **domanda)) == ["=Sportello 1"], domanda
        pagina = client.get("/punti-informativi/", domanda).content.decode()
        assert ("=Sportello 1" in pagina, ">Altro<" in pagina) == (True, False), domanda


def test_i_campi_vuoti_di_un_modulo_non_chiedono_niente(client, ricco):
    """The list's own form sends them all."""
    vuoti = dict.fromkeys(FiltriForm.base_fields, "")
    assert nomi(chiedi(client, "/punti", **vuoti)) == ["=Sportello 1"]
    assert chiedi(client, "/accordi", **dict.fromkeys(FiltroRegistroForm.base_fields, ""))["totale"] == 0


def test_vicino_ordina_per_distanza_da_un_comune_scritto_a_parole(client, lunedi):
    casa = ComuneFactory(nome="Crema", lat=45.36, lon=9.68)
    PuntoFactory(attivo=True, nome="Lontano", sede=SedeFactory(lat=45.13, lon=10.02))
    PuntoFactory(attivo=True, nome="Vicino", sede=SedeFactory(lat=45.35, lon=9.7))
    assert nomi(chiedi(client, "/punti", vicino="crema")) == ["Vicino", "Lontano"]
    assert nomi(chiedi(client, "/punti", vicino=casa.codice_istat, entro=10)) == ["Vicino"]


@pytest.mark.parametrize(
    ("percorso", "domanda", "errori"),
    [
        ("/punti", {"per_pagina": "101"}, {"per_pagina": "Il massimo è 100."}),
        ("/punti", {"pagina": "0"}, {"pagina": "Il minimo è 1."}),
        ("/punti", {"pagina": "due"}, {"pagina": "Scrivi un numero intero."}),
        ("/punti", {"servizio": "magia"}, {"servizio": MAGIA}),
        ("/punti", {"entro": "5"}, {"entro": ENTRO}),
        ("/punti", {"lat": "45"}, {"lon": "Scrivi «lat» e «lon» insieme."}),
        ("/punti", {"lat": "nan", "lon": "9"}, {"lat": "Scrivi un numero finito."}),
        ("/punti", {"q": "a\0b"}, {"q": "Ci sono caratteri che qui non si usano."}),
        ("/punti", {"aperto": "boh"}, {"aperto": "Scrivi true o false."}),
        ("/accordi", {"in_vigore": "ieri"}, {"in_vigore": "Scrivi il giorno così: 2026-12-31."}),
        ("/avvisi", {"fase": "ieri"}, {"fase": "Scegli fra: 'aperto', 'in-arrivo' o 'chiuso'."}),
        ("/punti/x", {"lingua": "en"}, {"lingua": "Questo parametro non c'è. Ci sono: nessuno."}),
        ("/servizi", {"pagina": ["1", "2"]}, {"pagina": "Scrivi questo parametro una volta sola."}),
        ("/servizi", {"Pagina": "2"}, {"Pagina": "Questo parametro non c'è. Ci sono: pagina, per_pagina."}),
    ],
)  # fmt: skip
def test_un_parametro_sbagliato_e_rifiutato_con_una_frase(client, db, percorso, domanda, errori):
    """RFC 9457, in Italian: nothing is ignored silently."""
    risposta = client.get(f"{RADICE}{percorso}", domanda)
    assert (risposta.status_code, risposta["Content-Type"]) == (422, "application/problem+json")
    dati = risposta.json()
    assert (dati["title"], dati["status"]) == ("Parametri da correggere", 422)
    assert {e["parametro"]: e["messaggio"] for e in dati["errori"]} == errori


def test_un_comune_che_non_c_e_porta_i_nomi_vicini(client, db):
    ComuneFactory(nome="Castelleone")
    (errore,) = chiedi(client, "/punti", 422, vicino="castelvetro")["errori"]
    assert errore == {"parametro": "vicino", "messaggio": "Non troviamo questo comune. Forse: Castelleone."}


@pytest.mark.parametrize("percorso", ASSENTI)
def test_un_indirizzo_che_non_c_e_e_un_problema_e_non_una_pagina(client, db, percorso):
    risposta = client.get(f"{RADICE}{percorso}")
    assert (risposta.status_code, risposta["Content-Type"]) == (404, "application/problem+json")
    assert risposta.json()["detail"].startswith("Qui non c'è niente")


@pytest.mark.parametrize("metodo", ["post", "put", "patch", "delete"])
def test_si_legge_soltanto(client, db, metodo):
    risposta = getattr(client, metodo)(f"{RADICE}/punti")
    assert (risposta.status_code, risposta["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert risposta.json()["detail"] == "Questi dati si leggono soltanto: usa GET o HEAD."


def test_le_pagine_si_seguono_con_i_collegamenti(client, lunedi):
    for n in range(3):
        PuntoFactory(attivo=True, nome=f"Punto {n}")
    prima = client.get(f"{RADICE}/punti", {"per_pagina": 2})
    dati = prima.json()
    assert {k: v for k, v in dati.items() if k != "risultati"} == {
        "totale": 3,
        "pagina": 1,
        "pagine": 2,
        "per_pagina": 2,
        "precedente": None,
        "successiva": "http://localhost:8000/api/v1/punti?per_pagina=2&pagina=2",
    }
    assert prima["Link"] == f'<{dati["successiva"]}>; rel="next"'
    seconda = client.get(dati["successiva"].removeprefix("http://localhost:8000"))
    assert nomi(dati) + nomi(seconda.json()) == ["Punto 0", "Punto 1", "Punto 2"]
    assert client.get(f"{RADICE}/punti", {"per_pagina": 2, "pagina": 3}).status_code == 404


def test_una_richiesta_condizionata_costa_un_304_finche_niente_cambia(client, ricco):
    prima = client.get(f"{RADICE}/punti")
    uguale = client.get(f"{RADICE}/punti", headers={"if-none-match": prima["ETag"]})
    assert (uguale.status_code, uguale.content, uguale["ETag"]) == (304, b"", prima["ETag"])
    ricco.telefono = "0372 1"
    ricco.save()
    dopo = client.get(f"{RADICE}/punti", headers={"if-none-match": prima["ETag"]})
    assert (dopo.status_code, dopo["ETag"] != prima["ETag"]) == (200, True)
    assert dopo["Cache-Control"] == "public, no-cache"


def test_head_e_options_rispondono_e_nessun_cookie_nasce(client, ricco):
    """R63; a page of another site may ask with If-None-Match."""
    testa = client.head(f"{RADICE}/punti")
    assert (testa.status_code, testa.content, testa["Access-Control-Allow-Origin"]) == (200, b"", "*")
    permesso = client.options(f"{RADICE}/punti", headers={"origin": "https://altro.example"})
    assert (permesso.status_code, permesso["Access-Control-Allow-Headers"]) == (204, "If-None-Match")
    assert not testa.cookies
    assert "Access-Control-Allow-Credentials" not in testa


def test_chi_e_entrato_riceve_gli_stessi_dati_di_tutti(client, entra, coordinatore, nascosti):
    """No session counts: what staff may see elsewhere isn't here."""
    AvvisoFactory(live=False)
    entra(coordinatore)
    assert [chiedi(client, p)["totale"] for p in ("/punti", "/avvisi")] == [0, 0]


def test_gli_elenchi_contano_solo_i_punti_pubblici(client, ricco, nascosti):
    quanti = {s["nome"]: s["punti"] for s in chiedi(client, "/servizi", per_pagina=100)["risultati"]}
    assert (quanti["Tirocini"], sum(quanti.values())) == (1, 2)
    assert [(g["nome"], g["punti"]) for g in chiedi(client, "/destinatari")["risultati"]] == [("Giovani", 1)]
    comuni = {c["codice_istat"]: c["punti"] for c in chiedi(client, "/comuni", per_pagina=100)["risultati"]}
    assert (comuni[ricco.sede.comune.codice_istat], sum(comuni.values())) == (1, 1)


def test_gli_avvisi_dicono_la_fase(client, lunedi):
    ora = adesso()
    AvvisoFactory(titolo="Ora", live=True, apre=ora - timedelta(days=1), chiude=ora + timedelta(days=1))
    AvvisoFactory(titolo="Poi", live=True, apre=ora + timedelta(days=1), chiude=ora + timedelta(days=9))
    AvvisoFactory(titolo="Prima", live=True, apre=ora - timedelta(days=9), chiude=ora - timedelta(days=1))
    AvvisoFactory(titolo="Bozza", live=False)
    fasi = [(a["titolo"], a["fase"]) for a in chiedi(client, "/avvisi")["risultati"]]
    assert fasi == [("Ora", "aperto"), ("Poi", "in-arrivo"), ("Prima", "chiuso")]
    (aperto,) = chiedi(client, "/avvisi", fase="aperto")["risultati"]
    assert chiedi(client, f"/avvisi/{aperto['slug']}") == aperto
    assert aperto["apre"] == "2023-05-07T10:00:00+02:00"


def test_gli_accordi_sono_quelli_del_registro(client, db):
    """R15, R62: signed by all and public; parties are bodies."""
    pubblico = AccordoFactory(
        titolo="Rete dei servizi", stato="attivo", sottoscritto_il=datetime(2023, 3, 1, 9, tzinfo=UTC)
    )
    AccordoFactory(titolo="Fuori", stato="attivo", pubblico=False, sottoscritto_il=datetime(2023, 3, 1, tzinfo=UTC))
    AccordoFactory(titolo="Bozza")
    (accordo,) = chiedi(client, "/accordi")["risultati"]
    assert (accordo["oggetto"], accordo["sottoscritto_il"]) == ("Rete dei servizi", "2023-03-01")
    assert [p["nome"] for p in accordo["parti"]] == [str(p.soggetto) for p in pubblico.parti.all()]
    assert chiedi(client, f"/accordi/{pubblico.codice}") == accordo
    assert chiedi(client, "/accordi", anno=2022)["totale"] == 0


def test_dei_tavoli_si_vede_il_calendario_pubblico(client, lunedi):
    """R62: when and where, no link to the remote room, no person."""
    rete = ReteFactory(nome="Tavolo lavoro", pubblica=True)
    ReteFactory(pubblica=False, convocante=rete.convocante)
    stanza = "https://stanza.example/x"
    IncontroFactory(rete=rete, stato="convocato", titolo="Seduta", collegamento=stanza, luogo="Sala")
    IncontroFactory(rete=rete, stato="bozza")
    (tavolo,) = chiedi(client, "/tavoli")["risultati"]
    assert tavolo["nome"] == "Tavolo lavoro"
    (incontro,) = chiedi(client, f"/tavoli/{tavolo['slug']}/incontri")["risultati"]
    assert (incontro["titolo"], incontro["luogo"]) == ("Seduta", "Sala")


@pytest.mark.parametrize(("elenco", "query"), PER_ROTTA.items())
def test_le_query_non_crescono_con_le_righe(client, lunedi, elenco, query, django_assert_num_queries):
    def aggiungi(n):
        punto_ricco(n)
        AvvisoFactory(live=True)
        AccordoFactory(stato="attivo", sottoscritto_il=datetime(2023, 3, 1, 9, tzinfo=UTC))
        ReteFactory(convocante=SoggettoFactory())

    aggiungi(1)
    with django_assert_num_queries(query):
        assert chiedi(client, f"/{elenco}")["risultati"]
    aggiungi(2), aggiungi(3)
    with django_assert_num_queries(query):
        assert len(chiedi(client, f"/{elenco}")["risultati"]) >= 3


def test_il_documento_openapi_e_valido_e_dice_ogni_rotta(client, db):
    """Checked by openapi-spec-validator; answers with the contract of the others."""
    risposta = client.get(reverse("dati_aperti:api:openapi-json"))
    documento = risposta.json()
    validate(documento)
    assert sorted(documento["paths"]) == [
        "/api/v1/accordi",
        "/api/v1/accordi/{codice}",
        "/api/v1/avvisi",
        "/api/v1/avvisi/{slug}",
        "/api/v1/comuni",
        "/api/v1/destinatari",
        "/api/v1/punti",
        "/api/v1/punti/{slug}",
        "/api/v1/servizi",
        "/api/v1/tavoli",
        "/api/v1/tavoli/{slug}/incontri",
    ]
    assert risposta["Access-Control-Allow-Origin"] == "*"


def test_la_documentazione_si_legge_senza_programmi(client, db):
    """Every route, parameter and object of the OpenAPI document is on the page; no script of others."""
    pagina = client.get("/api/v1/").content.decode()
    documento = client.get("/api/v1/openapi.json").json()
    assert [p for p in documento["paths"] if f"GET {p}" not in pagina] == []
    nomi_parametri = {p["name"] for m in documento["paths"].values() for p in m["get"]["parameters"]}
    assert [n for n in nomi_parametri if f"<code>{n}</code>" not in pagina] == []
    assert "Pagina di Punto" in pagina
    assert "<p>Uno fra: aperto, in-arrivo, chiuso.</p>" in pagina


def test_un_punto_aperto_ora_si_trova_anche_nell_api(client, lunedi):
    """R30: the same rule of the list."""
    aperto = OrarioFactory(punto__nome="Aperto", punto__servizi=[ServizioFactory()]).punto
    PuntoFactory(attivo=True, nome="Senza orari")
    assert nomi(chiedi(client, "/punti", aperto="true")) == [aperto.nome]


@pytest.mark.parametrize("domanda", [{"lat": "45.1333", "lon": "10.0222"}, {"lat": "45.1333"}])
def test_la_posizione_di_chi_chiede_non_resta_in_nessuna_cache(client, ricco, domanda):
    """R33: as for the page of the list, also when the request is refused; two persons side by side ask the same."""
    risposta = client.get(f"{RADICE}/punti", domanda)
    assert (risposta["Cache-Control"], risposta["Referrer-Policy"]) == ("private, no-store", "same-origin")
    assert client.get(f"{RADICE}/punti")["Cache-Control"] == "public, no-cache"
