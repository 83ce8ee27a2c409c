"""Audit trail (hash-chained, append-only), transactional outbox, installation record."""

import re
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.orologio import adesso

# An address that ends with the 43 characters of secrets.token_urlsafe(): who holds it needs no account.
COLLEGAMENTO_PERSONALE = re.compile(r"(https?://\S*/)[\w-]{43}(?![\w-])", re.ASCII)


class SolaAggiuntaQuerySet(models.QuerySet):
    """Rows that can be added and read, never changed or removed."""

    def update(self, **kwargs: object) -> int:
        raise ImproperlyConfigured("Registro in sola aggiunta: nessuna modifica.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ImproperlyConfigured("Registro in sola aggiunta: nessuna cancellazione.")


class SolaAggiunta(models.Model):
    """Base of evidence tables; PostgreSQL refuses changes by trigger as well."""

    objects = SolaAggiuntaQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise ImproperlyConfigured("Registro in sola aggiunta: nessuna modifica.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise ImproperlyConfigured("Registro in sola aggiunta: nessuna cancellazione.")


class RigaRegistro(SolaAggiunta):
    """One line of the audit trail: who did what to which object, and the previous line's hash."""

    numero = models.PositiveBigIntegerField(_("numero"), unique=True)
    quando = models.DateTimeField(_("quando"))
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("utente")
    )
    azione = models.CharField(_("azione"), max_length=80)
    oggetto_tipo = models.CharField(_("tipo di oggetto"), max_length=80)
    oggetto_id = models.CharField(_("identificativo"), max_length=64)
    oggetto_nome = models.CharField(_("oggetto"), max_length=255)
    dati = models.JSONField(_("dati"), default=dict)
    precedente = models.CharField(max_length=64)
    impronta = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("riga del registro")
        verbose_name_plural = _("registro delle operazioni")
        ordering: ClassVar = ["numero"]
        indexes: ClassVar = [models.Index(fields=["oggetto_tipo", "oggetto_id"], name="registro_per_oggetto")]

    def __str__(self) -> str:
        return f"{self.numero} {self.azione}"


class TestaRegistro(models.Model):
    """The single row that holds the chain's head; locking it orders the writers."""

    numero = models.PositiveBigIntegerField(default=0)
    impronta = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("testa del registro")
        verbose_name_plural = _("testa del registro")

    def __str__(self) -> str:
        return str(self.numero)


class Messaggio(models.Model):
    """A mail of the outbox: written in the transaction of the change that causes it."""

    class Stato(models.TextChoices):
        IN_CODA = "in_coda", _("In coda")
        INVIATO = "inviato", _("Inviato")
        ABBANDONATO = "abbandonato", _("Non consegnato: tentativi finiti")

    chiave = models.CharField(
        max_length=120, unique=True, help_text=_("Stessa chiave, stesso messaggio: una seconda richiesta non fa nulla.")
    )
    destinatario = models.EmailField(_("destinatario"))
    oggetto = models.CharField(_("oggetto"), max_length=255)
    testo = models.TextField(_("testo"), blank=True)
    allegato = models.TextField(_("calendario allegato"), blank=True)
    metodo = models.CharField(max_length=20, blank=True, help_text=_("METHOD del calendario allegato"))
    rispondi_a = models.EmailField(blank=True)
    riservato = models.BooleanField(default=False, help_text=_("Contiene un codice: il testo sparisce dopo l'invio."))
    stato = models.CharField(_("stato"), max_length=12, choices=Stato.choices, default=Stato.IN_CODA)
    creato = models.DateTimeField(_("creato"), default=adesso)
    tentativi = models.PositiveSmallIntegerField(_("tentativi"), default=0)
    prossimo = models.DateTimeField(_("prossimo tentativo"), default=adesso)
    inviato = models.DateTimeField(_("inviato"), null=True, blank=True)
    errore = models.CharField(_("ultimo errore"), max_length=255, blank=True)
    riferimento = models.CharField(max_length=80, blank=True, db_index=True)

    class Meta:
        verbose_name = _("messaggio in uscita")
        verbose_name_plural = _("posta in uscita")
        ordering: ClassVar = ["-creato", "-pk"]
        indexes: ClassVar = [models.Index(fields=["stato", "prossimo"], name="posta_da_inviare")]

    def __str__(self) -> str:
        return f"{self.destinatario}: {self.oggetto}"

    def get_testo_display(self) -> str:
        """The text as the office reads it: whoever held a personal link would act in the recipient's place."""
        return COLLEGAMENTO_PERSONALE.sub(r"\1…", self.testo)


class Installazione(models.Model):
    """Whose installation this is: shown in header and footer of every page."""

    ente = models.CharField(_("ente"), max_length=120, default="Provincia")
    struttura = models.CharField(_("struttura"), max_length=120, default="Settore lavoro e formazione")
    email = models.EmailField(_("email"), blank=True)
    pec = models.EmailField(_("PEC"), blank=True)
    telefono = models.CharField(_("telefono"), max_length=40, blank=True)
    indirizzo = models.CharField(_("indirizzo"), max_length=200, blank=True)
    dati_dimostrativi = models.BooleanField(_("dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("installazione")
        verbose_name_plural = _("installazione")

    def __str__(self) -> str:
        return self.ente

    @classmethod
    def corrente(cls) -> "Installazione":
        """The only row, made with defaults when it is missing."""
        return cls.objects.first() or cls.objects.create()
