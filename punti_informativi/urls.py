"""Addresses of this app."""

app_name = "punti"
urlpatterns: list = []
