from django.apps import AppConfig


class MonitoraggioConfig(AppConfig):
    name = "monitoraggio"
    verbose_name = "Monitoraggio"
