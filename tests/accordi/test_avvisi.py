"""Public pages of the calls, and their back office."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import strip_tags

from accordi.finestra import fra_quanto
from accordi.models import Avviso
from tests.factories.accordi import AvvisoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
ADESSO = datetime(2023, 3, 1, 12, tzinfo=UTC)
PASSATO, FUTURO = datetime(2023, 2, 1, 11, tzinfo=UTC), datetime(2023, 4, 1, 8, tzinfo=UTC)


@pytest.fixture
def tre_avvisi():
    return {
        "chiuso": AvvisoFactory(titolo="Vecchia rete", chiude=PASSATO),
        "in-arrivo": AvvisoFactory(titolo="Nuova rete", apre=FUTURO),
        "aperto": AvvisoFactory(titolo="Patto di oggi", sommario="Competenze per la pianura."),
    }


def elenco(client, **filtri):
    return [a.titolo for a in client.get(reverse("accordi:avvisi"), filtri).context["pagina"]]


def test_l_elenco_mette_prima_gli_aperti_poi_quelli_in_arrivo_poi_i_chiusi(client, tre_avvisi, orologio):
    AvvisoFactory(titolo="Segreto", live=False)
    with orologio(ADESSO):
        assert elenco(client) == ["Patto di oggi", "Nuova rete", "Vecchia rete"]
        assert elenco(client, fase="chiuso") == ["Vecchia rete"]
        assert elenco(client, q="RETE") == ["Nuova rete", "Vecchia rete"]
        assert elenco(client, q="competenze pianura") == ["Patto di oggi"]
        assert elenco(client, tipo="convenzione") == []


def test_un_filtro_che_non_esiste_non_toglie_nulla_e_lo_dice(client, tre_avvisi):
    risposta = client.get(reverse("accordi:avvisi"), {"fase": "boh"})
    assert risposta.context["pagina"].paginator.count == 3
    assert "Scegli un&#x27;opzione valida" in risposta.text


def test_senza_avvisi_la_pagina_lo_dice(client):
    assert "Nessun avviso risponde a questa ricerca." in client.get(reverse("accordi:avvisi")).text


def test_le_interrogazioni_dell_elenco_non_crescono_con_le_righe(client, django_assert_max_num_queries):
    AvvisoFactory()
    client.get(reverse("accordi:avvisi"))  # fills the caches of sites and content types
    with django_assert_max_num_queries(20) as una:
        client.get(reverse("accordi:avvisi"))
    AvvisoFactory.create_batch(2)
    with django_assert_max_num_queries(len(una)):
        client.get(reverse("accordi:avvisi"))


def test_la_pagina_dice_chi_puo_rispondere_e_fino_a_quando_al_minuto(client, orologio):
    avviso = AvvisoFactory(gol=True, chiude=datetime(2023, 12, 15, 11, 30, tzinfo=UTC))
    with orologio(ADESSO):
        testo = client.get(avviso.get_absolute_url()).text
    assert "15 dicembre 2023, 12:30" in testo
    assert "Almeno 1: operatore accreditato ai servizi al lavoro (accreditamento: servizi per il lavoro)." in testo
    assert avviso.atto in testo
    assert reverse("accordi:candidatura", args=[avviso.slug]) in testo


PIENO = {
    "destinatari": ["dote"],
    "tipi_azione": ["ricollocazione"],
    "aree_risorse": ["reddito"],
    "domande": [
        {"type": "titolo", "id": "t", "value": "La rete"},
        {
            "type": "piu_scelte",
            "id": "d",
            "value": {"domanda": "Dove?", "aiuto": "Le sedi.", "obbligatoria": False, "scelte": ["Crema", "Cremona"]},
        },
    ],
    "documenti_richiesti": [
        {
            "type": "documento",
            "id": "s",
            "value": {"nome": "Statuto", "aiuto": "", "di_ogni_soggetto": True, "formati": ["pdf", "p7m"]},
        }
    ],
    "faq": [{"type": "faq", "id": "f", "value": {"domanda": "Costa qualcosa?", "risposta": "<p>No.</p>"}}],
    "durata_mesi": 24,
    "preavviso_giorni": 60,
}


def leggibile(testo):
    """What a person reads of the page's main part, spaces made one."""
    return " ".join(strip_tags(testo[testo.index("<main") :]).split())


