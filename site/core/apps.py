import logging

from django.apps import AppConfig
from django.conf import settings

from core.cataloghi import aggiorna
from core.gettoni import SenzaGettoni


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Nucleo"

    def ready(self) -> None:
        # gunicorn makes this logger and its handlers before Django's LOGGING, which would take them away.
        logging.getLogger("gunicorn.access").addFilter(SenzaGettoni())
        aggiorna(settings.CATALOGHI, settings.LOCALE_PATHS[0])
