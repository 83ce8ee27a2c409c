"""Reti of every kind and the seats in them."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.archivio import archivio_privato
from reti.models.soggetti import Soggetto, vigente
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class ReteQuerySet(models.QuerySet["Rete"]):
    def visibili_a(self, utente: Any) -> "ReteQuerySet":
        """Staff see all; a partner sees the reti in which a body of theirs holds, or held, a seat."""
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self
        return self.filter(adesioni__soggetto__in=Soggetto.objects.rappresentati_da(utente)).distinct()

    def della_provincia(self) -> "ReteQuerySet":
        """Convened by the Province."""
        return self.filter(convocante__titolare_piattaforma=True)

    def di_altri(self) -> "ReteQuerySet":
        """Convened by another subject: its meetings make D1."""
        return self.filter(convocante__titolare_piattaforma=False)


class Rete(models.Model):
    """A standing board or network: "tavolo" in the office's daily words."""

    class Tipo(models.TextChoices):
        TAVOLO = "tavolo", _("Tavolo")
        OSSERVATORIO = "osservatorio", _("Osservatorio")
        COMITATO_TECNICO = "comitato_tecnico", _("Comitato tecnico")
        GRUPPO_DI_LAVORO = "gruppo_di_lavoro", _("Gruppo di lavoro")
        CABINA_DI_REGIA = "cabina_di_regia", _("Cabina di regia")
        RETE = "rete", _("Rete")

    class Tema(models.TextChoices):
        """What it is about: indicators count by kind and subject."""

        MERCATO_LAVORO = "mercato_lavoro", _("Mercato del lavoro")
        OPERATORI = "operatori", _("Operatori accreditati")
        DISABILITA = "disabilita", _("Inserimento lavorativo delle persone con disabilità")
        PUNTI_INFORMATIVI = "punti_informativi", _("Punti informativi")
        FRAGILITA = "fragilita", _("Inclusione e fragilità")
        ALTRO = "altro", _("Altro")

    class ModoQuorum(models.TextChoices):
        """What is compared with `quorum`; seats that don't vote never count."""

        SEGGI = "seggi", _("i seggi presenti")
        PERCENTO = "percento", _("la percentuale dei seggi")
        PESO = "peso", _("la percentuale del peso dei seggi")

    class Approvazione(models.TextChoices):
        SILENZIO = "silenzio", _("se nessuno osserva entro il termine")
        SEDUTA = "seduta", _("nell'incontro successivo")

    slug = models.SlugField(_("indirizzo web"), max_length=120, unique=True)
    nome = models.CharField(_("nome"), max_length=200)
    tipo = models.CharField(_("tipo"), max_length=20, choices=Tipo.choices, default=Tipo.TAVOLO)
    tema = models.CharField(_("tema"), max_length=20, choices=Tema.choices, default=Tema.ALTRO)
    convocante = models.ForeignKey(
        Soggetto, models.PROTECT, related_name="reti_convocate", verbose_name=_("convocata da")
    )
    descrizione = models.TextField(_("descrizione"), blank=True)
    atto = models.CharField(_("atto costitutivo"), max_length=200, blank=True)
    atto_data = models.DateField(_("data dell'atto"), null=True, blank=True)
    atto_documento = models.FileField(
        _("documento dell'atto"), storage=archivio_privato, upload_to="tavoli/atti", blank=True
    )
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True, help_text=_("Vuoto: nessun quorum."))
    quorum_modo = models.CharField(
        _("il quorum conta"), max_length=8, choices=ModoQuorum.choices, default=ModoQuorum.SEGGI
    )
    composizione = models.JSONField(
        _("regola di composizione"),
        default=list,
        blank=True,
        help_text=_("Chi deve sedere: per il comitato tecnico i tre generi di membro della L. 68/1999 art. 8."),
    )
    preavviso_giorni = models.PositiveSmallIntegerField(
        _("giorni di preavviso"), null=True, blank=True, help_text=_("Vuoto: quelli d'uso dell'ente.")
    )
    osservazioni_giorni = models.PositiveSmallIntegerField(
        _("giorni per osservare il verbale"), null=True, blank=True, help_text=_("Vuoto: quelli d'uso dell'ente.")
    )
    approvazione = models.CharField(
        _("il verbale si approva"), max_length=8, choices=Approvazione.choices, default=Approvazione.SILENZIO
    )
    pubblica = models.BooleanField(_("visibile sul sito"), default=True)
    dal = models.DateField(_("attiva dal"))
    al = models.DateField(_("attiva fino al"), null=True, blank=True)

    objects = ReteQuerySet.as_manager()

    class Meta:
        verbose_name = _("tavolo o rete")
        verbose_name_plural = _("tavoli e reti")
        ordering: ClassVar = ["nome"]

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        return reverse("tavoli:rete", args=[self.slug])

    def clean(self) -> None:
        if self.dal and self.al and self.al < self.dal:
            raise ValidationError({"al": _("La fine viene prima dell'inizio.")})
        if self.quorum == 0:
            raise ValidationError({"quorum": _("Un quorum è almeno 1; lascia vuoto se non serve quorum.")})
        if self.quorum and self.quorum > 100 and self.quorum_modo != self.ModoQuorum.SEGGI:
            raise ValidationError({"quorum": _("Una percentuale va da 1 a 100.")})

    @property
    def di_altri(self) -> bool:
        """Convened by a subject that isn't the Province."""
        return not self.convocante.titolare_piattaforma


