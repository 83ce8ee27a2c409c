"""Obligations, own resources and actions of an agreement: who writes, who reports, who confirms (R08)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from accordi.models import Conferimento, Impegno
from accordi.queries.vita import righe_csv, vita, voci_scrivania
from accordi.services.azioni import aggiungi_azione, porta_avanti, togli_azione
from accordi.services.impegni import (
    adempi_impegno,
    aggiungi_impegno,
    conferma_impegno,
    respingi_impegno,
    togli_impegno,
)
from accordi.services.recessi import registra_recesso
from accordi.services.risorse import (
    conferisci,
    conferma_conferimento,
    prometti_risorsa,
    togli_conferimento,
    togli_risorsa,
)
from accordi.stati import TRANSIZIONI_AZIONE, StatoAzione
from core.errori import Rifiuto
from core.models import Messaggio
from tests.accordi.vivi import enti, giorno, in_forza

pytestmark = pytest.mark.django_db
OGGI = (2023, 6, 1)
IERI = date(2023, 5, 31)


@pytest.fixture
def accordo(coordinatore, provincia):
    return in_forza(coordinatore, *enti(2))


@pytest.fixture
def parte(accordo):
    return accordo.parti.all()[1]


@pytest.fixture
def persona(parte):
    """Who represents `parte`."""
    return parte.soggetto.rappresentanze.get().utente


@pytest.fixture
def altra(accordo):
    """Who represents another party of the same agreement."""
    return accordo.parti.all()[2].soggetto.rappresentanze.get().utente


@pytest.fixture
def impegno(coordinatore, accordo, parte):
    dati = {"testo": "Aprire lo sportello", "referente": "Ufficio progetti", "entro": date(2023, 6, 10)}
    return aggiungi_impegno(utente=coordinatore, accordo=accordo, parte=parte, **dati)


@pytest.fixture
def risorsa(coordinatore, accordo, parte):
    dati = {"area": "formazione", "descrizione": "Aule", "unita": "ore", "promesso": Decimal(120)}
    return prometti_risorsa(utente=coordinatore, accordo=accordo, parte=parte, **dati)


@pytest.fixture
def azione(coordinatore, accordo, parte):
    dati = {"tipo": "competenze", "descrizione": "Bilanci", "dal": date(2023, 5, 1), "al": date(2023, 12, 31)}
    return aggiungi_azione(utente=coordinatore, accordo=accordo, parti=[parte], **dati)


# -- Obligations -----------------------------------------------------------------


def test_la_parte_dice_che_ha_adempiuto_e_l_ufficio_conferma(impegno, persona, coordinatore):
    with giorno(*OGGI):
        fatto = adempi_impegno(utente=persona, impegno=impegno, quando=IERI, nota="Aperto a Crema")
        assert (fatto.adempiuto_il, fatto.confermato_il, fatto.nota) == (IERI, None, "Aperto a Crema")
        assert [v.titolo for v in voci_scrivania(coordinatore)] == ["Conferma l'impegno «Aprire lo sportello»"]
        assert conferma_impegno(utente=coordinatore, impegno=impegno).confermato_il == date(2023, 6, 1)
        assert voci_scrivania(coordinatore) == []


def test_quel_che_dice_l_ufficio_e_gia_confermato(impegno, coordinatore):
    with giorno(*OGGI):
        assert adempi_impegno(utente=coordinatore, impegno=impegno, quando=IERI).confermato_il == date(2023, 6, 1)


def test_se_l_ufficio_non_conferma_torna_aperto_e_la_parte_legge_perche(impegno, persona, coordinatore):
    with giorno(*OGGI):
        adempi_impegno(utente=persona, impegno=impegno, quando=IERI)
        respingi_impegno(utente=coordinatore, impegno=impegno, motivo="Manca il cartello.")
    impegno.refresh_from_db()
    assert (impegno.adempiuto_il, impegno.nota) == (None, "Manca il cartello.")
    mail = Messaggio.objects.get(destinatario=persona.email)
    assert "Motivo: Manca il cartello." in mail.testo


def test_di_una_prova_sostituita_o_di_un_impegno_tolto_non_restano_i_byte(
    impegno, persona, coordinatore, django_capture_on_commit_callbacks
):
    def consegna(nome):
        with giorno(*OGGI), django_capture_on_commit_callbacks(execute=True):
            prova = ContentFile(b"%PDF-1.7 prova", nome)
            fatto = adempi_impegno(utente=persona, impegno=impegno, quando=IERI, prova=prova)
            respingi_impegno(utente=coordinatore, impegno=impegno, motivo="Non si legge.")
        return fatto.prova

    prima, dopo = consegna("prima.pdf"), consegna("dopo.pdf")
    archivio = dopo.storage
    assert [archivio.exists(f.name) for f in (prima, dopo)] == [False, True]
    with django_capture_on_commit_callbacks(execute=True):
        togli_impegno(utente=coordinatore, impegno=impegno)
    assert not archivio.exists(dopo.name)


def test_scrivania_della_parte_in_ritardo_il_giorno_dopo_il_termine(impegno, persona, altra):
    for quando, urgenza in (((2023, 6, 2), 2), ((2023, 6, 10), 1), ((2023, 6, 11), 0)):
        with giorno(*quando):
            assert [(v.titolo, v.urgenza) for v in voci_scrivania(persona)] == [
                ("Adempi l'impegno «Aprire lo sportello»", urgenza)
            ]
            assert voci_scrivania(altra) == []


@pytest.mark.parametrize("verbo", [adempi_impegno, conferma_impegno, respingi_impegno, togli_impegno])
def test_chi_rappresenta_un_altra_parte_non_tocca_l_impegno(impegno, altra, verbo):
    dati = {adempi_impegno: {"quando": IERI}, respingi_impegno: {"motivo": "x"}}.get(verbo, {})
    with giorno(*OGGI), pytest.raises(PermissionDenied):
        verbo(utente=altra, impegno=impegno, **dati)


def test_chi_e_uscito_non_rendiconta_piu(impegno, parte, persona, coordinatore):
    with giorno(2023, 4, 1):
        registra_recesso(utente=coordinatore, parte=parte, comunicato_il=date(2023, 4, 1), motivo="Chiusura")
    with giorno(*OGGI), pytest.raises(PermissionDenied):
        adempi_impegno(utente=persona, impegno=impegno, quando=IERI)


def test_un_impegno_di_tutte_lo_puo_dire_una_qualsiasi_delle_parti(accordo, coordinatore, altra):
    comune = aggiungi_impegno(utente=coordinatore, accordo=accordo, testo="Relazione annuale")
    with giorno(*OGGI):
        assert adempi_impegno(utente=altra, impegno=comune, quando=IERI).adempiuto_il == IERI


def test_date_future_doppioni_e_impegni_gia_adempiuti_sono_rifiutati(impegno, coordinatore, persona):
    with giorno(*OGGI):
        with pytest.raises(Rifiuto, match="futura"):
            adempi_impegno(utente=persona, impegno=impegno, quando=date(2023, 6, 2))
        with pytest.raises(Rifiuto, match="Nessuno ha ancora detto"):
            conferma_impegno(utente=coordinatore, impegno=impegno)
        adempi_impegno(utente=persona, impegno=impegno, quando=IERI)
        with pytest.raises(Rifiuto, match="già adempiuto il 31/05/2023"):
            adempi_impegno(utente=persona, impegno=impegno, quando=IERI)
        with pytest.raises(Rifiuto, match="resta, come prova"):
            togli_impegno(utente=coordinatore, impegno=impegno)


def test_durante_la_firma_e_dopo_la_risoluzione_non_si_aggiunge_niente(coordinatore, provincia):
    for stato in ("in_firma", "risolto"):
        accordo = in_forza(coordinatore, *enti(1), stato=stato)
        with pytest.raises(Rifiuto, match="dopo la firma di tutti"):
            aggiungi_impegno(utente=coordinatore, accordo=accordo, testo="X")


def test_una_parte_di_un_altro_accordo_e_rifiutata(accordo, coordinatore):
    estranea = in_forza(coordinatore, *enti(1)).parti.last()
    with pytest.raises(Rifiuto, match="non è di questo accordo"):
        aggiungi_impegno(utente=coordinatore, accordo=accordo, parte=estranea, testo="X")


# -- Resources ---------------------------------------------------------------------


def test_il_dato_conta_quando_e_confermato_e_si_somma_per_area_e_unita(accordo, risorsa, persona, coordinatore, parte):
    euro = {"area": "formazione", "descrizione": "Borse", "unita": "euro", "promesso": Decimal(1000)}
    prometti_risorsa(utente=coordinatore, accordo=accordo, parte=parte, **euro)
    with giorno(*OGGI):
        conferisci(utente=coordinatore, risorsa=risorsa, quando=IERI, quantita=Decimal(30))
        detto = conferisci(utente=persona, risorsa=risorsa, quando=IERI, quantita=Decimal(60))
        assert [(t.unita, t.promesso, t.dato, t.percento) for t in vita(accordo).totali] == [
            ("euro", 1000, 0, 0),
            ("ore", 120, 30, 25),
        ]
        assert [v.titolo for v in voci_scrivania(coordinatore)] == ["Conferma quanto dato per «Aule»: 60 ore"]
        conferma_conferimento(utente=coordinatore, conferimento=detto)
    assert vita(accordo).totali[1].percento == 75


def test_oltre_il_promesso_la_barra_si_ferma_e_la_cifra_no(accordo, risorsa, coordinatore):
    with giorno(*OGGI):
        conferisci(utente=coordinatore, risorsa=risorsa, quando=IERI, quantita=Decimal(180))
    assert (vita(accordo).risorse[0].percento, vita(accordo).risorse[0].barra) == (150, 100)


def test_risorse_date_non_si_tolgono_e_un_conferimento_sbagliato_si(risorsa, persona, altra, coordinatore):
    with giorno(*OGGI):
        with pytest.raises(PermissionDenied):
            conferisci(utente=altra, risorsa=risorsa, quando=IERI, quantita=Decimal(1))
        dato = conferisci(utente=persona, risorsa=risorsa, quando=IERI, quantita=Decimal(1))
        with pytest.raises(Rifiuto, match="resta, come prova"):
            togli_risorsa(utente=coordinatore, risorsa=risorsa)
        togli_conferimento(utente=coordinatore, conferimento=dato)
        togli_risorsa(utente=coordinatore, risorsa=risorsa)
    assert Conferimento.objects.count() == 0


# -- Actions ------------------------------------------------------------------------


@pytest.mark.parametrize("da", StatoAzione)
@pytest.mark.parametrize("a", StatoAzione)
def test_un_azione_passa_solo_dove_la_tabella_dice(azione, coordinatore, da, a):
    type(azione).objects.filter(pk=azione.pk).update(**{"stato": da})
    with giorno(*OGGI):
        if a in TRANSIZIONI_AZIONE[da]:
            assert porta_avanti(utente=coordinatore, azione=azione, nuovo=a, esito="Fatto").stato == a
        else:
            with pytest.raises(Rifiuto, match="Non si può passare"):
                porta_avanti(utente=coordinatore, azione=azione, nuovo=a, esito="Fatto")


def test_chi_la_svolge_la_avvia_e_la_conclude_con_un_esito(azione, persona, altra, coordinatore):
    with giorno(*OGGI):
        with pytest.raises(PermissionDenied):
            porta_avanti(utente=altra, azione=azione, nuovo="in_corso")
        avviata = porta_avanti(utente=persona, azione=azione, nuovo="in_corso")
        assert (avviata.dal, avviata.al) == (date(2023, 6, 1), date(2023, 12, 31))
        with pytest.raises(Rifiuto, match="com'è andata"):
            porta_avanti(utente=persona, azione=azione, nuovo="conclusa")
        with pytest.raises(Rifiuto, match="già cominciata"):
            togli_azione(utente=coordinatore, azione=azione)
        assert porta_avanti(utente=persona, azione=azione, nuovo="conclusa", esito="30 bilanci").al == date(2023, 6, 1)


def test_il_csv_ha_una_riga_per_ciascuno(accordo, impegno, risorsa, azione, parte):
    with giorno(2023, 6, 11):
        righe = list(righe_csv(accordo))
    assert [r[:4] for r in righe[1:]] == [
        ("impegno", str(parte), "Aprire lo sportello", "in ritardo"),
        ("risorsa: Formazione", str(parte), "Aule", "0%"),
        ("azione: Analisi delle competenze che mancano", str(parte), "Bilanci", "Prevista"),
    ]


@pytest.mark.usefixtures("impegno", "risorsa", "azione")
def test_quante_query_con_una_riga_e_con_tre(accordo, coordinatore, parte, django_assert_num_queries):
    nome = str(parte)
    for quante in (1, 3):
        for _n in range(quante - 1):
            aggiungi_impegno(utente=coordinatore, accordo=accordo, parte=parte, testo="Altro")
            dati = {"area": "sociale", "descrizione": "Altro", "unita": "euro", "promesso": Decimal(10)}
            prometti_risorsa(utente=coordinatore, accordo=accordo, parte=parte, **dati)
            aggiungi_azione(utente=coordinatore, accordo=accordo, tipo="promozione", descrizione="A", parti=[parte])
        with django_assert_num_queries(6):
            tutto = vita(accordo)
            assert [str(p) for a in tutto.azioni for p in a.parti.all()] == [nome] * quante


# -- Pages ---------------------------------------------------------------------------


def test_le_quantita_si_leggono_all_italiana(accordo, risorsa, parte, persona, coordinatore, entra):
    """Hours without useless decimals, euros with two: on both pages, in the link to confirm and on the desk."""
    euro = {"area": "sociale", "descrizione": "Sala", "unita": "euro", "promesso": Decimal(8500)}
    sala = prometti_risorsa(utente=coordinatore, accordo=accordo, parte=parte, **euro)
    with giorno(*OGGI):
        conferisci(utente=coordinatore, risorsa=sala, quando=IERI, quantita=Decimal("4250.50"))
        conferisci(utente=persona, risorsa=risorsa, quando=IERI, quantita=Decimal(20))
        della_parte = entra(persona).get(f"/accordi/{accordo.codice}/vita/").text
        dell_ufficio = entra(coordinatore).get(f"/gestione/accordi/{accordo.pk}/vita/").text
        scrivania = [v.titolo for v in voci_scrivania(coordinatore)]
    for frase in ("Dati 0 ore su 120 ore", "Dati 4.250,50 € su 8.500,00 €", "20 ore, 31 maggio 2023"):
        assert frase in della_parte
    for frase in ("0 ore su 120 ore", "4.250,50 € su 8.500,00 €", "Da confermare: 20 ore, 31/05/2023"):
        assert frase in dell_ufficio
    assert "Conferma quanto dato per «Aule»: 20 ore" in scrivania


def test_la_parte_vede_i_suoi_impegni_e_non_quelli_degli_altri(accordo, impegno, persona, altra, entra):
    """R08."""
    url = f"/accordi/{accordo.codice}/vita/"
    assert "Aprire lo sportello" in entra(persona).get(url).content.decode()
    assert "Aprire lo sportello" not in entra(altra).get(url).content.decode()
    assert entra(altra).post(url, {"gesto": f"impegno-{impegno.pk}"}).status_code == 404
    estraneo = enti(1)[0].rappresentanze.get().utente
    assert entra(estraneo).get(url).status_code == 404


def test_dalla_pagina_si_segnala_con_la_prova_e_la_legge_solo_chi_deve(accordo, impegno, persona, altra, entra):
    prova = SimpleUploadedFile("verbale.pdf", b"%PDF-1.7 prova", "application/pdf")
    nome = f"impegno-{impegno.pk}"
    dati = {"gesto": nome, f"{nome}-quando": "2023-05-31", f"{nome}-nota": "Aperto", f"{nome}-prova": prova}
    with giorno(*OGGI):
        assert entra(persona).post(f"/accordi/{accordo.codice}/vita/", dati).status_code == 302
    indirizzo = f"/accordi/{accordo.codice}/prove/{impegno.pk}/"
    assert b"".join(entra(persona).get(indirizzo).streaming_content) == b"%PDF-1.7 prova"
    assert entra(altra).get(indirizzo).status_code == 404


def test_un_file_che_non_e_quel_che_dice_e_rifiutato_e_il_resto_rimane_scritto(accordo, impegno, persona, entra):
    nome = f"impegno-{impegno.pk}"
    falso = SimpleUploadedFile("verbale.pdf", b"MZ programma", "application/pdf")
    dati = {"gesto": nome, f"{nome}-quando": "2023-05-31", f"{nome}-nota": "Aperto a Crema", f"{nome}-prova": falso}
    with giorno(*OGGI):
        pagina = entra(persona).post(f"/accordi/{accordo.codice}/vita/", dati).content.decode()
    assert "Il contenuto del file non corrisponde" in pagina
    assert "Aperto a Crema" in pagina
    assert Impegno.objects.get().adempiuto_il is None


def test_l_ufficio_aggiunge_e_conferma_dalle_sue_pagine(accordo, parte, coordinatore, persona, entra):
    ufficio = entra(coordinatore)
    base = f"/gestione/accordi/{accordo.pk}/vita/"
    dati = {"parte": parte.pk, "testo": "Sportello", "referente": "", "entro": "2023-06-10"}
    assert ufficio.post(f"{base}impegno/", dati).status_code == 302
    impegno = Impegno.objects.get()
    with giorno(*OGGI):
        adempi_impegno(utente=persona, impegno=impegno, quando=IERI, prova=ContentFile(b"%PDF-1", "p.pdf"))
        pagina = ufficio.get(base).content.decode()
        assert f"/gestione/accordi/vita/impegno/{impegno.pk}/conferma/" in pagina
        assert ufficio.post(f"/gestione/accordi/vita/impegno/{impegno.pk}/conferma/").status_code == 302
    impegno.refresh_from_db()
    assert impegno.confermato_il == date(2023, 6, 1)


def test_il_rinnovo_si_offre_finche_non_e_preparato_poi_si_apre(accordo, coordinatore, entra):
    """R13: the page leads to the draft; an old tab's press leads there too."""
    pagina, gesto = f"/gestione/accordi/{accordo.pk}/vita/", f"/gestione/accordi/{accordo.pk}/vita/rinnova/"
    with giorno(*OGGI):
        client = entra(coordinatore)
        assert f'href="{gesto}"' in client.get(pagina).text
        bozza = client.post(gesto).url
        dopo = client.get(pagina).text
        assert (f'href="{gesto}"' in dopo, f'href="{bozza}"' in dopo) == (False, True)
        assert client.post(gesto).url == bozza


