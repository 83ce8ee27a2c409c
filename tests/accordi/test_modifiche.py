"""Amendments: only the parties whose clauses change sign, the others are told (R12)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from pyhanko.pdf_utils.reader import PdfFileReader

from accordi.queries.accordi import accordi_sottoscritti, parti_che_firmano, parti_da_firmare, revisione_corrente
from accordi.queries.legami import consolidato
from accordi.services.firme import firma_accordo
from accordi.services.modifiche import prepara_modifica
from accordi.services.testi import congela_testo, modifica_bozza
from accordi.stati import StatoAccordo
from core.errori import Rifiuto
from core.models import Messaggio
from core.registro import righe_di
from tests.accordi.conftest import codice, con_app
from tests.accordi.vivi import SCADE, giorno, in_forza
from tests.factories.reti import RappresentanzaFactory

pytestmark = pytest.mark.django_db
DATI = {"motivo": "Si aggiunge una sede.", "testo": "# Sede\nLe attività si fanno anche a Crema."}


@pytest.fixture
def terza(db):
    """Who represents a third party, with an app."""
    rappresentanza = RappresentanzaFactory()
    con_app(rappresentanza.utente)
    return rappresentanza


@pytest.fixture
def padre(coordinatore, provincia, firmatari, rappresentante, terza):
    return in_forza(coordinatore, rappresentante.soggetto, terza.soggetto)


@pytest.fixture
def in_tre(padre, coordinatore, rappresentante, adesso_fermo):
    """An amendment of an agreement among three that touches only the second; out for signature."""
    cambiano = list(padre.parti.filter(soggetto=rappresentante.soggetto))
    modifica = prepara_modifica(utente=coordinatore, accordo=padre, cambiano=cambiano, **DATI)
    campi = {"determina_numero": "7", "determina_data": date(2023, 3, 1)}
    modifica_bozza(utente=coordinatore, accordo=modifica, campi=campi)
    congela_testo(utente=coordinatore, accordo=modifica)
    modifica.refresh_from_db()
    return modifica


def firma(utente, accordo, soggetto):
    return firma_accordo(
        utente=utente,
        parte=accordo.parti.get(soggetto=soggetto),
        impronta_vista=revisione_corrente(accordo).impronta,
        codice=codice(),
        evidenza={},
    )


def test_chi_non_deve_firmare_e_informato_ma_mai_invitato_e_non_ha_un_campo(in_tre, terza, rappresentante, provincia):
    """R12."""
    assert [p.soggetto for p in parti_che_firmano(in_tre)] == [provincia, rappresentante.soggetto]
    assert list(Messaggio.objects.filter(destinatario=terza.utente.email).values_list("oggetto", "testo")) == [
        (
            "Una modifica che non devi firmare: Modifica: Accordo di prova",
            f"È in firma una modifica di un accordo di cui {terza.soggetto} è parte:\n\nModifica: Accordo di prova\n\n"
            "Motivo della modifica: Si aggiunge una sede.\n\n"
            f"Non devi firmare niente: la modifica non cambia le clausole di {terza.soggetto}, che resta vincolata "
            "all'accordo com'è. Se pensi che non sia così, scrivi alla Provincia prima che le altre parti abbiano "
            f"firmato.\n\nIl testo è nella pagina dell'accordo:\nhttp://localhost:8000/accordi/{in_tre.codice}/\n",
        )
    ]
    assert list(parti_da_firmare(terza.utente)) == []
    with revisione_corrente(in_tre).pdf.open("rb") as file:
        campi = [c.get_object()["/T"] for c in PdfFileReader(file).root["/AcroForm"]["/Fields"]]
    assert campi == ["Firma1", "Firma2"]


def test_chi_non_deve_firmare_non_puo_e_la_fine_non_lo_aspetta(in_tre, firmatari, rappresentante, terza, provincia):
    """R12."""
    with pytest.raises(PermissionDenied, match="La modifica non cambia niente per"):
        firma(terza.utente, in_tre, terza.soggetto)
    firma(firmatari[1], in_tre, rappresentante.soggetto)
    firma(firmatari[0], in_tre, provincia)
    in_tre.refresh_from_db()
    assert in_tre.stato == StatoAccordo.ATTIVO
    assert terza.utente.email in Messaggio.objects.filter(oggetto__startswith="Firmato da tutti: ").values_list(
        "destinatario", flat=True
    )


def test_firmata_da_chi_deve_ha_effetto_e_il_padre_la_mostra(in_tre, padre, firmatari, rappresentante, provincia):
    """R12: the parent keeps its state and text, the amendment stands beside it."""
    assert consolidato(padre).aperte == [in_tre]
    firma(firmatari[1], in_tre, rappresentante.soggetto)
    firma(firmatari[0], in_tre, provincia)
    padre.refresh_from_db()
    assert (padre.stato, padre.testo, padre.scade_il) == ("attivo", "# Oggetto\nUn testo.", SCADE)
    assert consolidato(padre).modifiche == [in_tre]
    assert righe_di(padre).last().azione == "accordo.modificato"
    assert accordi_sottoscritti(tipo="collaborazione", dal=date(2023, 1, 1), al=date(2023, 12, 31)).count() == 1


def test_il_testo_dice_che_cosa_modifica_perche_e_chi_non_firma(in_tre, padre, terza):
    assert in_tre.testo.splitlines() == [
        "# Accordo modificato",
        f"Accordo di prova (codice di verifica {padre.codice_verifica}).",
        "# Motivo",
        "Si aggiunge una sede.",
        "# Parti che non firmano",
        f"Le clausole di {terza.soggetto} non cambiano: restano vincolate all'accordo com'è, e ne sono informate.",
        "# Sede",
        "Le attività si fanno anche a Crema.",
    ]


def test_un_testo_unico_lo_firmano_tutte_e_puo_cambiare_la_scadenza(
    padre, coordinatore, firmatari, rappresentante, terza, provincia, adesso_fermo
):
    """R12: a new expiry reaches the parent only with the last signature."""
    nuova = date(2025, 3, 20)
    modifica = prepara_modifica(utente=coordinatore, accordo=padre, cambiano=None, nuova_scadenza=nuova, **DATI)
    assert parti_che_firmano(modifica).count() == 3
    modifica_bozza(
        utente=coordinatore, accordo=modifica, campi={"determina_numero": "7", "determina_data": date(2023, 3, 1)}
    )
    congela_testo(utente=coordinatore, accordo=modifica)
    modifica.refresh_from_db()
    firma(firmatari[1], modifica, rappresentante.soggetto)
    firma(terza.utente, modifica, terza.soggetto)
    padre.refresh_from_db()
    assert padre.scade_il == SCADE
    firma(firmatari[0], modifica, provincia)
    padre.refresh_from_db()
    assert padre.scade_il == nuova


@pytest.mark.parametrize(
    ("cambia", "dati", "frase"),
    [
        (None, {"motivo": " "}, "Scrivi il motivo"),
        ([], {}, "almeno una parte"),
        (["provincia"], {}, "almeno una parte"),
        (["terza"], {"nuova_scadenza": date(2025, 1, 1)}, "per tutti"),
        (None, {"nuova_scadenza": date(2023, 3, 19)}, "già passata"),
    ],
)
def test_una_modifica_senza_motivo_o_senza_chi_firma_e_rifiutata(
    padre, coordinatore, adesso_fermo, terza, provincia, cambia, dati, frase
):
    chi = {"provincia": provincia, "terza": terza.soggetto}
    cambiano = None if cambia is None else list(padre.parti.filter(soggetto__in=[chi[c] for c in cambia]))
    with pytest.raises(Rifiuto, match=frase):
        prepara_modifica(utente=coordinatore, accordo=padre, cambiano=cambiano, **DATI | dati)


def test_due_modifiche_insieme_o_di_un_accordo_scaduto_sono_rifiutate(padre, coordinatore, in_tre):
    with pytest.raises(Rifiuto, match="già una modifica aperta"):
        prepara_modifica(utente=coordinatore, accordo=padre, cambiano=None, **DATI)
    type(in_tre).objects.filter(pk=in_tre.pk).update(stato="attivo", sottoscritto_il=padre.sottoscritto_il)
    with pytest.raises(Rifiuto, match="già una modifica: si modifica"):
        prepara_modifica(utente=coordinatore, accordo=in_tre, cambiano=None, **DATI)
    with giorno(2024, 3, 21), pytest.raises(Rifiuto, match="oggi è «Scaduto»"):
        prepara_modifica(utente=coordinatore, accordo=padre, cambiano=None, **DATI)
