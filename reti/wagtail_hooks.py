"""What this app adds to the back office."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from reti.amministrazione.menu import TavoliGroup


@hooks.register("register_admin_viewset")
def tavoli() -> ViewSetGroup:
    return TavoliGroup()
