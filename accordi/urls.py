"""Addresses of this app."""

app_name = "accordi"
urlpatterns: list = []
