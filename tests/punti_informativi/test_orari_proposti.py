"""Hours that a host writes for all its points wait for the Province, as those of one point do (R34)."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errori import Rifiuto
from core.models import Messaggio, RigaRegistro
from punti_informativi.models import Proposta, PuntoInformativo
from punti_informativi.orari import Deroga, Fascia
from punti_informativi.queries import voci_scrivania
from punti_informativi.queries.orari_ospite import differenze_orari
from punti_informativi.services import accogli_orari, aggiorna_ospite, respingi_orari, ritira_orari
from punti_informativi.services.orari_proposti import impronta_orari
from punti_informativi.services.proposte import Superata
from punti_informativi.stati import StatoProposta
from tests.contemporanei import insieme
from tests.factories.punti_informativi import OrarioOspiteFactory, PuntoFactory
from tests.factories.reti import RappresentanzaFactory, SedeFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db

LUNEDI_MATTINA = Fascia(0, time(9), time(12, 30))
MARTEDI = Fascia(1, time(14), time(16))
ASSEMBLEA = Deroga(date(2023, 5, 9), date(2023, 5, 9), motivo="Assemblea")


@pytest.fixture
def segue(ospite):
    """An active point that follows the hours of its host: Monday morning."""
    OrarioOspiteFactory(soggetto=ospite.soggetto)
    sede = SedeFactory(soggetto=ospite.soggetto)
    return PuntoFactory(attivo=True, nome="Uno", slug="uno", sede=sede, orari_dell_ospite=True)


def _proponi(ospite, **parti):
    return aggiorna_ospite(utente=ospite.utente, soggetto=ospite.soggetto, **parti).proposta


def _fasce():
    return PuntoInformativo.objects.get(slug="uno").calendario.fasce


def test_gli_orari_di_tutti_non_sono_pubblici_finche_la_provincia_non_li_legge(ospite, segue, lunedi):
    """R34: weekly hours for all the points of a host are moderated; closures near are public at once."""
    aggiorna_ospite(utente=ospite.utente, soggetto=ospite.soggetto, fasce=[MARTEDI], deroghe=[ASSEMBLEA], punti=[segue])
    assert _fasce() == (LUNEDI_MATTINA,)
    assert PuntoInformativo.objects.get(slug="uno").calendario.deroghe_ospite == (ASSEMBLEA,)


def test_chi_smette_di_seguire_aspetta_la_provincia(ospite, segue, lunedi):
    aggiorna_ospite(utente=ospite.utente, soggetto=ospite.soggetto, punti=[])
    assert PuntoInformativo.objects.get(slug="uno").orari_dell_ospite


def test_diecimila_righe_ricevono_una_frase(entra, ospite, segue, lunedi):
    """A form of 10,000 rows is refused with a sentence, and nothing is written."""
    dati = {"punti": [segue.pk], "orari-TOTAL_FORMS": "10000", "orari-INITIAL_FORMS": "0"}
    dati |= {"eccezioni-TOTAL_FORMS": "10000", "eccezioni-INITIAL_FORMS": "0"}
    for n in range(60):
        dati |= {f"orari-{n}-giorno": "0", f"orari-{n}-dalle": f"0{n // 10}:{n % 10}0", f"orari-{n}-alle": "23:59"}
    pagina = entra(ospite.utente).post(reverse("punti:orari_ospite", args=[ospite.soggetto.slug]), dati)
    testo = pagina.content.decode()
    assert "Ci sono troppe righe: al massimo 42. Togli quelle che non servono." in testo
    assert "Ci sono troppe righe: al massimo 60. Togli quelle che non servono." in testo
    assert _fasce() == (LUNEDI_MATTINA,)


def _frasi(proposta):
    return {
        d.campo: "".join(f"[{p.segno}{p.testo}]" if p.segno else p.testo for p in d.pezzi)
        for d in differenze_orari(proposta)
    }


def test_accogliere_scrive_gli_orari_annota_e_avvisa(ospite, segue, coordinatore, lunedi):
    """R34: the difference is seen, the decision writes week and choice at once, the host is told."""
    due = PuntoFactory(attivo=True, nome="Due", sede=SedeFactory(soggetto=ospite.soggetto, nome="Due"))
    proposta = _proponi(ospite, fasce=[LUNEDI_MATTINA, MARTEDI], punti=[segue, due])
    assert _frasi(proposta) == {"orari": "lunedì 9–12:30\n[+martedì 14–16\n]", "punti": "[+Due\n]Uno\n"}
    accogli_orari(utente=coordinatore, proposta=proposta, vista=impronta_orari(ospite.soggetto))
    assert [PuntoInformativo.objects.get(nome=n).calendario.fasce for n in ("Uno", "Due")] == [
        (LUNEDI_MATTINA, MARTEDI)
    ] * 2
    mail = Messaggio.objects.get()
    assert (mail.destinatario, mail.oggetto) == (
        ospite.utente.email,
        f"Orari accolti: {ospite.soggetto.denominazione}",
    )
    assert "Le pagine dei punti che li seguono sono già aggiornate." in mail.testo
    righe = RigaRegistro.objects.exclude(oggetto_tipo="punti_informativi.proposta").order_by("numero")
    assert list(righe.values_list("azione", "utente")) == [
        ("orari_proposti", ospite.utente.pk),
        ("orari_ospite_modificati", coordinatore.pk),
        ("punto_modificato", coordinatore.pk),
        ("orari_accolti", coordinatore.pk),
    ]
    assert _frasi(Proposta.objects.get())["orari"] == "lunedì 9–12:30\n[+martedì 14–16\n]"


def test_respingere_lascia_tutto_com_e_e_dice_il_motivo(ospite, segue, coordinatore, lunedi):
    proposta = _proponi(ospite, fasce=[MARTEDI])
    vista = impronta_orari(ospite.soggetto)
    with pytest.raises(Rifiuto, match="Scrivi il motivo"):
        respingi_orari(utente=coordinatore, proposta=proposta, vista=vista, motivo=" ")
    respingi_orari(utente=coordinatore, proposta=proposta, vista=vista, motivo="Il martedì la sede è chiusa")
    assert _fasce() == (LUNEDI_MATTINA,)
    assert "Motivo: Il martedì la sede è chiusa" in Messaggio.objects.get().testo
    with pytest.raises(Rifiuto, match=r"non è più in attesa \(respinta\)"):
        accogli_orari(utente=coordinatore, proposta=proposta, vista=vista)


def test_una_seconda_proposta_prende_il_posto_della_prima_e_tornare_indietro_la_ritira(ospite, segue, lunedi):
    prima = _proponi(ospite, fasce=[MARTEDI])
    seconda = _proponi(ospite, fasce=[LUNEDI_MATTINA, MARTEDI])
    assert (prima.pk, len(seconda.dopo["orari"])) == (seconda.pk, 2)
    assert _proponi(ospite, fasce=[LUNEDI_MATTINA]) is None
    assert Proposta.objects.get().stato == StatoProposta.RITIRATA
    _proponi(ospite, fasce=[MARTEDI])
    assert ritira_orari(utente=ospite.utente, soggetto=ospite.soggetto).stato == StatoProposta.RITIRATA
    with pytest.raises(Rifiuto, match="Non c'è niente da ritirare"):
        ritira_orari(utente=ospite.utente, soggetto=ospite.soggetto)


def test_chi_scrive_su_orari_cambiati_intanto_lo_sa(ospite, segue, coordinatore, lunedi):
    """Two colleagues, or host and Province: the second is told, and may send again."""
    vista = impronta_orari(ospite.soggetto)
    proposta = _proponi(ospite, fasce=[MARTEDI])
    letta = impronta_orari(ospite.soggetto)
    with pytest.raises(Superata, match="Intanto un collega o la Provincia hanno cambiato questi orari"):
        _proponi(ospite, fasce=[LUNEDI_MATTINA, MARTEDI], vista=vista)
    aggiorna_ospite(utente=coordinatore, soggetto=ospite.soggetto, fasce=[Fascia(4, time(9), time(10))])
    with pytest.raises(Rifiuto, match="rileggi le differenze"):
        accogli_orari(utente=coordinatore, proposta=proposta, vista=letta)
    assert _frasi(proposta)["orari"] == "[−venerdì 9–10\n][+martedì 14–16\n]"


def test_un_punto_cessato_intanto_resta_fuori(ospite, segue, coordinatore, lunedi):
    due = PuntoFactory(attivo=True, nome="Due", sede=SedeFactory(soggetto=ospite.soggetto, nome="Due"))
    proposta = _proponi(ospite, punti=[segue, due])
    PuntoInformativo.objects.filter(pk=due.pk).update(stato="cessato", live=False)
    accogli_orari(utente=coordinatore, proposta=proposta, vista=impronta_orari(ospite.soggetto))
    assert list(PuntoInformativo.objects.filter(orari_dell_ospite=True)) == [segue]


def test_solo_un_altro_coordinatore_decide(ospite, segue, lunedi):
    proposta = _proponi(ospite, fasce=[MARTEDI])
    vista = impronta_orari(ospite.soggetto)
    for utente in (ospite.utente, UtenteFactory(ruolo="revisore"), UtenteFactory(ruolo="operatore_cpi")):
        with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
            accogli_orari(utente=utente, proposta=proposta, vista=vista)
    ospite.utente.ruolo = "coordinatore"
    ospite.utente.save()
    with pytest.raises(PermissionDenied, match="Questa proposta è tua"):
        accogli_orari(utente=ospite.utente, proposta=proposta, vista=vista)
    with pytest.raises(PermissionDenied, match="si accoglie o si respinge"):
        ritira_orari(utente=ospite.utente, soggetto=ospite.soggetto)
    with pytest.raises(PermissionDenied, match="Serve il potere"):
        ritira_orari(utente=RappresentanzaFactory().utente, soggetto=ospite.soggetto)


def test_finche_i_punti_sono_candidati_l_ospite_scrive_liberamente(ospite, lunedi):
    punto = PuntoFactory(sede=SedeFactory(soggetto=ospite.soggetto))
    esito = aggiorna_ospite(utente=ospite.utente, soggetto=ospite.soggetto, fasce=[MARTEDI], punti=[punto])
    assert (esito.subito, esito.proposta) == (True, None)
    assert PuntoInformativo.objects.get().calendario.fasce == (MARTEDI,)


def test_dalla_pagina_dell_ospite_alla_scrivania_alla_decisione(entra, ospite, segue, coordinatore, lunedi):
    """R34: the whole road through the screens; the host finds what it proposed, and may withdraw it."""
    pagina = reverse("punti:orari_ospite", args=[ospite.soggetto.slug])
    client = entra(ospite.utente)
    dati = {
        "vista": client.get(pagina).context["vista"],
        "punti": [segue.pk],
        **{"orari-TOTAL_FORMS": "1", "orari-INITIAL_FORMS": "0", "eccezioni-TOTAL_FORMS": "1"},
        **{"orari-0-giorno": "1", "orari-0-dalle": "14:00", "orari-0-alle": "16:00", "eccezioni-INITIAL_FORMS": "0"},
        **{"eccezioni-0-dal": "2023-05-09", "eccezioni-0-al": "2023-05-09", "eccezioni-0-chiuso": "on"},
    }
    testo = client.post(pagina, dati, follow=True).content.decode()
    assert "Le chiusure sono già pubbliche. Orari e punti cambiano quando la Provincia li accoglie." in testo
    assert ("In attesa della Provincia" in testo, 'value="14:00"' in testo) == (True, True)
    proposta = Proposta.objects.get()
    gestione = reverse("punti_orari_proposti", args=[proposta.pk])
    voce = next(v for v in voci_scrivania(coordinatore) if v.url == gestione)
    assert (voce.titolo, voce.dettaglio) == (
        "Leggi gli orari proposti per tutti i punti",
        ospite.soggetto.denominazione,
    )
    client = entra(coordinatore)
    assert gestione in client.get(reverse("punti_proposte")).content.decode()
    vista = client.get(gestione).context["vista"]
    assert client.get(reverse("punti_proposta", args=[proposta.pk])).status_code == 404
    errore = client.post(gestione, {"gesto": "respingi", "vista": vista, "respingi-testo": ""}).content.decode()
    assert "Questo campo è obbligatorio." in errore
    assert client.post(gestione, {"gesto": "accogli", "vista": vista}).status_code == 302
    assert _fasce() == (MARTEDI,)
    assert "Accolta" in client.get(gestione).content.decode()


def test_l_ospite_ritira_dalla_pagina(entra, ospite, segue, lunedi):
    _proponi(ospite, fasce=[MARTEDI])
    pagina = reverse("punti:orari_ospite", args=[ospite.soggetto.slug])
    risposta = entra(ospite.utente).post(pagina, {"gesto": "ritira"}, follow=True)
    assert "Proposta ritirata: gli orari pubblici restano come sono." in risposta.content.decode()
    assert Proposta.objects.get().stato == StatoProposta.RITIRATA


@pytest.mark.django_db(transaction=True)
def test_due_moderatori_insieme_decidono_una_volta_sola(ospite, segue):
    """Accepted and refused at the same instant: one holds, the other is told; one mail."""
    proposta = _proponi(ospite, fasce=[MARTEDI])
    vista = impronta_orari(ospite.soggetto)
    primo, secondo = (UtenteFactory(ruolo="coordinatore") for _n in range(2))
    esiti = insieme(
        lambda: accogli_orari(utente=primo, proposta=proposta, vista=vista),
        lambda: respingi_orari(utente=secondo, proposta=proposta, vista=vista, motivo="No"),
    )
    assert sorted(type(e).__name__ for e in esiti) == ["Proposta", "Rifiuto"]
    deciso = Proposta.objects.get().stato
    assert _fasce() == ((MARTEDI,) if deciso == StatoProposta.ACCOLTA else (LUNEDI_MATTINA,))
    assert Messaggio.objects.count() == 1
