"""English words of three pages of the demonstration site, by the address of the Italian ones; the others wait."""

HOME = {
    "title": "The work network, near you",
    "sottotitolo": "Find an information point that is open and right for you, read the calls, see who works together.",
}
PAGINE = {
    "misure": {
        "title": "Help to find work",
        "sommario": "For people who look for work, who work, and who hire: who each one helps and where to begin.",
    },
    "programma-gol": {
        "title": "GOL programme",
        "sommario": "A path to a job, with a person who follows you. It begins with a talk.",
        "per_chi": (
            "<ul><li>People who receive support because they have no job.</li>"
            "<li>People who have no job and receive nothing.</li>"
            "<li>Young people, women in difficulty, people with disabilities and people over 55.</li>"
            "<li>People who work but earn very little.</li></ul>"
        ),
        "che_cosa_da": (
            "<p>GOL (Garanzia di occupabilità dei lavoratori) is paid by the Italian recovery plan: it is free for "
            "you.</p><ul><li>A talk to find the path that suits you.</li><li>Help to look for a job.</li>"
            "<li>Short courses to learn new skills, or longer ones to change trade.</li>"
            "<li>When you need it, help from social or health services too.</li></ul>"
        ),
        "per_cominciare": (
            "<ol><li>Go to an information point or to the job centre: the first talk is free.</li>"
            "<li>A person looks at your situation with you.</li>"
            "<li>Choose the accredited service that will follow you.</li></ol>"
        ),
        "cosa_portare": (
            "<ul><li>A valid identity document and your health card.</li>"
            "<li>SPID or the electronic identity card, if you have them.</li>"
            "<li>Your CV, even written by hand. If you have none, you write it together.</li></ul>"
        ),
        "profili": [
            {
                "type": "profilo",
                "value": {"risposte": ["chi:senza"], "perche": "GOL is for people who have no job."},
            },
            {
                "type": "profilo",
                "value": {"risposte": ["chi:poco"], "perche": "GOL is for people who work but earn very little too."},
            },
        ],
    },
}
