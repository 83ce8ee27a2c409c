"""Wagtail: the editors' side of the product."""

WAGTAIL_SITE_NAME = "Raccordo"
WAGTAIL_FRONTEND_LOGIN_URL = "/accesso/login/"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("it", "Italiano")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "odt", "ods", "docx", "xlsx"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "pagine.forms.immagini.ImmagineForm"
# More than any camera's phone takes; one of this size fills 160 MB while it is made smaller.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
TAGGIT_CASE_INSENSITIVE = True
