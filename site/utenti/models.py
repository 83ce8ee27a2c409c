"""The person who signs in: an e-mail address and one role."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.validators import valida_codice_fiscale_persona


class Ruolo(models.TextChoices):
    """What a person does here. The anonymous citizen has no account."""

    PARTNER = "partner", _("Partner")
    OPERATORE_CPI = "operatore_cpi", _("Operatore CPI")
    COORDINATORE = "coordinatore", _("Coordinatore")
    DIRIGENTE = "dirigente", _("Dirigente")
    REDATTORE = "redattore", _("Redattore")
    AMMINISTRATORE = "amministratore", _("Amministratore")
    REVISORE = "revisore", _("Revisore")


class UtenteManager(BaseUserManager["Utente"]):
    def create_user(self, email: str, password: str | None = None, **campi: Any) -> "Utente":
        utente = self.model(email=self.normalize_email(email).lower(), **campi)
        utente.set_password(password)
        utente.full_clean(exclude=["password"])
        utente.save()
        return utente

    def create_superuser(self, email: str, password: str | None = None, **campi: Any) -> "Utente":
        return self.create_user(
            email, password, **{"is_superuser": True, "is_staff": True, "ruolo": Ruolo.AMMINISTRATORE} | campi
        )


class Utente(AbstractUser):
    username = None
    email = models.EmailField(_("email"), unique=True)
    first_name = models.CharField(_("nome"), max_length=80)
    last_name = models.CharField(_("cognome"), max_length=80)
    ruolo = models.CharField(_("ruolo"), max_length=20, choices=Ruolo.choices, default=Ruolo.PARTNER)
    codice_fiscale = models.CharField(
        _("codice fiscale"),
        max_length=16,
        blank=True,
        validators=[valida_codice_fiscale_persona],
        help_text=_("Chi entra con SPID o CIE è riconosciuto dal codice fiscale."),
    )
    dimostrativo = models.BooleanField(_("utente dimostrativo"), default=False, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["first_name", "last_name"]
    objects = UtenteManager()

    class Meta:
        verbose_name = _("utente")
        verbose_name_plural = _("utenti")
        ordering: ClassVar = ["last_name", "first_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["codice_fiscale"],
                condition=~models.Q(codice_fiscale=""),
                name="utente_un_account_per_codice_fiscale",
                violation_error_message=_("C'è già un account con questo codice fiscale: cercalo nell'elenco."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def e_provincia(self) -> bool:
        """Works for the Province (everyone but partners): second factor compulsory, back office open."""
        return self.ruolo != Ruolo.PARTNER
