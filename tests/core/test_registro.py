"""The audit chain is append-only and any alteration is found (R64)."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction

from core.models import RigaRegistro
from core.registro import annota, verifica
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tre_righe():
    utente = UtenteFactory()
    return [annota(utente, "prova.atto", utente, n=n) for n in range(3)]


@pytest.fixture
def da_amministratore_del_database():
    """An attacker with the database's own rights: PostgreSQL's triggers are switched off."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursore:
            cursore.execute("SET session_replication_role = replica")
            yield
            cursore.execute("SET session_replication_role = DEFAULT")
    else:
        yield


def test_una_catena_intera_si_verifica(tre_righe):
    assert verifica() == (3, "")


def test_una_riga_alterata_e_nominata(tre_righe, da_amministratore_del_database):
    models.QuerySet(RigaRegistro).filter(pk=tre_righe[1].pk).update(dati={"n": 9})
    assert verifica() == (2, "la riga 2 è stata alterata")


def test_una_riga_tolta_dal_mezzo_e_nominata(tre_righe, da_amministratore_del_database):
    models.QuerySet(RigaRegistro).filter(pk=tre_righe[1].pk).delete()
    assert verifica() == (2, "manca la riga 2")


def test_una_coda_tagliata_e_notata(tre_righe, da_amministratore_del_database):
    models.QuerySet(RigaRegistro).filter(pk=tre_righe[2].pk).delete()
    assert verifica() == (3, "mancano righe dopo la 2")


def test_il_comando_dice_quante_righe_e_fallisce_se_alterate(tre_righe, da_amministratore_del_database, capsys):
    call_command("verifica_registro")
    assert capsys.readouterr().out == "Registro integro: 3 righe verificate.\n"
    models.QuerySet(RigaRegistro).filter(pk=tre_righe[0].pk).update(azione="altro")
    with pytest.raises(CommandError, match=r"^Registro non integro: la riga 1 è stata alterata\.$"):
        call_command("verifica_registro")


def test_il_registro_rifiuta_modifiche_e_cancellazioni(tre_righe):
    with pytest.raises(ImproperlyConfigured):
        tre_righe[0].save()
    with pytest.raises(ImproperlyConfigured):
        tre_righe[0].delete()
    with pytest.raises(ImproperlyConfigured):
        RigaRegistro.objects.all().delete()
    with pytest.raises(ImproperlyConfigured):
        RigaRegistro.objects.update(azione="altro")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="il divieto nel database esiste su PostgreSQL")
def test_postgresql_rifiuta_anche_chi_aggira_il_modello(tre_righe):
    for atto in ("update", "delete"):
        righe = models.QuerySet(RigaRegistro).filter(pk=tre_righe[0].pk)
        with pytest.raises(DatabaseError, match="sola aggiunta"), transaction.atomic():
            righe.update(azione="altro") if atto == "update" else righe.delete()
