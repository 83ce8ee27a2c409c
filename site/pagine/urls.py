"""Addresses of this app."""

from django.urls import path

from core.lingue import in_ogni_lingua
from pagine.views import componenti, guida, macchine, ricerca

app_name = "pagine"
urlpatterns = [
    in_ogni_lingua(
        path("ricerca/", ricerca.ricerca, name="ricerca"),
        path("quali-misure/", guida.guida, name="guida"),
    ),
    path("componenti/", componenti.componenti, name="componenti"),
    path("media/images/<path:percorso>", macchine.immagine, name="immagine"),
    path("robots.txt", macchine.robots, name="robots"),
    path("salute/", macchine.salute, name="salute"),
]
