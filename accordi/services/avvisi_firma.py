"""Mails about signing: invitation, reminder, someone signed, all signed, refused, withdrawn, void, suspended."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accordi.models import Accordo, Firma, Parte, RifiutoFirma, VersioneTesto
from accordi.queries.accordi import firmatari_di
from accordi.services.messaggi import interessati as _interessati
from accordi.services.messaggi import invia as _invia
from core.models import Messaggio
from core.orologio import adesso, oggi
from utenti.models import Ruolo, Utente


def invita_alla_firma(accordo: Accordo, versione: VersioneTesto) -> None:
    """One mail to each person who may sign for a party on turn, with the link to this version; never twice."""
    for parte in accordo.parti.di_turno().select_related("soggetto"):
        for persona in firmatari_di(parte):
            _invia(
                f"invito-firma-{accordo.codice}-{versione.numero}-{parte.pk}-{persona.pk}",
                persona.email,
                _("Da firmare: %s") % accordo.titolo,
                "invito_alla_firma",
                accordo,
                parte=parte,
                indirizzo=settings.INDIRIZZO_PUBBLICO + indirizzo_firma(accordo, persona, parte.pk, versione.numero),
            )


def avvisa_firma(accordo: Accordo, firma: Firma) -> None:
    """Tell those of the same stage who still have to sign that the document has a new signature."""
    insieme = accordo.parti.di_turno().filter(stadio=firma.parte.stadio)
    for parte in insieme.select_related("soggetto"):
        for persona in firmatari_di(parte):
            _invia(
                f"firmato-{firma.pk}-{parte.pk}-{persona.pk}",
                persona.email,
                _("Un'altra parte ha firmato: %s") % accordo.titolo,
                "firma_apposta",
                accordo,
                firma=firma,
                parte=parte,
                indirizzo=settings.INDIRIZZO_PUBBLICO
                + indirizzo_firma(accordo, persona, parte.pk, firma.versione.numero),
            )


def avvisa_sollecito(parte: Parte, entro: date | None = None) -> int:
    """Remind whoever may sign today for a party on turn, each person once a day; how many mails. `entro`: the term."""
    accordo, versione = parte.accordo, parte.accordo.versioni.last()
    prima = _solleciti(parte, versione).count()
    for persona in firmatari_di(parte):
        _invia(
            f"{_chiave_sollecito(parte, versione)}{persona.pk}-{oggi().isoformat()}",
            persona.email,
            _("Manca la tua firma: %s") % accordo.titolo,
            "sollecito_firma",
            accordo,
            parte=parte,
            entro=entro,
            indirizzo=settings.INDIRIZZO_PUBBLICO + indirizzo_firma(accordo, persona, parte.pk, versione.numero),
        )
    return _solleciti(parte, versione).count() - prima


def ultimo_sollecito(parte: Parte) -> datetime | None:
    """When a reminder for this party's signature on the current text was last queued."""
    ultimo = _solleciti(parte, parte.accordo.versioni.last()).order_by("-creato").first()
    return ultimo.creato if ultimo else None


def _solleciti(parte: Parte, versione: VersioneTesto) -> QuerySet[Messaggio]:
    return Messaggio.objects.filter(chiave__startswith=_chiave_sollecito(parte, versione))


def _chiave_sollecito(parte: Parte, versione: VersioneTesto) -> str:
    return f"sollecito-firma-{versione.pk}-{parte.pk}-"


def avvisa_rifiuto(rifiuto: RifiutoFirma) -> None:
    """Tell everyone, and the coordinators, that a party won't sign, and why."""
    accordo = rifiuto.parte.accordo
    for email in dict.fromkeys([*_coordinatori(), *_interessati(accordo)]):
        _invia(
            f"rifiuto-{rifiuto.pk}-{email}",
            email,
            _("Firma rifiutata: %s") % accordo.titolo,
            "firma_rifiutata",
            accordo,
            rifiuto=rifiuto,
        )


def avvisa_annullamento(accordo: Accordo, motivo: str) -> None:
    """Tell whoever could sign that the agreement is given up, and why."""
    for email in _interessati(accordo):
        _invia(
            f"annullato-{accordo.codice}-{email}",
            email,
            _("Accordo annullato: %s") % accordo.titolo,
            "accordo_annullato",
            accordo,
            motivo=motivo,
        )


def avvisa_sottoscritto(accordo: Accordo) -> None:
    """Tell every signatory and every party's mailbox that all have signed."""
    for email in _interessati(accordo):
        _invia(
            f"sottoscritto-{accordo.codice}-{email}",
            email,
            _("Firmato da tutti: %s") % accordo.titolo,
            "accordo_sottoscritto",
            accordo,
            indirizzo=settings.INDIRIZZO_PUBBLICO + accordo.get_absolute_url(),
            verifica=settings.INDIRIZZO_PUBBLICO + reverse("accordi:verifica_codice", args=[accordo.codice_verifica]),
        )


def avvisa_ritiro(accordo: Accordo, versione: VersioneTesto, motivo: str) -> None:
    """Tell whoever could sign that this text is withdrawn, and why."""
    for email in _interessati(accordo):
        _invia(
            f"ritiro-{accordo.codice}-{versione.numero}-{email}",
            email,
            _("Testo ritirato: %s") % accordo.titolo,
            "testo_ritirato",
            accordo,
            motivo=motivo,
        )


def avvisa_sospensione(accordo: Accordo, motivo: str) -> None:
    """Tell the coordinators and the parties, at each suspension."""
    evento = f"{accordo.codice}-{adesso():%Y%m%d%H%M%S%f}"
    for email in dict.fromkeys([*_coordinatori(), *_interessati(accordo)]):
        _invia(
            f"sospensione-{evento}-{email}",
            email,
            _("Accordo sospeso: %s") % accordo.titolo,
            "accordo_sospeso",
            accordo,
            motivo=motivo,
        )


def indirizzo_firma(accordo: Accordo, persona: Utente, parte_pk: int, versione: int) -> str:
    """Where that person signs: the office in the back office, partners on the public site."""
    if persona.e_provincia:
        return reverse("accordi_gestione:firma", args=[parte_pk])
    return reverse("accordi:firma", args=[accordo.codice, versione])


def _coordinatori() -> Iterable[str]:
    return Utente.objects.filter(is_active=True, ruolo=Ruolo.COORDINATORE).values_list("email", flat=True)
