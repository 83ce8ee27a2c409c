"""Figures that no public source fixes: each installation decides."""

import os

GIORNI_PREAVVISO_CONVOCAZIONE = 5
# A poll reminds by itself those who haven't answered, these days before its term.
GIORNI_SOLLECITO_SONDAGGIO = 2
# Whose patron saint is a holiday too, when the dates of a series are proposed.
SIGLA_PROVINCIA = os.environ.get("SIGLA_PROVINCIA", "CR")
GIORNI_OSSERVAZIONI_VERBALE = 10
# After these days a roll, or minutes, not yet written shows as late on the desk.
GIORNI_PER_LE_PRESENZE = 7
GIORNI_PER_IL_VERBALE = 30
# How far back a calendar to subscribe to goes; the future is there whole.
GIORNI_NEL_CALENDARIO = 365
# How long others may keep a public board's calendar before asking again.
CALENDARIO_PUBBLICO_SECONDI = 900
# Who misses so many meetings in a row is named on the desk, for so many days after the last of them.
ASSENZE_DI_FILA = 3
GIORNI_AVVISO_ASSENZE = 30
# Unknown personal links that one address may try, and within how long.
TENTATIVI_GETTONE = 30
TENTATIVI_GETTONE_SECONDI = 600
# Before the start of a meeting, roll and self check-in open; arrivals that one address may send, and within how long.
MINUTI_APERTURA_SALA = 30
INGRESSI_PER_INDIRIZZO = 60
INGRESSI_SECONDI = 600
# What the package for preservation says, from the body's own plans: place in its classification, years (9999: forever).
CONSERVAZIONE_CLASSIFICA = os.environ.get("CONSERVAZIONE_CLASSIFICA", "")
CONSERVAZIONE_ANNI = int(os.environ.get("CONSERVAZIONE_ANNI", "9999"))
CONSERVAZIONE_ATTO = os.environ.get("CONSERVAZIONE_ATTO", "Manuale di gestione documentale")
# Files that one address may have checked on the public page of verification, and within how long.
VERIFICHE_PER_INDIRIZZO = 30
VERIFICHE_SECONDI = 600
GIORNI_AVVISO_SCADENZA = 7
# Art. 10-bis L. 241/1990: days to send observations before a rejection. 0 where the notice isn't due (a competition).
GIORNI_PREAVVISO_RIGETTO = int(os.environ.get("GIORNI_PREAVVISO_RIGETTO", "10"))
# A request that began in time and reached us whole within these minutes is in time, however slow its line.
MINUTI_GRAZIA_ARRIVO = int(os.environ.get("MINUTI_GRAZIA_ARRIVO", "10"))
# Who has an open draft hears so many hours before the call closes.
ORE_PROMEMORIA_BOZZA = int(os.environ.get("ORE_PROMEMORIA_BOZZA", "48"))
# The term to sign: the person responsible is warned when so many days are left, and once it has passed.
GIORNI_AVVISI_TERMINE = [int(n) for n in os.environ.get("GIORNI_AVVISI_TERMINE", "10,5,1").split(",")]
# Who has to sign an agreement hears again so many days before the term, and after so many days of silence.
GIORNI_SOLLECITO_FIRMA = 5
GIORNI_FRA_SOLLECITI_FIRMA = 7
# Days before an agreement's expiry, and before its last day for notice, on which the parties are told.
GIORNI_AVVISO_ACCORDI = (90, 30, 7)
# How long after its expiry an agreement may still be renewed.
GIORNI_RINNOVO_DOPO_LA_SCADENZA = 90
SOGLIA_SEMAFORO_GIALLO = 0.75
GIORNI_ALLARME_INDICATORI = 90
OTP_MINUTI = 10
OTP_TENTATIVI = 5

# -- Information points: how long a confirmation of their data holds (R31) ----
PUNTI_MESI_CONFERMA = 6
# The request leaves so many days before; reminders so many days after the confirmation lapsed.
PUNTI_GIORNI_ANTICIPO_CONFERMA = 14
PUNTI_GIORNI_SOLLECITI_CONFERMA = (1, 21, 45)
# Days from the lapse to the day when the point leaves the site, marked in between.
PUNTI_GIORNI_TOLLERANZA = 60
# A host's dated closure or opening that ends within so many days is public at once; a later one waits for the Province.
PUNTI_GIORNI_ECCEZIONI_SUBITO = 60
# How many days the desk goes on telling the Province of it.
PUNTI_GIORNI_NOTIZIA_ECCEZIONI = 3
# Dated exceptions to come that a point may hold, and a proposal may ask for.
PUNTI_ECCEZIONI_MASSIME = 60

# -- How many days each kind is kept, counted as its callable says (R62, docs/trattamenti.md) ---------------------
SCARTI = {
    "core.scarto.posta_spedita": 730,
    "core.scarto.sessioni_scadute": 1,
    "core.scarto.lavori_conclusi": 30,
    "reti.services.scarto.posta_ricevuta": 730,
    "accordi.services.scarto.bozze_mai_presentate": 180,
    "accordi.services.scarto.codici_di_firma": 30,
    "punti_informativi.services.scarto.parole_dei_cittadini": 365,
    "punti_informativi.services.scarto.segnalazioni_chiuse": 730,
}

# -- Forms without an account: feedback, accessibility reports (core.aperti) ----
# Who writes needs at least these seconds; a page older than these days asks to send again.
MODULI_APERTI_SECONDI_MINIMI = 2
MODULI_APERTI_GIORNI = 30
# Sendings of one kind that one address may make, and within how long: in an office many people share one.
MODULI_APERTI_PER_INDIRIZZO = 30
MODULI_APERTI_SECONDI = 3600
# Days to answer a report on the accessibility of the site, from the day when it came (L. 4/2004, R60).
GIORNI_ACCESSIBILITA = 30
# How long a process gathers the visits to the points' pages before it writes them together; 0: each at once.
CONSULTAZIONI_SECONDI = 30
# Visits to one page that one address adds in a day, in each process: in an office many people share one.
CONSULTAZIONI_PER_INDIRIZZO = 30
# Fewer answers than these are only counted in public: a mean of two says what one thought (R35).
RISCONTRI_MINIMI = 5
# The public figures look at the last months.
RISCONTRI_MESI = 12
