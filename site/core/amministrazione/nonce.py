"""Wagtail's few inline scripts, let through a strict content policy by the nonce of their own page.

Date pickers, choosers and inline panels start themselves with an inline script
and know no request. The nonce of the page being built is kept here; templates
take it with `{% attributo_nonce %}` (core/templates/wagtailadmin/), and the
chooser, which writes its script in Python, is wrapped once at start.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets import BaseChooser

_nonce: ContextVar[Any] = ContextVar("nonce", default=None)


@contextmanager
def pagina_con(nonce: Any) -> Iterator[None]:
    """Keep the (lazy) nonce of the page that is being built."""
    segno = _nonce.set(nonce)
    try:
        yield
    finally:
        _nonce.reset(segno)


def attributo_nonce() -> SafeString:
    """` nonce="…"`, or nothing outside the back office."""
    nonce = _nonce.get()
    return format_html(' nonce="{}"', str(nonce)) if nonce is not None else SafeString("")


def avvolgi_chooser() -> None:
    """Give the chooser's script the nonce: it is the last one in what `render` returns."""
    originale = BaseChooser.render

    def render(self: BaseChooser, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        html, avvio = originale(self, name, value, attrs, renderer).rsplit("<script>", 1)
        return mark_safe(f"{html}<script{attributo_nonce()}>{avvio}")  # noqa: S308  Wagtail's own markup, unchanged

    BaseChooser.render = render
