"""What every template may use."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.models import Installazione


def installazione(request: HttpRequest) -> dict[str, object]:
    """`installazione`: whose site this is (read once per page, only where used)."""
    return {"installazione": SimpleLazyObject(Installazione.corrente)}
