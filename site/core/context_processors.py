"""What every template may use."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.lingue import lang_it, prefisso
from core.memoria import RICORDI
from core.models import Installazione


def installazione(request: HttpRequest) -> dict[str, object]:
    """`installazione`: whose site this is, read once for each generation; `radice`: where its pages begin.

    `lang_it`: the attribute of an element whose text is Italian on a page that isn't.
    """
    return {
        "installazione": SimpleLazyObject(lambda: RICORDI.ricorda("installazione", Installazione.corrente)),
        "radice": f"/{prefisso()}",
        "lang_it": lang_it(),
    }
