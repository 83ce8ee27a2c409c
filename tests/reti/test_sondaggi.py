"""Choosing the date with a poll: opened, answered, reminded, closed with the invitations (R23)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from core.errori import Rifiuto
from core.models import Installazione, Messaggio, RigaRegistro
from core.scrivania import voci_di
from reti.models import Convocazione, Disponibilita, Incontro, Interpellato, Sondaggio
from reti.services.indirizzi_sondaggi import riallinea
from reti.services.mail_sondaggi import sollecita_in_scadenza
from reti.services.sondaggi import (
    annulla_sondaggio,
    apri_sondaggio,
    chiudi_sondaggio,
    rispondi_sondaggio,
    sollecita_sondaggio,
)
from reti.stati import TRANSIZIONI_SONDAGGIO, StatoSondaggio
from tests.factories.reti import (
    AdesioneFactory,
    FasciaFactory,
    RappresentanzaFactory,
    ReteFactory,
    SoggettoFactory,
    SondaggioFactory,
)
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db
ATTESI = Path(__file__).parent / "attesi"
PRIMA = datetime(2023, 2, 20, 9, 0, tzinfo=UTC)
ENTRO = datetime(2023, 3, 1, 17, 0, tzinfo=UTC)
MARZO_7 = datetime(2023, 3, 7, 9, 0, tzinfo=UTC)
MARZO_9 = datetime(2023, 3, 9, 13, 30, tzinfo=UTC)
LINK, AREA, UFFICIO = Convocazione.Via.COLLEGAMENTO, Convocazione.Via.AREA, Convocazione.Via.UFFICIO
DUE_ORE = timedelta(hours=2)
FASCE = [(MARZO_7, MARZO_7 + DUE_ORE), (MARZO_9, MARZO_9 + DUE_ORE)]


@pytest.fixture(autouse=True)
def _febbraio(orologio):
    with orologio(PRIMA):
        yield


@pytest.fixture
def rete(provincia):
    Installazione.objects.create(ente="Provincia di Cremona", email="lavoro@provincia.example")
    rete = ReteFactory(nome="Tavolo lavoro", convocante=provincia)
    for n, nome in enumerate(("Alfa", "Beta", "Gamma")):
        email = f"{nome.lower()}@x.example" if n < 2 else ""
        AdesioneFactory(rete=rete, soggetto__denominazione=nome, soggetto__email="", titolare_email=email)
    return rete


def apri(coordinatore, rete, **altro):
    dati = {"titolo": "Seduta di marzo", "luogo": "Sala consiliare", "ordine_del_giorno": "Dati\nVarie"}
    return apri_sondaggio(utente=coordinatore, rete=rete, **(dati | {"fasce": FASCE, "entro": ENTRO} | altro))


@pytest.fixture
def sondaggio(coordinatore, rete):
    return apri(coordinatore, rete)


def chi(sondaggio, nome):
    return sondaggio.interpellati.get(adesione__soggetto__denominazione=nome)


def rispondi(interpellato, *valori, via=LINK, **altro):
    fasce = interpellato.sondaggio.fasce.order_by("inizio")
    return rispondi_sondaggio(
        interpellato=interpellato, valori={f.pk: v for f, v in zip(fasce, valori, strict=True)}, via=via, **altro
    )


def detto(interpellato):
    return list(interpellato.disponibilita.order_by("fascia__inizio").values_list("valore", flat=True))


def mail(genere="sondaggio"):
    righe = Messaggio.objects.filter(chiave__startswith=f"{genere}-").order_by("pk")
    return [m.destinatario for m in righe]


def test_apre_e_chiede_a_ogni_seggio_valido_in_quelle_date(coordinatore, rete):
    """Who was in office only for the first slot is asked about that one; who ended before is not asked."""
    prima = AdesioneFactory(rete=rete, soggetto__denominazione="Fino all'otto", al=date(2023, 3, 8))
    AdesioneFactory(rete=rete, al=date(2023, 3, 6))
    sondaggio = apri(coordinatore, rete)
    assert [str(i) for i in sondaggio.interpellati.all()] == ["Alfa", "Beta", "Fino all'otto", "Gamma"]
    assert mail() == ["alfa@x.example", "beta@x.example", prima.soggetto.email]
    [solo] = Interpellato.objects.filter(adesione=prima)
    rispondi_sondaggio(interpellato=solo, valori={sondaggio.fasce.first().pk: "si"}, via=LINK)
    assert detto(solo) == ["si"]


def test_il_testo_della_domanda(sondaggio):
    domanda = Messaggio.objects.get(destinatario="alfa@x.example")
    assert domanda.oggetto == "Scegliamo la data: Seduta di marzo"
    gettone = chi(sondaggio, "Alfa").gettone
    assert domanda.testo.replace(gettone, "GETTONE") == (ATTESI / "sondaggio.txt").read_text()
    assert domanda.rispondi_a == "lavoro@provincia.example"


@pytest.mark.parametrize(
    ("campi", "frase"),
    [
        ({"fasce": FASCE[:1]}, "Proponi da 2 a 30 fasce"),
        ({"fasce": [*FASCE, FASCE[0]]}, "Due fasce sono uguali"),
        ({"fasce": [FASCE[0], (MARZO_9, MARZO_9)]}, "deve venire dopo l'inizio"),
        ({"entro": PRIMA}, "è già passato"),
        ({"entro": MARZO_7}, "prima della prima fascia"),
    ],
)
def test_un_sondaggio_impossibile_e_rifiutato(coordinatore, rete, campi, frase):
    with pytest.raises(Rifiuto, match=frase):
        apri(coordinatore, rete, **campi)
    assert (Sondaggio.objects.count(), Messaggio.objects.count()) == (0, 0)


def test_per_un_tavolo_di_altri_non_si_apre(coordinatore, rete):
    altrui = ReteFactory(convocante=SoggettoFactory(), nome="Tavolo di altri")
    AdesioneFactory(rete=altrui)
    with pytest.raises(Rifiuto, match="La data la sceglie chi convoca"):
        apri(coordinatore, altrui)
    with pytest.raises(Rifiuto, match=r"togli Tavolo di altri\."):
        apri(coordinatore, rete, altre_reti=[altrui])


def test_senza_seggi_non_si_apre(coordinatore, provincia):
    with pytest.raises(Rifiuto, match="Nessun seggio è valido in quelle date"):
        apri(coordinatore, ReteFactory(convocante=provincia))
    assert Sondaggio.objects.count() == 0


def test_la_risposta_si_cambia_fino_al_termine(sondaggio, orologio):
    alfa = chi(sondaggio, "Alfa")
    rispondi(alfa, "si", "no", nota="Meglio in mattinata")
    rispondi(alfa, "forse", "si")
    alfa.refresh_from_db()
    assert (detto(alfa), alfa.nota, alfa.risposto_il) == (["forse", "si"], "", PRIMA)
    with orologio(ENTRO), pytest.raises(Rifiuto, match="Il termine per rispondere è passato"):
        rispondi(alfa, "no", "no")
    assert detto(alfa) == ["forse", "si"]


def test_la_stessa_risposta_non_scrive_due_volte(sondaggio):
    for _n in range(2):
        rispondi(chi(sondaggio, "Alfa"), "si", "no")
    assert RigaRegistro.objects.filter(azione="sondaggio.risposta").count() == 1


def test_le_fasce_di_un_altro_sondaggio_sono_rifiutate(sondaggio):
    estranea = FasciaFactory(sondaggio__rete=sondaggio.rete)
    buone = list(sondaggio.fasce.values_list("pk", flat=True))
    alfa = chi(sondaggio, "Alfa")
    for valori in ({estranea.pk: "si"}, {buone[0]: "si"}, dict.fromkeys([*buone, estranea.pk], "si")):
        with pytest.raises(Rifiuto, match="Le fasce non sono quelle di questo sondaggio"):
            rispondi_sondaggio(interpellato=alfa, valori=valori, via=LINK)
    with pytest.raises(Rifiuto, match="scegli sì, se necessario oppure no"):
        rispondi_sondaggio(interpellato=alfa, valori=dict.fromkeys(buone, "boh"), via=LINK)
    assert Disponibilita.objects.count() == 0


def test_in_area_risponde_solo_chi_ne_ha_il_potere(sondaggio):
    alfa, beta = chi(sondaggio, "Alfa"), chi(sondaggio, "Beta")
    di_alfa = RappresentanzaFactory(soggetto=alfa.adesione.soggetto).utente
    rispondi(alfa, "si", "si", via=AREA, utente=di_alfa)
    senza_potere = RappresentanzaFactory(soggetto=alfa.adesione.soggetto, puo_rispondere=False).utente
    for interpellato, utente in ((beta, di_alfa), (alfa, senza_potere)):
        with pytest.raises(PermissionDenied):
            rispondi(interpellato, "no", "no", via=AREA, utente=utente)
    assert (detto(alfa), detto(beta)) == (["si", "si"], [])


def test_l_ufficio_registra_una_risposta_a_voce_finche_non_si_sceglie(sondaggio, coordinatore, orologio):
    gamma = chi(sondaggio, "Gamma")
    with orologio(ENTRO):
        rispondi(gamma, "no", "si", via=UFFICIO, utente=coordinatore)
        with pytest.raises(PermissionDenied):
            rispondi(gamma, "si", "si", via=UFFICIO, utente=UtenteFactory(ruolo="revisore"))
    assert detto(gamma) == ["no", "si"]
    riga = RigaRegistro.objects.get(azione="sondaggio.risposta")
    assert (riga.utente, riga.dati["via"]) == (coordinatore, "ufficio")
    chiudi_sondaggio(utente=coordinatore, sondaggio=sondaggio, fascia=sondaggio.fasce.last())
    with pytest.raises(Rifiuto, match="la data è scelta"):
        rispondi(gamma, "si", "si", via=UFFICIO, utente=coordinatore)


def test_il_sollecito_va_solo_a_chi_non_ha_risposto(sondaggio, coordinatore, orologio):
    rispondi(chi(sondaggio, "Alfa"), "si", "si")
    assert sollecita_sondaggio(utente=coordinatore, sondaggio=sondaggio) == 1
    assert mail("sollecito") == ["beta@x.example"]
    testo = Messaggio.objects.get(chiave__startswith="sollecito-").testo
    assert testo.replace(chi(sondaggio, "Beta").gettone, "GETTONE") == (ATTESI / "sollecito.txt").read_text()
    with pytest.raises(Rifiuto, match="già partito oggi"):
        sollecita_sondaggio(utente=coordinatore, sondaggio=sondaggio)
    with orologio(PRIMA + timedelta(days=1)):
        sollecita_sondaggio(utente=coordinatore, sondaggio=sondaggio)
    rispondi(chi(sondaggio, "Beta"), "si", "si")
    with orologio(PRIMA + timedelta(days=2)), pytest.raises(Rifiuto, match="Nessuno da sollecitare"):
        sollecita_sondaggio(utente=coordinatore, sondaggio=sondaggio)
    with orologio(ENTRO), pytest.raises(Rifiuto, match="Il termine per rispondere è passato"):
        sollecita_sondaggio(utente=coordinatore, sondaggio=sondaggio)
    assert mail("sollecito") == ["beta@x.example", "beta@x.example"]


def test_vicino_al_termine_il_sollecito_parte_da_se_una_volta(sondaggio, orologio):
    """By the periodic work; run as often as one likes."""
    rispondi(chi(sondaggio, "Alfa"), "si", "si")
    assert sollecita_in_scadenza() == 0
    for prima_del_termine in (48, 47, 20, 1):
        with orologio(ENTRO - timedelta(hours=prima_del_termine)):
            sollecita_in_scadenza()
    with orologio(ENTRO):
        assert sollecita_in_scadenza() == 0
    assert mail("sollecito") == ["beta@x.example"]


def test_un_sondaggio_aperto_all_ultimo_non_sollecita_subito(coordinatore, rete, orologio):
    with orologio(ENTRO - timedelta(hours=30)):
        apri(coordinatore, rete)
    with orologio(ENTRO - timedelta(hours=20)):
        assert sollecita_in_scadenza() == 0


def test_a_mano_e_da_se_mai_due_solleciti_nello_stesso_giorno(sondaggio, coordinatore, orologio):
    giorno = ENTRO - timedelta(hours=40)
    with orologio(giorno):
        sollecita_sondaggio(utente=coordinatore, sondaggio=sondaggio)
        assert sollecita_in_scadenza() == 0
    with orologio(giorno + timedelta(days=1)):
        assert sollecita_in_scadenza() == 2
        with pytest.raises(Rifiuto, match="già partito oggi"):
            sollecita_sondaggio(utente=coordinatore, sondaggio=sondaggio)


def test_scegliere_la_data_convoca_l_incontro(sondaggio, coordinatore, rete):
    """The meeting has agenda, place and boards; poll and meeting are tied both ways; nobody's answer is presumed."""
    rispondi(chi(sondaggio, "Alfa"), "si", "no")
    rispondi(chi(sondaggio, "Beta"), "no", "forse")
    incontro = chiudi_sondaggio(utente=coordinatore, sondaggio=sondaggio, fascia=sondaggio.fasce.first())
    sondaggio.refresh_from_db()
    assert (sondaggio.stato, sondaggio.incontro, incontro.sondaggio) == ("chiuso", incontro, sondaggio)
    assert (incontro.stato, incontro.inizio, incontro.fine) == ("convocato", MARZO_7, MARZO_7 + DUE_ORE)
    assert (incontro.luogo, incontro.ordine_del_giorno) == ("Sala consiliare", "1. Dati\n2. Varie")
    assert [c.risposta for c in incontro.convocazioni.all()] == ["attesa"] * 3
    testi = {m.destinatario: m.testo for m in Messaggio.objects.filter(riferimento=f"incontro-{incontro.codice}")}
    gettone = Convocazione.objects.get(email="alfa@x.example").gettone
    atteso = (ATTESI / "convocazione_dopo_sondaggio.txt").read_text()
    assert testi["alfa@x.example"].replace(gettone, "GETTONE") == atteso
    assert "avevi detto di no a questa data" in testi["beta@x.example"]


