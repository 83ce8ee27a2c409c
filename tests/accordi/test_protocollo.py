"""Protocol register: gapless, one series a year, right when two people register at once."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import transaction

from accordi.models import ContatoreProtocollo, Istanza, Protocollo
from accordi.queries.protocollo import difetti
from accordi.services.istanze import presenta_istanza
from accordi.services.protocollo import protocolla
from core.archivio import impronta
from tests.contemporanei import insieme
from tests.factories.accordi import IstanzaFactory, ProtocolloFactory
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


@pytest.mark.django_db(transaction=True)
def test_cento_richieste_insieme_hanno_cento_numeri_di_fila():
    """R07: gapless under concurrency; who gives up leaves no gap."""

    def richiesta(n):
        with transaction.atomic():
            protocollo = protocolla(**REGISTRAZIONE)
            transaction.set_rollback(n % 10 == 9)
        return protocollo.numero

    esiti = insieme(*(lambda n=n: richiesta(n) for n in range(100)))
    assert [e for e in esiti if isinstance(e, Exception)] == []
    registrati = list(Protocollo.objects.order_by("numero").values_list("numero", "registrato_il"))
    assert [numero for numero, _istante in registrati] == list(range(1, 91))
    assert [istante for _numero, istante in registrati] == sorted(istante for _numero, istante in registrati)
    assert difetti() == []


@pytest.mark.django_db
def test_chi_aspetta_a_cavallo_della_mezzanotte_di_capodanno_prende_il_numero_dell_anno_nuovo(monkeypatch):
    """R07: the instant is read after the lock; 23:59:59 in Rome asked, midnight passed while waiting."""
    istanti = iter([datetime(2023, 12, 31, 22, 59, 59, tzinfo=UTC), *[datetime(2023, 12, 31, 23, 0, tzinfo=UTC)] * 2])
    monkeypatch.setattr("accordi.services.protocollo.adesso", lambda: next(istanti))
    assert str(protocolla(**REGISTRAZIONE)) == "n. 1/2024 del 01/01/2024"
    assert difetti() == []


@pytest.mark.django_db
def test_la_verifica_dice_ogni_numero_che_manca(capsys):
    """R07"""
    protocolla(**REGISTRAZIONE)
    call_command("verifica_protocollo")
    assert capsys.readouterr().out == "Registro di protocollo integro: 1 registrazioni.\n"
    ProtocolloFactory(anno=2023, numero=2)
    ProtocolloFactory(anno=2023, numero=5)
    ProtocolloFactory(anno=2023, numero=7)
    ContatoreProtocollo.objects.create(anno=2023, ultimo=9)
    ContatoreProtocollo.objects.create(anno=2022, ultimo=1)
    ProtocolloFactory(anno=2022, numero=1)
    attese = [
        "Il n. 1/2022 porta una data di un altro anno.",
        "Manca il n. 1/2023.",
        "Mancano i numeri da 3 a 4 del 2023.",
        "Manca il n. 6/2023.",
        "Mancano i numeri da 8 a 9 del 2023.",
    ]
    assert sorted(difetti()) == sorted(attese)
    with pytest.raises(CommandError, match=r"Manca il n\. 6/2023\."):
        call_command("verifica_protocollo")
