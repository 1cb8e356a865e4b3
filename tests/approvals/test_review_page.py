"""The review page: what it shows, to whom, on how many queries, and its posts."""

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Post
from accounts.roles import Role
from approvals.enums import Node, Outcome, Stage
from approvals.models import Opinion, OpinionDraft
from approvals.services import appraisal, opinions
from core.errors import StaleVersion
from partners.services import put_on_watch
from tests.approvals import builders, walk
from tests.approvals.builders import appoint, fresh, moment

MOST_QUERIES = 17


def review(client, proposal):
    return client.get(f"/proposals/{proposal.pk}/review/")


def posted(task, outcome="agree", **changes) -> dict:
    data = {
        "command_id": uuid.uuid4(),
        "version": task.version,
        "content_sha256": task.plan_version.sha256,
        "outcome": outcome,
        "text": "",
    }
    return data | changes


def finance_task(world, submitted):
    walk.accept(world, submitted)
    return walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")


def test_who_decides_sees_that_the_partner_is_on_watch_and_is_not_stopped(world, submitted, log_in):
    client = log_in(world["cosign.finance"])
    text = review(client, submitted).content.decode()
    assert "重点关注" not in text

    watch = put_on_watch(
        partner=submitted.partner, union=world.baoji, basis="18-1",
        reason="在宝鸡的合同约定按面积收取固定费用。",
        by=appoint("baoji.asset", "宝鸡周", Role.ASSET_OFFICER, world.baoji),
        at=moment("2026-11-04 09:00"),
    )  # fmt: skip

    text = review(client, submitted).content.decode()
    assert text.count(watch.words) == 1
    assert 'label="合作方重点关注"' not in text
    assert "合作方重点关注</span>" in text
    walk.at_meeting(world, submitted)  # nothing stands in its way
    page = log_in(world["leader"]).get(f"/proposals/{submitted.pk}/brief/")
    assert watch.words in page.content.decode()


def test_the_page_stays_within_its_queries(world, submitted, log_in):
    walk.at_meeting(
        world,
        submitted,
        finance={"outcome": Outcome.CONDITIONAL, "conditions": ["一", "二"]},
        discipline={"outcome": Outcome.DISAGREE},
    )
    client = log_in(world["asset.head"])
    review(client, submitted)

    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert review(client, submitted).status_code == 200

    assert len(seen) <= MOST_QUERIES, "\n".join(one["sql"][:160] for one in seen)


def test_the_page_shows_content_progress_and_the_own_task(world, submitted, log_in):
    finance_task(world, submitted)
    walk.sign(
        world, walk.open_task(submitted, Node.COUNTERSIGNATURE, "personnel"), "cosign.personnel"
    )

    answer = review(log_in(world["cosign.finance"]), submitted)
    page = answer.content.decode()

    assert "会签 1/4" in page
    assert "由我办理" in page
    assert world.partner.name in page
    assert "变相出租承包筛查" in page
    assert "财务部门意见" in page
    assert "西安市总工会党组2026年第1次会议" in page  # why this route
    assert [one["state"] for one in answer.context["steps"]] == ["done", "done", "now"] + [
        "todo"
    ] * 4
    assert set(dict(answer.context["form"].fields["outcome"].choices)) == {
        "agree", "conditional", "reserve", "return", "disagree",
    }  # fmt: skip
    reader = review(log_in(world["leader"]), submitted)
    assert reader.context["form"] is None


def test_the_page_shows_what_was_frozen_not_what_was_changed_since(world, submitted, log_in):
    task = finance_task(world, submitted)
    walk.sign(world, task, "cosign.finance", Outcome.RETURN, points=["改应急措施"])
    builders.change(world, fresh(submitted), "safety", emergency="尚未报送的新措施。")

    page = review(log_in(world["asset.head"]), submitted).content.decode()

    assert "每季度演练一次。" in page
    assert "尚未报送的新措施。" not in page
    assert "改应急措施" in page


