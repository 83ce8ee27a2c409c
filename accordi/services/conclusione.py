"""What follows a signature, however it was made: trail, next stage, and with the last one the agreement (R02, R07)."""

from django.utils.translation import gettext as _

from accordi.models import Accordo, Firma, Prenotazione, Protocollo
from accordi.queries.accordi import parti_che_firmano
from accordi.queries.giro import basta, livello_dovuto
from accordi.services.avvisi_firma import avvisa_firma, avvisa_sottoscritto, invita_alla_firma
from accordi.services.modifiche import applica_modifica
from accordi.services.passaggi import passa
from accordi.services.protocollo import protocolla
from accordi.stati import StatoAccordo
from core.errori import Rifiuto
from core.orologio import adesso
from core.registro import annota
from utenti.models import Utente


def concludi_firma(utente: Utente, accordo: Accordo, firma: Firma) -> None:
    """Follow up a signature just stored, in the caller's transaction and under the lock of `accordo`.

    The audit line; any hold on the document ends; the others of the stage are
    told, a stage that opens is invited. With the last signature: levels checked
    once more, protocol number, "sottoscritto", mails to everyone. Refuses a
    level too low.
    """
    annota(
        utente,
        "accordo.firmato",
        accordo,
        parte=firma.parte.soggetto.slug,
        prima=firma.impronta_prima,
        dopo=firma.impronta_dopo,
    )
    Prenotazione.objects.filter(versione=firma.versione, chiusa_il__isnull=True).update(chiusa_il=adesso())
    if accordo.parti.senza_firma().exists():
        avvisa_firma(accordo, firma)
        invita_alla_firma(accordo, firma.versione)
    else:
        _sottoscrivi(utente, accordo, firma)


def _sottoscrivi(utente: Utente, accordo: Accordo, ultima: Firma) -> None:
    _esigi_livelli(accordo, ultima)
    altre = ", ".join(str(p) for p in parti_che_firmano(accordo) if not p.soggetto.titolare_piattaforma)
    with ultima.pdf.open("rb") as file:
        contenuto = file.read()
    accordo.protocollo = protocolla(
        verso=Protocollo.Verso.USCITA,
        oggetto=f"Accordo sottoscritto: {accordo.titolo}",
        corrispondente=altre,
        contenuto=contenuto,
    )
    accordo.sottoscritto_il = adesso()
    passa(
        utente,
        accordo,
        StatoAccordo.SOTTOSCRITTO,
        "accordo.sottoscritto",
        protocollo=str(accordo.protocollo),
        impronta=ultima.impronta_dopo,
    )
    avvisa_sottoscritto(accordo)
    if accordo.legame == Accordo.Legame.MODIFICA:
        applica_modifica(utente, accordo)


def _esigi_livelli(accordo: Accordo, ultima: Firma) -> None:
    for firma in ultima.versione.firme.select_related("parte__soggetto", "parte__accordo"):
        dovuto = livello_dovuto(firma.parte)
        if not basta(firma.livello, dovuto):
            raise Rifiuto(
                _(
                    "La firma di %(parte)s è di un livello troppo basso: ogni firma dev'essere almeno quella chiesta, "
                    "e fra sole amministrazioni digitale, avanzata o qualificata (L. 241/1990 art. 15)."
                )
                % {"parte": firma.parte.soggetto}
            )
