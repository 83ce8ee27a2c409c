"""Meetings, their agenda, the convocation of each seat and its answer."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as traduci
from django.utils.translation import gettext_lazy as _

from core.archivio import archivio_privato
from core.giorni import nei_giorni
from core.orologio import adesso
from reti.models.reti import Adesione, Rete
from reti.models.soggetti import Rappresentanza, Soggetto
from reti.stati import INCONTRI_TENUTI, StatoIncontro
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


def recapito_opaco() -> str:
    """Local part of a mail address that can't be guessed: lower case, because servers fold it."""
    return secrets.token_hex(16)


def codice_opaco() -> str:
    """Public address of a record: 12 URL-safe characters that can't be guessed or counted."""
    return secrets.token_urlsafe(9)


def nomi_dei_tavoli(prima: Rete, altre: Iterable[Rete]) -> str:
    """«Tavolo lavoro, Tavolo casa e Tavolo scuola»."""
    return get_text_list([prima.nome, *(rete.nome for rete in altre)], traduci("e"))


class IncontroQuerySet(models.QuerySet["Incontro"]):
    def visibili_a(self, utente: Any) -> "IncontroQuerySet":
        """Staff see all; a partner sees the meetings to which a body of theirs was invited."""
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self
        return self.filter(convocazioni__in=Convocazione.objects.visibili_a(utente)).distinct()

    def del_tavolo(self, rete: Rete | int) -> "IncontroQuerySet":
        """Convened by that board (or its primary key), alone or with others, or joined to another's."""
        propri = Incontro.objects.filter(rete=rete).order_by().values("pk")
        # A union and not an "or", so that each half is found by its own index.
        return self.filter(
            pk__in=propri.union(Incontro.altre_reti.through.objects.filter(rete=rete).values("incontro"))
        )

    def nei_giorni(self, dal: date | None = None, al: date | None = None) -> "IncontroQuerySet":
        """With their local start date in the closed interval."""
        return self.filter(nei_giorni("inizio", dal, al))

    def tenuti(self, dal: date | None = None, al: date | None = None) -> "IncontroQuerySet":
        """Held (svolti or verbalizzati), with their local start date in the closed interval."""
        return self.filter(stato__in=INCONTRI_TENUTI).nei_giorni(dal, al)


class Incontro(models.Model):
    """A meeting of a rete. `sequenza` rises with every change sent to calendars (RFC 5546)."""

    class Modalita(models.TextChoices):
        PRESENZA = "presenza", _("In presenza")
        REMOTO = "remoto", _("Da remoto")
        IBRIDA = "ibrida", _("In presenza e da remoto")

    codice = models.CharField(max_length=16, unique=True, default=codice_opaco, editable=False)
    rete = models.ForeignKey(Rete, models.PROTECT, related_name="incontri", verbose_name=_("tavolo"))
    altre_reti = models.ManyToManyField(
        Rete, related_name="incontri_congiunti", blank=True, verbose_name=_("congiunto con")
    )
    serie = models.CharField(max_length=16, blank=True, db_index=True, editable=False)
    uid_esterno = models.CharField(
        max_length=255, blank=True, editable=False, help_text=_("UID dato da chi convoca, per gli incontri di altri")
    )
    titolo = models.CharField(_("titolo"), max_length=200)
    inizio = models.DateTimeField(_("inizio"))
    fine = models.DateTimeField(_("fine"))
    modalita = models.CharField(_("modalità"), max_length=10, choices=Modalita.choices, default=Modalita.PRESENZA)
    luogo = models.CharField(_("luogo"), max_length=200, blank=True)
    collegamento = models.URLField(_("collegamento per il remoto"), blank=True)
    stato = models.CharField(_("stato"), max_length=12, choices=StatoIncontro.choices, default=StatoIncontro.BOZZA)
    sequenza = models.PositiveIntegerField(default=0, editable=False)
    aggiornato = models.DateTimeField(default=adesso, editable=False)
    gettone_ingresso = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    invito_ricevuto = models.FileField(
        _("invito ricevuto"), storage=archivio_privato, upload_to="tavoli/inviti", blank=True
    )
    motivo = models.CharField(_("motivo di rinvio o annullamento"), max_length=255, blank=True)
    solo_invitati = models.BooleanField(
        default=False, editable=False, help_text=_("Invitati scelti uno per uno: non tutti i seggi del tavolo.")
    )
    creato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("creato da")
    )

    objects = IncontroQuerySet.as_manager()

    class Meta:
        verbose_name = _("incontro")
        verbose_name_plural = _("incontri")
        ordering: ClassVar = ["-inizio"]
        indexes: ClassVar = [
            models.Index(fields=["stato", "inizio"], name="incontri_per_stato_e_data"),
            models.Index(fields=["inizio"], name="incontri_per_data"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(fine__gt=F("inizio")), name="incontro_finisce_dopo_l_inizio"),
            models.UniqueConstraint(
                fields=["uid_esterno"], condition=~Q(uid_esterno=""), name="invito_di_altri_registrato_una_volta"
            ),
        ]

    def __str__(self) -> str:
        return self.titolo

    def get_absolute_url(self) -> str:
        return reverse("tavoli:incontro", args=[self.codice])

    @property
    def uid(self) -> str:
        """Stable iCalendar UID."""
        return f"{self.codice}@raccordo"

    @property
    def tavoli(self) -> str:
        """Names of the boards that meet, the one that convenes first. Reads `altre_reti`, prefetched or not."""
        return nomi_dei_tavoli(self.rete, self.altre_reti.all())

    @property
    def ordine_del_giorno(self) -> str:
        """The agenda as numbered lines; empty without items. Reads `punti`, prefetched or not."""
        return "\n".join(f"{n}. {punto.titolo}" for n, punto in enumerate(self.punti.all(), 1))


