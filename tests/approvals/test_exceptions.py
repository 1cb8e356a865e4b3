"""例外审批: soft rules only; from the venue's draft to the party group."""

import uuid
from datetime import date

import pytest

from approvals.enums import ExceptionState
from approvals.models import RuleException
from approvals.rules.checks import EXCEPTIONABLE
from approvals.selectors.facts import missing_of
from approvals.services import exceptions
from core.errors import ActionBlocked, Refused, StaleVersion
from regulation.register import RULES
from tests.approvals import builders, walk
from tests.approvals.builders import TODAY, fresh, moment
from tests.approvals.excepting import CASE, drafted, granted, reviewed, revoked, submitted_one


def test_the_rules_and_the_register_name_the_same_doors():
    assert {code for code, rule in RULES.items() if rule.is_exceptionable} == EXCEPTIONABLE


@pytest.mark.parametrize("code", ["18-1", "18-8", "13-3-2", "nonsense"])
def test_a_hard_rule_is_refused(world, draft, code):
    with pytest.raises(ActionBlocked, match="硬性规定"):
        drafted(world, draft, code)

    assert not RuleException.objects.exists()


def test_an_exception_opens_the_rule_only_once_it_is_decided(world, complete_draft):
    proposal = complete_draft
    builders.change(world, proposal, "overview", ends_on="2034-11-30")
    proposal = fresh(proposal)
    soft = [one for one in missing_of(proposal, today=TODAY) if one.code == "13-4-4"]
    assert soft

    one = reviewed(world, proposal)
    assert one.number == "LW-2026-0001"
    assert one.state == ExceptionState.LEGAL_REVIEWED
    assert "13-4-4" in {found.code for found in missing_of(proposal, today=TODAY)}

    meeting = walk.seat(world, walk.waiting(one.pk))
    walk.conclude(world, meeting, resolution="同意例外。")

    one.refresh_from_db()
    assert one.state == ExceptionState.APPROVED
    assert "13-4-4" not in {found.code for found in missing_of(proposal, today=TODAY)}
    exceptions.revoke_exception(
        exception=one, reason="情况变化", version=one.version, by=world["asset.head"],
        at=moment("2026-11-13 09:00"),
    )  # fmt: skip
    assert "13-4-4" in {found.code for found in missing_of(proposal, today=TODAY)}


@pytest.mark.parametrize(
    ("choices", "conclusion", "state"),
    [("ddd", "rejected", ExceptionState.REJECTED), ("fff", "deferred", ExceptionState.DRAFT)],
)
def test_a_meeting_may_refuse_an_exception(world, complete_draft, choices, conclusion, state):
    one = reviewed(world, complete_draft)

    walk.conclude(
        world, walk.seat(world, walk.waiting(one.pk)), choices, conclusion=conclusion,
        resolution="理由不充分。",
    )  # fmt: skip

    one.refresh_from_db()
    assert one.state == state


def test_counsel_sends_an_exception_back(world, draft):
    one = reviewed(world, draft, is_cleared=False)

    assert one.state == ExceptionState.DRAFT
    texts = CASE | {"reason": "补充理由。", "valid_until": date(2029, 11, 30)}
    one = exceptions.update_exception(
        exception=one, version=one.version, by=world["venue.staff"],
        at=moment("2026-10-23 09:00"), **texts,
    )  # fmt: skip
    assert one.reason == "补充理由。"
    with pytest.raises(StaleVersion):
        exceptions.update_exception(
            exception=one, version=1, by=world["venue.staff"], at=moment("2026-10-23 09:00"),
            **texts,
        )  # fmt: skip


def test_two_exceptions_from_one_rule_are_one_too_many(world, draft):
    drafted(world, draft)

    with pytest.raises(ActionBlocked, match="不能重复申请"):
        drafted(world, draft)


@pytest.mark.parametrize("username", ["venue.staff", "auditor", "province.asset", "other.manager"])
def test_only_the_union_s_counsel_reviews(world, draft, username):
    one = submitted_one(world, draft)

    with pytest.raises(Refused):
        exceptions.review_exception(
            exception=one, opinion="同意", is_cleared=True, version=one.version,
            by=world[username], at=moment("2026-10-22 09:00"),
        )  # fmt: skip


def posted(**changes) -> dict:
    data = CASE | {"rule_code": "13-4-4", "valid_until": "2029-11-30"}
    return data | {"command_id": uuid.uuid4()} | changes


def test_the_form_offers_the_eight_soft_rules(world, draft, log_in):
    page = log_in(world["venue.staff"]).get(f"/proposals/{draft.pk}/exceptions/new/")

    codes = {value for value, _ in page.context["form"].fields["rule_code"].choices if value}
    assert codes == set(EXCEPTIONABLE)


