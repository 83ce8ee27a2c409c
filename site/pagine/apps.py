from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PagineConfig(AppConfig):
    name = "pagine"
    verbose_name = "Pagine"

    def ready(self) -> None:
        from pagine.impianto import dopo_la_migrazione  # noqa: PLC0415  models are not loaded before

        post_migrate.connect(dopo_la_migrazione, dispatch_uid="pagine.dopo_la_migrazione")
