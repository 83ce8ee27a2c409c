"""A public installation: everything secret or local comes from the environment."""

import os

from .base import *  # noqa: F403  the settings idiom

SECRET_KEY = os.environ["SECRET_KEY"]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
DATI_DIMOSTRATIVI_AMMESSI = False
FIRMATARI_DIMOSTRATIVI = None
# The last address of X-Forwarded-For is the person's: else everyone would share the proxy's limits on sign-in.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PROXY_FIDATI", "1"))
