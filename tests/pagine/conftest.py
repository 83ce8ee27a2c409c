"""The pages that every installation has."""

import pytest

from pagine.impianto import concedi_alla_redazione, prepara_approvazione, prepara_sito


@pytest.fixture
def home(db):
    """The home page; made again here because a browser test may have emptied the database."""
    pagina = prepara_sito()
    concedi_alla_redazione()
    prepara_approvazione()
    return pagina
