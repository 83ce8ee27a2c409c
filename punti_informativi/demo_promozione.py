"""Demonstration data: the promotion of 2023 that F1 counts, and this year's with its answers."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.orologio import adesso, fermo
from punti_informativi.models import Campagna, Categoria, Invio
from punti_informativi.services.promozione import chiudi_campagna, invia_campagna, registra_risposta, salva_campagna
from reti.models import Soggetto
from utenti.models import Utente

ROMA = ZoneInfo("Europe/Rome")
Tipo = Soggetto.Tipo
# The four groups of the sheet of 2023.
CATEGORIE = {
    "associazioni-datoriali": ("Associazioni di categoria datoriali", (Tipo.DATORIALE,)),
    "organizzazioni-sindacali": ("Organizzazioni sindacali", (Tipo.SINDACATO,)),
    "enti-accreditati": ("Enti accreditati ai servizi formativi e al lavoro", (Tipo.OPERATORE,)),
    "terzo-settore": ("Enti del terzo settore", (Tipo.ASSOCIAZIONE, Tipo.COOPERATIVA, Tipo.FONDAZIONE)),
}
TESTO = """La Provincia cerca chi vuole aprire un punto informativo sui servizi per il lavoro:
uno sportello che ascolta, spiega i servizi del programma GOL e accompagna al centro per l'impiego.

Bastano un locale accessibile e alcune ore la settimana; alla formazione di chi accoglie pensiamo noi.
Rispondi anche solo per saperne di più."""
RISPOSTE = (
    (Invio.Risposta.INTERESSATO, ""),
    (Invio.Risposta.DA_RICHIAMARE, "Il pomeriggio, 0372 555010"),
    (Invio.Risposta.NON_INTERESSATO, "Non abbiamo spazi"),
)


def costruisci_promozione(utente: Utente) -> None:
    """Both campaigns, unless they are there; this year's only after its day has come."""
    categorie = []
    for slug, (nome, tipi) in CATEGORIE.items():
        categoria, _nuova = Categoria.objects.get_or_create(
            slug=slug, defaults={"nome": nome, "tipi": [str(t) for t in tipi]}
        )
        categorie.append(categoria)
    _campagna(utente, categorie, datetime(2023, 3, 15, 10, 0, tzinfo=ROMA), chiudi=True)
    quest_anno = datetime(adesso().year, 2, 16, 10, 0, tzinfo=ROMA)
    if quest_anno < adesso():
        _campagna(utente, categorie, quest_anno, chiudi=False)


def _campagna(utente: Utente, categorie: list[Categoria], quando: datetime, *, chiudi: bool) -> None:
    titolo = f"Apri un punto informativo: {quando.year}"
    if Campagna.objects.filter(titolo=titolo).exists():
        return
    with fermo(quando):
        campagna = salva_campagna(
            utente=utente,
            titolo=titolo,
            oggetto="Apri un punto informativo sul lavoro nella tua sede",
            testo=TESTO,
            categorie=categorie,
        )
        invia_campagna(utente=utente, campagna=campagna)
    invii = campagna.invii.order_by("pk")[: len(RISPOSTE)]
    for giorni, (invio, (risposta, nota)) in enumerate(zip(invii, RISPOSTE, strict=False), 3):
        with fermo(quando + timedelta(days=giorni)):
            registra_risposta(invio=invio, risposta=risposta, nota=nota)
    if chiudi:
        with fermo(quando + timedelta(days=90)):
            chiudi_campagna(utente=utente, campagna=campagna)
