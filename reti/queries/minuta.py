"""What the draft of the minutes is made of (R24)."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from reti.minuta import Deciso, Punto, Seduta, Voce
from reti.models import Convocazione, Incontro, Presenza, PuntoOdg
from reti.queries.quorum_verbale import frasi_del_quorum


def in_parole(giorno: date) -> str:
    """«7 marzo 2023»."""
    return date_format(giorno, "j F Y").lower()


def giorno_di(incontro: Incontro) -> str:
    """«martedì 7 marzo 2023», Europe/Rome."""
    return date_format(timezone.localtime(incontro.inizio), "l j F Y").lower()


def orari_di(incontro: Incontro) -> tuple[time, time]:
    """Start and end as local times."""
    return timezone.localtime(incontro.inizio).time(), timezone.localtime(incontro.fine).time()


def presenze_di(incontro: Incontro) -> list[Presenza]:
    """The roll with bodies, in the order in which it is read."""
    return list(incontro.presenze.select_related("adesione__soggetto", "adesione__titolare"))


def punti_scritti(incontro: Incontro, scritti: Mapping[int, Mapping[str, str]] | None = None) -> list[Punto]:
    """The items with outcome and discussion; `scritti` (by primary key) takes the place of what is stored."""
    etichette = dict(PuntoOdg.Esito.choices)
    righe = []
    for punto in incontro.punti.all():
        dati = (scritti or {}).get(punto.pk) or {"esito": punto.esito, "discussione": punto.discussione}
        righe.append(Punto(punto.titolo, str(etichette.get(dati["esito"], "")), dati["discussione"]))
    return righe


def chi_se_ne_occupa(soggetto: Any, incaricato: str) -> str:
    """«Alfa (Ada Rossi)», or the one of the two that there is."""
    if soggetto and incaricato:
        return f"{soggetto} ({incaricato})"
    return str(soggetto or incaricato)


def decisioni_scritte(incontro: Incontro, scritte: Sequence[Mapping[str, Any]] | None = None) -> list[Deciso]:
    """The decisions as text; `scritte` takes the place of the stored ones."""
    if scritte is None:
        scritte = [
            {"testo": d.testo, "soggetto": d.soggetto, "incaricato": d.incaricato, "entro": d.entro}
            for d in incontro.decisioni.select_related("soggetto").order_by("pk")
        ]
    return [
        Deciso(
            d["testo"],
            chi_se_ne_occupa(d.get("soggetto"), d.get("incaricato", "")),
            in_parole(d["entro"]) if d.get("entro") else "",
        )
        for d in scritte
    ]


def seduta_di(incontro: Incontro) -> Seduta:
    """What the draft is made of."""
    dalle, alle = orari_di(incontro)
    delegati = set(
        incontro.convocazioni.filter(risposta=Convocazione.Risposta.DELEGA).values_list("adesione_id", flat=True)
    )
    presenze = presenze_di(incontro)
    return Seduta(
        tavolo=incontro.tavoli,
        titolo=incontro.titolo,
        convocante=str(incontro.rete.convocante),
        giorno=giorno_di(incontro),
        dalle=dalle,
        alle=alle,
        luogo=incontro.luogo,
        modalita=incontro.get_modalita_display(),
        voci=[
            Voce(
                str(p.adesione.soggetto),
                p.esito,
                p.da_remoto,
                p.delega_verificata or p.adesione_id in delegati,
                p.arrivo,
                p.uscita,
            )
            for p in presenze
        ],
        ospiti=list(incontro.ospiti.values_list("ente", flat=True)),
        quorum=frasi_del_quorum(incontro, dalle, alle),
        punti=punti_scritti(incontro),
        decisioni=decisioni_scritte(incontro),
    )
