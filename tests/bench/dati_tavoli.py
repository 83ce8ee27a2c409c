"""Boards, meetings, invitations and attendances in bulk, as many as a region would have (issue: scale)."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from reti.models import Adesione, Convocazione, Incontro, Presenza, PuntoOdg, Rappresentanza, Rete, Soggetto
from reti.stati import StatoIncontro
from tests.bench.dati import PACCO, soggetti
from tests.factories.reti import SoggettoFactory
from tests.factories.utenti import UtenteFactory

SEGGI, INCONTRI = 20, 40
ADESSO = datetime(2023, 6, 15, 9, 0, tzinfo=UTC)
PRIMO = ADESSO - timedelta(
    weeks=4 * 36
)  # of the 40 meetings of a board, one every four weeks, the last three are to come
ESITI = (Presenza.Esito.PRESENTE, Presenza.Esito.PRESENTE, Presenza.Esito.ASSENTE, Presenza.Esito.GIUSTIFICATO)


class Territorio:
    """Boards of the Province: each with 20 seats (the Province's first), 40 meetings, everyone invited to each."""

    def __init__(self) -> None:
        self.provincia = Soggetto.objects.filter(titolare_piattaforma=True).first() or SoggettoFactory(provincia=True)
        self.coordinatore = UtenteFactory(ruolo="coordinatore")
        self.enti = soggetti(1_000)
        self.socio = UtenteFactory()
        Rappresentanza.objects.create(
            utente=self.socio, soggetto=self.enti[0], titolo=Rappresentanza.Titolo.REFERENTE, dal=date(2020, 1, 1)
        )
        self.tavoli: list[Rete] = []

    def aggiungi(self, quanti: int) -> None:
        """That many boards more, with all that belongs to them."""
        primo = len(self.tavoli)
        nuovi = Rete.objects.bulk_create(
            Rete(slug=f"tavolo-{n}", nome=f"Tavolo {n:03d}", convocante=self.provincia, dal=date(2020, 1, 1))
            for n in range(primo, primo + quanti)
        )
        self.tavoli += nuovi
        seggi = Adesione.objects.bulk_create(self._seggi(nuovi), batch_size=PACCO)
        incontri = Incontro.objects.bulk_create(self._incontri(nuovi), batch_size=PACCO)
        PuntoOdg.objects.bulk_create(
            (PuntoOdg(incontro=i, ordine=n, titolo=f"Punto {n}, priorità") for i in incontri for n in (1, 2, 3)),
            batch_size=PACCO,
        )
        self._inviti(seggi, incontri)

    def _seggi(self, tavoli: list[Rete]) -> list[Adesione]:
        """The Province and 19 bodies in turn; at the first five boards `socio` holds the second seat, for theirs."""
        return [
            Adesione(
                rete=rete,
                soggetto=self._ente(rete, n),
                titolare=self.socio if n == 1 and rete in self.tavoli[:5] else None,
                titolare_email=f"seggio{n}@ente.example",
                dal=date(2020, 1, 1),
            )
            for rete in tavoli
            for n in range(SEGGI)
        ]

    def _ente(self, rete: Rete, n: int) -> Soggetto:
        if n == 0:
            return self.provincia
        if n == 1 and rete in self.tavoli[:5]:
            return self.enti[0]
        return self.enti[1 + (int(rete.slug.rpartition("-")[2]) * 7 + n * 31) % 999]

    def _incontri(self, tavoli: list[Rete]) -> list[Incontro]:
        inizi = [PRIMO + timedelta(weeks=4 * n) for n in range(INCONTRI)]
        return [
            Incontro(
                rete=rete,
                titolo=f"{rete.nome}, seduta {n}",
                inizio=inizio,
                fine=inizio + timedelta(hours=2),
                luogo="Sala consiliare",
                stato=StatoIncontro.VERBALIZZATO if inizio < ADESSO else StatoIncontro.CONVOCATO,
                aggiornato=inizio,
            )
            for rete in tavoli
            for n, inizio in enumerate(inizi)
        ]

    def _inviti(self, seggi: list[Adesione], incontri: list[Incontro]) -> None:
        per_rete: dict[int, list[Adesione]] = {}
        for seggio in seggi:
            per_rete.setdefault(seggio.rete_id, []).append(seggio)
        coppie = [(i, s) for i in incontri for s in per_rete[i.rete_id]]
        a_pacchi(Convocazione, (Convocazione(incontro=i, adesione=s, email=s.titolare_email) for i, s in coppie))
        a_pacchi(
            Presenza,
            (
                Presenza(incontro=i, adesione=s, esito=ESITI[n % 4], registrata_il=i.fine)
                for n, (i, s) in enumerate(coppie)
            ),
        )


def a_pacchi(modello: Any, righe: Any) -> None:
    """Some thousands at a time, so that the whole never stands in memory."""
    while pacco := list(islice(righe, 10_000)):
        modello.objects.bulk_create(pacco, batch_size=PACCO)