def test_il_congiunto_si_convoca_con_tutti_i_tavoli(coordinatore, rete, provincia):
    altro = ReteFactory(convocante=provincia, nome="Tavolo casa")
    AdesioneFactory(rete=altro, soggetto=rete.adesioni.first().soggetto, titolare_email="alfa-casa@x.example")
    sondaggio = apri(coordinatore, rete, altre_reti=[altro])
    assert sondaggio.interpellati.count() == 4
    incontro = chiudi_sondaggio(utente=coordinatore, sondaggio=sondaggio, fascia=sondaggio.fasce.last())
    assert (incontro.tavoli, incontro.convocazioni.count()) == ("Tavolo lavoro e Tavolo casa", 4)


def test_si_sceglie_solo_una_fascia_futura_di_quel_sondaggio(sondaggio, coordinatore, orologio):
    estranea = FasciaFactory(sondaggio__rete=sondaggio.rete)
    with pytest.raises(Rifiuto, match="non è di questo sondaggio"):
        chiudi_sondaggio(utente=coordinatore, sondaggio=sondaggio, fascia=estranea)
    with orologio(MARZO_7), pytest.raises(Rifiuto, match="Questa fascia è già passata"):
        chiudi_sondaggio(utente=coordinatore, sondaggio=sondaggio, fascia=sondaggio.fasce.first())
    assert Incontro.objects.count() == 0


