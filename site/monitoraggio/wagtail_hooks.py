"""Back-office edge of the objective sheet: addresses under /gestione/peg/ and the menu entry."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from monitoraggio.amministrazione import lettura, scrittura
from monitoraggio.permissions import puo_leggere_scheda

indirizzi = [
    path("", lettura.ElencoView.as_view(), name="elenco"),
    path("importa/", scrittura.ImportaView.as_view(), name="importa"),
    path("<str:codice>/", lettura.SchedaView.as_view(), name="scheda"),
    path("<str:codice>/scheda.<str:formato>", lettura.EsportaView.as_view(), name="esporta"),
    path("<str:codice>/congela/", scrittura.CongelaView.as_view(), name="congela"),
    path("<str:codice>/copia/", scrittura.CopiaView.as_view(), name="copia"),
    path("<str:codice>/fasi/<str:fase>/", scrittura.FaseView.as_view(), name="fase"),
    path("<str:codice>/rilevazioni/<int:pk>/", lettura.RilevazioneView.as_view(), name="rilevazione"),
    path("<str:codice>/rilevazioni/<int:pk>.json", lettura.RilevazioneJsonView.as_view(), name="rilevazione_json"),
    path("<str:codice>/indicatori/<str:indicatore>/", lettura.RecordView.as_view(), name="record"),
    path("<str:codice>/indicatori/<str:indicatore>/record.csv", lettura.RecordCsvView.as_view(), name="record_csv"),
    path("<str:codice>/indicatori/<str:indicatore>/valore/", scrittura.ValoreView.as_view(), name="valore"),
]


@hooks.register("register_admin_urls")
def indirizzi_peg() -> list[Any]:
    return [path("peg/", include((indirizzi, "peg")))]


class VoceScheda(MenuItem):
    """Shown to those who may read the sheets."""

    def is_shown(self, request: HttpRequest) -> bool:
        return puo_leggere_scheda(request.user)


@hooks.register("register_admin_menu_item")
def voce_menu() -> MenuItem:
    return VoceScheda(_("Scheda obiettivi"), reverse_lazy("peg:elenco"), name="peg", icon_name="tasks", order=250)
