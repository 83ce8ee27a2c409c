"""Avvisi: calls published from the CMS, with their rule of composition."""

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from accordi.blocchi import DocumentoRichiestoBlock, DomandeBlock, FaqBlock
from accordi.composizione import descrivi, valida_regola
from accordi.models.modelli import ModelloAccordo
from accordi.scelte import AreaRisorsa, CategoriaDestinatari, Livello, TipoAccordo, TipoAzione
from core.orologio import adesso
from core.parole import indice
from utenti.permissions import LEGGONO_TUTTO, ha_ruolo

# Fields that hold a list of chosen values.
ELENCHI: dict[str, type[models.TextChoices]] = {
    "destinatari": CategoriaDestinatari,
    "tipi_azione": TipoAzione,
    "aree_risorse": AreaRisorsa,
}


class AvvisoQuerySet(models.QuerySet["Avviso"]):
    def pubblicati(self) -> "AvvisoQuerySet":
        return self.filter(live=True)

    def aperti(self) -> "AvvisoQuerySet":
        """Published and within their window now."""
        ora = adesso()
        return self.pubblicati().filter(apre__lte=ora, chiude__gt=ora)

    def visibili_a(self, utente: Any) -> "AvvisoQuerySet":
        return self if ha_ruolo(utente, LEGGONO_TUTTO) else self.pubblicati()


class Avviso(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model
):
    """A call: who may answer, when, and under which rule of composition.

    `regola_composizione` is data, read by accordi.composizione: {"minimo": 3,
    "ruoli": [{"nome": …, "accreditamento": "lavoro", "tipi": […], "minimo": 1,
    "dichiarazione": …}], "sede_nel_territorio": true}.
    """

    slug = models.SlugField(_("indirizzo web"), max_length=120, unique=True)
    titolo = models.CharField(_("titolo"), max_length=200)
    tipo = models.CharField(_("tipo di accordo"), max_length=30, choices=TipoAccordo.choices)
    sommario = models.CharField(_("in breve"), max_length=300)
    testo = RichTextField(_("testo"), blank=True, features=["h2", "h3", "bold", "ol", "ul", "link", "document-link"])
    atto = models.CharField(_("atto di approvazione"), max_length=200)
    apre = models.DateTimeField(_("apre"))
    chiude = models.DateTimeField(_("chiude"))
    regola_composizione = models.JSONField(_("regola di composizione"), default=dict, blank=True)
    giorni_sottoscrizione = models.PositiveSmallIntegerField(
        _("giorni per la sottoscrizione"), default=30, help_text=_("Dalla data di protocollo dell'istanza.")
    )
    conta_netto = models.BooleanField(_("le sospensioni fermano il termine"), default=False)
    attiva_punti = models.BooleanField(
        _("attiva punti informativi"), default=False, help_text=_("Un'istanza ammessa può candidare punti informativi.")
    )
    domande = StreamField(DomandeBlock(), verbose_name=_("domande"), blank=True)
    documenti_richiesti = StreamField(
        [("documento", DocumentoRichiestoBlock())], verbose_name=_("documenti da allegare"), blank=True
    )
    faq = StreamField([("faq", FaqBlock())], verbose_name=_("domande frequenti"), blank=True)
    destinatari = models.JSONField(_("a chi si rivolge"), default=list, blank=True)
    tipi_azione = models.JSONField(_("azioni ammesse"), default=list, blank=True)
    aree_risorse = models.JSONField(_("risorse proprie ammesse"), default=list, blank=True)
    esige_firma_istanza = models.BooleanField(
        _("l'istanza si firma"),
        default=True,
        help_text=_("Chi non entra con SPID o CIE allega l'istanza firmata (art. 65 CAD)."),
    )
    modello = models.ForeignKey(
        ModelloAccordo,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="avvisi",
        verbose_name=_("modello dell'accordo"),
    )
    livello_firma = models.CharField(
        _("firma chiesta alle parti"), max_length=12, choices=Livello.choices, default=Livello.SEMPLICE
    )
    accetta_p7m = models.BooleanField(_("accetta firme .p7m (CAdES)"), default=False)
    durata_mesi = models.PositiveSmallIntegerField(_("durata dell'accordo in mesi"), null=True, blank=True)
    preavviso_giorni = models.PositiveSmallIntegerField(
        _("giorni di preavviso per disdetta o recesso"), null=True, blank=True
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="avviso")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="avviso",
        for_concrete_model=False,
    )

    objects = AvvisoQuerySet.as_manager()
    search_fields: ClassVar = [
        index.SearchField("titolo", boost=2),
        index.SearchField("sommario"),
        index.SearchField("testo"),
        index.AutocompleteField("titolo"),
        index.SearchField("parole_cercabili"),
        index.AutocompleteField("parole_cercabili"),
        index.FilterField("live"),
        index.FilterField("tipo"),
    ]

    class Meta:
        verbose_name = _("avviso")
        verbose_name_plural = _("avvisi")
        ordering: ClassVar = ["-apre"]
        permissions: ClassVar = [("publish_avviso", "Può pubblicare avvisi")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(chiude__gt=F("apre")), name="avviso_chiude_dopo_l_apertura")
        ]

    def __str__(self) -> str:
        return self.titolo

    def get_absolute_url(self) -> str:
        return reverse("accordi:avviso", args=[self.slug])

    @property
    def revisions(self) -> Any:
        return self._revisions

    def clean(self) -> None:
        if self.apre and self.chiude and self.chiude <= self.apre:
            raise ValidationError({"chiude": _("La chiusura viene prima dell'apertura: correggi una delle due date.")})
        if errori := valida_regola(self.regola_composizione):
            raise ValidationError({"regola_composizione": errori})
        for campo, scelte in ELENCHI.items():
            scritti = getattr(self, campo)
            if not isinstance(scritti, list) or any(voce not in scelte.values for voce in scritti):
                ammessi = ", ".join(scelte.values)
                raise ValidationError({campo: _("Scegli fra questi valori: %s.") % ammessi})

    def parole_cercabili(self) -> str:
        """What the search of the site compares, folded and by stem, as for pages."""
        return indice(self.titolo, self.sommario, strip_tags(self.testo.replace("<", " <")))

    def in_parole(self, campo: str) -> list[str]:
        """The labels of what the list `campo` (a key of ELENCHI) holds, in the order of the choices."""
        return [str(scelta.label) for scelta in ELENCHI[campo] if scelta.value in getattr(self, campo)]

    @property
    def aperto(self) -> bool:
        return self.live and self.apre <= adesso() < self.chiude

    @property
    def fase(self) -> str:
        """Where the call stands now: "in-arrivo", "aperto" or "chiuso"."""
        if adesso() < self.apre:
            return "in-arrivo"
        return "aperto" if adesso() < self.chiude else "chiuso"

    @property
    def condizioni(self) -> list[str]:
        """Who may answer, in plain Italian."""
        return descrivi(self.regola_composizione)

    @property
    def durante_l_attesa(self) -> str:
        """What the term does while the Province waits for the applicant's answer, in a sentence."""
        return _("Intanto il termine è fermo.") if self.conta_netto else _("Intanto i giorni continuano a contare.")

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "accordi/avviso.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {"avviso": self, "request": request}
