"""Back office: the versions of the minutes, any two compared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reti.amministrazione.verbali import VerbaleMixin
from reti.amministrazione.viste import VistaLettura
from reti.differenze import affianca, diverse
from reti.models import VersioneVerbale


class ConfrontoForm(forms.Form):
    """Which two; the last two unless the URL says others."""

    prima = forms.ModelChoiceField(label=_("Confronta"), queryset=VersioneVerbale.objects.none(), required=False)
    dopo = forms.ModelChoiceField(label=_("con"), queryset=VersioneVerbale.objects.none(), required=False)

    def __init__(self, *args: Any, versioni: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            campo.queryset, campo.empty_label = versioni, None
            campo.label_from_instance = etichetta


def etichetta(versione: VersioneVerbale) -> str:
    """«Versione 3 (Ada Rossi)»; a refused one says so."""
    if versione.respinta:
        return _("Non salvata, scritta sulla %(n)d (%(chi)s)") % {"n": versione.numero, "chi": versione.autore}
    return _("Versione %(n)d (%(chi)s)") % {"n": versione.numero, "chi": versione.autore}


class VersioniVerbale(VerbaleMixin, VistaLettura):
    """All the texts, saved and refused, with who and when; two of them side by side."""

    template_name = "reti/gestione/verbale_versioni.html"
    page_title = _("Versioni del verbale")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versioni = self.verbale.versioni.select_related("autore")
        ultime = list(versioni)[-2:]
        scelte = {"prima": ultime[0].pk, "dopo": ultime[-1].pk} if ultime else {}
        form = ConfrontoForm(scelte | self.request.GET.dict(), versioni=versioni)
        prima, dopo = (form.cleaned_data.get(c) for c in ("prima", "dopo")) if form.is_valid() else (None, None)
        differenze = affianca(prima.testo, dopo.testo) if prima and dopo else []
        return super().get_context_data(
            versioni=[(v, etichetta(v)) for v in versioni],
            form=form,
            prima=prima,
            dopo=dopo,
            nomi=[etichetta(v) for v in (prima, dopo) if v],
            differenze=differenze,
            quante=diverse(differenze),
            **kwargs,
        )
