"""An agreement from the call to its end, in a real browser with a real certificate authority (R60)."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from accordi.models import Accordo
from tests.e2e import passi_firma, passi_istanze, passi_vita
from tests.e2e.conftest import foto
from tests.e2e.gesti import detto
from tests.e2e.mondo import Mondo
from tests.e2e.mondo_accordi import Trio, crea_trio

OGGI = datetime(2023, 3, 20, 9, 0, tzinfo=UTC)
IL_RECESSO_VALE = datetime(2023, 5, 20, 9, 0, tzinfo=UTC)
IL_GIORNO_DOPO = datetime(2024, 3, 21, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Scena:
    """Everyone at their own screen: the office at a desk, the three bodies with a telephone."""

    mondo: Mondo
    trio: Trio
    redattore: Page
    ufficio: Page
    dirigente: Page
    capofila: Page
    bruno: Page
    carla: Page
    chiunque: Page


@pytest.fixture
def scena(mondo: Mondo, contesto, pki, e_adesso, settings) -> Scena:
    e_adesso(OGGI)
    settings.MARCA_TEMPORALE_URL = f"{pki.indirizzo}/vera/tsa/tsa"
    trio = crea_trio(mondo)
    persone = (mondo.partner, trio.per_associazione, trio.per_cooperativa)
    capofila, bruno, carla = (contesto(u, larghezza="telefono").new_page() for u in persone)
    return Scena(
        mondo=mondo,
        trio=trio,
        redattore=contesto(trio.redattore, tollera="400").new_page(),  # the editor saves what is still incomplete
        ufficio=contesto(mondo.coordinatrice).new_page(),
        dirigente=contesto(mondo.dirigente).new_page(),
        capofila=capofila,
        bruno=bruno,
        carla=carla,
        chiunque=contesto().new_page(),
    )


def _si_candidano(scena: Scena, consegna_posta) -> Accordo:
    """From the call to the draft of the agreement (R07, R08, R09)."""
    passi_istanze.scrive_l_avviso(scena.redattore, scena.trio)
    foto(scena.redattore, "01-avviso-inviato")
    avviso = passi_istanze.approva_l_avviso(scena.ufficio)
    istanza = passi_istanze.prepara_l_istanza(scena.capofila, avviso, "Artigiani Insieme", "Cooperativa Girasole")
    foto(scena.capofila, "02-bozza")
    consegna_posta()
    passi_istanze.conferma_la_parte(scena.bruno, scena.trio.per_associazione, "tirocini nelle botteghe")
    foto(scena.bruno, "03-parte")
    passi_istanze.conferma_la_parte(scena.carla, scena.trio.per_cooperativa, "sportello")
    passi_istanze.presenta(scena.capofila, istanza)
    foto(scena.capofila, "04-ricevuta")
    passi_istanze.chiede_un_integrazione(scena.ufficio, istanza)
    foto(scena.ufficio, "05-integrazione")
    passi_istanze.risponde_all_integrazione(scena.capofila, istanza)
    foto(scena.capofila, "06-risposta")
    return passi_istanze.ammette(scena.ufficio, istanza)


def _firmano(scena: Scena, accordo: Accordo, consegna_posta, pki, cartella: Path) -> None:
    """In stages: two here, one outside, the Province last (R01, R10, R11)."""
    passi_firma.manda_in_firma(scena.ufficio, accordo)
    foto(scena.ufficio, "07-in-firma")
    consegna_posta()
    passi_firma.firma_qui(scena.capofila, accordo, scena.mondo.partner, consegna_posta)
    foto(scena.capofila, "08-firmato")
    passi_firma.firma_con_la_sua(scena.bruno, accordo, pki, cartella)
    foto(scena.bruno, "09-firma-digitale")
    passi_firma.firma_qui(scena.carla, accordo, scena.trio.per_cooperativa, consegna_posta)
    passi_firma.firma_la_provincia(scena.dirigente, scena.mondo.dirigente)
    foto(scena.dirigente, "10-provincia")
    accordo.refresh_from_db()
    assert (accordo.stato, accordo.protocollo.verso) == ("sottoscritto", "uscita")


def _si_verifica(scena: Scena, accordo: Accordo, cartella: Path) -> None:
    """By a program that isn't ours, and by anyone on our pages (R10, R14)."""
    documento = cartella / "accordo.pdf"
    documento.write_bytes(scena.capofila.request.get(reverse("accordi:documento", args=[accordo.codice])).body())
    if pdfsig := which("pdfsig"):
        comando = [pdfsig, "-nocert", documento]
        esito = subprocess.run(comando, capture_output=True, text=True, check=True)  # noqa: S603  our own file
        assert esito.stdout.count("Signature is Valid.") == 4
    passi_firma.verifica(scena.chiunque, accordo, documento, 4)
    foto(scena.chiunque, "11-verifica")


def _vive(scena: Scena, accordo: Accordo, e_adesso) -> None:
    """An obligation met, one body that leaves the others bound, the end by the date alone (R13)."""
    passi_vita.attiva(scena.ufficio, accordo)
    passi_vita.affida_un_impegno(scena.ufficio, accordo, "Lavoro Vivo")
    passi_vita.adempie(scena.capofila, accordo)
    foto(scena.capofila, "12-adempiuto")
    passi_vita.conferma_l_impegno(scena.ufficio)
    passi_vita.registra_il_recesso(scena.ufficio, "Cooperativa Girasole")
    foto(scena.ufficio, "13-recesso")
    e_adesso(IL_RECESSO_VALE)
    scena.bruno.goto(reverse("accordi:vita", args=[accordo.codice]))
    detto(scena.bruno, "Cooperativa Girasole (uscita dal 19 maggio 2023)")
    foto(scena.bruno, "14-dopo-il-recesso")
    scena.chiunque.goto(reverse("accordi:registro_accordo", args=[accordo.codice]))
    detto(scena.chiunque, "fino al 18 maggio 2023, poi ha receduto")
    foto(scena.chiunque, "15-registro")
    e_adesso(IL_GIORNO_DOPO)
    passi_vita.e_scaduto(scena.capofila, accordo)
    foto(scena.capofila, "16-scaduto")


def test_dall_avviso_alla_fine_dell_accordo(scena: Scena, pki, e_adesso, consegna_posta, tmp_path):
    """R01, R07, R08, R09, R10, R11, R13, R14: three bodies and the Province, in one go."""
    accordo = _si_candidano(scena, consegna_posta)
    _firmano(scena, accordo, consegna_posta, pki, tmp_path)
    _si_verifica(scena, accordo, tmp_path)
    _vive(scena, accordo, e_adesso)
