"""Addresses of this app."""

app_name = "pagine"
urlpatterns: list = []
