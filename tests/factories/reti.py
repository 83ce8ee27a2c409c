"""Comuni, soggetti, seats, reti, meetings."""

from datetime import UTC, date, datetime, timedelta

import factory
from stdnum.luhn import calc_check_digit

from reti.models import (
    Accreditamento,
    Adesione,
    Comune,
    Convocazione,
    Fascia,
    Incontro,
    Interpellato,
    Presenza,
    Rappresentanza,
    Rete,
    Sede,
    Soggetto,
    Sondaggio,
)
from reti.stati import StatoIncontro
from tests.factories.utenti import UtenteFactory


def codice_fiscale_ente(n: int) -> str:
    """A valid 11-digit code: serial, office, check digit."""
    base = f"{n:07d}001"
    return base + calc_check_digit(base)


class ComuneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Comune
        django_get_or_create = ("codice_istat",)

    codice_istat = factory.Sequence(lambda n: f"{900000 + n}")
    codice_catastale = factory.Sequence(lambda n: f"{'ZYXWVU'[n // 1000]}{n % 1000:03d}")
    nome = factory.Sequence(lambda n: f"Comune {n}")
    lat = 45.13
    lon = 10.02


class SoggettoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Soggetto

    class Params:
        provincia = factory.Trait(
            slug="provincia-di-cremona",
            denominazione="Provincia di Cremona",
            natura=Soggetto.Natura.PUBBLICO,
            tipo=Soggetto.Tipo.PROVINCIA,
            titolare_piattaforma=True,
        )
        pubblico = factory.Trait(natura=Soggetto.Natura.PUBBLICO, tipo=Soggetto.Tipo.ENTE_PUBBLICO)

    slug = factory.Sequence(lambda n: f"soggetto-{n}")
    denominazione = factory.Sequence(lambda n: f"Soggetto {n}")
    natura = Soggetto.Natura.PRIVATO
    tipo = Soggetto.Tipo.OPERATORE
    codice_fiscale = factory.Sequence(lambda n: codice_fiscale_ente(1000 + n))
    email = factory.LazyAttribute(lambda s: f"{s.slug}@ente.example")


class SedeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sede

    soggetto = factory.SubFactory(SoggettoFactory)
    indirizzo = "via Dante 1"
    comune = factory.SubFactory(ComuneFactory)


class AccreditamentoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Accreditamento

    soggetto = factory.SubFactory(SoggettoFactory)
    registro = Accreditamento.Registro.LAVORO
    numero = factory.Sequence(lambda n: f"L{n:04d}")
    dal = date(2020, 1, 1)


class RappresentanzaFactory(factory.django.DjangoModelFactory):
    """A legal representative with every power."""

    class Meta:
        model = Rappresentanza

    utente = factory.SubFactory(UtenteFactory)
    soggetto = factory.SubFactory(SoggettoFactory)
    titolo = Rappresentanza.Titolo.LEGALE
    puo_firmare = True
    puo_presentare = True
    puo_gestire_punti = True
    dal = date(2020, 1, 1)


class ReteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rete

    slug = factory.Sequence(lambda n: f"tavolo-{n}")
    nome = factory.Sequence(lambda n: f"Tavolo {n}")
    convocante = factory.SubFactory(SoggettoFactory, provincia=True)
    dal = date(2020, 1, 1)


class AdesioneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adesione

    rete = factory.SubFactory(ReteFactory)
    soggetto = factory.SubFactory(SoggettoFactory)
    dal = date(2020, 1, 1)


class IncontroFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Incontro

    class Params:
        svolto = factory.Trait(stato=StatoIncontro.SVOLTO)

    rete = factory.SubFactory(ReteFactory)
    titolo = factory.Sequence(lambda n: f"Incontro {n}")
    inizio = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
    fine = factory.LazyAttribute(lambda i: i.inizio + timedelta(hours=2))
    creato_da = factory.SubFactory(UtenteFactory, ruolo="coordinatore")
    luogo = "Sala consiliare"


class ConvocazioneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Convocazione

    incontro = factory.SubFactory(IncontroFactory)
    adesione = factory.SubFactory(AdesioneFactory)
    email = "invitato@ente.example"


class PresenzaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Presenza

    incontro = factory.SubFactory(IncontroFactory, svolto=True)
    adesione = factory.SubFactory(AdesioneFactory)
    esito = Presenza.Esito.PRESENTE
    registrata_il = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


class SondaggioFactory(factory.django.DjangoModelFactory):
    """A poll with no slot; `entro` far in the future."""

    class Meta:
        model = Sondaggio

    rete = factory.SubFactory(ReteFactory)
    titolo = factory.Sequence(lambda n: f"Sondaggio {n}")
    luogo = "Sala consiliare"
    creato_da = factory.SubFactory(UtenteFactory, ruolo="coordinatore")
    entro = datetime(2089, 12, 20, 17, 0, tzinfo=UTC)


class FasciaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Fascia

    sondaggio = factory.SubFactory(SondaggioFactory)
    inizio = datetime(2090, 1, 10, 9, 0, tzinfo=UTC)
    fine = factory.LazyAttribute(lambda f: f.inizio + timedelta(hours=2))


class InterpellatoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interpellato

    sondaggio = factory.SubFactory(SondaggioFactory)
    adesione = factory.SubFactory(AdesioneFactory)
    email = "invitato@ente.example"
