"""Pages that anyone may read: those that an editor closed stay out of menus, lists, search and site map."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def leggibili(pagine: PageQuerySet) -> PageQuerySet:
    """The live ones in no closed section. Wagtail's `public()` knows a section by its place in the tree alone:
    its aliases in the other languages stand elsewhere, and are closed like their source."""
    sezioni = PageViewRestriction.objects.alias(sua=_fuori("path"), di_origine=_fuori("alias_of__path")).filter(
        Q(sua__startswith=F("page__path"))
        | Q(sua__startswith=F("page__aliases__path"))
        | Q(di_origine__startswith=F("page__path"))
    )
    # By key: the search engine reads no other condition on pages.
    return pagine.live().exclude(id__in=Page.objects.filter(Exists(sezioni)).values("id"))


def _fuori(campo: str) -> ExpressionWrapper:
    """A text of the page in question, to be compared inside the subquery."""
    return ExpressionWrapper(OuterRef(campo), output_field=CharField())
