"""Money: kept as Decimal yuan with two places, rounded half up."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
TEN_THOUSAND = Decimal(10_000)


def to_yuan(amount: Decimal) -> Decimal:
    """Round an amount in yuan to the cent, half up."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def wan_to_yuan(amount: Decimal) -> Decimal:
    """Turn an amount in ten-thousand yuan into yuan."""
    return to_yuan(amount * TEN_THOUSAND)


def format_yuan(amount: Decimal | None) -> str:
    """1234.5 → `1,234.50`; nothing → `—`."""
    return "—" if amount is None else f"{to_yuan(amount):,.2f}"


def format_wan(amount: Decimal | None) -> str:
    """Yuan shown in ten-thousand yuan without trailing zeros: 685000 → `68.5`."""
    if amount is None:
        return "—"
    wan = (amount / TEN_THOUSAND).quantize(Decimal("0.000001")).normalize()
    return f"{wan:,f}"
