"""A seal for demonstrations and tests: a root of our own and a certificate under it.

It proves nothing about who holds it: a production installation brings the
PKCS#12 of a qualified seal (eIDAS art. 35) and never runs this.
"""

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

# Demonstration signatures carry the dates of 2023.
DAL, AL = datetime(2022, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)


def crea_sigillo(percorso: Path, password: str, *, ente: str, dal: datetime = DAL, al: datetime = AL) -> None:
    """Write the PKCS#12 seal at `percorso`, and its root as `ca.pem` beside it; both readable by the owner only."""
    percorso.parent.mkdir(parents=True, exist_ok=True)
    chiave_ca, chiave = _chiave(), _chiave()
    nome_ca = _nome(ente, "Autorità dimostrativa Raccordo")
    ca = _certificato(nome_ca, nome_ca, chiave_ca, chiave_ca, radice=True, dal=dal, al=al)
    nome = _nome(ente, f"Sigillo dimostrativo {ente}")
    sigillo = _certificato(nome, nome_ca, chiave, chiave_ca, radice=False, dal=dal, al=al)
    cifra = serialization.BestAvailableEncryption(password.encode())
    contenuto = pkcs12.serialize_key_and_certificates(b"sigillo", chiave, sigillo, [ca], cifra)
    percorso.touch(mode=0o600)
    percorso.write_bytes(contenuto)
    percorso.with_name("ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))


def _chiave() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def _nome(ente: str, comune: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "IT"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ente),
            x509.NameAttribute(NameOID.COMMON_NAME, comune[:64]),
        ]
    )


def _certificato(soggetto, emittente, chiave, chiave_ca, *, radice: bool, dal, al) -> x509.Certificate:
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
