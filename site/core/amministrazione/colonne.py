"""Columns of the back office's lists."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.tables import Column


class ColonnaData(Column):
    """A date as it is, with the minute for an instant: Wagtail's own column calls every future date "just now"."""

    def get_value(self, instance: Any) -> str:
        valore = super().get_value(instance)
        if isinstance(valore, datetime):
            return f"{timezone.localtime(valore):%d/%m/%Y %H:%M}"
        return f"{valore:%d/%m/%Y}" if valore else ""
