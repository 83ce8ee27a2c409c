"""Rows in bulk for the benchmark: written straight to the tables, because the services aren't what is measured."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import monitoraggio
from accordi.models import Accordo, Parte
from accordi.scelte import TipoAccordo
from accordi.stati import StatoAccordo
from core.orologio import oggi
from core.parole import indice
from monitoraggio.models import Obiettivo
from monitoraggio.services import importa_scheda
from punti_informativi.models import Orario, PuntoInformativo, Servizio
from punti_informativi.stati import StatoPunto
from reti.models import Adesione, Comune, Convocazione, Incontro, Presenza, Rete, Sede, Soggetto
from reti.services.comuni import importa_comuni
from reti.stati import StatoIncontro
from tests.factories.reti import AdesioneFactory, ReteFactory, SoggettoFactory, codice_fiscale_ente
from utenti.models import Utente

PACCO = 500
SCHEDA = Path(monitoraggio.__file__).parent / "data" / "peg_2023_3504.json"
MISURE = {
    "A1": ("incontri_tenuti", {"tipo": "osservatorio"}),
    "B1": ("incontri_tenuti", {"tema": "operatori"}),
    "B2": ("incontri_tenuti", {"tipo": "tavolo", "tema": "disabilita"}),
    "B5": ("casi_in_ritardo", {"tipo": "partenariato_gol"}),
    "D1": ("tasso_partecipazione_altri", {}),
    "D2": ("accordi_sottoscritti", {"tipo": "collaborazione"}),
    "E1": ("atto_entro", {"tipo": "comitato_tecnico", "entro": "04-30"}),
    "E2": ("incontri_tenuti", {"tipo": "comitato_tecnico"}),
    "F2": ("incontri_tenuti", {"tema": "punti_informativi"}),
}


def soggetti(quanti: int) -> list[Soggetto]:
    """Private bodies with valid codes."""
    return Soggetto.objects.bulk_create(
        [
            Soggetto(
                slug=f"ente-{n}",
                denominazione=f"Ente {n}",
                natura=list(Soggetto.Natura)[n % 4],
                tipo=Soggetto.Tipo.OPERATORE,
                codice_fiscale=codice_fiscale_ente(200_000 + n),
            )
            for n in range(quanti)
        ],
        batch_size=PACCO,
    )


def punti(quanti: int) -> None:
    """Active points over all comuni, each with two spells of hours and two services."""
    importa_comuni()
    comuni, enti = list(Comune.objects.all()), soggetti(quanti // 10)
    servizi = [Servizio.objects.create(slug=f"servizio-{n}", nome=f"Servizio {n}") for n in range(8)]
    sedi = Sede.objects.bulk_create(
        [
            Sede(soggetto=ente, indirizzo=f"via Roma {n}", comune=c, lat=c.lat + n % 7 / 1000, lon=c.lon)
            for n, ente in enumerate(enti)
            for c in [comuni[n % len(comuni)]]
        ],
        batch_size=PACCO,
    )
    righe = PuntoInformativo.objects.bulk_create(
        [
            PuntoInformativo(
                slug=f"punto-{n}",
                nome=f"Punto informativo {n}",
                soggetto=sedi[n % len(sedi)].soggetto,
                sede=sedi[n % len(sedi)],
                stato=StatoPunto.ATTIVO,
                live=True,
                attivo_dal=oggi(),
                verificato_il=oggi(),
                indice=indice(f"Punto informativo {n}"),
            )
            for n in range(quanti)
        ],
        batch_size=PACCO,
    )
    offre = PuntoInformativo.servizi.through
    offre.objects.bulk_create(
        [
            offre(puntoinformativo=p, servizio=servizi[(n + k) % len(servizi)])
            for n, p in enumerate(righe)
            for k in (0, 3)
        ],
        batch_size=PACCO,
    )
    Orario.objects.bulk_create(
        [Orario(punto=p, giorno=g, dalle=time(9), alle=time(12, 30)) for p in righe for g in (0, 3)], batch_size=PACCO
    )


def rete_di_enti(quanti: int) -> None:
    """Bodies, each with a seat at five boards that ten times fewer of them convene: about five ties each."""
    enti = soggetti(quanti)
    tavoli = Rete.objects.bulk_create(
        [
            Rete(slug=f"tavolo-{n}", nome=f"Tavolo {n}", convocante=enti[n], dal=date(2020, 1, 1))
            for n in range(quanti // 10)
        ],
        batch_size=PACCO,
    )
    Adesione.objects.bulk_create(
        [
            Adesione(rete=tavoli[(7 * n + 13 * k) % len(tavoli)], soggetto=ente, dal=date(2020, 1, 1))
            for n, ente in enumerate(enti)
            for k in range(5)
        ],
        batch_size=PACCO,
    )


def _incontri(rete: Rete, quanti: int) -> list[Incontro]:
    primo = datetime(2023, 1, 9, 9, 0, tzinfo=UTC)
    inizi, tenuto = [primo + timedelta(days=n % 350) for n in range(quanti)], StatoIncontro.SVOLTO
    return Incontro.objects.bulk_create(
        [
            Incontro(rete=rete, titolo=f"Incontro {n}", inizio=i, fine=i + timedelta(hours=2), stato=tenuto)
            for n, i in enumerate(inizi)
        ],
        batch_size=PACCO,
    )


def anno_2023(utente: Utente, volte: int) -> Obiettivo:
    """The sheet's year: as many meetings, invitations and agreements as it reports, `volte` times."""
    provincia = Soggetto.objects.titolare()
    for tipo, tema, quanti in (
        ("osservatorio", "mercato_lavoro", 4),
        ("rete", "operatori", 24),
        ("tavolo", "disabilita", 25),
        ("comitato_tecnico", "disabilita", 4),
    ):
        rete = ReteFactory(
            tipo=tipo, tema=tema, convocante=provincia, atto="Determinazione n. 1", atto_data=date(2023, 4, 18)
        )
        _incontri(rete, quanti * volte)
    _incontri_di_altri(provincia, 20 * volte)
    _collaborazioni(provincia, 2 * volte)
    definizione = json.loads(SCHEDA.read_text())
    for voce in definizione["indicatori"]:
        if voce["codice"] in MISURE:
            voce["misura"], voce["parametri"] = MISURE[voce["codice"]]
    return importa_scheda(utente=utente, definizione=definizione)


