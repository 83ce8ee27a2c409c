"""Vocabularies that the catalogue speaks with: of the EU Publications Office (themes, frequencies, file types,
languages), of ADMS (kinds of licence and of publisher), of the Italian State (Provinces)."""

from rdflib import SKOS, Namespace, URIRef
from rdflib.namespace import DCTERMS

DCATAPIT = Namespace("http://dati.gov.it/onto/dcatapit#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
AUTORITA = "http://publications.europa.eu/resource/authority/"
PROVINCE = "https://w3id.org/italia/controlled-vocabulary/territorial-classifications/provinces/"
LICENZA = URIRef("https://creativecommons.org/licenses/by/4.0/")
ATTRIBUZIONE = URIRef("http://purl.org/adms/licencetype/Attribution")
TIPI_DI_MEDIA = "https://www.iana.org/assignments/media-types/"
ENTE_LOCALE = URIRef("http://purl.org/adms/publishertype/LocalAuthority")
TEMI = AUTORITA + "data-theme"
# Names of the concepts, as their vocabularies give them.
NOMI = {
    TEMI + "/GOVE": "Governo e settore pubblico",
    TEMI + "/SOCI": "Popolazione e società",
    str(ATTRIBUZIONE): "Attribuzione",
    str(ENTE_LOCALE): "Autorità locale",
}
# What the entries of each vocabulary are.
CLASSI = {
    "data-theme": (SKOS.Concept,),
    "file-type": (DCTERMS.MediaTypeOrExtent,),
    "frequency": (DCTERMS.Frequency,),
    "language": (DCTERMS.LinguisticSystem,),
}
