"""Addresses of this app."""

from django.urls import path
from django.views.i18n import set_language

from pagine import views

app_name = "pagine"
urlpatterns = [
    path("ricerca/", views.ricerca, name="ricerca"),
    path("lingua/", views.lingua, name="lingua"),
    path("lingua/scelta/", set_language, name="lingua_scelta"),
    path("robots.txt", views.robots, name="robots"),
    path("salute/", views.salute, name="salute"),
]