def test_la_pagina_dice_tutto_prima_che_si_cominci(client, orologio):
    avviso = AvvisoFactory(chiude=datetime(2023, 3, 1, 14, 30, tzinfo=UTC), **PIENO)
    with orologio(ADESSO):
        pagina = client.get(avviso.get_absolute_url()).text
    letto = leggibile(pagina)
    for frase in (
        "A chi si rivolge Destinatari di Dote ricollocazione",
        "Le azioni ammesse Ricollocazione assistita (outplacement)",
        "Le risorse proprie che i soggetti possono mettere Sostegno al reddito",
        "La rete Dove? (più scelte, facoltativa) Le sedi. Crema; Cremona",
        "Statuto (PDF, P7M, uno per ciascun soggetto)",
        "le parti firmano l'accordo entro 30 giorni dalla data di protocollo.",
        "L'accordo dura 24 mesi. Per disdetta o recesso serve un preavviso di 60 giorni.",
        "Chiude fra 2 ore e 30 minuti.",
    ):
        assert frase in letto
    assert "<summary>Costa qualcosa?</summary>" in pagina


def test_l_anteprima_mostra_cio_che_non_e_ancora_salvato(entra, coordinatore):
    dati = CAMPI | domanda(0, "data", "Da quando?") | {"domande-count": "1", "destinatari": ["giovani"]}
    client = entra(coordinatore)
    indirizzo = reverse("accordi_avvisi:preview_on_add")
    assert client.post(indirizzo, dati).json() == {"is_valid": True, "is_available": True}
    letto = leggibile(client.get(indirizzo).text)
    assert "Rispondono almeno 2 soggetti insieme." in letto
    assert "Da quando? (data, facoltativa)" in letto
    assert "A chi si rivolge Giovani" in letto


def test_i_filtri_dicono_quanti_avvisi_lasciano(client, tre_avvisi, orologio):
    Avviso.objects.filter(titolo="Patto di oggi").update(destinatari=["giovani", "donne"])
    with orologio(ADESSO):
        assert elenco(client, destinatari="donne") == ["Patto di oggi"]
        assert elenco(client, destinatari="imprese") == []
        campi = client.get(reverse("accordi:avvisi"), {"fase": "aperto"}).context["form"].fields
    assert [e for _v, e in campi["fase"].choices] == ["Tutti", "Aperti (1)", "In arrivo (1)", "Chiusi (1)"]
    assert ("giovani", "Giovani (1)") in campi["destinatari"].choices
    assert ("imprese", "Imprese (0)") in campi["destinatari"].choices
    assert ("patto_competenze", "Patto territoriale per le competenze (1)") in campi["tipo"].choices


@pytest.mark.parametrize(
    ("ora", "frase"),
    [
        ((3, 25, 10, 59, 1), "fra 1 minuto"),
        ((3, 25, 10, 0), "fra 1 ora"),
        ((3, 25, 8, 59), "fra 2 ore e 1 minuto"),
        ((3, 24, 23, 30), "fra 11 ore e 30 minuti"),  # 00:30 of the same day in Rome
        ((3, 24, 22, 30), "domani alle 12:00"),
        ((3, 23, 11, 0), "fra 2 giorni"),
        ((1, 1, 11, 0), "fra 83 giorni"),
    ],
)
def test_il_tempo_che_resta_si_dice_in_parole(ora, frase):
    chiude = datetime(2023, 3, 25, 11, 0, tzinfo=UTC)
    assert fra_quanto(chiude, datetime(2023, *ora, tzinfo=UTC)) == frase


def test_un_termine_lontano_si_dice_in_anni():
    assert fra_quanto(datetime(2028, 3, 25, tzinfo=UTC), datetime(2023, 3, 25, tzinfo=UTC)) == "fra più di 5 anni"


def test_il_giorno_del_cambio_d_ora_le_ore_sono_quelle_vere():
    assert fra_quanto(datetime(2023, 3, 26, 10, tzinfo=UTC), datetime(2023, 3, 25, 23, 30, tzinfo=UTC)) == (
        "fra 10 ore e 30 minuti"
    )


