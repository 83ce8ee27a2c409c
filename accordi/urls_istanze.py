"""Calls and applications."""

from django.urls import path

from accordi.views import avvisi, istanze

urlpatterns = [
    path("avvisi/", avvisi.avvisi, name="avvisi"),
    path("avvisi/<slug:slug>/", avvisi.avviso, name="avviso"),
    path("avvisi/<slug:slug>/candidatura/", istanze.candidatura, name="candidatura"),
    path("istanze/", istanze.istanze, name="istanze"),
    path("istanze/<slug:codice>/", istanze.istanza, name="istanza"),
    path("istanze/<slug:codice>/elimina/", istanze.elimina, name="istanza_elimina"),
    path("istanze/<slug:codice>/integrazione/", istanze.integrazione, name="istanza_integrazione"),
    path("istanze/<slug:codice>/ritiro/", istanze.ritiro, name="istanza_ritiro"),
    path("istanze/<slug:codice>/testo-registrato/", istanze.testo_registrato, name="istanza_testo"),
]
