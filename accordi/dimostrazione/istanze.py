"""Demonstration applications: the year 2023 as it went, one in examination now, one draft.

Everything goes through the services with the clock held at the real dates, in
order of time, so that protocol numbers follow the calendar.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accordi.dimostrazione.avvisi import alle, avvisi, risposte_esempio
from accordi.domande import Grezzo, domande_di
from accordi.models import Avviso, Istanza
from accordi.queries.contenuto import caselle
from accordi.queries.stampe import MODELLO
from accordi.services.avvisi import pubblica_avviso, pubblica_modello
from accordi.services.documenti import carica_documento
from accordi.services.istanze import aggiorna_istanza, crea_istanza, presenta_istanza
from accordi.services.istruttoria import ammetti_istanza, chiedi_integrazione, prendi_in_carico
from accordi.services.partecipanti import aggiungi_partecipante, conferma_parte
from core.orologio import adesso, fermo
from core.pdf import componi
from reti.models import Soggetto
from utenti.models import Utente

COORDINATRICE = "coordinatrice@provincia.example"
GOL, PUNTI, PATTO = "partenariato-gol-2023", "punti-informativi-gol-2023", "patto-territoriale-competenze"


@dataclass(frozen=True)
class Domanda:
    """An application as the demonstration wants it; `quando` is when it is presented."""

    avviso: str
    capofila: str
    quando: datetime
    motivazione: str
    con: tuple[str, ...] = ()

    @property
    def utente(self) -> Utente:
        return Utente.objects.get(email=f"legale@{self.capofila}.example")

    @property
    def istanza(self) -> Istanza:
        return Istanza.objects.get(avviso__slug=self.avviso, capofila__slug=self.capofila)

    @property
    def esiste(self) -> bool:
        return Istanza.objects.filter(avviso__slug=self.avviso, capofila__slug=self.capofila).exists()


AMMESSE = [
    Domanda(GOL, "lavoro-vivo", alle(2023, 1, 17, 10), "Orientamento e incontro tra domanda e offerta, con due sedi."),
    Domanda(GOL, "aurora-formazione", alle(2023, 1, 18, 11, 20), "Percorsi di aggiornamento e riqualificazione."),
    Domanda(GOL, "porta-aperta", alle(2023, 1, 20, 9, 40), "Accoglienza e bilancio di competenze per chi riparte."),
    Domanda(GOL, "cantiere-competenze", alle(2023, 1, 24, 15, 5), "Laboratori pratici per i mestieri dell'edilizia."),
    Domanda(GOL, "ponte-lavoro", alle(2023, 1, 26, 12, 15), "Accompagnamento delle persone con disabilità al lavoro."),
    Domanda(GOL, "officina-saperi", alle(2023, 1, 30, 16, 30), "Competenze digitali di base per chi cerca lavoro."),
    Domanda(
        PUNTI, "cooperativa-il-melograno", alle(2023, 2, 2, 10, 10), "Uno sportello aperto ogni mattina a Cremona."
    ),
    Domanda(
        PUNTI, "associazione-nuovi-passi", alle(2023, 2, 3, 9, 50), "Volontari che aiutano chi ha poca familiarità."
    ),
    Domanda(PUNTI, "porta-aperta", alle(2023, 2, 6, 14, 45), "Un punto accanto alle aule, per chi frequenta i corsi."),
]
RETE = ("sindacato-del-territorio", "comune-di-crema")
BOZZA = ("unione-lavoratori-cremona",)


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    coordinatrice = Utente.objects.get(email=COORDINATRICE)
    for campi, testo in avvisi():
        if not Avviso.objects.filter(slug=campi["slug"]).exists():
            with fermo(campi["apre"] - timedelta(days=3)):
                modello = pubblica_modello(utente=coordinatrice, nome=campi["titolo"], tipo=campi["tipo"], testo=testo)
                pubblica_avviso(utente=coordinatrice, modello=modello, **campi)
    nuove = [domanda for domanda in AMMESSE if not domanda.esiste]
    for quando, fai in sorted((e for d in nuove for e in _eventi(d, coordinatrice)), key=lambda e: e[0]):
        with fermo(quando):
            fai()
    _oggi(coordinatrice)
    passo(f"Avvisi: {Avviso.objects.count()}; istanze: {Istanza.objects.count()}.")


def _eventi(domanda: Domanda, coordinatrice: Utente) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Presented, taken in charge the day after, admitted by the end of the fifth."""
    quando = domanda.quando
    yield quando, lambda: _presenta(domanda)
    yield (
        quando + timedelta(days=1, hours=1),
        lambda: prendi_in_carico(utente=coordinatrice, istanza=domanda.istanza),
    )
    yield quando + timedelta(days=5), lambda: ammetti_istanza(utente=coordinatrice, istanza=domanda.istanza)