def test_a_hard_rule_posted_by_hand_gets_the_sentence(world, draft, log_in):
    url = f"/proposals/{draft.pk}/exceptions/new/"

    answer = log_in(world["venue.staff"]).post(url, posted(rule_code="18-8"))

    assert answer.status_code == 422
    assert "硬性规定" in answer.content.decode()
    assert CASE["mitigation"] in answer.content.decode()
    assert not RuleException.objects.exists()


def test_an_exception_goes_its_way_in_the_browser(world, draft, log_in):
    client = log_in(world["venue.staff"])
    answer = client.post(f"/proposals/{draft.pk}/exceptions/new/", posted())
    one = RuleException.objects.get()
    url = f"/exceptions/{one.pk}/"
    assert answer["Location"] == url
    edited = posted(version=one.version, reason="改写的理由。")
    assert client.post(f"{url}edit/", edited).status_code == 302
    assert client.post(f"{url}submit/", {"command_id": uuid.uuid4()}).status_code == 403
    assert log_in(world["counsel"]).get(url).status_code == 404  # a draft is its venue's own

    manager, one = log_in(world["venue.manager"]), RuleException.objects.get()
    act = {"command_id": uuid.uuid4(), "version": one.version}
    assert manager.post(f"{url}submit/", act).status_code == 302
    assert manager.post(f"{url}submit/", act).status_code == 302
    counsel, one = log_in(world["counsel"]), RuleException.objects.get()
    assert "改写的理由。" in counsel.get(url).content.decode()
    stale = {"command_id": uuid.uuid4(), "version": 1, "opinion": "可以上会。", "is_cleared": "yes"}
    refused = counsel.post(f"{url}review/", stale)
    assert refused.status_code == 409
    assert "可以上会。" in refused.content.decode()
    act = stale | {"command_id": uuid.uuid4(), "version": one.version}
    assert counsel.post(f"{url}review/", act).status_code == 302

    item = walk.waiting(one.pk)
    walk.seat(world, item, day="2026-11-20")
    page = log_in(world["secretary"]).get(f"/agenda/{item.pk}/decide/").content.decode()
    assert "改写的理由。" in page
    assert "LW-2026-0001" in log_in(world["auditor"]).get("/exceptions/").content.decode()
    assert log_in(world["baoji.officer"]).get(url).status_code == 404
    review = log_in(world["leader"]).get(f"/proposals/{draft.pk}/review/").content.decode()
    assert "LW-2026-0001" in review
    assert CASE["risk"] in review


def at_the_meeting_by_exception(world, complete_draft):
    """A plan of eight years before the party group, on an exception that was granted."""
    builders.change(world, complete_draft, "overview", ends_on="2034-11-30")
    one = granted(world, complete_draft)
    proposal = builders.decide(world, fresh(complete_draft), at="2026-10-27 17:00")
    builders.submit(world, proposal)
    return one, walk.at_meeting(world, fresh(proposal))


def test_revoking_checks_at_once_what_rests_on_it(world, overall, complete_draft):
    one, proposal = at_the_meeting_by_exception(world, complete_draft)

    one = revoked(world, one)

    assert (one.revoked_by, one.revoke_reason) == (world["asset.head"], "合作方未按约定投入")
    assert "超过 5 年" in one.recheck
    assert "会议不能通过" in one.recheck
    with pytest.raises(ActionBlocked, match="超过 5 年"):
        walk.decided(world, proposal)


def test_what_needs_no_exception_any_more_goes_on(world, complete_draft):
    one = reviewed(world, complete_draft)  # three years: nothing to set aside
    walk.conclude(world, walk.seat(world, walk.waiting(one.pk)))
    one.refresh_from_db()

    assert "可以继续办理" in revoked(world, one).recheck


def test_the_page_of_a_revoked_exception_says_what_was_found(world, complete_draft, log_in):
    builders.change(world, complete_draft, "overview", ends_on="2034-11-30")
    one = reviewed(world, fresh(complete_draft))
    walk.conclude(world, walk.seat(world, walk.waiting(one.pk)))
    one.refresh_from_db()
    revoked(world, one)

    text = log_in(world["auditor"]).get(f"/exceptions/{one.pk}/").content.decode()
    assert "撤销后的复核" in text
    assert "方案改正之前不能报送。" in text


def test_exceptions_are_counted_for_each_union(world, complete_draft, log_in):
    one = reviewed(world, complete_draft)
    client = log_in(world["auditor"])
    row = client.get("/exceptions/counts/").context["rows"][0]
    assert (row.union, row.total, row.asked, row.standing) == (world.xian, 1, 1, 0)

    walk.conclude(world, walk.seat(world, walk.waiting(one.pk)))
    row = client.get("/exceptions/counts/").context["rows"][0]
    assert (row.asked, row.standing, row.rules) == (0, 1, [("13-4-4", 1)])

    RuleException.objects.update(valid_until=date(2026, 11, 19))
    row = client.get("/exceptions/counts/").context["rows"][0]
    assert (row.standing, row.expired) == (0, 1)
    assert log_in(world["baoji.officer"]).get("/exceptions/counts/").context["rows"] == []
