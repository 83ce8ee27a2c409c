from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccordiConfig(AppConfig):
    name = "accordi"
    verbose_name = "Accordi"

    def ready(self) -> None:
        from accordi import impianto, ricevitori  # noqa: PLC0415  models are not loaded before
        from reti.segnali import accreditamento_cambiato  # noqa: PLC0415  models load before this

        accreditamento_cambiato.connect(ricevitori.accreditamento_cambiato, dispatch_uid="accordi.accreditamento")
        post_migrate.connect(impianto.dopo_la_migrazione, dispatch_uid="accordi.dopo_la_migrazione")
