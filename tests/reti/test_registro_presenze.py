"""The register to sign, read back from its PDF (R22)."""

import subprocess
from datetime import UTC, datetime, time, timedelta
from shutil import which

import pytest
from django.urls import reverse

from reti.queries.registro_presenze import registro_di
from reti.registro_presenze import compone
from reti.stati import StatoIncontro
from tests.factories.reti import ConvocazioneFactory, IncontroFactory, PresenzaFactory

pytestmark = pytest.mark.django_db
INIZIO = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def incontro(provincia, orologio):
    with orologio(INIZIO - timedelta(days=1)):
        incontro = IncontroFactory(
            rete__convocante=provincia, rete__nome="Tavolo lavoro", rete__quorum=1, stato=StatoIncontro.CONVOCATO
        )
        for nome in ("Alfa", "Beta", "Gamma"):
            ConvocazioneFactory(
                incontro=incontro,
                adesione__rete=incontro.rete,
                adesione__soggetto__denominazione=nome,
                adesione__titolare_nome=f"Titolare {nome}",
            )
        incontro.punti.create(titolo="Andamento *dei* tirocini")
        yield incontro


def chiama(incontro):
    alfa, beta, gamma = (c.adesione for c in incontro.convocazioni.all())
    PresenzaFactory(incontro=incontro, adesione=alfa, persona="Titolare Alfa", arrivo=time(10, 5), uscita=time(11, 30))
    PresenzaFactory(incontro=incontro, adesione=beta, persona="Delegata Verdi", da_remoto=True)
    PresenzaFactory(incontro=incontro, adesione=gamma, esito="giustificato")
    incontro.ospiti.create(nome="Ugo Neri", ente="CPI di Crema", arrivo=time(10, 10))


def test_prima_dell_incontro_le_righe_aspettano_la_penna(incontro):
    registro = registro_di(incontro)
    assert (registro.compilato, registro.sezioni[0].quorum) == (False, "")
    assert [(r.ente, r.persona, r.arrivo, r.firma) for r in registro.sezioni[0].righe] == [
        ("Alfa", "Titolare Alfa", "", ""),
        ("Beta", "Titolare Beta", "", ""),
        ("Gamma", "Titolare Gamma", "", ""),
    ]
    assert registro.quando == "martedì 7 marzo 2023, 10:00–12:00"


def test_dopo_l_appello_porta_persone_orari_e_quorum(incontro):
    chiama(incontro)
    registro = registro_di(incontro)
    sezione = registro.sezioni[0]
    assert sezione.quorum == "Presenti 2 su 3; quorum di 1 raggiunto."
    assert [(r.persona, r.arrivo, r.uscita, r.firma) for r in sezione.righe] == [
        ("Titolare Alfa (titolare)", "10:05", "11:30", ""),
        ("Delegata Verdi (delega da verificare)", "", "", "da remoto"),
        ("", "", "", "assente giustificato"),
    ]
    assert [(o.persona, o.ente) for o in registro.ospiti] == [("Ugo Neri", "CPI di Crema")]


def test_lo_stesso_registro_ha_gli_stessi_byte(incontro):
    primo, secondo = (compone(registro_di(incontro), quando=INIZIO) for _n in range(2))
    assert primo == secondo
    assert primo.startswith(b"%PDF-")


@pytest.mark.skipif(which("pdftotext") is None, reason="poppler non è su questa macchina")
def test_il_pdf_e_accessibile_e_dice_tutto(incontro, entra, coordinatore, tmp_path):
    chiama(incontro)
    risposta = entra(coordinatore).get(reverse("gestione_incontri:registro", args=[incontro.pk]))
    assert risposta["Content-Type"] == "application/pdf"
    file = tmp_path / "registro.pdf"
    file.write_bytes(risposta.content)
    testo = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True).stdout  # noqa: S603, S607  our own file
    for atteso in (
        "Tavolo lavoro",
        "Andamento *dei* tirocini",
        "Delegata Verdi",
        "Ugo Neri",
        "1 di 1",
        "Il segretario",
    ):
        assert atteso in testo
    assert b"/MarkInfo" in risposta.content
    assert b"pdfaid:part" in risposta.content
