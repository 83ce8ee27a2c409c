"""Ties that information points give to the graph (R40)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from punti_informativi.models import PuntoInformativo
from reti.grafo import Arco
from reti.models import Soggetto

RIGA = ("soggetto__slug", "cpi_riferimento__slug", "attivo_dal", "cessato_dal", "nome", "slug")


def archi_punti(al: date) -> list[Arco]:
    """One tie per point open on that day: from its host to its reference CPI, or to the Province.

    A body that hosts a point for itself makes no tie; a point whose host wants it listed nowhere makes one for the
    Province alone, and one that has no page for the public, as its data are old or its agreement stands still, no link.
    """
    ha_pagina = PuntoInformativo.objects.pubblici().filter(pk=OuterRef("pk"))
    provincia = Soggetto.objects.filter(titolare_piattaforma=True).values_list("slug", flat=True).first()
    righe = (
        PuntoInformativo.objects.filter(Q(cessato_dal__isnull=True) | Q(cessato_dal__gt=al), attivo_dal__lte=al)
        .order_by("attivo_dal", "nome")
        .values_list(*RIGA, Exists(ha_pagina), "non_elencare")
    )
    return [
        Arco(ospite, cpi or provincia, "punto", dal, fine, nome, _pagina(slug) if aperta else "", pubblico=not taciuto)
        for ospite, cpi, dal, fine, nome, slug, aperta, taciuto in righe
        if (cpi or provincia) and ospite != (cpi or provincia)
    ]


def _pagina(slug: str) -> str:
    return PuntoInformativo(slug=slug).get_absolute_url()
