"""Amendments: only the parties whose clauses change sign, the others are told (R12)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from pyhanko.pdf_utils.reader import PdfFileReader

from accordi.queries.accordi import parti_che_firmano, parti_da_firmare, revisione_corrente
from accordi.services.accordi import crea_accordo_libero
from accordi.services.firme import firma_accordo
from accordi.services.testi import congela_testo, modifica_bozza
from accordi.stati import StatoAccordo
from core.models import Messaggio
from tests.accordi.conftest import codice, con_app
from tests.factories.reti import RappresentanzaFactory


@pytest.fixture
def terza(db):
    """Who represents a third party, with an app."""
    rappresentanza = RappresentanzaFactory()
    con_app(rappresentanza.utente)
    return rappresentanza


@pytest.fixture
def in_tre(coordinatore, firmatari, rappresentante, terza, provincia, adesso_fermo):
    """An agreement among the Province and two bodies, of which the third party need not sign; out for signature."""
    accordo = crea_accordo_libero(
        utente=coordinatore,
        tipo="collaborazione",
        titolo="Accordo in tre",
        testo="# Oggetto\nUn testo.",
        parti=[rappresentante.soggetto, terza.soggetto],
    )
    campi = {"determina_numero": "7", "determina_data": date(2023, 3, 1)}
    modifica_bozza(utente=coordinatore, accordo=accordo, campi=campi)
    accordo.parti.filter(soggetto=terza.soggetto).update(firma_la_modifica=False)
    congela_testo(utente=coordinatore, accordo=accordo)
    accordo.refresh_from_db()
    return accordo


def firma(utente, accordo, soggetto):
    return firma_accordo(
        utente=utente,
        parte=accordo.parti.get(soggetto=soggetto),
        impronta_vista=revisione_corrente(accordo).impronta,
        codice=codice(),
        evidenza={},
    )


def test_chi_non_deve_firmare_non_e_mai_invitato_e_non_ha_un_campo(in_tre, terza, rappresentante, provincia):
    """R12."""
    assert [p.soggetto for p in parti_che_firmano(in_tre)] == [provincia, rappresentante.soggetto]
    assert terza.utente.email not in Messaggio.objects.values_list("destinatario", flat=True)
    assert list(parti_da_firmare(terza.utente)) == []
    with revisione_corrente(in_tre).pdf.open("rb") as file:
        campi = [c.get_object()["/T"] for c in PdfFileReader(file).root["/AcroForm"]["/Fields"]]
    assert campi == ["Firma1", "Firma2"]


def test_chi_non_deve_firmare_non_puo_e_la_fine_non_lo_aspetta(in_tre, firmatari, rappresentante, terza, provincia):
    """R12."""
    with pytest.raises(PermissionDenied, match="La modifica non cambia niente per"):
        firma(terza.utente, in_tre, terza.soggetto)
    firma(firmatari[1], in_tre, rappresentante.soggetto)
    firma(firmatari[0], in_tre, provincia)
    in_tre.refresh_from_db()
    assert in_tre.stato == StatoAccordo.SOTTOSCRITTO
    assert terza.utente.email in Messaggio.objects.filter(oggetto="Firmato da tutti: Accordo in tre").values_list(
        "destinatario", flat=True
    )
