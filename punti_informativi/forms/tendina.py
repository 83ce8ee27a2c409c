"""A menu written in one go: Django asks a template for each of its choices, and comuni are more than a hundred."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe


class Tendina(forms.Select):
    """The same words as `django/forms/widgets/select.html`, without groups. `voci`: its choices already written."""

    voci: str | None = None

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        attributi = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        scritte = self.voci
        if scritte is None:
            scelto = self.format_value(value)[0] if value is not None else ""
            scritte = voci([(scritta(str(v), t), str(v) == scelto, None) for v, t in self.choices])
        return format_html("<select{}>\n{}\n</select>", attributi, scritte)


Scritta = tuple[str, str]


def scritta(valore: str, testo: object) -> Scritta:
    """A choice ready to be written: what stands before and after the mark of the one chosen."""
    return f'<option value="{escape(valore)}"', f">{escape(testo)}"


def voci(scelte: Iterable[tuple[Scritta, bool, int | None]]) -> SafeString:
    """The choices of a menu: each with whether it is the one chosen and how many it counts, when it counts."""
    righe = [
        f"{prima}{' selected' if scelta else ''}{dopo}{'' if quanti is None else f' ({quanti})'}</option>"
        for (prima, dopo), scelta, quanti in scelte
    ]
    return mark_safe("\n".join(righe))  # noqa: S308  each piece was escaped when it was prepared
