"""Before everyone has signed: a party refuses, the Province gives up or corrects (R05, R11)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accordi.models import Accordo, Firma, Prenotazione, RifiutoFirma
from accordi.queries.accordi import revisione_corrente, storia, voci_scrivania
from accordi.services.firme import firma_accordo
from accordi.services.rifiuti import annulla_accordo, declina_firma
from accordi.services.secondo_fattore import chiedi_codice
from accordi.services.testi import congela_testo, ritira_testo
from core.errori import Rifiuto
from core.models import Messaggio
from core.orologio import fermo
from core.registro import righe_di
from tests.accordi.conftest import GIORNO, codice
from tests.accordi.test_firme import EVIDENZA, firma, leggi

MOTIVO = "L'articolo 2 non dice chi paga i tutor."


def declina(utente, parte, **altro):
    return declina_firma(utente=utente, parte=parte, **{"versione": 1, "motivo": MOTIVO} | altro)


def test_chi_rifiuta_ferma_il_giro_e_lo_sanno_tutti(in_firma, firmatari, coordinatore, rappresentante):
    """R11: refusal with reason tells everyone."""
    fatto = declina(firmatari[1], in_firma.parti.last())
    in_firma.refresh_from_db()
    assert (in_firma.stato, fatto.versione.numero, fatto.rifiutata_il) == ("rifiutato", 1, GIORNO)
    posta = Messaggio.objects.filter(oggetto="Firma rifiutata: Collaborazione di prova")
    enti = {p.soggetto.email for p in in_firma.parti.all() if p.soggetto.email}
    attesi = {coordinatore.email, firmatari[0].email, firmatari[1].email} | enti
    assert set(posta.values_list("destinatario", flat=True)) == attesi
    assert posta[0].testo == (
        f"{rappresentante.soggetto} non firma l'accordo:\n\nCollaborazione di prova\n\nMotivo: {MOTIVO}\n\n"
        "Nessuno può più firmare questo testo. La Provincia decide se correggerlo, e allora ricevi un altro invito, "
        "oppure annullare l'accordo.\n"
    )
    assert storia(in_firma)[-1].dettaglio == f"{rappresentante.soggetto}: {MOTIVO}"


def test_dopo_un_rifiuto_nessuno_firma_e_nessuno_chiede_codici(in_firma, firmatari):
    vista = revisione_corrente(in_firma).impronta
    declina(firmatari[1], in_firma.parti.last())
    parte = Accordo.objects.get().parti.last()
    with pytest.raises(PermissionDenied, match="non è in firma"):
        firma_accordo(utente=firmatari[1], parte=parte, impronta_vista=vista, codice=codice(), evidenza=EVIDENZA)
    with pytest.raises(PermissionDenied, match="non è in firma"):
        chiedi_codice(utente=firmatari[1], parte=parte)


def test_rifiuta_anche_chi_non_e_ancora_di_turno(in_firma, firmatari):
    """It spares the others a signature that would be lost."""
    parti = list(in_firma.parti.all())
    in_firma.parti.filter(pk=parti[1].pk).update(stadio=3)
    declina(firmatari[1], parti[1])
    assert Accordo.objects.get().stato == "rifiutato"


@pytest.mark.parametrize(
    ("chi", "altro", "errore", "frase"),
    [
        (1, {"motivo": "  "}, Rifiuto, "Scrivi perché non firmi"),
        (1, {"versione": 7}, Rifiuto, "Il testo è cambiato mentre lo leggevi"),
        (0, {}, PermissionDenied, "non risulti abilitato"),
    ],
)
def test_un_rifiuto_che_non_si_puo_dare_lascia_tutto_com_era(in_firma, firmatari, chi, altro, errore, frase):
    with pytest.raises(errore, match=frase):
        declina(firmatari[chi], in_firma.parti.last(), **altro)
    assert (Accordo.objects.get().stato, RifiutoFirma.objects.count()) == ("in_firma", 0)


def test_chi_ha_firmato_non_rifiuta_piu_e_la_provincia_ritira(in_firma, firmatari):
    firma(firmatari[1], in_firma.parti.last())
    with pytest.raises(PermissionDenied, match="ha già firmato, o non deve firmare"):
        declina(firmatari[1], in_firma.parti.last())
    with pytest.raises(PermissionDenied, match="ritiralo dalla firma"):
        declina(firmatari[0], in_firma.parti.first())


def test_corretto_il_testo_si_firma_da_capo_una_versione_nuova(in_firma, firmatari, coordinatore):
    """R05: refused, back to draft, frozen again: version 2, and the refusal stays with version 1."""
    declina(firmatari[1], in_firma.parti.last())
    ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Aggiunto chi paga")
    with fermo(GIORNO + timedelta(minutes=1)):
        congela_testo(utente=coordinatore, accordo=in_firma)
        fatta = firma(firmatari[1], in_firma.parti.last())
    assert (fatta.versione.numero, RifiutoFirma.objects.get().versione.numero) == (2, 1)


def test_la_scrivania_mette_il_rifiuto_davanti(in_firma, firmatari, coordinatore):
    declina(firmatari[1], in_firma.parti.last())
    (voce,) = voci_scrivania(coordinatore)
    assert (voce.titolo, voce.urgenza) == ("Una parte ha rifiutato di firmare: «Collaborazione di prova»", 1)


def porta_bozza(accordo, firmatari, coordinatore):
    return None


def porta_in_firma(accordo, firmatari, coordinatore):
    congela_testo(utente=coordinatore, accordo=accordo)
    firma(firmatari[1], accordo.parti.last())


def porta_rifiutato(accordo, firmatari, coordinatore):
    congela_testo(utente=coordinatore, accordo=accordo)
    declina(firmatari[1], accordo.parti.last())


@pytest.mark.parametrize(("porta", "mail"), [(porta_bozza, 0), (porta_in_firma, 4), (porta_rifiutato, 4)])
def test_si_annulla_prima_che_abbiano_firmato_tutti(bozza, firmatari, coordinatore, porta, mail):
    """From draft, out for signature, refused; a draft that nobody saw tells nobody."""
    porta(bozza, firmatari, coordinatore)
    annulla_accordo(utente=coordinatore, accordo=bozza, motivo="Non serve più")
    bozza.refresh_from_db()
    assert bozza.stato == "annullato"
    assert righe_di(bozza).last().dati["motivo"] == "Non serve più"
    assert Messaggio.objects.filter(oggetto="Accordo annullato: Collaborazione di prova").count() == mail


def test_annullato_i_collegamenti_muoiono_e_la_prova_resta(in_firma, firmatari, coordinatore, entra):
    firma(firmatari[1], in_firma.parti.last())
    annulla_accordo(utente=coordinatore, accordo=in_firma, motivo="Non serve più")
    in_firma.refresh_from_db()
    with pytest.raises(PermissionDenied, match="non è in firma"):
        firma(firmatari[0], in_firma.parti.first())
    pagina = entra(firmatari[1]).get(f"/accordi/{in_firma.codice}/firma/1/").content.decode()
    assert "non c&#x27;è niente da firmare adesso" in pagina
    assert leggi(Firma.objects.get().pdf).startswith(b"%PDF")
    with pytest.raises(Rifiuto, match="Non si può passare da «Annullato"):
        ritira_testo(utente=coordinatore, accordo=in_firma, motivo="Ci ripenso")


def test_una_bozza_annullata_resta_invisibile_alle_parti(bozza, rappresentante, coordinatore, entra):
    annulla_accordo(utente=coordinatore, accordo=bozza, motivo="Doppione")
    assert entra(rappresentante.utente).get(f"/accordi/{bozza.codice}/").status_code == 404


def test_un_accordo_firmato_da_tutti_non_si_annulla(in_firma, firmatari, coordinatore):
    firma(firmatari[1], in_firma.parti.last())
    firma(firmatari[0], in_firma.parti.first())
    with pytest.raises(Rifiuto, match="Non si può passare"):
        annulla_accordo(utente=coordinatore, accordo=in_firma, motivo="Ci ripenso")


@pytest.mark.parametrize("verbo", ["declina", "ritira", "annulla"])
def test_chi_teneva_il_documento_lo_perde(in_firma, firmatari, coordinatore, verbo):
    """A hold on a text that is no longer signed ends with it."""
    parte, versione = in_firma.parti.last(), in_firma.versioni.get()
    presa = Prenotazione.objects.create(
        parte=parte,
        versione=versione,
        utente=firmatari[1],
        impronta=versione.impronta,
        presa_il=GIORNO,
        scade_il=GIORNO + timedelta(minutes=20),
    )
    if verbo == "declina":
        declina(firmatari[1], parte)
    else:
        servizio = {"ritira": ritira_testo, "annulla": annulla_accordo}[verbo]
        servizio(utente=coordinatore, accordo=in_firma, motivo="X")
    presa.refresh_from_db()
    assert presa.chiusa_il == GIORNO


def test_chi_non_coordina_non_annulla(in_firma, firmatari):
    with pytest.raises(PermissionDenied, match="Serve il ruolo di coordinatore"):
        annulla_accordo(utente=firmatari[1], accordo=in_firma, motivo="X")


def test_il_partner_rifiuta_dalla_pagina_e_cio_che_ha_scritto_resta(in_firma, firmatari, entra):
    client = entra(firmatari[1])
    indirizzo = f"/accordi/{in_firma.codice}/rifiuto/"
    assert indirizzo in client.get(f"/accordi/{in_firma.codice}/firma/").content.decode()
    vecchia = client.post(indirizzo, {"versione": 3, "motivo": "Manca <chi> paga"}).content.decode()
    assert "apri la versione nuova prima di decidere" in vecchia
    assert "Manca &lt;chi&gt; paga" in vecchia
    assert client.post(indirizzo, {"versione": 1, "motivo": MOTIVO})["Location"] == f"/accordi/{in_firma.codice}/"
    pagina = client.get(f"/accordi/{in_firma.codice}/").content.decode()
    assert "Rifiutato da una parte" in pagina
    assert f"{in_firma.parti.last()} ha rifiutato di firmare: «L&#x27;articolo 2 non dice chi paga i tutor.»" in pagina