def test_earlier_opinions_stay_readable_with_their_version(world, submitted, log_in):
    task = finance_task(world, submitted)
    walk.sign(world, task, "cosign.finance", Outcome.RETURN, points=["改应急措施"])
    proposal = fresh(submitted)
    proposal.return_points.update(answer="已改。", answered_at=moment("2026-11-05 09:00"))
    builders.submit(world, proposal, at="2026-11-06 09:00")

    answer = review(log_in(world["asset.head"]), submitted)

    labels = [one["what"] for one in answer.context["timeline"]()]
    assert "会签 · 财务部门 · 对应第1版，已失效：退回意见已由新版本答复" in labels
    assert "报送第 2 版" in labels
    assert answer.context["progress"]["signed"] == 0


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("venue.staff", 200),
        ("asset.officer", 200),
        ("cosign.audit", 200),
        ("auditor", 200),
        ("province.asset", 200),
        ("baoji.officer", 404),  # sibling city
        ("county.officer", 404),  # a county under the city: the matter is its parent's
        ("other.manager", 404),
        ("away.manager", 404),
        ("expert", 404),  # engaged on nothing yet
        ("sysadmin", 403),
    ],
)
def test_who_reads(world, submitted, log_in, username, status):
    assert review(log_in(world[username]), submitted).status_code == status


def test_a_draft_is_its_venues_own_until_it_is_shared(world, draft, log_in):
    assert review(log_in(world["venue.staff"]), draft).status_code == 200
    assert review(log_in(world["asset.officer"]), draft).status_code == 404


def test_an_expert_reads_the_granted_plan_in_the_period_and_no_opinion(world, draft, log_in):
    engagement = appraisal.engage_expert(
        proposal=draft, kind="lawyer", name="郑律", firm="西安公信所", licence_no="16101",
        activity="consultation", username="expert", access_from=date(2026, 11, 1),
        access_until=date(2026, 11, 30), by=world["venue.staff"], at=moment("2026-11-01 09:00"),
    )  # fmt: skip
    other = builders.new_plan(world, "internal")
    client = log_in(world["expert"])

    answer = review(client, draft)

    assert answer.status_code == 200
    assert "timeline" not in answer.context
    assert "会签进度" not in answer.content.decode()
    assert client.get(f"/proposals/{draft.pk}/approval-form.pdf").status_code == 403
    assert review(client, other).status_code == 404
    engagement.access_until = date(2026, 11, 19)
    engagement.save()
    assert review(client, draft).status_code == 404


def test_an_expert_with_a_post_elsewhere_reads_no_opinion_either(world, draft, log_in):
    post = {"valid_from": date(2026, 1, 1), "title": "行业专家"}
    Post.objects.create(user=world["baoji.officer"], role=Role.EXPERT, **post)
    appraisal.engage_expert(
        proposal=draft, kind="industry_expert", name="宝鸡周", firm="宝鸡市总工会",
        licence_no="16102", activity="consultation", username="baoji.officer",
        access_from=date(2026, 11, 1), access_until=date(2026, 11, 30),
        by=world["venue.staff"], at=moment("2026-11-01 09:00"),
    )  # fmt: skip

    answer = review(log_in(world["baoji.officer"]), draft)

    assert answer.status_code == 200
    assert "timeline" not in answer.context


def test_an_opinion_is_signed_once_however_often_it_is_posted(world, submitted, log_in):
    task = finance_task(world, submitted)
    client, data = log_in(world["cosign.finance"]), posted(task)

    first = client.post(f"/tasks/{task.pk}/opinion/", data)
    again = client.post(f"/tasks/{task.pk}/opinion/", data)
    other = client.post(f"/tasks/{task.pk}/opinion/", data | {"outcome": "disagree"})

    assert (first.status_code, again.status_code, other.status_code) == (302, 302, 409)
    assert first["Location"] == again["Location"] == f"/proposals/{submitted.pk}/review/"
    assert Opinion.objects.filter(task=task).count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"outcome": ""}, 422, "请选择结论"),
        ({"outcome": "nonsense"}, 422, "请从列出的选项中选择"),
        ({"outcome": "disagree"}, 422, "须写明意见"),
        ({"outcome": "return", "text": walk.LONG}, 422, "逐条列出需要补正的问题"),
        ({"content_sha256": "0" * 64}, 409, "看过现在的内容再签署意见"),
        ({"version": 9}, 409, "刚刚被他人修改过"),
        ({"version": ""}, 422, ""),
        ({"points": "长" * 4001}, 422, "文字过长"),
        ({"text": "有\x00零"}, 422, "控制字符"),
    ],
)
def test_a_refused_opinion_comes_back_as_typed(world, submitted, log_in, changes, status, sentence):
    task = finance_task(world, submitted)
    typed = {"outcome": "agree", "conditions": "条件原文如此"} | changes

    answer = log_in(world["cosign.finance"]).post(
        f"/tasks/{task.pk}/opinion/", posted(task, **typed)
    )

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert "条件原文如此" in answer.content.decode()
    assert not Opinion.objects.filter(task=task).exists()


