"""Back office: desk as home page, outbox and audit trail, our colours, a menu without what isn't used here."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.permissions import register_permission_policy

from core.amministrazione.cancellazioni import rifiuta_se_usato
from core.amministrazione.nonce import avvolgi_chooser
from core.amministrazione.registri import RegistriGruppo, SolaLettura
from core.amministrazione.scrivania import PannelloScrivania
from core.models import Messaggio, RigaRegistro

# Of Wagtail's own panels only the one with what an editor must approve is work to do.
PANNELLI_TENUTI = {"workflow_objects_to_moderate"}
VOCI_TOLTE = {"help"}

avvolgi_chooser()
hooks.register("before_delete_snippet", rifiuta_se_usato)
for _modello in (Messaggio, RigaRegistro):
    register_permission_policy(_modello, SolaLettura(_modello))


@hooks.register("register_admin_viewset")
def registri() -> RegistriGruppo:
    return RegistriGruppo()


@hooks.register("construct_homepage_panels")
def scrivania(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [PannelloScrivania(), *(p for p in panels if getattr(p, "name", "") in PANNELLI_TENUTI)]


@hooks.register("construct_homepage_summary_items")
def senza_conteggi(request: HttpRequest, summary_items: list[Component]) -> None:
    summary_items.clear()


@hooks.register("construct_main_menu")
def menu_essenziale(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    tolte = VOCI_TOLTE if request.user.is_superuser else VOCI_TOLTE | {"reports"}
    menu_items[:] = [voce for voce in menu_items if voce.name not in tolte]


@hooks.register("insert_global_admin_css")
def colori() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("core/gestione.css"))
