"""What a higher app gives to a lower one, by dotted path: imports go down only, so the lower one reads it from here."""

# Ties of the network graph: callables (al: date) -> Iterable[reti.grafo.Arco].
FORNITORI_ARCHI = [
    "reti.queries.grafo.archi_reti",
    "accordi.queries.accordi.archi_accordi",
    "punti_informativi.queries.archi_punti",
]
# Things that wait for a person: callables (utente) -> list[core.scrivania.Voce].
FORNITORI_SCRIVANIA = [
    "reti.queries.incontri.voci_scrivania",
    "reti.queries.posta.voci_scrivania",
    "reti.queries.seggi.voci_scrivania",
    "reti.queries.assenze.voci_scrivania",
    "reti.queries.sondaggi.voci_scrivania",
    "reti.queries.verbali.voci_scrivania",
    "reti.queries.decisioni.voci_scrivania",
    "reti.queries.inviti_ricevuti.voci_scrivania",
    "accordi.queries.istanze.voci_scrivania",
    "accordi.queries.accordi.voci_scrivania",
    "accordi.queries.protocollo.voci_scrivania",
    "accordi.queries.marche.voci_scrivania",
    "accordi.queries.vita.voci_scrivania",
    "punti_informativi.queries.voci_scrivania",
    "monitoraggio.queries.voci_scrivania",
    "pagine.queries.moderazione.voci_scrivania",
]
# Figures that count a meeting of others: callables (incontro) -> list[core.scrivania.VoceMenu].
FORNITORI_CIFRE = ["monitoraggio.queries.cifre_di_incontro"]
# Bodies that a person acts for: callables (utente) -> list[core.scrivania.Ente].
FORNITORI_ENTI = ["reti.queries.propria.enti_di"]
# The page that presents a body to citizens: callables (soggetto) -> its address, empty where there is none.
FORNITORI_PAGINE_ENTI = ["pagine.models.centri.pagina_di"]
# Entries of the private area's menu, of all one's bodies or of that slug: callables (utente, ente: str) ->
# list[core.scrivania.VoceMenu].
FORNITORI_AREA = [
    "reti.queries.incontri.voci_area",
    "reti.queries.propria.voci_area",
    "reti.queries.calendari.voci_area",
    "reti.queries.sondaggi.voci_area",
    "reti.queries.decisioni.voci_area",
    "accordi.queries.area.voci_area",
    "punti_informativi.queries.voci_area",
]
# Days to come that matter to a person, likewise: callables (utente, al: date, ente: str) -> list[core.scrivania.Voce],
# each with `entro`.
FORNITORI_SCADENZE = ["accordi.queries.area.voci_scadenze"]
# Work that returns by itself: callables () -> int, how many things they did (core.periodici).
PERIODICI: list[str] = [
    "pagine.programmati.pubblica_programmati",
    "core.scarto.scarta",
    "accordi.services.durata.concludi_finiti",
    "accordi.services.sospensioni.allinea_accreditamenti",
    "accordi.services.avvisi_vita.avvisa_in_scadenza",
    "reti.casella.leggi_casella",
    "reti.services.indirizzi.riallinea",
    "reti.services.indirizzi_sondaggi.riallinea",
    "reti.services.mail_sondaggi.sollecita_in_scadenza",
    "reti.services.approvazione.matura_verbali",
    "accordi.services.promemoria.ricorda_bozze",
    "accordi.services.giro.sollecita_in_attesa",
    "accordi.services.invio_protocollo.riprendi_invii",
    "accordi.services.avvisi_termine.avvisa_termini",
    "punti_informativi.services.conferme.chiedi_conferme",
    "punti_informativi.services.conferme.avvisa_non_confermati",
    "punti_informativi.services.riscontri.racconta_riscontri",
]
# Builders of the demonstration data, in order: modules with costruisci(passo).
FORNITORI_DEMO = [
    "utenti.demo",
    "reti.demo",
    "accordi.demo",
    "punti_informativi.demo",
    "monitoraggio.demo",
    "pagine.demo",
]
