"""Tavoli and meetings on the public face. Literal paths come before the board's slug."""

from django.urls import path

from reti.views import calendari, feed, ingresso, partecipazione, risposte, sondaggi, tavoli, verbali

app_name = "tavoli"
urlpatterns = [
    path("", tavoli.elenco, name="elenco"),
    path("partecipazione/", partecipazione.propria, name="partecipazione"),
    path("convocazioni/", risposte.convocazioni, name="convocazioni"),
    path("convocazioni/<slug:codice>/", risposte.rispondi_in_area, name="rispondi"),
    path("sondaggi/", sondaggi.elenco, name="sondaggi"),
    path("sondaggi/<slug:codice>/", sondaggi.in_area, name="sondaggio"),
    path("disponibilita/<slug:gettone>/", sondaggi.disponibilita, name="disponibilita"),
    path("risposta/<slug:gettone>/", risposte.risposta, name="risposta"),
    path("ingresso/<slug:gettone>/", ingresso.ingresso, name="ingresso"),
    path("ingresso/<slug:gettone>/<slug:chiave>/", ingresso.ingresso_inviato, name="ingresso_inviato"),
    path("incontri/<slug:codice>/", tavoli.incontro, name="incontro"),
    path("incontri/<slug:codice>/calendario.ics", tavoli.calendario, name="calendario"),
    path("incontri/<slug:codice>/verbale/", verbali.verbale, name="verbale"),
    path("incontri/<slug:codice>/verbale/verbale.pdf", verbali.documento, name="verbale_documento"),
    path("verbali/<slug:codice>/", verbali.pubblico, name="verbale_pubblico"),
    path("verbali/<slug:codice>/verbale.pdf", verbali.documento_pubblico, name="verbale_pubblico_documento"),
    path("incarichi/", verbali.incarichi, name="incarichi"),
    path("calendari/", calendari.calendari, name="calendari"),
    path("calendari/<slug:gettone>.ics", feed.segreto, name="calendario_segreto"),
    path("<slug:slug>/calendario.ics", feed.pubblico, name="calendario_pubblico"),
    path("<slug:slug>/", tavoli.rete, name="rete"),
    path("<slug:slug>/atto.pdf", tavoli.atto, name="atto"),
]
