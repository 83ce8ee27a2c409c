"""What this app adds to the back office: one menu, with calls, applications and agreements under it."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.snippets.models import register_snippet

from accordi.amministrazione import MENU_ACCORDI
from accordi.amministrazione.accordi import AccordoViewSet
from accordi.amministrazione.avvisi import AvvisoViewSet, ModelloViewSet
from accordi.amministrazione.firma_esterna import FirmaEsternaViewSet
from accordi.amministrazione.firme import VoceDaFirmare
from accordi.amministrazione.istanze import IstanzaViewSet
from accordi.amministrazione.protocollo import ProtocolloViewSet
from accordi.amministrazione.scadenze import ScadenzeViewSet

# Each viewset enters this menu by `menu_hook = MENU_ACCORDI` (accordi.amministrazione).
menu_accordi = Menu(register_hook_name=MENU_ACCORDI)

register_snippet(AvvisoViewSet)
register_snippet(ModelloViewSet)


@hooks.register("register_admin_menu_item")
def voce_menu_accordi() -> SubmenuMenuItem:
    return SubmenuMenuItem(_("Avvisi e accordi"), menu_accordi, name="accordi", icon_name="doc-full", order=300)


@hooks.register("register_admin_viewset")
def registra_istanze() -> IstanzaViewSet:
    return IstanzaViewSet()


@hooks.register(MENU_ACCORDI)
def voce_da_firmare() -> VoceDaFirmare:
    return VoceDaFirmare()


@hooks.register("register_admin_viewset")
def registra_accordi() -> AccordoViewSet:
    return AccordoViewSet()


@hooks.register("register_admin_viewset")
def registra_firma_esterna() -> FirmaEsternaViewSet:
    return FirmaEsternaViewSet()


@hooks.register("register_admin_viewset")
def registra_termini() -> ScadenzeViewSet:
    return ScadenzeViewSet()


@hooks.register("register_admin_viewset")
def registra_protocollo() -> ProtocolloViewSet:
    return ProtocolloViewSet()
