"""An authority of our own and certificates under it, for demonstrations and tests. A leaf.

It proves nothing about who holds them.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Autorita:
    """A root with its key, which lives as long as the process that made it."""

    certificato: x509.Certificate
    chiave: rsa.RSAPrivateKey

    def rilascia(self, percorso: Path, password: str, nome: x509.Name) -> None:
        """Write at `percorso` the PKCS#12 of a new key of `nome`, with the chain, readable by the owner only."""
        chiave, ca = _chiave(), self.certificato
        dal, al = ca.not_valid_before_utc, ca.not_valid_after_utc
        suo = _certificato(nome, ca.subject, chiave, self.chiave, radice=False, dal=dal, al=al)
        cifra = serialization.BestAvailableEncryption(password.encode())
        percorso.touch(mode=0o600)
        percorso.write_bytes(pkcs12.serialize_key_and_certificates(percorso.stem.encode(), chiave, suo, [ca], cifra))

    def scrivi(self, percorso: Path) -> None:
        """The root's certificate, in PEM."""
        percorso.write_bytes(self.certificato.public_bytes(serialization.Encoding.PEM))


def nuova_autorita(nome: x509.Name, *, dal: datetime, al: datetime) -> Autorita:
    """A root valid from `dal` to `al`, as everything that it issues."""
    chiave = _chiave()
    return Autorita(_certificato(nome, nome, chiave, chiave, radice=True, dal=dal, al=al), chiave)


def nome(ente: str, comune: str, seriale: str = "") -> x509.Name:
    """Italian body, common name (64 characters at most), and the serial number that holds a person's fiscal code."""
    attributi = [(NameOID.COUNTRY_NAME, "IT"), (NameOID.ORGANIZATION_NAME, ente), (NameOID.COMMON_NAME, comune[:64])]
    if seriale:
        attributi.append((NameOID.SERIAL_NUMBER, seriale))
    return x509.Name([x509.NameAttribute(oid, valore) for oid, valore in attributi])


def _chiave() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def _certificato(
    soggetto: x509.Name,
    emittente: x509.Name,
    chiave: rsa.RSAPrivateKey,
    chiave_ca: rsa.RSAPrivateKey,
    *,
    radice: bool,
    dal: datetime,
    al: datetime,
) -> x509.Certificate:
    usi = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    usi |= (
        {"key_cert_sign": True, "crl_sign": True} if radice else {"digital_signature": True, "content_commitment": True}
    )
    autore = x509.AuthorityKeyIdentifier.from_issuer_public_key(chiave_ca.public_key())
    costruttore = (
        x509.CertificateBuilder(emittente, soggetto)
        .public_key(chiave.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dal)
        .not_valid_after(al)
        .add_extension(x509.BasicConstraints(ca=radice, path_length=0 if radice else None), critical=True)
        .add_extension(x509.KeyUsage(**usi), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(chiave.public_key()), critical=False)
        .add_extension(autore, critical=False)
    )
    return costruttore.sign(chiave_ca, hashes.SHA256())
