from django.apps import AppConfig
from django.db.models.signals import post_migrate


class UtentiConfig(AppConfig):
    name = "utenti"
    verbose_name = "Utenti"

    def ready(self) -> None:
        from utenti.ruoli import sincronizza_gruppi  # noqa: PLC0415  models are not loaded before

        post_migrate.connect(sincronizza_gruppi, dispatch_uid="utenti.sincronizza_gruppi")
