"""Work that returns by itself: one that fails is logged and doesn't stop the others."""

import pytest
from django.core.management import CommandError, call_command

from core.periodici import esegui

pytestmark = pytest.mark.django_db  # old connections are looked at before each work


def due() -> int:
    return 2


def guasto() -> int:
    raise ConnectionError("casella irraggiungibile")


def test_un_lavoro_guasto_non_ferma_gli_altri(settings, caplog):
    settings.PERIODICI = [f"{__name__}.guasto", f"{__name__}.due"]
    assert esegui() == {f"{__name__}.guasto": None, f"{__name__}.due": 2}
    assert "casella irraggiungibile" in caplog.text


def test_il_comando_dice_l_esito_e_segnala_il_guasto(settings, capsys):
    settings.PERIODICI = [f"{__name__}.due"]
    call_command("periodici")
    assert capsys.readouterr().out == f"{__name__}.due: 2\n"
    settings.PERIODICI = [f"{__name__}.guasto"]
    with pytest.raises(CommandError, match="non è riuscito"):
        call_command("periodici")
