"""Addresses of open data: the page in every language; files, catalogue and API once, in Italian."""

from django.urls import include, path

from core.lingue import in_ogni_lingua
from dati_aperti import views
from dati_aperti.api.contratto import rotte
from dati_aperti.api.rotte import api

app_name = "dati_aperti"
urlpatterns = [
    path("dati-aperti/punti-informativi.<str:formato>", views.punti, name="punti"),
    path("dati-aperti/catalogo.<str:scrittura>", views.catalogo, name="catalogo"),
    path("api/v1/", views.documentazione, name="documentazione"),
    path("api/v1/", include((list(rotte(api)), "api"))),
    in_ogni_lingua(path("dati-aperti/", views.indice, name="indice")),
]
