"""Objectives, phases, indicators, values entered by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from monitoraggio.models import Fase, Indicatore, Obiettivo, ValoreInserito
from tests.factories.utenti import UtenteFactory


class ObiettivoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Obiettivo
        django_get_or_create = ("codice",)

    codice = "2023_1"
    anno = 2023
    titolo = "Politiche attive del lavoro"
    centro_di_responsabilita = "SETTORE LAVORO E FORMAZIONE"


class FaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Fase

    obiettivo = factory.SubFactory(ObiettivoFactory)
    ordine = factory.Sequence(lambda n: n % 1000)
    codice = factory.Sequence(lambda n: f"P{n}")
    descrizione = "Una fase"
    inizio_previsto = date(2023, 1, 1)
    fine_prevista = date(2023, 12, 31)


class IndicatoreFactory(factory.django.DjangoModelFactory):
    """Entered by hand unless `misura` says how it is computed."""

    class Meta:
        model = Indicatore

    class Params:
        punti = factory.Trait(
            codice="F2",
            descrizione="N. incontri di raccordo con Punti informativi",
            misura="incontri_tenuti",
            parametri={"tema": "punti_informativi"},
            previsto=Decimal(1),
        )
        ritardi = factory.Trait(
            codice="B5", misura="casi_in_ritardo", parametri={"tipo": "partenariato_gol"}, previsto=0, meglio="basso"
        )
        tasso = factory.Trait(codice="D1", misura="tasso_partecipazione_altri", previsto=Decimal(90), unita="%")
        atto = factory.Trait(
            codice="E1",
            misura="atto_entro",
            parametri={"tipo": "comitato_tecnico", "entro": "04-30"},
            previsto=0,
            meglio="basso",
            unita="giorni",
        )

    obiettivo = factory.SubFactory(ObiettivoFactory)
    ordine = factory.Sequence(lambda n: n % 1000)
    codice = factory.Sequence(lambda n: f"X{n}")
    descrizione = "N. indagini pubblicate"
    tipo = "RISULTATO"
    previsto = Decimal(3)


class ValoreInseritoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ValoreInserito

    indicatore = factory.SubFactory(IndicatoreFactory)
    al = date(2023, 12, 31)
    valore = Decimal(3)
    nota = "Elenco nel fascicolo."
    utente = factory.SubFactory(UtenteFactory, ruolo="coordinatore")
    inserito_il = datetime(2023, 12, 31, 9, 0, tzinfo=UTC)
