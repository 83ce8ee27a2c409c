"""What this app adds to the back office."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from core.registro import annota
from punti_informativi.amministrazione import (
    azioni,
    importazione,
    orari_proposti,
    promozione,
    proposte,
    riscontri,
    segnalazioni,
)
from punti_informativi.amministrazione.viste import PuntiGroup
from punti_informativi.models import PuntoInformativo

register_snippet(PuntiGroup)


@hooks.register("register_admin_urls")
def indirizzi() -> list:
    return [
        path("punti/da-istanze/", azioni.da_istanze, name="punti_da_istanze"),
        path("punti/da-istanze/<str:codice>/", azioni.da_istanza, name="punti_da_istanza"),
        path("punti/convoca/", promozione.ConvocaPunti.as_view(), name="punti_convoca"),
        path("punti/campagne/", promozione.ElencoCampagne.as_view(), name="punti_campagne"),
        path("punti/campagne/nuova/", promozione.NuovaCampagna.as_view(), name="punti_campagna_nuova"),
        path("punti/campagne/<str:codice>/", promozione.SchedaCampagna.as_view(), name="punti_campagna"),
        path(
            "punti/campagne/<str:codice>/modifica/",
            promozione.ModificaCampagna.as_view(),
            name="punti_campagna_modifica",
        ),
        path("punti/campagne/<str:codice>/invii.xlsx", promozione.InviiXlsx.as_view(), name="punti_campagna_xlsx"),
        path("punti/campagne/<str:codice>/invii/nuovo/", promozione.NuovoInvio.as_view(), name="punti_invio_nuovo"),
        path("punti/campagne/<str:codice>/invii/<int:pk>/", promozione.RispostaInvio.as_view(), name="punti_invio"),
        path("punti/proposte/", proposte.ElencoProposte.as_view(), name="punti_proposte"),
        path("punti/proposte/<int:pk>/", proposte.DecidiProposta.as_view(), name="punti_proposta"),
        path("punti/orari-proposti/<int:pk>/", orari_proposti.DecidiOrari.as_view(), name="punti_orari_proposti"),
        path("punti/importa/", importazione.ImportaPunti.as_view(), name="punti_importa"),
        path("punti/importa/modello.csv", importazione.ModelloPunti.as_view(), name="punti_importa_modello"),
        path("punti/importa/punti.csv", importazione.PuntiCsv.as_view(), name="punti_importa_punti"),
        path("punti/importa/prova/<str:impronta>/", importazione.ProvaPunti.as_view(), name="punti_importa_prova"),
        path(
            "punti/importa/prova/<str:impronta>/da-correggere.csv",
            importazione.DaCorreggere.as_view(),
            name="punti_importa_da_correggere",
        ),
        path("punti/importa/<str:codice>/", importazione.SchedaImportazione.as_view(), name="punti_importazione"),
        path("punti/riscontri/", riscontri.ElencoRiscontri.as_view(), name="punti_riscontri"),
        path("punti/riscontri/<int:pk>/", riscontri.OscuraRiscontro.as_view(), name="punti_riscontro"),
        path("accessibilita/", segnalazioni.ElencoSegnalazioni.as_view(), name="punti_segnalazioni"),
        path("accessibilita/<int:pk>/", segnalazioni.RispondiSegnalazione.as_view(), name="punti_segnalazione"),
        path("punti/<int:pk>/", azioni.scheda, name="punti_scheda"),
        path("punti/<int:pk>/<slug:verbo>/", azioni.esegui, name="punti_azione"),
    ]


@hooks.register("after_create_snippet")
def annota_creazione(request: HttpRequest, istanza: Any) -> None:
    """A point made in the editor leaves the same audit line as one made by the service."""
    if isinstance(istanza, PuntoInformativo):
        annota(request.user, "punto_registrato", istanza, soggetto=str(istanza.soggetto))


@hooks.register("after_edit_snippet")
def annota_modifica(request: HttpRequest, istanza: Any) -> None:
    if isinstance(istanza, PuntoInformativo):
        annota(request.user, "punto_modificato", istanza, pubblicato="action-publish" in request.POST)
