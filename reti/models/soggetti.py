"""Actors of the network: comuni, soggetti, seats, accreditations, powers of representation."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.orologio import oggi
from core.validators import valida_codice_fiscale, valida_codice_fiscale_persona, valida_partita_iva
from reti.posizioni import da_dire
from reti.stati import StatoAccreditamento
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo


def vigente(prefisso: str = "", al: date | None = None) -> Q:
    """Condition "valid on that day" over a pair of fields `dal` and `al` (open end = no end)."""
    giorno = al or oggi()
    return Q(**{f"{prefisso}dal__lte": giorno}) & (
        Q(**{f"{prefisso}al__isnull": True}) | Q(**{f"{prefisso}al__gte": giorno})
    )


class Comune(models.Model):
    """Municipality by ISTAT code; the centre is in degrees (WGS 84)."""

    codice_istat = models.CharField(_("codice ISTAT"), max_length=6, unique=True)
    codice_catastale = models.CharField(_("codice catastale"), max_length=4, unique=True)
    nome = models.CharField(_("nome"), max_length=80)
    ambito = models.CharField(_("ambito territoriale"), max_length=80, blank=True)
    lat = models.FloatField(_("latitudine"))
    lon = models.FloatField(_("longitudine"))

    class Meta:
        verbose_name = _("comune")
        verbose_name_plural = _("comuni")
        ordering: ClassVar = ["nome"]

    def __str__(self) -> str:
        return self.nome


class Confine(models.Model):
    """The boundary of a comune, from open data that an installation imports: a GeoJSON geometry, WGS 84."""

    comune = models.OneToOneField(Comune, models.CASCADE, related_name="confine", verbose_name=_("comune"))
    geometria = models.JSONField(_("geometria"))
    fonte = models.CharField(_("fonte e licenza"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("confine comunale")
        verbose_name_plural = _("confini comunali")
        ordering: ClassVar = ["comune"]

    def __str__(self) -> str:
        return str(self.comune)


class SoggettoQuerySet(models.QuerySet["Soggetto"]):
    def rappresentati_da(self, utente: Any, al: date | None = None) -> "SoggettoQuerySet":
        """Bodies that `utente` represents on that day (today by default)."""
        if not getattr(utente, "is_authenticated", False):
            return self.none()
        return self.filter(Q(rappresentanze__utente=utente) & vigente("rappresentanze__", al)).distinct()

    def visibili_a(self, utente: Any) -> "SoggettoQuerySet":
        """The public register is public; this is for the full record: staff all, partners their own."""
        return self if ha_ruolo(utente, LEGGONO_TUTTO) else self.rappresentati_da(utente)

    def accreditati(self, registro: str, al: date | None = None) -> "SoggettoQuerySet":
        """Bodies with an accreditation in that register, in force on that day."""
        return self.filter(
            pk__in=Accreditamento.objects.filter(registro=registro, stato=StatoAccreditamento.VIGENTE)
            .filter(vigente("", al))
            .values("soggetto")
        )

    def titolare(self) -> "Soggetto":
        """The Province that this installation belongs to."""
        return self.get(titolare_piattaforma=True)


class Soggetto(models.Model):
    """A body of the network: never a private person as such."""

    class Natura(models.TextChoices):
        PUBBLICO = "pubblico", _("Pubblico")
        PRIVATO = "privato", _("Privato")
        TERZO_SETTORE = "terzo_settore", _("Terzo settore")
        PARTI_SOCIALI = "parti_sociali", _("Parti sociali")

    class Tipo(models.TextChoices):
        PROVINCIA = "provincia", _("Provincia")
        COMUNE = "comune", _("Comune")
        AZIENDA_SOCIALE = "azienda_sociale", _("Azienda sociale o ufficio di piano")
        CPI = "cpi", _("Centro per l'impiego")
        ENTE_PUBBLICO = "ente_pubblico", _("Altro ente pubblico")
        SCUOLA = "scuola", _("Scuola o università")
        CAMERA_COMMERCIO = "camera_commercio", _("Camera di commercio")
        SANITA = "sanita", _("Ente sanitario o sociosanitario")
        OPERATORE = "operatore", _("Operatore per il lavoro o la formazione")
        ASSOCIAZIONE = "associazione", _("Associazione o ente del terzo settore")
        COOPERATIVA = "cooperativa", _("Cooperativa sociale")
        SINDACATO = "sindacato", _("Organizzazione sindacale")
        DATORIALE = "datoriale", _("Associazione datoriale")
        FONDAZIONE = "fondazione", _("Fondazione")
        DISTRETTO = "distretto", _("Distretto o metadistretto industriale")
        IMPRESA = "impresa", _("Impresa")

    slug = models.SlugField(_("indirizzo web"), max_length=120, unique=True)
    denominazione = models.CharField(_("denominazione"), max_length=200)
    natura = models.CharField(_("natura"), max_length=20, choices=Natura.choices)
    tipo = models.CharField(_("tipo"), max_length=20, choices=Tipo.choices)
    codice_fiscale = models.CharField(
        _("codice fiscale"), max_length=16, unique=True, validators=[valida_codice_fiscale]
    )
    partita_iva = models.CharField(_("partita IVA"), max_length=11, blank=True, validators=[valida_partita_iva])
    codice_ipa = models.CharField(_("codice IPA"), max_length=20, blank=True)
    pec = models.EmailField(_("PEC"), blank=True)
    email = models.EmailField(_("email"), blank=True)
    telefono = models.CharField(_("telefono"), max_length=40, blank=True)
    sito_web = models.URLField(_("sito web"), blank=True)
    titolare_piattaforma = models.BooleanField(_("è la Provincia titolare"), default=False)

    objects = SoggettoQuerySet.as_manager()

    class Meta:
        verbose_name = _("soggetto")
        verbose_name_plural = _("soggetti")
        ordering: ClassVar = ["denominazione"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["titolare_piattaforma"],
                condition=Q(titolare_piattaforma=True),
                name="una_sola_provincia_titolare",
            )
        ]

    def __str__(self) -> str:
        return self.denominazione

    def get_absolute_url(self) -> str:
        return reverse("grafo:soggetto", args=[self.slug])

    @property
    def codice_fiscale_pubblico(self) -> str:
        """The code as anyone may read it: a sole trader's is a person's, and stays with the office (R62)."""
        return self.codice_fiscale if self.codice_fiscale.isdigit() else ""

    @property
    def e_pubblica_amministrazione(self) -> bool:
        """Public administration for L. 241/1990 art. 15."""
        return self.natura == self.Natura.PUBBLICO


class Sede(models.Model):
    """A place of a soggetto, in a comune; coordinates in degrees, or the comune's centre when unknown."""

    soggetto = models.ForeignKey(Soggetto, models.CASCADE, related_name="sedi", verbose_name=_("soggetto"))
    nome = models.CharField(_("nome"), max_length=120, default="Sede principale")
    indirizzo = models.CharField(_("indirizzo"), max_length=200)
    cap = models.CharField(_("CAP"), max_length=5, blank=True)
    comune = models.ForeignKey(Comune, models.PROTECT, related_name="sedi", verbose_name=_("comune"))
    lat = models.FloatField(_("latitudine"), null=True, blank=True)
    lon = models.FloatField(_("longitudine"), null=True, blank=True)
    principale = models.BooleanField(_("sede principale"), default=True)

    class Meta:
        verbose_name = _("sede")
        verbose_name_plural = _("sedi")
        ordering: ClassVar = ["-principale", "nome"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["soggetto", "nome"], name="sede_una_per_nome"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True) | Q(lat__isnull=False, lon__isnull=False),
                name="sede_coordinate_entrambe_o_nessuna",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indirizzo}, {self.comune.nome}"

    @property
    def approssimata(self) -> bool:
        """It has no position of its own: it stands at its comune's centre, and every page says so."""
        return self.lat is None

    @property
    def posizione(self) -> tuple[float, float]:
        """Latitude and longitude; those of the comune's centre when it has none (`approssimata`)."""
        luogo = self.comune if self.approssimata else self
        return luogo.lat, luogo.lon

    @property
    def posizione_pubblica(self) -> tuple[float, float]:
        """The same, as it is published."""
        return da_dire(*self.posizione, approssimata=self.approssimata)

    @classmethod
    def coordinate(cls, percorso: str = "") -> tuple[Coalesce, Coalesce]:
        """The same rule in SQL, from a model that reaches a seat by `percorso`, as "sede__"."""
        return tuple(Coalesce(f"{percorso}{c}", f"{percorso}comune__{c}") for c in ("lat", "lon"))


