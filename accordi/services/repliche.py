"""What the partner answers during the examination (L. 241/1990 artt. 6 and 10)."""

from collections.abc import Sequence

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Istanza
from accordi.services.documenti import allega_risposta
from accordi.services.istanze import mia
from accordi.stati import TRANSIZIONI_ISTANZA, StatoIstanza
from core.errori import Rifiuto
from core.orologio import oggi
from core.transizioni import transita
from utenti.models import Utente


@transaction.atomic
def integra_istanza(*, utente: Utente, istanza: Istanza, risposta: str, file: Sequence[File] = ()) -> Istanza:
    """Answer the request of the Province, with files: the suspension ends today and the examination goes on."""
    istanza = mia(utente, istanza)
    sospensione = istanza.sospensioni.filter(al__isnull=True).first()
    if istanza.stato != StatoIstanza.INTEGRAZIONE or sospensione is None:
        raise Rifiuto(_("La Provincia non aspetta integrazioni su questa istanza: ricarica la pagina."))
    sospensione.al, sospensione.risposta = oggi(), risposta
    sospensione.full_clean()
    sospensione.save()
    documenti = allega_risposta(utente=utente, istanza=istanza, sospensione=sospensione, file=file)
    transita(
        istanza,
        StatoIstanza.ISTRUTTORIA,
        tabella=TRANSIZIONI_ISTANZA,
        utente=utente,
        azione="istanza.integrata",
        dati={"risposta": risposta, "documenti": [[d.nome, d.impronta] for d in documenti]},
    )
    return istanza
