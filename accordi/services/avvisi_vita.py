"""Mails of an agreement's life: what ends and when, a suspension over, an end, a withdrawal, an amendment (R13)."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from accordi.models import Accordo, Impegno, Recesso, VersioneTesto
from accordi.services.messaggi import indirizzi_di, interessati, invia, ufficio
from core.orologio import adesso, oggi


def _pagina(accordo: Accordo) -> str:
    return settings.INDIRIZZO_PUBBLICO + accordo.get_absolute_url()


def _a_tutti(accordo: Accordo, chiave: str, oggetto: str, modello: str, **dati: object) -> int:
    """To the parties and the office, each once; how many mails."""
    indirizzi = dict.fromkeys([*ufficio(accordo), *interessati(accordo)])
    for email in indirizzi:
        invia(f"{chiave}-{email}", email, oggetto, modello, accordo, indirizzo=_pagina(accordo), **dati)
    return len(indirizzi)


def avvisa_ripresa(accordo: Accordo, motivo: str) -> None:
    """Tell the parties and the office that a suspension ended, each time."""
    chiave = f"ripresa-{accordo.codice}-{adesso():%Y%m%d%H%M%S%f}"
    _a_tutti(accordo, chiave, _("Accordo di nuovo attivo: %s") % accordo.titolo, "accordo_ripreso", motivo=motivo)


def avvisa_fine(accordo: Accordo, motivo: str) -> None:
    """Tell the parties and the office that the agreement ended before its expiry, and why."""
    oggetto = _("Accordo concluso: %s") % accordo.titolo
    _a_tutti(accordo, f"fine-{accordo.codice}", oggetto, "accordo_concluso", motivo=motivo)


def avvisa_recesso(accordo: Accordo, recesso: Recesso, *, finisce: bool) -> None:
    """Tell everyone that a party leaves, from when, and whether the agreement goes on among the others."""
    oggetto = _("Recesso di %(parte)s: %(titolo)s") % {"parte": recesso.parte, "titolo": accordo.titolo}
    _a_tutti(accordo, f"recesso-{recesso.pk}", oggetto, "recesso_di_una_parte", recesso=recesso, finisce=finisce)


def avvisa_impegno_respinto(impegno: Impegno, motivo: str) -> None:
    """Tell who owes it that the office didn't confirm, and why, each time."""
    accordo = impegno.accordo
    parti = accordo.parti.vincolate().select_related("soggetto")
    for parte in parti.filter(pk=impegno.parte_id) if impegno.parte_id else parti:
        for email in indirizzi_di(parte):
            invia(
                f"impegno-{impegno.pk}-{adesso():%Y%m%d%H%M%S%f}-{email}",
                email,
                _("Impegno da rivedere: %s") % accordo.titolo,
                "impegno_respinto",
                accordo,
                impegno=impegno,
                motivo=motivo,
                indirizzo=_pagina(accordo),
            )


def informa_di_modifica(accordo: Accordo, versione: VersioneTesto) -> None:
    """Tell the parties that needn't sign an amendment that it went out, and why they aren't asked (R12)."""
    for parte in accordo.parti.filter(firma_la_modifica=False).select_related("soggetto"):
        for email in indirizzi_di(parte):
            invia(
                f"modifica-{accordo.codice}-{versione.numero}-{parte.pk}-{email}",
                email,
                _("Una modifica che non devi firmare: %s") % accordo.titolo,
                "modifica_da_sapere",
                accordo,
                parte=parte,
                indirizzo=_pagina(accordo),
            )


def avvisa_in_scadenza() -> int:
    """Periodic work: tell parties and office that an expiry, or the last day for notice, comes near; how many mails.

    Days before are settings.GIORNI_AVVISO_ACCORDI; each once, whatever times it runs. Where the work stood still
    and several have passed, only the nearest leaves.
    """
    quanti = 0
    for accordo in Accordo.objects.che_vivono().in_vigore().select_related("responsabile", "istanza__responsabile"):
        for genere, giorno in (("scadenza", accordo.scade_il), ("disdetta", accordo.ultimo_giorno_disdetta)):
            if giorno and (soglia := _soglia(giorno)) is not None:
                quanti += _avvisa_termine(accordo, genere, giorno, soglia)
    return quanti


def _soglia(giorno: date) -> int | None:
    """The smallest number of days before that has been reached; None when far, or past."""
    mancano = (giorno - oggi()).days
    return min((n for n in settings.GIORNI_AVVISO_ACCORDI if 0 <= mancano <= n), default=None)


def _avvisa_termine(accordo: Accordo, genere: str, giorno: date, soglia: int) -> int:
    oggetto = {
        "scadenza": _("Scade il %(giorno)s: %(titolo)s"),
        "disdetta": _("Ultimo giorno per la disdetta, %(giorno)s: %(titolo)s"),
    }[genere] % {"giorno": f"{giorno:%d/%m/%Y}", "titolo": accordo.titolo}
    chiave = f"{genere}-{accordo.codice}-{giorno:%Y%m%d}-{soglia}"
    return _a_tutti(accordo, chiave, oggetto, f"accordo_{genere}", giorno=giorno)
