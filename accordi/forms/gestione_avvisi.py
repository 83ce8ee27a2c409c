"""The call as the back office edits it: the lists kept as JSON are boxes to tick."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from accordi.forms.regola import RegolaWidget
from accordi.scelte import AreaRisorsa, CategoriaDestinatari, TipoAzione


def _scelte(etichetta: str, scelte: list[tuple[str, str]], aiuto: str) -> forms.MultipleChoiceField:
    segni = forms.CheckboxSelectMultiple(attrs={"class": "rt-opzioni"})
    return forms.MultipleChoiceField(label=etichetta, choices=scelte, required=False, help_text=aiuto, widget=segni)


CONTEGGI = ("domande-count", "documenti_richiesti-count", "faq-count")


class AvvisoAdminForm(WagtailAdminModelForm):
    """A request without the counts of the blocks is refused in words: Wagtail would break on it."""

    regola_composizione = forms.JSONField(label=_("Regola di composizione"), required=False, widget=RegolaWidget)
    destinatari = _scelte(
        _("A chi si rivolge"), CategoriaDestinatari.choices, _("Chi cerca un avviso può filtrare per questi gruppi.")
    )
    tipi_azione = _scelte(
        _("Azioni ammesse"), TipoAzione.choices, _("Le azioni che la rete può svolgere. Nessun segno: non si chiedono.")
    )
    aree_risorse = _scelte(
        _("Risorse proprie ammesse"), AreaRisorsa.choices, _("Dove i soggetti possono mettere risorse proprie.")
    )

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        self.mancano = [nome for nome in CONTEGGI if data is not None and nome not in data]
        if self.mancano:
            data = data.copy()
            data.update(dict.fromkeys(self.mancano, "0"))
        super().__init__(data, *args, **kwargs)
        testo = self.fields["testo"]  # Wagtail's editor isn't tied to its label
        testo.widget.options = testo.widget.options | {"ariaLabel": str(testo.label)}

    def clean(self) -> dict[str, Any]:
        if self.mancano:
            self.add_error(None, _("Il modulo è arrivato incompleto: ricarica la pagina e riprova."))
        return super().clean()
