"""The desk, the outbox and the audit trail in the back office."""

import secrets
from datetime import UTC, date, datetime

import pytest

from core.models import Messaggio
from core.posta import accoda
from core.registro import annota
from core.scrivania import Voce
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
VISTE = ["/gestione/posta/", "/gestione/registro/"]


def voci_di_prova(utente):
    return [
        Voce("Da leggere", "/c/", 2),
        Voce("Accordo in ritardo", "/a/", 0, entro=date(2023, 3, 1), dettaglio="Dal 1° marzo"),
        Voce("Convoca i punti", "/b/", 1, gruppo="Scheda PEG"),
    ]


def test_la_scrivania_mostra_prima_cio_che_e_in_ritardo(settings, entra):
    settings.FORNITORI_SCRIVANIA = [f"{__name__}.voci_di_prova"]
    testo = entra(UtenteFactory(ruolo="coordinatore")).get("/gestione/").content.decode()
    posti = [
        testo.index(t)
        for t in (
            "In ritardo (1)",
            "Accordo in ritardo",
            "In scadenza (1)",
            "Convoca i punti",
            "Da fare (1)",
            "Da leggere",
        )
    ]
    assert posti == sorted(posti)
    assert "entro il 1 marzo 2023" in testo


def test_la_scrivania_dice_il_giorno_dell_orologio_della_piattaforma(entra, orologio):
    with orologio(datetime(2023, 2, 1, 23, 30, tzinfo=UTC)):
        testo = entra(UtenteFactory(ruolo="coordinatore")).get("/gestione/").text
    assert "Giovedì 2 febbraio 2023 · Coordinatore" in testo


def test_la_scrivania_vuota_lo_dice(settings, entra):
    settings.FORNITORI_SCRIVANIA = []
    testo = entra(UtenteFactory(ruolo="coordinatore")).get("/gestione/").content.decode()
    assert "Niente da fare adesso" in testo
    assert "Search all pages" not in testo


@pytest.mark.parametrize("percorso", VISTE)
@pytest.mark.parametrize(
    ("ruolo", "vede"),
    [
        ("coordinatore", True), ("dirigente", True), ("revisore", True), ("amministratore", True),
        ("operatore_cpi", False), ("redattore", False), ("partner", False),
    ],
)  # fmt: skip
def test_posta_e_registro_li_legge_solo_chi_ne_ha_il_ruolo(entra, percorso, ruolo, vede):
    accoda(chiave="k", destinatario="destinatario@b.example", oggetto="o", testo="t")
    utente = UtenteFactory(ruolo=ruolo)
    annota(None, "prova.visibile", utente)
    risposta = entra(utente).get(percorso)
    contenuto = "destinatario@b.example" if "posta" in percorso else "prova.visibile"
    assert (risposta.status_code, contenuto in risposta.content.decode()) == ((200, True) if vede else (302, False))


@pytest.mark.parametrize("percorso", VISTE)
def test_nemmeno_l_amministratore_scrive_nei_registri(entra, percorso):
    utente = UtenteFactory(ruolo="amministratore")
    client = entra(utente)
    riga = annota(None, "prova", utente)
    messaggio = accoda(chiave="k", destinatario="a@b.example", oggetto="o", testo="t")
    pk = messaggio.pk if "posta" in percorso else riga.pk
    for azione in ("new/", f"edit/{pk}/", f"delete/{pk}/"):
        assert client.post(percorso + azione, {"oggetto": "x"}).status_code in {302, 403, 404}
    messaggio.refresh_from_db()
    riga.refresh_from_db()
    assert (messaggio.oggetto, riga.azione) == ("o", "prova")


def test_il_testo_di_un_messaggio_riservato_non_si_mostra(entra, coordinatore):
    client = entra(coordinatore)
    for riservato, visibile in ((False, True), (True, False)):
        m = accoda(
            chiave=f"k{riservato}", destinatario="a@b.example", oggetto="o", testo="parola-123", riservato=riservato
        )
        assert ("parola-123" in client.get(f"/gestione/posta/inspect/{m.pk}/").content.decode()) is visibile


def test_un_collegamento_personale_si_spedisce_ma_non_si_mostra(entra):
    """Who only reads must not be able to answer in the recipient's place."""
    gettone = secrets.token_urlsafe()
    testo = f"Rispondi qui:\nhttps://raccordo.example/tavoli/risposta/{gettone}/\nGrazie"
    m = accoda(chiave="k", destinatario="a@b.example", oggetto="o", testo=testo)
    pagina = entra(UtenteFactory(ruolo="revisore")).get(f"/gestione/posta/inspect/{m.pk}/").content.decode()
    assert gettone not in pagina
    assert "https://raccordo.example/tavoli/risposta/…/" in pagina
    m.refresh_from_db()
    assert m.testo == testo


def test_il_pulsante_riprova_rimette_in_coda(entra, coordinatore):
    m = accoda(chiave="k", destinatario="a@b.example", oggetto="o", testo="t")
    Messaggio.objects.filter(pk=m.pk).update(tentativi=8, **{"stato": "abbandonato"})
    client = entra(coordinatore)
    assert "Riprova adesso" in client.get(f"/gestione/posta/inspect/{m.pk}/").content.decode()
    risposta = client.post(f"/gestione/posta/riprova/{m.pk}/", follow=True)
    assert "Il messaggio è di nuovo in coda" in risposta.content.decode()
    m.refresh_from_db()
    assert m.stato == "in_coda"


def test_riprova_rifiuta_get_e_chi_legge_soltanto(entra):
    m = accoda(chiave="k", destinatario="a@b.example", oggetto="o", testo="t")
    client = entra(UtenteFactory(ruolo="revisore"))
    assert client.get(f"/gestione/posta/riprova/{m.pk}/").status_code == 405
    client.post(f"/gestione/posta/riprova/{m.pk}/")
    m.refresh_from_db()
    assert (m.tentativi, m.stato) == (0, "in_coda")


def test_la_storia_di_un_oggetto_e_in_ordine(entra, coordinatore):
    righe = [annota(coordinatore, f"prova.{n}", coordinatore, passo=n) for n in (1, 2)]
    annota(None, "prova.altra", UtenteFactory())
    testo = entra(coordinatore).get(f"/gestione/registro/inspect/{righe[0].pk}/").content.decode()
    assert testo.index("passo: 1") < testo.index("passo: 2")
    assert "prova.altra" not in testo


def test_le_query_del_registro_non_crescono_con_le_righe(entra, coordinatore, django_assert_max_num_queries):
    client = entra(coordinatore)
    quante = []
    for n in range(3):
        annota(UtenteFactory(), f"prova.{n}", coordinatore)
        client.get("/gestione/registro/")
        with django_assert_max_num_queries(60) as contatore:
            client.get("/gestione/registro/")
        quante.append(len(contatore.captured_queries))
    assert quante[0] == quante[2]
