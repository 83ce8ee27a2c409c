"""The audit chain is append-only and any alteration is found."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from core.models import RigaRegistro
from core.registro import annota, verifica
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db


def test_una_catena_intera_si_verifica():
    utente = UtenteFactory()
    for n in range(3):
        annota(utente, "prova.atto", utente, n=n)
    assert verifica() == (3, "")


def test_una_riga_alterata_e_nominata():
    utente = UtenteFactory()
    righe = [annota(utente, "prova.atto", utente, n=n) for n in range(3)]
    models.QuerySet(RigaRegistro).filter(pk=righe[1].pk).update(dati={"n": 9})
    assert verifica() == (2, "la riga 2 è stata alterata")


def test_una_coda_tagliata_e_notata():
    utente = UtenteFactory()
    righe = [annota(utente, "prova.atto", utente, n=n) for n in range(3)]
    models.QuerySet(RigaRegistro).filter(pk=righe[2].pk).delete()
    assert verifica() == (3, "mancano righe dopo la 2")


def test_il_registro_rifiuta_modifiche_e_cancellazioni():
    riga = annota(None, "prova.atto", UtenteFactory())
    with pytest.raises(ImproperlyConfigured):
        riga.save()
    with pytest.raises(ImproperlyConfigured):
        RigaRegistro.objects.all().delete()
