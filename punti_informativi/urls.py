"""Addresses of this app: what a citizen reads exists in every language, what hosts use in Italian only.

Literal paths come before the point's slug.
"""

from django.urls import include, path

from core.lingue import in_ogni_lingua
from punti_informativi.views import (
    chiusure,
    conferme,
    orari,
    orari_ospite,
    ospite,
    promozione,
    proposte,
    pubbliche,
    punto,
    riscontri,
    segnalazioni,
)

app_name = "punti"
RADICE = "punti-informativi/"
dell_ospite = [
    path("miei/", ospite.miei, name="miei"),
    path("miei/candida/<str:codice>/", ospite.candida, name="candida"),
    path("miei/orari/<slug:slug>/", orari_ospite.orari_ospite, name="orari_ospite"),
    path("promozione/<str:gettone>/", promozione.rispondi, name="promozione"),
    path("conferma/<str:gettone>/", conferme.conferma, name="conferma"),
    path("miei/<slug:slug>/conferma/", conferme.conferma_in_area, name="conferma_in_area"),
    path("miei/<slug:slug>/riscontri/", riscontri.ricevuti, name="riscontri_ricevuti"),
    path("miei/<slug:slug>/chiusure/", chiusure.chiusure, name="chiusure"),
    path("miei/<slug:slug>/proposta/", proposte.proposta, name="proposta"),
    path("miei/<slug:slug>/", proposte.modifica, name="modifica"),
]
per_macchine = [
    path("soddisfazione.csv", riscontri.soddisfazione_csv, name="soddisfazione_csv"),
    path("confini.geojson", pubbliche.confini, name="confini"),
]
per_tutti = [
    path("", pubbliche.elenco, name="elenco"),
    path("dati.geojson", pubbliche.dati, name="dati"),
    path("riscontro/", riscontri.della_ricerca, name="riscontro_ricerca"),
    path("soddisfazione/", riscontri.soddisfazione, name="soddisfazione"),
    path("<slug:slug>/riscontro/", riscontri.del_punto, name="riscontro"),
    path("<slug:slug>/aperture.ics", orari.aperture, name="aperture"),
    path("<slug:slug>/", punto.punto, name="punto"),
]
accessibilita = [
    path("segnala/", segnalazioni.nuova, name="segnala"),
    path("segnalazioni/<str:codice>/", segnalazioni.segnalazione, name="segnalazione"),
]
urlpatterns = [
    path(RADICE, include([*dell_ospite, *per_macchine])),
    in_ogni_lingua(path(RADICE, include(per_tutti)), path("accessibilita/", include(accessibilita))),
]
