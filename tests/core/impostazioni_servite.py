"""Settings of a real server started by a test: it reads and writes the test's own database, pages ready."""

import os
from pathlib import Path

from config.settings.test import *  # noqa: F403  the settings idiom
from config.settings.test import DATABASES

DATABASES = {"default": DATABASES["default"] | {"NAME": os.environ["RACCORDO_PROVA_BASE"]}}
PAGINE_PRONTE = True
GENERAZIONI = "core.generazioni.SuFile"
GENERAZIONI_CARTELLA = Path(os.environ["RACCORDO_PROVA_GENERAZIONI"])
