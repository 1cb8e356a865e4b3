"""The fields every form shares: days, money, the version that was seen."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.forms import ActForm, DayField, WanYuanField, YuanField
from core.money import format_wan, format_yuan, to_yuan, wan_to_yuan


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [("1200", "1200.00"), ("0", "0.00"), ("12.345", "12.35"), ("12.344", "12.34")],
)
def test_yuan_is_rounded_half_up_to_the_cent(typed: str, yuan: str) -> None:
    assert YuanField().clean(typed) == Decimal(yuan)


def test_wan_is_kept_as_yuan_and_shown_as_wan() -> None:
    field = WanYuanField()

    assert field.clean("68.5") == Decimal("685000.00")
    assert field.clean("0.00005") == Decimal("0.50")
    assert field.prepare_value(Decimal("1000000.00")) == "100"
    assert field.prepare_value(Decimal("685000.00")) == "68.5"


@pytest.mark.parametrize("field", [YuanField(), WanYuanField()])
@pytest.mark.parametrize("typed", ["-1", "NaN", "Infinity", "一百", "1e30", "9" * 40])
def test_money_that_cannot_be_is_refused_with_a_sentence(field: YuanField, typed: str) -> None:
    with pytest.raises(ValidationError, match="金额"):
        field.clean(typed)


@pytest.mark.parametrize("typed", ["2026-02-30", "2025-02-29", "明天", "0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"日期|年份"):
        DayField().clean(typed)


def test_a_leap_day_is_a_day() -> None:
    assert DayField().clean("2024-02-29").isoformat() == "2024-02-29"


def test_a_form_that_showed_a_version_wants_it_back() -> None:
    command = "7d0f0a35-7f5c-4b57-9d3a-3f7f0f6a1f11"

    shown = ActForm({"command_id": command}, initial={"version": 3})
    plain = ActForm({"command_id": command})

    assert shown.errors == {"version": ["表单的版本号缺失或有误，请刷新页面，在最新内容上再提交。"]}
    assert plain.is_valid()


def test_money_in_words_of_figures() -> None:
    assert format_yuan(Decimal("1234.5")) == "1,234.50"
    assert format_yuan(None) == "—"
    assert format_wan(Decimal(685000)) == "68.5"
    assert wan_to_yuan(Decimal("0.000001")) == Decimal("0.01")
    assert to_yuan(Decimal("0.005")) == Decimal("0.01")
