from django.apps import AppConfig


class DatiApertiConfig(AppConfig):
    name = "dati_aperti"
    verbose_name = "Dati aperti"
