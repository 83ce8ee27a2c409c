#!/usr/bin/env python3
"""Entry point of every command; the only place that touches sys.path.

`avvia` and `prova` run before anything is installed: they live in
`config.avvio`, which uses the standard library alone.
"""

import os
import sys
from pathlib import Path

RADICE = Path(__file__).resolve().parent
sys.path[:0] = [str(RADICE), str(RADICE / "site")]


def main() -> None:
    if sys.argv[1:2] in (["avvia"], ["prova"]):
        from config.avvio import main as avvio  # noqa: PLC0415  must not need Django

        sys.exit(avvio(RADICE, sys.argv[1], sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  after avvio

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
