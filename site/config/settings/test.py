"""The test suite: real databases and files, mail kept in memory, tasks run at once."""

from .base import *  # noqa: F403  the settings idiom
from .base import CACHES, DATABASES, DATI, STORAGES

SECRET_KEY = "solo-per-le-prove-automatiche-di-raccordo"  # noqa: S105  not a secret by design
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
CSRF_TRUSTED_ORIGINS: list[str] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
DATABASES["default"]["TEST"] = (
    {"NAME": str(DATI / "test.sqlite3")} if "sqlite" in DATABASES["default"]["ENGINE"] else {}
)
CACHES = {"default": CACHES["default"] | {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Tests write inside a transaction that is never committed: nothing of what they read may be kept.
PAGINE_PRONTE = False
GENERAZIONI = "core.generazioni.SempreNuova"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
SIGILLO_P12 = DATI / "sigillo-di-prova" / "sigillo.p12"
SIGILLO_PASSWORD = "prova"  # noqa: S105  made by the suite
CONSULTAZIONI_SECONDI = 0  # a timer would outlive its test
STATIC_ROOT = None  # nothing is collected for the suite, and WhiteNoise warns of a folder that isn't there
