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
