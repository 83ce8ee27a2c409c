"""A record that others refer to isn't deleted: the person is told, instead of an error page."""

from collections.abc import Sequence

from django.contrib import messages
from django.db import models, router
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _


def rifiuta_se_usato(request: HttpRequest, oggetti: Sequence[models.Model]) -> HttpResponse | None:
    """Hook of Wagtail before a deletion: sends back with a sentence when some record is still referred to."""
    for oggetto in oggetti if request.method == "POST" else ():
        try:
            Collector(using=router.db_for_write(type(oggetto))).collect([oggetto])
        except (ProtectedError, RestrictedError):
            messages.error(request, _("«%s» non si può cancellare: altri documenti vi fanno riferimento.") % oggetto)
            return redirect("wagtailadmin_home")
    return None
