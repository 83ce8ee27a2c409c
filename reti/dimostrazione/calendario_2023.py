"""The boards and meetings of the demonstration year 2023: plain data, read by tavoli.py.

The sheet of objective 2023_3504 fixes the numbers: 4 meetings of the OPML, 24
with the operators, 25 of the boards for disability, 4 of the technical committee,
20 convened by others and held (18 attended), none with the information points.
"""

from dataclasses import dataclass, field

OPERATORI = (
    "lavoro-vivo",
    "aurora-formazione",
    "porta-aperta",
    "cantiere-competenze",
    "ponte-lavoro",
    "officina-saperi",
)


@dataclass(frozen=True)
class Tavolo:
    """A board: `seggi` are (soggetto slug, ruolo, qualifica); `date` are "MM-DD" of 2023.

    `regole`: other fields of the board; `rappresenta`: (soggetto slug, slugs of those it sits for besides).
    """

    slug: str
    nome: str
    tipo: str
    tema: str
    descrizione: str
    seggi: tuple[tuple[str, str, str], ...]
    convocante: str = "provincia-di-cremona"
    date: tuple[str, ...] = ()
    ora: str = "10:00"
    luogo: str = "Cremona, sede della Provincia, corso Vittorio Emanuele II 17"
    modalita: str = "presenza"
    titolo: str = "Incontro"
    punti: tuple[str, ...] = field(default=())
    atto: tuple[str, str] = ("", "")
    regole: tuple[tuple[str, object], ...] = ()
    rappresenta: tuple[str, tuple[str, ...]] = ("", ())


