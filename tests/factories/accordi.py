"""Calls and applications."""

from datetime import UTC, date, datetime

import factory
from django.core.files.base import ContentFile

from accordi.models import (
    Accordo,
    Avviso,
    DocumentoIstanza,
    Istanza,
    ModelloAccordo,
    Parte,
    PartecipanteIstanza,
    Protocollo,
    Sospensione,
)
from accordi.scelte import TipoAccordo
from accordi.stati import StatoAccordo, StatoIstanza
from tests.factories.reti import SoggettoFactory
from tests.factories.utenti import UtenteFactory


class ModelloAccordoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ModelloAccordo

    nome = factory.Sequence(lambda n: f"Modello {n}")
    tipo = TipoAccordo.PATTO_COMPETENZE
    testo = "# Oggetto\nTra {parti}, in risposta a {avviso} ({atto}), {protocollo}.\n# Durata\nUn anno."
    live = True


class AvvisoFactory(factory.django.DjangoModelFactory):
    """A published call, open for the whole of 2023 and far beyond."""

    class Meta:
        model = Avviso

    class Params:
        gol = factory.Trait(
            tipo=TipoAccordo.PARTENARIATO_GOL,
            regola_composizione={
                "minimo": 1,
                "massimo": 1,
                "ruoli": [{"nome": "operatore accreditato ai servizi al lavoro", "accreditamento": "lavoro"}],
            },
        )
        chiuso = factory.Trait(chiude=datetime(2023, 2, 1, tzinfo=UTC))

    slug = factory.Sequence(lambda n: f"avviso-{n}")
    titolo = factory.Sequence(lambda n: f"Avviso {n}")
    tipo = TipoAccordo.PATTO_COMPETENZE
    sommario = "Un avviso di prova."
    atto = "Determinazione n. 1 del 2 gennaio 2023"
    apre = datetime(2023, 1, 9, 8, 0, tzinfo=UTC)
    chiude = datetime(2099, 12, 31, 11, 0, tzinfo=UTC)
    modello = factory.SubFactory(ModelloAccordoFactory)
    esige_firma_istanza = False
    live = True


class ProtocolloFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Protocollo

    anno = factory.LazyAttribute(lambda p: p.registrato_il.year)
    numero = factory.Sequence(lambda n: 90000 + n)
    registrato_il = datetime(2023, 3, 1, 9, 0, tzinfo=UTC)
    verso = Protocollo.Verso.ENTRATA
    oggetto = "Istanza"
    corrispondente = "Un soggetto"
    impronta = "0" * 64


class IstanzaFactory(factory.django.DjangoModelFactory):
    """A complete draft of one body; `presentata`, `istruttoria`… give the later states."""

    class Meta:
        model = Istanza
        skip_postgeneration_save = True

    class Params:
        con_protocollo = factory.Trait(
            protocollo=factory.SubFactory(ProtocolloFactory), presentata_da=factory.SubFactory(UtenteFactory)
        )
        presentata = factory.Trait(con_protocollo=True, stato=StatoIstanza.PRESENTATA)
        istruttoria = factory.Trait(con_protocollo=True, stato=StatoIstanza.ISTRUTTORIA)
        integrazione = factory.Trait(con_protocollo=True, stato=StatoIstanza.INTEGRAZIONE)
        ammessa = factory.Trait(con_protocollo=True, stato=StatoIstanza.AMMESSA)

    avviso = factory.SubFactory(AvvisoFactory)
    capofila = factory.SubFactory(SoggettoFactory)
    motivazione = "Offriamo orientamento a chi cerca lavoro."
    dichiarazione_poteri = True
    creata_il = datetime(2023, 2, 20, 9, 0, tzinfo=UTC)

    @factory.post_generation
    def partecipante_capofila(self, create: bool, extracted: object, **kwargs: object) -> None:
        PartecipanteIstanza.objects.create(istanza=self, soggetto=self.capofila, ruolo="capofila")


class PartecipanteIstanzaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartecipanteIstanza

    istanza = factory.SubFactory(IstanzaFactory)
    soggetto = factory.SubFactory(SoggettoFactory)


class DocumentoIstanzaFactory(factory.django.DjangoModelFactory):
    """A PDF that the leading body attached."""

    class Meta:
        model = DocumentoIstanza

    istanza = factory.SubFactory(IstanzaFactory)
    richiesta = "statuto"
    nome = "statuto.pdf"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 statuto", "statuto.pdf"))
    dimensione = 16
    impronta = "0" * 64
    caricato_da = factory.SubFactory(UtenteFactory)


class SospensioneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sospensione

    istanza = factory.SubFactory(IstanzaFactory, integrazione=True)
    dal = factory.LazyAttribute(lambda s: s.istanza.presentata_il)
    richiesta = "Manca la visura camerale."


class AccordoFactory(factory.django.DjangoModelFactory):
    """An agreement as a row, without text or signatures; `attivo`: signed by all and effective for 2023."""

    class Meta:
        model = Accordo
        skip_postgeneration_save = True

    class Params:
        attivo = factory.Trait(
            stato=StatoAccordo.ATTIVO,
            sottoscritto_il=datetime(2023, 3, 1, 9, 0, tzinfo=UTC),
            efficace_dal=date(2023, 3, 1),
            scade_il=date(2023, 12, 31),
            protocollo=factory.SubFactory(ProtocolloFactory),
            determina_numero="12",
            determina_data=date(2023, 2, 1),
        )

    tipo = TipoAccordo.COLLABORAZIONE
    titolo = factory.Sequence(lambda n: f"Accordo {n}")
    testo = "# Oggetto\nLe parti collaborano."
    creato_il = datetime(2023, 2, 1, 9, 0, tzinfo=UTC)

    @factory.post_generation
    def parti(self, create: bool, extracted: list | None, **kwargs: object) -> None:
        """`parti=[soggetti]`, in order of signature."""
        for n, soggetto in enumerate(extracted or [], start=1):
            Parte.objects.create(accordo=self, soggetto=soggetto, ordine=n)
