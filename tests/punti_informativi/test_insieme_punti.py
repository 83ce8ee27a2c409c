"""Two coordinators, two citizens at the same instant: no loop of addresses, no visit lost (R30, R35)."""

import pytest
from django.test import Client

from core.errori import Rifiuto
from punti_informativi.models import Consultazioni, PuntoInformativo
from punti_informativi.services import cessa_punto
from punti_informativi.services.consultazioni import conta_visita
from tests.contemporanei import insieme
from tests.factories.punti_informativi import PuntoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_due_punti_non_prendono_il_posto_l_uno_dell_altro():
    uno, due = PuntoFactory(attivo=True), PuntoFactory(attivo=True)
    utente = UtenteFactory(ruolo="coordinatore")

    def cessa(punto, altro):
        return lambda: cessa_punto(utente=utente, punto=punto, motivo="Trasloco", sostituito_da=altro)

    esiti = insieme(cessa(uno, due), cessa(due, uno))
    assert sorted(type(e) for e in esiti if isinstance(e, Exception)) == [Rifiuto]
    chiuso = PuntoInformativo.objects.get(stato="cessato")
    aperto = PuntoInformativo.objects.get(stato="attivo")
    assert (chiuso.sostituito_da, aperto.sostituito_da) == (aperto, None)
    assert Client().get(chiuso.get_absolute_url())["Location"] == aperto.get_absolute_url()


def test_le_visite_scritte_insieme_si_sommano():
    punto = PuntoFactory(attivo=True)
    insieme(*[lambda: conta_visita(punto.slug, "Mozilla/5.0 Firefox/140.0")] * 4)
    assert Consultazioni.objects.get().quante == 4
