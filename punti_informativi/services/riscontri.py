"""What citizens say of a point: kept without who says it, told to the host, erased in time (R35, R62)."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errori import Rifiuto
from core.maschere import maschera
from core.models import Messaggio
from core.orologio import oggi
from core.posta import accoda
from core.registro import annota
from punti_informativi import permissions
from punti_informativi.models import PuntoInformativo, Riscontro
from punti_informativi.services.conferme import indirizzi_dell_ospite

GIORNI_DA_RACCONTARE = 7  # how long a daily mail may be late


def lascia_riscontro(*, punto: PuntoInformativo | None, voto: int, aspetto: str = "", testo: str = "") -> Riscontro:
    """Keep one anonymous judgement; what looks like personal data in `testo` is hidden first.

    No audit line: the row says all that is known, and nobody is to be known from it.
    """
    lunghezza = Riscontro._meta.get_field("testo").max_length
    riscontro = Riscontro(
        punto=punto, voto=voto, aspetto=aspetto, testo=maschera(testo.strip())[:lunghezza], lasciato_il=oggi()
    )
    riscontro.full_clean()
    riscontro.save()
    return riscontro


@transaction.atomic
def oscura_riscontro(*, utente: Any, riscontro: Riscontro, motivo: str) -> Riscontro:
    """Take away the words of a judgement, for example because they name a person; the vote stays."""
    if rifiuto := permissions.motivo_rifiuto_oscura(utente):
        raise PermissionDenied(rifiuto)
    if not motivo.strip():
        raise Rifiuto(_("Scrivi perché il testo va tolto: resta nel registro delle operazioni."))
    riscontro = Riscontro.objects.select_for_update().get(pk=riscontro.pk)
    riscontro.testo = ""
    riscontro.save(update_fields=["testo"])
    annota(utente, "riscontro_oscurato", riscontro.punto or riscontro, riscontro=riscontro.pk, motivo=motivo)
    return riscontro


def racconta_riscontri() -> int:
    """Periodic work: one mail a day to a host with what was written of each of its points; how many left."""
    dal = oggi() - timedelta(days=GIORNI_DA_RACCONTARE)
    righe = Riscontro.objects.exclude(testo="").filter(
        punto__isnull=False, lasciato_il__gte=dal, lasciato_il__lt=oggi()
    )
    per_giorno: dict[tuple[int, Any], list[Riscontro]] = defaultdict(list)
    for riscontro in righe.select_related("punto__soggetto").order_by("lasciato_il", "pk"):
        per_giorno[riscontro.punto_id, riscontro.lasciato_il].append(riscontro)
    inizi = {f"riscontri-{punto}-{giorno:%Y%m%d}-": scritti for (punto, giorno), scritti in per_giorno.items()}
    dette = set(Messaggio.objects.filter(riferimento__in=inizi).values_list("riferimento", flat=True))
    nuovi = {inizio: scritti for inizio, scritti in inizi.items() if inizio not in dette}
    return sum(_racconta(inizio, scritti) for inizio, scritti in nuovi.items())


@transaction.atomic
def _racconta(inizio: str, scritti: list[Riscontro]) -> int:
    punto = scritti[0].punto
    dati = {
        "punto": punto,
        "scritti": scritti,
        "pagina": settings.INDIRIZZO_PUBBLICO + reverse("punti:riscontri_ricevuti", args=[punto.slug]),
    }
    indirizzi = indirizzi_dell_ospite(punto)
    for email in indirizzi:
        accoda(
            chiave=f"{inizio}{email}"[:120],
            destinatario=email,
            oggetto=_("Che cosa dicono i cittadini del punto «%s»") % punto.nome,
            testo=render_to_string("punti_informativi/email/riscontri.txt", dati),
            riferimento=inizio,
        )
    return len(indirizzi)
