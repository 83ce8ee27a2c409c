"""Comparison of revisions in words, for fields that hold data."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Field, Model
from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import FieldPanel


class ConfrontoInParole(FieldComparison):
    """Compares what `parole` says of the two values."""

    def __init__(self, field: Field, obj_a: Model, obj_b: Model, *, parole: Callable[[Any], str]) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a, self.val_b = parole(self.val_a), parole(self.val_b)


class PannelloInParole(FieldPanel):
    """A field that holds data; `parole` says a value of it in Italian."""

    def __init__(self, field_name: str, *, parole: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(field_name, **kwargs)
        self.parole = parole

    def clone_kwargs(self) -> dict[str, Any]:
        return super().clone_kwargs() | {"parole": self.parole}

    def get_comparison_class(self) -> Callable[..., ConfrontoInParole]:
        return partial(ConfrontoInParole, parole=self.parole)
