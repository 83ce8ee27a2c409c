"""The information point itself: draft and published content, and a state that only the services move."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from accordi.models import Istanza
from accordi.queries.accreditamento import istanze_sospese
from core.orologio import adesso, oggi
from punti_informativi.apertura import Apertura, apertura
from punti_informativi.freschezza import Freschezza, freschezza, ultima_scaduta
from punti_informativi.models.indirizzi import INDIRIZZI_RISERVATI, IndirizzoPrecedente
from punti_informativi.models.voci import Destinatari, Lingua, Servizio, Tradotto
from punti_informativi.orari import Calendario, GiornoDiApertura
from punti_informativi.ricerca import CampoIndice
from punti_informativi.stati import StatoPunto
from reti.models import Comune, Sede, Soggetto
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo

FUORI_DALLE_BOZZE = (
    "codice",
    "stato",
    "istanza",
    "attivo_dal",
    "cessato_dal",
    "non_elencare",
    "verificato_il",
    "sostituito_da",
    "orari_dell_ospite",
)


APERTO = {"stato": StatoPunto.ATTIVO, "live": True}


def _confermato(verso: str, tolleranza: int) -> Q:
    """Confirmed before (`lte`) or after (`gt`) the day whose term passed `tolleranza` days ago.

    A point never confirmed counts from its opening.
    """
    soglia = ultima_scaduta(oggi(), mesi=settings.PUNTI_MESI_CONFERMA, tolleranza=tolleranza)
    mai = Q(verificato_il__isnull=True, **{f"attivo_dal__{verso}": soglia})
    return Q(**{f"verificato_il__{verso}": soglia}) | mai


class PuntoQuerySet(models.QuerySet["PuntoInformativo"]):
    def pubblici(self) -> "PuntoQuerySet":
        """What a citizen finds: active, published, to be listed, data confirmed not too long ago (R31), agreement not
        suspended by the dates (R16)."""
        confermati = self.filter(_confermato("gt", settings.PUNTI_GIORNI_TOLLERANZA), non_elencare=False, **APERTO)
        return confermati.exclude(istanza__in=istanze_sospese())

    def aperti_al_pubblico(self) -> "PuntoQuerySet":
        """Active and published, whatever the freshness of their data."""
        return self.filter(**APERTO)

    def da_confermare(self, tolleranza: int = 0) -> "PuntoQuerySet":
        """Open points whose confirmation lapsed at least `tolleranza` days ago; negative: within so many days."""
        return self.filter(_confermato("lte", tolleranza), **APERTO)

    def visibili_a(self, utente: Any) -> "PuntoQuerySet":
        """Staff see all; partners those that their bodies host."""
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return self
        return self.filter(soggetto__in=Soggetto.objects.rappresentati_da(utente))

    def ospitati_da(self, soggetto: Soggetto) -> "PuntoQuerySet":
        """Those of a host that aren't ended."""
        return self.filter(soggetto=soggetto).exclude(stato=StatoPunto.CESSATO)

    def con_orari(self) -> "PuntoQuerySet":
        """With all that `calendario` reads, in a fixed number of queries."""
        return self.select_related("soggetto", "sede__comune__festa_patronale").prefetch_related(
            "orari", "eccezioni", "soggetto__orari_ospite", "soggetto__eccezioni_ospite"
        )


