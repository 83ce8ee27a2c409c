"""Texts of the demonstration site, in our own words; dated, because rules change."""

ENTE = {
    "ente": "Provincia di Cremona",
    "struttura": "Settore lavoro e formazione",
    "email": "lavoro@provincia.example",
    "pec": "protocollo@pec.provincia.example",
    "telefono": "0372 000000",
    "indirizzo": "Corso Vittorio Emanuele II, 17, 26100 Cremona",
}

SEZIONI = [
    {
        "title": "Misure per chi cerca lavoro",
        "slug": "misure",
        "show_in_menus": True,
        "sommario": "Che cosa sono GOL e la Dote unica lavoro, a chi servono, da dove si comincia.",
    },
    {
        "title": "Notizie",
        "slug": "notizie",
        "show_in_menus": True,
        "sommario": "Che cosa succede nella rete per il lavoro del territorio.",
    },
]

GUIDE = [
    {
        "title": "Programma GOL",
        "slug": "programma-gol",
        "sommario": "Un percorso di accompagnamento al lavoro: si comincia con un colloquio al centro per l'impiego.",
        "corpo": [
            {
                "type": "testo",
                "value": (
                    "<p>GOL (Garanzia di occupabilità dei lavoratori) è il programma nazionale, finanziato dal PNRR, "
                    "che aiuta chi non ha un lavoro o rischia di perderlo. Il servizio è gratuito.</p>"
                    "<h2>A chi serve</h2>"
                    "<ul><li>A chi riceve un sostegno al reddito per disoccupazione.</li>"
                    "<li>A giovani, donne e persone sopra i 55 anni in cerca di lavoro.</li>"
                    "<li>A persone con disabilità o seguite dai servizi sociali.</li>"
                    "<li>A chi lavora ma guadagna molto poco.</li></ul>"
                    "<h2>Come si comincia</h2>"
                ),
            },
            {
                "type": "passi",
                "value": [
                    {"titolo": "Chiedi", "testo": "Vai a un punto informativo o al centro per l'impiego."},
                    {"titolo": "Colloquio", "testo": "Un operatore valuta con te quale percorso è adatto."},
                    {"titolo": "Scegli", "testo": "Scegli l'operatore accreditato che ti seguirà."},
                    {"titolo": "Percorso", "testo": "Orientamento, formazione, incontro con le aziende."},
                ],
            },
            {
                "type": "testo",
                "value": "<p>Informazioni al 29 dicembre 2023. Le regole possono cambiare: chiedi sempre conferma.</p>",
            },
        ],
    },
    {
        "title": "Dote unica lavoro",
        "slug": "dote-unica-lavoro",
        "sommario": "Una dote di servizi, pagata dalla Regione, da spendere con l'operatore che scegli tu.",
        "corpo": [
            {
                "type": "testo",
                "value": (
                    "<p>La Dote unica lavoro (DUL) è una misura di Regione Lombardia: chi ne ha diritto riceve un "
                    "insieme di servizi per cercare lavoro o formarsi, e sceglie l'operatore accreditato che li "
                    "eroga.</p><h2>A chi serve</h2><p>A persone disoccupate o inoccupate, e in alcuni casi a chi "
                    "lavora e vuole migliorare le proprie competenze. L'intensità dei servizi dipende da quanto è "
                    "difficile, nel tuo caso, trovare lavoro.</p><h2>Che cosa comprende</h2>"
                    "<ul><li>Colloquio e bilancio delle competenze.</li><li>Formazione.</li>"
                    "<li>Tirocinio e accompagnamento all'inserimento.</li>"
                    "<li>Aiuto a chi vuole mettersi in proprio.</li></ul>"
                    "<p>Informazioni al 29 dicembre 2023. Le regole possono cambiare: chiedi sempre conferma.</p>"
                ),
            }
        ],
    },
]

RISULTATI = {
    "title": "I risultati",
    "slug": "risultati",
    "show_in_menus": True,
    "sommario": "Che cosa ha fatto la rete nel 2023, in numeri che si possono controllare.",
    "corpo": [
        {
            "type": "testo",
            "value": (
                "<p>Ogni numero nasce dai dati della piattaforma: incontri, presenze, accordi firmati.</p>"
                "<ul><li>24 incontri con gli operatori del territorio.</li>"
                "<li>25 incontri dei tavoli per la disabilità.</li>"
                "<li>4 incontri dell'osservatorio e 4 del comitato tecnico.</li>"
                "<li>90 per cento di presenze ai tavoli convocati da altri.</li>"
                "<li>Tutti gli accordi firmati entro 30 giorni.</li></ul>"
                "<p>Non tutto è riuscito: nel 2023 non si è tenuto nessun incontro con i punti informativi, "
                "che era uno degli obiettivi.</p>"
            ),
        }
    ],
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
