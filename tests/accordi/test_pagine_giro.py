"""The signing round on screen: the table on the draft, the row of documents to sign, identity and opening."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accordi.models import Accordo, Firma
from accordi.services.accordi import crea_accordo_libero
from accordi.services.testi import congela_testo, ritira_testo
from core.models import Messaggio
from core.orologio import fermo
from tests.accordi.conftest import GIORNO
from tests.accordi.test_firme import firma
from tests.accordi.test_pagine_accordi import apri, dati
from tests.factories.reti import RappresentanzaFactory


def campi(accordo, *posti):
    """The table's fields: (order, stage, level) for each party as printed."""
    nomi = ("ordine", "stadio", "livello")
    parti = zip(accordo.parti.all(), posti, strict=True)
    return {f"{n}_{p.pk}": v for p, posto in parti for n, v in zip(nomi, posto, strict=True)}


def test_il_coordinatore_decide_il_giro_senza_javascript(bozza, coordinatore, entra):
    client = entra(coordinatore)
    indirizzo = f"/gestione/accordi/{bozza.pk}/giro/"
    pagina = client.get(indirizzo).text
    assert 'aria-label="Stadio di Provincia di Cremona"' in pagina
    assert "L'accordo chiede una firma elettronica semplice con sigillo della piattaforma." in pagina
    doppio = client.post(indirizzo, campi(bozza, (1, 1, ""), (1, 2, "qualificata"))).text
    assert "Due parti hanno lo stesso ordine" in doppio
    assert '<option value="qualificata" selected>' in doppio
    dopo = client.post(indirizzo, campi(bozza, (2, 1, ""), (1, 2, "qualificata")))
    assert dopo["Location"] == f"/gestione/accordi/{bozza.pk}/"
    assert list(bozza.parti.values_list("stadio", "livello")) == [(2, "qualificata"), (1, "")]


def test_a_chi_e_chiesta_una_firma_digitale_la_pagina_lo_dice(bozza, coordinatore, firmatari, entra):
    """Level by party: the simple one is offered to nobody who owes more."""
    bozza.parti.filter(ordine=2).update(livello="qualificata")
    congela_testo(utente=coordinatore, accordo=bozza)
    pagina = entra(firmatari[1]).get(f"/accordi/{bozza.codice}/firma/1/").text
    assert "serve una firma digitale o qualificata: qui la firma è semplice e non basta." in pagina
    assert "Conferma e firma" not in pagina


def test_chi_non_e_di_turno_vede_chi_aspetta(in_firma, firmatari, rappresentante, entra):
    parte = in_firma.parti.first()
    pagina = entra(firmatari[0]).get(f"/gestione/accordi/firma/{parte.pk}/").text
    assert (
        f"Non è ancora il turno di Provincia di Cremona: prima serve la firma di {rappresentante.soggetto}." in pagina
    )
    pagina = entra(firmatari[1]).get(f"/accordi/{in_firma.codice}/").text
    assert "Riceve l'invito quando hanno firmato tutte le parti che vengono prima." in pagina


def test_l_invito_si_manda_di_nuovo_con_un_pulsante(in_firma, coordinatore, entra):
    client = entra(coordinatore)
    indirizzo = f"/gestione/accordi/parti/{in_firma.parti.last().pk}/invita/"
    assert f'action="{indirizzo}"' in client.get(f"/gestione/accordi/{in_firma.pk}/").text
    assert "Invito mandato di nuovo a chi può firmare oggi" in client.post(indirizzo, follow=True).text
    assert "ha già ricevuto un messaggio oggi" in client.post(indirizzo, follow=True).text
    assert Messaggio.objects.filter(oggetto="Manca la tua firma: Collaborazione di prova").count() == 1


@pytest.fixture
def tre_da_firmare(in_firma, firmatari, coordinatore, rappresentante) -> list[Accordo]:
    """Three agreements that only the Province still has to sign, oldest first."""
    firma(firmatari[1], in_firma.parti.last())
    accordi = [in_firma]
    for n in (1, 2):
        with fermo(GIORNO.replace(minute=n)):
            altro = crea_accordo_libero(
                utente=coordinatore,
                tipo="collaborazione",
                titolo=f"Altro {n}",
                testo="X",
                parti=[rappresentante.soggetto],
            )
            Accordo.objects.filter(pk=altro.pk).update(determina_numero="1", determina_data="2023-03-01")
            congela_testo(utente=coordinatore, accordo=altro)
            firma(firmatari[1], altro.parti.last())
        accordi.append(altro)
    return accordi


