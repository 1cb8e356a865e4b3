"""Money: kept as Decimal yuan with two places, rounded half up."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
TEN_THOUSAND = Decimal(10_000)
CAPITAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
CAPITAL_PLACES = ("", "拾", "佰", "仟")
CAPITAL_GROUPS = ("", "万", "亿", "兆")


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


def capital_yuan(amount: Decimal | None) -> str:
    """An amount as agreements print it, 中文大写: 1005.20 → `壹仟零伍元贰角`."""
    if amount is None:
        return "—"
    cents = int(to_yuan(abs(amount)) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    words = f"{_capital_whole(yuan)}元" if yuan else ""
    if jiao:
        words += f"{CAPITAL_DIGITS[jiao]}角"
    elif fen and yuan:
        words += "零"
    words += f"{CAPITAL_DIGITS[fen]}分" if fen else "整" if not jiao else ""
    return ("负" if amount < 0 and cents else "") + (words if cents else "零元整")


def _capital_whole(number: int) -> str:
    """Whole yuan by groups of four digits; any run of noughts between figures is one 零."""
    words, is_gap = "", False
    for place in range((len(str(number)) - 1) // 4, -1, -1):
        group = number // 10_000**place % 10_000
        for power in (3, 2, 1, 0):
            digit = group // 10**power % 10
            if digit:
                words += ("零" if is_gap and words else "") + CAPITAL_DIGITS[digit]
                words += CAPITAL_PLACES[power]
            is_gap = not digit
        words += CAPITAL_GROUPS[place] if group else ""
    return words
