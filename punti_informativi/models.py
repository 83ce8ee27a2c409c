"""Information points with services, hours, exceptions and verifications."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from accordi.models import Istanza
from punti_informativi.stati import StatoPunto
from reti.models import Comune, Sede, Soggetto
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class Servizio(models.Model):
    """What a person can do at a point."""

    slug = models.SlugField(_("indirizzo web"), max_length=80, unique=True)
    nome = models.CharField(_("nome"), max_length=120)
    descrizione = models.CharField(_("in parole semplici"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("servizio")
        verbose_name_plural = _("servizi")
        ordering: ClassVar = ["nome"]

    def __str__(self) -> str:
        return self.nome


class Destinatari(models.Model):
    """A group of people that a point is fit for."""

    slug = models.SlugField(_("indirizzo web"), max_length=80, unique=True)
    nome = models.CharField(_("nome"), max_length=120)

    class Meta:
        verbose_name = _("gruppo di destinatari")
        verbose_name_plural = _("gruppi di destinatari")
        ordering: ClassVar = ["nome"]

    def __str__(self) -> str:
        return self.nome


class PuntoQuerySet(models.QuerySet["PuntoInformativo"]):
    def pubblici(self) -> "PuntoQuerySet":
        """What a citizen sees: active and published."""
        return self.filter(stato=StatoPunto.ATTIVO, live=True)

    def visibili_a(self, utente: Any) -> "PuntoQuerySet":
        """Staff see all; partners those that their bodies host."""
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self
        return self.filter(soggetto__in=Soggetto.objects.rappresentati_da(utente))


class PuntoInformativo(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model
):
    """A place where a citizen is told about work services, hosted by a soggetto."""

    class Accessibilita(models.TextChoices):
        COMPLETA = "completa", _("Accessibile in sedia a rotelle")
        PARZIALE = "parziale", _("Accessibile con aiuto")
        NO = "no", _("Non accessibile")
        NON_NOTA = "non_nota", _("Accessibilità non nota")

    slug = models.SlugField(_("indirizzo web"), max_length=120, unique=True)
    nome = models.CharField(_("nome"), max_length=160)
    soggetto = models.ForeignKey(Soggetto, models.PROTECT, related_name="punti", verbose_name=_("soggetto ospitante"))
    sede = models.ForeignKey(Sede, models.PROTECT, related_name="punti", verbose_name=_("sede"))
    stato = models.CharField(_("stato"), max_length=12, choices=StatoPunto.choices, default=StatoPunto.CANDIDATO)
    descrizione = models.TextField(_("che cosa puoi fare qui"), blank=True)
    cosa_portare = models.TextField(_("che cosa portare"), blank=True)
    comuni_serviti = models.ManyToManyField(Comune, blank=True, related_name="+", verbose_name=_("comuni serviti"))
    servizi = models.ManyToManyField(Servizio, related_name="punti", verbose_name=_("servizi"))
    destinatari = models.ManyToManyField(Destinatari, blank=True, related_name="punti", verbose_name=_("destinatari"))
    lingue = models.CharField(_("lingue parlate"), max_length=160, blank=True)
    accessibilita = models.CharField(
        _("accessibilità"), max_length=10, choices=Accessibilita.choices, default=Accessibilita.NON_NOTA
    )
    telefono = models.CharField(_("telefono"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True)
    sito_web = models.URLField(_("sito web"), blank=True)
    solo_appuntamento = models.BooleanField(_("solo su appuntamento"), default=False)
    cpi_riferimento = models.ForeignKey(
        Soggetto,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="punti_di_riferimento",
        limit_choices_to={"tipo": Soggetto.Tipo.CPI},
        verbose_name=_("centro per l'impiego di riferimento"),
    )
    istanza = models.ForeignKey(
        Istanza, models.PROTECT, null=True, blank=True, related_name="punti", verbose_name=_("istanza di origine")
    )
    attivo_dal = models.DateField(_("attivo dal"), null=True, blank=True)
    cessato_dal = models.DateField(_("cessato dal"), null=True, blank=True)
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="punto")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="punto",
        for_concrete_model=False,
    )

    objects = PuntoQuerySet.as_manager()
    search_fields: ClassVar = [
        index.SearchField("nome", boost=2),
        index.SearchField("descrizione"),
        index.AutocompleteField("nome"),
        index.FilterField("live"),
        index.FilterField("stato"),
        index.RelatedFields("servizi", [index.SearchField("nome")]),
    ]

    class Meta:
        verbose_name = _("punto informativo")
        verbose_name_plural = _("punti informativi")
        ordering: ClassVar = ["nome"]
        permissions: ClassVar = [("publish_puntoinformativo", "Può pubblicare punti informativi")]

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        return reverse("punti:punto", args=[self.slug])

    @property
    def revisions(self) -> Any:
        return self._revisions

    def clean(self) -> None:
        if self.sede_id and self.soggetto_id and self.sede.soggetto_id != self.soggetto_id:
            raise ValidationError({"sede": _("La sede non è del soggetto ospitante: scegline una delle sue.")})

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "punti_informativi/punto.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {"punto": self, "request": request}


class Giorno(models.IntegerChoices):
    """Days of the week as Python counts them."""

    LUNEDI = 0, _("lunedì")
    MARTEDI = 1, _("martedì")
    MERCOLEDI = 2, _("mercoledì")
    GIOVEDI = 3, _("giovedì")
    VENERDI = 4, _("venerdì")
    SABATO = 5, _("sabato")
    DOMENICA = 6, _("domenica")


class Orario(models.Model):
    """One weekly spell of opening; a day may have several."""

    punto = models.ForeignKey(PuntoInformativo, models.CASCADE, related_name="orari", verbose_name=_("punto"))
    giorno = models.PositiveSmallIntegerField(_("giorno"), choices=Giorno.choices)
    dalle = models.TimeField(_("dalle"))
    alle = models.TimeField(_("alle"))
    su_appuntamento = models.BooleanField(_("su appuntamento"), default=False)

    class Meta:
        verbose_name = _("orario")
        verbose_name_plural = _("orari")
        ordering: ClassVar = ["giorno", "dalle"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(alle__gt=F("dalle")), name="orario_finisce_dopo_l_inizio"),
            models.UniqueConstraint(fields=["punto", "giorno", "dalle"], name="orario_uno_per_inizio"),
        ]

    def __str__(self) -> str:
        return f"{self.get_giorno_display()} {self.dalle:%H:%M}-{self.alle:%H:%M}"


class Eccezione(models.Model):
    """A dated closure, or a dated opening with its own times."""

    punto = models.ForeignKey(PuntoInformativo, models.CASCADE, related_name="eccezioni", verbose_name=_("punto"))
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"))
    chiuso = models.BooleanField(_("chiuso"), default=True)
    dalle = models.TimeField(_("dalle"), null=True, blank=True)
    alle = models.TimeField(_("alle"), null=True, blank=True)
    motivo = models.CharField(_("motivo"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("eccezione all'orario")
        verbose_name_plural = _("eccezioni all'orario")
        ordering: ClassVar = ["dal"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(al__gte=F("dal")), name="eccezione_finisce_dopo_l_inizio"),
            models.CheckConstraint(
                condition=Q(chiuso=True, dalle__isnull=True, alle__isnull=True)
                | Q(chiuso=False, dalle__isnull=False, alle__gt=F("dalle")),
                name="eccezione_aperta_ha_gli_orari",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dal} – {self.al}"


class Verifica(models.Model):
    """Who confirmed a point's data, and when."""

    punto = models.ForeignKey(PuntoInformativo, models.CASCADE, related_name="verifiche", verbose_name=_("punto"))
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("verificato da")
    )
    verificato_il = models.DateField(_("verificato il"))
    nota = models.CharField(_("nota"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("verifica")
        verbose_name_plural = _("verifiche")
        ordering: ClassVar = ["-verificato_il", "-pk"]

    def __str__(self) -> str:
        return f"{self.verificato_il} {self.utente}"
