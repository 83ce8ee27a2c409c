"""Calls and applications."""

from django.urls import path

from accordi.views import avvisi, bozze, conferme, documenti_istanza, istanze

per_tutti = [
    path("avvisi/", avvisi.avvisi, name="avvisi"),
    path("avvisi/<slug:slug>/", avvisi.avviso, name="avviso"),
]
urlpatterns = [
    path("avvisi/<slug:slug>/candidatura/", istanze.candidatura, name="candidatura"),
    path("istanze/", istanze.istanze, name="istanze"),
    path("istanze/<slug:codice>/", istanze.istanza, name="istanza"),
    path("istanze/<slug:codice>/bozza/", bozze.salva_mentre_scrive, name="istanza_salva"),
    path("istanze/<slug:codice>/conferma/<slug:soggetto>/", conferme.conferma, name="istanza_conferma"),
    path("istanze/<slug:codice>/da-firmare/", documenti_istanza.da_firmare, name="istanza_da_firmare"),
    path("istanze/<slug:codice>/documenti/<slug:documento>/", documenti_istanza.documento, name="istanza_documento"),
    path("istanze/<slug:codice>/elimina/", bozze.elimina, name="istanza_elimina"),
    path("istanze/<slug:codice>/integrazione/", istanze.integrazione, name="istanza_integrazione"),
    path("istanze/<slug:codice>/osservazioni/", istanze.osservazioni, name="istanza_osservazioni"),
    path("istanze/<slug:codice>/ricevuta/", documenti_istanza.ricevuta_pdf, name="istanza_ricevuta"),
    path("istanze/<slug:codice>/ritiro/", istanze.ritiro, name="istanza_ritiro"),
    path("istanze/<slug:codice>/testo-registrato/", documenti_istanza.testo_registrato, name="istanza_testo"),
]
