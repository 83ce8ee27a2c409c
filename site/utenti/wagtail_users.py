"""Wagtail's users app, told to use our screen of accounts. Loaded before models: imports none."""

from wagtail.users.apps import WagtailUsersAppConfig


class UtentiWagtailConfig(WagtailUsersAppConfig):
    user_viewset = "utenti.amministrazione.UtenteViewSet"