def test_annullare_avvisa_una_volta_gli_interpellati(sondaggio, coordinatore):
    annulla_sondaggio(utente=coordinatore, sondaggio=sondaggio, motivo="Si fa per posta")
    with pytest.raises(Rifiuto):
        annulla_sondaggio(utente=coordinatore, sondaggio=sondaggio, motivo="Si fa per posta")
    assert mail("sondaggio_annullato") == ["alfa@x.example", "beta@x.example"]
    assert Messaggio.objects.order_by("pk").last().testo == (ATTESI / "sondaggio_annullato.txt").read_text()
    with pytest.raises(Rifiuto, match="Il sondaggio è annullato"):
        rispondi(chi(sondaggio, "Alfa"), "si", "si")


def test_annullare_vuole_il_motivo(sondaggio, coordinatore):
    with pytest.raises(Rifiuto, match="Scrivi il motivo"):
        annulla_sondaggio(utente=coordinatore, sondaggio=sondaggio, motivo="  ")


VERSO = {
    StatoSondaggio.CHIUSO: lambda u, s: chiudi_sondaggio(utente=u, sondaggio=s, fascia=s.fasce.get()),
    StatoSondaggio.ANNULLATO: lambda u, s: annulla_sondaggio(utente=u, sondaggio=s, motivo="Prova"),
}


