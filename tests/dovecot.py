"""A real IMAP server (Debian's Dovecot) for the tests that read a mailbox: own folder, loopback, stopped by its pid."""

import getpass
import grp
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from imapclient import IMAPClient

DOVECOT = shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:/usr/bin")
UTENTE, PASSWORD = "risposte", "prova-della-casella"
# As root it keeps its usual low-privilege users, and the mail belongs to nobody; otherwise all is the person's own.
CONFIGURAZIONE = """
protocols = imap
base_dir = {cartella}/run
state_dir = {cartella}/stato
log_path = {cartella}/log
default_login_user = {utente_login}
default_internal_user = {utente_interno}
default_internal_group = {gruppo}
listen = 127.0.0.1
ssl = yes
ssl_cert = <{cartella}/certificato.pem
ssl_key = <{cartella}/chiave.pem
disable_plaintext_auth = no
auth_mechanisms = plain
first_valid_uid = 1
mail_location = maildir:{cartella}/posta
mail_uid = {proprietario}
mail_gid = {gruppo_posta}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {porta}
  }}
  inet_listener imaps {{
    port = {porta_tls}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {cartella}/utenti
}}
userdb {{
  driver = static
  args = uid={proprietario} gid={gruppo_posta} home={cartella}/posta
}}
"""


@dataclass(frozen=True)
class Casella:
    """The running server, and how to look at it from outside."""

    porta: int
    porta_tls: int
    certificato: Path

    def apri(self) -> IMAPClient:
        """A client of our own, signed in."""
        posta = IMAPClient("127.0.0.1", self.porta, ssl=False)
        posta.login(UTENTE, PASSWORD)
        return posta

    def deposita(self, *messaggi: bytes) -> None:
        """Put messages into the inbox."""
        with self.apri() as posta:
            for messaggio in messaggi:
                posta.append("INBOX", messaggio)

    def quanti(self, cartella: str = "INBOX") -> int:
        """Messages in a folder; 0 when it isn't there."""
        with self.apri() as posta:
            return posta.folder_status(cartella, ["MESSAGES"])[b"MESSAGES"] if posta.folder_exists(cartella) else 0

    def svuota(self) -> None:
        """Remove every message."""
        with self.apri() as posta:
            for *_altro, cartella in posta.list_folders():
                posta.select_folder(cartella)
                if uid := posta.search():
                    posta.delete_messages(uid)
                    posta.expunge()
                posta.unselect_folder()


def _porta_libera() -> int:
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        return presa.getsockname()[1]


def scrivi_certificato(cartella: Path) -> Path:
    """`certificato.pem`, self-made, for 127.0.0.1 and no other name, and its `chiave.pem`."""
    chiave = ec.generate_private_key(ec.SECP256R1())
    nome = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Casella di prova")])
    oggi = datetime.now(UTC)  # TLS looks at the machine's clock, not at ours
    certificato = (
        x509.CertificateBuilder(nome, nome, chiave.public_key(), x509.random_serial_number())
        .not_valid_before(oggi - timedelta(days=1))
        .not_valid_after(oggi + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(chiave, hashes.SHA256())
    )
    privata = chiave.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (cartella / "chiave.pem").write_bytes(privata)
    file = cartella / "certificato.pem"
    file.write_bytes(certificato.public_bytes(Encoding.PEM))
    return file


def _configura(cartella: Path, porta: int, porta_tls: int) -> Path:
    io = getpass.getuser()
    sono_root = os.geteuid() == 0
    mio_gruppo = grp.getgrgid(os.getegid()).gr_name
    valori = {
        "cartella": cartella,
        "porta": porta,
        "porta_tls": porta_tls,
        "utente_login": "dovenull" if sono_root else io,
        "utente_interno": "dovecot" if sono_root else io,
        "gruppo": "dovecot" if sono_root else mio_gruppo,
        "proprietario": "nobody" if sono_root else io,
        "gruppo_posta": "nogroup" if sono_root else mio_gruppo,
    }
    (cartella / "posta").mkdir()
    (cartella / "utenti").write_text(f"{UTENTE}:{{PLAIN}}{PASSWORD}\n")
    scrivi_certificato(cartella)
    cartella.chmod(0o755)
    if sono_root:
        shutil.chown(cartella / "posta", "nobody", "nogroup")
    file = cartella / "dovecot.conf"
    file.write_text(CONFIGURAZIONE.format(**valori))
    return file


@contextmanager
def casella_vera() -> Iterator[Casella]:
    """Start the server, wait until it greets, and stop it at the end."""
    # Not pytest's folder: the server's low-privilege users couldn't enter it.
    cartella = Path(tempfile.mkdtemp(prefix="dovecot-"))
    porta, porta_tls = _porta_libera(), _porta_libera()
    configurazione = _configura(cartella, porta, porta_tls)
    processo = subprocess.Popen([DOVECOT, "-F", "-c", configurazione], stderr=subprocess.PIPE)  # noqa: S603  ours
    try:
        _aspetta(processo, porta, cartella)
        yield Casella(porta, porta_tls, cartella / "certificato.pem")
    finally:
        processo.terminate()
        processo.wait(10)
        processo.stderr.close()
        shutil.rmtree(cartella, ignore_errors=True)


def _aspetta(processo: subprocess.Popen, porta: int, cartella: Path) -> None:
    """Until the server answers; its own log when it doesn't."""
    for _tentativo in range(200):
        if processo.poll() is not None:
            raise RuntimeError(processo.stderr.read().decode() + (cartella / "log").read_text())
        try:
            socket.create_connection(("127.0.0.1", porta), timeout=0.2).close()
        except OSError:
            try:
                processo.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    raise RuntimeError((cartella / "log").read_text())
