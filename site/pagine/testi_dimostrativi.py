"""Texts of the demonstration site, in our own words; dated, because rules change."""

ENTE = {
    "ente": "Provincia di Cremona",
    "struttura": "Settore lavoro e formazione",
    "email": "lavoro@provincia.example",
    "pec": "protocollo@pec.provincia.example",
    "telefono": "0372 000000",
    "indirizzo": "Corso Vittorio Emanuele II, 17, 26100 Cremona",
}

MISURE = {
    "title": "Misure per il lavoro",
    "slug": "misure",
    "show_in_menus": True,
    "sommario": "Gli aiuti per chi cerca lavoro, per chi lavora e per chi assume: a chi servono e da dove si comincia.",
}
NOTIZIE_SEZIONE = {
    "title": "Notizie",
    "slug": "notizie",
    "show_in_menus": True,
    "sommario": "Che cosa succede nella rete per il lavoro del territorio.",
}

PRIMI_PASSI = {
    "title": "Ho perso il lavoro: da dove comincio",
    "slug": "da-dove-comincio",
    "sommario": "Tre cose da fare nei primi giorni, in ordine. Se qualcosa non è chiaro, chiedi: è gratuito.",
    "corpo": [
        {
            "type": "passi",
            "value": [
                {
                    "titolo": "Chiedi la NASpI all'INPS",
                    "testo": "È l'indennità per chi perde un lavoro dipendente. C'è tempo 68 giorni dalla fine del "
                    "lavoro: prima chiedi, prima arriva. Un patronato ti aiuta gratis a fare la domanda.",
                },
                {
                    "titolo": "Vai al centro per l'impiego",
                    "testo": "Dopo la domanda ti presenti al centro entro 15 giorni e scrivete insieme un patto: che "
                    "cosa fai tu per cercare lavoro e chi ti aiuta.",
                },
                {
                    "titolo": "Chiedi quali misure ci sono per te",
                    "testo": "Corsi, tirocini, aiuto per cercare un posto. Prepara un documento, SPID se ce l'hai e il "
                    "curriculum, anche scritto a mano.",
                },
            ],
        },
        {
            "type": "testo",
            "value": "<p>Decreti legislativi 4 marzo 2015, n. 22, e 14 settembre 2015, n. 150. Informazioni al "
            "29 dicembre 2023: le regole possono cambiare, chiedi sempre conferma.</p>",
        },
    ],
}


def numero_peg(indicatore: str, che_cosa: str) -> dict:
    return {
        "type": "peg",
        "value": {"indicatore": f"2023_3504|{indicatore}", "al": "2023-12-31", "che_cosa": che_cosa},
    }


RISULTATI = {
    "title": "I risultati",
    "slug": "risultati",
    "show_in_menus": True,
    "sommario": "Che cosa ha fatto la rete nel 2023, in numeri che si possono controllare.",
    "abbiamo_lavorato_per": (
        "<p>Portare i servizi per il lavoro vicino a chi ne ha bisogno, e far lavorare insieme chi li dà.</p>"
    ),
    "in_che_modo": (
        "<p>La Provincia ha riunito gli operatori, ha partecipato ai tavoli degli altri enti e ha firmato accordi con "
        "chi ospita un punto informativo. Ogni numero nasce da incontri, presenze e accordi registrati qui.</p>"
        "<p>Non tutto è riuscito: nel 2023 non si è tenuto nessun incontro con i punti informativi, che era uno degli "
        "obiettivi.</p>"
    ),
    "numeri": [
        numero_peg("B1", "incontri con gli operatori accreditati"),
        numero_peg("D1", "di presenze ai tavoli convocati da altri"),
        numero_peg("F2", "incontri con i punti informativi: ne era previsto uno"),
        {
            "type": "numero",
            "value": {
                "numero": "Pubblicato",
                "che_cosa": "l'elenco dei punti informativi, con gli orari e le lingue parlate",
                "fonte": "Questo sito",
                "url": "",
            },
        },
    ],
    "per_chi": "<ul><li>Persone che cercano lavoro</li><li>Lavoratori</li><li>Imprese</li></ul>",
    "con_chi": "<ul><li>Centri per l'impiego</li><li>Operatori accreditati</li><li>Comuni e terzo settore</li></ul>",
    "attivita": "<ul><li>Incontri e tavoli</li><li>Avvisi e accordi</li></ul>",
}
CENTRI = {
    "title": "Centri per l'impiego",
    "slug": "centri-impiego",
    "show_in_menus": True,
    "sommario": "Gli uffici pubblici dove ti iscrivi come persona che cerca lavoro. Il servizio è gratuito.",
}
CPI = {
    "sommario": "Iscrizioni, colloqui, offerte di lavoro e corsi. Il servizio è gratuito.",
    "che_cosa_fai": (
        "<ul><li>Dire che cerchi lavoro (si chiama DID) e firmare il patto.</li><li>Un colloquio di orientamento.</li>"
        "<li>Leggere le offerte di lavoro e candidarti.</li><li>Chiedere delle misure, come GOL.</li></ul>"
    ),
    "cosa_portare": "<p>Un documento valido, la tessera sanitaria e, se ce l'hai, il curriculum.</p>",
}

NOTIZIE = [
    {
        "title": "Firmati i nuovi accordi di partenariato",
        "slug": "nuovi-accordi-di-partenariato",
        "data": "2023-03-20",
        "sommario": "Gli operatori accreditati che hanno risposto all'avviso sono parte della rete.",
        "testo": (
            "<p>Gli operatori ammessi hanno firmato l'accordo con la Provincia entro trenta giorni dalla domanda. "
            "Da oggi lavorano insieme ai centri per l'impiego del territorio.</p>"
        ),
    },
    {
        "title": "Aprono i punti informativi nei comuni",
        "slug": "aprono-i-punti-informativi",
        "data": "2023-05-15",
        "sommario": "Associazioni, cooperative e comuni ospitano punti dove chiedere aiuto per cercare lavoro.",
        "testo": (
            "<p>Per chi non può arrivare al centro per l'impiego, nella pagina dei punti informativi si trovano "
            "indirizzi, orari e servizi di quelli attivi. Non serve un account.</p>"
        ),
    },
]
