"""The national trusted list (ETSI TS 119 612, eIDAS art. 22): the certificates of qualified services in force. A leaf.

The list's own signature isn't checked: whoever imports it says which file it is
by its fingerprint, which the European Commission and AgID publish beside it.
"""

import base64

from asn1crypto import x509
from lxml import etree

NS = {"t": "http://uri.etsi.org/02231/v2#"}
# Issuers of qualified certificates, and qualified timestamps.
SERVIZI = {
    "http://uri.etsi.org/TrstSvc/Svctype/CA/QC",
    "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST",
}
IN_VIGORE = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"


class ElencoIllegibile(Exception):
    """Not a trusted list."""


def certificati_in_vigore(xml: bytes) -> list[x509.Certificate]:
    """Each certificate once, in the list's order. Raises ElencoIllegibile."""
    lettore = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        radice = etree.fromstring(xml, lettore)
    except etree.XMLSyntaxError as errore:
        raise ElencoIllegibile("Il file non è XML.") from errore
    if radice.tag != f"{{{NS['t']}}}TrustServiceStatusList":
        raise ElencoIllegibile("Il file non è un elenco di fiducia (TrustServiceStatusList).")
    trovati: dict[bytes, x509.Certificate] = {}
    for servizio in radice.iterfind(".//t:TSPService/t:ServiceInformation", NS):
        if _testo(servizio, "ServiceTypeIdentifier") not in SERVIZI or _testo(servizio, "ServiceStatus") != IN_VIGORE:
            continue
        for codificato in servizio.iterfind("t:ServiceDigitalIdentity/t:DigitalId/t:X509Certificate", NS):
            certificato = x509.Certificate.load(base64.b64decode(codificato.text or ""), strict=True)
            trovati[certificato.sha256] = certificato
    return list(trovati.values())


def _testo(servizio: etree._Element, nome: str) -> str:
    return (servizio.findtext(f"t:{nome}", "", NS) or "").strip()
