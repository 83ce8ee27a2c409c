from django.apps import AppConfig


class AccordiConfig(AppConfig):
    name = "accordi"
    verbose_name = "Accordi"

    def ready(self) -> None:
        from accordi import ricevitori  # noqa: PLC0415  models are not loaded before
        from reti.segnali import accreditamento_cambiato  # noqa: PLC0415  models load before this

        accreditamento_cambiato.connect(ricevitori.accreditamento_cambiato, dispatch_uid="accordi.accreditamento")
