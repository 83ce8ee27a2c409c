from django.apps import AppConfig


class AccordiConfig(AppConfig):
    name = "accordi"
    verbose_name = "Accordi"