def _seggi(*slug: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((s, "aderente", "") for s in slug)


TAVOLI = (
    Tavolo(
        "osservatorio-mercato-del-lavoro",
        "Osservatorio provinciale del mercato del lavoro (OPML)",
        "osservatorio",
        "mercato_lavoro",
        "Legge i dati sul lavoro nel territorio e indirizza le indagini e le newsletter periodiche.",
        _seggi(
            "camera-di-commercio",
            "inps-cremona",
            "unione-lavoratori-cremona",
            "sindacato-del-territorio",
            "industriali-cremonesi-uniti",
            "artigiani-padani",
            "ufficio-scolastico-cremona",
            "comune-di-cremona",
            "comune-di-crema",
        ),
        date=("02-14", "05-16", "09-19", "11-28"),
        titolo="Osservatorio: seduta",
        punti=("Andamento di avviamenti e cessazioni", "Indagini in corso", "Prossima newsletter"),
        modalita="ibrida",
        regole=(
            ("quorum", 51),
            ("quorum_modo", "percento"),
            (
                "composizione",
                [
                    {"nome": "parti sociali", "minimo": 4, "nature": ["parti_sociali"]},
                    {"nome": "comuni", "minimo": 2, "tipi": ["comune"]},
                ],
            ),
        ),
    ),
    Tavolo(
        "rete-operatori-accreditati",
        "Rete degli operatori accreditati",
        "rete",
        "operatori",
        "Servizi per il lavoro e per la formazione: indicazioni operative, accordi di partenariato, percorsi GOL.",
        _seggi(*OPERATORI, "cpi-cremona", "cpi-crema"),
        date=(
            *("01-18", "01-31", "02-08", "02-22", "03-08", "03-22", "04-05", "04-19", "05-03", "05-17"),
            *("06-07", "06-21", "07-05", "07-19", "08-02", "08-30", "09-13", "09-27", "10-11", "10-25"),
            *("11-08", "11-22", "12-06", "12-13"),
        ),
        ora="14:30",
        titolo="Rete degli operatori: incontro",
        punti=("Indicazioni operative", "Accordi di partenariato in corso", "Avanzamento dei percorsi GOL"),
        modalita="ibrida",
    ),
    Tavolo(
        "tavolo-disabilita-cremonese",
        "Tavolo disabilità e lavoro, ambito Cremonese",
        "tavolo",
        "disabilita",
        "Programma e segue i servizi per l'inserimento lavorativo delle persone con disabilità nel Cremonese.",
        _seggi(
            "azienda-sociale-cremonese", "asst-cremona", "comune-di-cremona", "cpi-cremona", "cooperativa-il-melograno"
        ),
        date=("01-24", "02-21", "03-21", "04-18", "05-23", "06-20", "09-26", "10-24", "11-21"),
        titolo="Tavolo disabilità Cremonese: incontro",
        punti=("Persone in carico e posti disponibili", "Azioni di sistema dei Masterplan"),
        rappresenta=("azienda-sociale-cremonese", ("comune-di-soresina", "comune-di-castelleone")),
    ),
    Tavolo(
        "tavolo-disabilita-cremasco",
        "Tavolo disabilità e lavoro, ambito Cremasco",
        "tavolo",
        "disabilita",
        "Programma e segue i servizi per l'inserimento lavorativo delle persone con disabilità nel Cremasco.",
        _seggi(
            "comunita-sociale-cremasca", "asst-crema", "comune-di-crema", "cpi-crema", "cooperativa-arcobaleno-padano"
        ),
        date=("01-26", "02-23", "03-23", "05-11", "06-22", "09-14", "10-19", "11-23"),
        luogo="Crema, piazza Duomo 25",
        titolo="Tavolo disabilità Cremasco: incontro",
        punti=("Persone in carico e posti disponibili", "Azioni di sistema dei Masterplan"),
    ),
    Tavolo(
        "tavolo-disabilita-casalasco",
        "Tavolo disabilità e lavoro, ambito Casalasco",
        "tavolo",
        "disabilita",
        "Programma e segue i servizi per l'inserimento lavorativo delle persone con disabilità nel Casalasco.",
        _seggi(
            "consorzio-casalasco-servizi-sociali",
            "asst-cremona",
            "comune-di-casalmaggiore",
            "cpi-casalmaggiore",
            "associazione-nuovi-passi",
        ),
        date=("02-02", "03-02", "04-13", "05-25", "06-29", "09-07", "10-26", "12-07"),
        luogo="Casalmaggiore, piazza Garibaldi 26",
        titolo="Tavolo disabilità Casalasco: incontro",
        punti=("Persone in carico e posti disponibili", "Azioni di sistema dei Masterplan"),
    ),
    Tavolo(
        "comitato-tecnico-disabili",
        "Comitato tecnico per il collocamento mirato",
        "comitato_tecnico",
        "disabilita",
        "Valuta le capacità lavorative e definisce gli strumenti per l'inserimento (L. 68/1999, art. 8).",
        (
            ("provincia-di-cremona", "promotore", "funzionario"),
            ("azienda-sociale-cremonese", "aderente", "sociale"),
            ("comunita-sociale-cremasca", "aderente", "sociale"),
            ("asst-cremona", "aderente", "medico_legale"),
            ("inps-cremona", "aderente", "medico_legale"),
        ),
        date=("05-09", "06-27", "10-10", "12-05"),
        ora="09:30",
        titolo="Comitato tecnico: seduta",
        punti=("Schede da valutare", "Strumenti e prestazioni per l'inserimento"),
        atto=("Determinazione dirigenziale n. 214 del 18 aprile 2023", "04-18"),
    ),
    Tavolo(
        "coordinamento-punti-informativi",
        "Coordinamento dei punti informativi",
        "rete",
        "punti_informativi",
        "Gli enti che ospitano un punto informativo: orari, servizi offerti, verifica delle informazioni.",
        _seggi("comune-di-soresina", "comune-di-castelleone", "comune-di-pandino", "associazione-casa-comune"),
        titolo="Coordinamento dei punti informativi: incontro",
    ),
    Tavolo(
        "rete-antiviolenza",
        "Rete territoriale antiviolenza",
        "rete",
        "fragilita",
        "Accompagna al lavoro le donne che escono dalla violenza. La convoca il Comune di Cremona.",
        _seggi("provincia-di-cremona", "ats-val-padana", "associazione-casa-comune"),
        convocante="comune-di-cremona",
        date=("01-19", "03-16", "05-18", "09-21", "11-16"),
        luogo="Cremona, palazzo comunale",
        titolo="Rete antiviolenza: incontro",
    ),
    Tavolo(
        "piano-di-zona-cremonese",
        "Piano di zona, ambito Cremonese",
        "cabina_di_regia",
        "fragilita",
        "Programmazione sociale dell'ambito. La convoca l'Azienda sociale cremonese.",
        _seggi("provincia-di-cremona", "comune-di-cremona", "asst-cremona"),
        convocante="azienda-sociale-cremonese",
        date=("02-09", "04-20", "06-15", "10-05", "11-30"),
        luogo="Cremona, sede dell'Azienda sociale",
        titolo="Piano di zona Cremonese: incontro",
    ),
    Tavolo(
        "piano-di-zona-cremasco",
        "Piano di zona, ambito Cremasco",
        "cabina_di_regia",
        "fragilita",
        "Programmazione sociale dell'ambito. La convoca Comunità sociale cremasca.",
        _seggi("provincia-di-cremona", "comune-di-crema", "asst-crema"),
        convocante="comunita-sociale-cremasca",
        date=("02-16", "04-27", "07-06", "09-28", "12-14"),
        luogo="Crema, sede di Comunità sociale",
        titolo="Piano di zona Cremasco: incontro",
    ),
    Tavolo(
        "rete-conciliazione",
        "Rete per la conciliazione vita-lavoro",
        "rete",
        "altro",
        "Misure di conciliazione fra famiglia e lavoro. La convoca ATS Val Padana.",
        _seggi("provincia-di-cremona", "camera-di-commercio", "industriali-cremonesi-uniti"),
        convocante="ats-val-padana",
        date=("01-30", "03-27", "06-12", "10-16", "12-11"),
        luogo="Cremona, sede di ATS",
        titolo="Rete conciliazione: incontro",
    ),
)

# Meetings of others that the Province missed, and the one that its convener cancelled.
ASSENZE_DI_ALTRI = {
    ("piano-di-zona-cremasco", "07-06"): "giustificato",
    ("rete-conciliazione", "12-11"): "assente",
}
ANNULLATO_DI_ALTRI = ("rete-antiviolenza", "07-13", "Rinuncia di chi convocava: mancavano i relatori.")