def test_a_desk_closed_by_a_colleague_answers_409_with_the_text(world, submitted, log_in):
    task = finance_task(world, submitted)
    data = posted(task, text="我的意见原文")
    walk.sign(world, task, "cosign.finance")

    answer = log_in(world["cosign.finance"]).post(f"/tasks/{task.pk}/opinion/", data)

    assert answer.status_code == 409
    assert "我的意见原文" in answer.content.decode()


def test_an_unsent_opinion_is_shown_to_its_writer_alone(world, submitted, log_in):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    data = posted(task, outcome="return", text="只给自己看", points="第一点\n第二点")

    saved = log_in(world["asset.officer"]).post(f"/tasks/{task.pk}/draft/", data)

    assert saved.status_code == 302
    assert OpinionDraft.objects.get().points == "第一点\n第二点"
    assert "只给自己看" in review(log_in(world["asset.officer"]), submitted).content.decode()
    for username in ("asset.head", "auditor", "leader", "venue.manager"):
        assert "只给自己看" not in review(log_in(world[username]), submitted).content.decode()
    assert fresh(submitted).stage == Stage.FORMAL_REVIEW


def autosaved(client, task, **changes):
    address = f"/tasks/{task.pk}/draft/"
    return client.post(address, posted(task, **changes), headers={"Accept": "application/json"})


def test_a_draft_kept_by_the_page_itself_says_when(world, submitted, log_in):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)
    client = log_in(world["asset.officer"])

    first = autosaved(client, task, outcome="", text="写到一半")
    again = autosaved(client, task, outcome="return", text="写到一半的意见")

    assert first.status_code == again.status_code == 200
    assert re.fullmatch(r"\d\d:\d\d", again.json()["saved_at"])
    assert OpinionDraft.objects.get().text == "写到一半的意见"
    assert not review(client, submitted).context["messages"]


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({"points": "长" * 4001}, 422, "文字过长"),
        ({"text": "有\x00零"}, 422, "控制字符"),
        ({"outcome": "nonsense"}, 422, "请从列出的选项中选择"),
    ],
)
def test_a_draft_that_is_not_kept_says_why(world, submitted, log_in, changes, status, reason):
    task = walk.open_task(submitted, Node.FORMAL_REVIEW)

    answer = autosaved(log_in(world["asset.officer"]), task, **changes)

    assert answer.status_code == status
    assert reason in answer.json()["reason"]
    assert not OpinionDraft.objects.exists()


def test_a_draft_for_a_desk_that_closed_says_so(world, submitted, log_in):
    task = finance_task(world, submitted)
    walk.sign(world, task, "cosign.finance")

    answer = autosaved(log_in(world["cosign.finance"]), task, text="迟到的草稿")

    assert answer.status_code == 409
    assert answer.json()["reason"]


def test_the_composer_offers_what_this_desk_cites(world, submitted, log_in):
    finance_task(world, submitted)

    page = review(log_in(world["cosign.finance"]), submitted).content.decode()

    assert 'data-insert="（第十八条第二款）"' in page
    assert 'data-insert="测算依据须补充："' in page
    assert "未发现利害关系和廉政风险" not in page  # another department's


def test_objection_condition_and_the_badge_in_the_browser(world, submitted, log_in):
    proposal = walk.at_meeting(
        world,
        submitted,
        finance={"outcome": Outcome.CONDITIONAL, "conditions": ["补充客流测算"]},
        discipline={"outcome": Outcome.DISAGREE},
    )
    client = log_in(world["asset.head"])
    assert "有异议" in review(client, proposal).content.decode()
    objection = proposal.opinions.get(outcome=Outcome.DISAGREE)
    url = f"/opinions/{objection.pk}/resolution/"
    empty = client.post(url, {"command_id": uuid.uuid4(), "text": ""})
    assert empty.status_code == 422
    done = client.post(url, {"command_id": uuid.uuid4(), "text": "已责成补充承诺。"})
    assert done.status_code == 302
    late = client.post(url, {"command_id": uuid.uuid4(), "text": "再写一次。"})
    assert late.status_code == 409
    page = review(log_in(world["auditor"]), proposal).content.decode()
    assert "已责成补充承诺。" in page
    assert "补充客流测算" in page


