"""(allowed, reason): what a page or a program is told is what the service then answers."""

import pytest
from django.db import transaction

from approvals import allowed
from approvals.enums import ConsultPlace, Node
from approvals.models import Opinion
from approvals.services import (
    consulting,
    handling,
    keeping,
    opinions,
    seating,
    submission,
    withdrawing,
)
from core.errors import DomainError
from tests.approvals import walk
from tests.approvals.builders import TODAY, fresh, moment

pytestmark = pytest.mark.databases
AT = moment(f"{TODAY} 10:00")
WHY = {"reason": "材料有误，需要补充。"}
PEOPLE = ("venue.manager", "venue.staff", "asset.officer", "asset.head", "cosign.finance",
          "counsel", "leader", "secretary", "auditor", "county.officer")  # fmt: skip
OF_PLAN = {
    "submit": (
        lambda user, plan: allowed.why_not_submitted(user, plan, today=TODAY),
        lambda plan, **facts: submission.submit_proposal(proposal=plan, **facts),
    ),
    "withdraw": (
        allowed.why_not_withdrawn,
        lambda plan, **facts: withdrawing.withdraw_proposal(proposal=plan, **WHY, **facts),
    ),
    "ask_withdrawal": (
        allowed.why_not_asked_back,
        lambda plan, **facts: withdrawing.ask_withdrawal(proposal=plan, **WHY, **facts),
    ),
    "suspend": (
        allowed.why_not_suspended,
        lambda plan, **facts: keeping.suspend_proposal(proposal=plan, **WHY, **facts),
    ),
    "resume": (
        allowed.why_not_resumed,
        lambda plan, **facts: keeping.resume_proposal(proposal=plan, **facts),
    ),
    "void": (
        allowed.why_not_voided,
        lambda plan, **facts: keeping.void_proposal(proposal=plan, **WHY, **facts),
    ),
}
STATES = ("submitted", "signed", "suspended", "waiting", "returned")


@pytest.fixture(params=STATES)
def plan(request, world, submitted):
    if request.param == "submitted":
        return submitted
    if request.param == "returned":
        walk.accept(world, submitted, outcome="return", points=("补充客流测算。",))
    else:
        walk.accept(world, submitted)
    if request.param == "signed":
        _sign(world, submitted, "finance", "cosign.finance")
    if request.param == "waiting":
        task = walk.open_task(submitted, Node.COUNTERSIGNATURE, "finance")
        consulting.consult(
            task=task, people=[world["counsel"]], question="是否合理？",
            placed=ConsultPlace.BEFORE, is_binding=False, version=task.version,
            by=world["cosign.finance"], at=AT,
        )  # fmt: skip
    if request.param == "suspended":
        keeping.suspend_proposal(
            proposal=submitted, version=fresh(submitted).version, by=world["asset.head"], at=AT,
            **WHY,
        )  # fmt: skip
    return fresh(submitted)


def _sign(world, plan, department, who):
    walk.sign(world, walk.open_task(plan, Node.COUNTERSIGNATURE, department), who)


def refusal(act) -> str:
    """What the service answers; everything is rolled back."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except DomainError as refused:
        return refused.reasons[0].text
    return ""


def test_what_is_told_of_a_plan_is_what_its_services_answer(world, plan):
    answers = set()
    for name, (why_not, act) in OF_PLAN.items():
        for who in PEOPLE:
            user = world[who]
            told = why_not(user, fresh(plan))
            facts = {"version": plan.version, "by": user, "at": AT}
            answer = refusal(lambda act=act, facts=facts: act(plan, **facts))
            answers.add(bool(answer))
            if name == "submit" and answer:  # the service names each rule, or the post in general
                assert told, (name, who)
            else:
                assert told == answer, (name, who)
    assert True in answers


def test_what_is_told_of_a_task_is_what_its_services_answer(world, plan):
    rows = plan.tasks.select_related("plan_version", "assignee", "asked_by").order_by("pk")
    checked = 0
    for task in rows:
        task.proposal = plan
        for who in PEOPLE:
            for told, act in _of_task(world, task, world[who]):
                assert told == refusal(act), (task.desk_label, task.status, who)
                checked += 1
    assert checked >= 5 * len(PEOPLE)


def _of_task(world, task, user):
    facts = {"task": task, "version": task.version, "by": user, "at": AT}
    sign = {"outcome": "agree", "text": "", "content_sha256": task.plan_version.sha256}
    ask = {"question": "请核对。"}
    helper = world["secretary"] if user != world["secretary"] else world["counsel"]
    yield allowed.why_not_signed(user, task), lambda: opinions.give_opinion(**sign, **facts)
    yield (
        allowed.why_not_shared(user, task),
        lambda: consulting.assign(helper=helper, **ask, **facts),
    )
    yield allowed.why_not_removed(user, task), lambda: consulting.remove_asked(**WHY, **facts)
    yield (
        handling.why_not_urged(task, by=user, on=AT.date()),
        lambda: handling.urge(task=task, text="", by=user, at=AT),
    )
    yield (
        seating.why_not_moved_up(task, by=user, at=AT),
        lambda: seating.move_up(**WHY, **facts),
    )


def test_what_is_told_of_an_opinion_is_what_the_service_answers(world, submitted):
    walk.accept(world, submitted)
    _sign(world, submitted, "finance", "cosign.finance")
    for opinion in Opinion.objects.select_related("task", "plan_version"):
        for who in PEOPLE:
            user, plan = world[who], fresh(submitted)
            told = handling.why_not_taken_back(opinion, plan, by=user)

            def act(opinion=opinion, user=user):
                return handling.take_back_opinion(opinion=opinion, by=user, at=AT, **WHY)

            assert told == refusal(act), who


def page(log_in, user, plan) -> str:
    return log_in(user).get(f"/proposals/{plan.pk}/review/").content.decode()


def test_the_page_shows_what_cannot_be_done_with_the_reason(world, submitted, log_in):
    walk.accept(world, submitted)
    _sign(world, submitted, "finance", "cosign.finance")

    officer = page(log_in, world["asset.officer"], submitted)
    assert "取回形式审查意见（下一环节已经有人签署意见，不能取回。）" in _plain(officer)

    task = walk.open_task(submitted, Node.COUNTERSIGNATURE, "personnel")
    handling.urge(task=task, text="", by=world["leader"], at=AT)
    leader = page(log_in, world["leader"], submitted)
    assert "您今天已经催办过这一环节" in leader
    assert f'href="/tasks/{task.pk}/urge/"' not in leader

    consulting.consult(
        task=task, people=[world["counsel"]], question="是否合理？", placed=ConsultPlace.BEFORE,
        is_binding=False, version=task.version, by=world["cosign.personnel"], at=AT,
    )  # fmt: skip
    waits = page(log_in, world["cosign.personnel"], submitted)
    assert "签署意见（这一环节正在等待征求意见" in _plain(waits)
    assert f'href="/tasks/{task.pk}/assign/"' in waits


def _plain(html: str) -> str:
    return html.replace('<span class="visually-hidden">', "").replace("</span>", "")
