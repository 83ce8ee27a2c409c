"""Timestamps that an authority owes: asked again, shown, and never replaced by our own clock."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accordi.models import MarcaTemporale
from accordi.queries.marche import voci_scrivania
from accordi.services import marche
from accordi.services.marche import richiedi_marche
from core.errori import Rifiuto
from core.orologio import fermo
from core.registro import righe_di
from tests.accordi.autorita import ISTANTE, autorita
from tests.accordi.conftest import GIORNO
from tests.accordi.test_firme import firma
from tests.accordi.test_guasti_firma import PORTA_CHIUSA

DETTAGLIO = "Firma di {}. L'autorità non ha mai risposto: chiedila da qui."


@pytest.fixture
def senza_marca(in_firma, firmatari, settings):
    """A signature made while the authority was down."""
    settings.MARCA_TEMPORALE_URL = PORTA_CHIUSA
    return firma(firmatari[1], in_firma.parti.last())


def test_la_marca_chiesta_a_mano_porta_l_ora_dell_autorita(senza_marca, coordinatore, settings):
    """Hours later: the instant is the authority's, neither the signature's nor the request's."""
    with autorita() as settings.MARCA_TEMPORALE_URL, fermo(GIORNO + timedelta(hours=5)):
        richiedi_marche(utente=coordinatore, accordo=senza_marca.parte.accordo)
    assert MarcaTemporale.objects.get(firma=senza_marca).istante == ISTANTE
    azioni = [r.azione for r in righe_di(senza_marca.parte.accordo)]
    assert azioni[-2:] == ["accordo.marca_richiesta", "accordo.marca_ottenuta"]


def test_se_l_autorita_tace_ancora_lo_si_dice_e_niente_la_sostituisce(senza_marca, coordinatore):
    with pytest.raises(Rifiuto, match="ancora non risponde"):
        richiedi_marche(utente=coordinatore, accordo=senza_marca.parte.accordo)
    assert MarcaTemporale.objects.count() == 0


def test_si_rinuncia_dopo_l_ultima_pausa_e_la_scrivania_lo_dice(senza_marca, coordinatore, rappresentante):
    """By date: the entry appears whether or not the attempts ran; and goes when the mark comes."""
    assert marche.recupera_marca.func(senza_marca.pk, len(marche.PAUSE_MINUTI)).startswith("rinunciato")
    attese = timedelta(minutes=sum(marche.PAUSE_MINUTI))
    with fermo(GIORNO + attese):
        assert [v.dettaglio for v in voci_scrivania(coordinatore)] == []
    with fermo(GIORNO + attese + timedelta(seconds=1)):
        (voce,) = voci_scrivania(coordinatore)
    assert (voce.titolo, voce.urgenza) == ("Manca la marca temporale: «Collaborazione di prova»", 1)
    assert voce.dettaglio == DETTAGLIO.format(rappresentante.soggetto)


def test_senza_autorita_configurata_o_senza_mancanze_il_pulsante_dice_perche(
    in_firma, senza_marca, coordinatore, settings
):
    settings.MARCA_TEMPORALE_URL = ""
    assert marche.recupera_marca.func(senza_marca.pk) == "rinunciato: nessuna autorità configurata"
    with pytest.raises(Rifiuto, match="Non è configurata nessuna autorità"):
        richiedi_marche(utente=coordinatore, accordo=in_firma)
    with autorita() as settings.MARCA_TEMPORALE_URL:
        richiedi_marche(utente=coordinatore, accordo=in_firma)
        with pytest.raises(Rifiuto, match="Nessuna firma aspetta"):
            richiedi_marche(utente=coordinatore, accordo=in_firma)


def test_solo_chi_coordina_chiede_marche(senza_marca, firmatari):
    with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
        richiedi_marche(utente=firmatari[1], accordo=senza_marca.parte.accordo)


def test_la_mancanza_si_vede_dalla_parte_e_dall_ufficio(senza_marca, firmatari, coordinatore, entra):
    """Both pages say that it is missing and why; the office has the button."""
    accordo = senza_marca.parte.accordo
    manca = "Senza marca temporale. Autorità non raggiunta alla firma: ClientConnectorError."
    assert manca in entra(firmatari[1]).get(f"/accordi/{accordo.codice}/").text
    client = entra(coordinatore)
    pagina = client.get(f"/gestione/accordi/{accordo.pk}/").text
    assert manca in pagina
    assert "Chiedi adesso la marca temporale" in pagina
    dopo = client.post(f"/gestione/accordi/{accordo.pk}/marche/", follow=True).text
    assert "ancora non risponde: si riprova da soli" in dopo
