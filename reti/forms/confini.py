"""A file of boundaries, and whom the map has to thank for it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfiniForm(forms.Form):
    """The service reads and checks the file."""

    file = forms.FileField(
        label=_("File GeoJSON"),
        help_text=_("Un poligono per comune, con il codice ISTAT o il nome, in gradi (WGS 84). Al massimo 30 MB."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )
    fonte = forms.CharField(
        label=_("Fonte e licenza"),
        max_length=200,
        required=False,
        help_text=_("La mappa le scrive sotto il disegno: per esempio «ISTAT, CC BY 4.0»."),
    )
