"""The package for preservation: its index names every file with its fingerprint; the handing over is recorded."""

import hashlib
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from lxml import etree

from accordi.conservazione import METADATI, SINCRO
from accordi.queries.accordi import storia
from accordi.queries.conservazione import da_versare, pacchetto
from accordi.services.conservazione import registra_versamento
from core.errori import Rifiuto
from core.orologio import fermo
from tests.accordi.conftest import GIORNO
from tests.accordi.test_firme import firma

NOMI = {"s": SINCRO, "m": METADATI}
GRAMMATICA = etree.RelaxNG(etree.parse(Path(__file__).with_name("sincro.rng")))


@pytest.fixture
def firmato(in_firma, firmatari):
    firma(firmatari[1], in_firma.parti.last())
    with fermo(GIORNO + timedelta(minutes=10)):
        firma(firmatari[0], in_firma.parti.first())
    in_firma.refresh_from_db()
    return in_firma


@pytest.fixture
def aperto(firmato):
    """(files by name, index)."""
    archivio = zipfile.ZipFile(io.BytesIO(pacchetto(firmato)))
    file = {nome: archivio.read(nome) for nome in archivio.namelist()}
    return file, etree.fromstring(file["PIndex.xml"])


def valori(nodo, percorso):
    return [n.text for n in nodo.xpath(percorso, namespaces=NOMI)]


def test_l_indice_nomina_ogni_file_con_la_sua_impronta(aperto):
    file, indice = aperto
    versati = dict(zip(valori(indice, "//s:File/s:Path"), valori(indice, "//s:File/s:Hash"), strict=True))
    assert versati == {
        nome: hashlib.sha256(contenuto).hexdigest()
        for nome, contenuto in file.items()
        if nome not in ("PIndex.xml", "IMPRONTE.sha256")
    }
    assert sorted(versati) == ["documento/accordo.pdf", "prove/fascicolo.zip"]
    assert [c.tag.split("}")[1] for c in indice] == ["SelfDescription", "PVolume", "FileGroup", "Process"]
    assert "LEGGIMI.txt" in zipfile.ZipFile(io.BytesIO(file["prove/fascicolo.zip"])).namelist()


def test_l_indice_risponde_alla_grammatica_di_uni_sincro(aperto):
    """And the grammar refuses an index without the document that gives an agent its role."""
    _file, indice = aperto
    GRAMMATICA.assertValid(indice)
    (documento,) = indice.xpath("//s:AuthorizedSigner/s:RelevantDocument", namespaces=NOMI)
    assert documento.text == "Manuale di gestione documentale"
    documento.getparent().remove(documento)
    assert not GRAMMATICA.validate(indice)


def test_i_metadati_sono_quelli_dell_allegato_5(aperto, firmato, settings):
    _file, indice = aperto
    (dati,) = indice.xpath("//m:DocumentoAmministrativoInformatico", namespaces=NOMI)
    attesi = {
        "m:IdDoc/m:Identificativo": [firmato.codice_verifica],
        "m:TipologiaDocumentale": ["Accordo di collaborazione"],
        "m:ChiaveDescrittiva/m:Oggetto": ["Collaborazione di prova"],
        ".//m:NumeroProtocolloDocumento": [str(firmato.protocollo.numero)],
        ".//m:DataProtocollazioneDocumento": ["2023-03-20"],
        ".//m:OraProtocollazioneDocumento": ["10:10:00"],
        ".//m:PG/m:CodiceFiscale_PartitaIva": [p.soggetto.codice_fiscale for p in firmato.parti.all()],
        "m:Verifica/m:FirmatoDigitalmente": ["false"],
        "m:Verifica/m:SigillatoElettronicamente": ["true"],
        "m:Riservato": ["false"],
        "m:VersioneDelDocumento": ["1"],
        "m:TempoDiConservazione": ["9999"],
        "m:Classificazione": [],
    }
    assert {percorso: valori(dati, percorso) for percorso in attesi} == attesi


def test_gli_stessi_byte_finche_non_cambia_niente(firmato):
    assert pacchetto(firmato) == pacchetto(firmato)


def test_il_versamento_registrato_sta_nella_storia_e_toglie_dall_elenco(firmato, coordinatore):
    assert list(da_versare()) == [firmato]
    registra_versamento(utente=coordinatore, accordo=firmato, versato_il=date(2023, 3, 20), rapporto="RDV-7")
    assert list(da_versare()) == []
    assert (storia(firmato)[-1].testo, storia(firmato)[-1].dettaglio) == ("Versato in conservazione", "RDV-7")


@pytest.mark.parametrize(
    ("giorno", "frase"),
    [(date(2023, 3, 21), "Il giorno del versamento è nel futuro"), (date(2023, 3, 19), "viene prima della firma")],
)
def test_una_data_impossibile_e_rifiutata(firmato, coordinatore, giorno, frase):
    with pytest.raises(Rifiuto, match=frase):
        registra_versamento(utente=coordinatore, accordo=firmato, versato_il=giorno, rapporto="RDV-7")
    assert list(da_versare()) == [firmato]


def test_non_si_versa_quello_che_non_e_firmato_ne_se_non_si_coordina(in_firma, coordinatore, firmatari):
    with pytest.raises(Rifiuto, match="Si versa un accordo firmato da tutti: questo oggi è «In firma»"):
        registra_versamento(utente=coordinatore, accordo=in_firma, versato_il=date(2023, 3, 20), rapporto="RDV-7")
    with pytest.raises(PermissionDenied):
        registra_versamento(utente=firmatari[1], accordo=in_firma, versato_il=date(2023, 3, 20), rapporto="RDV-7")


def test_il_comando_scrive_i_pacchetti_mancanti(firmato, tmp_path, capsys):
    call_command("pacchetti_di_versamento", tmp_path)
    assert [f.name for f in tmp_path.glob("*.zip")] == [f"versamento-{firmato.codice_verifica}.zip"]
    assert "Pacchetti scritti: 1." in capsys.readouterr().out
    with pytest.raises(CommandError, match="creala e riprova"):
        call_command("pacchetti_di_versamento", tmp_path / "manca")


def test_chi_coordina_lo_scarica_e_chi_legge_soltanto_no(client, firmato, coordinatore):
    client.force_login(coordinatore)
    pagina = client.get(f"/gestione/accordi/{firmato.pk}/").content.decode()
    assert f"/gestione/accordi/{firmato.pk}/pacchetto/" in pagina
    scaricato = client.get(f"/gestione/accordi/{firmato.pk}/pacchetto/")
    assert (scaricato["Content-Type"], scaricato.content) == ("application/zip", pacchetto(firmato))
    invio = {"versato-versato_il": "2023-03-20", "versato-rapporto": "RDV-7"}
    client.post(f"/gestione/accordi/{firmato.pk}/versato/", invio)
    assert list(da_versare()) == []