class AdesioneQuerySet(models.QuerySet):
    """Of seats and of substitutes: both hold from a day to another."""

    def vigenti(self, al: date | None = None) -> "AdesioneQuerySet":
        return self.filter(vigente("", al))


class Adesione(models.Model):
    """A seat that a body holds in a rete, for a time."""

    class Ruolo(models.TextChoices):
        PROMOTORE = "promotore", _("Promotore o capofila")
        PRIMO_FIRMATARIO = "primo_firmatario", _("Primo firmatario")
        ADERENTE = "aderente", _("Aderente")
        INVITATO = "invitato", _("Invitato")
        OSSERVATORE = "osservatore", _("Osservatore")

    class Qualifica(models.TextChoices):
        """Kinds of member of the technical committee (L. 68/1999 art. 8 c. 1-bis)."""

        FUNZIONARIO = "funzionario", _("Funzionario del servizio")
        SOCIALE = "sociale", _("Esperto del settore sociale")
        MEDICO_LEGALE = "medico_legale", _("Esperto del settore medico-legale")

    rete = models.ForeignKey(Rete, models.CASCADE, related_name="adesioni", verbose_name=_("tavolo"))
    soggetto = models.ForeignKey(Soggetto, models.PROTECT, related_name="adesioni", verbose_name=_("soggetto"))
    ruolo = models.CharField(_("ruolo"), max_length=20, choices=Ruolo.choices, default=Ruolo.ADERENTE)
    qualifica = models.CharField(_("qualifica"), max_length=20, choices=Qualifica.choices, blank=True)
    titolare = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="seggi",
        verbose_name=_("titolare"),
    )
    titolare_nome = models.CharField(_("nome del titolare"), max_length=160, blank=True)
    titolare_email = models.EmailField(_("email del titolare"), blank=True)
    peso = models.PositiveSmallIntegerField(_("peso nel quorum"), default=1)
    rappresenta = models.ManyToManyField(
        Soggetto,
        related_name="seggi_che_lo_rappresentano",
        blank=True,
        verbose_name=_("rappresenta anche"),
        help_text=_("Per esempio il comune capofila per quelli del suo ambito."),
    )
    nomina = models.CharField(_("atto di nomina"), max_length=200, blank=True)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)

    objects = AdesioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("seggio")
        verbose_name_plural = _("seggi")
        ordering: ClassVar = ["soggetto__denominazione", "qualifica"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rete", "soggetto", "qualifica", "dal"], name="seggio_uno_per_periodo"),
            models.CheckConstraint(
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")), name="seggio_finisce_dopo_l_inizio"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soggetto} in {self.rete}"

    @property
    def vota(self) -> bool:
        """Guests and observers sit without counting for the quorum."""
        return self.ruolo not in (self.Ruolo.INVITATO, self.Ruolo.OSSERVATORE)

    @property
    def indirizzo_email(self) -> str:
        """Where invitations go: the holder's address, else the body's."""
        return self.titolare_email or (self.titolare.email if self.titolare else "") or self.soggetto.email


class Sostituto(models.Model):
    """Who may sit in the holder's place, for a time."""

    adesione = models.ForeignKey(Adesione, models.CASCADE, related_name="sostituti", verbose_name=_("seggio"))
    nome = models.CharField(_("nome e cognome"), max_length=160)
    email = models.EmailField(_("email"), blank=True)
    nomina = models.CharField(_("atto di nomina"), max_length=200, blank=True)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)

    objects = AdesioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("sostituto")
        verbose_name_plural = _("sostituti")
        ordering: ClassVar = ["nome"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adesione", "nome", "dal"], name="sostituto_uno_per_periodo"),
            models.CheckConstraint(
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")), name="sostituto_finisce_dopo_l_inizio"
            ),
        ]

    def __str__(self) -> str:
        return self.nome
