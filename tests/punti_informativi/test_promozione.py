"""R36 and F1: campaigns by category, what was sent, when, to whom, what came back; a category counts once."""

from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook

from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import fermo
from core.registro import righe_di
from core.scrivania import voci_di
from monitoraggio.misure import MISURE
from punti_informativi.models import Invio
from punti_informativi.queries.promozione import chiave_mail, destinatari
from punti_informativi.services.promozione import (
    chiudi_campagna,
    invia_campagna,
    registra_invio,
    registra_risposta,
    salva_campagna,
)
from tests.factories.punti_informativi import CampagnaFactory, CategoriaFactory
from tests.factories.reti import RappresentanzaFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
ORA = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Europe/Rome"))
ANNO = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def marzo():
    with fermo(ORA):
        yield


@pytest.fixture
def due():
    """A draft to unions and employers: (campagna, sindacati, datoriali)."""
    sindacati = CategoriaFactory(nome="Sindacati", tipi=["sindacato"])
    datoriali = CategoriaFactory(nome="Datoriali", tipi=["datoriale"])
    SoggettoFactory(tipo="sindacato", denominazione="Unione A", email="a@ente.example")
    SoggettoFactory(tipo="sindacato", denominazione="Unione B", email="", pec="b@pec.example")
    SoggettoFactory(tipo="datoriale", denominazione="Industria C", email="c@ente.example")
    SoggettoFactory(tipo="datoriale", denominazione="Senza D", email="", pec="")
    return CampagnaFactory(categorie=[sindacati, datoriali]), sindacati, datoriali


def test_ogni_soggetto_riceve_una_mail_e_la_seconda_volta_nessuno(due, coordinatore):
    campagna, *_ = due
    assert invia_campagna(utente=coordinatore, campagna=campagna) == 3
    assert sorted(Messaggio.objects.values_list("destinatario", flat=True)) == [
        "a@ente.example",
        "b@pec.example",
        "c@ente.example",
    ]
    with pytest.raises(Rifiuto, match="Non si può passare"):
        invia_campagna(utente=coordinatore, campagna=campagna)
    assert Messaggio.objects.count() == 3


def test_chi_e_in_due_categorie_riceve_una_mail_e_conta_per_la_piu_piccola(coordinatore):
    comune = SoggettoFactory(tipo="cooperativa", email="x@ente.example")
    altro = SoggettoFactory(tipo="cooperativa", email="y@ente.example")
    grande = CategoriaFactory(nome="Cooperative", tipi=["cooperativa"])
    piccola = CategoriaFactory(nome="Reti antiviolenza", soggetti=[comune])
    campagna = CampagnaFactory(categorie=[grande, piccola])
    assert {(d.soggetto, d.categoria) for d in destinatari(campagna)} == {(comune, piccola), (altro, grande)}
    assert invia_campagna(utente=coordinatore, campagna=campagna) == 2


def test_f1_conta_le_categorie_e_non_i_messaggi(due, coordinatore):
    campagna, *_ = due
    invia_campagna(utente=coordinatore, campagna=campagna)
    esito = MISURE["categorie_raggiunte"]({}, *ANNO)
    assert (esito.valore, esito.record) == (2, 2)
    assert [i.categoria.nome for i in esito.gruppi[0].record.order_by("categoria__nome")] == ["Datoriali", "Sindacati"]
    assert MISURE["categorie_raggiunte"]({}, date(2026, 1, 1), date(2026, 3, 9)).valore == 0
    perso = campagna.invii.get(destinatario="Industria C")
    Messaggio.objects.filter(chiave=chiave_mail(perso.pk)).update(stato=Messaggio.Stato.ABBANDONATO)
    esito = MISURE["categorie_raggiunte"]({}, *ANNO)
    assert (esito.valore, [c.nome for c in esito.gruppi[2].record]) == (1, ["Datoriali"])


def test_una_telefonata_raggiunge_una_categoria(due, coordinatore):
    campagna, sindacati, _datoriali = due
    registra_invio(
        utente=coordinatore,
        campagna=campagna,
        categoria=sindacati,
        destinatario="Camera del lavoro",
        mezzo=Invio.Mezzo.TELEFONO,
        inviato_il=date(2026, 3, 2),
    )
    assert MISURE["categorie_raggiunte"]({}, *ANNO).valore == 1
    with pytest.raises(Rifiuto, match="nel futuro"):
        registra_invio(
            utente=coordinatore,
            campagna=campagna,
            categoria=sindacati,
            destinatario="Altri",
            mezzo=Invio.Mezzo.TELEFONO,
            inviato_il=date(2026, 3, 11),
        )


