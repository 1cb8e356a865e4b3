"""A change between versions voids exactly the opinions that rest on what changed."""

from types import SimpleNamespace

import pytest

from approvals.enums import Node, Outcome, SectionCode, Stage, TaskStatus
from approvals.rules import materiality
from approvals.rules.materiality import READS, changed_parts, touched
from approvals.services import submission, versions
from core.errors import Refused
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment

# Who must look again when a section says something else, by hand from docs/adr/0017.
P, D, F, A, L = "personnel", "discipline", "finance", "fund_review", "legal_review"
DESKS = (P, D, F, A, L)
OTHER_MILESTONES = [builders.MILESTONES[0] | {"due_on": "2027-03-01"}, builders.MILESTONES[1]]
TABLE: dict[str, tuple[dict, set[str]]] = {
    "overview": ({"space": "二层西侧，1,200 ㎡。"}, {P, D, F, A, L}),
    "partner": ({"strength": "近三年均有亏损。"}, {D, F, L}),
    "appraisal": ({"conclusion": "暂缓实施。"}, {F, A, L}),
    "contract_elements": ({"exit": "一次整改不到位即终止。"}, {F, A, L}),
    "major_matter": ({"reason": "另有理由。"}, {D, L}),
    "negative_list": ({"lump_sum": "yes"}, {D, F, A, L}),
    "five_constants": ({"name": "no"}, {D, A, L}),
    "four_properties": ({"welfare_share": "40"}, {P}),
    "discounts": ({"members": "按公布价八折。"}, {P, F}),
    "roadmap": ({"milestones": OTHER_MILESTONES}, {P}),
    "safety": ({"emergency": "每半年演练一次。"}, {P}),
}
FILE = {
    "name": "测算表.pdf",
    "purpose": "section:contract_elements",
    "sha256": "a" * 64,
    "pages": 3,
}
EXPERT = {
    "kind": "lawyer", "name": "郑律", "firm": "西安公信所", "licence_no": "16101",
    "activity": "consultation", "has_conflict": False, "conflict_statement": "无利害关系。",
    "conclusion": "agree", "opinion": "合法可行。", "opined_on": "2026-10-15",
    "is_adopted": True, "answer": "已采纳。",
}  # fmt: skip


def content() -> dict:
    """What a version of a complete plan froze, in plain values."""
    stand_in = SimpleNamespace(core_business="business-1", partner=SimpleNamespace(pk="partner-1"))
    return {
        "kind": "operation_plan", "mode": "external", "title": "职工羽毛球馆合作运营方案",
        "venue": {"code": "ZD-1", "kind": "工人文化宫", "name": "西安东城工人文化宫"},
        "partner": {"name": "陕西健行体育有限公司", "uscc": "91610000MA6TA1B2X3", "kind": "法人"},
        "columns": {}, "core_business": "职工文体活动",
        "sections": builders.external_sections(stand_in),
        "diligence": [{"code": "10-1", "finding": "met", "source": "公示系统", "note": ""}],
        "experts": [EXPERT], "guidance": [], "exceptions": [], "answers": [],
        "attachments": [FILE],
    }  # fmt: skip


def asked_again(before: dict, after: dict) -> set[str]:
    changed = changed_parts(before, after)
    return {desk for desk in DESKS if touched(desk, changed)}


def test_the_table_speaks_of_every_section():
    assert set(TABLE) == {"overview", *SectionCode.values} & set(TABLE)
    assert set(TABLE) <= materiality.MAPPED
    assert set(READS) == set(DESKS)


@pytest.mark.parametrize("desk", DESKS)
@pytest.mark.parametrize("section", TABLE)
def test_a_changed_section_voids_exactly_the_desks_that_rest_on_it(section, desk):
    answers, expected = TABLE[section]
    after = content()
    after["sections"][section] |= answers

    assert changed_parts(content(), after) == (section,)
    assert (desk in asked_again(content(), after)) is (desk in expected)


@pytest.mark.parametrize(
    ("part", "value", "expected"),
    [
        ("title", "职工乒乓球馆合作运营方案", {P, D, F, A, L}),
        ("partner", {"name": "另一家公司", "uscc": "x", "kind": "法人"}, {D, F, L}),
        ("core_business", "职工技能培训", {P, D, F, A, L}),
        ("venue", {"code": "ZD-1", "kind": "工人文化宫", "name": "改了名"}, {D, A, L}),
        ("diligence", [], {D, F, L}),
        ("exceptions", [{"rule": "13-4-4", "number": "LW-1"}], {D, F, A, L}),
        ("experts", [EXPERT | {"opinion": "不可行。"}], {A, L}),
        ("attachments", [], {F, A, L}),
        ("attachments", [FILE | {"sha256": "b" * 64}], {F, A, L}),
    ],
    ids=[
        "title", "partner", "core-business", "venue", "diligence", "exception", "expert",
        "file-lost", "file-replaced",
    ],
)  # fmt: skip
def test_what_stands_beside_the_sections_is_read_too(part, value, expected):
    assert asked_again(content(), content() | {part: value}) == expected


