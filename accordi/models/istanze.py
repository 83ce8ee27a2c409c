"""Applications to a call."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accordi.models.avvisi import Avviso
from accordi.models.protocollo import Protocollo
from accordi.stati import StatoAccordo, StatoIstanza
from core.termini import scadenza
from reti.models import Soggetto
from reti.models.incontri import codice_opaco
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


class IstanzaQuerySet(models.QuerySet["Istanza"]):
    def visibili_a(self, utente: Any) -> "IstanzaQuerySet":
        """Staff see what was presented, and nobody's drafts; partners see those that their bodies are part of.

        A body that declined its part sees nothing more of it.
        """
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self.exclude(stato=StatoIstanza.BOZZA)
        propri = Soggetto.objects.rappresentati_da(utente).values("pk")
        partecipa = PartecipanteIstanza.objects.filter(soggetto__in=propri).exclude(
            conferma=PartecipanteIstanza.Conferma.RIFIUTATA
        )
        return self.filter(Q(capofila__in=propri) | Q(pk__in=partecipa.values("istanza")))

    def di_ente(self, slug: str) -> "IstanzaQuerySet":
        """Those that the body of that slug leads or takes part in; all of them with "". One that it declined isn't."""
        if not slug:
            return self
        partecipa = PartecipanteIstanza.objects.filter(soggetto__slug=slug).exclude(
            conferma=PartecipanteIstanza.Conferma.RIFIUTATA
        )
        return self.filter(Q(capofila__slug=slug) | Q(pk__in=partecipa.values("istanza")))


class Istanza(models.Model):
    """An application: one leading soggetto, others with it, a protocol number once presented."""

    class Modalita(models.TextChoices):
        """How the person was identified when presenting (CAD 65, R06)."""

        IDENTITA_DIGITALE = "identita_digitale", _("Sessione SPID o CIE")
        CREDENZIALI = "credenziali", _("Sessione con le credenziali della piattaforma")

    codice = models.CharField(max_length=16, unique=True, default=codice_opaco, editable=False)
    avviso = models.ForeignKey(Avviso, models.PROTECT, related_name="istanze", verbose_name=_("avviso"))
    capofila = models.ForeignKey(Soggetto, models.PROTECT, related_name="istanze_guidate", verbose_name=_("capofila"))
    stato = models.CharField(_("stato"), max_length=14, choices=StatoIstanza.choices, default=StatoIstanza.BOZZA)
    motivazione = models.TextField(
        _("perché partecipate"), blank=True, help_text=_("Che cosa offrite alla rete e a chi vi rivolgete.")
    )
    dichiarazione_poteri = models.BooleanField(_("dichiarazione sui poteri di rappresentanza"), default=False)
    dichiarazione_dote = models.BooleanField(_("destinatari di Dote ricollocazione in carico"), default=False)
    protocollo = models.OneToOneField(
        Protocollo, models.PROTECT, null=True, blank=True, related_name="istanza", verbose_name=_("protocollo")
    )
    presentata_da = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("presentata da"),
    )
    modalita = models.CharField(
        _("come è stata presentata"), max_length=20, choices=Modalita.choices, blank=True, default=""
    )
    risposte = models.JSONField(_("risposte"), default=dict, blank=True)
    versione = models.PositiveIntegerField(default=0, editable=False)
    testo_presentato = models.TextField(
        _("testo registrato"), blank=True, help_text=_("Quello di cui il protocollo conserva l'impronta.")
    )
    creata_il = models.DateTimeField(_("creata il"))
    esito_il = models.DateTimeField(_("esito del"), null=True, blank=True)
    esito_motivi = models.TextField(_("motivi dell'esito"), blank=True)
    responsabile = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsabile del procedimento"),
    )

    objects = IstanzaQuerySet.as_manager()

    class Meta:
        verbose_name = _("istanza")
        verbose_name_plural = _("istanze")
        ordering: ClassVar = ["-creata_il"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stato="bozza") | Q(protocollo__isnull=False), name="istanza_presentata_ha_protocollo"
            )
        ]

    def __str__(self) -> str:
        return f"{self.capofila} — {self.avviso}"

    def get_absolute_url(self) -> str:
        return reverse("accordi:istanza", args=[self.codice])

    @property
    def presentata_il(self) -> date | None:
        """Day 0 of the clock: the protocol date in Europe/Rome."""
        return self.protocollo.data if self.protocollo else None

    @property
    def accordo(self) -> Any:
        """The agreement that holds it, or None: one that was given up doesn't. Uses the prefetched rows."""
        return next((a for a in self.accordi.all() if a.stato != StatoAccordo.ANNULLATO), None) if self.pk else None

    @property
    def termine(self) -> date | None:
        """Last day to sign on time, gross (R01)."""
        return scadenza(self.presentata_il, self.avviso.giorni_sottoscrizione) if self.presentata_il else None


class PartecipanteIstanza(models.Model):
    """A soggetto that takes part in an application, and confirms its own part."""

    class Conferma(models.TextChoices):
        ATTESA = "attesa", _("Da confermare")
        CONFERMATA = "confermata", _("Confermata")
        RIFIUTATA = "rifiutata", _("Non confermata")
        DECADUTA = "decaduta", _("Da confermare di nuovo")

    istanza = models.ForeignKey(Istanza, models.CASCADE, related_name="partecipanti", verbose_name=_("istanza"))
    soggetto = models.ForeignKey(Soggetto, models.PROTECT, related_name="partecipazioni", verbose_name=_("soggetto"))
    ruolo = models.CharField(_("ruolo"), max_length=80, blank=True)
    conferma = models.CharField(_("conferma"), max_length=10, choices=Conferma.choices, default=Conferma.ATTESA)
    confermato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confermato da"),
    )
    confermato_il = models.DateTimeField(_("confermato il"), null=True, blank=True)
    impronta_confermata = models.CharField(
        _("impronta di ciò che è confermato"), max_length=64, blank=True, editable=False
    )
    nota = models.CharField(_("nota"), max_length=255, blank=True)

    class Meta:
        verbose_name = _("partecipante")
        verbose_name_plural = _("partecipanti")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["istanza", "soggetto"], name="partecipante_una_volta_per_istanza")
        ]

    def __str__(self) -> str:
        return str(self.soggetto)


class Sospensione(models.Model):
    """The term stands still; net days leave it out.

    While an integration is awaited it stays open (`al` None). With the notice of rejection (L. 241/1990
    art. 10-bis) the end is known from the start: `entro`, the last day for observations, or the tenth
    day after they came.
    """

    class Tipo(models.TextChoices):
        INTEGRAZIONE = "integrazione", _("Richiesta di integrazione")
        PREAVVISO = "preavviso", _("Preavviso di rigetto (art. 10-bis L. 241/1990)")

    istanza = models.ForeignKey(Istanza, models.CASCADE, related_name="sospensioni", verbose_name=_("istanza"))
    tipo = models.CharField(_("tipo"), max_length=12, choices=Tipo.choices, default=Tipo.INTEGRAZIONE)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)
    entro = models.DateField(_("si risponde entro il"), null=True, blank=True)
    richiesta = models.TextField(_("che cosa manca"))
    risposta = models.TextField(_("risposta"), blank=True)

    class Meta:
        verbose_name = _("sospensione del termine")
        verbose_name_plural = _("sospensioni del termine")
        ordering: ClassVar = ["dal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["istanza"], condition=Q(al__isnull=True), name="sospensione_una_sola_aperta"
            ),
            models.CheckConstraint(
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")), name="sospensione_finisce_dopo_l_inizio"
            ),
        ]

    def __str__(self) -> str:
        return f"dal {self.dal}"
