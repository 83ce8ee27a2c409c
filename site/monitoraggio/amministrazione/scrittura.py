"""Screens that write: a value, a phase, a snapshot, a new objective. Each calls one service."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from monitoraggio.amministrazione.base import ModuloPeg, VistaObiettivo, VistaPeg
from monitoraggio.forms import CongelaForm, CopiaForm, FaseForm, ImportaForm, ValoreForm
from monitoraggio.models import Fase, Indicatore, Obiettivo, Rilevazione
from monitoraggio.permissions import motivo_rifiuto_inserisci_valore
from monitoraggio.services import aggiorna_fase, congela_scheda, copia_obiettivo, importa_scheda, inserisci_valore


class ValoreView(ModuloPeg, VistaObiettivo):
    """Enter a value by hand."""

    form_class = ValoreForm

    @cached_property
    def indicatore(self) -> Indicatore:
        return get_object_or_404(
            Indicatore.objects.select_related("obiettivo"), obiettivo=self.obiettivo, codice=self.kwargs["indicatore"]
        )

    def motivo_rifiuto(self) -> str:
        return motivo_rifiuto_inserisci_valore(self.request.user, self.indicatore)

    def get_page_title(self) -> str:
        return str(_("Inserisci il valore di %s")) % self.indicatore.codice

    @property
    def spiegazione(self) -> str:
        return self.indicatore.descrizione

    def iniziali(self) -> dict[str, Any]:
        return {"al": self.al}

    def esegui(self, dati: dict[str, Any]) -> str:
        inserisci_valore(utente=self.request.user, indicatore=self.indicatore, **dati)
        return _("Valore di %s inserito.") % self.indicatore.codice

    def indirizzo_dopo(self) -> str:
        return self.indirizzo("record", self.indicatore.codice)


class FaseView(ModuloPeg, VistaObiettivo):
    """Write when a phase began and ended."""

    form_class = FaseForm

    @cached_property
    def fase(self) -> Fase:
        return get_object_or_404(Fase, obiettivo=self.obiettivo, codice=self.kwargs["fase"])

    def get_page_title(self) -> str:
        return str(_("Aggiorna la fase %s")) % self.fase.codice

    @property
    def spiegazione(self) -> str:
        return self.fase.descrizione

    def iniziali(self) -> dict[str, Any]:
        return FaseForm.valori_di(self.fase)

    def esegui(self, dati: dict[str, Any]) -> str:
        aggiorna_fase(utente=self.request.user, fase=self.fase, **dati)
        return _("Fase %s aggiornata.") % self.fase.codice

    def indirizzo_dopo(self) -> str:
        return self.indirizzo("scheda")


class CongelaView(ModuloPeg, VistaObiettivo):
    """Freeze the sheet."""

    form_class = CongelaForm
    page_title = _("Congela la scheda")
    pulsante = _("Congela")
    spiegazione = _("La scheda resta com'è oggi, con la sua impronta: se poi un dato cambia, la differenza si vede.")
    nuova: Rilevazione

    def iniziali(self) -> dict[str, Any]:
        return {"al": self.al}

    def esegui(self, dati: dict[str, Any]) -> str:
        self.nuova = congela_scheda(utente=self.request.user, obiettivo=self.obiettivo, **dati)
        return _("Scheda congelata al %s.") % f"{self.nuova.al:%d/%m/%Y}"

    def indirizzo_dopo(self) -> str:
        return reverse("peg:rilevazione", args=[self.obiettivo.codice, self.nuova.pk])


class ImportaView(ModuloPeg, VistaPeg):
    """A new objective from a definition."""

    form_class = ImportaForm
    page_title = _("Importa un obiettivo")
    pulsante = _("Importa")
    nuovo: Obiettivo

    def esegui(self, dati: dict[str, Any]) -> str:
        self.nuovo = importa_scheda(utente=self.request.user, **dati)
        return _("Obiettivo %s pronto.") % self.nuovo.codice

    def indirizzo_dopo(self) -> str:
        return reverse("peg:scheda", args=[self.nuovo.codice])


class CopiaView(ModuloPeg, VistaObiettivo):
    """The same objective for another year."""

    form_class = CopiaForm
    page_title = _("Copia per un altro anno")
    pulsante = _("Copia")
    spiegazione = _("Fasi, indicatori e misure si ripetono con le date dell'anno scelto; i valori ripartono da zero.")
    nuovo: Obiettivo

    def iniziali(self) -> dict[str, Any]:
        return {"anno": self.obiettivo.anno + 1}

    def esegui(self, dati: dict[str, Any]) -> str:
        self.nuovo = copia_obiettivo(utente=self.request.user, obiettivo=self.obiettivo, **dati)
        return _("Obiettivo %s pronto.") % self.nuovo.codice

    def indirizzo_dopo(self) -> str:
        return reverse("peg:scheda", args=[self.nuovo.codice])
