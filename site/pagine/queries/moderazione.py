"""Pages that wait for a person's approval."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from core.scrivania import Voce


def voci_scrivania(utente: Any) -> list[Voce]:
    """Each page that an editor submitted and `utente` may approve, from the one that waits longest."""
    if not getattr(utente, "is_authenticated", False):
        return []
    pagine = ContentType.objects.get_for_model(Page)
    attese = TaskState.objects.reviewable_by(utente).filter(workflow_state__base_content_type=pagine)
    attese = attese.select_related("workflow_state__requested_by").prefetch_related("workflow_state__content_object")
    return [
        Voce(
            titolo=_("Leggi e approva la pagina «%s»") % attesa.workflow_state.content_object.get_admin_display_title(),
            url=reverse("wagtailadmin_pages:edit", args=[attesa.workflow_state.object_id]),
            dettaglio=_("Inviata da %s") % attesa.workflow_state.requested_by,
            gruppo=_("Pagine"),
        )
        for attesa in attese.order_by("started_at")
        if attesa.workflow_state.content_object
    ]
