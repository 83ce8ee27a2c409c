"""DocArea, the SOAP service that most Italian registers speak: Login, Inserimento, Protocollazione.

SOAP 1.1, document/literal; files travel as attachments (SOAP with Attachments, MIME). It has no
key of ours to tell a repeated request by, so a Protocollazione without a clear answer is never repeated.
"""

import re
import secrets
from datetime import date, datetime
from email import message_from_bytes
from email.policy import HTTP

from django.conf import settings
from lxml import etree

from accordi.protocolli import EsitoIncerto, NonRegistrato, Registrazione, Ricevuta
from accordi.protocolli.rete import Risposta, chiedi
from accordi.protocolli.segnatura import segnatura

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
# An answer from outside: no entities, no network, no giant trees.
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
Allegato = tuple[str, bytes]  # media type, bytes


class DocArea:
    """Reads settings.PROTOCOLLO. The namespace differs among suppliers: SPAZIO."""

    ripetibile = False

    def __init__(self) -> None:
        self.conto = settings.PROTOCOLLO

    def registra(self, registrazione: Registrazione) -> Ricevuta:
        """A session, the document, then the registration: only the last can leave a doubt."""
        try:
            sessione = self._login()
            documento = self._inserisci(sessione, registrazione)
        except EsitoIncerto as errore:
            raise NonRegistrato(str(errore)) from errore
        xml = segnatura(registrazione, documento, self.conto)
        dati = self._chiama("Protocollazione", self._parametri(sessione), ("text/xml; charset=utf-8", xml))
        numero, anno = dati.get("lngNumPG", ""), dati.get("lngAnnoPG", "")
        if not numero.isdigit() or not int(numero):
            raise EsitoIncerto("la risposta non contiene un numero di protocollo")
        return Ricevuta(f"{int(numero)}/{anno}" if anno else str(int(numero)), leggi_data(dati.get("strDataPG")), dati)

    def _login(self) -> str:
        chiavi = {"strCodEnte": "CODICE_ENTE", "strUserName": "UTENTE", "strPassword": "PASSWORD"}
        dati = self._chiama("Login", {nome: self.conto[chiave] for nome, chiave in chiavi.items()})
        if not dati.get("strDST"):
            raise NonRegistrato("il servizio non ha aperto la sessione")
        return dati["strDST"]

    def _inserisci(self, sessione: str, registrazione: Registrazione) -> str:
        allegato = (registrazione.tipo, registrazione.contenuto)
        documento = self._chiama("Inserimento", self._parametri(sessione), allegato).get("lngDocID", "")
        if not documento.isdigit() or not int(documento):
            raise NonRegistrato("il servizio non ha preso il documento")
        return documento

    def _parametri(self, sessione: str) -> dict[str, str]:
        return {"strUserName": self.conto["UTENTE"], "strDST": sessione}

    def _chiama(self, operazione: str, parametri: dict[str, str], allegato: Allegato | None = None) -> dict[str, str]:
        """The answer's leaves by local name; NonRegistrato when the service says that it failed."""
        busta = _busta(operazione, parametri, self.conto["SPAZIO"])
        tipo, corpo = _con_allegato(busta, allegato) if allegato else ("text/xml; charset=utf-8", busta)
        azione = f'"{self.conto["SPAZIO"].rstrip("/")}/{operazione}"'
        intestazioni = {"Content-Type": tipo, "SOAPAction": azione}
        risposta = chiedi("POST", self.conto["URL"], corpo, intestazioni, self.conto["ATTESA"])
        return _leggi(operazione, risposta)


def _busta(operazione: str, parametri: dict[str, str], spazio: str) -> bytes:
    busta = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP, "p": spazio})
    nodo = etree.SubElement(etree.SubElement(busta, f"{{{SOAP}}}Body"), f"{{{spazio}}}{operazione}")
    for nome, valore in parametri.items():
        etree.SubElement(nodo, f"{{{spazio}}}{nome}").text = valore
    return etree.tostring(busta, xml_declaration=True, encoding="UTF-8")


def _con_allegato(busta: bytes, allegato: Allegato) -> tuple[str, bytes]:
    """SOAP with Attachments: content type and body, the envelope first."""
    confine = f"raccordo-{secrets.token_hex(16)}"
    parti = (("text/xml; charset=utf-8", "busta", busta), (allegato[0], "documento", allegato[1]))
    corpo = b"".join(_parte(confine, *parte) for parte in parti) + f"--{confine}--\r\n".encode()
    return f'multipart/related; type="text/xml"; start="<busta>"; boundary="{confine}"', corpo


def _parte(confine: str, tipo: str, nome: str, contenuto: bytes) -> bytes:
    righe = [f"--{confine}", f"Content-Type: {tipo}", "Content-Transfer-Encoding: binary", f"Content-ID: <{nome}>"]
    return "\r\n".join([*righe, "", ""]).encode() + contenuto + b"\r\n"


def _leggi(operazione: str, risposta: Risposta) -> dict[str, str]:
    foglie = _foglie(risposta)
    guasto = foglie.get("faultstring")
    if guasto is None and risposta.stato >= 400:
        frase = f"{operazione}: il servizio risponde {risposta.stato}"
        raise EsitoIncerto(frase) if risposta.stato >= 500 else NonRegistrato(frase)
    if guasto is not None:
        # By SOAP 1.1 only a fault of the sender says that the request wasn't processed.
        frase = f"{operazione}: {guasto}"
        raise NonRegistrato(frase) if "Client" in foglie.get("faultcode", "") else EsitoIncerto(frase)
    if "lngErrNumber" not in foglie:
        raise EsitoIncerto(f"{operazione}: risposta che non si capisce")
    if foglie["lngErrNumber"] != "0":
        raise NonRegistrato(f"{operazione}: {foglie.get('strErrString') or 'errore'} ({foglie['lngErrNumber']})")
    return foglie


def _foglie(risposta: Risposta) -> dict[str, str]:
    """Text of the leaves by local name; empty for what isn't XML: namespaces and wrappers differ among suppliers."""
    corpo = risposta.corpo
    if risposta.tipo.lower().startswith("multipart/"):
        messaggio = message_from_bytes(f"Content-Type: {risposta.tipo}\r\n\r\n".encode() + corpo, policy=HTTP)
        corpo = next((p.get_payload(decode=True) for p in messaggio.walk() if not p.is_multipart()), b"")
    try:
        radice = etree.fromstring(corpo, PARSER)
    except etree.XMLSyntaxError:
        return {}
    return {etree.QName(n).localname: (n.text or "").strip() for n in radice.iter(etree.Element) if not len(n)}


def leggi_data(testo: str | None) -> date | None:
    """A date as suppliers write it (31/12/2026, 2026-12-31, either with a time); None for anything else."""
    trovato = re.match(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}", testo or "")
    if not trovato:
        return None
    forma = "%d/%m/%Y" if "/" in trovato[0] else "%Y-%m-%d"
    try:
        return datetime.strptime(trovato[0], forma).date()  # noqa: DTZ007  a day of the body's register, no instant
    except ValueError:
        return None
