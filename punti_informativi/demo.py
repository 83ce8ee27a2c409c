"""Demonstration data of this app: the points of 2023, each through the services that make it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accordi.models import Istanza
from accordi.stati import StatoIstanza
from core.orologio import adesso, fermo
from punti_informativi import dimostrazione as dati
from punti_informativi import dimostrazione_en as in_inglese
from punti_informativi.demo_promozione import costruisci_promozione
from punti_informativi.demo_riscontri import costruisci_riscontri
from punti_informativi.models import (
    Destinatari,
    FestaPatronale,
    Lingua,
    PuntoInformativo,
    Servizio,
    TraduzioneDestinatari,
    TraduzionePunto,
    TraduzioneServizio,
)
from punti_informativi.services import (
    aggiorna_ospite,
    attiva_punto,
    candida_punto,
    proponi_modifica,
    registra_punto,
    sospendi_punto,
    verifica_punto,
)
from punti_informativi.services.proposte import partenza_di
from reti.models import Comune, Sede, Soggetto
from utenti.models import Utente

ROMA = ZoneInfo("Europe/Rome")
PRIMO = datetime(2023, 5, 2, 10, 0, tzinfo=ROMA)
SOSPESO = "unione-lavoratori-cremona"
OSPITE_CON_ORARI = "cooperativa-il-melograno"
QUANTI_DA_ISTANZE = 3


def costruisci(passo: Callable[[str], None]) -> None:
    """Build through the services; repeating changes nothing."""
    _elenchi()
    coordinatrice = Utente.objects.get(email="coordinatrice@provincia.example")
    nuovi = 0
    for n, voce in enumerate(dati.PUNTI):
        with fermo(PRIMO + timedelta(days=n)):
            nuovi += _punto(coordinatrice, voce, apri=True)
    with fermo(datetime(2023, 12, 18, 11, 0, tzinfo=ROMA)):
        nuovi += _punto(coordinatrice, dati.CANDIDATO, apri=False)
    nuovi += _da_istanze(coordinatrice)
    _sospendi(coordinatrice)
    _orari_comuni(coordinatrice)
    _conferma(coordinatrice)
    _proponi()
    _traduci()
    costruisci_promozione(coordinatrice)
    costruisci_riscontri()
    passo(f"Punti informativi: {PuntoInformativo.objects.count()} ({nuovi} nuovi).")


def _elenchi() -> None:
    """Services, target groups, patron saints."""
    for slug, (nome, descrizione) in dati.SERVIZI.items():
        Servizio.objects.get_or_create(slug=slug, defaults={"nome": nome, "descrizione": descrizione})
    for codice, nome in dati.LINGUE.items():
        Lingua.objects.get_or_create(codice=codice, defaults={"nome": nome})
    for slug, nome in dati.DESTINATARI.items():
        Destinatari.objects.get_or_create(slug=slug, defaults={"nome": nome})
    for slug, testi in in_inglese.SERVIZI.items():
        servizio = Servizio.objects.get(slug=slug)
        TraduzioneServizio.objects.get_or_create(servizio=servizio, lingua="en", defaults=testi)
    for slug, nome in in_inglese.DESTINATARI.items():
        gruppo = Destinatari.objects.get(slug=slug)
        TraduzioneDestinatari.objects.get_or_create(destinatari=gruppo, lingua="en", defaults={"nome": nome})
    for comune, (nome, giorno, mese) in dati.PATRONI.items():
        FestaPatronale.objects.get_or_create(
            comune=Comune.objects.get(nome=comune), defaults={"nome": nome, "giorno": giorno, "mese": mese}
        )


def _traduci() -> None:
    """The English words of the points that have them; the others stay in Italian."""
    for punto in PuntoInformativo.objects.filter(descrizione__in=in_inglese.PUNTI):
        testi = {"descrizione": in_inglese.PUNTI[punto.descrizione], "cosa_portare": in_inglese.DOCUMENTI}
        TraduzionePunto.objects.get_or_create(punto=punto, lingua="en", defaults=testi)


def _contenuto(voce: dati.Voce, sede: Sede) -> dict[str, Any]:
    soggetto = sede.soggetto
    return {
        "servizi": list(Servizio.objects.filter(slug__in=voce.servizi)),
        "destinatari": list(Destinatari.objects.filter(slug__in=voce.destinatari)),
        "fasce": voce.fasce,
        "deroghe": voce.deroghe,
        "descrizione": voce.descrizione,
        "cosa_portare": dati.DOCUMENTI,
        "lingue": list(Lingua.objects.filter(codice__in=voce.lingue)),
        "accessibilita": voce.accessibilita,
        "solo_appuntamento": voce.solo_appuntamento,
        "telefono": soggetto.telefono,
        "email": soggetto.email,
        "cpi_riferimento": Soggetto.objects.get(slug=voce.cpi),
    }


def _punto(utente: Utente, voce: dati.Voce, *, apri: bool) -> bool:
    """Register one point and, a week later, verify and open it. True when it wasn't there."""
    sede = Sede.objects.filter(soggetto__slug=voce.ospite).first()
    if sede is None or PuntoInformativo.objects.filter(nome=voce.nome, sede=sede).exists():
        return False
    punto = registra_punto(utente=utente, sede=sede, nome=voce.nome, **_contenuto(voce, sede))
    if apri:
        _apri(utente, punto)
    return True


