"""English words of the demonstration site, by the address of the Italian pages; guides to measures: testi_misure_en."""

from pagine.testi_dimostrativi import numero_peg
from pagine.testi_misure_en import GUIDE

HOME = {
    "title": "The work network, near you",
    "sottotitolo": "Find an information point that is open and right for you, read the calls, see who works together.",
}
# Of each job centre: its name is that of the body.
CPI = {
    "sommario": "Signing up, talks, job offers and courses. The service is free.",
    "che_cosa_fai": (
        "<ul><li>Say that you are looking for work (it is called DID) and sign the agreement.</li>"
        "<li>A talk to find your way.</li><li>Read the job offers and apply.</li>"
        "<li>Ask about measures, such as GOL.</li></ul>"
    ),
    "cosa_portare": "<p>A valid document, your health card and, if you have it, your CV.</p>",
}
PRIMI_PASSI = {
    "title": "I lost my job: where do I begin",
    "sommario": "Three things to do in the first days, in order. If something isn't clear, ask: it is free.",
    "corpo": [
        {
            "type": "passi",
            "value": [
                {
                    "titolo": "Ask INPS for NASpI",
                    "testo": "It is the benefit for people who lose a job as an employee. You have 68 days from the "
                    "end of the job: the sooner you ask, the sooner it comes. A patronato (a free help office) "
                    "writes the request with you.",
                },
                {
                    "titolo": "Go to the job centre",
                    "testo": "After the request you go to the centre within 15 days and write an agreement together: "
                    "what you do to look for a job and who helps you.",
                },
                {
                    "titolo": "Ask which measures there are for you",
                    "testo": "Courses, internships, help to find a place. Bring a document, SPID if you have it and "
                    "your CV, even written by hand.",
                },
            ],
        },
        {
            "type": "testo",
            "value": "<p>Legislative decrees no. 22 of 4 March 2015 and no. 150 of 14 September 2015. Information at "
            "29 December 2023: rules may change, always ask.</p>",
        },
    ],
}
RISULTATI = {
    "title": "Results",
    "sommario": "What the network did in 2023, in numbers that can be checked.",
    "abbiamo_lavorato_per": (
        "<p>To bring services for work near to people who need them, and to make those who give them work together.</p>"
    ),
    "in_che_modo": (
        "<p>The Province brought the accredited services together, took part in the boards of other bodies and signed "
        "agreements with those who host an information point. Each number comes from meetings, attendance and "
        "agreements recorded here.</p>"
        "<p>Not everything worked: in 2023 no meeting with the information points was held, which was one of the "
        "objectives.</p>"
    ),
    "numeri": [
        numero_peg("B1", "meetings with the accredited services"),
        numero_peg("D1", "attendance at the boards that others convene"),
        numero_peg("F2", "meetings with the information points: one was planned"),
        {
            "type": "numero",
            "value": {
                "numero": "Published",
                "che_cosa": "the list of the information points, with opening hours and languages spoken",
                "fonte": "This site",
                "url": "",
            },
        },
    ],
    "per_chi": "<ul><li>People who look for work</li><li>Workers</li><li>Companies</li></ul>",
    "con_chi": "<ul><li>Job centres</li><li>Accredited services</li><li>Municipalities and third sector</li></ul>",
    "attivita": "<ul><li>Meetings and boards</li><li>Calls and agreements</li></ul>",
}
ACCESSIBILITA = {
    "title": "Accessibility statement",
    "sommario": "How accessible these pages are, what is still missing, how to tell us about a problem.",
    "corpo": [
        {
            "type": "testo",
            "value": (
                "<p>The body commits itself to making this site accessible to everybody, as law no. 4 of 9 January "
                "2004 and the standard EN 301549 ask.</p>"
                "<h2>Compliance status</h2>"
                "<p>Public pages and the partners' private area are designed to meet WCAG 2.1, level AA: they work by "
                "keyboard, with a screen reader and without JavaScript. The map and the graph of the network have "
                "beside them a list and a table with the same information.</p>"
                "<h2>Content that may not be accessible</h2>"
                "<p>Documents uploaded by other bodies and scanned acts may not be readable by a screen reader: ask us "
                "for an accessible version.</p>"
                "<h2>Report a problem</h2>"
                '<p>Use <a href="/en/accessibilita/segnala/">the form to report a problem</a>, at the foot of each '
                "page, or write to our contacts. We answer within 30 days.</p>"
                "<h2>Enforcement procedure</h2>"
                "<p>If the answer doesn't come or doesn't satisfy you, you may turn to the Difensore civico per il "
                "digitale at the Agenzia per l'Italia digitale.</p>"
            ),
        }
    ],
}
PRIVACY = {
    "title": "Privacy notice",
    "sommario": "Which data we process, why, for how long, and what your rights are.",
    "corpo": [
        {
            "type": "testo",
            "value": (
                "<p>Notice under article 13 of regulation (EU) 2016/679.</p>"
                "<h2>Controller</h2>"
                "<p>The controller is the body named at the foot of each page; at its contacts you may also write to "
                "the data protection officer.</p>"
                "<h2>Who visits the site</h2>"
                "<p>To read public pages you need no account and we use no cookies. No page calls services of others: "
                "fonts, maps and programs come from this site. The position that you give to the browser to find "
                "points near you stays on your device or is used for that search alone.</p>"
                "<h2>Who has an account</h2>"
                "<p>We process name, surname, email address, body represented and actions taken, to carry out tasks "
                "of public interest (article 6, paragraph 1, letter e). The cookies used after signing in are "
                "technical only: session and protection of forms.</p>"
                "<h2>What we don't process</h2>"
                "<p>This platform holds no names, tax codes or health data of people who use services for work.</p>"
                "<h2>For how long</h2>"
                "<p>Applications, agreements and the register of actions are kept as the body's retention plan says; "
                "the text of messages with codes is deleted as soon as they leave.</p>"
                "<h2>Your rights</h2>"
                "<p>You may ask for access, correction, restriction, and object to the processing (articles 15-22), "
                "and lodge a complaint with the Garante per la protezione dei dati personali.</p>"
            ),
        }
    ],
}
PAGINE = {
    "misure": {
        "title": "Help to find work",
        "sommario": "For people who look for work, who work, and who hire: who each one helps and where to begin.",
    },
    "da-dove-comincio": PRIMI_PASSI,
    "centri-impiego": {
        "title": "Job centres",
        "sommario": "The public offices where you sign up as a person who looks for work. The service is free.",
    },
    "notizie": {"title": "News", "sommario": "What happens in the area's network for work."},
    "nuovi-accordi-di-partenariato": {
        "title": "The new partnership agreements are signed",
        "sommario": "The accredited services that answered the call are part of the network.",
        "testo": (
            "<p>The services that were admitted signed the agreement with the Province within thirty days of their "
            "application. From today they work together with the area's job centres.</p>"
        ),
    },
    "aprono-i-punti-informativi": {
        "title": "Information points open in the towns",
        "sommario": "Associations, cooperatives and towns host points where you can ask for help to find work.",
        "testo": (
            "<p>For people who can't reach the job centre, the page of the information points has addresses, opening "
            "hours and services of those that are open. You need no account.</p>"
        ),
    },
    "risultati": RISULTATI,
    "accessibilita": ACCESSIBILITA,
    "privacy": PRIVACY,
    **GUIDE,
}
