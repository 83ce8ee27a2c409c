"""A body's protocol register on a real socket: the DocArea service and the JSON one, as suppliers make them."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lxml import etree

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


class RegistroEnte:
    """What it registered, and how it behaves: `guasti` maps an operation to a misbehaviour.

    "sciocchezze": 200 that means nothing. "errore": the service's own error. "guasto": SOAP fault of the server.
    "rifiuto": SOAP fault of the client. "cade": registers, then drops the line. "tace": registers, never answers.
    """

    def __init__(self) -> None:
        self.guasti: dict[str, str] = {}
        self.chiamate: list[str] = []
        self.registrati: list[dict] = []
        self.documenti: dict[str, bytes] = {}
        self.fine = threading.Event()
        self.lucchetto = threading.Lock()
        self.url = ""

    def login(self, campi: dict, _allegato: bytes) -> dict:
        if (campi["strCodEnte"], campi["strUserName"], campi["strPassword"]) != ("p_cr", "raccordo", "segreta"):
            return {"strDST": "", "lngErrNumber": -1, "strErrString": "Utente o password errati"}
        return {"strDST": "sessione", "lngErrNumber": 0, "strErrString": ""}

    def inserimento(self, campi: dict, allegato: bytes) -> dict:
        if campi["strDST"] != "sessione":
            return {"lngDocID": 0, "lngErrNumber": -2, "strErrString": "Sessione scaduta"}
        self.documenti[str(len(self.documenti) + 1)] = allegato
        return {"lngDocID": len(self.documenti), "lngErrNumber": 0, "strErrString": ""}

    def protocollazione(self, campi: dict, allegato: bytes) -> dict:
        xml = etree.fromstring(allegato)
        documento = self.documenti[xml.find("Descrizione/Documento").get("id")]
        parametri = {p.get("nome"): p.get("valore") for p in xml.findall("ApplicativoProtocollo/Parametro")}
        dati = {"xml": allegato, "chiave": parametri["riferimento"], "documento": documento}
        assert hashlib.sha256(documento).hexdigest() == parametri["impronta"]
        return {"lngNumPG": self._numera(dati), "lngAnnoPG": 2023, "strDataPG": "20/03/2023", "lngErrNumber": 0}

    def _numera(self, dati: dict) -> int:
        with self.lucchetto:
            self.registrati.append(dati)
            return 4566 + len(self.registrati)

    def metti(self, chiave: str, dati: dict) -> dict:
        """The JSON service knows a key that it has seen."""
        noti = [r["chiave"] for r in self.registrati]
        documento = base64.b64decode(dati["documento"]["contenuto"])
        assert hashlib.sha256(documento).hexdigest() == dati["documento"]["sha256"]
        if chiave in noti:
            return {"numero": str(4567 + noti.index(chiave)), "data": "2023-03-20"}
        return {"numero": str(self._numera({"chiave": chiave, "dati": dati})), "data": "2023-03-20"}


class Gestore(BaseHTTPRequestHandler):
    registro: RegistroEnte

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        corpo = self._corpo()
        allegato = b""
        if self.headers["Content-Type"].startswith("multipart/"):
            tipo = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
            busta, parte = message_from_bytes(tipo + corpo).get_payload()
            corpo, allegato = busta.get_payload(decode=True), parte.get_payload(decode=True)
        nodo = etree.fromstring(corpo).find(f"{{{SOAP}}}Body")[0]
        nome = etree.QName(nodo).localname
        assert self.headers["SOAPAction"] == f'"http://tempuri.org/{nome}"'
        campi = {etree.QName(n).localname: n.text or "" for n in nodo}
        self._svolgi(nome, lambda: self._risposta_soap(nome, getattr(self.registro, nome.lower())(campi, allegato)))

    def do_PUT(self) -> None:
        dati, chiave = json.loads(self._corpo()), self.path.rsplit("/", 1)[1]
        if self.headers["Authorization"] != "Basic " + base64.b64encode(b"raccordo:segreta").decode():
            self._rispondi(401, b"", "application/json")
            return
        self._svolgi("PUT", lambda: json.dumps(self.registro.metti(chiave, dati)).encode())

    def _corpo(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def _svolgi(self, nome: str, fai) -> None:
        self.registro.chiamate.append(nome)
        guasto = self.registro.guasti.get(nome, "")
        if guasto in ("guasto", "rifiuto"):
            chi = "Server" if guasto == "guasto" else "Client"
            busta = (
                f'<e:Envelope xmlns:e="{SOAP}"><e:Body><e:Fault><faultcode>e:{chi}</faultcode>'
                "<faultstring>Classifica ignota</faultstring></e:Fault></e:Body></e:Envelope>"
            )
            self._rispondi(500, busta.encode())
        elif guasto == "errore":
            self._rispondi(200, self._risposta_soap(nome, {"lngErrNumber": -9, "strErrString": "Registro chiuso"}))
        elif guasto == "sciocchezze":
            self._rispondi(200, b"<html><body>Benvenuto</body></html>", "text/html")
        elif guasto == "vuoto":
            self._rispondi(200, self._risposta_soap(nome, {"lngNumPG": 0, "lngErrNumber": 0}))
        else:
            corpo = fai()
            if guasto == "tace":
                self.registro.fine.wait(20)
            if guasto in ("tace", "cade"):
                self.close_connection = True
                return
            self._rispondi(200, corpo, "application/json" if nome == "PUT" else "text/xml; charset=utf-8")

    @staticmethod
    def _risposta_soap(nome: str, campi: dict) -> bytes:
        foglie = "".join(f"<{n}>{v}</{n}>" for n, v in campi.items())
        risultato = f"<{nome}Result>{foglie}</{nome}Result>"
        risposta = f'<{nome}Response xmlns="http://tempuri.org/">{risultato}</{nome}Response>'
        return f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{risposta}</s:Body></s:Envelope>'.encode()

    def _rispondi(self, stato: int, corpo: bytes, tipo: str = "text/xml; charset=utf-8") -> None:
        self.send_response(stato)
        self.send_header("Content-Type", tipo)
        self.send_header("Content-Length", str(len(corpo)))
        self.end_headers()
        self.wfile.write(corpo)


@contextmanager
def registro_acceso() -> Iterator[RegistroEnte]:
    """A register that answers on a free port of this machine."""
    registro = RegistroEnte()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("GestoreDelRegistro", (Gestore,), {"registro": registro}))
    registro.url = f"http://127.0.0.1:{server.server_port}/ws"
    filo = threading.Thread(target=server.serve_forever, args=(0.02,))
    filo.start()
    try:
        yield registro
    finally:
        registro.fine.set()
        server.shutdown()
        filo.join()
        server.server_close()
