"""The partner's pages, the coordinator's examination and their desks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accordi.models import Istanza
from accordi.queries.area import voci_area
from accordi.queries.istanze import voci_scrivania
from accordi.stati import StatoIstanza
from accordi.views.passi_istanza import modalita_di
from core.archivio import impronta
from tests.factories.accordi import AvvisoFactory, IstanzaFactory, ProtocolloFactory, SospensioneFactory
from tests.factories.reti import AccreditamentoFactory, RappresentanzaFactory, SedeFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(rappresentante, entra):
    """A client signed in as the legal representative of a body."""
    return entra(rappresentante.utente)


@pytest.fixture
def bozza(rappresentante):
    return IstanzaFactory(capofila=rappresentante.soggetto)


def messaggi(risposta) -> list[str]:
    return [str(m) for m in risposta.context["messages"]]


def test_dall_avviso_alla_ricevuta(partner, rappresentante, provincia):
    """R06 R07 R08 R09"""
    avviso = AvvisoFactory(regola_composizione={"minimo": 2})
    altro = SoggettoFactory(denominazione="Cooperativa Girasole", slug="girasole")
    partner.post(reverse("accordi:candidatura", args=[avviso.slug]), {"soggetto": rappresentante.soggetto.slug})
    istanza = Istanza.objects.get()
    url = istanza.get_absolute_url()
    assert "ne servono almeno 2" in partner.get(url).text

    scritto = {"motivazione": "Ci siamo.", "dichiarazione_poteri": "on"}
    risposta = partner.post(url, scritto | {"azione": "presenta"}, follow=True)
    assert messaggi(risposta) == ["La rete ha un solo soggetto e ne servono almeno 2: aggiungi chi manca."]

    risposta = partner.post(url, scritto | {"azione": "cerca", "cerca": "GIRASOLE"}, follow=True)
    assert risposta.context["trovati"] == [altro]
    risposta = partner.post(url, scritto | {"azione": "aggiungi:girasole"}, follow=True)
    assert messaggi(risposta) == ["Cooperativa Girasole è nella rete: riceve l'invito a confermare."]
    manca = "Cooperativa Girasole non ha ancora confermato la sua parte: lo fa dalla sua area riservata."
    risposta = partner.post(url, scritto | {"azione": "presenta"}, follow=True)
    assert messaggi(risposta) == [manca]
    istanza.partecipanti.filter(soggetto=altro).update(conferma="confermata")
    risposta = partner.post(url, scritto | {"azione": "presenta"}, follow=True)
    istanza.refresh_from_db()
    assert messaggi(risposta) == ["Istanza presentata: qui sotto trovi la ricevuta con il numero di protocollo."]
    assert (istanza.stato, istanza.protocollo.numero, istanza.motivazione) == ("presentata", 1, "Ci siamo.")
    assert str(istanza.protocollo) in risposta.text
    assert istanza.protocollo.impronta in risposta.text
    registrato = partner.get(reverse("accordi:istanza_testo", args=[istanza.codice]))
    assert impronta(registrato.content) == istanza.protocollo.impronta

    risposta = partner.post(url, scritto | {"azione": "presenta"}, follow=True)
    assert messaggi(risposta) == [f"L'istanza è già stata presentata: protocollo {istanza.protocollo}."]


def test_ogni_bottone_salva_quello_che_si_era_scritto(partner, bozza):
    altro = SoggettoFactory()
    for azione in ("cerca", f"aggiungi:{altro.slug}", f"togli:{altro.slug}", "salva"):
        partner.post(bozza.get_absolute_url(), {"motivazione": f"Testo di {azione}", "azione": azione})
        bozza.refresh_from_db()
        assert bozza.motivazione == f"Testo di {azione}"


def test_la_dichiarazione_sulla_dote_compare_solo_se_l_avviso_la_chiede(partner, rappresentante):
    regola = {"ruoli": [{"nome": "operatore", "dichiarazione": "dote"}]}
    con = IstanzaFactory(capofila=rappresentante.soggetto, avviso__regola_composizione=regola)
    senza = IstanzaFactory(capofila=rappresentante.soggetto)
    assert "dichiarazione_dote" in partner.get(con.get_absolute_url()).context["form"].fields
    assert "dichiarazione_dote" not in partner.get(senza.get_absolute_url()).context["form"].fields
    partner.post(con.get_absolute_url(), {"motivazione": "x", "dichiarazione_dote": "on", "azione": "salva"})
    con.refresh_from_db()
    assert con.dichiarazione_dote is True


@pytest.mark.parametrize("nome", ["istanza", "istanza_testo"])
@pytest.mark.parametrize("stato", [StatoIstanza.BOZZA, StatoIstanza.PRESENTATA])
def test_un_altro_partner_non_sa_nemmeno_che_l_istanza_esiste(entra, nome, stato):
    """R08"""
    istanza = IstanzaFactory(stato=stato, protocollo=ProtocolloFactory(), testo_presentato="ISTANZA")
    risposta = entra(RappresentanzaFactory().utente).get(reverse(f"accordi:{nome}", args=[istanza.codice]))
    assert (risposta.status_code, istanza.capofila.denominazione in risposta.text) == (404, False)


@pytest.mark.parametrize("nome", ["istanza_elimina", "istanza_integrazione", "istanza_ritiro", "istanza"])
def test_un_altro_partner_non_puo_nulla_sull_istanza(entra, nome):
    istanza = IstanzaFactory(presentata=True)
    risposta = entra(RappresentanzaFactory().utente).post(reverse(f"accordi:{nome}", args=[istanza.codice]))
    assert risposta.status_code == 404
    istanza.refresh_from_db()
    assert istanza.stato == "presentata"


def test_chi_partecipa_legge_bozza_e_istanza_e_non_le_tocca(entra):
    """R08"""
    partecipante = RappresentanzaFactory()
    bozza, presentata = IstanzaFactory(), IstanzaFactory(presentata=True)
    for istanza in (bozza, presentata):
        istanza.partecipanti.create(soggetto=partecipante.soggetto)
    client = entra(partecipante.utente)
    pagina = client.get(bozza.get_absolute_url())
    assert pagina.context["puo_gestire"] is False
    assert f"Conferma la parte di {partecipante.soggetto}" in pagina.text
    assert client.post(bozza.get_absolute_url(), {"motivazione": "x"}).status_code == 403
    risposta = client.get(presentata.get_absolute_url())
    assert (risposta.context["puo_ritirare"], risposta.context["puo_integrare"]) == (False, False)
    assert client.post(reverse("accordi:istanza_ritiro", args=[presentata.codice])).status_code == 403


def test_chi_non_puo_presentare_legge_la_bozza_ma_non_la_cambia(entra):
    referente = RappresentanzaFactory(puo_presentare=False)
    bozza = IstanzaFactory(capofila=referente.soggetto)
    client = entra(referente.utente)
    assert "Puoi leggere la bozza ma non modificarla" in client.get(bozza.get_absolute_url()).text
    assert client.post(bozza.get_absolute_url(), {"motivazione": "x"}).status_code == 403


def test_chi_ha_gia_presentato_finisce_sulla_sua_istanza(partner, rappresentante):
    prima = IstanzaFactory(capofila=rappresentante.soggetto, presentata=True)
    indirizzo = reverse("accordi:candidatura", args=[prima.avviso.slug])
    risposta = partner.post(indirizzo, {"soggetto": prima.capofila.slug}, follow=True)
    assert risposta.redirect_chain == [(prima.get_absolute_url(), 302)]
    assert messaggi(risposta) == [
        f"Hai già presentato l'istanza per questo avviso: protocollo {prima.protocollo}. Aspetta l'esito, oppure "
        "ritirala e presentane un'altra prima che l'avviso chiuda."
    ]


def test_non_si_risponde_per_un_soggetto_altrui(partner):
    avviso, altro = AvvisoFactory(), SoggettoFactory()
    risposta = partner.post(reverse("accordi:candidatura", args=[avviso.slug]), {"soggetto": altro.slug})
    assert "Scegli un&#x27;opzione valida" in risposta.text
    assert not Istanza.objects.exists()


def test_senza_poteri_la_pagina_dice_che_cosa_fare(entra):
    risposta = entra(UtenteFactory()).get(reverse("accordi:candidatura", args=[AvvisoFactory().slug]))
    assert "Chiedi alla Provincia di registrare i tuoi poteri" in risposta.text


def test_l_anonimo_va_alla_pagina_di_accesso(client):
    for nome, argomenti in [("istanze", []), ("istanza", ["x"]), ("candidatura", [AvvisoFactory().slug])]:
        url = reverse(f"accordi:{nome}", args=argomenti)
        assert client.get(url).url == f"/accesso/login/?next={url}"


def test_la_modalita_e_quella_della_sessione(rf, db):
    """R06: by SPID or CIE, of this very person."""
    richiesta, altra = rf.get("/"), UtenteFactory()
    richiesta.user = UtenteFactory()
    for metodi, chi, attesa in [
        ([], richiesta.user, "credenziali"),
        ([{"method": "password"}], richiesta.user, "credenziali"),
        ([{"method": "socialaccount", "provider": "google"}], richiesta.user, "credenziali"),
        ([{"method": "socialaccount", "provider": "spid"}], richiesta.user, "identita_digitale"),
        ([{"method": "socialaccount", "provider": "spid"}], altra, "credenziali"),
    ]:
        richiesta.session = {
            "account_authentication_methods": metodi,
            "account_authentication_methods_user": str(chi.pk),
        }
        assert modalita_di(richiesta) == attesa


def test_il_partner_risponde_all_integrazione_e_poi_si_ritira(partner, rappresentante):
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, integrazione=True)
    SospensioneFactory(istanza=istanza, richiesta="Manca lo statuto.")
    assert "Manca lo statuto." in partner.get(istanza.get_absolute_url()).text
    url = reverse("accordi:istanza_integrazione", args=[istanza.codice])
    assert partner.post(url, {"risposta": ""}).context["risposta_form"].errors == {
        "risposta": ["Questo campo è obbligatorio."]
    }
    partner.post(url, {"risposta": "Eccolo."})
    istanza.refresh_from_db()
    assert istanza.stato == "istruttoria"
    ritiro = reverse("accordi:istanza_ritiro", args=[istanza.codice])
    pagina = partner.post(ritiro, {"motivi": "Ripensamento"}).content.decode()
    assert "Per ritirare l&#x27;istanza spunta la casella" in pagina
    assert "Ripensamento</textarea>" in pagina
    istanza.refresh_from_db()
    assert istanza.stato != StatoIstanza.RITIRATA
    partner.post(ritiro, {"motivi": "Ripensamento", "certo": "on"})
    istanza.refresh_from_db()
    assert (istanza.stato, istanza.esito_motivi) == ("ritirata", "Ripensamento")


@pytest.mark.parametrize("pagina", ["accordi:istanze", "accordi_istanze:index"])
def test_le_interrogazioni_degli_elenchi_non_crescono_con_le_righe(
    pagina, entra, coordinatore, rappresentante, django_assert_max_num_queries
):
    client = entra(coordinatore if "index" in pagina else rappresentante.utente)
    IstanzaFactory(capofila=rappresentante.soggetto, presentata=True)
    client.get(reverse(pagina))
    with django_assert_max_num_queries(60) as una:
        client.get(reverse(pagina))
    IstanzaFactory.create_batch(2, capofila=rappresentante.soggetto, presentata=True)
    with django_assert_max_num_queries(len(una)):
        assert str(rappresentante.soggetto) in client.get(reverse(pagina)).text


def test_il_coordinatore_istruisce_dalla_gestione(entra, coordinatore, provincia, rappresentante):
    istanza = IstanzaFactory(capofila=rappresentante.soggetto, presentata=True)
    client = entra(coordinatore)
    pagina = client.get(reverse("accordi_istanze:istruttoria", args=[istanza.pk]))
    assert [m["nome"] for m in pagina.context["moduli"]] == ["prendi-in-carico"]
    client.post(reverse("accordi_istanze:prendi_in_carico", args=[istanza.pk]))
    pagina = client.get(reverse("accordi_istanze:istruttoria", args=[istanza.pk]))
    assert [m["nome"] for m in pagina.context["moduli"]] == ["chiedi-integrazione", "ammetti", "preavvisa-rigetto"]
    vuota = client.post(reverse("accordi_istanze:preavvisa_rigetto", args=[istanza.pk]), {})
    assert "Questo campo è obbligatorio." in vuota.text
    client.post(reverse("accordi_istanze:ammetti", args=[istanza.pk]), {"ammetti-motivi": "Tutto in regola."})
    istanza.refresh_from_db()
    assert (istanza.stato, istanza.esito_motivi, istanza.accordo.stato) == ("ammessa", "Tutto in regola.", "bozza")


def test_un_rifiuto_dell_istruttoria_non_perde_quello_che_si_era_scritto(entra, coordinatore):
    istanza = IstanzaFactory(ammessa=True)
    risposta = entra(coordinatore).post(
        reverse("accordi_istanze:chiedi_integrazione", args=[istanza.pk]),
        {"chiedi-integrazione-richiesta": "Manca la visura camerale aggiornata."},
    )
    assert "Non si può passare da «Ammessa» a «In attesa di integrazione»." in risposta.text
    assert "Manca la visura camerale aggiornata." in risposta.text


@pytest.mark.parametrize("ruolo", ["operatore_cpi", "revisore"])
def test_chi_legge_tutto_vede_l_istruttoria_e_non_decide(entra, ruolo):
    istanza = IstanzaFactory(istruttoria=True)
    client = entra(UtenteFactory(ruolo=ruolo))
    assert client.get(reverse("accordi_istanze:istruttoria", args=[istanza.pk])).context["moduli"] == []
    client.post(reverse("accordi_istanze:respingi", args=[istanza.pk]), {"respingi-motivi": "x"})
    istanza.refresh_from_db()
    assert istanza.stato == "istruttoria"


def test_la_gestione_non_mostra_le_bozze_ne_si_apre_ai_partner(entra, coordinatore, rappresentante):
    bozza = IstanzaFactory()
    url = reverse("accordi_istanze:istruttoria", args=[bozza.pk])
    assert entra(coordinatore).get(url).status_code == 404
    assert entra(rappresentante.utente).get(url).status_code == 302


def test_la_scrivania_del_coordinatore_ordina_per_termine_e_dice_i_ritardi(coordinatore, orologio):
    """R01"""
    with orologio(datetime(2023, 4, 1, 9, tzinfo=UTC)):
        for giorni in (31, 25, 3):
            quando = datetime(2023, 4, 1, 9, tzinfo=UTC) - timedelta(days=giorni)
            IstanzaFactory(presentata=True, protocollo=ProtocolloFactory(registrato_il=quando))
        voci = sorted(voci_scrivania(coordinatore), key=lambda v: (v.urgenza, v.entro))
    assert [(v.urgenza, f"{v.entro:%d/%m}", v.dettaglio.split(". ")[1]) for v in voci] == [
        (0, "31/03", "Giorno 31 di 30."),
        (1, "06/04", "Giorno 25 di 30."),
        (2, "28/04", "Giorno 3 di 30."),
    ]


def test_la_scrivania_del_partner_ricorda_bozze_e_integrazioni(rappresentante, orologio):
    capofila, chiude = rappresentante.soggetto, datetime(2023, 3, 10, 11, tzinfo=UTC)
    IstanzaFactory(capofila=capofila, avviso__titolo="Vicino", avviso__chiude=chiude)
    IstanzaFactory(capofila=capofila, avviso__titolo="Lontano")
    IstanzaFactory(capofila=capofila, avviso__titolo="Scaduto", avviso__chiude=datetime(2023, 3, 1, tzinfo=UTC))
    IstanzaFactory(capofila=capofila, avviso__titolo="Integra", integrazione=True)
    IstanzaFactory(avviso__titolo="Di altri", integrazione=True)
    with orologio(datetime(2023, 3, 5, 9, tzinfo=UTC)):
        voci = {v.titolo: v.urgenza for v in voci_scrivania(rappresentante.utente)}
    assert voci == {
        "Completa l'istanza: Vicino": 1,
        "Completa l'istanza: Lontano": 2,
        "Rispondi alla richiesta di integrazione: Integra": 1,
    }
    assert [v.titolo for v in voci_area(rappresentante.utente)] == ["Le mie istanze", "I miei accordi"]
    assert voci_scrivania(UtenteFactory(ruolo="revisore")) == []


def test_la_ricerca_trova_per_nome_e_per_comune_senza_doppioni(partner, bozza):
    trovato = SedeFactory(soggetto__denominazione="Consorzio Lago", comune__nome="Crema").soggetto
    SedeFactory(soggetto=trovato, nome="Altra sede", comune__nome="Crema alta")
    AccreditamentoFactory()
    for cerca in ("consorzio", "crema", "lago crema"):
        assert partner.get(bozza.get_absolute_url(), {"cerca": cerca}).context["trovati"] == [trovato]
    assert "Nessun soggetto risponde a «zzz»" in partner.get(bozza.get_absolute_url(), {"cerca": "zzz"}).text
