"""A host's changes wait for the Province: proposed, joined, withdrawn, accepted, corrected, refused."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errori import Rifiuto
from core.models import Messaggio
from core.registro import righe_di
from punti_informativi import services
from punti_informativi.models import Proposta, PuntoInformativo
from punti_informativi.queries import voci_scrivania
from punti_informativi.queries.proposte import differenze
from punti_informativi.services.proposte import Superata, impronta, partenza_di, proposta_aperta
from punti_informativi.stati import StatoProposta
from tests.contemporanei import insieme
from tests.factories.punti_informativi import OrarioFactory, PuntoFactory, ServizioFactory
from tests.factories.reti import RappresentanzaFactory, SedeFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
POMERIGGIO = {"giorno": 0, "dalle": "14:00", "alle": "17:00", "su_appuntamento": True}


def _proponi(utente, punto, partenza=None, **scritti):
    punto = PuntoInformativo.objects.get(pk=punto.pk)
    return services.proponi_modifica(
        utente=utente, punto=punto, scritti=scritti, partenza=partenza or partenza_di(punto)
    )


def _vista(proposta):
    return impronta(proposta, PuntoInformativo.objects.get(pk=proposta.punto_id))


def _frasi(proposta, punto=None):
    return {
        d.campo: "".join(f"[{p.segno}{p.testo}]" if p.segno else p.testo for p in d.pezzi)
        for d in differenze(proposta, punto)
    }


def test_la_proposta_non_e_pubblica_e_si_vede_parola_per_parola(ospite, punto_ospitato, lunedi):
    OrarioFactory(punto=punto_ospitato)
    PuntoInformativo.objects.filter(pk=punto_ospitato.pk).update(descrizione="Ti aiutiamo a cercare lavoro.")
    proposta = _proponi(
        ospite.utente, punto_ospitato, descrizione="Ti aiutiamo a trovare lavoro.", orari=[POMERIGGIO], a_distanza=True
    )
    punto = PuntoInformativo.objects.get(pk=punto_ospitato.pk)
    assert (punto.descrizione, punto.orari.count()) == ("Ti aiutiamo a cercare lavoro.", 1)
    assert _frasi(proposta) == {
        "descrizione": "Ti aiutiamo a [−cercare][+trovare] lavoro.",
        "orari": "[−lunedì 9–12:30\n][+lunedì 14–17 (su appuntamento)\n]",
        "a_distanza": "[−no][+sì]",
    }
    assert righe_di(punto).last().dati == {
        "campi": ["a_distanza", "descrizione", "orari"],
        "proposta": proposta.pk,
    }


def test_una_seconda_proposta_si_unisce_alla_prima_campo_per_campo(ospite, punto_ospitato):
    altro = RappresentanzaFactory(soggetto=ospite.soggetto).utente
    insieme = partenza_di(punto_ospitato)
    _proponi(ospite.utente, punto_ospitato, insieme, telefono="1")
    _proponi(altro, punto_ospitato, insieme, email="a@b.example", telefono="")
    assert Proposta.objects.get().dopo == {"telefono": "1", "email": "a@b.example"}
    with pytest.raises(Superata, match=r"Intanto .* ha proposto altro per: telefono"):
        _proponi(ospite.utente, punto_ospitato, insieme, telefono="2")
    assert Proposta.objects.get().dopo["telefono"] == "1"


def test_correggere_una_proposta_gia_decisa_lo_dice(ospite, punto_ospitato, coordinatore):
    proposta = _proponi(ospite.utente, punto_ospitato, telefono="1")
    partenza = partenza_di(punto_ospitato)
    services.respingi_proposta(utente=coordinatore, proposta=proposta, vista=_vista(proposta), motivo="No")
    with pytest.raises(Superata, match=r"è stata chiusa \(respinta\)"):
        _proponi(ospite.utente, punto_ospitato, partenza, telefono="1")


def test_tornare_ai_valori_pubblici_ritira_la_proposta(ospite, punto_ospitato):
    _proponi(ospite.utente, punto_ospitato, telefono="1")
    assert _proponi(ospite.utente, punto_ospitato, telefono="") is None
    assert Proposta.objects.get().stato == StatoProposta.RITIRATA


def test_accogliere_pubblica_annota_e_avvisa(ospite, punto_ospitato, coordinatore, lunedi):
    nuovo = ServizioFactory(slug="curriculum")
    proposta = _proponi(ospite.utente, punto_ospitato, telefono="1", servizi=[nuovo.slug])
    services.accogli_proposta(utente=coordinatore, proposta=proposta, vista=_vista(proposta))
    punto = PuntoInformativo.objects.get(pk=punto_ospitato.pk)
    assert (punto.telefono, list(punto.servizi.all()), punto.live) == ("1", [nuovo], True)
    dati = {r.azione: r.dati for r in righe_di(punto)}
    assert dati["punto_modificato"] == {"campi": ["servizi", "telefono"], "proposta": proposta.pk, "corretti": []}
    mail = Messaggio.objects.get()
    assert (mail.destinatario, mail.oggetto) == (ospite.utente.email, "Modifiche accolte: «Sportello Lavoro»")
    with pytest.raises(Rifiuto, match=r"non è più in attesa \(accolta\)"):
        services.respingi_proposta(utente=coordinatore, proposta=proposta, vista="", motivo="x")


def test_se_il_punto_e_cambiato_il_moderatore_vede_il_conflitto_e_decide_di_nuovo(ospite, punto_ospitato, coordinatore):
    proposta = _proponi(ospite.utente, punto_ospitato, telefono="1", email="a@b.example")
    vista = _vista(proposta)
    services.modifica_punto(utente=coordinatore, punto=punto_ospitato, valori={"telefono": "2"})
    with pytest.raises(Rifiuto, match="rileggi le differenze"):
        services.accogli_proposta(utente=coordinatore, proposta=proposta, vista=vista)
    punto = PuntoInformativo.objects.get(pk=punto_ospitato.pk)
    assert {d.campo: d.pagina for d in differenze(proposta, punto)} == {"telefono": "2", "email": ""}
    services.accogli_proposta(
        utente=coordinatore, proposta=proposta, vista=_vista(proposta), correzioni={"telefono": "2"}
    )
    punto.refresh_from_db()
    assert (punto.telefono, punto.email) == ("2", "a@b.example")
    assert "Prima di pubblicare ha corretto: telefono." in Messaggio.objects.get().testo


def test_la_bozza_della_provincia_con_un_altro_testo_e_un_conflitto(ospite, punto_ospitato):
    punto = PuntoInformativo.objects.get(pk=punto_ospitato.pk)
    punto.telefono = "3"
    punto.save_revision()
    proposta = _proponi(ospite.utente, punto_ospitato, telefono="1")
    punto = PuntoInformativo.objects.get(pk=punto_ospitato.pk)
    assert [(d.campo, d.pagina, d.bozza) for d in differenze(proposta, punto)] == [("telefono", "", "3")]


def test_nessuno_decide_la_propria_ne_quella_fuori_dal_suo_ruolo(ospite, punto_ospitato):
    proposta = _proponi(ospite.utente, punto_ospitato, telefono="1")
    for utente in (ospite.utente, UtenteFactory(ruolo="revisore"), UtenteFactory(ruolo="operatore_cpi")):
        with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
            services.accogli_proposta(utente=utente, proposta=proposta, vista=_vista(proposta))
    ospite.utente.ruolo = "coordinatore"
    ospite.utente.save()
    with pytest.raises(PermissionDenied, match="Questa proposta è tua"):
        services.accogli_proposta(utente=ospite.utente, proposta=proposta, vista=_vista(proposta))


def test_non_si_propone_ne_si_corregge_fuori_dall_elenco(ospite, punto_ospitato, coordinatore):
    with pytest.raises(PermissionDenied, match="Campi non modificabili: nome, stato"):
        _proponi(ospite.utente, punto_ospitato, nome="x", stato="attivo")
    proposta = _proponi(ospite.utente, punto_ospitato, telefono="1")
    with pytest.raises(PermissionDenied, match="fuori dalla proposta: email"):
        services.accogli_proposta(
            utente=coordinatore, proposta=proposta, vista=_vista(proposta), correzioni={"email": "z@b.example"}
        )


def test_un_altro_ente_non_trova_ne_ritira_la_proposta(entra, ospite, punto_ospitato):
    _proponi(ospite.utente, punto_ospitato, telefono="1")
    estraneo = RappresentanzaFactory().utente
    with pytest.raises(PermissionDenied, match="Serve il potere"):
        services.ritira_proposta(utente=estraneo, punto=punto_ospitato)
    client, indirizzo = entra(estraneo), reverse("punti:proposta", args=[punto_ospitato.slug])
    assert (client.get(indirizzo).status_code, client.post(indirizzo).status_code) == (404, 404)


def test_il_coordinatore_non_ritira_e_il_suo_modulo_non_mostra_la_proposta(entra, ospite, punto_ospitato, coordinatore):
    _proponi(ospite.utente, punto_ospitato, telefono="0372 5")
    client = entra(coordinatore)
    assert client.post(reverse("punti:proposta", args=[punto_ospitato.slug])).status_code == 403
    modulo = client.get(reverse("punti:modifica", args=[punto_ospitato.slug])).content.decode()
    assert "0372 5" not in modulo
    assert proposta_aperta(punto_ospitato).dopo == {"telefono": "0372 5"}


def test_un_punto_che_cessa_non_lascia_proposte_in_attesa(ospite, punto_ospitato, coordinatore):
    _proponi(ospite.utente, punto_ospitato, telefono="1")
    services.cessa_punto(utente=coordinatore, punto=punto_ospitato, motivo="Trasloco")
    proposta = Proposta.objects.get()
    assert (proposta.stato, proposta.motivo) == (StatoProposta.RESPINTA, "Il punto è cessato.")


def test_dal_modulo_alla_pagina_pubblica(entra, ospite, punto_ospitato, coordinatore, lunedi):
    """The whole way by the screens, without JavaScript; HTML in a text stays text."""
    client = entra(ospite.utente)
    indirizzo = reverse("punti:modifica", args=[punto_ospitato.slug])
    partenza = client.get(indirizzo).context["partenza"]
    dati = {
        "accessibilita": "completa",
        "servizi": [s.pk for s in punto_ospitato.servizi.all()],
        "descrizione": "<b>Vieni</b>\r\ncon calma",
        "messaggio": "Da lunedì",
        "partenza": partenza,
        "orari-TOTAL_FORMS": "0",
        "orari-INITIAL_FORMS": "0",
    }
    assert client.post(indirizzo, dati).url == reverse("punti:proposta", args=[punto_ospitato.slug])
    proposta = proposta_aperta(punto_ospitato)
    assert proposta.dopo == {"descrizione": "<b>Vieni</b>\ncon calma", "accessibilita": "completa"}
    vista = client.get(reverse("punti:proposta", args=[punto_ospitato.slug])).content.decode()
    assert "&lt;b&gt;Vieni&lt;/b&gt;" in vista
    assert "Modifiche in attesa della Provincia" in client.get(reverse("punti:miei")).content.decode()
    assert [v.titolo for v in voci_scrivania(coordinatore)] == ["Leggi le modifiche proposte a «Sportello Lavoro»"]
    client, decidi = entra(coordinatore), reverse("punti_proposta", args=[proposta.pk])
    assert decidi in client.get(reverse("punti_scheda", args=[punto_ospitato.pk])).content.decode()
    pagina = client.get(decidi)
    assert "&lt;b&gt;Vieni&lt;/b&gt;" in pagina.content.decode()
    corretto = {
        "gesto": "correggi",
        "vista": pagina.context["vista"],
        "correggi-descrizione": "Vieni con calma",
        "correggi-accessibilita": "completa",
    }
    assert client.post(decidi, corretto | {"vista": "vecchia"}).status_code == 200
    assert client.post(decidi, corretto).url == reverse("punti_proposte")
    assert PuntoInformativo.objects.get(pk=punto_ospitato.pk).descrizione == "Vieni con calma"
    assert proposta.punto.nome in client.get(reverse("punti_proposte")).content.decode()
    assert "modifiche accolte" in client.get(reverse("punti_scheda", args=[punto_ospitato.pk])).content.decode()


def test_una_partenza_ritoccata_non_vale(entra, ospite, punto_ospitato):
    """What the host claims to have seen is signed, for its point alone; else the page of now counts."""
    client = entra(ospite.utente)
    altro = PuntoFactory(attivo=True, sede=SedeFactory(soggetto=ospite.soggetto, nome="Altra"), telefono="9")
    partenza = client.get(reverse("punti:modifica", args=[altro.slug])).context["partenza"]
    dati = {
        "accessibilita": "non_nota",
        "servizi": [s.pk for s in punto_ospitato.servizi.all()],
        "telefono": "1",
        "orari-TOTAL_FORMS": "0",
        "orari-INITIAL_FORMS": "0",
    }
    client.post(reverse("punti:modifica", args=[punto_ospitato.slug]), dati | {"partenza": partenza})
    proposta = Proposta.objects.get()
    assert (proposta.prima, proposta.dopo) == ({"telefono": ""}, {"telefono": "1"})


def test_respingere_chiede_il_motivo_e_l_ospite_lo_legge(entra, ospite, punto_ospitato, coordinatore):
    proposta = _proponi(ospite.utente, punto_ospitato, telefono="1")
    client, decidi = entra(coordinatore), reverse("punti_proposta", args=[proposta.pk])
    senza = {"gesto": "respingi", "vista": _vista(proposta), "respingi-testo": ""}
    assert client.post(decidi, senza).context["rifiuto"].errors == {"testo": ["Questo campo è obbligatorio."]}
    client.post(decidi, senza | {"respingi-testo": "Numero sbagliato"})
    assert "Motivo: Numero sbagliato" in Messaggio.objects.get().testo
    client = entra(ospite.utente)
    assert "Numero sbagliato" in client.get(reverse("punti:proposta", args=[punto_ospitato.slug])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_due_proposte_nello_stesso_istante_diventano_una(lunedi):
    """The open proposal is one: the second joins the first, and a field of both is refused with a sentence."""
    punto = PuntoFactory(attivo=True)
    uno, due = (RappresentanzaFactory(soggetto=punto.soggetto).utente for _n in range(2))
    partenza = partenza_di(punto)
    esiti = insieme(
        lambda: _proponi(uno, punto, partenza, telefono="1", email="a@b.example"),
        lambda: _proponi(due, punto, partenza, telefono="2", cosa_portare="Un documento"),
    )
    (rifiutata,) = (e for e in esiti if isinstance(e, Exception))
    assert isinstance(rifiutata, Superata)
    assert Proposta.objects.get().dopo in (
        {"telefono": "1", "email": "a@b.example"},
        {"telefono": "2", "cosa_portare": "Un documento"},
    )


@pytest.mark.django_db(transaction=True)
def test_due_decisioni_nello_stesso_istante_ne_vale_una(lunedi):
    punto = PuntoFactory(attivo=True)
    proposta = _proponi(RappresentanzaFactory(soggetto=punto.soggetto).utente, punto, telefono="1")
    uno, due = (UtenteFactory(ruolo="coordinatore") for _n in range(2))
    vista = _vista(proposta)
    esiti = insieme(
        lambda: services.accogli_proposta(utente=uno, proposta=proposta, vista=vista),
        lambda: services.respingi_proposta(utente=due, proposta=proposta, vista=vista, motivo="No"),
    )
    (rifiutata,) = (e for e in esiti if isinstance(e, Exception))
    assert isinstance(rifiutata, Rifiuto)
    punto.refresh_from_db()
    stato = Proposta.objects.get().stato
    assert (stato, punto.telefono) in {(StatoProposta.ACCOLTA, "1"), (StatoProposta.RESPINTA, "")}


@pytest.mark.parametrize("quanti", [1, 3])
def test_i_miei_punti_in_un_numero_fisso_di_query(entra, ospite, quanti, django_assert_num_queries):
    for n in range(quanti):
        punto = PuntoFactory(attivo=True, sede=SedeFactory(soggetto=ospite.soggetto, nome=f"Sede {n}"))
        _proponi(ospite.utente, punto, telefono="1")
    client = entra(ospite.utente)
    client.get(reverse("punti:miei"))
    with django_assert_num_queries(15):
        client.get(reverse("punti:miei"))


def test_un_punto_che_passa_a_un_altro_ospite_non_porta_con_se_la_proposta_del_primo(
    ospite, punto_ospitato, coordinatore
):
    """Nor the hours of the first: it has its own again (R34)."""
    PuntoInformativo.objects.filter(pk=punto_ospitato.pk).update(orari_dell_ospite=True)
    proposta = _proponi(ospite.utente, punto_ospitato, telefono="0372 1")
    punto = PuntoInformativo.objects.get(pk=punto_ospitato.pk)
    punto.save_revision(user=coordinatore).publish(user=coordinatore)
    proposta.refresh_from_db()
    assert proposta.stato == StatoProposta.IN_ATTESA
    assert PuntoInformativo.objects.get(pk=punto.pk).orari_dell_ospite
    nuova = SedeFactory()
    punto.sede, punto.soggetto = nuova, nuova.soggetto
    punto.save_revision(user=coordinatore).publish(user=coordinatore)
    proposta.refresh_from_db()
    assert (proposta.stato, proposta.motivo) == (StatoProposta.RESPINTA, "Il punto è passato a un altro ospite.")
    assert proposta.decisa_da == coordinatore
    assert not PuntoInformativo.objects.get(pk=punto.pk).orari_dell_ospite
