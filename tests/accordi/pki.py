"""A real certificate authority on this machine: root, intermediate, OCSP, CRL and timestamps over loopback HTTP.

certomancer issues and serves; nothing of the product is replaced. `ora` is the
authority's clock.
"""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, KeyLabel
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from stdnum.it import codicefiscale
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from accordi.scarica import scaricatore
from accordi.validazione import Fiducia

PERSONE = 10
DAL, AL = "2020-01-01T00:00:00+0000", "2030-01-01T00:00:00+0000"


def codice_di(n: int) -> str:
    """A valid fiscal code for the n-th person, from 0."""
    base = f"RSSMRA80A{n + 1:02}H501"
    return base + codicefiscale.calc_check_digit(base)


def _uso(*usi: str) -> dict:
    return {"id": "key_usage", "critical": True, "smart-value": {"schema": "key-usage", "params": list(usi)}}


def _crl(di: str) -> dict:
    return {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": [di]}},
    }


def _ocsp() -> dict:
    return {
        "id": "authority_information_access",
        "smart-value": {"schema": "aia-urls", "params": {"ocsp-responder-names": ["intermedia"]}},
    }


def _qualificato(*dichiarazioni: str) -> dict:
    return {"id": "qc_statements", "value": [{"statement_id": d} for d in dichiarazioni]}


FIRMA = (_uso("non_repudiation"), _qualificato("qc_compliance", "qc_sscd"))


def _persona(n: int, *, dal: str = DAL, al: str = AL, estensioni: Sequence[dict] = (), **altro: object) -> dict:
    return {
        "subject": f"p{n}",
        "subject-key": "persona",
        "issuer": "intermedia",
        "validity": {"valid-from": dal, "valid-to": al},
        "extensions": list(estensioni) or [*FIRMA, _crl("intermedia"), _ocsp()],
        **altro,
    }


def _autorita(di: str, *extra: dict) -> dict:
    return {
        "issuer": di,
        "authority-key": "autorita",
        "subject-key": "autorita",
        "validity": {"valid-from": "2010-01-01T00:00:00+0000", "valid-to": "2100-01-01T00:00:00+0000"},
        "extensions": [
            {"id": "basic_constraints", "critical": True, "value": {"ca": True}},
            _uso("key_cert_sign", "crl_sign"),
            *extra,
        ],
    }


def _servizio(scopo: str, di: str, *extra: dict) -> dict:
    return {
        "subject": scopo,
        "subject-key": "servizi",
        "issuer": di,
        "authority-key": "autorita",
        "validity": {"valid-from": "2010-01-01T00:00:00+0000", "valid-to": "2100-01-01T00:00:00+0000"},
        "extensions": [
            _uso("digital_signature"),
            {"id": "extended_key_usage", "critical": True, "value": [scopo]},
            *extra,
        ],
    }


def _architettura() -> dict:
    nomi = {
        "radice": {"common-name": "Radice di prova"},
        "intermedia": {"common-name": "Prestatore di prova"},
        "ocsp_signing": {"common-name": "Risponditore OCSP"},
        "time_stamping": {"common-name": "Marcatura di prova"},
        "anonimo": {"common-name": "Senza Codice"},
        "carta": {"common-name": f"{codice_di(0)}/1205000000000001.abcdef="},
    } | {f"p{n}": {"common-name": f"Persona {n}", "serial-number": f"TINIT-{codice_di(n)}"} for n in range(PERSONE)}
    revocata = {"revoked-since": "2023-01-10T00:00:00+0000", "reason": "key_compromise"}
    sospesa = {"revoked-since": "2023-03-01T00:00:00+0000", "reason": "certificate_hold"}
    # Revoked half an hour after the signature of the suite's day.
    dopo = {"revoked-since": "2023-03-20T09:30:00+0000", "reason": "key_compromise"}
    certificati = {
        "radice": _autorita("radice"),
        "intermedia": _autorita("radice", _crl("radice")),
        "ocsp": _servizio("ocsp_signing", "intermedia", {"id": "ocsp_no_check"}),
        "tsa": _servizio("time_stamping", "radice", _crl("radice")),
        "scaduto": _persona(0, al="2023-03-01T00:00:00+0000"),
        "futuro": _persona(0, dal="2024-01-01T00:00:00+0000"),
        "revocato": _persona(0, revocation=revocata),
        "sospeso": _persona(0, revocation=sospesa),
        "revocato-dopo": _persona(0, revocation=dopo),
        "muto": _persona(0, estensioni=FIRMA),
        "avanzato": _persona(0, estensioni=[_uso("digital_signature"), _crl("intermedia"), _ocsp()]),
        "cifratura": _persona(0, estensioni=[_uso("key_encipherment"), _crl("intermedia")]),
        "anonimo": _persona(0) | {"subject": "anonimo"},
        "carta": _persona(0, estensioni=[_uso("digital_signature"), _crl("intermedia")]) | {"subject": "carta"},
    } | {f"p{n}": _persona(n) for n in range(PERSONE)}
    for certificato in certificati.values():
        certificato.setdefault("authority-key", "autorita")
    return {
        "keyset": "chiavi",
        "entity-defaults": {"country-name": "IT", "organization-name": "Prove"},
        "entities": nomi,
        "certs": certificati,
        "services": {
            "ocsp": {"intermedia": {"for-issuer": "intermedia", "responder-cert": "ocsp", "signing-key": "servizi"}},
            "crl-repo": {
                nome: {"for-issuer": nome, "signing-key": "autorita", "simulated-update-schedule": "P7D"}
                for nome in ("radice", "intermedia")
            },
            "time-stamping": {"tsa": {"signing-key": "servizi", "signing-cert": "tsa"}},
        },
    }


