"""A meeting with the hosts of some points, in one step: their network, their seats, the convocation (F2)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.orologio import oggi
from punti_informativi.models import PuntoInformativo
from reti.models import Adesione, Incontro, Rete, Soggetto
from reti.services.incontri import convoca_incontro, crea_incontro
from reti.services.reti import crea_rete
from reti.services.seggi import salva_seggio
from utenti.permissions import motivo_rifiuto_coordina


@transaction.atomic
def convoca_punti(*, utente: Any, punti: Iterable[PuntoInformativo], dati: dict[str, Any]) -> Incontro:
    """Convene the hosts of `punti`, each once, in the network of points; `dati` as for reti's `crea_incontro`.

    Makes the network and the seats that are missing. A host that had left is given a new seat.
    Raises PermissionDenied; Rifiuto without points, and whatever convening refuses (a date gone by).
    """
    if motivo := motivo_rifiuto_coordina(utente):
        raise PermissionDenied(motivo)
    ospiti = Soggetto.objects.filter(punti__in=[p.pk for p in punti], titolare_piattaforma=False).distinct()
    if not ospiti:
        raise Rifiuto(_("Scegli almeno un punto: si invita chi lo ospita."))
    rete = rete_dei_punti(utente)
    giorno = timezone.localdate(dati["inizio"])
    seggi = [_seggio(utente, rete, ospite, giorno) for ospite in ospiti]
    incontro = crea_incontro(utente=utente, rete=rete, **dati)
    return convoca_incontro(utente=utente, incontro=incontro, seggi=seggi)


def rete_dei_punti(utente: Any) -> Rete:
    """The Province's network of information points, made when there is none in force."""
    if rete := cerca_rete():
        return rete
    return crea_rete(
        utente=utente,
        dati={
            "nome": _("Rete dei punti informativi"),
            "descrizione": _("Chi ospita un punto informativo e la Provincia: raccordo su servizi, orari e novità."),
            "tipo": Rete.Tipo.RETE,
            "tema": Rete.Tema.PUNTI_INFORMATIVI,
            "convocante": Soggetto.objects.titolare(),
            "dal": oggi(),
        },
    )


def cerca_rete() -> Rete | None:
    in_vigore = Q(al__isnull=True) | Q(al__gte=oggi())
    reti = Rete.objects.della_provincia().filter(in_vigore, tema=Rete.Tema.PUNTI_INFORMATIVI)
    return reti.order_by("pk").first()


def _seggio(utente: Any, rete: Rete, ospite: Soggetto, giorno: Any) -> Adesione:
    """The seat of `ospite` valid on `giorno`: the one there is, or a new one from today."""
    valido = Q(al__isnull=True) | Q(al__gte=giorno)
    seggio = rete.adesioni.filter(valido, soggetto=ospite, dal__lte=giorno).order_by("pk").first()
    dal = min(oggi(), giorno)
    return seggio or salva_seggio(utente=utente, rete=rete, dati={"soggetto": ospite, "dal": max(dal, rete.dal)})
