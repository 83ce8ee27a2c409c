"""Guides to measures of the demonstration site, in our own words, after the Region's programme of 17 April 2024."""

from datetime import date
from typing import Any

FONTE = "Regione Lombardia, programmazione delle politiche del lavoro, 17 aprile 2024"
CHIEDI = "<li>Vai a un punto informativo o al centro per l'impiego: il primo colloquio è gratuito.</li>"
DOCUMENTI = (
    "<ul><li>Un documento d'identità valido e la tessera sanitaria.</li>"
    "<li>SPID o la carta d'identità elettronica, se ce li hai.</li>"
    "<li>Il curriculum, anche scritto a mano. Se non ce l'hai, lo preparate insieme.</li></ul>"
)


def profili(*coppie: tuple[list[str], str]) -> list[dict[str, Any]]:
    return [{"type": "profilo", "value": {"risposte": r, "perche": p}} for r, p in coppie]


MISURE = [
    {
        "title": "Programma GOL",
        "slug": "programma-gol",
        "sommario": "Un percorso verso il lavoro, con una persona che ti segue. Si comincia con un colloquio.",
        "per_chi": (
            "<ul><li>A chi riceve un sostegno perché non ha un lavoro.</li>"
            "<li>A chi non ha un lavoro e non riceve niente.</li>"
            "<li>A giovani, donne in difficoltà, persone con disabilità e persone sopra i 55 anni.</li>"
            "<li>A chi lavora ma guadagna molto poco.</li></ul>"
        ),
        "che_cosa_da": (
            "<p>GOL vuol dire Garanzia di occupabilità dei lavoratori. Lo paga il PNRR: per te è gratuito.</p>"
            "<ul><li>Un colloquio per capire quale percorso va bene per te.</li>"
            "<li>Aiuto per cercare lavoro.</li>"
            "<li>Corsi brevi per aggiornarti, o più lunghi per cambiare mestiere.</li>"
            "<li>Quando serve, l'aiuto anche dei servizi sociali o sanitari.</li></ul>"
        ),
        "per_cominciare": (
            f"<ol>{CHIEDI}<li>Una persona guarda con te la tua situazione.</li>"
            "<li>Scegli l'operatore accreditato che ti segue.</li></ol>"
        ),
        "cosa_portare": DOCUMENTI,
        "servizi": ["iscrizione", "orientamento"],
        "atto": "PNRR, Missione 5, Componente 1, e piano attuativo regionale",
        "profili": profili(
            (["chi:senza", "sostegno:si"], "GOL si rivolge a chi riceve un sostegno perché non ha un lavoro."),
            (["chi:senza", "sostegno:no"], "GOL si rivolge anche a chi non ha un lavoro e non riceve un sostegno."),
            (["chi:senza", "eta:giovane", "eta:over"], "GOL dà attenzione a chi è giovane o ha più di 55 anni."),
            (["chi:poco"], "GOL si rivolge anche a chi lavora ma guadagna molto poco."),
        ),
    },
    {
        "title": "Dote unica lavoro",
        "slug": "dote-unica-lavoro",
        "sommario": "Un insieme di servizi per il lavoro, pagati dalla Regione, con l'operatore che scegli tu.",
        "per_chi": (
            "<ul><li>A chi non ha un lavoro, abita in Lombardia e non entra nel programma GOL.</li>"
            "<li>A chi ha un lavoro che è sospeso.</li></ul>"
        ),
        "che_cosa_da": (
            "<p>La dote è una somma che non ricevi in mano: paga i servizi che ti servono.</p>"
            "<ul><li>Un colloquio e il bilancio di quello che sai fare.</li><li>Corsi.</li>"
            "<li>Tirocini e aiuto per trovare un lavoro.</li><li>Aiuto per metterti in proprio.</li></ul>"
        ),
        "per_cominciare": f"<ol>{CHIEDI}<li>Chiedi se per te c'è GOL o la dote.</li><li>Scegli l'operatore.</li></ol>",
        "cosa_portare": DOCUMENTI,
        "servizi": ["orientamento", "tirocini"],
        "atto": FONTE,
        "profili": profili(
            (["chi:sospeso"], "La dote si rivolge anche a chi ha un lavoro sospeso."),
            (["chi:senza"], "La dote si rivolge a chi non ha un lavoro e non entra in GOL: chi ti riceve lo verifica."),
        ),
    },
    {
        "title": "Formazione continua",
        "slug": "formazione-continua",
        "sommario": "Corsi per chi lavora, pagati con un voucher che chiede l'impresa.",
        "per_chi": (
            "<ul><li>A chi lavora alle dipendenze.</li><li>A chi lavora in proprio e ai liberi professionisti.</li>"
            "<li>A chi ha un'impresa in Lombardia o ne è socio.</li></ul>"
        ),
        "che_cosa_da": "<p>Un voucher, cioè un buono che paga il corso. Lo chiede l'impresa, il corso lo segui tu.</p>",
        "per_cominciare": (
            "<ol><li>Parlane con chi ti dà lavoro.</li>"
            "<li>Chiedi a un punto informativo quali corsi ci sono e quando si può fare domanda.</li></ol>"
        ),
        "servizi": ["corsi"],
        "atto": FONTE,
        "profili": profili(
            (["chi:lavora", "chi:poco", "cosa:imparare"], "I voucher pagano corsi a chi lavora e vuole aggiornarsi."),
            (["chi:impresa", "impresa:formare"], "I voucher pagano corsi a chi lavora nella tua impresa."),
        ),
    },
    {
        "title": "Formare per assumere",
        "slug": "formare-per-assumere",
        "sommario": "Per le imprese che assumono: un corso e un incentivo per chi non lavora da almeno 30 giorni.",
        "per_chi": (
            "<p>A chi assume, in una sede in Lombardia, una persona che non ha un lavoro da almeno 30 giorni il giorno "
            "in cui la assume.</p>"
        ),
        "che_cosa_da": (
            "<ul><li>Un voucher per la formazione, fino a 3.000 euro.</li>"
            "<li>Un incentivo fino a 9.000 euro, se il contratto dura almeno 12 mesi.</li></ul>"
        ),
        "per_cominciare": (
            "<ol><li>Prima di firmare il contratto, chiedi se la misura è aperta.</li>"
            "<li>Scegli insieme alla persona il corso che serve.</li></ol>"
        ),
        "servizi": ["corsi", "offerte"],
        "atto": FONTE,
        "profili": profili(
            (["chi:impresa", "impresa:assumere"], "Si rivolge alle imprese che assumono e formano una persona."),
        ),
    },
    {
        "title": "Patto per il lavoro del reddito di cittadinanza",
        "slug": "patto-per-il-lavoro",
        "sommario": "Il percorso verso il lavoro di chi riceveva il reddito di cittadinanza.",
        "per_chi": "<p>A chi riceveva il reddito di cittadinanza e poteva lavorare.</p>",
        "che_cosa_da": "<p>Colloqui, corsi e offerte di lavoro, con gli impegni scritti in un patto.</p>",
        "per_cominciare": "<p>Un colloquio al centro per l'impiego.</p>",
        "atto": "Decreto-legge 28 gennaio 2019, n. 4; legge 29 dicembre 2022, n. 197",
        "dal": date(2019, 4, 1),
        "al": date(2023, 12, 31),
        "profili": [],
    },
]
