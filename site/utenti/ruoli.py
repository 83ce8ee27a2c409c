"""Each role is a group with the permissions that the settings give it (RUOLI_PERMESSI)."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission

from utenti.models import Ruolo, Utente


def sincronizza_gruppi(app_config: Any = None, **kwargs: Any) -> None:
    """Once after each `migrate`: one group per role, holding exactly the listed permissions.

    Django sends the signal app by app; the last one finds every permission made.
    """
    if app_config is not None and app_config != [c for c in apps.get_app_configs() if c.models_module][-1]:
        return
    for ruolo in Ruolo:
        gruppo, _ = Group.objects.get_or_create(name=str(ruolo.label))
        voluti: list[int] = []
        for voce in settings.RUOLI_PERMESSI.get(ruolo.value, ()):
            app, codice = voce.split(".")
            voluti += Permission.objects.filter(
                content_type__app_label=app, codename__regex=codice.replace("*", ".*") + "$"
            ).values_list("pk", flat=True)
        gruppo.permissions.set(voluti)


def assegna_ruolo(utente: Utente, ruolo: str) -> None:
    """Give `utente` a role and the group of that name, leaving every other role group."""
    utente.ruolo = ruolo
    utente.is_staff = ruolo == Ruolo.AMMINISTRATORE
    utente.is_superuser = ruolo == Ruolo.AMMINISTRATORE
    utente.save(update_fields=["ruolo", "is_staff", "is_superuser"])
    nomi = [str(r.label) for r in Ruolo]
    utente.groups.remove(*utente.groups.filter(name__in=nomi))
    utente.groups.add(Group.objects.get(name=str(Ruolo(ruolo).label)))
