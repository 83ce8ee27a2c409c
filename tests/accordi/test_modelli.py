"""Templates of agreements: placeholders, versions, and the texts that come from them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accordi.models import Accordo, ModelloAccordo
from accordi.queries.segnaposti import valori_di
from accordi.segnaposto import SEGNAPOSTI, compila, esempi, pezzi, sconosciuti, vuoti
from accordi.services.accordi import crea_accordo, crea_accordo_libero
from accordi.services.testi import congela_testo, modifica_bozza
from core.errori import Rifiuto
from tests.accordi.test_avvisi import leggibile
from tests.factories.accordi import AvvisoFactory, IstanzaFactory, ModelloAccordoFactory
from tests.factories.reti import SoggettoFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
QUANDO = datetime(2023, 3, 20, 9, tzinfo=UTC)


@pytest.fixture
def provincia():
    return SoggettoFactory(provincia=True, denominazione="Provincia di Prova", codice_fiscale="80002130195")


def test_un_valore_non_viene_riletto_come_segnaposto_e_chi_manca_resta():
    assert compila("{avviso} e {parti}, {ignoto}", {"avviso": "{parti}", "parti": "noi"}) == "{parti} e noi, {ignoto}"
    assert pezzi("A {parti}{atto}", {"parti": "noi"}) == [("A ", False), ("noi", True), ("{atto}", False)]
    assert vuoti("{durata} {parti} {durata} {boh}") == ["durata", "parti"]
    assert sconosciuti("{boh} {parti} { spazio } {boh}") == ["boh"]
    assert esempi().keys() == SEGNAPOSTI.keys()


CAMPI = {"nome": "Convenzione tipo", "tipo": "convenzione", "testo": "# Oggetto\nTra {parti}."}


def test_un_segnaposto_sconosciuto_e_nominato_con_quelli_che_si_possono_usare(entra, coordinatore):
    dati = CAMPI | {"testo": "Tra {parte} e {parti}.", "action-publish": "1"}
    risposta = entra(coordinatore).post(reverse("accordi_modelli:add"), dati)
    assert "Segnaposto sconosciuto: {parte}. Si possono usare: {parti}, {capofila}" in risposta.text
    assert "Tra {parte} e {parti}." in risposta.text
    assert not ModelloAccordo.objects.exists()


def test_l_anteprima_riempie_il_modello_con_dati_di_prova(entra, coordinatore):
    client, indirizzo = entra(coordinatore), reverse("accordi_modelli:preview_on_add")
    client.post(indirizzo, CAMPI | {"testo": "# Patto\nTra {parti}, <b>per</b> {durata}."})
    pagina = client.get(indirizzo).text
    assert "Tra <mark>Provincia di Cremona, Lavoro Vivo srl, Comune di Crema</mark>" in pagina
    assert "&lt;b&gt;per&lt;/b&gt; <mark>24 mesi</mark>." in pagina
    assert "{parti}" in client.get(reverse("accordi_modelli:add")).text


def test_due_versioni_si_confrontano_e_l_accordo_dice_da_quale_viene(entra, coordinatore, provincia):
    client = entra(coordinatore)
    client.post(reverse("accordi_modelli:add"), CAMPI | {"action-publish": "1"})
    modello = ModelloAccordo.objects.get()
    prima = modello.live_revision
    accordo = crea_accordo_libero(
        utente=coordinatore, tipo="convenzione", titolo="Una convenzione", modello=modello, parti=[SoggettoFactory()]
    )
    dati = CAMPI | {"testo": "# Oggetto\nTra {parti}, nuovo.", "action-publish": "1"}
    client.post(reverse("accordi_modelli:edit", args=[modello.pk]), dati)
    confronto = reverse("accordi_modelli:revisions_compare", args=[modello.pk, prima.pk, "live"])
    assert "nuovo" in client.get(confronto).text
    accordo.refresh_from_db()
    assert (accordo.modello, accordo.modello_revisione) == (modello, prima)
    pagina = client.get(reverse("accordi_gestione:accordo", args=[accordo.pk])).text
    assert "Dal modello Convenzione tipo, versione del" in leggibile(pagina)
    assert confronto in pagina
    assert "Tra <mark>" in client.get(reverse("accordi_modelli:revisions_view", args=[modello.pk, prima.pk])).text


def test_un_modello_usato_non_si_cancella(entra, provincia):
    usato = ModelloAccordoFactory()
    AvvisoFactory(modello=usato)
    risposta = entra(UtenteFactory(ruolo="amministratore")).post(
        reverse("accordi_modelli:delete", args=[usato.pk]), follow=True
    )
    assert "non si può cancellare: altri documenti vi fanno riferimento." in risposta.text
    assert ModelloAccordo.objects.filter(pk=usato.pk).exists()


def test_il_testo_dell_accordo_prende_i_dati_dell_istanza(coordinatore, provincia):
    modello = ModelloAccordoFactory(
        testo="{parti}|{capofila}|{codici_fiscali}|{avviso}|{atto}|{durata}|{preavviso}|{decorrenza}|{determina}"
    )
    avviso = AvvisoFactory(modello=modello, titolo="Patto", atto="DGR 1", durata_mesi=24, preavviso_giorni=1)
    istanza = IstanzaFactory(avviso=avviso, ammessa=True)
    guida = istanza.capofila
    accordo = crea_accordo(utente=coordinatore, istanza=istanza)
    assert accordo.testo == (
        f"Provincia di Prova, {guida}|{guida}|Provincia di Prova (codice fiscale 80002130195), "
        f"{guida} (codice fiscale {guida.codice_fiscale})|Patto|DGR 1|24 mesi|1 giorno|dalla firma di tutte le parti|"
        "{determina}"
    )


def test_i_segnaposto_che_aspettano_si_riempiono_quando_si_congela(coordinatore, provincia, orologio):
    """The draft keeps them, so that a text taken back is filled anew."""
    modello = ModelloAccordoFactory(testo="# Atti\nDeterminazione {determina}.\n{azioni}\n{risorse}")
    avviso = AvvisoFactory(modello=modello, tipi_azione=["competenze", "fabbisogni"])
    with orologio(QUANDO):
        accordo = crea_accordo(utente=coordinatore, istanza=IstanzaFactory(avviso=avviso, ammessa=True))
        assert accordo.testo == modello.testo
        determina = {"determina_numero": "31", "determina_data": date(2023, 3, 1)}
        modifica_bozza(utente=coordinatore, accordo=accordo, campi=determina)
        with pytest.raises(Rifiuto, match=r"Nel testo restano segnaposto senza un valore: \{risorse\}\."):
            congela_testo(utente=coordinatore, accordo=accordo)
        parte = accordo.parti.last()
        accordo.risorse.create(parte=parte, area="formazione", descrizione="# due\naule", promesso="8500")
        versione = congela_testo(utente=coordinatore, accordo=accordo)
    assert versione.testo == (
        "# Atti\nDeterminazione n. 31 del 01/03/2023.\n– Analisi delle competenze che mancano\n"
        f"– Analisi dei fabbisogni e delle opportunità del territorio\n– Formazione: # due aule, 8.500,00 € ({parte})"
    )
    accordo.refresh_from_db()
    assert accordo.testo == modello.testo


def test_le_azioni_e_gli_impegni_dell_accordo_valgono_piu_di_quelli_dell_avviso(coordinatore, provincia):
    istanza = IstanzaFactory(avviso=AvvisoFactory(tipi_azione=["fabbisogni"]), ammessa=True)
    accordo = crea_accordo(utente=coordinatore, istanza=istanza)
    parte = accordo.parti.get(soggetto=istanza.capofila)
    accordo.azioni.create(tipo="competenze", descrizione="Indagine fra le imprese")
    accordo.impegni.create(testo="Due orientatori", parte=parte, entro=date(2023, 3, 31))
    accordo.impegni.create(testo="Un incontro al mese")
    valori = valori_di(accordo, [])
    assert valori["azioni"] == "– Analisi delle competenze che mancano: Indagine fra le imprese"
    assert (
        valori["impegni"] == f"– {parte}: Due orientatori, entro il 31/03/2023\n– Tutte le parti: Un incontro al mese"
    )


NUOVO = {"tipo": "collaborazione", "titolo": "Intesa", "determina_numero": "", "determina_data": ""}


def test_un_accordo_senza_avviso_parte_da_un_modello(entra, coordinatore, provincia):
    modello, bozza = ModelloAccordoFactory(testo="Tra {parti}."), ModelloAccordoFactory(live=False)
    ente = SoggettoFactory(denominazione="Ente B")
    client, nuovo = entra(coordinatore), reverse("accordi_gestione:nuovo")
    for sbagliato in ({"testo": ""}, {"testo": "Mio", "modello": modello.pk}):
        risposta = client.post(nuovo, NUOVO | {"parti": [ente.pk]} | sbagliato)
        assert "Scegli un modello oppure scrivi il testo: uno dei due, non entrambi." in risposta.text
    assert bozza.nome not in client.get(nuovo).text
    client.post(nuovo, NUOVO | {"parti": [ente.pk], "testo": "", "modello": modello.pk})
    accordo = Accordo.objects.get()
    assert (accordo.testo, accordo.modello) == ("Tra Provincia di Prova, Ente B.", modello)


def test_la_bozza_si_legge_in_pdf_e_non_si_confonde_con_il_testo_congelato(entra, coordinatore, provincia):
    accordo = crea_accordo_libero(
        utente=coordinatore, tipo="convenzione", titolo="In bozza", testo="Tra {parti}.", parti=[SoggettoFactory()]
    )
    anteprima = reverse("accordi_gestione:anteprima", args=[accordo.pk])
    risposta = entra(coordinatore).get(anteprima)
    assert (risposta["Content-Type"], risposta.content[:5]) == ("application/pdf", b"%PDF-")
    assert risposta["Content-Disposition"] == f'inline; filename="bozza-{accordo.codice}.pdf"'
    assert not accordo.versioni.exists()
    determina = {"determina_numero": "31", "determina_data": date(2023, 3, 1)}
    modifica_bozza(utente=coordinatore, accordo=accordo, campi=determina)
    congela_testo(utente=coordinatore, accordo=accordo)
    assert entra(coordinatore).get(anteprima).status_code == 404