def _with(section: str, **answers) -> dict:
    after = content()
    after["sections"][section] |= answers
    return after


OWNER = [builders.MILESTONES[0] | {"owner": "新责任人"}, builders.MILESTONES[1]]
IMMATERIAL = {
    "new-file": content() | {"attachments": [FILE, FILE | {"sha256": "c" * 64}]},
    "file-renamed": content() | {"attachments": [FILE | {"name": "客流测算表.pdf"}]},
    "guidance": content() | {"guidance": [{"content": "建议", "by": "周宁"}]},
    "answers": content() | {"answers": [{"no": 1, "text": "补充", "answer": "已补充"}]},
    "expert-letterhead": content() | {"experts": [EXPERT | {"firm": "公信律师事务所"}]},
    "owner-of-a-step": _with("roadmap", milestones=OWNER),
    "authors": _with("appraisal", authors="冯岚、陈晨、高远"),
    "blanks": _with("safety", emergency="每季度演练\n一次。 "),
    "left-empty": _with("safety", remark=""),
}


@pytest.mark.parametrize("case", IMMATERIAL)
def test_an_immaterial_change_keeps_every_opinion(case):
    assert asked_again(content(), IMMATERIAL[case]) == set()


def test_a_desk_or_a_part_nobody_mapped_is_asked_again():
    after = content()
    after["sections"]["safety"]["emergency"] = "从不演练。"
    assert touched("publicity", changed_parts(content(), after)) == ("safety",)

    after = content()
    after["sections"]["sponsor"] = {"name": "某赞助商"}
    assert asked_again(content(), after) == set(DESKS)


def deferred(world, proposal):
    """Signed by every desk, and put off by the party group with a question."""
    proposal = walk.at_meeting(world, proposal)
    meeting = walk.seat(world, walk.waiting(proposal.pk))
    walk.conclude(world, meeting, "fff", conclusion="deferred", resolution="请补充说明。")
    proposal = fresh(proposal)
    answers = {one.pk: "已补充。" for one in proposal.return_points.all()}
    submission.answer_return_points(
        proposal=proposal, answers=answers, version=proposal.version, by=world["venue.staff"],
        at=moment("2026-11-13 09:00"),
    )  # fmt: skip
    return fresh(proposal)


def resubmitted(world, proposal, *, again: bool = False):
    if again:
        builders.decide(
            world, proposal, at="2026-11-13 17:00", starts_at=moment("2026-11-13 10:00")
        )
    builders.submit(world, proposal, at="2026-11-16 09:00")
    return fresh(proposal)


def standing(proposal) -> set[str]:
    valid = proposal.opinions.filter(is_valid=True).select_related("task")
    return {one.task.department_kind or one.task.node for one in valid}


def open_desks(proposal) -> set[str]:
    rows = proposal.tasks.filter(status=TaskStatus.OPEN)
    return {one.department_kind or one.node for one in rows}


@pytest.mark.parametrize("section", ["safety", "discounts", "contract_elements"])
def test_a_resubmission_asks_only_whom_the_change_touches(world, submitted, section):
    answers, expected = TABLE[section]
    proposal = deferred(world, submitted)
    builders.change(world, proposal, section, **answers)
    proposal = resubmitted(world, proposal, again=section == "contract_elements")

    assert standing(proposal) == set(DESKS) - expected
    assert open_desks(proposal) == {"formal_review"}
    walk.accept(world, proposal, at=moment("2026-11-16 10:00"))
    assert open_desks(proposal) == expected - {L}
    proposal = walk.countersign_rest(world, proposal)
    assert open_desks(proposal) == expected & {L}
    if L in expected:
        proposal = walk.clear(world, proposal)
    assert fresh(proposal).stage == Stage.PARTY_GROUP
    assert walk.waiting(proposal.pk).version_no == 2


