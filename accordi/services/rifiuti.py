"""Before everyone has signed: a party declines, the Province gives the agreement up (R05, R11)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.models import Accordo, Parte, Prenotazione, RifiutoFirma
from accordi.permissions import motivo_rifiuto_declina
from accordi.services.avvisi_firma import avvisa_annullamento, avvisa_rifiuto
from accordi.services.passaggi import blocca, esigi_motivo, passa
from accordi.stati import StatoAccordo
from core.errori import Rifiuto
from core.orologio import adesso
from utenti.models import Utente


@transaction.atomic
def declina_firma(*, utente: Utente, parte: Parte, versione: int, motivo: str) -> RifiutoFirma:
    """Refuse, for `parte` and with the reason, to sign the text number `versione`: nobody can sign it any more.

    Everyone is told, the coordinators too. The signatures given stay as evidence.
    Raises PermissionDenied, and Rifiuto for a superseded text or no reason.
    """
    accordo = Accordo.objects.select_for_update().get(pk=parte.accordo_id)
    parte = accordo.parti.select_related("soggetto").get(pk=parte.pk)
    parte.accordo = accordo
    if rifiuto := motivo_rifiuto_declina(utente, parte):
        raise PermissionDenied(rifiuto)
    if not motivo.strip():
        raise Rifiuto(_("Scrivi perché non firmi: lo leggono la Provincia e le altre parti."))
    corrente = accordo.versioni.last()
    if corrente.numero != versione:
        raise Rifiuto(_("Il testo è cambiato mentre lo leggevi: apri la versione nuova prima di decidere."))
    fatto = RifiutoFirma(parte=parte, versione=corrente, utente=utente, motivo=motivo.strip(), rifiutata_il=adesso())
    fatto.full_clean()
    fatto.save()
    libera(accordo)
    passa(
        utente,
        accordo,
        StatoAccordo.RIFIUTATO,
        "accordo.rifiutato",
        parte=parte.soggetto.slug,
        motivo=fatto.motivo,
        versione=corrente.numero,
    )
    avvisa_rifiuto(fatto)
    return fatto


@transaction.atomic
def annulla_accordo(*, utente: Utente, accordo: Accordo, motivo: str) -> Accordo:
    """Give up, for good, an agreement that not everyone has signed; whoever received the text is told why.

    Versions and signatures stay as evidence; no link signs any more.
    """
    accordo = blocca(utente, accordo)
    esigi_motivo(motivo)
    libera(accordo)
    passa(utente, accordo, StatoAccordo.ANNULLATO, "accordo.annullato", motivo=motivo)
    if accordo.versioni.exists():
        avvisa_annullamento(accordo, motivo)
    return accordo


def libera(accordo: Accordo) -> None:
    """End every hold on the document of an agreement that the caller has locked: its text is no longer signed."""
    Prenotazione.objects.filter(versione__accordo=accordo, chiusa_il__isnull=True).update(chiusa_il=adesso())
