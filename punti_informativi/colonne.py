"""The columns of the CSV of points: what each holds, in the order of the model file."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from punti_informativi.orari_scritti import PER_ESEMPIO


@dataclass(frozen=True)
class Colonna:
    """A column of the file: what it holds, an example, and how its cell becomes a value of the field `campo`."""

    nome: str
    spiegazione: Any
    esempio: str = ""
    campo: str = ""
    lettura: str = "testo"


COLONNE = (
    Colonna(
        "codice", gettext_lazy("Il tuo codice del punto: non cambia mai, e dice quale punto aggiornare."), "PI-001"
    ),
    Colonna(
        "indirizzo_web",
        gettext_lazy("L'ultimo pezzo dell'indirizzo della pagina. Serve per dare un codice a un punto che c'è già."),
    ),
    Colonna("nome", gettext_lazy("Come si chiama il punto."), "Sportello lavoro di Crema", "nome"),
    Colonna(
        "ospite",
        gettext_lazy("Il soggetto che lo ospita: codice fiscale, partita IVA o denominazione, come nel registro."),
        "Comune di Crema",
    ),
    Colonna("indirizzo", gettext_lazy("Via e numero."), "Piazza Duomo 25"),
    Colonna("cap", gettext_lazy("Cinque cifre."), "26013"),
    Colonna("comune", gettext_lazy("Nome o codice ISTAT."), "Crema"),
    Colonna("lat", gettext_lazy("Latitudine in gradi. Senza, il punto sta al centro del comune, e la pagina lo dice.")),
    Colonna("lon", gettext_lazy("Longitudine in gradi.")),
    Colonna(
        "servizi",
        gettext_lazy("Nomi o codici dall'elenco dei servizi, separati da «|». Almeno uno."),
        "Orientamento|Aiuto con il curriculum",
        "servizi",
        "lista",
    ),
    Colonna("destinatari", gettext_lazy("Nomi o codici dei gruppi, separati da «|»."), "", "destinatari", "lista"),
    Colonna("lingue", gettext_lazy("Nomi o codici delle lingue, separati da «|»."), "inglese|ar", "lingue", "lista"),
    Colonna("comuni_serviti", gettext_lazy("Nomi o codici ISTAT, separati da «|»."), "", "comuni_serviti", "lista"),
    Colonna(
        "orari",
        gettext_lazy("La settimana, un gruppo di giorni dopo l'altro, separati da «;»."),
        PER_ESEMPIO,
        "orari",
        "orari",
    ),
    Colonna("solo_appuntamento", gettext_lazy("sì o no."), "no", "solo_appuntamento", "si_no"),
    Colonna(
        "a_distanza", gettext_lazy("sì o no: aiuta anche per telefono, email o video."), "sì", "a_distanza", "si_no"
    ),
    Colonna(
        "accessibilita",
        gettext_lazy("completa, parziale, no oppure non_nota."),
        "completa",
        "accessibilita",
        "scelta",
    ),
    Colonna("telefono", gettext_lazy("Come lo leggono i cittadini."), "0373 000111", "telefono"),
    Colonna("email", gettext_lazy("Dell'ufficio, non di una persona."), "lavoro@comune.example", "email"),
    Colonna("sito_web", gettext_lazy("Indirizzo della pagina."), "https://comune.example/lavoro", "sito_web", "sito"),
    Colonna("descrizione", gettext_lazy("Che cosa si può fare lì."), "", "descrizione"),
    Colonna("cosa_portare", gettext_lazy("Che cosa portare."), "", "cosa_portare"),
    Colonna("come_arrivare", gettext_lazy("Come arrivare."), "", "come_arrivare"),
    Colonna(
        "cpi",
        gettext_lazy("Il centro per l'impiego di riferimento: codice fiscale o denominazione."),
        "",
        "cpi_riferimento",
        "cpi",
    ),
)
NOMI = tuple(c.nome for c in COLONNE)
OBBLIGATORIE = ("codice",)
# Written beside the lines refused; of no account when the file comes back.
MOTIVO = "motivo"
# A new point needs them all.
PER_UN_PUNTO_NUOVO = ("nome", "ospite", "indirizzo", "comune", "servizi")
RIGHE_MASSIME = 5000
