"""The panel where an editor writes a record's words in the other languages of the site."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel

from core.lingue import altre


def pannello_traduzioni(*campi: str) -> InlinePanel:
    """One row for each language; `campi` left empty stay in Italian on the page."""
    lingua = FieldPanel("lingua", widget=forms.Select(choices=altre()))
    return InlinePanel(
        "traduzioni",
        label=_("Traduzione"),
        heading=_("Traduzioni"),
        help_text=_("Le parole che lasci vuote si leggono in italiano."),
        panels=[lingua, *map(FieldPanel, campi)],
    )