class PuntoInformativo(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, ClusterableModel
):
    """A place where a citizen is told about work services, hosted by a soggetto."""

    class Accessibilita(models.TextChoices):
        COMPLETA = "completa", _("Accessibile in sedia a rotelle")
        PARZIALE = "parziale", _("Accessibile con aiuto")
        NO = "no", _("Non accessibile")
        NON_NOTA = "non_nota", _("Accessibilità non nota")

    slug = models.SlugField(_("indirizzo web"), max_length=120, unique=True)
    codice = models.CharField(
        _("codice della Provincia"),
        max_length=40,
        blank=True,
        help_text=_("Quello dei file che importi: resta lo stesso anche se il nome cambia."),
    )
    nome = models.CharField(_("nome"), max_length=160)
    soggetto = models.ForeignKey(Soggetto, models.PROTECT, related_name="punti", verbose_name=_("soggetto ospitante"))
    sede = models.ForeignKey(Sede, models.PROTECT, related_name="punti", verbose_name=_("sede"))
    stato = models.CharField(_("stato"), max_length=12, choices=StatoPunto.choices, default=StatoPunto.CANDIDATO)
    descrizione = models.TextField(_("che cosa puoi fare qui"), blank=True)
    cosa_portare = models.TextField(_("che cosa portare"), blank=True)
    comuni_serviti = ParentalManyToManyField(Comune, blank=True, related_name="+", verbose_name=_("comuni serviti"))
    servizi = ParentalManyToManyField(Servizio, related_name="punti", verbose_name=_("servizi"))
    destinatari = ParentalManyToManyField(Destinatari, blank=True, related_name="punti", verbose_name=_("destinatari"))
    come_arrivare = models.TextField(_("come arrivare"), blank=True)
    lingue = ParentalManyToManyField(Lingua, blank=True, related_name="punti", verbose_name=_("lingue parlate"))
    a_distanza = models.BooleanField(
        _("anche a distanza"), default=False, help_text=_("Aiuta anche per telefono, per email o in video.")
    )
    accessibilita = models.CharField(
        _("accessibilità"), max_length=10, choices=Accessibilita.choices, default=Accessibilita.NON_NOTA
    )
    telefono = models.CharField(_("telefono"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True)
    sito_web = models.URLField(_("sito web"), blank=True)
    orari_dell_ospite = models.BooleanField(
        _("segue gli orari del soggetto ospitante"),
        default=False,
        help_text=_("Gli orari si scrivono una volta per tutti i punti del soggetto."),
    )
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
    non_elencare = models.BooleanField(
        _("non elencare"),
        default=False,
        help_text=_("La pagina resta a chi ne ha l'indirizzo; elenco, mappa e dati aperti non la mostrano."),
    )
    verificato_il = models.DateField(_("ultima conferma dei dati"), null=True, blank=True, editable=False)
    sostituito_da = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sostituiti",
        verbose_name=_("al suo posto"),
    )
    indice = CampoIndice(di=("nome", "descrizione"))
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
        index.FilterField("non_elencare"),
        index.FilterField("verificato_il"),
        index.FilterField("attivo_dal"),
        index.RelatedFields("servizi", [index.SearchField("nome")]),
    ]

    class Meta:
        verbose_name = _("punto informativo")
        verbose_name_plural = _("punti informativi")
        ordering: ClassVar = ["nome"]
        indexes: ClassVar = [models.Index(fields=["stato", "live"], name="punto_pubblici")]
        permissions: ClassVar = [("publish_puntoinformativo", "Può pubblicare punti informativi")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["codice"], condition=~Q(codice=""), name="punto_uno_per_codice")
        ]

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        return reverse("punti:punto", args=[self.slug])

    @property
    def revisions(self) -> Any:
        return self._revisions

    def clean(self) -> None:
        if self.slug in INDIRIZZI_RISERVATI:
            raise ValidationError({"slug": _("Questo indirizzo è riservato: scegline un altro.")})
        if IndirizzoPrecedente.objects.filter(slug=self.slug).exclude(punto=self.pk).exists():
            raise ValidationError({"slug": _("Questo indirizzo è stato di un altro punto: scegline uno nuovo.")})
        if self.sede_id and self.soggetto_id and self.sede.soggetto_id != self.soggetto_id:
            raise ValidationError({"sede": _("La sede non è del soggetto ospitante: scegline una delle sue.")})

    def with_content_json(self, content: dict[str, Any]) -> "PuntoInformativo":
        """A revision carries content, never the state: an old draft must not bring an old state back."""
        punto = super().with_content_json(content)
        for nome in FUORI_DALLE_BOZZE:
            setattr(punto, nome, getattr(self, nome))
        return punto

    def publish(self, revision: Any, user: Any = None, **modi: Any) -> None:
        """Publish a draft; the address that citizens knew goes on leading here, another host has hours of its own."""
        with transaction.atomic():
            altrui = PuntoInformativo.objects.filter(pk=self.pk).exclude(soggetto=self.soggetto_id).exists()
            noti = PuntoInformativo.objects.filter(Q(live=True) | Q(first_published_at__isnull=False), pk=self.pk)
            prima = noti.values_list("slug", flat=True).first()
            super().publish(revision, user=user, **modi)
            if altrui:
                PuntoInformativo.objects.filter(pk=self.pk).update(orari_dell_ospite=False)
            IndirizzoPrecedente.objects.segna(PuntoInformativo.objects.get(pk=self.pk), prima, utente=user)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "punti_informativi/punto.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {"punto": self, "request": request, "anteprima": True}

    @cached_property
    def calendario(self) -> Calendario:
        """Hours, exceptions and holidays as the pure rules read them: the host's, when the point follows them (R34)."""
        festa = getattr(self.sede.comune, "festa_patronale", None)
        segue = self.orari_dell_ospite
        return Calendario(
            fasce=tuple(o.fascia for o in (self.soggetto.orari_ospite if segue else self.orari).all()),
            deroghe=tuple(e.deroga for e in self.eccezioni.all()),
            deroghe_ospite=tuple(e.deroga for e in self.soggetto.eccezioni_ospite.all()) if segue else (),
            patrono=festa.ricorrenza if festa else None,
            solo_appuntamento=self.solo_appuntamento,
        )

    @property
    def apertura(self) -> Apertura:
        """Open now? Said in words."""
        return apertura(self.calendario, timezone.localtime(adesso()))

    @property
    def prossimi_giorni(self) -> list[GiornoDiApertura]:
        """Today and the thirteen days after it."""
        return self.calendario.giorni(timezone.localdate(adesso()), 14)

    @property
    def freschezza(self) -> Freschezza | None:
        """How fresh its data are today; None for a point never opened nor confirmed."""
        dal = self.verificato_il or self.attivo_dal
        if dal is None:
            return None
        return freschezza(dal, oggi(), mesi=settings.PUNTI_MESI_CONFERMA, tolleranza=settings.PUNTI_GIORNI_TOLLERANZA)

    @property
    def pubblico(self) -> bool:
        """Its page may be read: listed or not."""
        return self.live and self.stato == StatoPunto.ATTIVO and not (self.freschezza and self.freschezza.scaduta)

    @property
    def ultima_verifica(self) -> Any:
        """The latest confirmation, or None; uses the prefetched rows where there are."""
        return next(iter(self.verifiche.all()), None) if self.pk else None


class TraduzionePunto(Tradotto):
    """The words of a point in another language; hours, address and state are one for all."""

    punto = ParentalKey(PuntoInformativo, on_delete=models.CASCADE, related_name="traduzioni", verbose_name=_("punto"))
    descrizione = models.TextField(_("che cosa puoi fare qui"), blank=True)
    cosa_portare = models.TextField(_("che cosa portare"), blank=True)
    come_arrivare = models.TextField(_("come arrivare"), blank=True)

    class Meta:
        verbose_name = _("traduzione del punto")
        verbose_name_plural = _("traduzioni del punto")
        ordering: ClassVar = ["lingua"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["punto", "lingua"], name="traduzione_punto_una_per_lingua")
        ]
