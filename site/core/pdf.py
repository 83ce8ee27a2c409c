"""PDF by Typst: tagged, PDF/A where asked, the same bytes for the same data and instant."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst


def componi(modello: Path, dati: Mapping[str, Any], **opzioni: object) -> bytes:
    """The PDF that `modello` (a .typ file) makes of `dati`, which it reads as JSON from `sys.inputs.dati`.

    `opzioni` go to Typst: `pdf_standards="a-2a"`, `timestamp` in seconds, `pdf_tags`.
    """
    testo = json.dumps(dati, ensure_ascii=False)
    return typst.compile(modello, sys_inputs={"dati": testo}, ignore_system_fonts=True, **opzioni)
