"""Record that an agreement was handed over to the preservation system."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Accordo
from accordi.queries.accordi import revisione_corrente
from accordi.queries.conservazione import VERSATO
from accordi.services.passaggi import blocca
from accordi.stati import ACCORDI_FIRMATI
from core.errori import Rifiuto
from core.orologio import oggi
from core.registro import annota
from utenti.models import Utente


@transaction.atomic
def registra_versamento(*, utente: Utente, accordo: Accordo, versato_il: date, rapporto: str) -> Accordo:
    """Write in the trail when the document was handed over and which receipt (rapporto di versamento) proves it.

    Refuses an agreement not signed by all, and a day to come or before the last signature.
    """
    accordo = blocca(utente, accordo)
    if accordo.stato not in ACCORDI_FIRMATI:
        raise Rifiuto(_("Si versa un accordo firmato da tutti: questo oggi è «%s».") % accordo.get_stato_display())
    if versato_il > oggi():
        raise Rifiuto(_("Il giorno del versamento è nel futuro: scrivi quello del rapporto di versamento."))
    if versato_il < accordo.protocollo.data:
        raise Rifiuto(_("Il giorno del versamento viene prima della firma di tutti: controlla la data."))
    segno = revisione_corrente(accordo).impronta
    annota(utente, VERSATO, accordo, motivo=rapporto, versato_il=versato_il.isoformat(), impronta=segno)
    return accordo
