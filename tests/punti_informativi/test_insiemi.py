"""The list from memory says what SQL says, and what was written a moment ago (R32; issue 5, «Fast»)."""

import re
from datetime import date, datetime, time
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertHTMLEqual

from accordi.queries.accreditamento import sospesi_per_data
from core.generazioni import SuFile
from core.orologio import fermo
from punti_informativi.forms.tendina import Tendina
from punti_informativi.generazione import PUNTI
from punti_informativi.models import PuntoInformativo
from punti_informativi.queries.elenco import Filtri, punti_trovati
from punti_informativi.queries.insiemi import Insiemi, correnti
from tests.factories.accordi import AccordoFactory, IstanzaFactory
from tests.factories.punti_informativi import LinguaFactory, OrarioFactory, PuntoFactory, ServizioFactory
from tests.factories.reti import AccreditamentoFactory, ComuneFactory, SedeFactory

pytestmark = pytest.mark.django_db
ELENCO = "/punti-informativi/"
ROMA = ZoneInfo("Europe/Rome")


@pytest.fixture
def generazione_vera(settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    """As in production: what is worked out stays until a write is committed."""
    settings.GENERAZIONI_CARTELLA = tmp_path
    monkeypatch.setattr(PUNTI, "_contatore", SuFile("punti"))

    def scrive():
        connection.run_on_commit.clear()
        return django_capture_on_commit_callbacks(execute=True)

    return scrive


@pytest.fixture
def qualche_punto(lunedi):
    """Nine points that differ in each thing one may ask."""
    comuni, corsi, arabo = [ComuneFactory() for _n in range(3)], ServizioFactory(nome="Corsi"), LinguaFactory()
    for n in range(9):
        punto = PuntoFactory(
            attivo=True,
            nome=f"Punto {'gioioso' if n % 4 else 'serio'} {n}",
            sede=SedeFactory(comune=comuni[n % 3]),
            accessibilita=list(PuntoInformativo.Accessibilita)[n % 4],
            a_distanza=n % 2 == 0,
            servizi=[corsi] if n % 2 else [ServizioFactory()],
        )
        if n % 3 == 0:
            punto.lingue.add(arabo)
            punto.save()
        if n % 4:
            OrarioFactory(punto=punto, giorno=0, dalle=time(8 + n % 4), alle=time(12), su_appuntamento=n % 2 == 0)
    return {
        "q": "gioioso",
        "comune": comuni[0],
        "servizio": corsi,
        "lingua": arabo,
        "aperto_alle": lunedi.replace(second=40),
        "appuntamento": "con",
        "accessibile": "aiuto",
        "a_distanza": True,
    }


@pytest.mark.parametrize("quanti", [0, 1, 2, 3])
@pytest.mark.parametrize("centro", [{}, {"vicino": (45.1, 10.0)}, {"vicino": (45.1, 10.0), "entro": 10}])
def test_ogni_insieme_di_filtri_risponde_come_la_domanda_in_sql(qualche_punto, quanti, centro):
    insiemi, trovati_mai = Insiemi(), True
    for nomi in combinations(qualche_punto, quanti):
        filtri = Filtri(**{n: qualche_punto[n] for n in nomi}, **centro)
        elenco = insiemi.elenco(filtri, insiemi.trovati(filtri))
        attesi = list(punti_trovati(filtri).values_list("pk", flat=True))
        assert (elenco.chiavi, [p.pk for p in elenco[:20]], len(elenco)) == (attesi, attesi, len(attesi)), nomi
        trovati_mai = trovati_mai and not attesi
    assert not trovati_mai


def test_la_seconda_volta_non_chiede_dei_punti_e_dopo_una_modifica_si(generazione_vera, client, lunedi):
    punto = PuntoFactory(attivo=True, nome="Sportello Lavoro")
    client.get(ELENCO)
    with CaptureQueriesContext(connection) as fatte:
        assert "Sportello Lavoro" in client.get(ELENCO).text
    assert [q["sql"] for q in fatte if "puntoinformativo" in q["sql"]] == []
    with generazione_vera():
        PuntoInformativo.objects.filter(pk=punto.pk).update(nome="Sportello Nuovo")
    assert "Sportello Nuovo" in client.get(ELENCO).text


def test_il_giorno_nuovo_si_chiede_di_nuovo(generazione_vera):
    """R31: a point leaves the site at midnight, though nothing was written."""
    oggi = datetime(2023, 5, 8, 23, 59, tzinfo=ROMA)
    with fermo(oggi):
        prima = correnti()
        assert correnti() is prima
    with fermo(oggi.replace(day=9, hour=0, minute=0)):
        assert correnti() is not prima


def test_l_ora_che_torna_due_volte_e_due_domande():
    punto = PuntoFactory(attivo=True)
    OrarioFactory(punto=punto, giorno=6, dalle=time(1), alle=time(2, 30))
    insiemi, due_e_quindici = Insiemi(), datetime(2023, 10, 29, 2, 15, tzinfo=ROMA)
    aperti = [insiemi.trovati(Filtri(aperto_alle=due_e_quindici.replace(fold=n))) for n in (0, 1)]
    assert aperti == [1, 0]


def test_ogni_tabella_che_la_lista_legge_fa_cominciare_un_altra_generazione(client, qualche_punto):
    """Those of an agreement whose accreditation has lapsed too (R16)."""
    iscrizione = AccreditamentoFactory(dal=date(2020, 1, 1), al=date(2023, 4, 1))
    accordo = AccordoFactory(attivo=True, parti=[iscrizione.soggetto], istanza=IstanzaFactory())
    assert sospesi_per_data() == {accordo.pk}
    with CaptureQueriesContext(connection) as fatte:
        insiemi = Insiemi()
        filtri = Filtri(**qualche_punto, vicino=(45.1, 10.0), entro=10)
        insiemi.elenco(filtri, insiemi.trovati(filtri))
        list(insiemi.elenco(Filtri(), insiemi.trovati(Filtri()))[:5])
    lette = {t for q in fatte for t in re.findall(r'(?:FROM|JOIN) "(\w+)"', q["sql"])}
    assert {t for t in lette if not PUNTI.riguarda(t)} == set()
    assert "accordi_parte" in lette


class _Prova(forms.Form):
    comune = forms.ChoiceField(choices=[("", "Tutti"), ("a&b", "L'<Aquila>"), (3, "Tre")], required=False)


@pytest.mark.parametrize("valore", ["", "a&b", "3", "mai"])
def test_il_menu_scritto_in_una_volta_dice_come_quello_di_django(valore):
    suo, nostro = _Prova({"comune": valore}), _Prova({"comune": valore})
    nostro.fields["comune"].widget = Tendina(choices=nostro.fields["comune"].choices)
    scritti = [str(f["comune"].as_widget(attrs={"class": "form-select", "required": True})) for f in (suo, nostro)]
    assertHTMLEqual(*scritti)
