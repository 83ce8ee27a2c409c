"""The catalogue of the datasets as RDF: DCAT-AP_IT (the Italian profile of DCAT), with the API as a dcat:DataService.

Addresses of things: the page of open data and, after a «#», what it speaks of. What a property names says its kind in
the same graph, for who reads it without opening the vocabularies.
"""

from datetime import date

from django.conf import settings
from rdflib import FOAF, OWL, RDF, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS

from core.models import Installazione
from dati_aperti.insiemi import File, Insieme, insiemi
from dati_aperti.vocabolari import (
    ATTRIBUZIONE,
    AUTORITA,
    CLASSI,
    DCATAPIT,
    ENTE_LOCALE,
    LICENZA,
    NOMI,
    PROVINCE,
    TEMI,
    TIPI_DI_MEDIA,
    VCARD,
)
from reti.models import Comune, Soggetto

API = "/api/v1/"
# Ending of the address → (media type, rdflib's name of the writing).
SCRITTURE = {
    "ttl": ("text/turtle; charset=utf-8", "turtle"),
    "rdf": ("application/rdf+xml", "pretty-xml"),
    "jsonld": ("application/ld+json", "json-ld"),
}


def catalogo(pagina: str) -> Graph:
    """The whole graph; `pagina` is the path of the page of open data."""
    return _Catalogo(pagina).scrivi()


