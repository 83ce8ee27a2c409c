"""Amounts as an Italian text writes them. A leaf: no database, no setting."""

from decimal import Decimal

CIFRE_DI_CHIAVE = 18  # of a 64-bit integer, whatever they are


def in_cifre(numero: Decimal) -> str:
    """Dot between thousands, comma before the decimals, which are two: «1.234,50»."""
    return f"{numero:,.2f}".translate(str.maketrans(",.", ".,"))


def quantita(numero: Decimal, unita: str) -> str:
    """An amount with its unit: «1.234,50 €» for euros, «40 ore» for what has no cents."""
    if unita.strip().lower() in ("euro", "eur", "€"):
        return f"{in_cifre(numero)} €"
    return f"{in_cifre(numero).removesuffix(',00')} {unita}"


def chiave(testo: str) -> int:
    """The primary key that an address or a form names; 0, which no row has, when what is written isn't one."""
    return int(testo) if testo.isdecimal() and len(testo) <= CIFRE_DI_CHIAVE else 0