@pytest.mark.parametrize(("momento", "frase"), [(PASSATO, "Non è ancora aperto"), (FUTURO, "Il tempo per rispondere")])
def test_fuori_dalla_finestra_non_si_invita_a_rispondere(client, orologio, momento, frase):
    avviso = AvvisoFactory(apre=datetime(2023, 2, 10, tzinfo=UTC), chiude=datetime(2023, 3, 10, tzinfo=UTC))
    with orologio(momento):
        testo = client.get(avviso.get_absolute_url()).text
    assert frase in testo
    assert reverse("accordi:candidatura", args=[avviso.slug]) not in testo


def test_una_bozza_la_vede_solo_la_provincia(client, entra, coordinatore):
    avviso = AvvisoFactory(live=False)
    assert client.get(avviso.get_absolute_url()).status_code == 404
    assert "Bozza, non pubblicato" in entra(coordinatore).get(avviso.get_absolute_url()).text


RICCO = '{"blocks": [{"key": "a", "text": "No.", "type": "unstyled"}], "entityMap": {}}'
CAMPI = {
    "titolo": "Avviso scritto a mano",
    "slug": "scritto-a-mano",
    "tipo": "convenzione",
    "sommario": "In breve.",
    "testo": '{"blocks": [], "entityMap": {}}',
    "atto": "Determinazione n. 2/2023",
    "apre": "2023-02-01 09:00",
    "chiude": "2023-11-30 12:00",
    "regola_composizione-righe": "2",
    "regola_composizione-minimo": "2",
    "giorni_sottoscrizione": "30",
    "livello_firma": "semplice",
    "domande-count": "0",
    "documenti_richiesti-count": "0",
    "faq-count": "0",
}


def test_il_coordinatore_scrive_e_pubblica_un_avviso_dalla_gestione(entra, coordinatore, client):
    entra(coordinatore).post(reverse("accordi_avvisi:add"), CAMPI | {"action-publish": "1"})
    avviso = Avviso.objects.get(slug="scritto-a-mano")
    assert (avviso.live, avviso.regola_composizione) == (True, {"minimo": 2})
    assert avviso.chiude == datetime(2023, 11, 30, 11, tzinfo=UTC)


def test_la_regola_si_scrive_per_righe_e_si_rilegge_in_parole(entra, coordinatore):
    righe = {
        "regola_composizione-righe": "3",
        "regola_composizione-minimo": "3",
        "regola_composizione-massimo": "",
        "regola_composizione-sede_nel_territorio": "on",
        "regola_composizione-0-nome": "operatore accreditato ai servizi al lavoro",
        "regola_composizione-0-accreditamento": "lavoro",
        "regola_composizione-0-dichiarazione": "dote",
        "regola_composizione-1-nome": "enti e parti sociali",
        "regola_composizione-1-minimo": "2",
        "regola_composizione-1-tipi": ["comune", "sindacato"],
        "regola_composizione-2-minimo": "1",
    }
    client = entra(coordinatore)
    client.post(reverse("accordi_avvisi:add"), CAMPI | righe | {"action-publish": "1"})
    avviso = Avviso.objects.get()
    assert avviso.regola_composizione == {
        "minimo": 3,
        "sede_nel_territorio": True,
        "ruoli": [
            {
                "nome": "operatore accreditato ai servizi al lavoro",
                "accreditamento": "lavoro",
                "dichiarazione": "dote",
            },
            {"nome": "enti e parti sociali", "minimo": 2, "tipi": ["comune", "sindacato"]},
        ],
    }
    pagina = client.get(reverse("accordi_avvisi:edit", args=[avviso.pk])).text
    assert "Almeno 2: enti e parti sociali (comune, organizzazione sindacale)." in pagina
    assert 'name="regola_composizione-righe" value="4"' in pagina


