"""The pages that every installation has: home, accessibility, privacy; and what an editor may do with them.

Made after `migrate` rather than by a data migration, so that a database emptied
by `flush` has them again too.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from core.lingue import altre
from pagine.models import ContenutoPage, HomePage
from pagine.testi import ACCESSIBILITA, PRIVACY, SOTTOTITOLO, TITOLO
from utenti.models import Ruolo

SU_PAGINE = ("add_page", "change_page")
APPROVAZIONE = "Approvazione delle pagine"
SU_RACCOLTE = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def dopo_la_migrazione(app_config: Any = None, **kwargs: Any) -> None:
    """Django sends the signal app by app: act on the last, when every table and permission exists."""
    if app_config != [c for c in apps.get_app_configs() if c.models_module][-1]:
        return
    if HomePage._meta.db_table in connection.introspection.table_names():
        # Saving a site clears its cached paths, and a new installation has no cache table yet.
        call_command("createcachetable", verbosity=0)
        prepara_sito()
        concedi_alla_redazione()
        prepara_approvazione()


@transaction.atomic
def prepara_sito() -> HomePage:
    """Make the home and the two pages of law where there is no home yet; an editor's later choices stay."""
    home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first() or _prima_home()
    prepara_lingue(home)
    return home


def prepara_lingue(home: HomePage) -> None:
    """Give every page its place in each language of the site, as an alias of the Italian one (R60).

    Wagtail does the same for a page made in its editor; this serves pages made before a language joined, or by us.
    """
    pagine = home.get_descendants(inclusive=True).order_by("path")
    for codice, _nome in altre():
        lingua, _nuova = Locale.objects.get_or_create(language_code=codice)
        presenti = Page.objects.filter(locale=lingua).values("translation_key")
        for pagina in pagine.exclude(translation_key__in=presenti).specific():
            pagina.copy_for_translation(lingua, copy_parents=True, alias=True)


def _prima_home() -> HomePage:
    Locale.objects.get_or_create(language_code="it")
    radice = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    radice.get_children().filter(slug="home").delete()
    radice.refresh_from_db()
    home = radice.add_child(instance=HomePage(title=TITOLO, slug="home", sottotitolo=SOTTOTITOLO))
    sito, _nuovo = Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Raccordo"}
    )
    Site.objects.filter(pk=sito.pk).update(root_page=home, site_name="Raccordo")
    Site.clear_site_root_paths_cache()
    for dati in (ACCESSIBILITA, PRIVACY):
        home.add_child(instance=ContenutoPage(**dati))
    return home


def concedi_alla_redazione() -> None:
    """Editors write pages, images and documents, and submit the pages (Wagtail keeps this by tree and collection)."""
    gruppo = Group.objects.filter(name=str(Ruolo.REDATTORE.label)).first()
    radice = Page.get_first_root_node()
    if not gruppo or not radice:
        return
    for permesso in Permission.objects.filter(codename__in=SU_PAGINE, content_type__app_label="wagtailcore"):
        GroupPagePermission.objects.get_or_create(group=gruppo, page=radice, permission=permesso)
    raccolta = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for permesso in Permission.objects.filter(codename__in=SU_RACCOLTE):
        GroupCollectionPermission.objects.get_or_create(group=gruppo, collection=raccolta, permission=permesso)


@transaction.atomic
def prepara_approvazione() -> None:
    """Editors submit pages, coordinators approve them. Made once: what the office changes later stays."""
    compito, nuovo = GroupApprovalTask.objects.get_or_create(name=APPROVAZIONE)
    radice = Page.get_first_root_node()
    if not nuovo or not radice:
        return
    approva = Group.objects.get_or_create(name=str(Ruolo.COORDINATORE.label))[0]
    compito.groups.add(approva)
    # Approving publishes: Wagtail asks for this too.
    pubblica = Permission.objects.get(codename="publish_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.get_or_create(group=approva, page=radice, permission=pubblica)
    flusso = Workflow.objects.create(name=APPROVAZIONE)
    WorkflowTask.objects.create(workflow=flusso, task=compito, sort_order=0)
    WorkflowPage.objects.update_or_create(page=radice, defaults={"workflow": flusso})
    # An installation from before the approval let editors publish by themselves.
    redazione = GroupPagePermission.objects.filter(group__name=str(Ruolo.REDATTORE.label))
    redazione.filter(permission=pubblica).delete()
