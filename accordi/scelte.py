"""Kinds that calls, agreements and their life share. A leaf."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TipoAccordo(models.TextChoices):
    """Kinds of agreement."""

    PARTENARIATO_GOL = "partenariato_gol", _("Accordo di partenariato GOL")
    PARTENARIATO_TERRITORIALE = "partenariato_territoriale", _("Partenariato territoriale")
    PATTO_COMPETENZE = "patto_competenze", _("Patto territoriale per le competenze")
    COLLABORAZIONE = "collaborazione", _("Accordo di collaborazione")
    PROTOCOLLO_INTESA = "protocollo_intesa", _("Protocollo d'intesa")
    CONVENZIONE = "convenzione", _("Convenzione")


class Livello(models.TextChoices):
    """Levels of a signature (eIDAS artt. 25-26, CAD artt. 20-21), the weakest first."""

    SEMPLICE = "semplice", _("Elettronica semplice con sigillo della piattaforma")
    AVANZATA = "avanzata", _("Avanzata")
    QUALIFICATA = "qualificata", _("Digitale o qualificata")


class TipoAzione(models.TextChoices):
    """The six kinds of action of a territorial partnership."""

    RICOLLOCAZIONE = "ricollocazione", _("Ricollocazione assistita (outplacement)")
    COMPETENZE = "competenze", _("Analisi delle competenze che mancano")
    AGGREGAZIONE = "aggregazione", _("Aggregazione dei lavoratori, anche in aiuto alle imprese in crisi")
    FABBISOGNI = "fabbisogni", _("Analisi dei fabbisogni e delle opportunità del territorio")
    PROMOZIONE = "promozione", _("Promozione dei lavoratori presso territorio e settori")
    RICERCA_IMPRESE = "ricerca_imprese", _("Ricerca delle imprese in cui ricollocarli")


class AreaRisorsa(models.TextChoices):
    """Where the parties may bring means of their own."""

    FORMAZIONE = "formazione", _("Formazione")
    REDDITO = "reddito", _("Sostegno al reddito")
    CONCILIAZIONE = "conciliazione", _("Conciliazione tra vita e lavoro")
    SOCIALE = "sociale", _("Supporto sociale")


class CategoriaDestinatari(models.TextChoices):
    """Whom a call is for in the end."""

    DISOCCUPATI = "disoccupati", _("Persone disoccupate")
    AMMORTIZZATORI = "ammortizzatori", _("Lavoratori con ammortizzatori sociali")
    DOTE = "dote", _("Destinatari di Dote ricollocazione")
    GIOVANI = "giovani", _("Giovani")
    DONNE = "donne", _("Donne")
    OVER_55 = "over_55", _("Persone con più di 55 anni")
    DISABILITA = "disabilita", _("Persone con disabilità (L. 68/1999)")
    FRAGILITA = "fragilita", _("Persone in condizione di fragilità")
    MIGRANTI = "migranti", _("Persone con background migratorio")
    IMPRESE = "imprese", _("Imprese")
