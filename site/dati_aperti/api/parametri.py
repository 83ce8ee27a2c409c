"""What may be asked: the filters of the public list, with its own names, so that a page's address works here too."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.db import models
from django.http import QueryDict
from django.utils import timezone
from pydantic import BaseModel, Field, ValidationInfo, model_validator

from accordi.queries.pubblicazione import RicercaAccordi, enti_del_registro
from accordi.scelte import TipoAccordo
from core.orologio import adesso
from dati_aperti.api.problemi import ParametriErrati
from dati_aperti.api.schemi import Fase
from punti_informativi.models import Destinatari, Lingua, Servizio
from punti_informativi.queries.elenco import (
    ACCESSO_CON_AIUTO,
    ACCESSO_PIENO,
    CON_APPUNTAMENTO,
    SENZA_APPUNTAMENTO,
    Filtri,
)
from punti_informativi.queries.luoghi import luogo
from reti.models import Comune

SENZA_NULLI = r"^[^\x00]*$"
Testo = Annotated[str, Field(max_length=100, pattern=SENZA_NULLI)]
SCONOSCIUTO = "Questo parametro non c'è. Ci sono: %s."
RIPETUTO = "Scrivi questo parametro una volta sola."


class Parametri(BaseModel):
    """Refuses a parameter that it doesn't know, or written twice: a filter must not look as if it had filtered.

    An empty one asks nothing: forms send their empty fields too.
    """

    @model_validator(mode="before")
    @classmethod
    def _nessuno_sconosciuto(cls, dati: Any, info: ValidationInfo) -> Any:
        solo(info.context["request"].GET, cls.model_fields)
        return {nome: valore for nome, valore in dati.items() if valore != ""}


def solo(arrivati: QueryDict, ammessi: Iterable[str] = ()) -> None:
    """Refuses names beyond `ammessi`, and any that comes twice."""
    noti = ", ".join(ammessi) or "nessuno"
    errori = [(nome, SCONOSCIUTO % noti) for nome in arrivati if nome not in ammessi]
    errori += [(nome, RIPETUTO) for nome in arrivati if nome in ammessi and len(arrivati.getlist(nome)) > 1]
    if errori:
        raise ParametriErrati(*errori)


class DiPagina(Parametri):
    pagina: int = Field(1, ge=1, le=100_000, description="La prima è 1.")
    per_pagina: int = Field(20, ge=1, le=100, description="Quanti risultati in una pagina.")


class DiPunti(DiPagina):
    q: Testo = Field("", description="Parole di nome, servizi, comune, ente; accenti e desinenze non contano.")
    vicino: Testo = Field("", description="Nome o codice ISTAT del comune dove si abita: ordina per distanza.")
    lat: float | None = Field(None, ge=-90, le=90, allow_inf_nan=False, description="Con «lon», al posto di «vicino».")
    lon: float | None = Field(None, ge=-180, le=180, allow_inf_nan=False)
    entro: int | None = Field(None, ge=1, le=200, description="Chilometri da «vicino» o da «lat» e «lon».")
    comune: Testo = Field("", description="Codice ISTAT del comune del punto.")
    servizio: Testo = Field("", description="Slug di un servizio: /api/v1/servizi.")
    per: Testo = Field("", description="Slug di un gruppo di destinatari: /api/v1/destinatari.")
    lingua: Testo = Field("", description="Codice ISO 639 di una lingua parlata.")
    appuntamento: str = Field(
        "", pattern=f"^({CON_APPUNTAMENTO}|{SENZA_APPUNTAMENTO})?$", description="«con» o «senza» appuntamento."
    )
    accessibile: str = Field(
        "",
        pattern=f"^({ACCESSO_PIENO}|{ACCESSO_CON_AIUTO})?$",
        description="In sedia a rotelle: «completa» o «aiuto».",
    )
    aperto: bool = Field(False, description="Solo quelli aperti in questo momento.")
    a_distanza: bool = Field(False, description="Solo quelli che aiutano anche a distanza.")

    def filtri(self) -> Filtri:
        """Refuses what no record answers to, and a distance from nowhere."""
        if (self.lat is None) != (self.lon is None):
            raise ParametriErrati(("lon" if self.lon is None else "lat", "Scrivi «lat» e «lon» insieme."))
        abito = _comune_scritto(self.vicino) if self.vicino else None
        vicino = (self.lat, self.lon) if self.lat is not None and abito is None else None
        if self.entro and not (abito or vicino):
            raise ParametriErrati(("entro", "Scrivi anche «vicino», o «lat» e «lon»: la distanza si misura da lì."))
        return Filtri(
            q=self.q,
            abito=abito,
            vicino=vicino,
            entro=self.entro,
            comune=_uno(Comune.objects.all(), "codice_istat", self.comune, "comune"),
            servizio=_uno(Servizio.objects.all(), "slug", self.servizio, "servizio"),
            destinatari=_uno(Destinatari.objects.all(), "slug", self.per, "per"),
            lingua=_uno(Lingua.objects.all(), "codice", self.lingua, "lingua"),
            aperto_alle=timezone.localtime(adesso()) if self.aperto else None,
            appuntamento=self.appuntamento,
            accessibile=self.accessibile,
            a_distanza=self.a_distanza,
        )


class DiAvvisi(DiPagina):
    q: Testo = Field("", description="Parole del titolo o del sommario.")
    fase: Fase | None = Field(None, description="Senza: tutti, prima quelli aperti.")
    tipo: TipoAccordo | None = None


class DiAccordi(DiPagina):
    q: Testo = Field("", description="Parole dell'oggetto o di una parte.")
    tipo: TipoAccordo | None = None
    ente: Testo = Field("", description="Slug di un soggetto che è parte.")
    anno: int | None = Field(None, ge=1990, le=2200, description="Anno della firma.")
    in_vigore: date | None = Field(None, description="Solo quelli in vigore in quel giorno.")

    def ricerca(self) -> RicercaAccordi:
        return RicercaAccordi(
            q=self.q,
            tipo=self.tipo or "",
            ente=_uno(enti_del_registro(), "slug", self.ente, "ente"),
            anno=str(self.anno or ""),
            in_vigore=self.in_vigore,
        )


def _comune_scritto(scritto: str) -> Comune:
    trovato = luogo(scritto)
    if trovato.comune is None:
        vicini = ", ".join(c.nome for c in trovato.proposte)
        forse = f" Forse: {vicini}." if vicini else ""
        raise ParametriErrati(("vicino", f"Non troviamo questo comune.{forse}"))
    return trovato.comune


def _uno(righe: models.QuerySet, campo: str, valore: str, parametro: str) -> Any:
    """The record of that value; None when nothing was asked."""
    if not valore:
        return None
    trovato = righe.filter(**{campo: valore}).first()
    if trovato is None:
        raise ParametriErrati((parametro, f"Nessuna voce «{valore}»: i valori ammessi sono negli elenchi dell'API."))
    return trovato
