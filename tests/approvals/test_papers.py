"""审批表 and 例外审批表 as PDF: every field, the hash of the version, who printed it and when."""

import uuid

import pytest

from approvals.enums import Node, Outcome
from approvals.services import opinions, papers
from core.errors import ActionBlocked, Refused
from documents.enums import DocumentStatus
from documents.models import IssuedDocument, NumberEntry
from partners.services import end_watch, put_on_watch
from tests.approvals import builders, test_exceptions, walk
from tests.approvals.builders import moment
from tests.approvals.test_replies import text_of
from tests.harness.acting import post_act

LABELS = (
    "项目编号", "项目名称", "阵地", "合作方", "合作方式", "主责主业", "合作期限", "投资来源和金额",
    "预期收益", "收入分配", "资产评估", "必要性", "可行性", "操作性", "律师意见", "行业专家意见",
    "政治可靠", "四性", "五不变", "负面清单", "变相出租承包筛查", "阵地集体决策", "形式审查",
    "组织人事部门", "党委（纪委）", "财务部门", "经审部门", "法律审核", "资产监管部门负责人意见",
    "分管领导意见", "党组会议决定", "主席办公会议决定", "批复", "附件清单",
)  # fmt: skip


def test_the_auditor_exports_the_form_of_the_whole_road(world, submitted, log_in):
    proposal = walk.at_meeting(
        world,
        submitted,
        finance={"outcome": Outcome.CONDITIONAL, "conditions": ["签约前补充客流测算"]},
        discipline={"outcome": Outcome.DISAGREE},
    )
    opinions.resolve_objection(
        opinion=proposal.opinions.get(outcome=Outcome.DISAGREE), text="已责成补充承诺。",
        by=world["asset.head"], at=moment("2026-11-11 09:00"),
    )  # fmt: skip
    walk.decided(world, proposal, "aas")
    client = log_in(world["auditor"])

    answer = client.get(f"/proposals/{proposal.pk}/approval-form.pdf")

    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    assert [label for label in LABELS if "".join(label.split()) not in text] == []
    for words in (
        proposal.versions.get().sha256,
        "生成：2026年11月20日",
        "钱进",
        "2026年12月1日至2029年11月30日，累计3年，不超过5年",
        "685,000.00元",
        "条件1：签约前补充客流测算（尚未落实）",
        "处理意见：已责成补充承诺。",
        "同意2票、不同意0票、弃权1票",
        "财务部经办人",
    ):
        assert words in text, words
    assert "None" not in text
    assert not IssuedDocument.objects.exists()
    assert client.post(f"/proposals/{proposal.pk}/approval-form.pdf").status_code == 405


def test_the_form_says_that_the_partner_is_watched_and_no_longer_when_the_watch_ended(
    world, submitted, log_in
):
    officer = world["asset.officer"]
    acting = {"by": officer, "at": moment("2026-11-12 09:00")}
    watch = put_on_watch(
        partner=submitted.partner, union=submitted.supervising_union, basis="18-1",
        reason="另一阵地的合同按面积收取固定费用。", **acting,
    )  # fmt: skip
    client, path = log_in(officer), f"/proposals/{submitted.pk}/approval-form.pdf"

    printed = text_of(client.get(path).content)
    end_watch(watch=watch, reason="条款已经改正，现场复核没有分租。", **acting)

    said = "资产监管部门2026年11月12日列为重点关注（第十八条第一款）：另一阵地的合同按面积收取固定费用。"
    assert said in printed
    assert "列为重点关注" not in text_of(client.get(path).content)


def test_a_form_before_any_decision_prints_dashes(world, submitted, log_in):
    answer = log_in(world["venue.staff"]).get(f"/proposals/{submitted.pk}/approval-form.pdf")

    text = text_of(answer.content)
    assert "形式审查（上级主管部门审批）—" in text
    assert "法律审核—" in text
    assert "例外—" in text


@pytest.mark.parametrize("mode", ["internal", ""])
def test_other_plans_print_as_well(world, overall, log_in, mode):
    overall.stage = "rejected"  # a second overall plan may only follow a closed one
    if not mode:
        overall.save()
    proposal = builders.submitted_plan(world, mode)

    answer = log_in(world["auditor"]).get(f"/proposals/{proposal.pk}/approval-form.pdf")

    assert answer.status_code == 200
    assert "资产评估—" in text_of(answer.content)


def test_a_draft_has_no_form(world, draft, log_in):
    answer = log_in(world["venue.staff"]).get(f"/proposals/{draft.pk}/approval-form.pdf")

    assert answer.status_code == 404


