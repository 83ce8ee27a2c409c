"""One application and one agreement in every state, each with what its page shows then."""

from datetime import UTC, date, datetime

from accordi.models import Accordo, Istanza
from accordi.scelte import AreaRisorsa, TipoAzione
from accordi.services.azioni import aggiungi_azione, porta_avanti
from accordi.services.impegni import adempi_impegno, aggiungi_impegno
from accordi.services.modifiche import prepara_modifica
from accordi.services.recessi import registra_recesso
from accordi.services.rifiuti import declina_firma
from accordi.services.rinnovi import prepara_rinnovo
from accordi.services.risorse import conferisci, prometti_risorsa
from core.orologio import oggi
from tests.accordi.vivi import in_forza
from tests.e2e.mondo import Mondo, accordo_in_firma
from tests.e2e.mondo_accordi import Trio
from tests.factories.accordi import AvvisoFactory, IstanzaFactory, ProtocolloFactory, SospensioneFactory

PRESTO = datetime(2023, 2, 1, 9, tzinfo=UTC)
MOTIVI = "Il piano non dice chi segue le persone dopo il tirocinio."


def istanze_in_ogni_stato(mondo: Mondo) -> dict[str, Istanza]:
    """Of the leading body; one is late, one has the notice of rejection."""
    fatte = {}

    def _una(nome: str, **campi: object) -> Istanza:
        avviso = AvvisoFactory(titolo=f"Avviso {nome}", conta_netto=nome == "integrazione")
        fatte[nome] = IstanzaFactory(avviso=avviso, capofila=mondo.operatore, **campi)
        return fatte[nome]

    _una("presentata", presentata=True)
    _una("in ritardo", istruttoria=True, protocollo=ProtocolloFactory(registrato_il=PRESTO))
    SospensioneFactory(istanza=_una("integrazione", integrazione=True))
    osserva = _una("preavviso", istruttoria=True)
    SospensioneFactory(
        istanza=osserva, tipo="preavviso", dal=oggi(), al=date(2023, 4, 4), entro=date(2023, 4, 4), richiesta=MOTIVI
    )
    _una("ammessa", ammessa=True, esito_motivi="Progetto completo.")
    _una("respinta", con_protocollo=True, stato="respinta", esito_motivi=MOTIVI)
    _una("ritirata", con_protocollo=True, stato="ritirata")
    return fatte


def accordi_in_ogni_stato(mondo: Mondo, trio: Trio) -> dict[str, Accordo]:
    """Of the Province with the leading body and the association."""
    enti, ufficio = (mondo.operatore, trio.associazione), mondo.coordinatrice
    fatti = {}

    def _uno(nome: str, **campi: object) -> Accordo:
        fatti[nome] = in_forza(ufficio, *enti, **{"titolo": f"Accordo {nome}"} | campi)
        return fatti[nome]

    _uno("bozza", stato="bozza", sottoscritto_il=None, efficace_dal=None, scade_il=None)
    _uno("sottoscritto", stato="sottoscritto", efficace_dal=None, scade_il=None)
    _con_la_sua_vita(mondo, _uno("attivo"))
    _uno("sospeso", stato="sospeso", sospeso_per="ufficio")
    _uno("scaduto", scade_il=date(2023, 3, 24))
    _uno("risolto", stato="risolto", cessato_dal=date(2023, 3, 24))
    registra_recesso(
        utente=ufficio,
        parte=_uno("che una parte lascia", preavviso_giorni=0).parti.get(soggetto=trio.associazione),
        comunicato_il=oggi(),
        motivo="L'associazione chiude la sede.",
    )
    fatti["rifiutato"] = accordo_in_firma(mondo, "Accordo rifiutato")
    parte = fatti["rifiutato"].parti.get(soggetto=mondo.operatore)
    declina_firma(utente=mondo.partner, parte=parte, versione=1, motivo="Manca la durata.")
    fatti["rinnovo"] = prepara_rinnovo(utente=ufficio, accordo=fatti["attivo"])
    fatti["modifica"] = prepara_modifica(
        utente=ufficio, accordo=fatti["attivo"], motivo="Cambia la sede.", testo="La sede è a Crema.", cambiano=None
    )
    return fatti


def _con_la_sua_vita(mondo: Mondo, accordo: Accordo) -> None:
    """Obligations open, late and to confirm; a resource half given; actions begun and not."""
    ufficio, partner = mondo.coordinatrice, mondo.partner
    parte = accordo.parti.get(soggetto=mondo.operatore)
    for testo, entro in (("Sportello", date(2023, 6, 30)), ("Relazione", date(2023, 3, 22)), ("Elenco sedi", None)):
        ultimo = aggiungi_impegno(utente=ufficio, accordo=accordo, parte=parte, testo=testo, entro=entro)
    adempi_impegno(utente=partner, impegno=ultimo, quando=oggi(), nota="Pubblicato.")
    dati = {"area": AreaRisorsa.FORMAZIONE, "descrizione": "Ore d'aula", "unita": "ore", "promesso": 120}
    risorsa = prometti_risorsa(utente=ufficio, accordo=accordo, parte=parte, **dati)
    for chi, quantita in ((ufficio, 40), (partner, 20)):
        conferisci(utente=chi, risorsa=risorsa, quando=oggi(), quantita=quantita)
    for tipo, descrizione in ((TipoAzione.COMPETENZE, "Questionario"), (TipoAzione.FABBISOGNI, "Interviste")):
        azione = aggiungi_azione(utente=ufficio, accordo=accordo, parti=[parte], tipo=tipo, descrizione=descrizione)
    porta_avanti(utente=ufficio, azione=azione, nuovo="in_corso")
