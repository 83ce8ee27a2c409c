"""The text of an agreement: amend the draft, freeze it for signature, withdraw it (R04, R05)."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accordi.documento import compone
from accordi.models import Accordo, VersioneTesto
from accordi.queries.accordi import parti_che_firmano, solo_amministrazioni
from accordi.queries.testo_accordo import da_stampare, testo_compilato
from accordi.segnaposto import elenca, vuoti
from accordi.services.avvisi_firma import avvisa_ritiro, invita_alla_firma
from accordi.services.avvisi_vita import informa_di_modifica
from accordi.services.passaggi import blocca, esigi_motivo, passa
from accordi.services.rifiuti import libera
from accordi.stati import StatoAccordo
from core.archivio import impronta
from core.errori import Rifiuto
from core.orologio import adesso, oggi
from core.registro import annota
from utenti.models import Utente

CAMPI_BOZZA = {"titolo", "testo", "determina_numero", "determina_data"}


@transaction.atomic
def modifica_bozza(*, utente: Utente, accordo: Accordo, campi: Mapping[str, Any]) -> Accordo:
    """Change title, text, determination or dates of a draft. Refuses once the text is out for signature."""
    accordo = blocca(utente, accordo)
    if accordo.stato != StatoAccordo.BOZZA:
        raise Rifiuto(_("Il testo è congelato: ritiralo, con il motivo, e poi correggilo."))
    for nome in CAMPI_BOZZA & campi.keys():
        setattr(accordo, nome, campi[nome])
    accordo.full_clean()
    accordo.save()
    annota(utente, "accordo.bozza_modificata", accordo, impronta=impronta(accordo.testo.encode()))
    return accordo


@transaction.atomic
def congela_testo(*, utente: Utente, accordo: Accordo) -> VersioneTesto:
    """Freeze the text as a PDF with its empty signature fields and invite the signatories.

    Placeholders that wait in the draft are filled here; refuses one without a value,
    an empty text, and with a private party a missing determination
    (L. 241/1990 art. 11 c. 4-bis; R04). Each freezing is a new version (R05).
    """
    accordo = blocca(utente, accordo)
    parti = list(parti_che_firmano(accordo))
    _esigi_pronto(accordo, solo_amministrazioni(accordo))
    corpo = testo_compilato(accordo)
    if mancano := vuoti(corpo):
        raise Rifiuto(
            _("Nel testo restano segnaposto senza un valore: %s. Registra quei dati, o scrivi al loro posto.")
            % elenca(mancano)
        )
    ora = adesso()
    numero = accordo.versioni.count() + 1
    pdf = compone(da_stampare(accordo, parti, numero=numero, corpo=corpo), quando=ora)
    versione = VersioneTesto(accordo=accordo, numero=numero, testo=corpo, impronta=impronta(pdf), congelata_il=ora)
    versione.pdf.save(f"{accordo.codice}-{secrets.token_urlsafe(9)}.pdf", ContentFile(pdf), save=False)
    versione.full_clean()
    versione.save()
    passa(utente, accordo, StatoAccordo.IN_FIRMA, "accordo.in_firma", versione=numero, impronta=versione.impronta)
    invita_alla_firma(accordo, versione)
    informa_di_modifica(accordo, versione)
    return versione


@transaction.atomic
def ritira_testo(*, utente: Utente, accordo: Accordo, motivo: str) -> Accordo:
    """Take a text back to correct it, out for signature or refused; signatures given stay as evidence of it (R05)."""
    accordo = blocca(utente, accordo)
    esigi_motivo(motivo)
    libera(accordo)
    versione = accordo.versioni.last()
    passa(utente, accordo, StatoAccordo.BOZZA, "accordo.ritirato", motivo=motivo, versione=versione.numero)
    avvisa_ritiro(accordo, versione, motivo)
    return accordo


def _esigi_pronto(accordo: Accordo, solo_pubbliche: bool) -> None:
    if not accordo.testo.strip():
        raise Rifiuto(_("Il testo è vuoto: scrivilo prima di mandarlo in firma."))
    if accordo.stato != StatoAccordo.BOZZA or solo_pubbliche:
        return  # the table refuses another state; among administrations no determination is due
    if not (accordo.determina_numero and accordo.determina_data):
        raise Rifiuto(
            _(
                "Con una parte privata serve prima la determinazione (art. 11 c. 4-bis L. 241/1990): "
                "indica numero e data, poi manda in firma."
            )
        )
    if accordo.determina_data > oggi():
        raise Rifiuto(_("La determinazione ha una data futura: correggila prima di mandare in firma."))