def test_the_numbered_form_is_kept_and_the_earlier_one_superseded(world, submitted, log_in):
    url = f"/proposals/{submitted.pk}/approval-form/"
    client, act = log_in(world["asset.officer"]), {"command_id": uuid.uuid4()}
    assert client.post(url, act).status_code == 302
    assert client.post(url, act).status_code == 302
    assert IssuedDocument.objects.count() == 1

    assert client.post(url, {"command_id": uuid.uuid4()}).status_code == 302

    states = IssuedDocument.objects.order_by("issued_at").values_list("status", flat=True)
    assert sorted(states) == sorted([DocumentStatus.SUPERSEDED, DocumentStatus.IN_FORCE])
    with pytest.raises(Refused):
        papers.issue_approval_form(
            proposal=submitted, by=world["auditor"], at=moment("2026-11-20 09:00")
        )


def test_the_exception_form_prints_case_and_decision(world, complete_draft, log_in):
    one = test_exceptions.reviewed(world, complete_draft)
    walk.conclude(world, walk.seat(world, walk.waiting(one.pk)), resolution="同意例外。")

    answer = log_in(world["auditor"]).get(f"/exceptions/{one.pk}/form.pdf")

    text = text_of(answer.content)
    for words in ("LW-2026-0001", "原则上不超过5年", "合作方投入1800万元", "同意例外。", "同意3票"):
        assert words in text, words
    assert log_in(world["baoji.officer"]).get(f"/exceptions/{one.pk}/form.pdf").status_code == 404


POINTS = ("请补充近三年客流测算依据。", "请明确每项里程碑的责任人。")


@pytest.fixture
def returned(world, submitted):
    walk.accept(world, submitted, outcome=Outcome.RETURN, points=POINTS)
    return builders.fresh(submitted)


def test_the_venue_is_told_on_paper_once_of_all_it_has_to_mend(world, returned, log_in):
    officer, page = log_in(world["asset.officer"]), f"/proposals/{returned.pk}/review/"
    assert "出具退回补正通知" in officer.get(page).content.decode()

    said = post_act(officer, f"/proposals/{returned.pk}/return-notice/", page=page, follow=True)

    notice = IssuedDocument.objects.get(kind="return_notice")
    assert "已出具：西安市总工会资退〔2026〕1号" in said.content.decode()
    assert 'return-notice/"' not in said.content.decode()
    manager = log_in(world["venue.manager"])
    printed = text_of(b"".join(manager.get(f"/documents/{notice.pk}/pdf/").streaming_content))
    for words in (
        "西安市总工会文件", "西安市总工会资退〔2026〕1号", "西安东城工人文化宫：",
        "须补正2项，现一次性告知如下", f"1.{POINTS[0]}", f"2.{POINTS[1]}", "特此通知。", "（盖章）",
    ):  # fmt: skip
        assert words in printed, words
    with pytest.raises(
        ActionBlocked, match="这一版的退回通知已经出具（西安市总工会资退〔2026〕1号）"
    ):
        papers.issue_return_notice(
            proposal=returned, by=world["asset.head"], at=moment("2026-11-05 09:00")
        )


def test_no_return_notice_without_a_return_or_by_another(world, submitted, returned):
    act = {"proposal": returned, "at": moment("2026-11-05 09:00")}

    for username in ("venue.manager", "leader", "province.asset"):
        with pytest.raises(Refused):
            papers.issue_return_notice(by=world[username], **act)
    builders.Proposal.objects.update(stage="formal_review")
    with pytest.raises(ActionBlocked, match="没有可以出具的退回通知"):
        papers.issue_return_notice(by=world["asset.officer"], **act)
    assert not NumberEntry.objects.filter(sequence__kind="return_notice").exists()


def test_the_form_prints_who_determined_the_matter_and_who_signed_off(world, submitted, log_in):
    """重大事项认定 and 分管领导签批 of the route that has one."""
    submitted.route = {**submitted.route, "leader_days": 3}
    submitted.save()
    proposal = walk.clear(world, walk.countersign(world, walk.accept(world, submitted)))
    walk.sign(world, walk.open_task(proposal, Node.LEADER_SIGNOFF), "leader", text="同意上会。")

    text = text_of(form_of(world, proposal, log_in))

    assert "重大事项认定" in text
    assert "分管领导签批" in text
    assert "同意上会。" in text
    assert "赵磊" in text


def test_the_form_prints_what_is_still_to_come(world, log_in):
    """The union's own plans of 第六条: its red light, printed, holding nothing up."""
    proposal = builders.submitted_plan(world, "")

    text = text_of(form_of(world, proposal, log_in))

    assert "待补清单" in text
    assert "主管工会没有实施中的实施规划" in text


def form_of(world, proposal, log_in) -> bytes:
    client = log_in(world["auditor"])
    return client.get(f"/proposals/{proposal.pk}/approval-form.pdf").content
