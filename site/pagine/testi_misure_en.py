"""English words of the guides to measures of the demonstration site, by the address of the Italian ones."""

from pagine.testi_misure import profili

ASK = "<li>Go to an information point or to the job centre: the first talk is free.</li>"
PAPERS = (
    "<ul><li>A valid identity document and your health card.</li>"
    "<li>SPID or the electronic identity card, if you have them.</li>"
    "<li>Your CV, even written by hand. If you have none, you write it together.</li></ul>"
)


GUIDE = {
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
            f"<ol>{ASK}<li>A person looks at your situation with you.</li>"
            "<li>Choose the accredited service that will follow you.</li></ol>"
        ),
        "cosa_portare": PAPERS,
        "profili": profili(
            (["chi:senza", "sostegno:si"], "GOL is for people who receive support because they have no job."),
            (["chi:senza", "sostegno:no"], "GOL is also for people who have no job and receive no support."),
            (["chi:senza", "eta:giovane", "eta:over"], "GOL gives special care to people who are young or over 55."),
            (["chi:poco"], "GOL is also for people who work but earn very little."),
        ),
    },
    "dote-unica-lavoro": {
        "title": "Dote unica lavoro (work endowment)",
        "sommario": "A set of services for work, paid by the Region, with the accredited service that you choose.",
        "per_chi": (
            "<ul><li>People who have no job, live in Lombardy and don't enter the GOL programme.</li>"
            "<li>People whose job is suspended.</li></ul>"
        ),
        "che_cosa_da": (
            "<p>The endowment is a sum that you don't receive in hand: it pays the services that you need.</p>"
            "<ul><li>A talk, and a look at what you can do.</li><li>Courses.</li>"
            "<li>Internships and help to find a job.</li><li>Help to start your own business.</li></ul>"
        ),
        "per_cominciare": (
            f"<ol>{ASK}<li>Ask whether GOL or the endowment is for you.</li>"
            "<li>Choose the accredited service.</li></ol>"
        ),
        "cosa_portare": PAPERS,
        "profili": profili(
            (["chi:sospeso"], "The endowment is also for people whose job is suspended."),
            (
                ["chi:senza"],
                "The endowment is for people who have no job and don't enter GOL: who receives you checks it.",
            ),
        ),
    },
    "formazione-continua": {
        "title": "Training for people who work",
        "sommario": "Courses for people who work, paid by a voucher that the company asks for.",
        "per_chi": (
            "<ul><li>People who work for someone.</li><li>Self-employed people and professionals.</li>"
            "<li>People who own a company in Lombardy, or a part of it.</li></ul>"
        ),
        "che_cosa_da": "<p>A voucher that pays the course. The company asks for it, you follow the course.</p>",
        "per_cominciare": (
            "<ol><li>Talk about it with who employs you.</li>"
            "<li>Ask an information point which courses there are and when one may apply.</li></ol>"
        ),
        "profili": profili(
            (
                ["chi:lavora", "chi:poco", "cosa:imparare"],
                "Vouchers pay courses for people who work and want to learn new things.",
            ),
            (["chi:impresa", "impresa:formare"], "Vouchers pay courses for people who work in your company."),
        ),
    },
    "formare-per-assumere": {
        "title": "Formare per assumere (train to hire)",
        "sommario": "For companies that hire: a course and an incentive for who has had no job for at least 30 days.",
        "per_chi": (
            "<p>Companies that hire, in a place of work in Lombardy, a person who has had no job for at least 30 days "
            "on the day of hiring.</p>"
        ),
        "che_cosa_da": (
            "<ul><li>A voucher for training, up to 3,000 euros.</li>"
            "<li>An incentive of up to 9,000 euros, if the contract lasts at least 12 months.</li></ul>"
        ),
        "per_cominciare": (
            "<ol><li>Before you sign the contract, ask whether the measure is open.</li>"
            "<li>Choose the course together with the person.</li></ol>"
        ),
        "profili": profili(
            (["chi:impresa", "impresa:assumere"], "It is for companies that hire a person and train them."),
        ),
    },
    "patto-per-il-lavoro": {
        "title": "Work agreement of the citizens' income",
        "sommario": "The path to a job of people who received the citizens' income (reddito di cittadinanza).",
        "per_chi": "<p>People who received the citizens' income and could work.</p>",
        "che_cosa_da": "<p>Talks, courses and job offers, with what each one promises written in an agreement.</p>",
        "per_cominciare": "<p>A talk at the job centre.</p>",
    },
}
