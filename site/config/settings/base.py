"""Settings shared by every environment. Values that an installation decides come from the environment."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.conf.locale import LANG_INFO

from .cifre import *  # noqa: F403  the settings idiom
from .fornitori import *  # noqa: F403  the settings idiom
from .identita import *  # noqa: F403  the settings idiom
from .pagine_pronte import *  # noqa: F403  the settings idiom
from .redazione import *  # noqa: F403  the settings idiom
from .ruoli import RUOLI_PERMESSI  # noqa: F401  read by utenti.ruoli

RADICE = Path(__file__).resolve().parents[3]
DATI = Path(os.environ.get("RACCORDO_DATI", RADICE / "var"))

SECRET_KEY = os.environ.get("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = [h for h in os.environ.get("ALLOWED_HOSTS", "").split(",") if h]
INDIRIZZO_PUBBLICO = os.environ.get("INDIRIZZO_PUBBLICO", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [INDIRIZZO_PUBBLICO]

INSTALLED_APPS = [
    # Ours first, so that our templates win over those of the libraries.
    "core",
    "utenti",
    "reti",
    "accordi",
    "punti_informativi",
    "monitoraggio",
    "dati_aperti",
    "pagine",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.styleguide",
    "wagtail.embeds",
    "wagtail.sites",
    "utenti.wagtail_users.UtentiWagtailConfig",  # wagtail.users with our screen of accounts
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",  # the templates of widgets, which our form renderer looks for among the apps
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "core.middleware.ArrivoMiddleware",
    "core.pagine_pronte.PaginePronteMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.IntestazioniMiddleware",
    "core.middleware.GestioneMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LinguaMiddleware",
    "core.middleware.IndirizzoMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "utenti.middleware.AccessoMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
FORM_RENDERER = "core.moduli.RendererItalia"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "core.context_processors.installazione",
                "pagine.context_processors.menu",
            ],
        },
    }
]

# SQLite (WAL) is the embedded default; PostgreSQL by DATABASE_URL is production.
# `transaction_mode: IMMEDIATE` takes the write lock at BEGIN: with the default,
# two writers that both read first fail with "database is locked" at once.
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{DATI / 'raccordo.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
GENERAZIONI_CARTELLA = DATI / "generazioni"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# It holds the counts of who tries too often: with Django's 300 rows, whoever made as many made it forget the others'.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_condivisa",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

LANGUAGE_CODE = "it"
# Languages of the public pages, Italian always first: "it,en,ro". One beyond English needs its own catalogue in
# <data folder>/traduzioni/<code>/LC_MESSAGES/django.po (docs/guide/traduzioni.md).
LINGUE_DEL_SITO = dict.fromkeys(["it", *os.environ.get("LINGUE_DEL_SITO", "it,en").replace(" ", "").split(",")])
LANGUAGES = [(codice, LANG_INFO[codice]["name_local"].capitalize()) for codice in LINGUE_DEL_SITO if codice]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Every page has its place in every language: until somebody translates it, it shows the Italian one and says so.
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = True
TIME_ZONE = "Europe/Rome"
USE_I18N = True
USE_TZ = True
# An address typed without a scheme is https, as Django 6 will do by itself.
FORMS_URLFIELD_ASSUME_HTTPS = True
# Texts, as people write them; the tables that Django reads are made from them at the start (core.cataloghi).
CATALOGHI = [RADICE / "site" / "core" / "locale", DATI / "traduzioni"]
LOCALE_PATHS = [DATI / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATI / "static"
# Filled at set-up from the front-end packages: never in the repository.
STATICFILES_DIRS = [("vendor", DATI / "vendor")] if (DATI / "vendor").exists() else []
# The files of open data, kept while nothing public changes: made again when they are missing.
DATI_APERTI_CARTELLA = DATI / "dati-aperti"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATI / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Files that only an authorised view may hand out: no URL of its own.
    "privati": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATI / "privati", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# -- Identity -----------------------------------------------------------------
AUTH_USER_MODEL = "utenti.Utente"
AUTHENTICATION_BACKENDS = ["utenti.backends.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "utenti.adapter.AdattatoreAccount"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "utenti.forms.DatiPersonaForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Who has only the password may add an address or an app of their own, and then sign: the owner hears of it.
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Raccordo"
# One step of 30 seconds before and after (RFC 6238, 5.2): a code typed while it changes still counts, once.
MFA_TOTP_TOLERANCE = 1
MFA_ADAPTER = "utenti.adapter.AdattatoreSecondoFattore"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/area/"
LOGOUT_REDIRECT_URL = "/"
# Only for an installation with demonstration data: shows the current one-time
# codes of demo accounts on screen, because nobody holds their phone.
MOSTRA_CODICI_DIMOSTRATIVI = False
# `manage.py demo` makes accounts, one of them the administrator, whose password and second factor anyone can read here.
DATI_DIMOSTRATIVI_AMMESSI = True

# The rest of Wagtail: .redazione.
WAGTAILADMIN_BASE_URL = INDIRIZZO_PUBBLICO

# -- Background and mail ------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
DEFAULT_FROM_EMAIL = os.environ.get("MITTENTE", "Raccordo <non-rispondere@raccordo.example>")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 15
# Where calendar programs send answers: each convocation gets an address of its own, casella+CODICE@dominio.
# Empty: answers go to the office's address, and only the personal link and the private area write them.
CASELLA_RISPOSTE = os.environ.get("CASELLA_RISPOSTE", "")
# The mailbox that receives them, read over IMAP. Encryption: "tls" from the start, "starttls", or "" for a
# server on this machine. What was read moves to the archive folder.
CASELLA_IMAP_HOST = os.environ.get("CASELLA_IMAP_HOST", "")
CASELLA_IMAP_PORTA = int(os.environ.get("CASELLA_IMAP_PORTA", "993"))
CASELLA_IMAP_CIFRATURA = os.environ.get("CASELLA_IMAP_CIFRATURA", "tls")
CASELLA_IMAP_UTENTE = os.environ.get("CASELLA_IMAP_UTENTE", "")
CASELLA_IMAP_PASSWORD = os.environ.get("CASELLA_IMAP_PASSWORD", "")
CASELLA_IMAP_CARTELLA = os.environ.get("CASELLA_IMAP_CARTELLA", "INBOX")
CASELLA_IMAP_ARCHIVIO = os.environ.get("CASELLA_IMAP_ARCHIVIO", "Raccordo")
# Bytes: of a larger message only the headers are read.
CASELLA_MASSIMO_MESSAGGIO = int(os.environ.get("CASELLA_MASSIMO_MESSAGGIO", "2000000"))

# -- Signature ----------------------------------------------------------------
# The platform's seal (PKCS#12) and the timestamp authority (RFC 3161).
SIGILLO_P12 = Path(os.environ.get("SIGILLO_P12", DATI / "sigillo" / "sigillo.p12"))
SIGILLO_PASSWORD = os.environ.get("SIGILLO_PASSWORD", "")
MARCA_TEMPORALE_URL = os.environ.get("MARCA_TEMPORALE_URL", "")
# Signatures made elsewhere: the certificates of the authorities that we trust, and the private networks (none)
# where their revocation services may be.
FIDUCIA_CARTELLA = Path(os.environ.get("FIDUCIA_CARTELLA", DATI / "fiducia"))
FIDUCIA_RETI_AMMESSE = [r for r in os.environ.get("FIDUCIA_RETI_AMMESSE", "").split(",") if r]
# Where a demonstration keeps its own authority and the .p12 files that sign with it: in settings/dev.py only.
FIRMATARI_DIMOSTRATIVI: Path | None = None
# A certificate whose revocation can't be known is never shown as good; refused too, unless this says otherwise.
REVOCA_IGNOTA_RIFIUTA = os.environ.get("REVOCA_IGNOTA_RIFIUTA", "1") == "1"
# How long the document stays with who took it to sign it outside.
PRENOTAZIONE_MINUTI = 20
# How long, in 24 hours, one body may keep it: after that others may sign first.
PRENOTAZIONE_MINUTI_AL_GIORNO = int(os.environ.get("PRENOTAZIONE_MINUTI_AL_GIORNO", "120"))

# -- Protocol register --------------------------------------------------------
# Ours is always kept. The body's own, if any: the dotted path of an adapter ("accordi.protocolli.docarea.DocArea",
# "accordi.protocolli.rest.Rest", or another that keeps accordi.protocolli.Adattatore) and how to reach it.
PROTOCOLLO_ADATTATORE = os.environ.get("PROTOCOLLO_ADATTATORE", "")
PROTOCOLLO = {
    "URL": os.environ.get("PROTOCOLLO_URL", ""),
    "UTENTE": os.environ.get("PROTOCOLLO_UTENTE", ""),
    "PASSWORD": os.environ.get("PROTOCOLLO_PASSWORD", ""),
    "CODICE_ENTE": os.environ.get("PROTOCOLLO_CODICE_ENTE", ""),
    "AOO": os.environ.get("PROTOCOLLO_AOO", ""),
    "UFFICIO": os.environ.get("PROTOCOLLO_UFFICIO", ""),
    "TITOLARIO": os.environ.get("PROTOCOLLO_TITOLARIO", ""),
    "SPAZIO": os.environ.get("PROTOCOLLO_SPAZIO", "http://tempuri.org/"),
    "ATTESA": float(os.environ.get("PROTOCOLLO_ATTESA", "30")),
}

# -- Map ----------------------------------------------------------------------
# Without tiles the map draws the comuni alone and asks nobody. An installation may name
# its own server: "https://tessere.ente.example/{z}/{x}/{y}.png", with the credits it owes.
MAPPA_TESSERE_URL = os.environ.get("MAPPA_TESSERE_URL", "")
MAPPA_TESSERE_CREDITI = os.environ.get("MAPPA_TESSERE_CREDITI", "")

# -- Headers ------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],  # Bootstrap Italia carries one icon font inside its style sheet
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_HTTPONLY = True

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"senza_gettoni": {"()": "core.gettoni.SenzaGettoni"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["senza_gettoni"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # The development server writes the address of every request.
    "loggers": {"django.server": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
if MAPPA_TESSERE_URL:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append("/".join(MAPPA_TESSERE_URL.split("/")[:3]))
