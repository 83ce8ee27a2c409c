"""Files of applications: who may open which, and how they go for good."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accordi.models.istanze import Istanza, PartecipanteIstanza, Sospensione
from core.archivio import archivio_privato
from core.orologio import adesso
from reti.models import Rappresentanza, Soggetto
from reti.models.incontri import codice_opaco
from utenti.permissions import COORDINANO, LEGGONO_TUTTO, ha_ruolo


class DocumentoIstanzaQuerySet(models.QuerySet["DocumentoIstanza"]):
    def visibili_a(self, utente: Any) -> "DocumentoIstanzaQuerySet":
        """Among the documents of applications that `utente` may see, those to open.

        What one body puts for itself (powers, statute, identity) stays between that body, the leading one and
        the office. What is of the whole partnership is read by who is asked to take part, and once confirmed
        also the signed text and the answers to the office. The identity card of who signed by hand: only who
        may present and coordinators.
        """
        if ha_ruolo(utente, COORDINANO):
            return self
        senza_identita = self.exclude(richiesta=DocumentoIstanza.IDENTITA)
        if ha_ruolo(utente, LEGGONO_TUTTO):
            return senza_identita
        propri = Soggetto.objects.rappresentati_da(utente).values("pk")
        presenta = Rappresentanza.objects.valide().filter(utente=utente, puo_presentare=True).values("soggetto")
        leggibili = senza_identita.filter(Q(soggetto__in=propri) | Q(istanza__capofila__in=propri) | _comuni(propri))
        return self.filter(
            Q(pk__in=leggibili.values("pk")) | Q(richiesta=DocumentoIstanza.IDENTITA, istanza__capofila__in=presenta)
        )

    def scarta(self) -> None:
        """Delete the rows now, and their bytes once the transaction holds."""
        for documento in self:
            archivio, nome = documento.file.storage, documento.file.name
            documento.delete()
            transaction.on_commit(lambda a=archivio, n=nome: a.delete(n))


def _comuni(propri: models.QuerySet) -> Q:
    """Documents of the whole partnership, for bodies that are in it."""
    parti = PartecipanteIstanza.objects.filter(soggetto__in=propri)
    chiesti = parti.exclude(conferma=PartecipanteIstanza.Conferma.RIFIUTATA).values("istanza")
    confermati = parti.filter(conferma=PartecipanteIstanza.Conferma.CONFERMATA).values("istanza")
    riservati = Q(richiesta__in=(DocumentoIstanza.FIRMATA, DocumentoIstanza.INTEGRAZIONE))
    return Q(soggetto=None) & ((~riservati & Q(istanza__in=chiesti)) | Q(istanza__in=confermati))


class DocumentoIstanza(models.Model):
    """A file of an application. `richiesta`: id of the call's block, or one of the fixed uses below."""

    FIRMATA, IDENTITA, INTEGRAZIONE = "firmata", "identita", "integrazione"

    istanza = models.ForeignKey(Istanza, models.CASCADE, related_name="documenti", verbose_name=_("istanza"))
    codice = models.CharField(max_length=16, unique=True, default=codice_opaco, editable=False)
    richiesta = models.CharField(max_length=40)
    soggetto = models.ForeignKey(
        Soggetto, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("soggetto")
    )
    sospensione = models.ForeignKey(
        Sospensione,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documenti",
        verbose_name=_("in risposta a"),
    )
    nome = models.CharField(_("nome del file"), max_length=200)
    file = models.FileField(_("file"), storage=archivio_privato, upload_to="istanze")
    dimensione = models.PositiveIntegerField(_("dimensione in byte"))
    impronta = models.CharField(_("impronta SHA-256"), max_length=64)
    caricato_da = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("caricato da")
    )
    caricato_il = models.DateTimeField(_("caricato il"), default=adesso)

    objects = DocumentoIstanzaQuerySet.as_manager()

    class Meta:
        verbose_name = _("documento dell'istanza")
        verbose_name_plural = _("documenti dell'istanza")
        ordering: ClassVar = ["caricato_il", "pk"]

    def __str__(self) -> str:
        return self.nome
