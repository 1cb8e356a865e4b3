"""大写 by hand, after the rules of 《支付结算办法》 for noughts, 整 and 角分."""

from decimal import Decimal

import pytest

from core.money import capital_yuan, format_wan, format_yuan


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10", "壹拾元整"),
        ("1005.20", "壹仟零伍元贰角"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("13450000", "壹仟叁佰肆拾伍万元整"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("1000010", "壹佰万零壹拾元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("-3.145", "负叁元壹角伍分"),
        ("-0.001", "零元整"),
    ],
)
def test_capital_words(amount: str, words: str) -> None:
    assert capital_yuan(Decimal(amount)) == words


def test_nothing_is_a_dash_in_every_spelling() -> None:
    assert (capital_yuan(None), format_yuan(None), format_wan(None)) == ("—", "—", "—")
