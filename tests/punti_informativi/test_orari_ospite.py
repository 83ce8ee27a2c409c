"""Hours written once by a host for the points that follow them (R34)."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.errori import Rifiuto
from core.models import RigaRegistro
from punti_informativi.models import Proposta, PuntoInformativo
from punti_informativi.orari import Deroga, Fascia
from punti_informativi.queries import voci_scrivania
from punti_informativi.queries.orari_ospite import voci_orari_ospite
from punti_informativi.services import aggiorna_ospite
from tests.factories.punti_informativi import (
    EccezioneFactory,
    EccezioneOspiteFactory,
    OrarioFactory,
    OrarioOspiteFactory,
    PuntoFactory,
)
from tests.factories.reti import RappresentanzaFactory, SedeFactory
from tests.factories.utenti import UtenteFactory

pytestmark = pytest.mark.django_db

LUNEDI_MATTINA = Fascia(0, time(9), time(12, 30))
MARTEDI = Fascia(1, time(14), time(16))
FERIE = Deroga(date(2023, 6, 5), date(2023, 6, 9), motivo="Ferie")
LONTANE = Deroga(date(2023, 7, 7), date(2023, 7, 8))


@pytest.fixture
def punti(ospite):
    """Three points of one host, none of which follows its hours."""
    return [
        PuntoFactory(attivo=True, nome=nome, slug=nome.lower(), sede=SedeFactory(soggetto=ospite.soggetto, nome=nome))
        for nome in ("Uno", "Due", "Tre")
    ]


def _modulo(punti=(), orari=(), eccezioni=()):
    """What a browser posts from the page of a host's hours."""
    dati = {"punti": [p.pk for p in punti]}
    for prefisso, righe in (("orari", orari), ("eccezioni", eccezioni)):
        dati |= {f"{prefisso}-TOTAL_FORMS": str(len(righe)), f"{prefisso}-INITIAL_FORMS": "0"}
        for n, riga in enumerate(righe):
            dati |= {f"{prefisso}-{n}-{nome}": valore for nome, valore in riga.items()}
    return dati


def _frasi(client):
    return [client.get(reverse("punti:punto", args=[n])).context["punto"].apertura.frase for n in ("uno", "due", "tre")]


def test_una_modifica_vale_per_tutti_i_punti_che_seguono(entra, client, coordinatore, ospite, punti, lunedi):
    """R34: one edit of the host's hours serves all its points, unless a point has its own."""
    OrarioFactory(punto=punti[2], dalle=time(9), alle=time(18))
    pagina = reverse("punti:orari_ospite", args=[ospite.soggetto.slug])
    risposta = entra(coordinatore).post(
        pagina,
        _modulo(
            punti[:2],
            [{"giorno": "0", "dalle": "9:00", "alle": "12:30"}, {"giorno": "", "dalle": "", "alle": ""}],
            [{"dal": "2023-05-09", "al": "2023-05-09", "chiuso": "on", "motivo": "Assemblea"}],
        ),
        follow=True,
    )
    assert "le pagine dei 2 punti che li seguono sono già aggiornate." in risposta.content.decode()
    client.logout()
    assert _frasi(client) == ["Aperto ora, chiude alle 12:30"] * 2 + ["Aperto ora, chiude alle 18"]
    uno = PuntoInformativo.objects.get(slug="uno")
    assert [(str(g.data), g.motivo) for g in uno.prossimi_giorni if g.motivo] == [("2023-05-09", "Assemblea")]


def test_la_chiusura_di_un_solo_punto_vince_su_quelle_di_tutti(client, ospite, punti, lunedi):
    """R34: a point's own dated exception, then those of its host."""
    OrarioOspiteFactory(soggetto=ospite.soggetto)
    EccezioneOspiteFactory(soggetto=ospite.soggetto, dal=lunedi.date(), al=lunedi.date(), motivo="Sciopero")
    EccezioneFactory(punto=punti[0], dal=lunedi.date(), al=lunedi.date(), chiuso=False, dalle=time(8), alle=time(13))
    PuntoInformativo.objects.filter(slug__in=["uno", "due"]).update(orari_dell_ospite=True)
    assert _frasi(client) == [
        "Aperto ora, chiude alle 13",
        "Chiuso oggi (Sciopero), apre lunedì 15 maggio alle 9",
        "Orari non comunicati",
    ]


