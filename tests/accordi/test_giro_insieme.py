"""The round under concurrency: held documents, a text withdrawn while somebody signs, stages that open."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accordi.models import Accordo, Firma, Prenotazione, RifiutoFirma
from accordi.permissions import motivo_rifiuto_firma
from accordi.queries.accordi import revisione_corrente
from accordi.services import conclusione
from accordi.services.firme import firma_accordo
from accordi.services.giro import sollecita_in_attesa
from accordi.services.rifiuti import annulla_accordo, declina_firma
from accordi.services.testi import ritira_testo
from core.models import Messaggio
from core.orologio import fermo
from core.registro import verifica
from tests.accordi.conftest import GIORNO, codice, con_app
from tests.accordi.test_firme import EVIDENZA, firma
from tests.contemporanei import insieme
from tests.factories.reti import RappresentanzaFactory


def prendi(parte, utente, minuti=20):
    """The document held by `utente` from now on, as whoever signs outside does."""
    versione = parte.accordo.versioni.last()
    return Prenotazione.objects.create(
        parte=parte,
        versione=versione,
        utente=utente,
        impronta=versione.impronta,
        presa_il=GIORNO,
        scade_il=GIORNO + timedelta(minutes=minuti),
    )


def test_mentre_una_parte_tiene_il_documento_un_altra_non_firma(tutti_insieme, firmatari, rappresentante):
    prendi(tutti_insieme.parti.last(), firmatari[1])
    attesa = f"{rappresentante.soggetto} ha preso il documento per firmarlo fino alle 10:20"
    with pytest.raises(PermissionDenied, match=attesa):
        firma(firmatari[0], tutti_insieme.parti.first())
    with fermo(GIORNO + timedelta(minutes=20)):
        firma(firmatari[0], tutti_insieme.parti.first())
    assert Firma.objects.get().parte.soggetto.titolare_piattaforma


def test_nemmeno_un_delegato_dello_stesso_ente_firma_al_posto_di_chi_lo_tiene(in_firma, firmatari, rappresentante):
    """Two signatures of the same party on the same bytes would exclude each other."""
    prendi(in_firma.parti.last(), firmatari[1])
    delegato = con_app(RappresentanzaFactory(soggetto=rappresentante.soggetto, titolo="delegato").utente)
    assert "ha preso il documento" in motivo_rifiuto_firma(delegato, in_firma.parti.last())


def test_chi_lo_tiene_puo_ripensarci_e_firmare_qui(in_firma, firmatari):
    presa = prendi(in_firma.parti.last(), firmatari[1])
    firma(firmatari[1], in_firma.parti.last())
    presa.refresh_from_db()
    assert presa.chiusa_il == GIORNO


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verbo", ["ritira", "annulla", "declina"])
def test_firmare_mentre_il_testo_si_ferma_finisce_in_uno_dei_due_modi(tutti_insieme, firmatari, coordinatore, verbo):
    """Whoever comes second finds it done: either signed and then stopped, or stopped and not signed."""
    provincia, ente = tutti_insieme.parti.all()
    vista = revisione_corrente(tutti_insieme).impronta

    def firma_subito():
        with fermo(GIORNO):
            return firma_accordo(
                utente=firmatari[0], parte=provincia, impronta_vista=vista, codice=codice(), evidenza=EVIDENZA
            )

    def ferma():
        with fermo(GIORNO):
            if verbo == "declina":
                return declina_firma(utente=firmatari[1], parte=ente, versione=1, motivo="No")
            servizio = {"ritira": ritira_testo, "annulla": annulla_accordo}[verbo]
            return servizio(utente=coordinatore, accordo=tutti_insieme, motivo="Refuso")

    firmato, fermato = insieme(firma_subito, ferma)
    assert not isinstance(fermato, Exception)
    if isinstance(firmato, Exception):
        assert isinstance(firmato, PermissionDenied)
        assert str(firmato).startswith("L'accordo non è in firma")
    assert Firma.objects.count() == (not isinstance(firmato, Exception))
    assert Accordo.objects.get().stato == {"ritira": "bozza", "annulla": "annullato", "declina": "rifiutato"}[verbo]
    assert RifiutoFirma.objects.count() == (verbo == "declina")
    assert verifica()[1] == ""


@pytest.mark.django_db(transaction=True)
def test_due_solleciti_insieme_scrivono_a_ciascuno_una_volta(in_firma):
    """Two workers on the same day: the mail's own key keeps it one."""

    def sollecita():
        with fermo(GIORNO + timedelta(days=7)):
            return sollecita_in_attesa()

    assert sorted(insieme(sollecita, sollecita)) == [0, 1]
    assert Messaggio.objects.filter(oggetto__startswith="Manca la tua firma").count() == 1


@pytest.mark.parametrize("dove", ["annota", "avvisa_firma", "invita_alla_firma"])
def test_se_si_muore_prima_di_aprire_lo_stadio_la_firma_si_rifa(in_firma, firmatari, monkeypatch, dove):
    """Killed in what follows a signature, whoever made it: no signature without the invitation to the next."""

    def muore(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as m:
        m.setattr(conclusione, dove, muore)
        with pytest.raises(KeyboardInterrupt):
            firma(firmatari[1], in_firma.parti.last())
    invitati = Messaggio.objects.filter(oggetto__startswith="Da firmare", destinatario=firmatari[0].email)
    assert (Firma.objects.count(), invitati.count()) == (0, 0)
    with fermo(GIORNO + timedelta(minutes=1)):
        firma(firmatari[1], in_firma.parti.last())
    assert (Firma.objects.count(), invitati.count()) == (1, 1)
