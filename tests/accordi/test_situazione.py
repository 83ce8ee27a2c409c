"""What a party reads first on its agreement: what happens now, who is awaited since when, what it owes (R08, R11)."""

from datetime import UTC, date, datetime

import pytest

from accordi.models import Impegno
from accordi.queries.accordi import parti_e_firme
from accordi.queries.situazione import FRASI, situazione
from accordi.stati import StatoAccordo
from tests.accordi.test_firme import firma
from tests.factories.accordi import AccordoFactory
from tests.factories.reti import SoggettoFactory

pytestmark = pytest.mark.django_db


def congelato(accordo):
    """Give it a first version of the text, as frozen on 1 March 2023."""
    quando = datetime(2023, 3, 1, 9, tzinfo=UTC)
    return accordo.versioni.create(numero=1, testo="t", impronta="0" * 64, congelata_il=quando)


def leggi(accordo, utente):
    return situazione(accordo, parti_e_firme(accordo), utente)


def test_in_firma_dice_chi_si_aspetta_da_quando_e_con_quale_firma(in_firma, firmatari, rappresentante, entra):
    testo = entra(firmatari[1]).get(f"/accordi/{in_firma.codice}/").text
    assert "Hanno firmato 0 parti su 2." in testo
    assert "Dal 20 marzo 2023 si aspetta, allo stadio 1:" in testo
    assert f"<strong>{rappresentante.soggetto}</strong> (firma chiesta: elettronica semplice" in testo
    assert "Poi tocca a: Provincia di Cremona." in testo


def test_dopo_la_prima_firma_si_aspetta_lo_stadio_dopo(in_firma, firmatari, provincia):
    firma(firmatari[1], in_firma.parti.get(stadio=1))
    in_firma.refresh_from_db()
    letta = leggi(in_firma, firmatari[1])
    assert letta.frase == "Ha firmato 1 parte su 2."
    assert ([str(a.parte) for a in letta.attesi], letta.dopo) == ([str(provincia)], [])


@pytest.mark.parametrize("stato", StatoAccordo)
def test_ogni_stato_ha_la_sua_frase(stato, provincia, rappresentante, orologio):
    accordo = AccordoFactory(attivo=True, stato=stato, parti=[provincia, rappresentante.soggetto])
    congelato(accordo)
    with orologio(datetime(2023, 6, 1, 9, tzinfo=UTC)):
        frase = leggi(accordo, rappresentante.utente).frase
    altre = {
        StatoAccordo.ATTIVO: "L'accordo è in vigore fino al 31 dicembre 2023.",
        StatoAccordo.IN_FIRMA: "Hanno firmato 0 parti su 2.",
    }
    assert frase == (altre.get(stato) or str(FRASI[stato]))


def test_in_vigore_dice_gli_impegni_propri_la_disdetta_e_come_si_lascia(entra, provincia, rappresentante, orologio):
    """R13: the last day for notice, from the dates; nobody else's obligations."""
    altra = SoggettoFactory()
    accordo = AccordoFactory(attivo=True, preavviso_giorni=60, parti=[provincia, rappresentante.soggetto, altra])
    _prima, mia, sua = accordo.parti.all()
    for n in range(5):
        Impegno.objects.create(accordo=accordo, parte=mia, testo=f"Relazione {n}", entro=date(2023, 5, 1 + n))
    Impegno.objects.create(accordo=accordo, parte=sua, testo="Di altri", entro=date(2023, 5, 1))
    with orologio(datetime(2023, 5, 2, 9, tzinfo=UTC)):
        testo = entra(rappresentante.utente).get(f"/accordi/{accordo.codice}/").text
    assert "accordo è in vigore fino al 31 dicembre 2023." in testo
    assert "Ultimo giorno per la disdetta: <strong>1 novembre 2023</strong>." in " ".join(testo.split())
    assert "servono 60 giorni di preavviso" in testo
    assert 'Relazione 0, entro il 1 maggio 2023 <span class="etichetta etichetta-rossa">In ritardo</span>' in testo
    assert "Vedi gli altri 2 impegni" in testo
    assert "Di altri" not in testo


def test_le_domande_della_pagina_non_crescono_con_parti_e_impegni(provincia, rappresentante, django_assert_num_queries):
    for quanti in (1, 3):
        accordo = AccordoFactory(
            stato="in_firma", parti=[provincia, rappresentante.soggetto, *SoggettoFactory.create_batch(quanti)]
        )
        congelato(accordo)
        parti = parti_e_firme(accordo)
        with django_assert_num_queries(3):
            assert len(situazione(accordo, parti, rappresentante.utente).attesi) == quanti + 2
