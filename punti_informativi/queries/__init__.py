"""Reads across models, named for the answer; the names that settings list are re-exported here."""

from punti_informativi.queries.archi import archi_punti
from punti_informativi.queries.scrivania import voci_area, voci_scrivania

__all__ = ["archi_punti", "voci_area", "voci_scrivania"]
