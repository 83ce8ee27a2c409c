from django.apps import AppConfig


class PagineConfig(AppConfig):
    name = "pagine"
    verbose_name = "Pagine"