class PuntoOdg(models.Model):
    """An item of the agenda: when it was discussed, how it ended."""

    class Esito(models.TextChoices):
        TRATTATO = "trattato", _("Trattato")
        APPROVATO = "approvato", _("Approvato")
        RESPINTO = "respinto", _("Respinto")
        RINVIATO = "rinviato", _("Rinviato")
        RITIRATO = "ritirato", _("Ritirato")

    incontro = models.ForeignKey(Incontro, models.CASCADE, related_name="punti", verbose_name=_("incontro"))
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=0)
    titolo = models.CharField(_("punto"), max_length=300)
    esito = models.CharField(_("esito"), max_length=10, choices=Esito.choices, blank=True)
    discussione = models.TextField(_("che cosa si è detto"), blank=True)
    dalle = models.TimeField(_("dalle"), null=True, blank=True)
    alle = models.TimeField(_("alle"), null=True, blank=True)
    decisione = models.ForeignKey(
        "reti.Decisione",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="riprese",
        verbose_name=_("riprende la decisione"),
    )

    class Meta:
        verbose_name = _("punto all'ordine del giorno")
        verbose_name_plural = _("punti all'ordine del giorno")
        ordering: ClassVar = ["ordine", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(dalle__isnull=True) | Q(alle__isnull=True) | Q(alle__gte=F("dalle")),
                name="punto_odg_finisce_dopo_l_inizio",
            )
        ]

    def __str__(self) -> str:
        return self.titolo


class ConvocazioneQuerySet(models.QuerySet["Convocazione"]):
    def visibili_a(self, utente: Any) -> "ConvocazioneQuerySet":
        """Staff see all; a partner sees those of the bodies they represent today."""
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self
        return self.filter(adesione__soggetto__in=Soggetto.objects.rappresentati_da(utente))

    def rispondibili_da(self, utente: Any) -> "ConvocazioneQuerySet":
        """Those that `utente` has, today, the power to answer."""
        poteri = Rappresentanza.objects.valide().filter(utente=utente, puo_rispondere=True)
        return self.filter(adesione__soggetto__in=poteri.values("soggetto"))

    def in_attesa(self) -> "ConvocazioneQuerySet":
        """Not answered yet, for a meeting still to come."""
        return self.filter(
            risposta=Convocazione.Risposta.ATTESA,
            incontro__stato=StatoIncontro.CONVOCATO,
            incontro__inizio__gt=adesso(),
        )


class Convocazione(models.Model):
    """The invitation of one seat to one meeting, and its answer."""

    class Risposta(models.TextChoices):
        ATTESA = "attesa", _("In attesa")
        SI = "si", _("Partecipa")
        NO = "no", _("Non partecipa")
        FORSE = "forse", _("Forse")
        DELEGA = "delega", _("Manda un delegato")

    class Via(models.TextChoices):
        COLLEGAMENTO = "collegamento", _("Collegamento nella mail")
        AREA = "area", _("Area riservata")
        CALENDARIO = "calendario", _("Programma di calendario")
        UFFICIO = "ufficio", _("Registrata dall'ufficio")

    incontro = models.ForeignKey(Incontro, models.CASCADE, related_name="convocazioni", verbose_name=_("incontro"))
    adesione = models.ForeignKey(Adesione, models.PROTECT, related_name="convocazioni", verbose_name=_("seggio"))
    email = models.EmailField(_("email"), blank=True)
    # Its address in the private area, where one signs in; the secret is only in the mail.
    codice = models.CharField(max_length=16, unique=True, default=codice_opaco, editable=False)
    gettone = models.CharField(max_length=43, unique=True, default=secrets.token_urlsafe, editable=False)
    risposta = models.CharField(_("risposta"), max_length=8, choices=Risposta.choices, default=Risposta.ATTESA)
    risposta_il = models.DateTimeField(_("risposta il"), null=True, blank=True)
    risposta_via = models.CharField(_("risposta da"), max_length=12, choices=Via.choices, blank=True)
    delegato = models.CharField(_("delegato"), max_length=160, blank=True)
    delegato_email = models.EmailField(_("email del delegato"), blank=True)
    recapito = models.CharField(max_length=32, unique=True, default=recapito_opaco, editable=False)

    objects = ConvocazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("convocazione")
        verbose_name_plural = _("convocazioni")
        ordering: ClassVar = ["adesione__soggetto__denominazione"]
        indexes: ClassVar = [models.Index(Lower("delegato_email"), name="convocazioni_per_delegato")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incontro", "adesione"], name="convocazione_una_per_seggio"),
            models.CheckConstraint(
                condition=~Q(risposta="delega") | ~Q(delegato=""), name="convocazione_delega_con_il_nome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adesione.soggetto}: {self.get_risposta_display()}"
