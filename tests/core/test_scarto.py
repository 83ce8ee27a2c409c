"""What is old is thrown away, and only that (R62)."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils.module_loading import import_string

from accordi.models import CodiceFirma, Istanza, Parte
from core.archivio import archivio_privato
from core.errori import Rifiuto
from core.models import Messaggio, RigaRegistro
from core.orologio import adesso
from core.posta import accoda, riprova
from core.scarto import scarta, scarta_genere
from reti.models import MessaggioRicevuto
from tests.factories.accordi import AccordoFactory, AvvisoFactory, DocumentoIstanzaFactory, IstanzaFactory
from tests.factories.reti import SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _giorno_nuovo():
    cache.clear()


def _spedito(chiave, giorni, stato=Messaggio.Stato.INVIATO):
    accoda(chiave=chiave, destinatario="ada@ente.example", oggetto="Promemoria", testo="Ciao Ada")
    Messaggio.objects.filter(chiave=chiave).update(stato=stato, creato=adesso() - timedelta(days=giorni))


def test_una_mail_vecchia_si_svuota_e_non_si_rispedisce(django_capture_on_commit_callbacks):
    """The key stays: asked for again, the same mail doesn't leave a second time."""
    _spedito("vecchia", 731)
    _spedito("recente", 729)
    _spedito("mai-partita", 900, Messaggio.Stato.IN_CODA)
    _spedito("abbandonata", 731, Messaggio.Stato.ABBANDONATO)
    assert scarta_genere("core.scarto.posta_spedita", 730) == 2
    assert scarta_genere("core.scarto.posta_spedita", 730) == 0
    assert dict(Messaggio.objects.values_list("chiave", "destinatario")) == {
        "vecchia": "",
        "recente": "ada@ente.example",
        "mai-partita": "ada@ente.example",
        "abbandonata": "",
    }
    accoda(chiave="vecchia", destinatario="ada@ente.example", oggetto="Promemoria", testo="Ciao Ada")
    assert Messaggio.objects.get(chiave="vecchia").testo == ""
    with pytest.raises(Rifiuto, match="non si conservano più"):
        riprova(utente=UtenteFactory(ruolo="amministratore"), messaggio=Messaggio.objects.get(chiave="abbandonata"))


def test_della_posta_ricevuta_restano_esito_e_impronta(django_capture_on_commit_callbacks):
    for impronta, giorni in (("a", 731), ("b", 1)):
        messaggio = MessaggioRicevuto(impronta=impronta, esito="accolto", mittente="ada@ente.example")
        messaggio.ricevuto_il = adesso() - timedelta(days=giorni)
        messaggio.originale.save("m.eml", ContentFile(b"From: ada"))
    nomi = dict(MessaggioRicevuto.objects.values_list("impronta", "originale"))
    with django_capture_on_commit_callbacks(execute=True):
        assert scarta_genere("reti.services.scarto.posta_ricevuta", 730) == 1
    vecchio = MessaggioRicevuto.objects.get(impronta="a")
    assert (vecchio.mittente, vecchio.originale.name, vecchio.esito) == ("", "", "accolto")
    assert [archivio_privato().exists(nomi[c]) for c in "ab"] == [False, True]


def test_le_bozze_mai_presentate_se_ne_vanno_con_i_loro_file(django_capture_on_commit_callbacks):
    vecchio = AvvisoFactory(apre=adesso() - timedelta(days=300), chiude=adesso() - timedelta(days=181))
    recente = AvvisoFactory(apre=adesso() - timedelta(days=300), chiude=adesso() - timedelta(days=179))
    bozza = IstanzaFactory(avviso=vecchio)
    file = DocumentoIstanzaFactory(istanza=bozza).file.name
    restano = {IstanzaFactory(avviso=recente).pk, IstanzaFactory(avviso=vecchio, presentata=True).pk}
    with django_capture_on_commit_callbacks(execute=True):
        assert scarta_genere("accordi.services.scarto.bozze_mai_presentate", 180) == 1
    assert set(Istanza.objects.values_list("pk", flat=True)) == restano
    assert not archivio_privato().exists(file)
    assert RigaRegistro.objects.filter(azione="istanza.bozza_scartata", oggetto_id=str(bozza.pk)).count() == 1


def test_codici_e_sessioni_scaduti_se_ne_vanno():
    parte = Parte.objects.create(accordo=AccordoFactory(), soggetto=SoggettoFactory(), ordine=1)
    for giorni in (31, 29):
        quando = adesso() - timedelta(days=giorni)
        CodiceFirma.objects.create(parte=parte, utente=UtenteFactory(), codice="x", creato_il=quando, scade_il=quando)
        Session.objects.create(session_key=str(giorni), session_data="", expire_date=quando + timedelta(days=29.5))
    assert scarta_genere("accordi.services.scarto.codici_di_firma", 30) == 1
    assert scarta_genere("core.scarto.sessioni_scadute", 1) == 1
    assert (CodiceFirma.objects.count(), Session.objects.get().session_key) == (1, "29")


def test_si_scarta_una_volta_al_giorno_e_il_registro_lo_dice(orologio):
    _spedito("vecchia", 731)
    assert (scarta(), scarta()) == (1, 0)
    riga = RigaRegistro.objects.get(azione="conservazione.scarto")
    assert riga.dati == {"genere": "core.scarto.posta_spedita", "giorni": 730, "quanti": 1}
    _spedito("altra", 800)
    assert scarta() == 0
    with orologio(datetime.fromisoformat("2030-01-01T10:00:00+01:00")):
        assert scarta() == 1


def test_ogni_genere_che_si_scarta_esiste():
    assert all(callable(import_string(percorso)) for percorso in settings.SCARTI)
