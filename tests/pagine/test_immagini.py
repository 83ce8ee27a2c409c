"""Images of pages: uploaded by an editor, served to whoever reads; nothing else of the media folder is (R60, R64)."""

import io

import pytest
from django.conf import settings as impostazioni
from PIL import Image as Figura
from wagtail.images import get_image_model

from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
CARICA = "/gestione/images/add/"


@pytest.fixture
def redattore(client):
    client.force_login(UtenteFactory(ruolo="redattore"))
    return client


def _file(nome: str, contenuto: bytes) -> io.BytesIO:
    file = io.BytesIO(contenuto)
    file.name = nome
    return file


def _figura(lato: int = 40) -> bytes:
    scritta = io.BytesIO()
    Figura.new("RGB", (lato, lato), "navy").save(scritta, "PNG")
    return scritta.getvalue()


def _carica(redattore, nome: str, contenuto: bytes):
    return redattore.post(CARICA, {"title": "Furgone", "file": _file(nome, contenuto)})


# Wagtail leaves the temporary file of a rendition to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_un_immagine_caricata_si_vede_nella_misura_chiesta(redattore, client):
    """It was served by no server of ours: pages of the README's own commands had holes in their place."""
    assert _carica(redattore, "furgone.png", _figura()).status_code == 302
    ridotta = get_image_model().objects.get().get_rendition("width-20")
    client.logout()
    risposta = client.get(ridotta.url)
    assert (risposta.status_code, risposta["Content-Type"]) == (200, "image/png")
    assert (risposta["Cache-Control"], risposta["X-Content-Type-Options"]) == (
        "public, max-age=31536000, immutable",
        "nosniff",
    )
    assert Figura.open(io.BytesIO(b"".join(risposta))).size == (20, 20)


@pytest.mark.parametrize(
    ("percorso", "stato"),
    [("../documents/atto.pdf", 400), ("..%2Fdocuments%2Fatto.pdf", 400), ("", 404), ("mai.png", 404), ("%00", 404)],
)
def test_del_resto_della_cartella_non_si_vede_nulla(client, percorso, stato):
    """A document has its own address, which asks who may read it."""
    cartella = impostazioni.MEDIA_ROOT / "documents"
    (impostazioni.MEDIA_ROOT / "images").mkdir(parents=True)
    cartella.mkdir()
    (cartella / "atto.pdf").write_bytes(b"%PDF-1.7")
    assert client.get(f"/media/images/{percorso}").status_code == stato
    assert client.get("/media/documents/atto.pdf").status_code == 404


@pytest.mark.parametrize(
    ("nome", "contenuto", "frase"),
    [
        ("furgone.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Formato immagine non supportato."),
        ("furgone.png", b"<html></html>", "Non è un'immagine"),
        ("furgone.png", _figura(7_000), "ha più di 40 milioni di punti. Rimpiccioliscila"),
        ("furgone.png", _figura(15_000), "ha più di 40 milioni di punti. Rimpiccioliscila"),
    ],
)
def test_un_file_che_non_va_dice_perche_e_non_perde_il_titolo(redattore, nome, contenuto, frase):
    risposta = _carica(redattore, nome, contenuto)
    assert frase in risposta.text.replace("&#x27;", "'")
    assert 'value="Furgone"' in risposta.text
    assert not get_image_model().objects.exists()