def test_the_named_person_confirms_in_the_browser(world, submitted, log_in):
    proposal = walk.decided(
        world, walk.at_meeting(world, submitted), conclusion="passed_with_changes",
        required_changes="应急演练改为每月一次", confirmer=world["leader"],
    )  # fmt: skip
    builders.change(world, proposal, "safety", emergency="每月演练一次。")
    builders.submit(world, proposal, at="2026-11-13 09:00")
    proposal = fresh(proposal)
    url, data = f"/proposals/{proposal.pk}/changes-confirmed/", {"version": proposal.version}
    data |= {"command_id": uuid.uuid4()}
    assert log_in(world["asset.head"]).post(url, data).status_code == 403
    client = log_in(world["leader"])
    assert review(client, proposal).context["confirm"]["form"] is not None

    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code == 302

    assert fresh(proposal).stage == Stage.FORMAL_REVIEW
    assert client.post(url, data | {"command_id": uuid.uuid4()}).status_code == 409


@pytest.mark.parametrize(
    "username", ["auditor", "province.asset", "venue.manager", "baoji.officer"]
)
def test_whoever_only_reads_cannot_post_anywhere(world, submitted, log_in, username):
    proposal = walk.at_meeting(
        world,
        submitted,
        finance={"outcome": Outcome.CONDITIONAL, "conditions": ["补充客流测算"]},
        discipline={"outcome": Outcome.DISAGREE},
    )
    task, item = proposal.tasks.first(), walk.waiting(proposal.pk)
    walk.seat(world, item)
    addresses = [
        f"/tasks/{task.pk}/opinion/",
        f"/tasks/{task.pk}/draft/",
        f"/opinions/{proposal.opinions.get(outcome='disagree').pk}/resolution/",
        f"/conditions/{proposal.conditions.get().pk}/met/",
        f"/proposals/{proposal.pk}/changes-confirmed/",
        f"/agenda/{item.pk}/decide/",
        f"/proposals/{proposal.pk}/reply/draft/",
        f"/proposals/{proposal.pk}/reply/issue/",
        f"/proposals/{proposal.pk}/approval-form/",
        f"/proposals/{proposal.pk}/review/",
    ]
    client, before = log_in(world[username]), fresh(proposal).version

    answers = {url: client.post(url, {"command_id": uuid.uuid4()}).status_code for url in addresses}

    assert set(answers.values()) <= {403, 404, 405}, answers
    if username == "auditor":
        assert set(answers.values()) <= {403, 405}, answers
    assert fresh(proposal).version == before


def test_the_conflict_is_said_instead_of_a_form(world, submitted, log_in):
    submitted.drafted_by = world["cosign.finance"]
    submitted.save()
    task = finance_task(world, submitted)
    client = log_in(world["cosign.finance"])

    page = review(client, submitted)

    assert page.context["form"] is None
    assert "不能审批自己的方案" in page.content.decode()
    assert client.post(f"/tasks/{task.pk}/opinion/", posted(task)).status_code == 403


def test_every_stage_has_its_page(world, submitted, log_in):
    client = log_in(world["asset.head"])
    proposal = walk.at_reply(world, submitted)
    for stage in Stage:
        proposal.stage = stage
        proposal.save()
        assert review(client, proposal).status_code == 200


def test_the_limit_is_said_in_working_days(world, submitted, log_in):
    assert review(log_in(world["asset.head"]), submitted).context["limit"] == {
        "tone": "bad",
        "label": "已超期 9 个工作日",
    }


def test_opinions_stay_when_a_draft_is_saved_after_them(world, submitted):
    task = finance_task(world, submitted)
    walk.sign(world, task, "cosign.finance")

    task.refresh_from_db()
    with pytest.raises(StaleVersion):
        opinions.save_opinion_draft(
            task=task, outcome="agree", text="", by=world["cosign.finance"],
            at=moment("2026-11-04 10:00"),
        )  # fmt: skip
