"""Signatures made elsewhere, checked: whole, by whom, under which authority, valid then, revoked or not (R03, R10).

A leaf: bytes, trust anchors and an instant in; reports out. What may be added
to a document that we already know is in accordi/aggiunta.py.

A certificate is judged at the instant of the trusted timestamp in the
signature, else at `ora`, when the file reached us: the time that a signature
declares of itself proves nothing. Revocation is always judged at `ora`; one
that came after a trusted timestamp doesn't touch the signature.
"""

import asyncio
import binascii
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from asn1crypto import cms, core, crl, ocsp, pem, x509
from pyhanko.pdf_utils.misc import PdfDecodeLimitError, PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    StandardCMSSignatureStatus,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import async_validate_cms_signature, collect_timing_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from accordi.certificati import codice_fiscale, livello_di, nome_di
from accordi.guasti import FirmaNonAmmessa, Guasto
from accordi.misura_pdf import lettore
from accordi.revoca import EsitoRevoca, Scarica, StatoRevoca, controlla_revoca
from accordi.scelte import Livello

MASSIME_FIRME = 50  # each is checked whole: a file made of thousands would keep a process for minutes
# What a file made on purpose raises inside the libraries: each is a document that can't be read.
GUASTI_DI_LETTURA = (
    PdfReadError,
    SignatureValidationError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
    OverflowError,
    AssertionError,
    NotImplementedError,
    zlib.error,
)
TOLLERANZA = timedelta(minutes=5)
_USI = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
_GUASTO_DELLA_CATENA = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Guasto.CATENA,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Guasto.USO,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Guasto.SCADUTO,
    AdESIndeterminate.EXPIRED: Guasto.SCADUTO,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Guasto.ALGORITMO,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Guasto.ALGORITMO,
}


@dataclass(frozen=True)
class Fiducia:
    """Whom we trust, and how revocation is asked (None: never on the network)."""

    ancore: tuple[x509.Certificate, ...]
    scarica: Scarica | None = None


@dataclass(frozen=True)
class EsameFirma:
    """One signature. `guasto` is "" when it is good; `marca` only when the timestamp's authority is trusted too.

    `istante` is when the certificate was judged, `dichiarata_il` what the signature says of itself.
    `aggiunte`: revocation data or timestamps added after, which don't touch it.
    """

    campo: str
    formato: str
    nome: str
    motivo: str
    codice_fiscale: str
    emittente: str
    valido_dal: datetime
    valido_al: datetime
    dichiarata_il: datetime | None
    marca: datetime | None
    marca_autorita: str
    istante: datetime
    livello: Livello
    guasto: Guasto | str = ""
    revoca: EsitoRevoca = field(default_factory=lambda: EsitoRevoca(StatoRevoca.NON_VERIFICABILE))
    copre_tutto: bool = True
    aggiunte: bool = False

    @property
    def integra(self) -> bool:
        """The signed bytes are those signed, whoever signed them."""
        return self.guasto not in (Guasto.NON_INTEGRA, Guasto.DOPO_LA_FIRMA)

    @property
    def valida(self) -> bool:
        return not self.guasto


def esamina_pdf(documento: bytes, *, fiducia: Fiducia, ora: datetime) -> list[EsameFirma]:
    """Every signature of a PDF, oldest first. Raises FirmaNonAmmessa when the file can't be read as a PDF."""
    aperto = apri_pdf(documento)
    try:
        firme = aperto.embedded_regular_signatures
        if len(firme) > MASSIME_FIRME:
            raise FirmaNonAmmessa(Guasto.TROPPE_FIRME)
        return [asyncio.run(esamina_pades(f, fiducia, ora)) for f in firme]
    except GUASTI_DI_LETTURA as errore:
        raise illeggibile(errore) from errore


def esamina_busta(busta: bytes, *, fiducia: Fiducia, ora: datetime) -> tuple[bytes, EsameFirma]:
    """(document inside, its one signature) of a .p7m, DER or base64. Raises FirmaNonAmmessa."""
    dati, contenuto = _apri_busta(busta)
    try:
        return contenuto, asyncio.run(_cades(dati, fiducia, ora))
    except GUASTI_DI_LETTURA as errore:
        raise FirmaNonAmmessa(Guasto.ILLEGIBILE) from errore


