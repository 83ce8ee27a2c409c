"""Settings of the floor: the same server, no app and no middleware, one view of two bytes."""

from tests.core.impostazioni_servite import *  # noqa: F403  the settings idiom

INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.bench.pavimento"
PAGINE_PRONTE = False