class _Catalogo:
    def __init__(self, pagina: str) -> None:
        self.pagina = settings.INDIRIZZO_PUBBLICO + pagina
        self.ente, self.titolare = Installazione.corrente(), Soggetto.objects.filter(titolare_piattaforma=True).first()
        self.grafo = Graph()
        for prefisso, spazio in (("dcatapit", DCATAPIT), ("dct", DCTERMS), ("vcard", VCARD)):
            self.grafo.bind(prefisso, spazio, replace=True)

    def scrivi(self) -> Graph:
        elenco = insiemi()
        catalogo = self._cosa("catalogo", DCATAPIT.Catalog, DCAT.Catalog)
        self._testi(
            catalogo, f"Dati aperti: {self.ente.ente}", "I dati pubblici della rete territoriale per il lavoro."
        )
        self._ha(catalogo, DCTERMS.publisher, self._editore())
        self._ha(catalogo, DCTERMS.modified, _giorno(max(i.aggiornato_il for i in elenco)))
        self._ha(catalogo, DCTERMS.language, self._voce("language", "ITA"))
        self._ha(catalogo, FOAF.homepage, self._detta(self.pagina, FOAF.Document))
        self._ha(catalogo, DCAT.themeTaxonomy, self._detta(TEMI, SKOS.ConceptScheme))
        self._ha(URIRef(TEMI), DCTERMS.title, Literal("Temi dei dati", lang="it"))
        self._ha(catalogo, DCTERMS.license, LICENZA)
        for territorio in self._territorio():
            self._ha(catalogo, DCTERMS.spatial, territorio)
        self._licenza()
        contatto = self._contatto()
        insiemi_detti = [self._insieme(i, contatto) for i in elenco]
        for detto in insiemi_detti:
            self._ha(catalogo, DCAT.dataset, detto)
        self._ha(catalogo, DCAT.service, self._servizio(insiemi_detti, contatto))
        return self.grafo

    def _insieme(self, insieme: Insieme, contatto: URIRef | None) -> URIRef:
        detto = self._cosa(insieme.chiave, DCATAPIT.Dataset, DCAT.Dataset)
        self._testi(detto, insieme.titolo, insieme.descrizione)
        self._ha(detto, DCTERMS.identifier, Literal(f"{self._codice()}:D.{insieme.numero}"))
        self._ha(detto, DCTERMS.modified, _giorno(insieme.aggiornato_il))
        self._ha(detto, DCTERMS.accrualPeriodicity, self._voce("frequency", insieme.frequenza))
        self._ha(detto, DCTERMS.language, self._voce("language", "ITA"))
        self._ha(detto, DCAT.landingPage, self._documento(insieme.pagina))
        for ruolo in (DCTERMS.rightsHolder, DCTERMS.publisher, DCTERMS.creator):
            self._ha(detto, ruolo, self._editore())
        for tema in insieme.temi:
            self._ha(detto, DCAT.theme, self._voce("data-theme", tema))
        for parola in insieme.parole:
            self._ha(detto, DCAT.keyword, Literal(parola, lang="it"))
        for territorio in self._territorio():
            self._ha(detto, DCTERMS.spatial, territorio)
        if contatto:
            self._ha(detto, DCAT.contactPoint, contatto)
        for numero, file in enumerate(insieme.file, 1):
            self._ha(detto, DCAT.distribution, self._distribuzione(insieme, file, numero))
        return detto

    def _distribuzione(self, insieme: Insieme, file: File, numero: int) -> URIRef:
        detta = self._cosa(f"{insieme.chiave}-{numero}", DCATAPIT.Distribution, DCAT.Distribution)
        indirizzo = URIRef(settings.INDIRIZZO_PUBBLICO + file.percorso)
        self._testi(detta, f"{insieme.titolo}: {file.nome}", f"{insieme.titolo}, {file.nome}.")
        self._ha(detta, DCTERMS["format"], self._voce("file-type", file.formato))
        tipo = self._detta(TIPI_DI_MEDIA + file.tipo, DCTERMS.MediaType, DCTERMS.MediaTypeOrExtent)
        self._ha(detta, DCAT.mediaType, tipo)
        self._ha(detta, DCTERMS.license, LICENZA)
        self._ha(detta, DCTERMS.modified, _giorno(insieme.aggiornato_il))
        self._ha(detta, DCAT.accessURL, indirizzo)
        if file.scarica:
            self._ha(detta, DCAT.downloadURL, indirizzo)
        if file.percorso.startswith(API):
            self._ha(detta, DCAT.accessService, URIRef(f"{self.pagina}#api"))
        return detta

    def _servizio(self, serviti: list[URIRef], contatto: URIRef | None) -> URIRef:
        """The API (DCAT 2: the Italian profile has no class of its own for it)."""
        api = self._cosa("api", DCAT.DataService)
        self._testi(api, "API dei dati aperti", "Punti, servizi, comuni, avvisi, accordi e tavoli, in sola lettura.")
        radice = settings.INDIRIZZO_PUBBLICO + API
        self._ha(api, DCAT.endpointURL, URIRef(radice))
        self._ha(api, DCAT.endpointDescription, URIRef(f"{radice}openapi.json"))
        self._ha(api, DCTERMS.conformsTo, self._detta("https://spec.openapis.org/oas/v3.1.0", DCTERMS.Standard))
        self._ha(api, DCAT.landingPage, self._documento(API))
        self._ha(api, DCTERMS.license, LICENZA)
        self._ha(api, DCTERMS.publisher, self._editore())
        if contatto:
            self._ha(api, DCAT.contactPoint, contatto)
        for detto in serviti:
            if any((d, DCAT.accessService, api) in self.grafo for d in self.grafo.objects(detto, DCAT.distribution)):
                self._ha(api, DCAT.servesDataset, detto)
        return api

    def _editore(self) -> URIRef:
        chi = self._cosa("ente", DCATAPIT.Agent, FOAF.Agent)
        self._ha(chi, DCTERMS.identifier, Literal(self._codice()))
        self._ha(chi, FOAF.name, Literal(str(self.titolare or self.ente.ente), lang="it"))
        self._ha(chi, DCTERMS.type, self._detta(ENTE_LOCALE, SKOS.Concept))
        return chi

    def _codice(self) -> str:
        """The IPA code; the fiscal code of a body that has none; without a body, the site's host."""
        if self.titolare is None:
            return settings.INDIRIZZO_PUBBLICO.rpartition("/")[2]
        return self.titolare.codice_ipa or self.titolare.codice_fiscale_pubblico

    def _contatto(self) -> URIRef | None:
        """The office, as the foot of each page names it; None when it gives no address."""
        posta = self.ente.email or self.ente.pec
        if not posta:
            return None
        ufficio = self._cosa("ufficio", DCATAPIT.Organization, VCARD.Organization, VCARD.Kind)
        self._ha(ufficio, VCARD.fn, Literal(self.ente.struttura, lang="it"))
        self._ha(ufficio, VCARD.hasEmail, URIRef(f"mailto:{posta}"))
        if self.ente.telefono:
            telefono = BNode("telefono")
            for tipo in (VCARD.Voice, VCARD.TelephoneType):
                self._ha(telefono, RDF.type, tipo)
            self._ha(telefono, VCARD.hasValue, URIRef(f"tel:{self.ente.telefono.replace(' ', '')}"))
            self._ha(ufficio, VCARD.hasTelephone, telefono)
        return ufficio

    def _licenza(self) -> None:
        self._detta(LICENZA, DCATAPIT.LicenseDocument, DCTERMS.LicenseDocument)
        self._ha(LICENZA, DCTERMS.type, self._detta(ATTRIBUZIONE, SKOS.Concept))
        self._ha(LICENZA, FOAF.name, Literal("Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)", lang="it"))
        self._ha(LICENZA, OWL.versionInfo, Literal("4.0"))

    def _territorio(self) -> list[URIRef]:
        """The Provinces of the comuni, by ISTAT code, in the national vocabulary."""
        codici = sorted({c[:3] for c in Comune.objects.values_list("codice_istat", flat=True)})
        return [self._detta(PROVINCE + codice, DCTERMS.Location) for codice in codici]

    def _cosa(self, nome: str, *tipi: URIRef) -> URIRef:
        return self._detta(f"{self.pagina}#{nome}", *tipi)

    def _documento(self, percorso: str) -> URIRef:
        return self._detta(settings.INDIRIZZO_PUBBLICO + percorso, FOAF.Document)

    def _voce(self, vocabolario: str, codice: str) -> URIRef:
        return self._detta(f"{AUTORITA}{vocabolario}/{codice}", *CLASSI[vocabolario])

    def _detta(self, indirizzo: str, *tipi: URIRef) -> URIRef:
        """What has that address, with its kinds, and its name when it is a concept."""
        cosa = URIRef(indirizzo)
        if nome := NOMI.get(str(indirizzo)):
            self._ha(cosa, SKOS.prefLabel, Literal(nome, lang="it"))
        for tipo in tipi:
            self._ha(cosa, RDF.type, tipo)
        return cosa

    def _testi(self, cosa: URIRef, titolo: str, descrizione: str) -> None:
        self._ha(cosa, DCTERMS.title, Literal(titolo, lang="it"))
        self._ha(cosa, DCTERMS.description, Literal(descrizione, lang="it"))

    def _ha(self, cosa: URIRef | BNode, che: URIRef, valore: URIRef | BNode | Literal) -> None:
        self.grafo.add((cosa, che, valore))


def _giorno(quando: date) -> Literal:
    return Literal(quando.isoformat(), datatype=XSD.date)
