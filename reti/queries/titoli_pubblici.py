"""Names that the records of meetings know, and the titles that anyone may read: without those names (R24)."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from reti.models import Convocazione, Decisione, Incontro, Ospite, Presenza, Sostituto, Verbale
from reti.omissis import Censore, sembra_persona
from reti.stati import StatoVerbale

Nomi = dict[int, set[str]]


def persone_per_incontro(incontri: QuerySet[Incontro]) -> Nomi:
    """By primary key of meeting, the persons that its records know: holders, substitutes, delegates, guests, who was
    there, who was given a task. Five queries, whatever the meetings.
    """
    nomi: Nomi = defaultdict(set)
    quali = incontri.order_by().values("pk")
    for modello, campo in ((Presenza, "persona"), (Ospite, "nome"), (Decisione, "incaricato")):
        for incontro, nome in modello.objects.filter(incontro__in=quali).values_list("incontro", campo):
            if modello is not Decisione or sembra_persona(nome):  # «Segreteria del tavolo» is an office
                nomi[incontro].add(nome)
    inviti = Convocazione.objects.filter(incontro__in=quali).order_by()
    righe = inviti.values_list(
        "incontro", "delegato", "adesione__titolare_nome", "adesione__titolare__first_name",
        "adesione__titolare__last_name",
    )  # fmt: skip
    for incontro, delegato, titolare, nome, cognome in righe:
        nomi[incontro] |= {delegato, titolare, f"{nome or ''} {cognome or ''}".strip()}
    sostituti = Sostituto.objects.filter(adesione__convocazioni__incontro__in=quali)
    for incontro, nome in sostituti.values_list("adesione__convocazioni__incontro", "nome"):
        nomi[incontro].add(nome)
    return {pk: trovati - {""} for pk, trovati in nomi.items()}


def enti_per_incontro(incontri: QuerySet[Incontro]) -> Nomi:
    """By meeting, the bodies invited, the board and who convenes it: their words stay. Two queries."""
    enti: Nomi = defaultdict(set)
    quali = incontri.order_by().values("pk")
    inviti = Convocazione.objects.filter(incontro__in=quali).order_by()
    for incontro, ente in inviti.values_list("incontro", "adesione__soggetto__denominazione"):
        enti[incontro].add(ente)
    tavoli = Incontro.objects.filter(pk__in=quali).values_list("pk", "rete__nome", "rete__convocante__denominazione")
    for incontro, rete, convocante in tavoli:
        enti[incontro] |= {rete, convocante}
    return dict(enti)


def titoli_pubblici(incontri: Iterable[Incontro]) -> dict[int, str]:
    """By meeting, the title for the public; names fixed when minutes were sent stay out too. Eight queries."""
    incontri = list(incontri)
    quali = Incontro.objects.filter(pk__in=[i.pk for i in incontri])
    nomi, enti = persone_per_incontro(quali), enti_per_incontro(quali)
    fissati = Verbale.objects.filter(incontro__in=quali).exclude(stato=StatoVerbale.BOZZA)
    for incontro, omissis in fissati.values_list("incontro", "omissis"):
        nomi.setdefault(incontro, set()).update(omissis.get("nomi", ()))
    return {i.pk: Censore(nomi.get(i.pk, ()), enti.get(i.pk, ()))(i.titolo) for i in incontri}
