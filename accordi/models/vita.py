"""Life after signature: obligations, own resources, actions, withdrawal of a party."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accordi.models.accordi import Accordo, Parte
from accordi.scelte import AreaRisorsa, TipoAzione
from accordi.stati import StatoAzione
from core.archivio import archivio_privato
from core.numeri import quantita
from core.orologio import oggi


class ImpegnoQuerySet(models.QuerySet["Impegno"]):
    def aperti(self) -> "ImpegnoQuerySet":
        return self.filter(adempiuto_il__isnull=True)

    def da_confermare(self) -> "ImpegnoQuerySet":
        """Said as met by a party, not yet confirmed by the office."""
        return self.filter(adempiuto_il__isnull=False, confermato_il__isnull=True)

    def scaduti(self, al: date | None = None) -> "ImpegnoQuerySet":
        """Not met, and past their term on that day."""
        return self.aperti().filter(entro__lt=al or oggi())


class Impegno(models.Model):
    """What a party owes by a term; without a party, all of them."""

    accordo = models.ForeignKey(Accordo, models.CASCADE, related_name="impegni", verbose_name=_("accordo"))
    parte = models.ForeignKey(
        Parte, models.CASCADE, null=True, blank=True, related_name="impegni", verbose_name=_("a carico di")
    )
    testo = models.CharField(_("impegno"), max_length=300)
    referente = models.CharField(_("chi se ne occupa"), max_length=160, blank=True)
    entro = models.DateField(_("entro"), null=True, blank=True)
    adempiuto_il = models.DateField(_("adempiuto il"), null=True, blank=True)
    confermato_il = models.DateField(_("confermato il"), null=True, blank=True)
    nota = models.CharField(_("nota"), max_length=255, blank=True)
    prova = models.FileField(_("prova"), storage=archivio_privato, upload_to="accordi/impegni", blank=True)

    objects = ImpegnoQuerySet.as_manager()

    class Meta:
        verbose_name = _("impegno")
        verbose_name_plural = _("impegni")
        ordering: ClassVar = [F("entro").asc(nulls_last=True), "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confermato_il__isnull=True) | Q(adempiuto_il__isnull=False),
                name="impegno_confermato_se_adempiuto",
            )
        ]

    def __str__(self) -> str:
        return self.testo

    @property
    def in_ritardo(self) -> bool:
        """Not met, and its term has passed today."""
        return self.adempiuto_il is None and self.entro is not None and self.entro < oggi()


class Risorsa(models.Model):
    """Means of its own that a party promises; what it gave is the sum of its contributions."""

    accordo = models.ForeignKey(Accordo, models.CASCADE, related_name="risorse", verbose_name=_("accordo"))
    parte = models.ForeignKey(Parte, models.CASCADE, related_name="risorse", verbose_name=_("parte"))
    area = models.CharField(_("area"), max_length=14, choices=AreaRisorsa.choices)
    descrizione = models.CharField(_("che cosa"), max_length=300)
    unita = models.CharField(_("unità"), max_length=30, default="euro")
    promesso = models.DecimalField(_("promesso"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("risorsa propria")
        verbose_name_plural = _("risorse proprie")
        ordering: ClassVar = ["area", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(promesso__gt=0), name="risorsa_promessa_maggiore_di_zero")
        ]

    def __str__(self) -> str:
        return self.descrizione


class Conferimento(models.Model):
    """A part of a resource that was really given."""

    risorsa = models.ForeignKey(Risorsa, models.CASCADE, related_name="conferimenti", verbose_name=_("risorsa"))
    quando = models.DateField(_("quando"))
    quantita = models.DecimalField(_("quanto"), max_digits=12, decimal_places=2)
    confermato_il = models.DateField(_("confermato il"), null=True, blank=True)
    nota = models.CharField(_("nota"), max_length=255, blank=True)
    registrato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("registrato da")
    )

    class Meta:
        verbose_name = _("conferimento")
        verbose_name_plural = _("conferimenti")
        ordering: ClassVar = ["quando", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantita__gt=0), name="conferimento_maggiore_di_zero")
        ]

    def __str__(self) -> str:
        return quantita(self.quantita, self.risorsa.unita)


class Azione(models.Model):
    """What the partnership does, by kind."""

    accordo = models.ForeignKey(Accordo, models.CASCADE, related_name="azioni", verbose_name=_("accordo"))
    tipo = models.CharField(_("tipo"), max_length=16, choices=TipoAzione.choices)
    descrizione = models.CharField(_("che cosa si fa"), max_length=300)
    parti = models.ManyToManyField(Parte, related_name="azioni", blank=True, verbose_name=_("chi la svolge"))
    stato = models.CharField(_("stato"), max_length=12, choices=StatoAzione.choices, default=StatoAzione.PREVISTA)
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)
    esito = models.TextField(_("esito"), blank=True)

    class Meta:
        verbose_name = _("azione")
        verbose_name_plural = _("azioni")
        ordering: ClassVar = ["dal", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(dal__isnull=True) | Q(al__isnull=True) | Q(al__gte=F("dal")),
                name="azione_finisce_dopo_l_inizio",
            )
        ]

    def __str__(self) -> str:
        return self.descrizione


class Recesso(models.Model):
    """One party leaves; the others stay bound."""

    parte = models.OneToOneField(Parte, models.PROTECT, related_name="recesso", verbose_name=_("parte"))
    comunicato_il = models.DateField(_("comunicato il"))
    efficace_dal = models.DateField(_("efficace dal"))
    motivo = models.TextField(_("motivo"))
    registrato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("registrato da")
    )

    class Meta:
        verbose_name = _("recesso di una parte")
        verbose_name_plural = _("recessi di una parte")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(efficace_dal__gte=F("comunicato_il")), name="recesso_efficace_dopo_la_comunicazione"
            )
        ]

    def __str__(self) -> str:
        return f"{self.parte}, dal {self.efficace_dal}"
