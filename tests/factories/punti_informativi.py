"""Services, target groups, points with their hours; an active point by trait."""

from datetime import date, time

import factory

from core.orologio import oggi
from punti_informativi.models import (
    Campagna,
    Categoria,
    Destinatari,
    Eccezione,
    EccezioneOspite,
    FestaPatronale,
    Giorno,
    Lingua,
    Orario,
    OrarioOspite,
    PuntoInformativo,
    Riscontro,
    Servizio,
    Verifica,
)
from punti_informativi.stati import StatoPunto
from tests.factories.reti import ComuneFactory, SedeFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory


class ServizioFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Servizio

    slug = factory.Sequence(lambda n: f"servizio-{n}")
    nome = factory.Sequence(lambda n: f"Servizio {n}")


class LinguaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lingua

    codice = factory.Sequence(lambda n: f"x{n}")
    nome = factory.Sequence(lambda n: f"lingua {n}")


class DestinatariFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Destinatari

    slug = factory.Sequence(lambda n: f"gruppo-{n}")
    nome = factory.Sequence(lambda n: f"Gruppo {n}")


class PuntoFactory(factory.django.DjangoModelFactory):
    """A candidate with one service and no hours."""

    class Meta:
        model = PuntoInformativo
        skip_postgeneration_save = True

    class Params:
        verificato = factory.Trait(stato=StatoPunto.VERIFICATO, verificato_il=factory.LazyFunction(oggi))
        attivo = factory.Trait(
            stato=StatoPunto.ATTIVO, live=True, attivo_dal=date(2023, 5, 2), verificato_il=factory.LazyFunction(oggi)
        )
        sospeso = factory.Trait(
            stato=StatoPunto.SOSPESO, live=True, attivo_dal=date(2023, 5, 2), verificato_il=factory.LazyFunction(oggi)
        )
        cessato = factory.Trait(
            stato=StatoPunto.CESSATO, live=False, attivo_dal=date(2023, 5, 2), cessato_dal=date(2023, 9, 1)
        )

    slug = factory.Sequence(lambda n: f"punto-{n}")
    nome = factory.Sequence(lambda n: f"Punto {n}")
    sede = factory.SubFactory(SedeFactory)
    soggetto = factory.SelfAttribute("sede.soggetto")
    live = False

    @factory.post_generation
    def servizi(self, create: bool, extracted: object, **kwargs: object) -> None:
        self.servizi = [ServizioFactory()] if extracted is None else extracted
        self.save()

    @factory.post_generation
    def destinatari(self, create: bool, extracted: object, **kwargs: object) -> None:
        self.destinatari = extracted or []
        self.save()


class OrarioFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Orario

    punto = factory.SubFactory(PuntoFactory, attivo=True)
    giorno = Giorno.LUNEDI
    dalle = time(9)
    alle = time(12, 30)


class EccezioneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Eccezione

    punto = factory.SubFactory(PuntoFactory, attivo=True)
    dal = date(2023, 8, 7)
    al = date(2023, 8, 25)


class OrarioOspiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrarioOspite

    soggetto = factory.SubFactory(SoggettoFactory)
    giorno = Giorno.LUNEDI
    dalle = time(9)
    alle = time(12, 30)


class EccezioneOspiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EccezioneOspite

    soggetto = factory.SubFactory(SoggettoFactory)
    dal = date(2023, 8, 7)
    al = date(2023, 8, 25)


class FestaPatronaleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FestaPatronale

    comune = factory.SubFactory(ComuneFactory)
    nome = "Sant'Omobono"
    giorno = 13
    mese = 11


class VerificaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Verifica

    punto = factory.SubFactory(PuntoFactory, attivo=True)
    utente = factory.SubFactory(UtenteFactory, ruolo="coordinatore")
    verificato_il = date(2023, 5, 2)


class CategoriaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Categoria
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"categoria-{n}")
    nome = factory.Sequence(lambda n: f"Categoria {n}")
    tipi = factory.LazyFunction(list)

    @factory.post_generation
    def soggetti(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and extracted:
            self.soggetti.set(extracted)


class CampagnaFactory(factory.django.DjangoModelFactory):
    """A draft to one empty category, unless `categorie` says otherwise."""

    class Meta:
        model = Campagna
        skip_postgeneration_save = True

    codice = factory.Sequence(lambda n: f"campagna{n:04d}")
    titolo = "Apri un punto"
    oggetto = "Apri un punto informativo"
    testo = "Cerchiamo chi ospita uno sportello."
    creata_da = factory.SubFactory(UtenteFactory, ruolo="coordinatore")

    @factory.post_generation
    def categorie(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create:
            self.categorie.set(extracted or [CategoriaFactory()])


class RiscontroFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Riscontro

    punto = factory.SubFactory(PuntoFactory, attivo=True)
    voto = 4
    lasciato_il = factory.LazyFunction(oggi)
