"""Back office: who may see accounts and groups."""

from django.contrib.auth.models import Group
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from utenti.amministrazione import Nessuno, SoloAmministratore
from utenti.models import Utente

register_permission_policy(Utente, SoloAmministratore(Utente))
register_permission_policy(Group, Nessuno(Group))


@hooks.register("construct_settings_menu")
def senza_gruppi(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [voce for voce in menu_items if voce.name != "groups"]
