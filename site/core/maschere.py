"""Personal data that people write where none is asked: hidden before anything is stored (R62). Pure.

Only what has a shape is found: mail addresses, telephone numbers, codici fiscali, IBANs. Names can't be.
"""

import re

NASCOSTO = "[…]"
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# Digits may be letters where two persons would have the same code (D.M. 12/3/1974).
CODICE_FISCALE = r"\b[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]\b"
IBAN = r"\bIT\d{2}\s?[A-Z](?:\s?\d){10}(?:\s?[0-9A-Z]){12}\b"
# Italian numbers begin with 0, 3 or 8, with or without the country before them: hours and dates don't look so.
TELEFONO = r"(?<![\w,.:])(?:(?:\+|00)\s?\d{2}[\s.-]?)?[038]\d(?:[\s./-]?\d){5,9}(?![\w:])"
DATI = re.compile("|".join(f"(?:{forma})" for forma in (EMAIL, CODICE_FISCALE, IBAN, TELEFONO)), re.IGNORECASE)


def maschera(testo: str) -> str:
    """`testo` with «[…]» in the place of what may say who wrote it, or of whom."""
    return DATI.sub(NASCOSTO, testo)
