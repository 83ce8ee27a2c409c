"""The network: graph, register of soggetti."""

app_name = "grafo"
urlpatterns: list = []
