"""Protocol register: gapless, one series a year, right when two people register at once."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from accordi.models import Istanza, Protocollo
from accordi.services.istanze import presenta_istanza
from accordi.services.protocollo import protocolla
from core.archivio import impronta
from tests.contemporanei import insieme
from tests.factories.accordi import IstanzaFactory
from tests.factories.reti import RappresentanzaFactory

REGISTRAZIONE = {"verso": "entrata", "oggetto": "Istanza", "corrispondente": "Ente", "contenuto": b"testo"}


@pytest.mark.django_db
def test_i_numeri_ripartono_ogni_anno_e_l_anno_e_quello_di_roma(orologio):
    """R07"""
    istanti = [
        datetime(2023, 12, 31, 22, 59, tzinfo=UTC),  # 23:59 in Rome
        datetime(2023, 12, 31, 23, 0, tzinfo=UTC),  # midnight in Rome
        datetime(2024, 6, 1, tzinfo=UTC),
    ]
    numeri = []
    for istante in istanti:
        with orologio(istante):
            numeri.append(protocolla(**REGISTRAZIONE))
    assert [(p.anno, p.numero) for p in numeri] == [(2023, 1), (2024, 1), (2024, 2)]
    assert str(numeri[0]) == "n. 1/2023 del 31/12/2023"
    assert numeri[0].impronta == impronta(b"testo")


@pytest.mark.django_db
def test_una_transazione_annullata_non_lascia_buchi():
    prima = protocolla(**REGISTRAZIONE)
    with transaction.atomic():
        protocolla(**REGISTRAZIONE)
        transaction.set_rollback(True)
    assert protocolla(**REGISTRAZIONE).numero == prima.numero + 1


@pytest.mark.django_db
def test_una_registrazione_non_si_modifica_e_non_si_cancella():
    registrazione = protocolla(**REGISTRAZIONE)
    with pytest.raises(ImproperlyConfigured, match="sola aggiunta"):
        registrazione.save()
    with pytest.raises(ImproperlyConfigured, match="sola aggiunta"):
        Protocollo.objects.all().delete()


def bozza():
    rappresentanza = RappresentanzaFactory()
    return rappresentanza.utente, IstanzaFactory(capofila=rappresentanza.soggetto)


@pytest.mark.django_db(transaction=True)
def test_due_persone_che_presentano_nello_stesso_istante_hanno_numeri_diversi_e_consecutivi():
    """R07"""
    bozze = [bozza() for _n in range(2)]
    esiti = insieme(*(lambda u=u, i=i: presenta_istanza(utente=u, istanza=i) for u, i in bozze))
    assert sorted(i.protocollo.numero for i in esiti) == [1, 2]
    assert Protocollo.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_la_stessa_istanza_presentata_due_volte_nello_stesso_istante_ha_un_numero_solo():
    """R07"""
    utente, istanza = bozza()
    esiti = insieme(*[lambda: presenta_istanza(utente=utente, istanza=istanza)] * 2)
    protocollo = Protocollo.objects.get()
    assert [e.protocollo for e in esiti if isinstance(e, Istanza)] == [protocollo]
    assert [e.frase for e in esiti if not isinstance(e, Istanza)] == [
        f"L'istanza è già stata presentata: protocollo {protocollo}."
    ]
