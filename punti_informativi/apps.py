from django.apps import AppConfig


class PuntiInformativiConfig(AppConfig):
    name = "punti_informativi"
    verbose_name = "Punti informativi"