@pytest.mark.parametrize("da", StatoSondaggio.values)
@pytest.mark.parametrize("a", [str(s) for s in VERSO])
def test_ogni_passaggio_di_stato_segue_la_tabella(coordinatore, provincia, da, a):
    sondaggio = SondaggioFactory(rete__convocante=provincia, stato=da)
    FasciaFactory(sondaggio=sondaggio)
    AdesioneFactory(rete=sondaggio.rete)
    if a in TRANSIZIONI_SONDAGGIO[da]:
        VERSO[a](coordinatore, sondaggio)
        atteso, righe = a, 1
    else:
        with pytest.raises(Rifiuto):
            VERSO[a](coordinatore, sondaggio)
        atteso, righe = da, 0
    assert Sondaggio.objects.get().stato == atteso
    assert RigaRegistro.objects.filter(azione=f"sondaggio.{a}").count() == righe


@pytest.mark.parametrize("ruolo", ["partner", "operatore_cpi", "redattore", "revisore"])
def test_chi_non_coordina_non_tocca_i_sondaggi(sondaggio, rete, ruolo):
    utente = UtenteFactory(ruolo=ruolo)
    for verbo in (
        lambda: apri(utente, rete),
        lambda: sollecita_sondaggio(utente=utente, sondaggio=sondaggio),
        lambda: annulla_sondaggio(utente=utente, sondaggio=sondaggio, motivo="X"),
        lambda: chiudi_sondaggio(utente=utente, sondaggio=sondaggio, fascia=sondaggio.fasce.first()),
    ):
        with pytest.raises(PermissionDenied):
            verbo()