def test_without_the_table_old_opinions_would_stand_on_new_text(world, submitted, monkeypatch):
    """The twin of the test above: the guard is the table alone."""
    monkeypatch.setattr(versions, "touched", lambda desk, changed: ())
    proposal = deferred(world, submitted)
    builders.change(world, proposal, "contract_elements", exit="一次整改不到位即终止。")
    proposal = resubmitted(world, proposal, again=True)

    walk.accept(world, proposal, at=moment("2026-11-16 10:00"))

    assert fresh(proposal).stage == Stage.PARTY_GROUP
    assert standing(proposal) == {*DESKS, "formal_review"}


def test_an_untouched_plan_goes_from_the_formal_review_to_the_meeting(world, submitted):
    proposal = resubmitted(world, deferred(world, submitted))
    assert standing(proposal) == set(DESKS)
    assert set(proposal.opinions.filter(is_valid=True).values_list("carried_to", flat=True)) == {2}

    walk.accept(world, proposal, at=moment("2026-11-16 10:00"))

    assert fresh(proposal).stage == Stage.PARTY_GROUP


def test_a_void_opinion_stays_readable_with_its_version_and_the_reason(world, submitted):
    proposal = deferred(world, submitted)
    builders.change(world, proposal, "discounts", members="按公布价八折。")
    proposal = resubmitted(world, proposal)

    void = proposal.opinions.get(task__department_kind="finance")
    assert (void.is_valid, void.plan_version.no, void.voided_by.no) == (False, 1, 2)
    assert void.void_reason == "改动了职工优惠"
    assert void.content_sha256 == void.plan_version.sha256 == proposal.versions.get(no=1).sha256
    formal = proposal.opinions.get(task__node=Node.FORMAL_REVIEW)
    assert formal.void_reason == "形式审查对每一版重新办理"


def test_a_change_is_measured_from_the_version_an_opinion_saw(world, submitted):
    """v2 changes the discounts, v3 puts them back: personnel of v1 was voided for good."""
    proposal = deferred(world, submitted)
    builders.change(world, proposal, "discounts", members="按公布价八折。")
    proposal = resubmitted(world, proposal)
    task = walk.open_task(proposal, Node.FORMAL_REVIEW)
    walk.sign(world, task, "asset.officer", Outcome.RETURN, points=["恢复五折"])
    proposal = fresh(proposal)
    builders.change(world, proposal, "discounts", members="按公布价五折。")
    points = proposal.return_points.filter(plan_version__no=2)
    submission.answer_return_points(
        proposal=fresh(proposal), answers={one.pk: "已恢复。" for one in points},
        version=fresh(proposal).version, by=world["venue.staff"], at=moment("2026-11-17 09:00"),
    )  # fmt: skip
    builders.submit(world, proposal, at="2026-11-17 10:00")

    assert standing(fresh(proposal)) == {D, A, L}
    carried = proposal.opinions.filter(is_valid=True).values_list("plan_version__no", "carried_to")
    assert set(carried) == {(1, 3)}


def test_who_signed_a_carried_opinion_does_not_sign_at_another_desk(world, submitted):
    proposal = deferred(world, submitted)
    builders.change(world, proposal, "contract_elements", exit="一次整改不到位即终止。")
    proposal = resubmitted(world, proposal, again=True)
    proposal.opinions.filter(task__department_kind="personnel").update(by=world["counsel"])
    walk.accept(world, proposal, at=moment("2026-11-16 10:00"))
    proposal = walk.countersign_rest(world, proposal)

    with pytest.raises(Refused, match="不能连续办理两个环节"):
        walk.clear(world, proposal)


def test_the_pages_say_what_stands_and_what_does_not(world, submitted, log_in):
    proposal = deferred(world, submitted)
    builders.change(world, proposal, "discounts", members="按公布价八折。")
    proposal = resubmitted(world, proposal)

    page = log_in(world["asset.officer"]).get(f"/proposals/{proposal.pk}/review/")

    text = page.content.decode()
    assert "对应第1版，已失效：改动了职工优惠" in text
    assert "对应第1版，所依据的内容未变，继续有效" in text
    assert "同意（第1版）" in text


def test_decision_and_reply_point_at_the_version_they_saw(world, submitted):
    proposal = walk.at_reply(world, submitted)
    walk.drafted_reply(world, proposal)
    reply = walk.issued_reply(world, proposal)

    frozen = proposal.versions.get(no=1)
    assert reply.plan_version == frozen
    assert {one.plan_version for one in proposal.decisions.all()} == {frozen}
    assert {one.item.content_sha256 for one in proposal.decisions.all()} == {frozen.sha256}