def test_il_dirigente_firma_in_fila_uno_per_uno(tre_da_firmare, firmatari, entra):
    """Each is opened and has its own code; after a signature the next is on screen, and the one skipped comes back."""
    client = entra(firmatari[0])
    provincia = [a.parti.first().pk for a in tre_da_firmare]
    pagina = client.get("/gestione/accordi/da-firmare/").text
    assert "Ci sono 3 accordi che aspettano la tua firma." in pagina
    assert f'class="button" href="/gestione/accordi/firma/{provincia[0]}/"' in pagina
    assert "2 di 3 che aspettano la tua firma." in client.get(f"/gestione/accordi/firma/{provincia[1]}/").text
    for minuto, n, poi in ((3, 1, f"firma/{provincia[2]}/"), (4, 2, f"firma/{provincia[0]}/")):
        with fermo(GIORNO.replace(minute=minuto)):
            indirizzo = f"/gestione/accordi/firma/{provincia[n]}/"
            chiuso = client.post(indirizzo, dati(tre_da_firmare[n])).text
            assert "Prima di firmare apri il documento e leggilo" in chiuso
            apri(client, tre_da_firmare[n])
            assert client.post(indirizzo, dati(tre_da_firmare[n]))["Location"] == f"/gestione/accordi/{poi}"
    with fermo(GIORNO.replace(minute=5)):
        apri(client, tre_da_firmare[0])
        ultima = client.post(f"/gestione/accordi/firma/{provincia[0]}/", dati(tre_da_firmare[0]))
        assert ultima["Location"] == f"/gestione/accordi/{tre_da_firmare[0].pk}/"
        assert "Nessun accordo aspetta la tua firma" in client.get("/gestione/accordi/da-firmare/").text
    assert Accordo.objects.filter(stato="sottoscritto").count() == 3


def test_la_fila_costa_lo_stesso_con_uno_e_con_tre(tre_da_firmare, firmatari, entra):
    client = entra(firmatari[0])
    client.get("/gestione/accordi/da-firmare/")

    def quante():
        with CaptureQueriesContext(connection) as domande:
            assert client.get("/gestione/accordi/da-firmare/").status_code == 200
        return len(domande)

    con_tre = quante()
    Accordo.objects.exclude(pk=tre_da_firmare[0].pk).update(stato="annullato")
    assert quante() == con_tre


def test_la_sessione_spid_si_legge_nell_evidenza(in_firma, firmatari, entra):
    """SPID or CIE identifies, and the one-time code is asked all the same; of another person it counts for nothing."""
    client = entra(firmatari[1])
    sessione = client.session
    sessione["account_authentication_methods"] = [{"method": "socialaccount", "provider": "spid"}]
    sessione["account_authentication_methods_user"] = str(firmatari[1].pk)
    sessione.save()
    apri(client, in_firma)
    indirizzo = f"/accordi/{in_firma.codice}/firma/1/"
    assert "Il codice non è giusto" in client.post(indirizzo, dati(in_firma, codice="000000")).text
    client.post(indirizzo, dati(in_firma))
    evidenza = Firma.objects.get().evidenza
    assert (evidenza["identificazione"], evidenza["metodo"]) == ("SPID", "app di autenticazione")


def test_con_le_credenziali_l_evidenza_dice_le_credenziali(in_firma, firmatari, entra):
    client = entra(firmatari[1])
    sessione = client.session
    sessione["account_authentication_methods"] = [{"method": "socialaccount", "provider": "spid"}]
    sessione["account_authentication_methods_user"] = str(firmatari[0].pk)
    sessione.save()
    apri(client, in_firma)
    client.post(f"/accordi/{in_firma.codice}/firma/1/", dati(in_firma))
    assert Firma.objects.get().evidenza["identificazione"] == "account della piattaforma con password"


def test_aver_aperto_la_versione_vecchia_non_basta_per_la_nuova(in_firma, firmatari, coordinatore, entra):
    """The document is opened per version…"""
    client = entra(firmatari[1])
    apri(client, in_firma)
    ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Refuso")
    with fermo(GIORNO.replace(minute=1)):
        congela_testo(utente=coordinatore, accordo=in_firma)
        pagina = client.post(f"/accordi/{in_firma.codice}/firma/2/", dati(in_firma)).text
    assert "Prima di firmare apri il documento e leggilo" in pagina
    assert Firma.objects.count() == 0


def test_averlo_aperto_un_altro_giorno_con_un_altra_sessione_non_basta(in_firma, firmatari, entra):
    """…and per session."""
    client = entra(firmatari[1])
    apri(client, in_firma)
    client.logout()
    client.force_login(firmatari[1])
    pagina = client.post(f"/accordi/{in_firma.codice}/firma/1/", dati(in_firma)).text
    assert "Prima di firmare apri il documento e leggilo" in pagina


def test_un_estraneo_non_sa_che_l_accordo_esiste(in_firma, entra):
    """404 on every page of the round, and nothing changes."""
    client = entra(RappresentanzaFactory().utente)
    for pagina in ("firma/", "firma/1/", "rifiuto/"):
        assert client.get(f"/accordi/{in_firma.codice}/{pagina}").status_code == 404
        assert client.post(f"/accordi/{in_firma.codice}/{pagina}", {"versione": 1, "motivo": "x"}).status_code == 404
    in_firma.refresh_from_db()
    assert in_firma.stato == "in_firma"
