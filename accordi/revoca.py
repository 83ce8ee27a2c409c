"""Whether a certificate was revoked: OCSP and CRL, asked of its authority or found in the document (R03, CAD art. 24).

A leaf. The network is asked only for certificates whose chain reached a trust
anchor, at the addresses written in them, and never inside a private network.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import crl, ocsp, pem, x509
from django.db import models
from django.utils.translation import gettext_lazy as _
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import CRLFetchError, OCSPFetchError, PathError, RevokedError, ValidationError
from pyhanko_certvalidator.fetchers import CertificateFetcher, CRLFetcher, Fetchers, OCSPFetcher
from pyhanko_certvalidator.fetchers.common_utils import (
    enumerate_delivery_point_urls,
    format_ocsp_request,
    process_ocsp_response_data,
)
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule
from pyhanko_certvalidator.util import get_ocsp_urls, get_relevant_crl_dps
from pyhanko_certvalidator.validate import async_validate_path

# (address, body or None, content type) -> answer; raises OSError.
Scarica = Callable[[str, bytes | None, str], bytes]

TOLLERANZA = timedelta(minutes=5)  # between our clock and the authority's
INDIRIZZI = 3  # tried for each certificate
_REGOLA = CertRevTrustPolicy(
    RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.CRL_OR_OCSP_REQUIRED,
        intermediate_ca_cert_rule=RevocationCheckingRule.CHECK_IF_DECLARED,
    )
)


class StatoRevoca(models.TextChoices):
    BUONO = "buono", _("Non revocato")
    REVOCATO = "revocato", _("Revocato")
    SOSPESO = "sospeso", _("Sospeso")
    NON_VERIFICABILE = "non_verificabile", _("Revoca non verificabile")


@dataclass(frozen=True)
class EsitoRevoca:
    """`fonte`: asked of the authority, or found in the document. `quando`: since when it is revoked or suspended."""

    stato: StatoRevoca
    fonte: str = ""
    quando: datetime | None = None


async def controlla_revoca(
    percorso: ValidationPath,
    *,
    ancore: Sequence[x509.Certificate],
    ora: datetime,
    scarica: Scarica | None,
    crls: Sequence[crl.CertificateList] = (),
    ocsps: Sequence[ocsp.OCSPResponse] = (),
) -> EsitoRevoca:
    """State at `ora` of the certificates of a chain that is good otherwise.

    The authority first; what the document carries, which may be older, only
    when the authority can't be asked.
    """
    if scarica:
        esito = await _prova(percorso, ancore, ora, _("chiesto all'autorità"), fetchers=_fonti(scarica))
        if esito.stato != StatoRevoca.NON_VERIFICABILE:
            return esito
    if crls or ocsps:
        return await _prova(
            percorso, ancore, ora, _("prova contenuta nel documento"), crls=list(crls), ocsps=list(ocsps)
        )
    return EsitoRevoca(StatoRevoca.NON_VERIFICABILE)


async def _prova(
    percorso: ValidationPath, ancore: Sequence[x509.Certificate], ora: datetime, fonte: str, **prove: object
) -> EsitoRevoca:
    contesto = ValidationContext(
        trust_roots=list(ancore),
        other_certs=list(percorso.iter_certs(include_root=False)),
        moment=ora,
        time_tolerance=TOLLERANZA,
        revinfo_policy=_REGOLA,
        allow_fetching="fetchers" in prove,
        **prove,
    )
    try:
        await async_validate_path(contesto, percorso)
    except RevokedError as errore:
        sospeso = errore.reason.native == "certificate_hold"
        stato = StatoRevoca.SOSPESO if sospeso else StatoRevoca.REVOCATO
        return EsitoRevoca(stato, str(fonte), errore.revocation_dt)
    except (ValidationError, PathError, ValueError, KeyError, TypeError):
        return EsitoRevoca(StatoRevoca.NON_VERIFICABILE)
    return EsitoRevoca(StatoRevoca.BUONO, str(fonte))


def _fonti(scarica: Scarica) -> Fetchers:
    return Fetchers(ocsp_fetcher=_Ocsp(scarica), crl_fetcher=_Crl(scarica), cert_fetcher=_NessunCertificato())


class _Ocsp(OCSPFetcher):
    def __init__(self, scarica: Scarica) -> None:
        self.scarica = scarica
        self.risposte: dict[bytes, ocsp.OCSPResponse] = {}

    async def fetch(self, cert: x509.Certificate, authority: object) -> ocsp.OCSPResponse:
        richiesta = format_ocsp_request(cert, authority, certid_hash_algo="sha1", request_nonces=True)
        for indirizzo in get_ocsp_urls(cert)[:INDIRIZZI]:
            try:
                dati = await asyncio.to_thread(self.scarica, indirizzo, richiesta.dump(), "application/ocsp-request")
            except OSError:
                continue
            risposta = process_ocsp_response_data(dati, ocsp_request=richiesta, ocsp_url=indirizzo)
            self.risposte[cert.sha256] = risposta
            return risposta
        raise OCSPFetchError("nessuna risposta")

    def fetched_responses(self) -> Iterable[ocsp.OCSPResponse]:
        return self.risposte.values()

    def fetched_responses_for_cert(self, cert: x509.Certificate) -> Iterable[ocsp.OCSPResponse]:
        return [self.risposte[cert.sha256]] if cert.sha256 in self.risposte else []


class _Crl(CRLFetcher):
    def __init__(self, scarica: Scarica) -> None:
        self.scarica = scarica
        self.elenchi: dict[bytes, list[crl.CertificateList]] = {}

    async def fetch(self, cert: x509.Certificate, *, use_deltas: bool | None = None) -> list[crl.CertificateList]:
        punti = get_relevant_crl_dps(cert, use_deltas=True)
        indirizzi = [i for punto in punti for i in enumerate_delivery_point_urls(punto)]
        trovati = []
        for indirizzo in indirizzi[:INDIRIZZI]:
            try:
                dati = await asyncio.to_thread(self.scarica, indirizzo, None, "")
                trovati.append(crl.CertificateList.load(pem.unarmor(dati)[2] if pem.detect(dati) else dati))
            except (OSError, ValueError):
                continue
        if indirizzi and not trovati:
            raise CRLFetchError("nessun elenco")
        self.elenchi[cert.sha256] = trovati
        return trovati

    def fetched_crls(self) -> Iterable[crl.CertificateList]:
        return [elenco for elenchi in self.elenchi.values() for elenco in elenchi]

    def fetched_crls_for_cert(self, cert: x509.Certificate) -> Iterable[crl.CertificateList]:
        return self.elenchi[cert.sha256]


class _NessunCertificato(CertificateFetcher):
    """Issuers come from the signature or from the anchors, never from an address that a stranger wrote."""

    async def fetch_cert_issuers(self, cert: x509.Certificate) -> AsyncIterator[x509.Certificate]:
        for certificato in ():
            yield certificato

    async def fetch_crl_issuers(self, certificate_list: crl.CertificateList) -> AsyncIterator[x509.Certificate]:
        for certificato in ():
            yield certificato

    def fetched_certs(self) -> Iterable[x509.Certificate]:
        return ()
