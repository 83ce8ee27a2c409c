"""Tavoli and meetings on the public face."""

app_name = "tavoli"
urlpatterns: list = []
