"""Back office: a board's rule of composition, written by rows."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from core.orologio import oggi
from reti.amministrazione.rete import ReteMixin, RigheMixin
from reti.amministrazione.viste import VistaModulo
from reti.composizione import composizione_in_parole, elenca_mancanti
from reti.forms.composizione import ComposizioneFormSet
from reti.models import Rete
from reti.queries.collegio import mancanti_in, regola_di
from reti.services.reti import modifica_rete


class ComposizioneRete(RigheMixin, ReteMixin, VistaModulo):
    """Who must sit. The technical committee shows the law's three, and offers nothing to change."""

    template_name = "reti/gestione/composizione.html"
    page_title = _("Regola di composizione")
    invia = _("Salva la regola")
    messaggio = _("La regola di composizione è aggiornata.")
    righe = "posti"
    nuova_riga: ClassVar[dict[str, str]] = {"minimo": "1"}

    def moduli(self, dati: Any) -> dict[str, Any]:
        return {"posti": ComposizioneFormSet(dati, initial=self.rete.composizione, prefix=self.righe)}

    def esegui(self, moduli: dict[str, Any]) -> HttpResponse:
        dati = {"composizione": moduli["posti"].regola()}
        return self.alla_scheda(modifica_rete(utente=self.request.user, rete=self.rete, dati=dati))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rete=self.rete,
            di_legge=self.rete.tipo == Rete.Tipo.COMITATO_TECNICO,
            regola=composizione_in_parole(regola_di(self.rete)),
            mancanti=elenca_mancanti(mancanti_in(self.rete, oggi())),
            **kwargs,
        )
