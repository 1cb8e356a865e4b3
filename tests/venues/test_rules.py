"""第九条 and the register, without a database."""

from datetime import date

import pytest

from tests.venues.conftest import FACTS
from venues import rules
from venues.enums import ReadinessCode, VenueKind


def _item(code="9-1", conclusion="met", has_evidence=True, **changes):
    facts = FACTS[code] | changes
    return rules.ItemFacts(code=code, conclusion=conclusion, facts=facts, has_evidence=has_evidence)


def _texts(reasons):
    return [reason.text for reason in reasons]


def test_every_item_full_is_submitted():
    assert rules.submission_reasons([_item(code) for code in ReadinessCode]) == []


def test_nothing_written_names_every_item():
    codes = {reason.code for reason in rules.submission_reasons([])}

    assert codes == {"9-1", "9-2", "9-3", "9-4"}


def test_unmet_shows_the_way_of_article_11():
    (reason,) = rules.item_reasons(_item(conclusion="unmet"))

    assert "第十一条" in reason.text


@pytest.mark.parametrize(
    ("code", "changes", "sentence"),
    [
        ("9-1", {"workers": 0}, "职工人数和服务用房面积须大于 0"),
        ("9-1", {"floor_area": "0.00"}, "职工人数和服务用房面积须大于 0"),
        ("9-1", {"members": 120001}, "工会会员人数不能多于职工人数"),
        ("9-2", {"hired": 0}, "在编人数和聘用人数不能都为 0"),
        ("9-3", {"reform": "建立财务、安全、采购等12项制度"}, "同一段文字"),
        ("9-3", {"last_income": "0", "prior_income": "0"}, "收入都为 0"),
        ("9-4", {"market": "按职工作息延时开放"}, "同一段文字"),
        ("9-1", {"source": ""}, "还没有填写数据来源"),
        ("9-4", {"as_of": None}, "还没有填写数据截止日期"),
    ],
)
def test_wrong_facts_are_said(code, changes, sentence):
    (text,) = _texts(rules.item_reasons(_item(code, **changes)))

    assert sentence in text


@pytest.mark.parametrize(("on_quota", "hired"), [(1, 0), (0, 1)])
def test_either_kind_of_staff_will_do(on_quota, hired):
    assert rules.item_reasons(_item("9-2", on_quota=on_quota, hired=hired)) == []


def test_missing_evidence_is_said():
    (text,) = _texts(rules.item_reasons(_item(has_evidence=False)))

    assert text.endswith("还没有上传证明材料。")


def test_a_yes_holds_until_a_later_day():
    today = date(2025, 11, 20)

    reasons = rules.review_reasons(is_ready=True, note="同意", valid_until=today, today=today)

    assert [reason.field for reason in reasons] == ["valid_until"]


def test_kinds_are_numbered_as_in_article_2():
    assert [kind.number for kind in VenueKind] == [f"{n:02d}" for n in range(1, 11)] + ["99"]


@pytest.mark.parametrize(
    ("kind", "note", "form", "code", "fields"),
    [
        ("other", "", "internal", "", ["kind_note"]),
        ("hotel", "宾馆", "internal", "", ["kind_note"]),
        ("hotel", "", "enterprise", "", ["uscc"]),
        ("hotel", "", "internal", "91610103MAXX010770", ["uscc"]),
        ("hotel", "", "enterprise", "91610103MAXX010776", []),
    ],
)
def test_identity(kind, note, form, code, fields):
    reasons = rules.identity_reasons(kind=kind, kind_note=note, legal_form=form, code=code)

    assert [reason.field for reason in reasons] == fields


def test_core_businesses_are_named_once_each():
    assert len(rules.business_reasons([])) == 1
    assert len(rules.business_reasons(["培训", "培训"])) == 1
    assert len(rules.business_reasons([str(n) for n in range(13)])) == 1
    assert rules.business_reasons(["培训", "文体"]) == []
