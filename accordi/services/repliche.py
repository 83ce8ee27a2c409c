"""What the partner answers during the examination (L. 241/1990 artt. 6 and 10)."""

from collections.abc import Sequence

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.models import Istanza, Sospensione
from accordi.queries.preavvisi import preavviso_da_osservare
from accordi.services.documenti import allega_risposta
from accordi.services.istanze import mia
from accordi.stati import TRANSIZIONI_ISTANZA, StatoIstanza
from core.errori import Rifiuto
from core.orologio import oggi
from core.posta import accoda
from core.registro import annota
from core.termini import scadenza
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
    _avvisa_responsabile(istanza, "integrata", sospensione)
    return istanza


@transaction.atomic
def osserva_preavviso(*, utente: Utente, istanza: Istanza, risposta: str, file: Sequence[File] = ()) -> Istanza:
    """Send observations on the notice of rejection, once and in time: the term runs again after as many days
    as the notice gave (art. 10-bis). The person responsible is told.
    """
    istanza = mia(utente, istanza)
    preavviso = preavviso_da_osservare(istanza)
    if preavviso is None:
        raise Rifiuto(_("Su questa istanza non si aspettano osservazioni: il tempo è finito o le hai già mandate."))
    preavviso.risposta, preavviso.al = risposta, scadenza(oggi(), settings.GIORNI_PREAVVISO_RIGETTO)
    preavviso.full_clean()
    preavviso.save()
    documenti = allega_risposta(utente=utente, istanza=istanza, sospensione=preavviso, file=file)
    impronte = [[d.nome, d.impronta] for d in documenti]
    annota(utente, "istanza.osservazioni", istanza, risposta=risposta, documenti=impronte)
    _avvisa_responsabile(istanza, "osservazioni", preavviso)
    return istanza


def _avvisa_responsabile(istanza: Istanza, che_cosa: str, sospensione: Sospensione) -> None:
    """The answer waits for whoever has the file in hand."""
    if istanza.responsabile is None:
        return
    indirizzo = reverse("accordi_istanze:istruttoria", args=[istanza.pk])
    dati = {"istanza": istanza, "sospensione": sospensione, "pagina": settings.INDIRIZZO_PUBBLICO + indirizzo}
    accoda(
        chiave=f"istanza-{istanza.codice}-{che_cosa}-{sospensione.pk}",
        destinatario=istanza.responsabile.email,
        oggetto=_("Ha risposto %(capofila)s: %(avviso)s") % {"capofila": istanza.capofila, "avviso": istanza.avviso},
        testo=render_to_string("accordi/email/istanza_replica.txt", dati),
        riferimento=f"istanza:{istanza.codice}",
    )
