"""What a new installation finds: the approval that calls pass before they are published."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from accordi.models import Avviso
from utenti.models import Ruolo

APPROVAZIONE = "Approvazione degli avvisi"


def dopo_la_migrazione(app_config: Any = None, **kwargs: Any) -> None:
    """Django sends the signal app by app: act on the last, when every table exists."""
    if app_config == [c for c in apps.get_app_configs() if c.models_module][-1]:
        prepara_approvazione()


@transaction.atomic
def prepara_approvazione() -> None:
    """Editors submit, coordinators approve. Made once: what the office changes later stays."""
    compito, nuovo = GroupApprovalTask.objects.get_or_create(name=APPROVAZIONE)
    if not nuovo:
        return
    compito.groups.add(Group.objects.get_or_create(name=str(Ruolo.COORDINATORE.label))[0])
    flusso = Workflow.objects.create(name=APPROVAZIONE)
    WorkflowTask.objects.create(workflow=flusso, task=compito, sort_order=0)
    WorkflowContentType.objects.create(workflow=flusso, content_type=ContentType.objects.get_for_model(Avviso))