def _incontri_di_altri(provincia: Soggetto, quanti: int) -> None:
    """Nine in ten attended."""
    rete = ReteFactory(convocante=SoggettoFactory(pubblico=True))
    seggio = AdesioneFactory(rete=rete, soggetto=provincia)
    tenuti = _incontri(rete, quanti)
    Convocazione.objects.bulk_create([Convocazione(incontro=i, adesione=seggio) for i in tenuti], batch_size=PACCO)
    Presenza.objects.bulk_create(
        [
            Presenza(
                incontro=i,
                adesione=seggio,
                esito=Presenza.Esito.PRESENTE if n % 10 else Presenza.Esito.GIUSTIFICATO,
                registrata_il=i.fine,
            )
            for n, i in enumerate(tenuti)
        ],
        batch_size=PACCO,
    )


def _collaborazioni(provincia: Soggetto, quante: int) -> None:
    altra, giorno = SoggettoFactory(), datetime(2023, 5, 10, 9, 0, tzinfo=UTC)
    accordi = Accordo.objects.bulk_create(
        [
            Accordo(
                tipo=TipoAccordo.COLLABORAZIONE,
                titolo=f"Collaborazione {n}",
                testo="Testo",
                stato=StatoAccordo.SOTTOSCRITTO,
                sottoscritto_il=giorno,
                creato_il=giorno,
            )
            for n in range(quante)
        ],
        batch_size=PACCO,
    )
    Parte.objects.bulk_create(
        [Parte(accordo=a, soggetto=s, ordine=n) for a in accordi for n, s in enumerate((provincia, altra), start=1)],
        batch_size=PACCO,
    )


def presenze(tavoli: int, incontri: int, seggi: int) -> None:
    """Boards with as many held meetings a month apart, every seat invited; three in four present."""
    enti = soggetti(max(tavoli, seggi))
    reti = Rete.objects.bulk_create(
        [Rete(slug=f"appello-{n}", nome=f"Tavolo {n}", convocante=enti[0], dal=date(2019, 1, 1)) for n in range(tavoli)]
    )
    posti = {
        rete: Adesione.objects.bulk_create(
            [Adesione(rete=rete, soggetto=enti[(n + k) % len(enti)], dal=rete.dal) for k in range(seggi)]
        )
        for n, rete in enumerate(reti)
    }
    for rete, adesioni in posti.items():
        coppie = [(i, a) for i in _incontri(rete, incontri) for a in adesioni]
        Convocazione.objects.bulk_create([Convocazione(incontro=i, adesione=a) for i, a in coppie], batch_size=PACCO)
        esiti = ("presente", "presente", "presente", "giustificato")
        Presenza.objects.bulk_create(
            [
                Presenza(incontro=i, adesione=a, esito=esiti[n % 4], registrata_il=i.fine)
                for n, (i, a) in enumerate(coppie)
            ],
            batch_size=PACCO,
        )