class Accreditamento(models.Model):
    """Entry in a regional register of operators (L.R. Lombardia 22/2006 art. 13, L.R. 19/2007 art. 25)."""

    class Registro(models.TextChoices):
        LAVORO = "lavoro", _("Servizi per il lavoro")
        FORMAZIONE = "formazione", _("Servizi di istruzione e formazione")

    class Carattere(models.TextChoices):
        PROVVISORIO = "provvisorio", _("Provvisorio")
        DEFINITIVO = "definitivo", _("Definitivo")

    soggetto = models.ForeignKey(Soggetto, models.CASCADE, related_name="accreditamenti", verbose_name=_("soggetto"))
    registro = models.CharField(_("registro"), max_length=12, choices=Registro.choices)
    numero = models.CharField(_("numero di iscrizione"), max_length=60, help_text=_("Come scritto nel registro."))
    carattere = models.CharField(_("carattere"), max_length=12, choices=Carattere.choices, default=Carattere.DEFINITIVO)
    stato = models.CharField(
        _("stato"), max_length=12, choices=StatoAccreditamento.choices, default=StatoAccreditamento.VIGENTE
    )
    dal = models.DateField(_("valido dal"))
    al = models.DateField(_("valido fino al"), null=True, blank=True)

    class Meta:
        verbose_name = _("accreditamento")
        verbose_name_plural = _("accreditamenti")
        ordering: ClassVar = ["registro", "dal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["soggetto", "registro", "numero"], name="accreditamento_una_iscrizione"),
            models.CheckConstraint(
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")), name="accreditamento_finisce_dopo_l_inizio"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_registro_display()} n. {self.numero}"


class RappresentanzaQuerySet(models.QuerySet["Rappresentanza"]):
    def valide(self, al: date | None = None) -> "RappresentanzaQuerySet":
        return self.filter(vigente("", al))


class Rappresentanza(models.Model):
    """A user acts for a soggetto, with named powers and for a time."""

    class Titolo(models.TextChoices):
        LEGALE = "legale_rappresentante", _("Legale rappresentante")
        DELEGATO = "delegato", _("Delegato")
        REFERENTE = "referente", _("Referente")

    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="rappresentanze", verbose_name=_("utente")
    )
    soggetto = models.ForeignKey(Soggetto, models.CASCADE, related_name="rappresentanze", verbose_name=_("soggetto"))
    titolo = models.CharField(_("titolo"), max_length=24, choices=Titolo.choices)
    puo_firmare = models.BooleanField(_("può firmare accordi"), default=False)
    puo_presentare = models.BooleanField(_("può presentare istanze"), default=False)
    puo_gestire_punti = models.BooleanField(_("può gestire i punti informativi"), default=False)
    puo_rispondere = models.BooleanField(_("può rispondere alle convocazioni"), default=True)
    atto = models.CharField(_("atto di nomina o delega"), max_length=200, blank=True)
    codice_fiscale = models.CharField(
        _("codice fiscale della persona"),
        max_length=16,
        blank=True,
        validators=[valida_codice_fiscale_persona],
        help_text=_("Serve a chi firma con la propria firma digitale: lo confrontiamo con il suo certificato."),
    )
    dal = models.DateField(_("valida dal"))
    al = models.DateField(_("valida fino al"), null=True, blank=True)

    objects = RappresentanzaQuerySet.as_manager()

    class Meta:
        verbose_name = _("rappresentanza")
        verbose_name_plural = _("rappresentanze")
        ordering: ClassVar = ["soggetto", "utente"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["utente", "soggetto", "dal"], name="rappresentanza_una_per_periodo"),
            models.CheckConstraint(
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")), name="rappresentanza_finisce_dopo_l_inizio"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utente}, {self.get_titolo_display()} di {self.soggetto}"
