"""What this app adds to the back office."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.permissions import register_permission_policy

from core.amministrazione.registri import SolaLettura
from reti.amministrazione.menu import TavoliGroup
from reti.amministrazione.registro import SenzaCancellazione
from reti.amministrazione.serie import SerieViewSet
from reti.amministrazione.soggetti import ReteGroup
from reti.models import Accreditamento, Comune, MessaggioRicevuto, Rappresentanza, Sede, Soggetto

for _modello in (Comune, MessaggioRicevuto):
    register_permission_policy(_modello, SolaLettura(_modello))
for _modello in (Soggetto, Sede, Accreditamento, Rappresentanza):
    register_permission_policy(_modello, SenzaCancellazione(_modello))


@hooks.register("register_admin_viewset")
def tavoli() -> ViewSetGroup:
    return TavoliGroup()


@hooks.register("register_admin_viewset")
def serie() -> ViewSet:
    return SerieViewSet()


@hooks.register("register_admin_viewset")
def rete() -> ViewSetGroup:
    return ReteGroup()
