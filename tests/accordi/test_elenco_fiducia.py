"""Trust anchors from the national list: only qualified services in force, and only the file that was meant."""

import base64
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command

from accordi.fiducia import fiducia_corrente
from tests.accordi.conftest import GIORNO

TIPO = "http://uri.etsi.org/TrstSvc/Svctype/"
STATO = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/"


def certificato(nome):
    chiave = ec.generate_private_key(ec.SECP256R1())
    soggetto = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nome)])
    costruttore = x509.CertificateBuilder(soggetto, soggetto, chiave.public_key(), x509.random_serial_number())
    firmato = (
        costruttore.not_valid_before(GIORNO).not_valid_after(GIORNO.replace(year=2040)).sign(chiave, hashes.SHA256())
    )
    return firmato.public_bytes(Encoding.DER)


def servizio(tipo, stato, der):
    return f"""<t:TSPService><t:ServiceInformation>
      <t:ServiceTypeIdentifier>{TIPO}{tipo}</t:ServiceTypeIdentifier>
      <t:ServiceDigitalIdentity><t:DigitalId>
        <t:X509Certificate>{base64.b64encode(der).decode()}</t:X509Certificate>
      </t:DigitalId></t:ServiceDigitalIdentity>
      <t:ServiceStatus>{STATO}{stato}</t:ServiceStatus>
    </t:ServiceInformation></t:TSPService>"""


def elenco(*servizi):
    corpo = "".join(servizi)
    return (
        f'<t:TrustServiceStatusList xmlns:t="http://uri.etsi.org/02231/v2#">{corpo}</t:TrustServiceStatusList>'.encode()
    )


@pytest.fixture
def importa(settings, tmp_path):
    settings.FIDUCIA_CARTELLA = tmp_path / "fiducia"

    def _importa(xml, impronta=None):
        file = tmp_path / "elenco.xml"
        file.write_bytes(xml)
        call_command("importa_elenco_fiducia", file, impronta=impronta or sha256(xml).hexdigest())

    return _importa


def nomi():
    return sorted(c.subject.native["common_name"] for c in fiducia_corrente().ancore)


def test_entrano_i_servizi_qualificati_in_vigore_e_soltanto_quelli(importa):
    importa(
        elenco(
            servizio("CA/QC", "granted", certificato("Prestatore")),
            servizio("TSA/QTST", "granted", certificato("Marche")),
            servizio("CA/QC", "withdrawn", certificato("Cessato")),
            servizio("CA/PKC", "granted", certificato("Non qualificato")),
        )
    )
    assert nomi() == ["Marche", "Prestatore"]


def test_un_elenco_nuovo_toglie_chi_non_c_e_piu_e_lascia_chi_e_messo_a_mano(importa, settings):
    importa(elenco(servizio("CA/QC", "granted", certificato("Primo"))))
    (settings.FIDUCIA_CARTELLA / "interna.der").write_bytes(certificato("Interna"))
    importa(elenco(servizio("CA/QC", "granted", certificato("Secondo"))))
    assert nomi() == ["Interna", "Secondo"]


@pytest.mark.parametrize(
    ("xml", "impronta", "frase"),
    [
        (elenco(), "00", "L'impronta non è quella del file"),
        (elenco(), None, "nessun servizio qualificato in vigore"),
        (b"<altro/>", None, "non è un elenco di fiducia"),
        (b"niente", None, "Il file non è XML"),
    ],
)
def test_un_file_che_non_va_non_cambia_niente(importa, xml, impronta, frase):
    importa(elenco(servizio("CA/QC", "granted", certificato("Buono"))))
    with pytest.raises(CommandError, match=frase):
        importa(xml, impronta)
    assert nomi() == ["Buono"]