def test_chi_smette_di_seguire_ritrova_i_suoi_orari(coordinatore, ospite, punti, lunedi):
    OrarioFactory(punto=punti[0], giorno=3)
    aggiorna_ospite(utente=coordinatore, soggetto=ospite.soggetto, fasce=[LUNEDI_MATTINA], punti=punti[:1])
    assert PuntoInformativo.objects.get(slug="uno").calendario.fasce == (LUNEDI_MATTINA,)
    aggiorna_ospite(utente=coordinatore, soggetto=ospite.soggetto, punti=[])
    assert [f.giorno for f in PuntoInformativo.objects.get(slug="uno").calendario.fasce] == [3]


def test_il_registro_dice_come_erano_e_come_sono(coordinatore, ospite, punti, lunedi):
    OrarioOspiteFactory(soggetto=ospite.soggetto)
    ultima = RigaRegistro.objects.count()
    dati = {"utente": coordinatore, "soggetto": ospite.soggetto}
    parti = {"fasce": [LUNEDI_MATTINA, MARTEDI], "deroghe": [FERIE], "punti": punti[:1]}
    assert (aggiorna_ospite(**dati, **parti).subito, aggiorna_ospite(**dati, **parti).subito) == (True, False)
    assert [(r.azione, r.oggetto_nome, r.dati) for r in RigaRegistro.objects.order_by("numero")[ultima:]] == [
        ("chiusure_ospite_modificate", str(ospite.soggetto), {"prima": [], "dopo": ["2023-06-05 – 2023-06-09"]}),
        (
            "orari_ospite_modificati",
            str(ospite.soggetto),
            {"prima": ["lunedì 09:00-12:30"], "dopo": ["lunedì 09:00-12:30", "martedì 14:00-16:00"]},
        ),
        ("punto_modificato", "Uno", {"campi": ["orari_dell_ospite"], "segue": True}),
    ]


def test_una_bozza_della_provincia_non_toglie_un_punto_dagli_orari_comuni(coordinatore, ospite, punti, lunedi):
    punto = punti[0]
    punto.descrizione = "Bozza"
    punto.save_revision(user=coordinatore)
    aggiorna_ospite(utente=coordinatore, soggetto=ospite.soggetto, fasce=[LUNEDI_MATTINA], punti=[punto])
    bozza = PuntoInformativo.objects.get(pk=punto.pk).get_latest_revision()
    bozza.publish(user=coordinatore, skip_permission_checks=True)
    pubblicato = PuntoInformativo.objects.get(pk=punto.pk)
    assert (pubblicato.descrizione, pubblicato.orari_dell_ospite) == ("Bozza", True)


@pytest.mark.parametrize(
    ("parti", "frase"),
    [
        (
            {"fasce": [LUNEDI_MATTINA, Fascia(0, time(12), time(14))]},
            "Gli orari di lunedì si sovrappongono (9–12:30 e 12–14): correggi uno dei due.",
        ),
        (
            {"fasce": []},
            "Scrivi almeno un'apertura della settimana, oppure togli la spunta ai punti che seguono questi orari: "
            "altrimenti la loro pagina direbbe «orari non comunicati».",
        ),
        (
            {"deroghe": [Deroga(date(2023, 5, 1), date(2023, 5, 7))]},
            "Il periodo che finisce il 07/05/2023 è già passato: correggi le date.",
        ),
        (
            {"deroghe": [LONTANE]},
            "Il periodo che finisce il 08/07/2023 è lontano: qui valgono subito le date dei prossimi 60 giorni.",
        ),
        ({"deroghe": [Deroga(date(2023, 6, 9), date(2023, 6, 7))]}, "L'ultimo giorno viene prima del primo"),
        ({"fasce": [Fascia(0, time(9), time(12, 0, 30))]}, "Scrivi ore e minuti, senza secondi: 9:00 o 14:30."),
    ],
)
def test_un_rifiuto_dice_perche_e_non_cambia_niente(parti, frase, coordinatore, ospite, punti, lunedi):
    aggiorna_ospite(utente=coordinatore, soggetto=ospite.soggetto, fasce=[LUNEDI_MATTINA], punti=punti[:1])
    with pytest.raises(ValidationError) as rifiuto:
        aggiorna_ospite(utente=ospite.utente, soggetto=ospite.soggetto, punti=punti, **parti)
    assert frase in " ".join(rifiuto.value.messages)
    assert [p.orari_dell_ospite for p in PuntoInformativo.objects.order_by("pk")] == [True, False, False]
    assert [o.fascia for o in ospite.soggetto.orari_ospite.all()] == [LUNEDI_MATTINA]
    assert not Proposta.objects.exists()