def impronta_della_firma(busta: bytes) -> str:
    """SHA-256 of the one signature in a .p7m: the same however the envelope is written. Raises FirmaNonAmmessa."""
    dati, _contenuto = _apri_busta(busta)
    return hashlib.sha256(dati["signer_infos"][0]["signature"].native).hexdigest()


def e_busta(dati: bytes) -> bool:
    """It looks like a .p7m: DER, or base64 of it."""
    inizio = dati.lstrip()[:10]
    return dati[:1] == b"\x30" or inizio.startswith((b"-----BEGIN", b"MI"))


def apri_pdf(documento: bytes) -> PdfFileReader:
    """A reader of a PDF without password. Raises FirmaNonAmmessa."""
    if not documento.lstrip()[:5].startswith(b"%PDF-"):
        raise FirmaNonAmmessa(Guasto.NON_PDF)
    try:
        aperto = lettore(documento)
        cifrato = aperto.encrypted
    except GUASTI_DI_LETTURA as errore:
        raise illeggibile(errore) from errore
    if cifrato:
        raise FirmaNonAmmessa(Guasto.CIFRATO)
    return aperto


def illeggibile(errore: Exception) -> FirmaNonAmmessa:
    """The refusal of a file that broke the reading: made to grow without measure, or damaged."""
    causa: BaseException | None = errore
    while causa and not isinstance(causa, PdfDecodeLimitError):  # pyHanko wraps it in errors of its own
        causa = causa.__context__
    return FirmaNonAmmessa(Guasto.SMISURATO if causa else Guasto.ILLEGIBILE)


async def esamina_pades(firma: EmbeddedPdfSignature, fiducia: Fiducia, ora: datetime) -> EsameFirma:
    """Report on one signature inside a PDF; what the libraries raise on a broken one passes through."""

    async def stato_al(quando: datetime) -> StandardCMSSignatureStatus:
        return await async_validate_pdf_signature(
            firma,
            signer_validation_context=_contesto(fiducia, quando, altri),
            ts_validation_context=_contesto(fiducia, ora, altri),
            key_usage_settings=_USI,
        )

    altri, crls, ocsps = _prove(firma.reader)
    stato = await stato_al(ora)
    marca = _marca(stato)
    if marca:
        stato = await stato_al(marca)
    esame = _referto(stato, firma.field_name, "pades", marca, ora)
    esame = replace(
        esame,
        motivo=str(firma.sig_object.get("/Reason", "")),
        copre_tutto=firma.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        aggiunte=firma.coverage != SignatureCoverageLevel.ENTIRE_FILE,
    )
    if not esame.guasto and not stato.docmdp_ok:
        return replace(esame, guasto=Guasto.DOPO_LA_FIRMA)
    return await _con_revoca(esame, stato, fiducia, ora, crls, ocsps)


async def _cades(dati: cms.SignedData, fiducia: Fiducia, ora: datetime) -> EsameFirma:
    async def stato_al(quando: datetime) -> StandardCMSSignatureStatus:
        tempi = await collect_timing_info(dati["signer_infos"][0], _contesto(fiducia, ora), raw_digest=impronta)
        return await async_validate_cms_signature(
            dati,
            status_cls=StandardCMSSignatureStatus,
            validation_context=_contesto(fiducia, quando),
            status_kwargs=tempi,
            key_usage_settings=_USI,
        )

    def impronta(algoritmo: str) -> bytes:
        return hashlib.new(algoritmo, bytes(dati["encap_content_info"]["content"])).digest()

    stato = await stato_al(ora)
    marca = _marca(stato)
    if marca:
        stato = await stato_al(marca)
    return await _con_revoca(_referto(stato, "", "cades", marca, ora), stato, fiducia, ora)


def _contesto(fiducia: Fiducia, quando: datetime, altri: Sequence[x509.Certificate] = ()) -> ValidationContext:
    """Chain and dates only: revocation is judged apart, once the chain is known to be good."""
    return ValidationContext(
        trust_roots=list(fiducia.ancore),
        other_certs=list(altri),
        moment=quando,
        time_tolerance=TOLLERANZA,
        allow_fetching=False,
        revocation_mode="none",
    )


