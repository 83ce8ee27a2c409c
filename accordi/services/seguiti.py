"""An agreement that follows another: draft with the same parties and text, tied to its parent (R12, R13)."""

from collections.abc import Sequence
from typing import Any

from accordi.models import Accordo, Parte
from core.orologio import adesso
from core.registro import annota
from utenti.models import Utente

COME_IL_PADRE = ("tipo", "modello", "modello_revisione", "livello_firma", "accetta_p7m", "responsabile", "pubblico")


def salva_seguito(
    utente: Utente,
    padre: Accordo,
    *,
    legame: str,
    parti: Sequence[Parte],
    non_firmano: Sequence[Parte] = (),
    **campi: Any,
) -> Accordo:
    """Save the draft that follows `padre`, locked by the caller; `parti` are the parent's, copied in their order.

    Those in `non_firmano` are listed and don't sign. One audit line on each of the two.
    """
    accordo = Accordo(
        padre=padre,
        legame=legame,
        creato_il=adesso(),
        **{nome: getattr(padre, nome) for nome in COME_IL_PADRE},
        **campi,
    )
    accordo.full_clean()
    accordo.save()
    esclusi = {p.pk for p in non_firmano}
    Parte.objects.bulk_create(
        Parte(
            accordo=accordo,
            soggetto=p.soggetto,
            ordine=n,
            stadio=p.stadio,
            livello=p.livello,
            firma_la_modifica=p.pk not in esclusi,
        )
        for n, p in enumerate(parti, start=1)
    )
    firmano = [p.soggetto.slug for p in parti if p.pk not in esclusi]
    annota(utente, "accordo.creato", accordo, legame=legame, padre=padre.codice, firmano=firmano)
    annota(utente, f"accordo.{legame}_preparato", padre, seguito=accordo.codice)
    return accordo
