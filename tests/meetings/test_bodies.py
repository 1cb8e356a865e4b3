"""Bodies that decide: their terms, their rosters, who registers them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.selectors import events_of
from core.errors import Refused
from meetings import selectors, services
from meetings.enums import DecisionBodyKind
from meetings.rules import Terms
from tests.meetings.conftest import NOW, moment
from tests.meetings.refusing import refusal

pytestmark = pytest.mark.databases


def test_body_takes_its_quorum_from_the_parameter(town):
    terms = selectors.terms_of(town.group, on=date(2025, 11, 1))
    assert (terms.quorum, terms.materials_days, terms.late_entry_days) == ((2, 3), 1, 5)
    assert terms.source == "系统默认（可由主管工会调整）"
    assert town.group.unit_2 == town.xian


def test_quorum_at_or_below_half_is_refused_by_service_and_database(town):
    facts = {"kind": DecisionBodyKind.PARTY_GROUP, "union": town.baoji, "name": "宝鸡市总工会党组"}
    by = town["baoji.secretary"]

    assert refusal(services.form_body, **facts, quorum=(1, 2), by=by, at=NOW) == [
        "到会下限必须超过应到成员的半数，且不超过全体，例如 2/3。"
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        town.group.policies.update(quorum_numerator=1, quorum_denominator=2)


def terms(**changes) -> Terms:
    return Terms(**{"materials_days": 2, "source": "党组议事规则（2025年修订）"} | changes)


def test_policy_holds_from_its_day_and_called_meetings_keep_theirs(town):
    before = town.plan(starts_at=moment("2025-12-08 09:00"), session="2025年第13次", at=NOW)
    act = {"body": town.group, "by": town["secretary"], "at": NOW}

    services.set_policy(
        terms=terms(quorum_numerator=3, quorum_denominator=4, keeps_recused=False),
        valid_from=date(2025, 12, 1),
        **act,
    )
    after = town.plan(starts_at=moment("2025-12-09 09:00"), session="2025年第14次", at=NOW)

    assert (before.terms.quorum, before.keeps_recused) == ((2, 3), True)
    assert (after.terms.quorum, after.keeps_recused) == ((3, 4), False)
    assert selectors.terms_of(town.group, on=date(2025, 11, 30)).quorum == (2, 3)
    assert events_of(town.group.pk).last().title == (
        "西安市总工会党组议事规则：到会不少于应到成员的 3/4，回避成员不计入应到，"
        "材料会前 2 个工作日，自 2025-12-01 起（党组议事规则（2025年修订））"
    )


def test_policy_is_not_backdated_lowered_or_without_a_document(town):
    facts = {"body": town.group, "by": town["secretary"], "at": NOW}

    assert refusal(
        services.set_policy, terms=terms(quorum_denominator=4, source=" "),
        valid_from=date(2025, 11, 19), **facts,
    ) == [
        "到会下限必须超过应到成员的半数，且不超过全体，例如 2/3。",
        "请写明由哪次会议或哪份文件确定；没有依据的，沿用系统默认。",
        "议事规则不能溯及已经开过的会议：施行日期不能早于今天。",
    ]  # fmt: skip
    facts["by"] = town["province.secretary"]
    refusal(
        services.set_policy, terms=terms(), valid_from=date(2025, 12, 1), error=Refused, **facts
    )


def test_papers_later_than_the_bodys_rule_keep_the_item_out(town):
    meeting = town.plan()

    assert refusal(
        services.place_item, item=town.queue(), meeting=meeting, reporter="周宁",
        materials_sent_on=date(2025, 11, 19), by=town["secretary"], at=NOW,
    ) == [
        "《职工书屋共建合作方案》的材料 2025-11-19 才送达，不符合“材料会前送达”规则："
        "本机构要求会前 1 个工作日，最迟 2025-11-18。请改期开会，或改列下一次会议。"
    ]  # fmt: skip


def test_meeting_does_not_open_for_papers_that_came_late(town):
    """Placed before the day was moved forward: the same rule meets it at the door."""
    meeting = town.plan()
    town.placed(meeting)
    meeting.items.update(materials_sent_on=date(2025, 11, 19))

    assert refusal(town.attend, meeting) == [
        "《职工书屋共建合作方案》的材料 2025-11-19 才送达，不符合“材料会前送达”规则："
        "本机构要求会前 1 个工作日，最迟 2025-11-18。请改期开会，或改列下一次会议。"
    ]


def test_union_without_party_group_names_its_substitute(town):
    facts = {
        "kind": DecisionBodyKind.PARTY_GROUP,
        "union": town.beilin,
        "name": "碑林区总工会主席团",
    }
    by = town["beilin.secretary"]

    assert refusal(services.form_body, **facts, by=by, at=NOW) == [
        "碑林区总工会未设党组，请写明由哪个机构代行党组会议职责及其依据。"
    ]
    body = services.form_body(**facts, substitute_for="经区委同意代行", by=by, at=NOW)
    assert selectors.body_of(town.beilin, DecisionBodyKind.PARTY_GROUP) == body


def test_body_is_registered_once(town):
    facts = {"kind": DecisionBodyKind.PARTY_GROUP, "union": town.xian, "name": "党组"}

    assert refusal(services.form_body, **facts, by=town["secretary"], at=NOW) == [
        "已登记过“西安市总工会党组”，不能重复登记。"
    ]


def test_second_principal_and_repeated_member_are_refused(town):
    facts = {"body": town.group, "title": "成员", "order": 8, "valid_from": date(2025, 6, 1)}
    act = {"by": town["secretary"], "at": NOW}

    assert refusal(services.set_member, **facts, name="何平", is_principal=True, **act) == [
        "同一时期已有主要负责人赵磊，请先填写其任职止日。"
    ]
    assert refusal(services.set_member, **facts, name="王敏", **act) == [
        "王敏同一时期已在名单中，不能重复登记。"
    ]


def test_ended_member_leaves_the_roster_but_not_earlier_meetings(town):
    meeting = town.plan()
    first = town.members()[0]

    services.end_member(member=first, on=date(2025, 11, 18), by=town["secretary"], at=NOW)

    assert first not in selectors.roster_of(town.group, on=date(2025, 11, 19))
    assert meeting.attendances.count() == 7