def test_il_coordinatore_scrive_anche_date_lontane_e_l_ospite_le_puo_lasciare(coordinatore, ospite, punti, lunedi):
    assert aggiorna_ospite(utente=coordinatore, soggetto=ospite.soggetto, deroghe=[LONTANE]).subito
    assert aggiorna_ospite(utente=ospite.utente, soggetto=ospite.soggetto, deroghe=[LONTANE, FERIE]).subito


def test_la_provincia_trova_sulla_scrivania_quello_che_l_ospite_cambia_per_tutti(coordinatore, ospite, punti, lunedi):
    """R34: closures of all points hold at once, and the desk says how they were and how they are."""
    OrarioOspiteFactory(soggetto=ospite.soggetto)
    aggiorna_ospite(utente=coordinatore, soggetto=ospite.soggetto, deroghe=[LONTANE], punti=punti[:1])
    assert voci_orari_ospite() == []
    aggiorna_ospite(utente=ospite.utente, soggetto=ospite.soggetto, deroghe=[LONTANE, FERIE])
    voce = voci_orari_ospite()[0]
    assert voce in voci_scrivania(coordinatore)
    assert (voce.titolo, voce.url, voce.dettaglio) == (
        f"Controlla le chiusure di tutti i punti di {ospite.soggetto.denominazione}",
        f"/punti-informativi/miei/orari/{ospite.soggetto.slug}/",
        f"Già pubbliche, scritte da {ospite.utente}. Prima: 2023-07-07 – 2023-07-08. "
        "Adesso: 2023-06-05 – 2023-06-09, 2023-07-07 – 2023-07-08.",
    )
    aggiorna_ospite(utente=coordinatore, soggetto=ospite.soggetto, punti=[])
    assert voci_orari_ospite() == []


def test_un_punto_di_altri_o_cessato_non_segue(ospite, punti, lunedi):
    OrarioOspiteFactory(soggetto=ospite.soggetto)
    cessato = PuntoFactory(cessato=True, sede=SedeFactory(soggetto=ospite.soggetto, nome="Chiusa"))
    for punto in (PuntoFactory(attivo=True), cessato):
        with pytest.raises(Rifiuto, match="Uno dei punti scelti non è tra quelli del soggetto"):
            aggiorna_ospite(utente=ospite.utente, soggetto=ospite.soggetto, punti=[punto])
        assert PuntoInformativo.objects.filter(orari_dell_ospite=True).count() == 0


def test_le_chiusure_passate_restano_nella_storia(ospite, punti, lunedi):
    passata = EccezioneOspiteFactory(soggetto=ospite.soggetto, dal=date(2023, 1, 2), al=date(2023, 1, 5))
    aggiorna_ospite(utente=ospite.utente, soggetto=ospite.soggetto, deroghe=[passata.deroga, FERIE])
    aggiorna_ospite(utente=ospite.utente, soggetto=ospite.soggetto, deroghe=[])
    assert [e.deroga for e in ospite.soggetto.eccezioni_ospite.all()] == [passata.deroga]


@pytest.mark.parametrize("poteri", [{"puo_gestire_punti": False}, {"al": date(2023, 1, 1)}])
def test_senza_poteri_validi_non_si_cambiano_gli_orari_di_tutti(poteri, lunedi):
    rappresentanza = RappresentanzaFactory(**({"dal": date(2022, 1, 1)} | poteri))
    with pytest.raises(PermissionDenied):
        aggiorna_ospite(utente=rappresentanza.utente, soggetto=rappresentanza.soggetto, fasce=[LUNEDI_MATTINA])