class Pki:
    """`vera` is the trusted authority; `finta` has the same names and codes, made by nobody we know."""

    def __init__(self, cartella: Path, indirizzo: str, ora: datetime) -> None:
        for nome in ("autorita", "servizi", "persona", "altra"):
            chiave = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            pem = chiave.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            (cartella / f"{nome}.pem").write_bytes(pem)
        chiavi = {nome: {"path": f"{nome}.pem"} for nome in ("autorita", "servizi", "persona")}
        self.configurazione = CertomancerConfig(
            {
                "external-url-prefix": indirizzo,
                "keysets": {
                    "chiavi": {"keys": chiavi},
                    "altre": {"keys": chiavi | {"autorita": {"path": "altra.pem"}}},
                },
                "pki-architectures": {"vera": _architettura(), "finta": _architettura() | {"keyset": "altre"}},
            },
            key_search_dir=str(cartella),
        )
        self.architetture = {nome: self.configurazione.get_pki_arch(ArchLabel(nome)) for nome in ("vera", "finta")}
        self.animatore = Animator(AnimatorArchStore(self.configurazione.pki_archs), at_time=ora, with_web_ui=False)
        self.indirizzo = indirizzo
        self.richieste: list[str] = []
        self.spenta = False

    def __call__(self, environ: dict, start_response: object) -> object:
        self.richieste.append(environ["PATH_INFO"])
        if self.spenta:
            return Response("spenta", status=503)(environ, start_response)
        return self.animatore(environ, start_response)

    @property
    def radice(self) -> object:
        return self.architetture["vera"].get_cert(CertLabel("radice"))

    def fiducia(self) -> Fiducia:
        return Fiducia((self.radice,), scaricatore(["127.0.0.0/8"]))

    def firmatario(self, certificato: str, *, quale: str = "vera") -> SimpleSigner:
        """Signs with that certificate, and carries the intermediate."""
        architettura = self.architetture[quale]
        catena = SimpleCertificateStore()
        catena.register(architettura.get_cert(CertLabel("intermedia")))
        return SimpleSigner(
            signing_cert=architettura.get_cert(CertLabel(certificato)),
            signing_key=architettura.key_set.get_private_key(KeyLabel("persona")),
            cert_registry=catena,
        )

    def firma(
        self, documento: bytes, certificato: str, campo: str, *, quale: str = "vera", marca: bool = False, **metadati
    ) -> bytes:
        """PAdES in `campo`, as a program on the person's own computer would make it."""
        marcatore = HTTPTimeStamper(f"{self.indirizzo}/vera/tsa/tsa") if marca else None
        firmatario = PdfSigner(
            PdfSignatureMetadata(field_name=campo, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, **metadati),
            self.firmatario(certificato, quale=quale),
            timestamper=marcatore,
        )
        scrittore = IncrementalPdfFileWriter(BytesIO(documento))
        return firmatario.sign_pdf(scrittore, bytes_reserved=24_576).getvalue()

    def busta(self, documento: bytes, certificato: str, *, staccata: bool = False) -> bytes:
        """CAdES, with the document inside unless `staccata`."""
        firmatario = self.firmatario(certificato)
        return asyncio.run(
            firmatario.async_sign_general_data(documento, "sha256", detached=staccata, use_cades=True)
        ).dump()


@contextmanager
def accesa(cartella: Path, ora: datetime) -> Iterator[Pki]:
    """The authority, answering on loopback until the block ends."""
    servente = make_server("127.0.0.1", 0, lambda environ, risposta: pki(environ, risposta), threaded=True)
    pki = Pki(cartella, f"http://127.0.0.1:{servente.server_port}", ora + timedelta(seconds=1))
    filo = threading.Thread(target=servente.serve_forever)
    filo.start()
    try:
        yield pki
    finally:
        servente.shutdown()
        filo.join()
        servente.server_close()
