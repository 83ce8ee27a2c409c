import logging

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

from core.cataloghi import aggiorna
from core.generazioni import sorveglia
from core.gettoni import SenzaGettoni


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Nucleo"

    def ready(self) -> None:
        # gunicorn makes this logger and its handlers before Django's LOGGING, which would take them away.
        logging.getLogger("gunicorn.access").addFilter(SenzaGettoni())
        connection_created.connect(sorveglia, dispatch_uid="core.generazioni")
        aggiorna(settings.CATALOGHI, settings.LOCALE_PATHS[0])
