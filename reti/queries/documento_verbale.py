"""What is printed of the minutes, whole and for the public, who gets bodies only (R24)."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from reti.documento_verbale import DocumentoVerbale, RigaDecisione, RigaPresenza, RigaPunto, in_paragrafi
from reti.models import Incontro, Presenza, Verbale
from reti.omissis import Censore
from reti.queries.minuta import chi_se_ne_occupa, giorno_di, in_parole, orari_di, presenze_di
from reti.queries.titoli_pubblici import enti_per_incontro, persone_per_incontro
from reti.stati import StatoVerbale


def persone_nominabili(incontro: Incontro) -> set[str]:
    """Names of persons that the records of `incontro` know: holders, substitutes, delegates, guests, who was there."""
    return persone_per_incontro(Incontro.objects.filter(pk=incontro.pk)).get(incontro.pk, set())


def nomi_da_togliere(incontro: Incontro) -> dict[str, list[str]]:
    """As the records are now: "nomi" of persons to take out, "enti" (bodies, board) whose words stay."""
    enti = enti_per_incontro(Incontro.objects.filter(pk=incontro.pk))[incontro.pk]
    return {"nomi": sorted(persone_nominabili(incontro)), "enti": sorted(enti)}


def censore_di(verbale: Verbale) -> Censore:
    """What takes persons out of the minutes: of a draft those in the records now, then those fixed at the sending."""
    voci = nomi_da_togliere(verbale.incontro) if verbale.stato == StatoVerbale.BOZZA else verbale.omissis
    return Censore(voci["nomi"], voci["enti"])


def _orari(presenza: Any) -> str:
    dalle, alle = presenza.arrivo, presenza.uscita
    return " – ".join(f"{ora:%H:%M}" for ora in (dalle, alle) if ora)


def _come(esito: str, da_remoto: bool) -> str:
    return f"{esito}, da remoto" if da_remoto else esito


def _righe_presenze(presenze: Iterable[Presenza], pubblico: bool) -> list[RigaPresenza]:
    return [
        RigaPresenza(
            str(p.adesione.soggetto),
            _come(p.get_esito_display(), p.da_remoto),
            "" if pubblico else p.persona,
            _orari(p),
        )
        for p in presenze
    ]


def _righe_ospiti(incontro: Incontro, pubblico: bool, censura: Callable[[str], str]) -> list[RigaPresenza]:
    return [
        RigaPresenza(
            censura(o.ente) or "persona senza ente",
            _come("Presente", o.da_remoto),
            "" if pubblico else o.nome,
            _orari(o),
        )
        for o in incontro.ospiti.all()
    ]


def frase_approvazione(verbale: Verbale) -> str:
    """«Approvato il 18 marzo 2023: nessuna osservazione entro il termine»; before that, how it will be."""
    if not verbale.approvato_il:
        return "Bozza non ancora approvata"
    giorno = in_parole(verbale.approvato_il)
    if verbale.approvato_in:
        return f"Approvato il {giorno} in seduta"
    return f"Approvato il {giorno}: nessuna osservazione in sospeso alla fine del termine"


def documento_di(verbale: Verbale, *, pubblico: bool) -> DocumentoVerbale:
    """What is printed. The public version names bodies only: no holder, delegate, guest or person in charge."""
    incontro = verbale.incontro
    censura = censore_di(verbale) if pubblico else str
    dalle, alle = orari_di(incontro)
    decisioni = incontro.decisioni.select_related("soggetto").order_by("pk")
    return DocumentoVerbale(
        titolo=censura(incontro.titolo),
        tavolo=incontro.tavoli,
        ente=str(incontro.rete.convocante),
        quando=f"{giorno_di(incontro)}, ore {dalle:%H:%M}–{alle:%H:%M}",
        dove=censura(incontro.luogo) or incontro.get_modalita_display(),
        approvazione=frase_approvazione(verbale),
        impronta=verbale.impronta,
        pubblico=pubblico,
        presenze=_righe_presenze(presenze_di(incontro), pubblico),
        ospiti=_righe_ospiti(incontro, pubblico, censura),
        punti=[RigaPunto(censura(p.titolo), str(p.get_esito_display()).lower()) for p in incontro.punti.all()],
        paragrafi=in_paragrafi(censura(verbale.testo)),
        decisioni=[
            RigaDecisione(
                censura(d.testo),
                str(d.soggetto or "") if pubblico else chi_se_ne_occupa(d.soggetto, d.incaricato),
                in_parole(d.entro) if d.entro else "",
            )
            for d in decisioni
        ],
    )


def nomi_tolti(verbale: Verbale) -> list[str]:
    """What the public version leaves out of all that people wrote: for who is about to send the minutes."""
    incontro = verbale.incontro
    censura = censore_di(verbale)
    righe = ((incontro.punti, "titolo"), (incontro.decisioni, "testo"), (incontro.ospiti, "ente"))
    altri = [testo for quali, campo in righe for testo in quali.values_list(campo, flat=True)]
    for testo in [verbale.testo, incontro.titolo, incontro.luogo, *altri]:
        censura(testo)
    return sorted(censura.tolti)


def e_pubblico(incontro: Incontro) -> bool:
    """True when the approved minutes go on the site: every board that meets is public."""
    return incontro.rete.pubblica and not incontro.altre_reti.filter(pubblica=False).exists()


def verbale_conservato(segno: str) -> Verbale | None:
    """The minutes whose document, whole or public, has that SHA-256."""
    conservati = Verbale.objects.filter(Q(impronta_documento=segno) | Q(impronta_pubblica=segno))
    return conservati.select_related("incontro__rete").first() if segno else None
