"""Pages of the public site."""

from pagine.models.centri import CentriPage, CpiPage
from pagine.models.contenuti import ContenutoPage, NotiziaPage
from pagine.models.home import HomePage
from pagine.models.misure import MisuraPage, MisurePage
from pagine.models.risultati import RisultatiPage

__all__ = [
    "CentriPage",
    "ContenutoPage",
    "CpiPage",
    "HomePage",
    "MisuraPage",
    "MisurePage",
    "NotiziaPage",
    "RisultatiPage",
]
