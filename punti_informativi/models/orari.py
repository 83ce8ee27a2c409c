"""Weekly spells, dated exceptions, patron saints: the rows that punti_informativi.orari reads (R30)."""

from datetime import date, time
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from core.feste import Ricorrenza
from punti_informativi import orari
from punti_informativi.models.punti import PuntoInformativo
from reti.models import Comune, Soggetto

FINE_PRIMA_DELL_INIZIO = _("La chiusura viene prima dell'apertura: correggi uno dei due orari.")


def _controlla_ore(dalle: time | None, alle: time | None) -> None:
    """Hours of the clock and minutes: 23:59 is midnight, so nothing may come after it."""
    for nome, ora in (("dalle", dalle), ("alle", alle)):
        if ora and (ora.second or ora.microsecond):
            raise ValidationError({nome: _("Scrivi ore e minuti, senza secondi: 9:00 o 14:30.")})
    if dalle and alle and alle <= dalle:
        raise ValidationError({"alle": FINE_PRIMA_DELL_INIZIO})


class Giorno(models.IntegerChoices):
    """Days of the week as Python counts them."""

    LUNEDI = 0, _("lunedì")
    MARTEDI = 1, _("martedì")
    MERCOLEDI = 2, _("mercoledì")
    GIOVEDI = 3, _("giovedì")
    VENERDI = 4, _("venerdì")
    SABATO = 5, _("sabato")
    DOMENICA = 6, _("domenica")


class RigaSettimanale(models.Model):
    """One weekly spell of opening; a day may have several. A spell never crosses midnight: 23:59 means midnight."""

    giorno = models.PositiveSmallIntegerField(_("giorno"), choices=Giorno.choices)
    dalle = models.TimeField(_("dalle"))
    alle = models.TimeField(_("alle"))
    su_appuntamento = models.BooleanField(_("su appuntamento"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_giorno_display()} {self.dalle:%H:%M}-{self.alle:%H:%M}"

    def clean(self) -> None:
        _controlla_ore(self.dalle, self.alle)

    @property
    def fascia(self) -> orari.Fascia:
        return orari.Fascia(self.giorno, self.dalle, self.alle, self.su_appuntamento)


class RigaDatata(models.Model):
    """A dated closure, or a dated opening with its own times."""

    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"))
    chiuso = models.BooleanField(_("chiuso"), default=True)
    dalle = models.TimeField(_("dalle"), null=True, blank=True)
    alle = models.TimeField(_("alle"), null=True, blank=True)
    motivo = models.CharField(_("motivo"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.dal} – {self.al}"

    def clean(self) -> None:
        if self.dal and self.al and self.al < self.dal:
            raise ValidationError({"al": _("L'ultimo giorno viene prima del primo: correggi una delle due date.")})
        if self.chiuso and (self.dalle or self.alle):
            raise ValidationError({"chiuso": _("Se il punto è chiuso togli gli orari, oppure togli la spunta.")})
        if not self.chiuso and not (self.dalle and self.alle):
            raise ValidationError({"dalle": _("Un'apertura straordinaria ha bisogno dei due orari.")})
        _controlla_ore(self.dalle, self.alle)

    @property
    def deroga(self) -> orari.Deroga:
        return orari.Deroga(self.dal, self.al, self.chiuso, self.dalle, self.alle, self.motivo)


def _aperta_con_orari(nome: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(chiuso=True, dalle__isnull=True, alle__isnull=True)
        | Q(chiuso=False, dalle__isnull=False, alle__gt=F("dalle")),
        name=nome,
    )


class Orario(RigaSettimanale):
    """A weekly spell of one point."""

    punto = ParentalKey(PuntoInformativo, on_delete=models.CASCADE, related_name="orari", verbose_name=_("punto"))

    class Meta:
        verbose_name = _("orario")
        verbose_name_plural = _("orari")
        ordering: ClassVar = ["giorno", "dalle"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(alle__gt=F("dalle")), name="orario_finisce_dopo_l_inizio"),
            models.UniqueConstraint(fields=["punto", "giorno", "dalle"], name="orario_uno_per_inizio"),
        ]
        indexes: ClassVar = [models.Index(fields=["giorno", "dalle", "alle"], name="orario_aperti_ora")]


class Eccezione(RigaDatata):
    """A dated exception of one point."""

    punto = ParentalKey(PuntoInformativo, on_delete=models.CASCADE, related_name="eccezioni", verbose_name=_("punto"))

    class Meta:
        verbose_name = _("eccezione all'orario")
        verbose_name_plural = _("eccezioni all'orario")
        ordering: ClassVar = ["dal"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(al__gte=F("dal")), name="eccezione_finisce_dopo_l_inizio"),
            _aperta_con_orari("eccezione_aperta_ha_gli_orari"),
        ]


class OrarioOspite(RigaSettimanale):
    """A weekly spell of a host: holds for its points that follow the host's hours (R34)."""

    soggetto = models.ForeignKey(
        Soggetto, models.CASCADE, related_name="orari_ospite", verbose_name=_("soggetto ospitante")
    )

    class Meta:
        verbose_name = _("orario del soggetto ospitante")
        verbose_name_plural = _("orari del soggetto ospitante")
        ordering: ClassVar = ["giorno", "dalle"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(alle__gt=F("dalle")), name="orario_ospite_finisce_dopo_l_inizio"),
            models.UniqueConstraint(fields=["soggetto", "giorno", "dalle"], name="orario_ospite_uno_per_inizio"),
        ]


class EccezioneOspite(RigaDatata):
    """A dated exception of a host: holds for its points that follow the host's hours (R34)."""

    soggetto = models.ForeignKey(
        Soggetto, models.CASCADE, related_name="eccezioni_ospite", verbose_name=_("soggetto ospitante")
    )

    class Meta:
        verbose_name = _("eccezione all'orario del soggetto ospitante")
        verbose_name_plural = _("eccezioni all'orario del soggetto ospitante")
        ordering: ClassVar = ["dal"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(al__gte=F("dal")), name="eccezione_ospite_finisce_dopo_l_inizio"),
            _aperta_con_orari("eccezione_ospite_aperta_ha_gli_orari"),
        ]


class FestaPatronale(models.Model):
    """The patron saint's day of a comune: points there are closed as on a national holiday."""

    comune = models.OneToOneField(Comune, models.CASCADE, related_name="festa_patronale", verbose_name=_("comune"))
    nome = models.CharField(_("nome"), max_length=80, help_text=_("Per esempio: Sant'Omobono."))
    giorno = models.PositiveSmallIntegerField(_("giorno"), validators=[MinValueValidator(1), MaxValueValidator(31)])
    mese = models.PositiveSmallIntegerField(_("mese"), validators=[MinValueValidator(1), MaxValueValidator(12)])

    class Meta:
        verbose_name = _("festa patronale")
        verbose_name_plural = _("feste patronali")
        ordering: ClassVar = ["comune"]

    def __str__(self) -> str:
        return f"{self.comune}: {self.nome}"

    def clean(self) -> None:
        if self.giorno and self.mese:
            try:
                date(2024, self.mese, self.giorno)
            except ValueError:
                raise ValidationError({"giorno": _("Questo giorno non esiste in quel mese.")})

    @property
    def ricorrenza(self) -> Ricorrenza:
        return Ricorrenza(self.giorno, self.mese, self.nome)
