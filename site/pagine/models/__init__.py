"""Pages of the public site."""

from pagine.models.contenuti import ContenutoPage, NotiziaPage
from pagine.models.home import HomePage
from pagine.models.misure import MisuraPage, MisurePage

__all__ = ["ContenutoPage", "HomePage", "MisuraPage", "MisurePage", "NotiziaPage"]
