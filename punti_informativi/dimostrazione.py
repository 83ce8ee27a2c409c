"""Demonstration data of the information points: services, groups, and who hosts what, where and when.

Public bodies by their real names; private hosts are invented. Addresses come
from the seats of the hosts; hours and contacts are plausible, not real.
"""

from dataclasses import dataclass
from datetime import date, time

from punti_informativi.orari import Deroga, Fascia

SERVIZI = {
    "orientamento": ("Orientamento", "Un colloquio per capire quale lavoro o percorso fa per te."),
    "iscrizione": ("Iscrizione ai servizi per il lavoro", "La DID, la dichiarazione per chi cerca lavoro, e il GOL."),
    "curriculum": ("Scrivere il curriculum", "Lo prepariamo insieme, su carta o in formato digitale."),
    "offerte": ("Offerte di lavoro", "Cerchiamo con te gli annunci e come candidarti."),
    "corsi": ("Corsi di formazione", "Quali corsi gratuiti ci sono e come ti iscrivi."),
    "servizi-digitali": ("SPID e servizi digitali", "Aiuto per attivare SPID o CIE e usare i portali."),
    "tirocini": ("Tirocini", "Come funziona un tirocinio e chi lo attiva."),
    "collocamento-mirato": ("Collocamento mirato", "Informazioni per persone con disabilità (legge 68/1999)."),
}
DESTINATARI = {
    "disoccupati": "Persone disoccupate",
    "giovani": "Giovani dai 15 ai 29 anni",
    "disabilita": "Persone con disabilità",
    "donne": "Donne che rientrano al lavoro",
    "stranieri": "Persone straniere",
    "over-50": "Lavoratori sopra i 50 anni",
}
# Comune → (patron saint, day, month).
PATRONI = {"Cremona": ("Sant'Omobono", 13, 11), "Crema": ("San Pantaleone", 10, 6)}


def _fasce(*giorni: int, dalle: tuple[int, int], alle: tuple[int, int], appuntamento: bool = False) -> list[Fascia]:
    return [Fascia(g, time(*dalle), time(*alle), appuntamento) for g in giorni]


MATTINE = _fasce(0, 1, 2, 3, 4, dalle=(9, 0), alle=(12, 30))
CPI = [*MATTINE, *_fasce(1, 3, dalle=(14, 0), alle=(16, 0), appuntamento=True)]
COMUNE = [*_fasce(0, 2, 4, dalle=(9, 0), alle=(12, 0)), *_fasce(3, dalle=(15, 0), alle=(17, 30))]
TERZO_SETTORE = [*_fasce(1, 3, dalle=(9, 30), alle=(12, 30)), *_fasce(2, dalle=(14, 30), alle=(18, 0))]
SABATO = _fasce(5, dalle=(9, 0), alle=(11, 30))
FERIE = Deroga(date(2023, 8, 7), date(2023, 8, 25), motivo="Chiusura estiva")
AGOSTO = Deroga(date(2023, 8, 14), date(2023, 8, 18), motivo="Ferie")
SPORTELLO_ESTIVO = Deroga(date(2023, 8, 23), date(2023, 8, 23), False, time(10), time(12), "Sportello estivo")

DOCUMENTI = "Un documento di identità valido e il codice fiscale.\nSe li hai: SPID o CIE e l'ultimo curriculum."
BASE = ("orientamento", "curriculum", "offerte")


LINGUE = {
    "it": "italiano",
    "en": "inglese",
    "fr": "francese",
    "es": "spagnolo",
    "ar": "arabo",
    "pa": "punjabi",
    "ro": "rumeno",
}


@dataclass(frozen=True)
class Voce:
    """One point of the demonstration, at the main seat of its host (by slug)."""

    ospite: str
    nome: str
    cpi: str
    fasce: tuple[Fascia, ...]
    servizi: tuple[str, ...] = BASE
    destinatari: tuple[str, ...] = ("disoccupati",)
    descrizione: str = "Ti ascoltiamo, ti spieghiamo quali servizi esistono e ti accompagniamo nel primo passo."
    lingue: tuple[str, ...] = ("it",)
    accessibilita: str = "completa"
    deroghe: tuple[Deroga, ...] = ()
    solo_appuntamento: bool = False


_DAL_CPI = "Lo sportello del centro per l'impiego: iscrizioni, colloqui, offerte di lavoro e corsi del programma GOL."
_SERVIZI_CPI = ("iscrizione", *BASE, "corsi", "tirocini", "collocamento-mirato")
_TUTTI = ("disoccupati", "giovani", "disabilita", "over-50")

