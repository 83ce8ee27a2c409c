"""English words of the demonstration data; what isn't here is read in Italian, as on a real site."""

SERVIZI = {
    "orientamento": {"nome": "Guidance", "descrizione": "A talk to find out which job or course suits you."},
    "iscrizione": {
        "nome": "Signing up for job services",
        "descrizione": "The DID, the statement of who is looking for work, and the GOL programme.",
    },
    "curriculum": {"nome": "Writing a CV", "descrizione": "We write it together, on paper or as a file."},
    "offerte": {"nome": "Job offers", "descrizione": "We look for adverts with you and for how to apply."},
    "corsi": {"nome": "Training courses", "descrizione": "Which free courses there are and how to enrol."},
    "servizi-digitali": {
        "nome": "SPID and digital services",
        "descrizione": "Help to get SPID or CIE, the digital identity, and to use public websites.",
    },
    "tirocini": {"nome": "Internships", "descrizione": "How an internship works and who starts it."},
    "collocamento-mirato": {
        "nome": "Targeted placement",
        "descrizione": "Information for people with disabilities (Law 68/1999).",
    },
}
DESTINATARI = {
    "disoccupati": "Unemployed people",
    "giovani": "Young people from 15 to 29",
    "disabilita": "People with disabilities",
    "donne": "Women going back to work",
    "stranieri": "Foreign people",
    "over-50": "Workers over 50",
}
DOCUMENTI = (
    "A valid identity document and your codice fiscale (tax code).\nIf you have them: SPID or CIE and your last CV."
)
# The Italian text of a point → its translation.
PUNTI = {
    "Ti ascoltiamo, ti spieghiamo quali servizi esistono e ti accompagniamo nel primo passo.": (
        "We listen to you, explain which services there are and go with you through the first step."
    ),
    "Lo sportello del centro per l'impiego: iscrizioni, colloqui, offerte di lavoro e corsi del programma GOL.": (
        "The job centre's desk: signing up, interviews, job offers and courses of the GOL programme."
    ),
    "Per chi cerca il primo lavoro, un tirocinio o un corso dopo la scuola.": (
        "For people looking for a first job, an internship or a course after school."
    ),
    "Orientamento allo studio e al lavoro, corsi e tirocini per i giovani del Cremasco.": (
        "Guidance on study and work, courses and internships for young people around Crema."
    ),
    "Primo ascolto e aiuto con le pratiche online, nella biblioteca comunale.": (
        "A first talk and help with online paperwork, in the town library."
    ),
    "Accompagnamento al lavoro di persone fragili, con educatori e mediatori.": (
        "Support on the way to work for people in fragile situations, with educators and mediators."
    ),
    "Per chi torna a lavorare dopo anni di cura della famiglia.": (
        "For people going back to work after years of caring for their family."
    ),
    "Volontari che aiutano con annunci, moduli e servizi digitali, anche la sera.": (
        "Volunteers who help with adverts, forms and digital services, in the evening too."
    ),
}
