from django.apps import AppConfig


class RetiConfig(AppConfig):
    name = "reti"
    verbose_name = "Reti e tavoli"
