"""Addresses of this app."""

from django.urls import path

from punti_informativi.views import conferme, ospite, promozione, pubbliche

app_name = "punti"
urlpatterns = [
    path("", pubbliche.elenco, name="elenco"),
    path("dati.geojson", pubbliche.dati, name="dati"),
    path("confini.geojson", pubbliche.confini, name="confini"),
    path("miei/", ospite.miei, name="miei"),
    path("miei/candida/<str:codice>/", ospite.candida, name="candida"),
    path("promozione/<str:gettone>/", promozione.rispondi, name="promozione"),
    path("conferma/<str:gettone>/", conferme.conferma, name="conferma"),
    path("miei/<slug:slug>/conferma/", conferme.conferma_in_area, name="conferma_in_area"),
    path("miei/<slug:slug>/", ospite.modifica, name="modifica"),
    path("<slug:slug>/", pubbliche.punto, name="punto"),
]
