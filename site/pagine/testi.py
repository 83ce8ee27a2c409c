"""First texts of the pages that every installation has; editors change them afterwards."""

TITOLO = "La rete per il lavoro, vicino a te"
SOTTOTITOLO = (
    "Trova un punto informativo aperto e adatto a te, leggi gli avvisi, guarda chi lavora insieme sul territorio."
)

ACCESSIBILITA = {
    "title": "Dichiarazione di accessibilità",
    "slug": "accessibilita",
    "sommario": "Come sono accessibili queste pagine, che cosa manca ancora, come segnalarci un problema.",
    "corpo": [
        {
            "type": "testo",
            "value": (
                "<p>L'ente si impegna a rendere questo sito accessibile a tutte le persone, come chiedono la legge "
                "9 gennaio 2004, n. 4 e la norma tecnica UNI CEI EN 301549.</p>"
                "<h2>Stato di conformità</h2>"
                "<p>Le pagine pubbliche e l'area riservata dei partner sono progettate per rispettare le WCAG 2.1, "
                "livello AA: si usano da tastiera, con un lettore di schermo e senza JavaScript. La mappa e il grafo "
                "della rete hanno accanto un elenco e una tabella con le stesse informazioni.</p>"
                "<h2>Contenuti che possono non essere accessibili</h2>"
                "<p>I documenti caricati da altri enti e gli atti scansionati possono non essere leggibili da un "
                "lettore di schermo: chiedici una versione accessibile.</p>"
                "<h2>Segnala un problema</h2>"
                '<p>Usa <a href="/accessibilita/segnala/">il modulo per segnalare un problema</a>, in fondo a ogni '
                "pagina, o scrivi ai contatti. Rispondiamo entro 30 giorni.</p>"
                "<h2>Procedura di attuazione</h2>"
                "<p>Se la risposta non arriva o non ti soddisfa, puoi rivolgerti al Difensore civico per il digitale "
                "presso l'Agenzia per l'Italia digitale.</p>"
            ),
        }
    ],
}

PRIVACY = {
    "title": "Informativa privacy",
    "slug": "privacy",
    "sommario": "Quali dati trattiamo, perché, per quanto tempo, e quali sono i tuoi diritti.",
    "corpo": [
        {
            "type": "testo",
            "value": (
                "<p>Informativa ai sensi dell'articolo 13 del regolamento (UE) 2016/679.</p>"
                "<h2>Titolare</h2>"
                "<p>Titolare del trattamento è l'ente indicato in fondo a ogni pagina; ai suoi contatti puoi scrivere "
                "anche al responsabile della protezione dei dati.</p>"
                "<h2>Chi visita il sito</h2>"
                "<p>Per leggere le pagine pubbliche non serve un account e non usiamo cookie. Nessuna pagina chiama "
                "servizi di altri: caratteri, mappe e programmi arrivano da questo sito. La posizione che dai al "
                "browser per cercare i punti vicini resta sul tuo dispositivo o serve solo a quella ricerca.</p>"
                "<h2>Chi ha un account</h2>"
                "<p>Trattiamo nome, cognome, indirizzo email, ente rappresentato e operazioni compiute, per "
                "l'esecuzione di compiti di interesse pubblico (articolo 6, paragrafo 1, lettera e). I cookie usati "
                "dopo l'accesso sono solo tecnici: sessione e protezione dei moduli.</p>"
                "<h2>Che cosa non trattiamo</h2>"
                "<p>Questa piattaforma non contiene nomi, codici fiscali o dati di salute delle persone che si "
                "rivolgono ai servizi per il lavoro.</p>"
                "<h2>Per quanto tempo</h2>"
                "<p>Istanze, accordi e registro delle operazioni si conservano secondo il piano di conservazione "
                "dell'ente; il testo dei messaggi con codici si cancella appena spedito.</p>"
                "<h2>I tuoi diritti</h2>"
                "<p>Puoi chiedere accesso, rettifica, limitazione e opporti al trattamento (articoli 15-22), e "
                "presentare reclamo al Garante per la protezione dei dati personali.</p>"
            ),
        }
    ],
}
