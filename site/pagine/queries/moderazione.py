"""Pages and calls that wait for a person: to approve, or to put right."""

from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, TaskState, WorkflowState

from core.scrivania import Voce


def voci_scrivania(utente: Any) -> list[Voce]:
    """What an editor submitted and `utente` may approve, and what was sent back to `utente`, the longest wait first."""
    if not getattr(utente, "is_authenticated", False):
        return []
    attese = TaskState.objects.reviewable_by(utente).select_related("workflow_state__requested_by")
    tornate = WorkflowState.objects.filter(requested_by=utente, status=WorkflowState.STATUS_NEEDS_CHANGES)
    da_approvare = attese.prefetch_related("workflow_state__content_object").order_by("started_at")
    da_correggere = (
        tornate.select_related("current_task_state")
        .prefetch_related("content_object")
        .order_by("current_task_state__finished_at")
    )
    dove = AdminURLFinder(utente)
    return [
        *(_da_approvare(a, dove) for a in da_approvare if a.workflow_state.content_object),
        *(_da_correggere(t, dove) for t in da_correggere if t.content_object),
    ]


def _da_approvare(attesa: TaskState, dove: AdminURLFinder) -> Voce:
    cosa = attesa.workflow_state.content_object
    frase = _("Leggi e approva la pagina «%s»") if isinstance(cosa, Page) else _("Leggi e approva «%s»")
    inviata_da = _("Inviata da %s") % attesa.workflow_state.requested_by
    return Voce(frase % _titolo(cosa), dove.get_edit_url(cosa) or "", dettaglio=inviata_da, gruppo=_gruppo(cosa))


def _da_correggere(tornata: WorkflowState, dove: AdminURLFinder) -> Voce:
    cosa, esito = tornata.content_object, tornata.current_task_state
    frase = _("Correggi «%s»: chi coordina chiede modifiche") % _titolo(cosa)
    return Voce(frase, dove.get_edit_url(cosa) or "", dettaglio=esito.comment if esito else "", gruppo=_gruppo(cosa))


def _titolo(cosa: Model) -> str:
    return cosa.get_admin_display_title() if isinstance(cosa, Page) else str(cosa)


def _gruppo(cosa: Model) -> str:
    return _("Pagine") if isinstance(cosa, Page) else str(capfirst(cosa._meta.verbose_name_plural))
