"""A menu written in one go: Django asks a template for each of its choices, and comuni are more than a hundred."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Tendina(forms.Select):
    """The same words as `django/forms/widgets/select.html`, without groups."""

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        menu = self.get_context(name, value, attrs)["widget"]
        scelte = [opzione for _gruppo, opzioni, _posto in menu["optgroups"] for opzione in opzioni]
        righe = ((opzione["value"], flatatt(opzione["attrs"]), opzione["label"]) for opzione in scelte)
        voci = format_html_join("\n", '<option value="{}"{}>{}</option>', righe)
        return format_html("<select{}>\n{}\n</select>", flatatt({"name": menu["name"], **menu["attrs"]}), voci)