@pytest.mark.parametrize(
    ("righe", "frase", "scritto"),
    [
        ({"minimo": "tre"}, "«minimo» è un numero intero da 1 a 100.", 'value="tre"'),
        ({"minimo": "3", "massimo": "2"}, "«massimo» è più piccolo di «minimo».", 'value="2"'),
        ({"0-tipi": ["comune"]}, "Il ruolo 1 vuole almeno un «nome».", 'value="comune"'),
        ({"0-nome": "Enti", "0-minimo": "0"}, "Ruolo 1: «minimo» è un numero intero da 1 a 100.", 'value="Enti"'),
        ({"0-nome": "Enti", "0-tipi": ["luna"]}, "Ruolo 1: «tipi» accetta provincia, comune", 'value="Enti"'),
    ],
)
def test_una_regola_sbagliata_torna_con_il_motivo_e_con_cio_che_si_era_scritto(
    entra, coordinatore, righe, frase, scritto
):
    dati = {f"regola_composizione-{nome}": valore for nome, valore in righe.items()}
    risposta = entra(coordinatore).post(reverse("accordi_avvisi:add"), CAMPI | dati | {"action-publish": "1"})
    assert frase in risposta.text
    assert scritto in risposta.text
    assert "Avviso scritto a mano" in risposta.text
    assert not Avviso.objects.exists()


def test_gli_elenchi_si_scelgono_con_le_caselle_e_un_valore_ignoto_e_rifiutato(entra, coordinatore):
    scelte = {"destinatari": ["giovani", "donne"], "tipi_azione": ["competenze"], "aree_risorse": ["sociale"]}
    client = entra(coordinatore)
    risposta = client.post(reverse("accordi_avvisi:add"), CAMPI | {"destinatari": ["luna"], "action-publish": "1"})
    assert "Scegli un&#x27;opzione valida" in risposta.text
    client.post(reverse("accordi_avvisi:add"), CAMPI | scelte | {"action-publish": "1"})
    avviso = Avviso.objects.get()
    assert {campo: getattr(avviso, campo) for campo in scelte} == scelte
    assert avviso.in_parole("destinatari") == ["Giovani", "Donne"]
    avviso.tipi_azione = ["luna"]
    with pytest.raises(ValidationError, match="Scegli fra questi valori: ricollocazione"):
        avviso.full_clean()


def domanda(n, tipo, testo, **altro):
    campi = {"domanda": testo, "aiuto": "", **altro}
    base = {f"domande-{n}-deleted": "", f"domande-{n}-order": str(n), f"domande-{n}-type": tipo, f"domande-{n}-id": ""}
    return base | {f"domande-{n}-value-{nome}": valore for nome, valore in campi.items()}


def test_le_domande_i_documenti_e_le_faq_si_scrivono_nella_gestione(entra, coordinatore):
    blocchi = {
        "domande-count": "1",
        **domanda(0, "numero", "Quanti orientatori?", obbligatoria="on"),
        "documenti_richiesti-count": "1",
        "documenti_richiesti-0-deleted": "",
        "documenti_richiesti-0-order": "0",
        "documenti_richiesti-0-type": "documento",
        "documenti_richiesti-0-id": "",
        "documenti_richiesti-0-value-nome": "Statuto",
        "documenti_richiesti-0-value-formati": ["pdf", "p7m"],
        "faq-count": "1",
        "faq-0-deleted": "",
        "faq-0-order": "0",
        "faq-0-type": "faq",
        "faq-0-id": "",
        "faq-0-value-domanda": "Posso rispondere due volte?",
        "faq-0-value-risposta": RICCO,
    }
    entra(coordinatore).post(reverse("accordi_avvisi:add"), CAMPI | blocchi | {"action-publish": "1"})
    avviso = Avviso.objects.get()
    assert [(b.block_type, b.value["domanda"], b.value["obbligatoria"]) for b in avviso.domande] == [
        ("numero", "Quanti orientatori?", True)
    ]
    assert [(b.value["nome"], b.value["formati"]) for b in avviso.documenti_richiesti] == [("Statuto", ["pdf", "p7m"])]
    assert [b.value["domanda"] for b in avviso.faq] == ["Posso rispondere due volte?"]


