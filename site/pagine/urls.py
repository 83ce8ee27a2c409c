"""Addresses of this app."""

from django.urls import path

from core.lingue import in_ogni_lingua
from pagine import views

app_name = "pagine"
urlpatterns = [
    in_ogni_lingua(path("ricerca/", views.ricerca, name="ricerca")),
    path("robots.txt", views.robots, name="robots"),
    path("salute/", views.salute, name="salute"),
]
