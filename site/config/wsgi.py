"""WSGI entry point: Django, and before it the pages that are ready."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
sito = get_wsgi_application()

# Settings can be read from here on.
from core.pagine_pronte import davanti  # noqa: E402

application = davanti(sito)
# What was loaded stays for good: the collector needn't look at it again at every turn.
gc.collect()
gc.freeze()
