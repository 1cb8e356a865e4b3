"""批注: who may ask, answer and settle; what is kept; that nothing of the procedure moves."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Post
from accounts.roles import Role
from approvals.enums import Outcome, Stage
from approvals.models import Comment, Thread
from approvals.selectors.approval_form import approval_form_context
from approvals.services import appraisal, threads
from audit.selectors import events_of
from core.errors import ActionBlocked, Refused, StaleVersion
from notifications.models import OutboxItem
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment

AT = moment("2026-11-18 09:47")
LATER = moment("2026-11-19 10:00")
QUESTION = "审计报告第 14 页缺会计师签章，请补传。"


def ask(world, proposal, username="cosign.audit", **changes) -> Thread:
    facts = {
        "section": "partner", "text": QUESTION, "field": "credit", "by": world[username], "at": AT,
    }  # fmt: skip
    return threads.open_thread(proposal=proposal, **facts | changes)


def answer(world, thread, username="venue.staff", **changes) -> Comment:
    facts = {"text": "已补传签章页。", "by": world[username], "at": LATER}
    return threads.reply_to_thread(thread=Thread.objects.get(pk=thread.pk), **facts | changes)


def resolve(world, thread, username="cosign.audit", **changes) -> Thread:
    thread = Thread.objects.get(pk=thread.pk)
    facts = {"version": thread.version, "by": world[username], "at": LATER}
    return threads.resolve_thread(thread=thread, **facts | changes)


def reopen(world, thread, username="cosign.audit", **changes) -> Thread:
    thread = Thread.objects.get(pk=thread.pk)
    facts = {"version": thread.version, "by": world[username], "at": LATER}
    return threads.reopen_thread(thread=thread, **facts | changes)


def engaged(world, proposal, until=date(2026, 11, 30)):
    """The expert of the tests, engaged on the draft for a period."""
    return appraisal.engage_expert(
        proposal=proposal, kind="lawyer", name="郑律", firm="西安公信所", licence_no="16101",
        activity="consultation", username="expert", access_from=date(2026, 10, 1),
        access_until=until, by=world["venue.staff"], at=moment("2026-10-12 09:00"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "username",
    ["asset.officer", "asset.head", "cosign.personnel", "cosign.finance", "counsel", "leader"],
)
def test_the_unions_reviewers_ask_and_answer(world, submitted, username):
    thread = ask(world, submitted, username)
    answer(world, thread, username)

    said = list(thread.comments.order_by("pk"))
    person = world[username]
    assert [one.text for one in said] == [QUESTION, "已补传签章页。"]
    assert {(one.name, one.position) for one in said} == {(person.name, person.position)}
    assert thread.plan_version.no == 1
    assert thread.opened_at == AT


@pytest.mark.parametrize(
    "username",
    ["auditor", "secretary", "province.asset", "baoji.officer", "county.officer", "other.manager",
     "away.manager", "expert", "sysadmin"],
)  # fmt: skip
def test_nobody_else_asks_answers_or_settles(world, submitted, username):
    thread = ask(world, submitted)

    for act in (ask, answer, resolve):
        with pytest.raises(Refused):
            act(world, submitted if act is ask else thread, username)

    assert Comment.objects.count() == 1
    assert Thread.objects.get().is_open


@pytest.mark.parametrize("username", ["venue.staff", "venue.manager"])
def test_the_venue_answers_but_neither_asks_nor_settles(world, submitted, username):
    thread = ask(world, submitted)

    answer(world, thread, username)

    for act, subject in ((ask, submitted), (resolve, thread)):
        with pytest.raises(Refused):
            act(world, subject, username)
    assert thread.comments.order_by("pk").last().name == world[username].name


def test_an_expert_speaks_in_the_period_only(world, complete_draft):
    engagement = engaged(world, complete_draft)
    appraisal.declare_and_opine(
        engagement=engagement, has_conflict=False, conflict_statement="无利害关系。",
        opinion="方案合法可行。", conclusion="agree", opined_on=date(2026, 10, 15),
        version=engagement.version, by=world["expert"], at=moment("2026-10-15 15:00"),
    )  # fmt: skip
    engagement.refresh_from_db()
    appraisal.answer_expert(
        engagement=engagement, is_adopted=True, answer="已采纳。", version=engagement.version,
        by=world["venue.staff"], at=moment("2026-10-16 09:00"),
    )  # fmt: skip
    proposal = builders.decide(world, complete_draft)
    builders.submit(world, proposal)

    thread = ask(world, fresh(proposal), "expert")

    assert thread.position == "外聘律师、行业专家"
    with pytest.raises(Refused):
        answer(world, thread, "expert", at=moment("2026-12-01 09:00"))


def test_a_draft_never_submitted_takes_no_comment(world, complete_draft):
    with pytest.raises(ActionBlocked, match="尚未报送"):
        ask(world, complete_draft)


def test_a_closed_plan_takes_no_word_but_may_be_tidied(world, submitted):
    thread = ask(world, submitted)
    submitted.stage, submitted.decided_at = Stage.APPROVED, LATER
    submitted.save()

    for act, subject in ((ask, submitted), (answer, thread)):
        with pytest.raises(ActionBlocked, match="已经办结"):
            act(world, subject, "asset.officer")
    resolve(world, thread)
    with pytest.raises(ActionBlocked, match="已经办结"):
        reopen(world, thread)


@pytest.mark.parametrize("username", ["cosign.audit", "asset.officer", "asset.head"])
def test_the_opener_or_the_asset_department_settles(world, submitted, username):
    thread = resolve(world, ask(world, submitted), username)

    assert (thread.state, thread.resolved_by.username) == ("resolved", username)
    assert thread.resolved_at == LATER
    thread = reopen(world, thread, username)
    assert (thread.state, thread.resolved_by, thread.resolved_at) == ("open", None, None)


@pytest.mark.parametrize("username", ["cosign.finance", "counsel", "leader"])
def test_a_colleague_does_not_settle_what_another_asked(world, submitted, username):
    thread = ask(world, submitted)
    answer(world, thread, username)

    with pytest.raises(Refused, match="提出人或资产监管部门"):
        resolve(world, thread, username)


def test_an_opener_who_left_the_post_settles_no_more(world, submitted):
    thread = ask(world, submitted)
    Post.objects.filter(user=world["cosign.audit"]).update(valid_to=date(2026, 11, 18))

    with pytest.raises(Refused):
        resolve(world, thread)


def test_settled_twice_is_told_and_changes_nothing(world, submitted):
    thread = ask(world, submitted)
    resolve(world, thread)

    with pytest.raises(StaleVersion):
        resolve(world, thread, "asset.officer", version=thread.version)
    with pytest.raises(StaleVersion, match="已经标记为解决"):
        resolve(world, thread, "asset.officer")

    assert Thread.objects.get().resolved_by.username == "cosign.audit"


def test_a_thread_is_settled_as_it_was_read(world, submitted):
    thread = ask(world, submitted)
    answer(world, thread)

    with pytest.raises(StaleVersion):
        resolve(world, thread, version=thread.version)

    assert Thread.objects.get().is_open


def test_a_settled_thread_is_reopened_before_it_is_answered(world, submitted):
    thread = resolve(world, ask(world, submitted))

    with pytest.raises(ActionBlocked, match="重新打开"):
        answer(world, thread)
    reopen(world, thread)
    answer(world, thread)
    with pytest.raises(StaleVersion, match="已经重新打开"):
        reopen(world, thread)


def test_what_was_said_stays_as_it_was_said(world, submitted):
    thread = ask(world, submitted)
    said = list(Comment.objects.values())

    answer(world, thread)
    reopen(world, resolve(world, thread))
    person = world["cosign.audit"]
    person.name = "改名"
    person.save()
    Post.objects.filter(user=person).update(title="新职务")

    assert list(Comment.objects.order_by("pk").values())[:1] == said
    assert Comment.objects.count() == 2
    writing = [name for name in dir(threads) if name.startswith(("edit_", "delete_", "change_"))]
    assert writing == []


def test_nothing_of_the_procedure_moves(world, submitted):
    walk.accept(world, submitted)
    before = fresh(submitted)
    tasks = list(submitted.tasks.order_by("pk").values())
    form = approval_form_context(before, before.versions.get(no=1), today=LATER.date())

    reopen(world, resolve(world, ask(world, submitted)))
    answer(world, Thread.objects.get())

    after = fresh(submitted)
    assert (after.stage, after.version, after.updated_at) == (
        before.stage, before.version, before.updated_at,
    )  # fmt: skip
    assert list(submitted.tasks.order_by("pk").values()) == tasks
    assert submitted.opinions.count() == 1
    printed = approval_form_context(after, after.versions.get(no=1), today=LATER.date())
    assert printed == form
    assert QUESTION not in str(printed)


def test_an_open_thread_does_not_hold_the_plan(world, submitted):
    ask(world, submitted)

    walk.accept(world, submitted)
    walk.sign(
        world, walk.open_task(submitted, "countersignature", "finance"), "cosign.finance",
        Outcome.RETURN, points=["补充测算"],
    )  # fmt: skip
    fresh(submitted).return_points.update(answer="已补。", answered_at=LATER)
    builders.submit(world, submitted, at="2026-11-19 09:00")

    assert fresh(submitted).version_no == 2
    assert Thread.objects.get().plan_version.no == 1


def test_every_act_is_on_the_ledger_without_its_words(world, submitted):
    thread = ask(world, submitted)
    answer(world, thread)
    reopen(world, resolve(world, thread))

    events = events_of(submitted.case_id).filter(code__startswith="approvals.thread.")
    assert [one.code.rpartition(".")[2] for one in events.order_by("seq")] == [
        "opened", "replied", "resolved", "reopened",
    ]  # fmt: skip
    assert {json.loads(one.body)["thread"] for one in events} == {str(thread.pk)}
    assert not any(QUESTION in one.body + one.title for one in events)


def told(**which) -> set[str]:
    rows = OutboxItem.objects.filter(kind="approvals.proposal", channel="inapp", **which)
    return {one.recipient.username for one in rows.select_related("recipient")}


def test_the_other_side_is_told(world, submitted):
    thread = ask(world, submitted)
    assert told(title="方案有新批注：合作对象") == {"venue.staff", "venue.manager"}

    answer(world, thread)
    assert told(title="批注有回复：合作对象") == {"venue.manager", "cosign.audit"}

    resolve(world, thread, "asset.officer")
    assert told(title="批注已解决：合作对象") == {"venue.staff", "venue.manager", "cosign.audit"}
    own = OutboxItem.objects.filter(recipient=world["cosign.audit"], title__startswith="批注")
    assert {one.url for one in own} == {f"/proposals/{submitted.pk}/review/#thread-{thread.pk}"}
    venues = OutboxItem.objects.filter(recipient=world["venue.staff"], title__contains="新批注")
    page = f"/proposals/{submitted.pk}/edit/partner/#thread-{thread.pk}"
    assert {(one.url, one.body) for one in venues} == {(page, f"经审办：{QUESTION}")}


def test_whoever_left_is_not_told(world, submitted):
    thread = ask(world, submitted)
    Post.objects.filter(user=world["cosign.audit"]).update(valid_to=date(2026, 11, 18))

    answer(world, thread)

    assert told(title="批注有回复：合作对象") == {"venue.manager"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "请写明批注内容"),
        ({"text": " \n\t "}, "请写明批注内容"),
        ({"text": "长" * 1001}, "最多写 1000 个字"),
        ({"section": "nowhere"}, "没有这一节"),
        ({"section": ""}, "没有这一节"),
        ({"field": "emergency"}, "没有所选的问题"),
        ({"field": "'; DROP TABLE"}, "没有所选的问题"),
    ],
)
def test_a_comment_without_place_or_words_is_refused(world, submitted, changes, sentence):
    with pytest.raises(ActionBlocked, match=sentence):
        ask(world, submitted, **changes)

    assert not Thread.objects.exists()


def test_an_internal_plan_has_no_contract_elements_to_comment_on(world, overall):
    proposal = builders.submitted_plan(world, "internal")

    with pytest.raises(ActionBlocked, match="没有这一节"):
        ask(world, proposal, section="contract_elements", field="")


def test_the_database_pairs_state_person_and_moment(world, submitted):
    thread = ask(world, submitted)
    rows = Thread.objects.filter(pk=thread.pk)

    for broken in (
        {"state": "resolved"},
        {"resolved_by": world["leader"]},
        {"resolved_at": AT},
        {"state": "resolved", "resolved_at": AT},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**broken)


def test_a_second_post_as_expert_gives_no_voice_elsewhere(world, submitted):
    Post.objects.create(
        user=world["baoji.officer"], role=Role.EXPERT, title="行业专家", valid_from=date(2026, 1, 1)
    )

    with pytest.raises(Refused):
        ask(world, submitted, "baoji.officer")
