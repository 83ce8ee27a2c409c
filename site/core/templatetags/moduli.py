"""Form fields drawn with Bootstrap Italia classes."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()
CLASSI = {
    "select": "form-select",
    "tendina": "form-select",
    "selectmultiple": "form-select",
    "checkbox": "form-check-input",
}
SENZA_CLASSE = {"radioselect", "checkboxselectmultiple"}


@register.filter
def con_classe(campo: BoundField) -> SafeString:
    """The field's widget with its class and, when in error, aria-invalid (Django adds aria-describedby)."""
    attributi = {}
    if campo.widget_type not in SENZA_CLASSE:
        propria = campo.field.widget.attrs.get("class", "")
        attributi["class"] = f"{CLASSI.get(campo.widget_type, 'form-control')} {propria}".strip()
    return campo.as_widget(attrs=attributi)
