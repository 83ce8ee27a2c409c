"""Catalogues of translated words: written as text (.po), read by Django as tables (.mo) that we make ourselves.

GNU gettext isn't on every machine, and a table in the repository would say something else than its text sooner or
later: each start compares the fingerprint of the texts with that of the tables, and makes them again when they differ.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import polib


def aggiorna(cartelle: Iterable[Path], destinazione: Path) -> list[str]:
    """Make the tables whose texts changed, in `destinazione`; returns their languages.

    `cartelle` hold <language>/LC_MESSAGES/django.po; a later folder has the last word, so that an installation may
    add a language or say something in its own way.
    """
    testi: dict[str, list[Path]] = defaultdict(list)
    for cartella in cartelle:
        for testo in sorted(cartella.glob("*/LC_MESSAGES/django.po")):
            testi[testo.parts[-3]].append(testo)
    return [lingua for lingua, file in testi.items() if _aggiorna(file, destinazione / lingua / "LC_MESSAGES")]


def _aggiorna(testi: list[Path], cartella: Path) -> bool:
    impronta = hashlib.sha256(b"".join(testo.read_bytes() for testo in testi)).hexdigest()
    tabella, segno = cartella / "django.mo", cartella / "impronta"
    if tabella.exists() and segno.exists() and segno.read_text() == impronta:
        return False
    cartella.mkdir(parents=True, exist_ok=True)
    catalogo = polib.pofile(str(testi[0]), encoding="utf-8")
    for testo in testi[1:]:
        altro = polib.pofile(str(testo), encoding="utf-8")
        nuove = {(voce.msgctxt, voce.msgid) for voce in altro}
        catalogo[:] = [voce for voce in catalogo if (voce.msgctxt, voce.msgid) not in nuove] + list(altro)
    # Two processes may start together: each writes its own file, and the name changes hands in one step.
    provvisoria = cartella / f"django.{os.getpid()}"
    catalogo.save_as_mofile(str(provvisoria))
    provvisoria.replace(tabella)
    segno.write_text(impronta)
    return True
