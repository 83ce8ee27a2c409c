"""A real RFC 3161 timestamp authority over HTTP on this machine, for the tests."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

ISTANTE = datetime(2023, 3, 20, 9, 0, 1, tzinfo=UTC)


def _marcatore() -> DummyTimeStamper:
    chiave = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    nome = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autorità di marcatura di prova")])
    certificato = (
        x509.CertificateBuilder(nome, nome, chiave.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2022, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2037, 1, 1, tzinfo=UTC))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(chiave, hashes.SHA256())
    )
    privata = chiave.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1.Certificate.load(certificato.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(privata),
        fixed_dt=ISTANTE,
    )


@contextmanager
def autorita(*, sana: bool = True) -> Iterator[str]:
    """Yields the authority's address; one that isn't `sana` answers nonsense."""
    marcatore = _marcatore()

    class Risponde(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            richiesta = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            corpo = marcatore.request_tsa_response(richiesta).dump() if sana else b"non so"
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(corpo)))
            self.end_headers()
            self.wfile.write(corpo)

        def log_message(self, *args: object) -> None:
            """Keep the suite's output quiet."""

    servente = HTTPServer(("127.0.0.1", 0), Risponde)
    filo = threading.Thread(target=servente.serve_forever)
    filo.start()
    try:
        yield f"http://127.0.0.1:{servente.server_port}/"
    finally:
        servente.shutdown()
        filo.join()
        servente.server_close()
