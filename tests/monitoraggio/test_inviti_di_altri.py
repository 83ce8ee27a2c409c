"""D1 follows what is recorded on the screens of the meetings convened by others (R26)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from monitoraggio.queries import cifre_di_incontro, scheda
from reti.models import Incontro
from tests.factories.monitoraggio import IndicatoreFactory, ObiettivoFactory
from tests.factories.reti import ReteFactory, SoggettoFactory
from tests.reti.test_inviti_ricevuti import ICS

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def d1(provincia):
    obiettivo = ObiettivoFactory(codice="3504", anno=2023)
    return IndicatoreFactory(
        obiettivo=obiettivo, codice="D1", misura="tasso_partecipazione_altri", parametri={}, unita="%"
    )


def raggiunto(d1):
    return scheda(d1.obiettivo).riga("D1").valore


def test_dieci_inviti_nove_presenze_novanta_per_cento(entra, coordinatore, d1, orologio):
    """Files uploaded, confirmed, attended with evidence: the figure follows at once; a cancelled one counts nowhere."""
    client = entra(coordinatore)
    rete = ReteFactory(convocante=SoggettoFactory(email="lavoro@regione.example"))
    with orologio(INIZIO - timedelta(days=5)):
        assert raggiunto(d1) is None
        for n in range(11):
            _invita(client, rete, ICS.replace("a1@", f"n{n}@"))
        ultimo = Incontro.objects.get(uid_esterno="n10@regione.example")
        client.post(reverse("gestione_incontri:annulla", args=[ultimo.pk]), {"motivo": "Annullato da chi convoca"})
        assert raggiunto(d1) is None
    with orologio(INIZIO + timedelta(hours=4)):
        for n, incontro in enumerate(Incontro.objects.exclude(pk=ultimo.pk).order_by("pk")):
            _partecipa(client, incontro, "presente" if n else "giustificato")
            if n == 1:
                assert raggiunto(d1) == Decimal("50.0")
        assert raggiunto(d1) == Decimal("90.0")
        pagina = client.get(reverse("gestione_inviti:scheda", args=[incontro.pk])).text
        record = reverse("peg:record", args=["3504", "D1"])
        assert f'<a href="{record}">D1 2023: 90%</a>' in pagina
        assert client.get(record).text.count("Tavolo regionale") >= 10


def _invita(client, rete, ics):
    pagina = client.post(reverse("gestione_inviti:nuovo"), {"file": _file(ics), "leggi": "1"})
    dati = {c: str(v) for c, v in pagina.context["form"].initial.items() if v}
    assert dati["rete"] == str(rete.pk)
    client.post(reverse("gestione_inviti:nuovo"), dati)


def _file(ics):
    return SimpleUploadedFile("invito.ics", ics.encode())


def _partecipa(client, incontro, esito):
    prefisso = f"p{incontro.convocazioni.get().pk}"
    dati = {f"{prefisso}-esito": esito, f"{prefisso}-prova": "Verbale ricevuto", "azione": "partecipazione"}
    client.post(reverse("gestione_inviti:scheda", args=[incontro.pk]), dati)


def test_la_cifra_e_quella_dell_anno_dell_incontro(d1, provincia):
    incontro = Incontro(inizio=datetime(2024, 1, 1, 9, tzinfo=UTC))
    assert cifre_di_incontro(incontro) == []
    incontro.inizio = datetime(2023, 12, 31, 22, tzinfo=UTC)
    assert [c.titolo for c in cifre_di_incontro(incontro)] == ["D1 2023: n.d."]
