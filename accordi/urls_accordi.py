"""Agreements, signing, verification."""

from django.urls import path

from accordi.views import accordi, fascicolo, firma, firma_esterna, pubblicazione, scadenze, verifica, vita

urlpatterns = [
    path("registro-accordi/", pubblicazione.registro, name="registro"),
    path("registro-accordi/elenchi/", pubblicazione.elenchi, name="elenchi"),
    path("registro-accordi/elenchi/<int:anno>/<int:numero>/", pubblicazione.elenco, name="elenco"),
    path("registro-accordi/<str:codice>/", pubblicazione.registro_accordo, name="registro_accordo"),
    path("verifica/", verifica.VerificaView.as_view(), name="verifica"),
    path("verifica/<str:codice>/", verifica.VerificaCodiceView.as_view(), name="verifica_codice"),
    path("accordi/", accordi.AccordiView.as_view(), name="accordi"),
    path("accordi/scadenze/", scadenze.mie, name="scadenze"),
    path("accordi/scadenze/<slug:gettone>.ics", scadenze.segreto, name="scadenze_feed"),
    path("accordi/<str:codice>/", accordi.AccordoView.as_view(), name="accordo"),
    path("accordi/<str:codice>/documento/", accordi.documento, name="documento"),
    path("accordi/<str:codice>/buste/<int:ordine>/", accordi.busta, name="busta"),
    path("accordi/<str:codice>/vita/", vita.VitaView.as_view(), name="vita"),
    path("accordi/<str:codice>/prove/<int:pk>/", vita.prova, name="prova"),
    path("accordi/<str:codice>/fascicolo/", fascicolo.fascicolo, name="fascicolo"),
    path("accordi/<str:codice>/firma/", firma.FirmaView.as_view(), name="firma"),
    path("accordi/<str:codice>/firma-digitale/", firma_esterna.FirmaEsternaView.as_view(), name="firma_esterna"),
    path("accordi/<str:codice>/firma/<int:versione>/", firma.FirmaView.as_view(), name="firma"),
    path("registro-accordi/elenchi/<int:anno>/<int:numero>.csv", pubblicazione.elenco_csv, name="elenco_csv"),
    path("registro-accordi/elenchi/<int:anno>/<int:numero>.json", pubblicazione.elenco_json, name="elenco_json"),
    path("accordi/<str:codice>/rifiuto/", firma.DeclinaView.as_view(), name="declina"),
]
