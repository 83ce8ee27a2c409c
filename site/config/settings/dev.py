"""Local use with demonstration data: never on the public network."""

from .base import *  # noqa: F403  the settings idiom
from .base import DATI

SECRET_KEY = "solo-per-l-uso-locale-con-dati-dimostrativi"  # noqa: S105  not a secret by design
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS: list[str] = []
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATI / "posta"
MOSTRA_CODICI_DIMOSTRATIVI = True
FIRMATARI_DIMOSTRATIVI = DATI / "firmatari-dimostrativi"
# That authority answers nobody: a signature made with it is shown as "Revoca non verificabile".
REVOCA_IGNOTA_RIFIUTA = False
SIGILLO_PASSWORD = "dimostrazione"  # noqa: S105  the demo seal is made at set-up and proves nothing