@pytest.mark.parametrize(
    ("gesto", "dati", "attesa"),
    [
        ("rinnova", {}, "/gestione/accordi/"),
        ("cambia", {"motivo": "M", "chi": "tutte", "testo": "# A\nB"}, "/gestione/accordi/"),
        ("recesso", {"parte": "1", "comunicato_il": "2023-06-01", "motivo": "M"}, "/vita/"),
        ("risolvi", {"dal": "2023-06-01", "atto": "Det. 1", "motivo": "M"}, "/vita/"),
    ],
)
def test_ogni_gesto_dell_accordo_si_fa_dalla_sua_pagina(accordo, parte, coordinatore, entra, gesto, dati, attesa):
    indirizzo = f"/gestione/accordi/{accordo.pk}/vita/{gesto}/"
    with giorno(*OGGI):
        assert entra(coordinatore).get(indirizzo).status_code == 200
        risposta = entra(coordinatore).post(indirizzo, dati | ({"parte": parte.pk} if "parte" in dati else {}))
    assert (risposta.status_code, attesa in risposta.url) == (302, True)


def test_un_rifiuto_lascia_scritto_quel_che_era_scritto(accordo, parte, coordinatore, entra):
    dati = {"parte": parte.pk, "comunicato_il": "2023-06-01", "efficace_dal": "2023-06-02", "motivo": "Motivo lungo"}
    with giorno(*OGGI):
        pagina = entra(coordinatore).post(f"/gestione/accordi/{accordo.pk}/vita/recesso/", dati).content.decode()
    assert "Con 60 giorni di preavviso il recesso ha effetto dal 31/07/2023" in pagina
    assert "Motivo lungo" in pagina