def test_un_altro_partner_non_trova_la_pagina_e_il_coordinatore_si(entra, ospite, punti, coordinatore, lunedi):
    pagina = reverse("punti:orari_ospite", args=[ospite.soggetto.slug])
    estraneo = RappresentanzaFactory()
    modulo = _modulo(punti, [{"giorno": "0", "dalle": "9:00", "alle": "12:30"}])
    client = entra(estraneo.utente)
    assert (client.get(pagina).status_code, client.post(pagina, modulo).status_code) == (404, 404)
    propria = reverse("punti:orari_ospite", args=[estraneo.soggetto.slug])
    assert "ricarica la pagina e scegli di nuovo" in client.post(propria, modulo).content.decode()
    assert not PuntoInformativo.objects.filter(orari_dell_ospite=True).exists()
    assert entra(UtenteFactory()).get(pagina).status_code == 404
    assert entra(coordinatore).post(pagina, modulo).status_code == 302
    assert PuntoInformativo.objects.filter(orari_dell_ospite=True).count() == 3


def test_la_pagina_di_tutti_si_offre_a_chi_ospita_piu_di_un_punto(entra, ospite, punti, lunedi):
    solo = RappresentanzaFactory()
    PuntoFactory(attivo=True, sede=SedeFactory(soggetto=solo.soggetto))
    miei = reverse("punti:miei")
    assert list(entra(ospite.utente).get(miei).context["ospiti"]) == [ospite.soggetto]
    assert list(entra(solo.utente).get(miei).context["ospiti"]) == []
    OrarioOspiteFactory(soggetto=solo.soggetto)
    assert list(entra(solo.utente).get(miei).context["ospiti"]) == [solo.soggetto]


def test_un_errore_non_perde_quello_che_hai_scritto(entra, ospite, punti, lunedi):
    pagina = reverse("punti:orari_ospite", args=[ospite.soggetto.slug])
    risposta = entra(ospite.utente).post(
        pagina,
        _modulo(
            punti[:1],
            [{"giorno": "0", "dalle": "9:00", "alle": "8:00"}],
            [{"dal": "2023-08-14", "al": "2023-08-18", "chiuso": "on", "motivo": "Ferie lunghe"}],
        ),
    )
    testo = risposta.content.decode().replace("&#x27;", "'")
    assert "La chiusura viene prima dell'apertura: correggi uno dei due orari." in testo
    assert ('value="9:00"' in testo, 'value="Ferie lunghe"' in testo) == (True, True)
    assert list(risposta.context["form"]["punti"].value()) == [str(punti[0].pk)]
    assert not ospite.soggetto.orari_ospite.exists()


def test_la_scrivania_non_chiede_gli_orari_a_chi_segue_quelli_di_tutti(coordinatore, ospite, punti, lunedi):
    aggiorna_ospite(utente=coordinatore, soggetto=ospite.soggetto, fasce=[LUNEDI_MATTINA], punti=punti[:2])
    chiesti = [v.titolo for v in voci_scrivania(ospite.utente) if "orari" in v.titolo]
    assert chiesti == ["Comunica gli orari di «Tre»"]


@pytest.mark.parametrize("quanti", [1, 50])
def test_le_query_dell_elenco_non_crescono_con_i_punti_che_seguono(quanti, client, lunedi, django_assert_num_queries):
    """R34: a list whose points follow their hosts' hours costs the same for 1 and for 50."""
    for n in range(quanti):
        sede = SedeFactory()
        OrarioOspiteFactory(soggetto=sede.soggetto)
        EccezioneOspiteFactory(soggetto=sede.soggetto)
        PuntoFactory(attivo=True, sede=sede, orari_dell_ospite=True, verificato_il=lunedi.date(), nome=f"P{n}")
    with django_assert_num_queries(6):
        punti = list(PuntoInformativo.objects.pubblici().con_orari())
        assert [p.apertura.frase for p in punti] == ["Aperto ora, chiude alle 12:30"] * quanti
