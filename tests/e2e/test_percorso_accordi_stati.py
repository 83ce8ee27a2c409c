"""Applications and agreements in every state, for the partner and for the office: no barriers (R60)."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.e2e.conftest import difetti, foto
from tests.e2e.mondo import Mondo, accordo_in_firma
from tests.e2e.mondo_accordi import crea_trio
from tests.e2e.stati_accordi import accordi_in_ogni_stato, istanze_in_ogni_stato
from tests.factories.accordi import AvvisoFactory

OGGI = datetime(2023, 3, 25, 9, 0, tzinfo=UTC)
# Of pages that differ in a word, one: the others have the same pieces.
GESTI = ("rinnova", "cambia", "recesso")
UGUALI = {"respinta", "ritirata", "scaduto", "risolto", "che una parte lascia", "modifica"}


@pytest.fixture
def stati(mondo: Mondo, e_adesso):
    e_adesso(OGGI)
    trio = crea_trio(mondo)
    return istanze_in_ogni_stato(mondo), accordi_in_ogni_stato(mondo, trio)


def _guarda(pagina, indirizzi: dict[str, str]) -> dict[str, list[str]]:
    esito = {}
    for nome, url in indirizzi.items():
        if trovati := difetti(pagina, url):
            esito[nome] = trovati
        foto(pagina, f"stato-{nome.replace(' ', '-')}")
    return esito


def test_ogni_stato_per_il_partner(mondo: Mondo, stati, contesto):
    """R60: on a telephone."""
    istanze, accordi = stati
    AvvisoFactory(chiuso=True, slug="chiuso")
    AvvisoFactory(apre=datetime(2023, 5, 2, 8, tzinfo=UTC), slug="in-arrivo")
    in_firma = accordo_in_firma(mondo)
    in_firma.parti.filter(soggetto=mondo.operatore).update(stadio=2)
    indirizzi = {f"avviso {slug}": reverse("accordi:avviso", args=[slug]) for slug in ("chiuso", "in-arrivo")}
    indirizzi |= {f"istanza {nome}": i.get_absolute_url() for nome, i in istanze.items()}
    pubblici = {nome: a for nome, a in accordi.items() if nome not in {"bozza", "rinnovo", "modifica"}}
    indirizzi |= {f"accordo {nome}": a.get_absolute_url() for nome, a in pubblici.items()}
    for nome in ("attivo", "che una parte lascia", "scaduto"):
        indirizzi[f"vita {nome}"] = reverse("accordi:vita", args=[accordi[nome].codice])
    indirizzi["non è il suo turno"] = reverse("accordi:firma", args=[in_firma.codice])
    indirizzi["rifiuto impossibile"] = reverse("accordi:declina", args=[accordi["rifiutato"].codice])
    indirizzi["firma superata"] = reverse("accordi:firma", args=[in_firma.codice, 9])
    indirizzi["codice ignoto"] = reverse("accordi:verifica_codice", args=["AAAA-2222-BBBB"])
    pagina = contesto(mondo.partner, larghezza="telefono", tollera="status of 4").new_page()
    assert _guarda(pagina, indirizzi) == {}


def test_ogni_stato_per_l_ufficio(mondo: Mondo, stati, contesto):
    """R60: at a desk, with the verbs that each state offers."""
    istanze, accordi = ({nome: r for nome, r in righe.items() if nome not in UGUALI} for righe in stati)
    indirizzi = {
        f"istruttoria {nome}": reverse("accordi_istanze:istruttoria", args=[i.pk]) for nome, i in istanze.items()
    }
    indirizzi |= {f"gestione {nome}": reverse("accordi_gestione:accordo", args=[a.pk]) for nome, a in accordi.items()}
    vivo = accordi["attivo"].pk
    indirizzi["dopo la firma"] = reverse("accordi_gestione:vita", args=[vivo])
    indirizzi |= {f"gesto {nome}": reverse("accordi_gestione:gesto", args=[vivo, nome]) for nome in GESTI}
    impegno = accordi["attivo"].impegni.get(testo="Elenco sedi").pk
    indirizzi["riga respingi"] = reverse("accordi_gestione:riga", args=["impegno", impegno, "respingi"])
    indirizzi["scrivania"] = reverse("wagtailadmin_home")
    indirizzi["termini"] = reverse("accordi_termini:index")
    assert _guarda(contesto(mondo.coordinatrice).new_page(), indirizzi) == {}
