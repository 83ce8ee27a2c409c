"""The index of a package for preservation: UNI SInCRO (UNI 11386:2020) with the metadata of AgID's annex 5.

Pure: data in, XML out. The index answers to the schema of UNI SInCRO, attributes
in its namespace included (docs/prove.md); the metadata follow how preservation
systems in use write them.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

SINCRO = "http://www.uni.com/U3011/sincro-v2/"
METADATI = "urn:raccordo:metadati:agid-allegato-5"
INDICE = "PIndex.xml"
FORMATI = {"pdf": "application/pdf", "p7m": "application/pkcs7-mime", "zip": "application/zip"}
FORMAZIONE = (
    "creazione tramite l'utilizzo di strumenti software che assicurino la produzione di documenti nei formati "
    "previsti in allegato 2"
)


@dataclass(frozen=True)
class FileVersato:
    """A file of the package; `descrizione` says what it is to the document."""

    percorso: str
    contenuto: bytes
    descrizione: str

    @property
    def estensione(self) -> str:
        return self.percorso.rsplit(".", 1)[-1]

    @property
    def impronta(self) -> str:
        return hashlib.sha256(self.contenuto).hexdigest()


@dataclass(frozen=True)
class Produttore:
    """The body that hands over; `classifica` and `anni` come from its own plans (9999: forever).

    `atto` is the document by which it hands over, signs and answers for its files.
    """

    nome: str
    codice_fiscale: str
    codice_ipa: str
    classifica: str
    anni: int
    atto: str


@dataclass(frozen=True)
class DocumentoVersato:
    """What annex 5 asks about the main document, which is the first of the files."""

    identificativo: str
    oggetto: str
    tipologia: str
    parti: Sequence[tuple[str, str]]
    protocollo_numero: str
    protocollo_registro: str
    protocollo_il: datetime
    riservato: bool
    firmato: bool
    con_marca: bool
    versione: int


def indice(
    documento: DocumentoVersato, file: Sequence[FileVersato], produttore: Produttore, *, quando: datetime
) -> bytes:
    """The PIndex of `file`, the main document first, made at `quando`."""
    radice = etree.Element(f"{{{SINCRO}}}PIndex", nsmap={"sincro": SINCRO})
    for nome, valore in (("language", "it"), ("sincroVersion", "2.0"), ("uri", f"{SINCRO}PIndex.xsd")):
        radice.set(f"{{{SINCRO}}}{nome}", valore)
    pacchetto = f"urn:raccordo:{produttore.codice_ipa or produttore.codice_fiscale}:{documento.identificativo}"
    descrizione = _figlio(radice, "SelfDescription")
    _figlio(descrizione, "ID", f"{pacchetto}:indice", scheme="urn")
    programma = _figlio(descrizione, "CreatingApplication")
    for nome, testo in (("Name", "Raccordo"), ("Version", "1"), ("Producer", produttore.nome)):
        _figlio(programma, nome, testo)
    volume = _figlio(radice, "PVolume")
    _figlio(volume, "ID", pacchetto, scheme="urn")
    _figlio(volume, "Label", "Pacchetto di versamento")
    _figlio(volume, "Description", documento.oggetto)
    gruppo = _figlio(radice, "FileGroup")
    _figlio(gruppo, "ID", f"{pacchetto}:file", scheme="urn")
    _figlio(gruppo, "Label", "Accordo, buste di firma e fascicolo delle prove")
    for n, versato in enumerate(file):
        _file(gruppo, versato, f"{pacchetto}:file:{n + 1}")
    altro = _figlio(gruppo[2], "MoreInfo", xmlSchema=METADATI)
    _metadati(_figlio(altro, "EmbeddedMetadata"), documento, file, produttore)
    _processo(radice, produttore, quando)
    return etree.tostring(radice, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _figlio(padre: etree._Element, tag: str, testo: str = "", /, **attributi: str) -> etree._Element:
    """A child in its parent's namespace, attributes too: the schema wants them qualified."""
    spazio = f"{{{etree.QName(padre).namespace}}}"
    nodo = etree.SubElement(padre, f"{spazio}{tag}", {f"{spazio}{nome}": v for nome, v in attributi.items()})
    # XML can't hold control characters.
    nodo.text = "".join(c for c in testo if c >= " " or c in "\t\n") or None
    return nodo


def _file(gruppo: etree._Element, versato: FileVersato, identificativo: str) -> None:
    formato = {"encoding": "binary", "extension": versato.estensione, "format": FORMATI[versato.estensione]}
    nodo = _figlio(gruppo, "File", **formato)
    _figlio(nodo, "ID", identificativo, scheme="urn")
    _figlio(nodo, "Path", versato.percorso)
    _figlio(nodo, "Hash", versato.impronta, canonicalXML="false", hashFunction="SHA-256")