PUNTI = (
    Voce("cpi-cremona", "Sportello del CPI di Cremona", "cpi-cremona", tuple(CPI), _SERVIZI_CPI, _TUTTI, _DAL_CPI),
    Voce("cpi-crema", "Sportello del CPI di Crema", "cpi-crema", tuple(CPI), _SERVIZI_CPI, _TUTTI, _DAL_CPI),
    Voce(
        "cpi-casalmaggiore",
        "Sportello del CPI di Casalmaggiore",
        "cpi-casalmaggiore",
        tuple(MATTINE),
        _SERVIZI_CPI,
        _TUTTI,
        _DAL_CPI,
        deroghe=(AGOSTO,),
    ),
    Voce(
        "cpi-soresina",
        "Sportello del CPI di Soresina",
        "cpi-soresina",
        tuple(MATTINE),
        _SERVIZI_CPI,
        _TUTTI,
        _DAL_CPI,
        accessibilita="parziale",
    ),
    Voce(
        "comune-di-cremona",
        "Informagiovani Lavoro Cremona",
        "cpi-cremona",
        (*COMUNE, *SABATO),
        ("orientamento", "curriculum", "offerte", "corsi", "tirocini", "servizi-digitali"),
        ("giovani", "disoccupati"),
        "Per chi cerca il primo lavoro, un tirocinio o un corso dopo la scuola.",
        ("it", "en"),
    ),
    Voce(
        "comune-di-crema",
        "Orientagiovani Crema",
        "cpi-crema",
        tuple(COMUNE),
        ("orientamento", "curriculum", "corsi", "tirocini"),
        ("giovani",),
        "Orientamento allo studio e al lavoro, corsi e tirocini per i giovani del Cremasco.",
        ("it", "en"),
    ),
    Voce(
        "comune-di-casalmaggiore",
        "Sportello Lavoro Casalasco",
        "cpi-casalmaggiore",
        tuple(_fasce(0, 3, dalle=(9, 0), alle=(12, 0))),
        ("orientamento", "curriculum", "servizi-digitali"),
    ),
    Voce(
        "comune-di-castelleone",
        "Punto Lavoro Castelleone",
        "cpi-soresina",
        tuple(_fasce(1, 4, dalle=(10, 0), alle=(12, 30))),
        ("orientamento", "curriculum", "servizi-digitali"),
        accessibilita="parziale",
    ),
    Voce(
        "comune-di-pandino",
        "Punto Lavoro Pandino",
        "cpi-crema",
        (),
        ("orientamento", "iscrizione", "servizi-digitali"),
        descrizione="Primo ascolto e aiuto con le pratiche online, nella biblioteca comunale.",
        accessibilita="non_nota",
    ),
    Voce(
        "cooperativa-il-melograno",
        "Spazio Lavoro Il Melograno",
        "cpi-cremona",
        tuple(TERZO_SETTORE),
        (*BASE, "collocamento-mirato"),
        ("disabilita", "donne", "stranieri"),
        "Accompagnamento al lavoro di persone fragili, con educatori e mediatori.",
        ("it", "fr", "ar"),
        deroghe=(FERIE, SPORTELLO_ESTIVO),
    ),
    Voce(
        "cooperativa-arcobaleno-padano",
        "Bottega del Lavoro Arcobaleno",
        "cpi-casalmaggiore",
        tuple(TERZO_SETTORE),
        ("orientamento", "curriculum", "collocamento-mirato"),
        ("disabilita", "stranieri"),
        "Laboratori, curriculum e informazioni sul collocamento mirato.",
        ("it", "pa"),
        deroghe=(FERIE,),
    ),
    Voce(
        "associazione-nuovi-passi",
        "Sportello Nuovi Passi",
        "cpi-soresina",
        tuple(_fasce(2, dalle=(16, 0), alle=(19, 0))),
        ("orientamento", "curriculum", "offerte"),
        ("donne", "disoccupati"),
        "Per chi torna a lavorare dopo anni di cura della famiglia.",
        solo_appuntamento=True,
    ),
    Voce(
        "associazione-casa-comune",
        "Casa Comune Lavoro",
        "cpi-crema",
        tuple(_fasce(0, 4, dalle=(17, 0), alle=(19, 30))),
        ("orientamento", "servizi-digitali", "offerte"),
        ("stranieri", "disoccupati"),
        "Volontari che aiutano con annunci, moduli e servizi digitali, anche la sera.",
        ("it", "en", "ro"),
        "no",
    ),
    Voce(
        "unione-lavoratori-cremona",
        "Sportello Crisi Aziendali",
        "cpi-cremona",
        tuple(_fasce(0, 2, dalle=(14, 30), alle=(17, 30))),
        ("orientamento", "iscrizione", "corsi"),
        ("over-50", "disoccupati"),
        "Informazioni a chi perde il lavoro per una crisi aziendale.",
    ),
)
# Born from admitted applications: the leading body hosts them, with these hours.
FASCE_OPERATORE = (*MATTINE, *_fasce(0, 2, dalle=(14, 0), alle=(17, 0)))
CANDIDATO = Voce(
    "artigiani-padani",
    "Sportello Botteghe e Mestieri",
    "cpi-soresina",
    tuple(_fasce(3, dalle=(9, 0), alle=(12, 0))),
    ("orientamento", "tirocini"),
    ("giovani",),
    "Tirocini e primi lavori nelle imprese artigiane.",
)
# Nobody confirms this one any more: it has left the site. Of another the last confirmation is of so many days ago.
PROPONE = "associazione-casa-comune"
DESCRIZIONE_PROPOSTA = "Di sabato aiutiamo a scrivere il curriculum."
NON_CONFERMATO = "comune-di-pandino"
GIORNI_DALLA_CONFERMA = {"cooperativa-arcobaleno-padano": 200}