def _scrivi(domanda: Domanda) -> Istanza:
    utente = domanda.utente
    istanza = crea_istanza(
        utente=utente,
        avviso=Avviso.objects.get(slug=domanda.avviso),
        capofila=Soggetto.objects.get(slug=domanda.capofila),
    )
    for slug in domanda.con:
        aggiungi_partecipante(utente=utente, istanza=istanza, soggetto=Soggetto.objects.get(slug=slug))
    return aggiorna_istanza(
        utente=utente,
        istanza=istanza,
        motivazione=domanda.motivazione,
        dichiarazione_poteri=True,
        dichiarazione_dote=False,
        risposte=_risposte(istanza.avviso),
    )


def _risposte(avviso: Avviso) -> dict[str, Grezzo]:
    esempi = risposte_esempio()
    return {d.id: esempi[d.id] for d in domande_di(avviso.domande)}


def _foglio(titolo: str) -> bytes:
    """A document of the demonstration: its title and nothing else."""
    vuoto = {"ente": "", "sottotitolo": "Documento dimostrativo.", "piede": "", "testata": [], "sezioni": []}
    return componi(MODELLO, vuoto | {"titolo": titolo, "firma": ""}, timestamp=int(adesso().timestamp()))


def _presenta(domanda: Domanda) -> None:
    istanza = _scrivi(domanda)
    for casella in caselle(istanza):
        foglio = SimpleUploadedFile("dimostrazione.pdf", _foglio(casella.titolo))
        dati = {"richiesta": casella.richiesta.id, "soggetto": casella.soggetto, "file": foglio}
        carica_documento(utente=domanda.utente, istanza=istanza, **dati)
    for parte in istanza.partecipanti.exclude(soggetto=istanza.capofila).select_related("soggetto"):
        persona = Utente.objects.get(email=f"legale@{parte.soggetto.slug}.example")
        conferma_parte(utente=persona, partecipante=parte, ruolo="Segnala le persone e le accompagna", nota="")
    presenta_istanza(utente=domanda.utente, istanza=istanza, modalita=Istanza.Modalita.IDENTITA_DIGITALE)


def _oggi(coordinatrice: Utente) -> None:
    """What a visitor finds waiting: one late, one stopped by an integration, one in examination, and a draft."""
    mattina = timezone.localtime(adesso()).replace(hour=10, minute=0, second=0, microsecond=0)
    _in_ritardo(coordinatrice, mattina)
    _in_attesa(coordinatrice, mattina)
    rete = Domanda(
        PATTO, "cantiere-competenze", mattina - timedelta(days=4), "Saldatura e carpenteria per le officine.", RETE
    )
    if not rete.esiste:
        with fermo(rete.quando):
            _presenta(rete)
        with fermo(rete.quando + timedelta(days=1)):
            prendi_in_carico(utente=coordinatrice, istanza=rete.istanza)
    bozza = Domanda(
        PATTO, "aurora-formazione", mattina - timedelta(days=1), "Tecnici per la filiera agroalimentare.", BOZZA
    )
    if not bozza.esiste:
        with fermo(bozza.quando):
            _scrivi(bozza)


def _in_ritardo(coordinatrice: Utente, mattina: datetime) -> None:
    """Admitted, and its agreement still a draft past the term: it opens the desk."""
    tardi = Domanda(
        PATTO,
        "ponte-lavoro",
        mattina - timedelta(days=36),
        "Manutentori per le imprese casalasche.",
        RETE,
    )
    if tardi.esiste:
        return
    for quando, fai in _eventi(tardi, coordinatrice):
        with fermo(quando):
            fai()


def _in_attesa(coordinatrice: Utente, mattina: datetime) -> None:
    """The office has asked for an integration three days ago: the clock shows its pause."""
    attesa = Domanda(PATTO, "porta-aperta", mattina - timedelta(days=9), "Addetti alla logistica del Cremasco.", RETE)
    if attesa.esiste:
        return
    with fermo(attesa.quando):
        _presenta(attesa)
    with fermo(attesa.quando + timedelta(days=1)):
        prendi_in_carico(utente=coordinatrice, istanza=attesa.istanza)
    with fermo(attesa.quando + timedelta(days=6)):
        chiedi_integrazione(
            utente=coordinatrice,
            istanza=attesa.istanza,
            richiesta="Manca l'elenco delle imprese che accolgono i corsisti: basta il nome e il comune di ciascuna.",
        )
