"""What editors scheduled: it goes online, or leaves, at its hour."""

import io

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision


def pubblica_programmati() -> int:
    """Periodic work: publish what was approved for an hour that has come, take off what has expired; how many.

    Wagtail leaves it to a command that somebody must run; calls and points scheduled there go with it.
    """
    ora = timezone.now()
    quanti = Revision.objects.filter(approved_go_live_at__lt=ora).count()
    quanti += Page.objects.filter(live=True, expire_at__lt=ora).count()
    call_command("publish_scheduled", stdout=io.StringIO())
    return quanti
