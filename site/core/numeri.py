"""Amounts as an Italian text writes them. A leaf: no database, no setting."""

from decimal import Decimal


def in_cifre(numero: Decimal) -> str:
    """Dot between thousands, comma before the decimals, which are two: «1.234,50»."""
    return f"{numero:,.2f}".translate(str.maketrans(",.", ".,"))


def quantita(numero: Decimal, unita: str) -> str:
    """An amount with its unit: «1.234,50 €» for euros, «40 ore» for what has no cents."""
    if unita.strip().lower() in ("euro", "eur", "€"):
        return f"{in_cifre(numero)} €"
    return f"{in_cifre(numero).removesuffix(',00')} {unita}"
