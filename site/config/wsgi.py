"""WSGI entry point: Django, and before it the pages that are ready."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
sito = get_wsgi_application()

from core.pagine_pronte import davanti  # noqa: E402  settings can be read from here on

application = davanti(sito)
# What was loaded stays for good: the collector needn't look at it again at every turn.
gc.collect()
gc.freeze()
