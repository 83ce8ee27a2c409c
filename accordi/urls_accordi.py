"""Agreements, signing, verification."""

from django.urls import path

from accordi.views import accordi, firma, verifica

urlpatterns = [
    path("accordi/", accordi.AccordiView.as_view(), name="accordi"),
    path("accordi/<str:codice>/", accordi.AccordoView.as_view(), name="accordo"),
    path("accordi/<str:codice>/documento/", accordi.documento, name="documento"),
    path("accordi/<str:codice>/firma/", firma.FirmaView.as_view(), name="firma"),
    path("accordi/<str:codice>/firma/<int:versione>/", firma.FirmaView.as_view(), name="firma"),
    path("verifica/", verifica.VerificaView.as_view(), name="verifica"),
    path("verifica/<str:codice>/", verifica.VerificaCodiceView.as_view(), name="verifica_codice"),
]