def _processo(radice: etree._Element, produttore: Produttore, quando: datetime) -> None:
    processo = _figlio(radice, "Process")
    ruoli = {"Submitter": {}, "Holder": {"holderRole": "soggetto produttore"}, "AuthorizedSigner": {}}
    for ruolo, attributi in ruoli.items():
        agente = _figlio(processo, ruolo, agentType="legal person", **attributi)
        _figlio(agente, "AgentID", f"VATIT-{produttore.codice_fiscale}")
        _figlio(_figlio(agente, "AgentName"), "FormalName", produttore.nome)
        _figlio(agente, "RelevantDocument", produttore.atto)
    _figlio(_figlio(processo, "TimeReference"), "TimeInfo", quando.isoformat(), attachedTimeStamp="false")
    _figlio(
        processo,
        "LawsAndRegulations",
        "Linee guida AgID sulla formazione, gestione e conservazione dei documenti informatici",
    )


def _metadati(
    padre: etree._Element, documento: DocumentoVersato, file: Sequence[FileVersato], produttore: Produttore
) -> None:
    nodo = etree.SubElement(padre, f"{{{METADATI}}}DocumentoAmministrativoInformatico", nsmap={None: METADATI})
    principale, *altri = file
    _iddoc(nodo, principale, documento.identificativo)
    _figlio(nodo, "ModalitaDiFormazione", FORMAZIONE)
    _figlio(nodo, "TipologiaDocumentale", documento.tipologia)
    _registrazione(nodo, documento)
    _soggetti(nodo, documento, produttore)
    _figlio(_figlio(nodo, "ChiaveDescrittiva"), "Oggetto", documento.oggetto)
    allegati = _figlio(nodo, "Allegati")
    _figlio(allegati, "NumeroAllegati", str(len(altri)))
    for versato in altri:
        voce = _figlio(allegati, "IndiceAllegati")
        _iddoc(voce, versato, versato.percorso)
        _figlio(voce, "Descrizione", versato.descrizione)
    if produttore.classifica:
        _figlio(_figlio(nodo, "Classificazione"), "IndiceDiClassificazione", produttore.classifica)
    _figlio(nodo, "Riservato", _vero(documento.riservato))
    _figlio(_figlio(nodo, "IdentificativoDelFormato"), "Formato", FORMATI["pdf"])
    verifica = _figlio(nodo, "Verifica")
    _figlio(verifica, "FirmatoDigitalmente", _vero(documento.firmato))
    _figlio(verifica, "SigillatoElettronicamente", _vero(not documento.firmato))
    _figlio(verifica, "MarcaturaTemporale", _vero(documento.con_marca))
    _figlio(nodo, "NomeDelDocumento", principale.percorso)
    _figlio(nodo, "VersioneDelDocumento", str(documento.versione))
    _figlio(nodo, "TempoDiConservazione", str(produttore.anni))


def _iddoc(padre: etree._Element, versato: FileVersato, identificativo: str) -> None:
    nodo = _figlio(padre, "IdDoc")
    impronta = _figlio(nodo, "ImprontaCrittograficaDelDocumento")
    _figlio(impronta, "Impronta", versato.impronta)
    _figlio(impronta, "Algoritmo", "SHA-256")
    _figlio(nodo, "Identificativo", identificativo)


def _registrazione(padre: etree._Element, documento: DocumentoVersato) -> None:
    dati = _figlio(padre, "DatiDiRegistrazione")
    _figlio(dati, "TipologiaDiFlusso", "U")
    registro = _figlio(_figlio(dati, "TipoRegistro"), "ProtocolloOrdinario_ProtocolloEmergenza")
    _figlio(registro, "TipoRegistro", "ProtocolloOrdinario\\ProtocolloEmergenza")
    _figlio(registro, "DataProtocollazioneDocumento", f"{documento.protocollo_il:%Y-%m-%d}")
    _figlio(registro, "OraProtocollazioneDocumento", f"{documento.protocollo_il:%H:%M:%S}")
    _figlio(registro, "NumeroProtocolloDocumento", documento.protocollo_numero)
    _figlio(registro, "CodiceRegistro", documento.protocollo_registro)


def _soggetti(padre: etree._Element, documento: DocumentoVersato, produttore: Produttore) -> None:
    soggetti = _figlio(padre, "Soggetti")
    registra = _figlio(_figlio(soggetti, "Ruolo"), "AmministrazioneCheEffettuaLaRegistrazione")
    _figlio(registra, "TipoRuolo", "Amministrazione Che Effettua La Registrazione")
    ente = _figlio(_figlio(registra, "PAI"), "IPAAmm")
    _figlio(ente, "Denominazione", produttore.nome)
    _figlio(ente, "CodiceIPA", produttore.codice_ipa)
    for nome, codice in documento.parti:
        altro = _figlio(_figlio(soggetti, "Ruolo"), "Altro")
        _figlio(altro, "TipoRuolo", "Altro")
        persona = _figlio(altro, "PG")
        _figlio(persona, "DenominazioneOrganizzazione", nome)
        _figlio(persona, "CodiceFiscale_PartitaIva", codice)


def _vero(valore: bool) -> str:
    return "true" if valore else "false"