def test_la_scrivania_dice_a_ciascuno_che_cosa_fare(sondaggio, coordinatore, orologio):
    alfa = chi(sondaggio, "Alfa")
    partner = RappresentanzaFactory(soggetto=alfa.adesione.soggetto).utente
    [voce] = voci_di(partner)
    assert (voce.titolo, voce.dettaglio, voce.entro) == (
        "Di' quando puoi: Seduta di marzo",
        "Alfa, Tavolo lavoro",
        date(2023, 3, 1),
    )
    assert [v for v in voci_di(coordinatore) if v.gruppo == "Tavoli"] == []
    rispondi(alfa, "si", "no")
    assert voci_di(partner) == []
    with orologio(ENTRO):
        [voce] = [v for v in voci_di(coordinatore) if v.gruppo == "Tavoli"]
    assert (voce.titolo, voce.dettaglio) == (
        "Scegli la data: Seduta di marzo",
        "Tavolo lavoro, senza risposta 2 seggi",
    )


def test_quando_hanno_risposto_tutti_si_sceglie_prima_del_termine(sondaggio, coordinatore):
    for nome in ("Alfa", "Beta", "Gamma"):
        rispondi(chi(sondaggio, nome), "si", "si")
    assert [v.dettaglio for v in voci_di(coordinatore) if v.gruppo == "Tavoli"] == [
        "Tavolo lavoro, hanno risposto tutti"
    ]


def test_cambiato_l_indirizzo_il_vecchio_collegamento_muore_e_il_nuovo_e_interpellato(client, sondaggio):
    """R23: who held the seat before can't answer for it any more; what was answered stays."""
    alfa = chi(sondaggio, "Alfa")
    valori = {f.pk: "si" for f in sondaggio.fasce.all()}
    rispondi_sondaggio(interpellato=alfa, valori=valori, via=LINK)
    alfa.adesione.titolare_email = "nuova@x.example"
    alfa.adesione.save()
    assert (riallinea(), riallinea()) == (1, 0)
    vecchio, dopo = f"/tavoli/disponibilita/{alfa.gettone}/", chi(sondaggio, "Alfa")
    assert client.get(vecchio).status_code == 404
    assert (dopo.email, dopo.disponibilita.count()) == ("nuova@x.example", 2)
    mail = Messaggio.objects.get(destinatario="nuova@x.example")
    assert mail.oggetto == "Scegliamo la data: Seduta di marzo"
    assert f"/tavoli/disponibilita/{dopo.gettone}/" in mail.testo
    assert client.get(f"/tavoli/disponibilita/{dopo.gettone}/").status_code == 200
    assert RigaRegistro.objects.filter(azione="sondaggio.indirizzo").count() == 1


def test_senza_indirizzo_nuovo_o_a_termine_passato_il_collegamento_resta(sondaggio, orologio):
    alfa = chi(sondaggio, "Alfa")
    alfa.adesione.titolare_email = ""
    alfa.adesione.save()
    assert riallinea() == 0
    alfa.adesione.titolare_email = "nuova@x.example"
    alfa.adesione.save()
    with orologio(ENTRO):
        assert riallinea() == 0
    assert chi(sondaggio, "Alfa").gettone == alfa.gettone
