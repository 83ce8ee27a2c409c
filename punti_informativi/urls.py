"""Addresses of this app."""

from django.urls import path

from punti_informativi.views import ospite, pubbliche

app_name = "punti"
urlpatterns = [
    path("", pubbliche.elenco, name="elenco"),
    path("dati.geojson", pubbliche.dati, name="dati"),
    path("miei/", ospite.miei, name="miei"),
    path("miei/candida/<str:codice>/", ospite.candida, name="candida"),
    path("miei/<slug:slug>/", ospite.modifica, name="modifica"),
    path("<slug:slug>/", pubbliche.punto, name="punto"),
]