def test_una_scelta_con_una_sola_voce_torna_indietro(entra, coordinatore):
    una = domanda(0, "scelta", "Dove?") | {
        "domande-count": "1",
        "domande-0-value-scelte-count": "1",
        "domande-0-value-scelte-0-deleted": "",
        "domande-0-value-scelte-0-order": "0",
        "domande-0-value-scelte-0-value": "Crema",
    }
    risposta = entra(coordinatore).post(reverse("accordi_avvisi:add"), CAMPI | una | {"action-publish": "1"})
    assert risposta.status_code == 200
    assert not Avviso.objects.exists()


def test_un_modulo_monco_e_rifiutato_senza_toccare_l_avviso(entra, coordinatore):
    monco = {nome: valore for nome, valore in CAMPI.items() if nome != "domande-count"}
    risposta = entra(coordinatore).post(reverse("accordi_avvisi:add"), monco | {"action-publish": "1"})
    assert "Il modulo è arrivato incompleto: ricarica la pagina e riprova." in risposta.text
    assert not Avviso.objects.exists()


def test_il_redattore_manda_in_approvazione_e_il_coordinatore_approva(entra, coordinatore):
    """The CMS workflow: nothing is public before the approval."""
    redattore = UtenteFactory(ruolo="redattore")
    entra(redattore).post(reverse("accordi_avvisi:add"), CAMPI | {"action-publish": "1"})
    assert not Avviso.objects.get().live
    Avviso.objects.all().delete()
    entra(redattore).post(reverse("accordi_avvisi:add"), CAMPI | {"action-submit": "1"})
    avviso = Avviso.objects.get()
    assert (avviso.live, avviso.current_workflow_state.status) == (False, "in_progress")
    compito = avviso.current_workflow_task_state
    approva = reverse("accordi_avvisi:workflow_action", args=[avviso.pk, "approve", compito.pk])
    entra(redattore).post(approva, {"comment": ""})
    avviso.refresh_from_db()
    assert not avviso.live
    entra(coordinatore).post(approva, {"comment": ""})
    avviso.refresh_from_db()
    assert avviso.live


def test_il_confronto_fra_due_versioni_dice_la_regola_in_parole(entra, coordinatore):
    client = entra(coordinatore)
    client.post(reverse("accordi_avvisi:add"), CAMPI | {"action-publish": "1"})
    avviso = Avviso.objects.get()
    dati = CAMPI | {"regola_composizione-minimo": "4", "destinatari": ["giovani"], "action-publish": "1"}
    client.post(reverse("accordi_avvisi:edit", args=[avviso.pk]), dati)
    confronto = reverse("accordi_avvisi:revisions_compare", args=[avviso.pk, "earliest", "latest"])
    testo = client.get(confronto).text
    assert "Rispondono almeno 2 soggetti insieme." in testo
    assert "Rispondono almeno 4 soggetti insieme." in testo
    assert "Giovani" in testo


@pytest.mark.parametrize("ruolo", ["operatore_cpi", "revisore", "dirigente"])
def test_chi_legge_soltanto_non_scrive_avvisi(entra, ruolo):
    risposta = entra(UtenteFactory(ruolo=ruolo)).post(reverse("accordi_avvisi:add"), CAMPI)
    assert risposta.status_code == 302
    assert not Avviso.objects.exists()


@pytest.mark.parametrize("righe", ["9" * 5_000, "٣", "-1", "tre"])
def test_un_numero_di_righe_inventato_non_rompe_la_regola(entra, coordinatore, righe):
    """Python refuses to read endless digits: the page was an error."""
    inviati = CAMPI | {"regola_composizione-righe": righe, "action-publish": "1"}
    entra(coordinatore).post(reverse("accordi_avvisi:add"), inviati)
    assert Avviso.objects.get().regola_composizione == {"minimo": 2}


def test_un_titolo_senza_domande_non_promette_domande(client):
    avviso = AvvisoFactory(domande=[("titolo", "Il luogo")])
    assert "Che cosa si chiede" not in client.get(avviso.get_absolute_url()).text
    avviso.domande = [
        ("titolo", "Il luogo"),
        ("testo_breve", {"domanda": "In quali comuni?", "aiuto": "", "obbligatoria": True}),
    ]
    avviso.save()
    testo = client.get(avviso.get_absolute_url()).text
    assert ("Che cosa si chiede" in testo, "In quali comuni?" in testo) == (True, True)
