"""English words of three pages of the demonstration site, by the address of the Italian ones; the others wait."""

HOME = {
    "title": "The work network, near you",
    "sottotitolo": "Find an information point that is open and right for you, read the calls, see who works together.",
}
PAGINE = {
    "misure": {
        "title": "Help for people looking for work",
        "sommario": "What GOL and the Dote unica lavoro are, who they help, where to begin.",
    },
    "programma-gol": {
        "title": "GOL programme",
        "sommario": "Support on the way to a job: it begins with a talk at the job centre.",
        "corpo": [
            {
                "type": "testo",
                "value": (
                    "<p>GOL (Garanzia di occupabilità dei lavoratori) is the national programme that helps people who "
                    "have no job or may lose it. It is paid by the Italian recovery plan, and it is free for you.</p>"
                    "<h2>Who it helps</h2>"
                    "<ul><li>People who receive unemployment support.</li>"
                    "<li>Young people, women and people over 55 who look for work.</li>"
                    "<li>People with disabilities, or followed by social services.</li>"
                    "<li>People who work but earn very little.</li></ul>"
                    "<h2>How to begin</h2>"
                ),
            },
            {
                "type": "passi",
                "value": [
                    {"titolo": "Ask", "testo": "Go to an information point or to the job centre."},
                    {"titolo": "Talk", "testo": "A person looks with you for the path that suits you."},
                    {"titolo": "Choose", "testo": "Choose the accredited service that will follow you."},
                    {"titolo": "Path", "testo": "Guidance, training, meetings with companies."},
                ],
            },
            {
                "type": "testo",
                "value": "<p>Information as of 29 December 2023. Rules may change: always ask to be sure.</p>",
            },
        ],
    },
}
