"""Agreements before and after signing: drafts, freezing, withdrawal, life, accreditation."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from accordi.models import Accordo
from accordi.queries.accordi import (
    accordi_sottoscritti,
    archi_accordi,
    revisione_corrente,
    storia,
    voci_scrivania,
)
from accordi.services import accordi as servizi
from accordi.services import durata, sospensioni
from accordi.services.testi import congela_testo, modifica_bozza, ritira_testo
from accordi.stati import TRANSIZIONI_ACCORDO, StatoAccordo
from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import fermo
from reti.services.accreditamenti import sospendi_accreditamento
from tests.accordi.conftest import GIORNO
from tests.factories.accordi import AvvisoFactory, IstanzaFactory, PartecipanteIstanzaFactory
from tests.factories.reti import AccreditamentoFactory, SoggettoFactory
from tests.factories.utenti import UtenteFactory

VERBI = {
    "congela": (congela_testo, {}, StatoAccordo.BOZZA, StatoAccordo.IN_FIRMA),
    "ritira": (ritira_testo, {"motivo": "Refuso"}, StatoAccordo.IN_FIRMA, StatoAccordo.BOZZA),
    "attiva": (
        durata.attiva_accordo,
        {"efficace_dal": GIORNO.date()},
        StatoAccordo.SOTTOSCRITTO,
        StatoAccordo.ATTIVO,
    ),
    "sospendi": (sospensioni.sospendi_accordo, {"motivo": "Verifica"}, StatoAccordo.ATTIVO, StatoAccordo.SOSPESO),
    "riattiva": (
        sospensioni.riattiva_accordo,
        {"motivo": "Verifica finita"},
        StatoAccordo.SOSPESO,
        StatoAccordo.ATTIVO,
    ),
}


def porta(accordo, stato):
    """Put a row in a state that the services would take long to reach; with what the constraints ask."""
    Accordo.objects.filter(pk=accordo.pk).update(**{"stato": stato}, sottoscritto_il=GIORNO)
    accordo.refresh_from_db()
    return accordo


@pytest.mark.parametrize(("verbo", "stato"), list(product(VERBI, StatoAccordo)))
def test_ogni_verbo_parte_solo_dal_suo_stato(in_firma, coordinatore, verbo, stato):
    servizio, dati, da, a = VERBI[verbo]
    accordo = porta(in_firma, stato)
    permesso = a in TRANSIZIONI_ACCORDO[stato] and (a != StatoAccordo.ATTIVO or stato == da)
    if permesso:
        servizio(utente=coordinatore, accordo=accordo, **dati)
        accordo.refresh_from_db()
        assert accordo.stato == a
    else:
        with pytest.raises(Rifiuto, match="Non si può passare da"):
            servizio(utente=coordinatore, accordo=accordo, **dati)


def test_l_accordo_di_un_istanza_ammessa_ha_la_provincia_il_capofila_e_gli_altri(provincia, coordinatore):
    istanza = IstanzaFactory(ammessa=True, avviso=AvvisoFactory(titolo="Avviso", atto="Atto 1"))
    altro = PartecipanteIstanzaFactory(istanza=istanza, soggetto__denominazione="Altro").soggetto
    accordo = servizi.crea_accordo(utente=coordinatore, istanza=istanza)
    assert [(p.ordine, p.soggetto) for p in accordo.parti.all()] == [(1, provincia), (2, istanza.capofila), (3, altro)]
    assert accordo.testo == (
        f"# Oggetto\nTra {provincia}, {istanza.capofila}, Altro, in risposta a Avviso (Atto 1), "
        f"{istanza.protocollo}.\n# Durata\nUn anno."
    )
    assert servizi.crea_accordo(utente=coordinatore, istanza=istanza) == accordo


def test_un_istanza_non_ammessa_non_ha_accordo(provincia, coordinatore):
    with pytest.raises(Rifiuto, match="dopo l'ammissione"):
        servizi.crea_accordo(utente=coordinatore, istanza=IstanzaFactory(istruttoria=True))


@pytest.mark.parametrize("manca", ["determina_numero", "determina_data"])
def test_con_una_parte_privata_non_si_firma_senza_determinazione(bozza, coordinatore, manca):
    """R04: L. 241/1990 art. 11 c. 4-bis."""
    modifica_bozza(utente=coordinatore, accordo=bozza, campi={manca: "" if manca == "determina_numero" else None})
    with pytest.raises(Rifiuto, match="serve prima la determinazione"):
        congela_testo(utente=coordinatore, accordo=bozza)


def test_una_determinazione_futura_e_rifiutata(bozza, coordinatore):
    modifica_bozza(utente=coordinatore, accordo=bozza, campi={"determina_data": date(2023, 3, 21)})
    with pytest.raises(Rifiuto, match="data futura"):
        congela_testo(utente=coordinatore, accordo=bozza)


def test_fra_sole_amministrazioni_la_determinazione_non_serve(bozza, coordinatore, rappresentante):
    rappresentante.soggetto.natura = "pubblico"
    rappresentante.soggetto.save()
    modifica_bozza(utente=coordinatore, accordo=bozza, campi={"determina_numero": "", "determina_data": None})
    assert congela_testo(utente=coordinatore, accordo=bozza).numero == 1


def test_il_testo_congelato_non_si_modifica(in_firma, coordinatore):
    with pytest.raises(Rifiuto, match="Il testo è congelato"):
        modifica_bozza(utente=coordinatore, accordo=in_firma, campi={"testo": "altro"})


def test_ogni_correzione_e_una_versione_nuova_e_la_vecchia_resta(in_firma, coordinatore):
    """R05."""
    ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Refuso all'articolo 2")
    in_firma.refresh_from_db()
    assert revisione_corrente(in_firma) is None
    modifica_bozza(utente=coordinatore, accordo=in_firma, campi={"testo": "# Oggetto\nCorretto."})
    congela_testo(utente=coordinatore, accordo=in_firma)
    vecchia, nuova = in_firma.versioni.all()
    assert (vecchia.numero, nuova.numero) == (1, 2)
    assert vecchia.testo != nuova.testo
    assert vecchia.impronta != nuova.impronta
    assert [p.dettaglio for p in storia(in_firma) if p.testo == "Testo ritirato dalla firma"] == [
        "Refuso all'articolo 2"
    ]


def test_chi_e_di_turno_riceve_il_collegamento_alla_sua_versione(in_firma, firmatari, rappresentante):
    """R11: the Province is invited when the others have signed."""
    testi = dict(Messaggio.objects.filter(oggetto__startswith="Da firmare").values_list("destinatario", "testo"))
    assert testi == {
        firmatari[1].email: f"C'è un accordo da firmare per {rappresentante.soggetto}:\n\nCollaborazione di prova\n\n"
        f"Leggi il documento e firmalo qui:\nhttp://localhost:8000/accordi/{in_firma.codice}/firma/1/\n\n"
        "Il collegamento vale per questo testo: se cambia, ne ricevi uno nuovo.\n",
    }


@pytest.mark.parametrize("verbo", VERBI)
def test_chi_non_coordina_non_gestisce(in_firma, firmatari, verbo):
    servizio, dati, _da, _a = VERBI[verbo]
    for utente in (firmatari[1], UtenteFactory(ruolo="revisore"), UtenteFactory(ruolo="redattore")):
        with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
            servizio(utente=utente, accordo=in_firma, **dati)


def test_un_accordo_non_ha_effetto_prima_della_firma(in_firma, coordinatore):
    accordo = porta(in_firma, StatoAccordo.SOTTOSCRITTO)
    with pytest.raises(Rifiuto, match="prima della firma di tutti"):
        durata.attiva_accordo(utente=coordinatore, accordo=accordo, efficace_dal=GIORNO.date() - timedelta(days=1))


def test_l_accreditamento_sospeso_sospende_gli_accordi_attivi_e_lo_dice(in_firma, coordinatore, rappresentante):
    """R16."""
    accreditamento = AccreditamentoFactory(soggetto=rappresentante.soggetto)
    accordo = porta(in_firma, StatoAccordo.ATTIVO)
    sospendi_accreditamento(utente=coordinatore, accreditamento=accreditamento, motivo="Controllo regionale")
    accordo.refresh_from_db()
    assert accordo.stato == StatoAccordo.SOSPESO
    assert storia(accordo)[-1].dettaglio == (
        f"Accreditamento di {rappresentante.soggetto} non più in vigore (Servizi per il lavoro)."
    )
    avvisati = Messaggio.objects.filter(oggetto="Accordo sospeso: Collaborazione di prova")
    assert coordinatore.email in avvisati.values_list("destinatario", flat=True)
    assert "Accordo sospeso: «Collaborazione di prova»" in [v.titolo for v in voci_scrivania(coordinatore)]


def test_un_altra_iscrizione_valida_nello_stesso_registro_tiene_in_vita_l_accordo(
    in_firma, coordinatore, rappresentante
):
    """R16: nothing is suspended while the body is still accredited."""
    prima = AccreditamentoFactory(soggetto=rappresentante.soggetto)
    AccreditamentoFactory(soggetto=rappresentante.soggetto)
    accordo = porta(in_firma, StatoAccordo.ATTIVO)
    sospendi_accreditamento(utente=coordinatore, accreditamento=prima, motivo="Doppione")
    accordo.refresh_from_db()
    assert accordo.stato == StatoAccordo.ATTIVO


def test_i_sottoscritti_si_contano_per_giorno_di_roma(in_firma):
    """23:30 UTC of 31 December is already the next year in Rome."""
    notte = GIORNO.replace(month=12, day=31, hour=23, minute=30)
    porta(in_firma, StatoAccordo.SOTTOSCRITTO)
    Accordo.objects.update(sottoscritto_il=notte)

    def anno(n):
        return accordi_sottoscritti(tipo="collaborazione", dal=date(n, 1, 1), al=date(n, 12, 31)).count()

    assert (anno(2023), anno(2024)) == (0, 1)


def test_l_arco_porta_alla_verifica_pubblica(in_firma, rappresentante):
    """R40: the tie opens its evidence."""
    porta(in_firma, StatoAccordo.ATTIVO)
    (arco,) = archi_accordi(GIORNO.date())
    assert (arco.da, arco.a, arco.tipo) == ("provincia-di-cremona", rappresentante.soggetto.slug, "accordo")
    assert arco.url == f"/verifica/{in_firma.codice_verifica}/"
    assert list(archi_accordi(GIORNO.date() - timedelta(days=1))) == []


def test_due_volte_la_stessa_parte_e_rifiutata(coordinatore, provincia):
    soggetto = SoggettoFactory()
    with pytest.raises(Rifiuto, match="compare due volte"):
        servizi.crea_accordo_libero(
            utente=coordinatore, tipo="collaborazione", titolo="T", testo="X", parti=[soggetto, soggetto]
        )
    with fermo(GIORNO), pytest.raises(Rifiuto, match="almeno due parti"):
        servizi.crea_accordo_libero(
            utente=coordinatore, tipo="collaborazione", titolo="T", testo="X", parti=[provincia]
        )
