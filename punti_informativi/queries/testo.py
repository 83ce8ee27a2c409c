"""Points by words: what was written finds them, and is put right when it finds nothing."""

from collections.abc import Iterable

from django.db.models import Q

from core.lingue import in_italiano, in_uso
from core.parole import radici
from punti_informativi.models import PuntoInformativo, Servizio, TraduzioneServizio
from punti_informativi.ricerca import cercati, contiene, correggi, indice_di_nome
from reti.models import Comune, Soggetto


def che_dicono(q: str) -> list[Q]:
    """One condition for each word of `q`: the point's text, its services, its comune or its host say it."""
    servizi = nomi_dei_servizi()
    comuni = list(Comune.objects.filter(sedi__punti__isnull=False).distinct().values_list("pk", "nome"))
    ospiti = list(Soggetto.objects.filter(punti__isnull=False).distinct().values_list("pk", "denominazione"))
    con_servizio = PuntoInformativo.servizi.through.objects
    condizioni = []
    for cercato in cercati(q):
        intera, inizio = cercato
        offrono = con_servizio.filter(servizio__in=che_contengono(servizi, cercato)).values("puntoinformativo")
        condizioni.append(
            Q(indice__contains=intera)
            | Q(indice__contains=inizio)
            | Q(pk__in=offrono)
            | Q(sede__comune__in=che_contengono(comuni, cercato))
            | Q(soggetto__in=che_contengono(ospiti, cercato))
        )
    return condizioni


def nomi_dei_servizi() -> list[tuple[int, str]]:
    """(key, name) of the services, by all the names that they have in Italian and in the language in use."""
    nomi = list(Servizio.objects.values_list("pk", "nome"))
    if not in_italiano():
        nomi += TraduzioneServizio.objects.filter(lingua=in_uso()).values_list("servizio", "nome")
    return nomi


def che_contengono(coppie: Iterable[tuple[int, str]], cercato: tuple[str, str]) -> list[int]:
    """The keys of (key, name) whose name says the word."""
    return [chiave for chiave, nome in coppie if contiene(indice_di_nome(nome), cercato)]


def vocabolario() -> list[str]:
    """The names in use: of points, services, comuni and hosts."""
    return [
        *PuntoInformativo.objects.pubblici().values_list("nome", flat=True),
        *(nome for _servizio, nome in nomi_dei_servizi()),
        *Comune.objects.values_list("nome", flat=True),
        *Soggetto.objects.filter(punti__isnull=False).distinct().values_list("denominazione", flat=True),
    ]


def corretta(q: str) -> str:
    """`q` with its unknown words put right from the names in use, or the empty string when there is nothing to mend."""
    nuova = correggi(q, vocabolario())
    return "" if radici(nuova) == radici(q) else nuova
