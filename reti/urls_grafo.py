"""The network: graph, register of soggetti."""

from django.urls import path

from reti.views import grafo, soggetti

app_name = "grafo"
urlpatterns = [
    path("", grafo.rete, name="rete"),
    path("dati.json", grafo.dati, name="dati"),
    path("esporta/<slug:formato>/", grafo.esporta, name="esporta"),
    path("soggetti/", soggetti.soggetti, name="soggetti"),
    path("soggetti/esporta.csv", soggetti.soggetti_csv, name="soggetti_csv"),
    path("soggetti/<slug:slug>/", soggetti.soggetto, name="soggetto"),
]
