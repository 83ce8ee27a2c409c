"""Agreements at scale: `python3 manage.py prova tests/bench/misure_accordi.py` (docs/misure.md).

500 agreements in every state, 1,500 parties, 1,000 obligations: each page makes as many queries as at 20.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import cycle, islice

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accordi.models import Accordo, Impegno, Parte, VersioneTesto
from accordi.scelte import TipoAccordo
from accordi.stati import PRIMA_DELLA_FIRMA, StatoAccordo
from core.models import Installazione
from core.orologio import fermo
from reti.models import Rappresentanza
from tests.bench.dati import soggetti
from tests.bench.pavimento import vista_nuda
from tests.factories.reti import SoggettoFactory
from tests.factories.utenti import UtenteFactory

ADESSO = datetime(2023, 6, 15, 9, 0, tzinfo=UTC)
NUDA = "vista Django di due byte"


class Archivio:
    """Agreements of the Province with the body of `socio` and another one, by turns in every state."""

    def __init__(self) -> None:
        self.provincia = SoggettoFactory(provincia=True)
        self.coordinatore, self.socio = UtenteFactory(ruolo="coordinatore"), UtenteFactory()
        self.enti = soggetti(100)
        Rappresentanza.objects.create(
            utente=self.socio,
            soggetto=self.enti[0],
            titolo=Rappresentanza.Titolo.LEGALE,
            dal=date(2020, 1, 1),
            puo_firmare=True,
        )

    def aggiungi(self, quanti: int) -> None:
        """That many agreements more, with three parties, a frozen text and two obligations each."""
        primo = Accordo.objects.count()
        stati = islice(cycle(StatoAccordo.values), quanti)
        nuovi = Accordo.objects.bulk_create(self._accordo(primo + n, stato) for n, stato in enumerate(stati))
        parti = Parte.objects.bulk_create(p for n, a in enumerate(nuovi) for p in self._parti(a, n))
        VersioneTesto.objects.bulk_create(
            VersioneTesto(accordo=a, numero=1, testo=a.testo, impronta=f"{a.pk:064x}", congelata_il=ADESSO)
            for a in nuovi
        )
        Impegno.objects.bulk_create(
            Impegno(accordo=p.accordo, parte=p, testo=f"Relazione {p.pk}", entro=date(2023, 7, 1))
            for p in parti
            if p.ordine > 1
        )

    def _accordo(self, n: int, stato: str) -> Accordo:
        firmato = stato not in PRIMA_DELLA_FIRMA
        return Accordo(
            tipo=TipoAccordo.COLLABORAZIONE,
            titolo=f"Collaborazione {n:03d}",
            testo="# Oggetto",
            creato_il=ADESSO,
            sottoscritto_il=ADESSO if firmato else None,
            efficace_dal=date(2023, 6, 1) if firmato else None,
            scade_il=date(2024, 5, 31) if firmato else None,
            preavviso_giorni=60,
            **{"stato": stato},
        )

    def _parti(self, accordo: Accordo, n: int) -> Iterator[Parte]:
        enti = (self.provincia, self.enti[0], self.enti[1 + n % 99])
        for ordine, ente in enumerate(enti, start=1):
            yield Parte(accordo=accordo, soggetto=ente, ordine=ordine)


def _pagine(archivio: Archivio) -> dict[str, tuple[object, str]]:
    capo, socio = archivio.coordinatore, archivio.socio
    gestione = reverse("accordi_gestione:index")
    return {
        "gestione: scrivania": (capo, reverse("wagtailadmin_home")),
        "gestione: scrivania, un argomento": (capo, reverse("wagtailadmin_home") + "?genere=accordi"),
        "gestione: accordi": (capo, gestione),
        "gestione: accordi cercati": (capo, gestione + "?q=collaborazione"),
        "gestione: scadenze degli accordi": (capo, reverse("accordi_gestione:scadenze")),
        "area riservata": (socio, reverse("utenti:area")),
        "area: accordi": (socio, reverse("accordi:accordi")),
        "area: accordi cercati": (socio, reverse("accordi:accordi") + "?q=collaborazione"),
        "area: accordi di un ente": (socio, reverse("accordi:accordi") + f"?ente={archivio.enti[0].slug}"),
        "area: scadenze": (socio, reverse("accordi:scadenze")),
        "registro pubblico": (socio, reverse("accordi:registro")),
    }


def test_cinquecento_accordi(db, client, confronta):
    """Scale: queries equal at both sizes; every list beside a bare view."""
    with fermo(ADESSO):
        Installazione.corrente()
        archivio = Archivio()
        archivio.aggiungi(20)
        pagine = _pagine(archivio)

        def domande() -> dict[str, int]:
            return {nome: _domande(client, *pagina) for nome, pagina in pagine.items()}

        poche = domande()
        archivio.aggiungi(480)
        tante, nuda = domande(), vista_nuda()
        for nome, (chi, url) in pagine.items():
            client.force_login(chi)
            titolo = f"{nome} [{poche[nome]} → {tante[nome]} query]"
            confronta(titolo, lambda url=url: client.get(url), NUDA, nuda, giri=3)
    assert tante == poche


def _domande(client, chi, url) -> int:
    """Of the second request, with whatever the first one keeps."""
    client.force_login(chi)
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as lette:
        assert client.get(url).status_code == 200, url
    return len(lette)
