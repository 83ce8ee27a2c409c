"""PAdES signatures by the platform seal, each in its party's own field.

Pure: bytes in, bytes out (eIDAS art. 25 c. 1, CAD art. 20 c. 1-bis: a simple
electronic signature of the person, sealed by the platform). Profile B-T when a
timestamp authority answers (RFC 3161), else B-B, and it is said.
"""

import asyncio
import io
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.general import get_pyca_cryptography_hash
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import StaticStampStyle

# Room for the CMS object: certificates and a timestamp; asking the authority twice to measure it isn't worth it.
BYTE_RISERVATI = 24_576
_PIENO = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MIN, margins=Margins.uniform(0)
)


class SigilloNonValido(Exception):
    """The seal is missing, can't be opened, or isn't valid on that day; the text says which."""


class MarcaNonOttenuta(Exception):
    """The timestamp authority gave no usable answer; the text is the kind of failure, with no address in it."""


@dataclass(frozen=True)
class Sigillo:
    """The platform's key with its certificate, and the roots that it is verified against."""

    firmatario: SimpleSigner
    ancore: tuple[x509.Certificate, ...]

    @property
    def nome(self) -> str:
        return self.firmatario.signing_cert.subject.human_friendly


@dataclass(frozen=True)
class Apposizione:
    """What one signature says: field, visible lines, reason, signer, place, instant."""

    campo: str
    timbro: bytes
    motivo: str
    nome: str
    luogo: str
    quando: datetime


def apri_sigillo(percorso: Path, password: str) -> Sigillo:
    """Open the PKCS#12 seal; its roots are the file `ca.pem` beside it, else the chain that it carries."""
    if not percorso.exists():
        raise SigilloNonValido(f"manca il sigillo {percorso}: crealo con «manage.py crea_sigillo»")
    return _apri(percorso, password, percorso.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _apri(percorso: Path, password: str, _modificato: int) -> Sigillo:
    firmatario = _ChiaveTenuta.load_pkcs12(str(percorso), passphrase=password.encode())
    if firmatario is None:
        raise SigilloNonValido(f"il sigillo {percorso} non si apre: controlla SIGILLO_PASSWORD")
    ca = percorso.with_name("ca.pem")
    altri = load_certs_from_pemder([str(ca)]) if ca.exists() else firmatario.cert_registry
    return Sigillo(firmatario, tuple(c for c in altri if c.ca) or (firmatario.signing_cert,))


class _ChiaveTenuta(SimpleSigner):
    """pyHanko loads and checks the private key again at every signature: keep it loaded."""

    @cached_property
    def _chiave(self) -> PrivateKeyTypes:
        return load_der_private_key(self.signing_key.dump(), password=None)

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if self.get_signature_mechanism_for_digest(digest_algorithm).signature_algo != "rsassa_pkcs1v15":
            return super().sign_raw(data, digest_algorithm)
        return self._chiave.sign(data, PKCS1v15(), get_pyca_cryptography_hash(digest_algorithm))


class _Firmatario(PdfSigner):
    """Dates the signature with our clock instead of the machine's."""

    quando: datetime

    def init_signing_session(self, *args: object, **kwargs: object):
        sessione = super().init_signing_session(*args, **kwargs)
        sessione.system_time = self.quando
        return sessione


class _Aspetto(PdfContent):
    """The appearance of a field: the first page of a PDF held in memory."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        super().__init__()

    def render(self) -> bytes:
        scrittore = self._ensure_writer
        pagina = scrittore.import_page_as_xobject(PdfFileReader(io.BytesIO(self.pdf)))
        self.resources.xobject["/Timbro"] = pagina
        x1, y1, x2, y2 = pagina.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(x1 - x2), height=abs(y1 - y2))
        return b"/Timbro Do"


def sigilla(documento: bytes, apposizione: Apposizione, *, sigillo: Sigillo, marcatore: TimeStamper | None) -> bytes:
    """Sign `documento` in one field; the result begins with exactly the same bytes.

    Raises SigilloNonValido when the certificate isn't valid at that instant
    (CAD art. 24 c. 4-bis), MarcaNonOttenuta when the timestamp authority fails.
    """
    certificato = sigillo.firmatario.signing_cert
    if not certificato.not_valid_before <= apposizione.quando <= certificato.not_valid_after:
        raise SigilloNonValido("il certificato del sigillo è scaduto o non ancora valido")
    metadati = PdfSignatureMetadata(
        field_name=apposizione.campo,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=apposizione.motivo,
        name=apposizione.nome,
        location=apposizione.luogo,
    )
    aspetto = StaticStampStyle(background=_Aspetto(apposizione.timbro), border_width=0, background_layout=_PIENO)
    firmatario = _Firmatario(metadati, sigillo.firmatario, timestamper=marcatore, stamp_style=aspetto)
    firmatario.quando = apposizione.quando
    scrittore = IncrementalPdfFileWriter(io.BytesIO(documento))
    try:
        uscita = firmatario.sign_pdf(scrittore, existing_fields_only=True, bytes_reserved=BYTE_RISERVATI)
    except (TimestampRequestError, ValueError) as errore:
        if marcatore is None:
            raise
        # ValueError: an answer that isn't a timestamp. A fault of the PDF comes back when the caller signs without.
        raise MarcaNonOttenuta(type(errore.__cause__ or errore).__name__) from errore
    return uscita.getvalue()


def marca_staccata(impronta: bytes, marcatore: TimeStamper) -> tuple[bytes, datetime]:
    """A timestamp over a SHA-256 digest, without touching the document: (DER token, instant by the authority).

    Raises MarcaNonOttenuta.
    """
    try:
        gettone = asyncio.run(marcatore.async_timestamp(impronta, "sha256"))
    except (TimestampRequestError, ValueError) as errore:
        raise MarcaNonOttenuta(type(errore.__cause__ or errore).__name__) from errore
    return gettone.dump(), gettone["content"]["encap_content_info"]["content"].parsed["gen_time"].native