def _prove(
    documento: PdfFileReader,
) -> tuple[list[x509.Certificate], list[crl.CertificateList], list[ocsp.OCSPResponse]]:
    """Certificates, CRLs and OCSP answers that the document carries (DSS)."""
    if "/DSS" not in documento.root:
        return [], [], []
    dss = DocumentSecurityStore.read_dss(documento)
    contesto = dss.as_validation_context({"trust_roots": [], "allow_fetching": False})
    return list(dss.load_certs()), contesto.crls, contesto.ocsps


def _marca(stato: StandardCMSSignatureStatus) -> datetime | None:
    marca = stato.timestamp_validity
    return marca.timestamp if marca and marca.valid and marca.intact and marca.trusted else None


def _referto(
    stato: StandardCMSSignatureStatus, campo: str, formato: str, marca: datetime | None, ora: datetime
) -> EsameFirma:
    certificato = stato.signing_cert
    istante = marca or ora
    esame = EsameFirma(
        campo=campo,
        formato=formato,
        nome=nome_di(certificato.subject),
        motivo="",
        codice_fiscale=codice_fiscale(certificato),
        emittente=nome_di(certificato.issuer),
        valido_dal=certificato.not_valid_before,
        valido_al=certificato.not_valid_after,
        dichiarata_il=stato.signer_reported_dt,
        marca=marca,
        marca_autorita=nome_di(stato.timestamp_validity.signing_cert.subject) if marca else "",
        istante=istante,
        livello=livello_di(certificato),
    )
    return replace(esame, guasto=_guasto(stato, istante))


def _guasto(stato: StandardCMSSignatureStatus, istante: datetime) -> Guasto | str:
    if _GUASTO_DELLA_CATENA.get(stato.trust_problem_indic) == Guasto.ALGORITMO:
        return Guasto.ALGORITMO
    if not (stato.intact and stato.valid):
        return Guasto.NON_INTEGRA
    if stato.trust_problem_indic is None:
        return ""
    catena_trovata = stato.trust_problem_indic != AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
    if catena_trovata and istante < stato.signing_cert.not_valid_before:
        return Guasto.NON_ANCORA
    return _GUASTO_DELLA_CATENA.get(stato.trust_problem_indic, Guasto.CATENA)


async def _con_revoca(
    esame: EsameFirma,
    stato: StandardCMSSignatureStatus,
    fiducia: Fiducia,
    ora: datetime,
    crls: Sequence[object] = (),
    ocsps: Sequence[object] = (),
) -> EsameFirma:
    if esame.guasto:
        return esame
    revoca = await controlla_revoca(
        stato.validation_path, ancore=fiducia.ancore, ora=ora, scarica=fiducia.scarica, crls=crls, ocsps=ocsps
    )
    guasto: Guasto | str = ""
    if revoca.stato in (StatoRevoca.REVOCATO, StatoRevoca.SOSPESO):
        prima_della_firma = not esame.marca or not revoca.quando or revoca.quando <= esame.marca
        guasto = Guasto(revoca.stato.value) if prima_della_firma else ""
    return replace(esame, revoca=revoca, guasto=guasto)


def _apri_busta(busta: bytes) -> tuple[cms.SignedData, bytes]:
    try:
        dati = _der(busta)
        involucro = cms.ContentInfo.load(dati, strict=True)
        firmato = involucro["content"]
        if involucro["content_type"].native != "signed_data" or len(firmato["signer_infos"]) == 0:
            raise FirmaNonAmmessa(Guasto.NON_PDF)
        interno = firmato["encap_content_info"]["content"]
    except GUASTI_DI_LETTURA as errore:
        raise FirmaNonAmmessa(Guasto.NON_PDF) from errore
    if isinstance(interno, core.Void) or interno is core.VOID:
        raise FirmaNonAmmessa(Guasto.P7M_STACCATA)
    if len(firmato["signer_infos"]) > 1:
        raise FirmaNonAmmessa(Guasto.PIU_FIRME)
    contenuto = bytes(interno)
    if e_busta(contenuto):
        raise FirmaNonAmmessa(Guasto.P7M_ANNIDATA)
    return firmato, contenuto


def _der(busta: bytes) -> bytes:
    if pem.detect(busta):
        return pem.unarmor(busta)[2]
    if busta[:1] == b"\x30":
        return busta
    return binascii.a2b_base64(busta, strict_mode=False)