def test_si_risponde_dal_collegamento_e_la_scrivania_chiede_di_richiamare(due, coordinatore, client):
    campagna, *_ = due
    invia_campagna(utente=coordinatore, campagna=campagna)
    invio = campagna.invii.get(destinatario="Unione A")
    indirizzo = reverse("punti:promozione", args=[invio.gettone])
    assert indirizzo in Messaggio.objects.get(destinatario="a@ente.example").testo
    assert client.get(indirizzo).status_code == 200
    invio.refresh_from_db()
    assert invio.risposta == ""  # opening answers nothing
    pagina = client.post(indirizzo, {"nota": "0372 555"}).content.decode()
    assert "Scegli una delle tre risposte." in pagina
    assert "0372 555" in pagina
    assert client.post(indirizzo, {"risposta": "da_richiamare", "nota": "0372 555"}).status_code == 302
    assert [v.titolo for v in voci_di(coordinatore) if v.gruppo == "Promozione dei punti"] == ["Richiama Unione A"]
    with transaction.atomic():
        chiudi_campagna(utente=coordinatore, campagna=campagna)
        assert not [v for v in voci_di(coordinatore) if v.gruppo == "Promozione dei punti"]
        transaction.set_rollback(True)
    registra_risposta(utente=coordinatore, invio=invio, risposta="interessato")
    assert not [v for v in voci_di(coordinatore) if v.gruppo == "Promozione dei punti"]


def test_la_stessa_risposta_mandata_tante_volte_si_scrive_una(due, coordinatore, client):
    """Who holds the link and presses again, or lets a machine press, doesn't fill the register."""
    campagna, *_ = due
    invia_campagna(utente=coordinatore, campagna=campagna)
    indirizzo = reverse("punti:promozione", args=[campagna.invii.first().gettone])
    for nota in ("Domani", "Domani", " Domani ", "Oggi"):
        client.post(indirizzo, {"risposta": "da_richiamare", "nota": nota})
    assert righe_di(campagna).filter(azione="invio_risposta").count() == 2


def test_una_campagna_chiusa_non_prende_risposte(due, coordinatore, client):
    campagna, *_ = due
    invia_campagna(utente=coordinatore, campagna=campagna)
    chiudi_campagna(utente=coordinatore, campagna=campagna)
    invio = campagna.invii.first()
    pagina = client.post(reverse("punti:promozione", args=[invio.gettone]), {"risposta": "interessato"})
    assert "La raccolta delle risposte è chiusa" in pagina.content.decode()
    invio.refresh_from_db()
    assert invio.risposta == ""


def test_l_oggetto_non_apre_un_altra_intestazione(coordinatore):
    campagna = salva_campagna(
        utente=coordinatore,
        titolo="Prova",
        oggetto="Ciao\r\nBcc: altri@ente.example",
        testo="Testo",
        categorie=[CategoriaFactory(soggetti=[SoggettoFactory(email="a@ente.example")])],
    )
    assert campagna.oggetto == "Ciao Bcc: altri@ente.example"


def test_una_campagna_partita_non_cambia_piu(due, coordinatore):
    campagna, *_ = due
    invia_campagna(utente=coordinatore, campagna=campagna)
    with pytest.raises(Rifiuto, match="è già partita"):
        salva_campagna(
            utente=coordinatore,
            campagna=campagna,
            titolo="Altro",
            oggetto="Altro",
            testo="Altro",
            categorie=list(campagna.categorie.all()),
        )


def test_solo_il_coordinatore_promuove(due):
    campagna, *_ = due
    for utente in (RappresentanzaFactory().utente, UtenteFactory(ruolo="operatore_cpi")):
        with pytest.raises(PermissionDenied):
            invia_campagna(utente=utente, campagna=campagna)
    assert not Messaggio.objects.exists()


def test_dalle_schermate_nasce_parte_e_si_scarica(due, coordinatore, entra):
    _campagna, sindacati, _datoriali = due
    client = entra(coordinatore)
    nuova = {
        "titolo": "Sportelli 2026",
        "oggetto": "Apri uno sportello",
        "testo": "Cerchiamo chi ospita.",
        "categorie": [sindacati.pk],
    }
    mancante = client.post(reverse("punti_campagna_nuova"), nuova | {"categorie": []}).content.decode()
    assert "Scegli almeno una categoria" in mancante
    assert "Cerchiamo chi ospita." in mancante
    scheda = client.post(reverse("punti_campagna_nuova"), nuova).url
    bozza = client.get(scheda).content.decode()
    assert "Chi la riceve: 2 soggetti" in bozza
    client.post(scheda)
    pagina = client.get(scheda).content.decode()
    assert "2 contatti" in pagina
    elenco = client.get(reverse("punti_campagne")).content.decode()
    assert "Nel 2026 è stata raggiunta 1 categoria: Sindacati." in elenco
    assert "Sportelli 2026" in elenco
    foglio = load_workbook(BytesIO(client.get(scheda + "invii.xlsx").content)).active
    assert [riga[2] for riga in foglio.iter_rows(min_row=2, values_only=True)] == ["Unione A", "Unione B"]


def test_il_foglio_non_esegue_formule(due, coordinatore, entra):
    campagna, *_ = due
    invia_campagna(utente=coordinatore, campagna=campagna)
    registra_risposta(invio=campagna.invii.first(), risposta="interessato", nota="=1+1")
    risposta = entra(coordinatore).get(reverse("punti_campagna_xlsx", args=[campagna.codice]))
    assert "'=1+1" in [r[9] for r in load_workbook(BytesIO(risposta.content)).active.iter_rows(values_only=True)]