def _apri(utente: Utente, punto: PuntoInformativo) -> None:
    verifica_punto(utente=utente, punto=punto, nota="Sopralluogo e telefonata di controllo")
    attiva_punto(utente=utente, punto=punto)


def _da_istanze(utente: Utente) -> int:
    """Points that operators propose after their admitted applications, each a month after the protocol."""
    ammesse = Istanza.objects.filter(stato=StatoIstanza.AMMESSA, avviso__attiva_punti=True).exclude(
        capofila__slug__in=[voce.ospite for voce in dati.PUNTI]
    )
    nuovi = 0
    for istanza in ammesse.select_related("capofila", "protocollo").order_by("protocollo__registrato_il")[
        :QUANTI_DA_ISTANZE
    ]:
        sede = Sede.objects.filter(soggetto=istanza.capofila).first()
        if sede is None or istanza.punti.exists():
            continue
        voce = dati.Voce(istanza.capofila.slug, "", _cpi_vicino(sede), dati.FASCE_OPERATORE, (*dati.BASE, "corsi"))
        with fermo(istanza.protocollo.registrato_il + timedelta(days=45)):
            punto = candida_punto(
                utente=_gestore(istanza.capofila, utente),
                istanza=istanza,
                sede=sede,
                nome=f"Punto lavoro {istanza.capofila.denominazione}",
                **_contenuto(voce, sede),
            )
            _apri(utente, punto)
        nuovi += 1
    return nuovi


def _cpi_vicino(sede: Sede) -> str:
    """The CPI in the seat's comune, else that of Cremona."""
    nella_citta = Soggetto.objects.filter(tipo=Soggetto.Tipo.CPI, sedi__comune=sede.comune).first()
    return nella_citta.slug if nella_citta else "cpi-cremona"


def _gestore(soggetto: Soggetto, altrimenti: Utente) -> Utente:
    """The legal representative of the body, who proposes its own point."""
    return Utente.objects.filter(email=f"legale@{soggetto.slug}.example").first() or altrimenti


def _orari_comuni(utente: Utente) -> None:
    """A host that writes its hours once for the points that follow them."""
    ospite = Soggetto.objects.filter(slug=OSPITE_CON_ORARI).first()
    if ospite and not ospite.orari_ospite.exists():
        punti = PuntoInformativo.objects.ospitati_da(ospite)
        with fermo(datetime(2023, 6, 1, 9, 0, tzinfo=ROMA)):
            aggiorna_ospite(
                utente=utente, soggetto=ospite, fasce=dati.TERZO_SETTORE, deroghe=[dati.FERIE], punti=list(punti)
            )


def _sospendi(utente: Utente) -> None:
    punto = PuntoInformativo.objects.filter(soggetto__slug=SOSPESO).first()
    if punto and punto.stato == "attivo":
        with fermo(datetime(2023, 10, 2, 9, 0, tzinfo=ROMA)):
            sospendi_punto(utente=utente, punto=punto, motivo="Lavori nella sede, riapertura da comunicare")


def _proponi() -> None:
    """One host waits for the Province: new words and a phone number."""
    punto = PuntoInformativo.objects.filter(soggetto__slug=dati.PROPONE, stato="attivo").first()
    ospite = Utente.objects.filter(email=f"legale@{dati.PROPONE}.example").first()
    if punto and ospite and not punto.proposte.exists():
        scritti = {"descrizione": f"{punto.descrizione} {dati.DESCRIZIONE_PROPOSTA}", "telefono": "0373 000555"}
        proponi_modifica(
            utente=ospite,
            punto=punto,
            scritti=scritti,
            partenza=partenza_di(punto),
            messaggio="Abbiamo cambiato numero; di sabato si comincia a gennaio.",
        )


def _conferma(utente: Utente) -> None:
    """Data confirmed a month ago, so that the points are on the site today; one waits, one has left the site."""
    for punto in PuntoInformativo.objects.da_confermare().order_by("pk"):
        if punto.soggetto.slug == dati.NON_CONFERMATO:
            continue
        giorni = dati.GIORNI_DALLA_CONFERMA.get(punto.soggetto.slug, 30)
        if punto.freschezza.scaduta:
            with fermo(adesso() - timedelta(days=giorni)):
                verifica_punto(utente=utente, punto=punto, nota="Telefonata di controllo")
