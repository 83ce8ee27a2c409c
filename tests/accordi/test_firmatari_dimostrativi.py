"""The digital signature that a newcomer tries with, and that a public installation refuses: R03, R10."""

import io
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command

from accordi.dimostrazione.firmatari import codice_di, crea_firmatari, firma_pdf
from accordi.fiducia import fiducia_corrente
from accordi.queries.accordi import revisione_corrente
from accordi.services.firma_esterna import firma_dall_esterno
from core.errori import Rifiuto
from tests.accordi.test_firme import EVIDENZA, leggi

LEGALE = "legale@lavoro-vivo.example"


@pytest.fixture(scope="module")
def fatti(tmp_path_factory):
    return tmp_path_factory.mktemp("prove") / "firmatari"


@pytest.fixture(autouse=True)
def _da_provare(settings, fatti, tmp_path):
    """As settings/dev.py: the demonstration's authority beside an empty folder of real ones."""
    settings.FIRMATARI_DIMOSTRATIVI, settings.FIDUCIA_CARTELLA = fatti, tmp_path / "fiducia"
    settings.REVOCA_IGNOTA_RIFIUTA = False
    crea_firmatari(fatti)


@pytest.fixture
def parte(in_firma, rappresentante):
    rappresentante.codice_fiscale = codice_di(LEGALE)
    rappresentante.save()
    return in_firma.parti.get(soggetto=rappresentante.soggetto)


def firmato_fuori(parte, tmp_path):
    """What the command writes beside the document that was downloaded."""
    (tmp_path / "accordo.pdf").write_bytes(leggi(revisione_corrente(parte.accordo).pdf))
    detto = io.StringIO()
    call_command("firma_dimostrativa", LEGALE, str(tmp_path / "accordo.pdf"), stdout=detto)
    esito = tmp_path / "accordo-firmato.pdf"
    assert detto.getvalue() == f"Firmato: {esito}. Ricaricalo nella pagina della firma digitale.\n"
    return esito.read_bytes()


def carica(parte, firmatari, contenuto):
    return firma_dall_esterno(utente=firmatari[1], parte=parte, contenuto=contenuto, evidenza=EVIDENZA)


def test_chi_prova_firma_fuori_e_la_revoca_si_dice_ignota(parte, firmatari, tmp_path):
    firma = carica(parte, firmatari, firmato_fuori(parte, tmp_path))
    assert (firma.certificato_di, firma.certificato_cf) == (f"Prova {LEGALE}", codice_di(LEGALE))
    assert (firma.livello, firma.evidenza["revoca"]) == ("avanzata", "non_verificabile")


@pytest.mark.parametrize(
    "pubblica",
    [{"FIRMATARI_DIMOSTRATIVI": None}, {"DATI_DIMOSTRATIVI_AMMESSI": False}],
    ids=["nessuna cartella", "niente dati dimostrativi"],
)
def test_un_installazione_pubblica_non_la_conosce(parte, firmatari, tmp_path, settings, pubblica):
    """The same file, refused as any stranger's even if the folder stayed on the disk."""
    firmato = firmato_fuori(parte, tmp_path)
    for nome, valore in pubblica.items():
        setattr(settings, nome, valore)
    assert fiducia_corrente().ancore == ()
    with pytest.raises(Rifiuto) as rifiuto:
        carica(parte, firmatari, firmato)
    assert rifiuto.value.code == "catena"


def test_le_impostazioni_di_produzione_la_escludono(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "di-prova")
    produzione = import_module("config.settings.production")
    assert (produzione.FIRMATARI_DIMOSTRATIVI, produzione.DATI_DIMOSTRATIVI_AMMESSI) == (None, False)
    assert produzione.REVOCA_IGNOTA_RIFIUTA is True


def test_rifarli_non_cambia_i_file_e_li_legge_solo_chi_li_ha_fatti(fatti):
    prima = {f.name: f.read_bytes() for f in fatti.iterdir()}
    crea_firmatari(fatti)
    assert {f.name: f.read_bytes() for f in fatti.iterdir()} == prima
    assert sorted(prima) == ["autorita.pem", "dirigente-provincia.p12", "legale-lavoro-vivo.p12"]
    assert {f.stat().st_mode & 0o777 for f in fatti.glob("*.p12")} == {0o600}


def test_il_comando_dice_che_cosa_non_va(settings, tmp_path):
    (tmp_path / "nota.txt").write_text("ciao")
    for percorso in (tmp_path / "nota.txt", tmp_path / "manca.pdf"):
        with pytest.raises(CommandError, match="è il PDF scaricato dalla pagina"):
            call_command("firma_dimostrativa", LEGALE, str(percorso))
    settings.FIRMATARI_DIMOSTRATIVI = tmp_path
    with pytest.raises(CommandError, match=r"li crea «manage\.py demo»"):
        call_command("firma_dimostrativa", LEGALE, "x.pdf")
    settings.FIRMATARI_DIMOSTRATIVI = None
    with pytest.raises(CommandError, match="solo per provare, in locale"):
        call_command("firma_dimostrativa", LEGALE, "x.pdf")


def test_due_persone_firmano_lo_stesso_documento(parte):
    """Each in a field of its own."""
    uno = firma_pdf(LEGALE, leggi(revisione_corrente(parte.accordo).pdf))
    due = firma_pdf("dirigente@provincia.example", uno)
    assert due.startswith(uno)
