"""Every paper of a project names its exceptions and what was entered late (domain §7)."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from approvals.models import Reply
from approvals.services import papers
from documents import storage
from documents.models import IssuedDocument
from meetings.models import Meeting
from tests.approvals import builders, test_clearing, walk
from tests.approvals.builders import fresh, moment
from tests.approvals.excepting import break_rule, granted, revoked
from tests.approvals.test_replies import text_of


def pdf_of(document: IssuedDocument) -> bytes:
    return storage.path_of(document.pdf.sha256).read_bytes()


@pytest.fixture
def excepted(world, overall, complete_draft):
    """Eight years by an exception; the venue's own meeting of 20 October was entered late."""
    plan = break_rule(world, complete_draft, "13-4-4")
    one = granted(world, plan)
    plan = builders.decide(world, fresh(plan), at="2026-11-02 08:00")
    assert Meeting.objects.filter(venue_id=world.venue.pk).get().is_late_entry
    builders.submit(world, plan)
    return one, fresh(plan)


@pytest.mark.parametrize("paper", ["approval-form.pdf", "brief.pdf"])
def test_form_and_brief_name_the_exception_and_the_late_entry(world, excepted, log_in, paper):
    one, plan = excepted
    client, url = log_in(world["auditor"]), f"/proposals/{plan.pk}/{paper}"

    answer = client.get(url)

    text = text_of(answer.content)
    assert f"例外{one.number}：" in text
    assert "（13-4-4），已批准，有效期至2029年11月30日" in text
    assert "补录：文化宫班子会议" in text
    assert "（2026年10月20日）" in text
    if paper == "brief.pdf":
        with pikepdf.open(BytesIO(answer.content)) as page:
            assert len(page.pages) == 1
    revoked(world, one)
    assert "（13-4-4），已撤销，有效期至" in text_of(client.get(url).content)


@pytest.mark.parametrize("paper", ["approval-form.pdf", "brief.pdf"])
def test_without_any_they_say_so(world, submitted, log_in, paper):
    answer = log_in(world["auditor"]).get(f"/proposals/{submitted.pk}/{paper}")

    assert "例外、补录：无。" in text_of(answer.content)


@pytest.mark.parametrize("paper", ["approval-form.pdf", "brief.pdf"])
def test_a_granted_clearance_is_printed_too(world, log_in, paper):
    """第十八条: who holds the paper sees that a suspicion was cleared, and by whom."""
    builders.grant_overall_plan(world)
    plan = builders.complete(world, builders.new_plan(world))
    builders.change(world, plan, "negative_list", fixed_income="yes", area_price="yes")
    clearance = test_clearing.ask(world, fresh(plan))
    test_clearing.meet(world, test_clearing.both(world, clearance))
    plan = builders.decide(world, fresh(plan), at="2026-11-13 17:00")
    builders.submit(world, plan, at="2026-11-14 09:00")

    text = text_of(log_in(world["auditor"]).get(f"/proposals/{plan.pk}/{paper}").content)

    assert "解除认定" in text
    assert "已解除，2026年11月5日申请，筛查55分" in text
    assert "西安市总工会党组" in text


def test_the_reply_names_the_exception_and_the_late_entries(world, excepted, log_in):
    one, plan = excepted
    plan = walk.at_reply(world, plan)
    Meeting.objects.filter(body__kind="chairs_office").update(is_late_entry=True)
    page = log_in(world["asset.officer"]).get(f"/proposals/{plan.pk}/reply/").content.decode()
    assert f"的例外 {one.number} 有效期至2029年11月30日" in page  # offered as a matter approved
    walk.drafted_reply(world, plan)
    walk.issued_reply(world, plan)

    text = text_of(pdf_of(Reply.objects.get(proposal=plan).document))

    assert f"例外{one.number}：" in text
    assert "（13-4-4），已批准，有效期至2029年11月30日" in text
    assert "补录：文化宫班子会议" in text
    assert "（补录）集体研究" in text


def test_a_reply_without_any_stays_as_it_was(world, submitted):
    plan = walk.at_reply(world, submitted)
    walk.drafted_reply(world, plan)
    walk.issued_reply(world, plan)

    assert "补录" not in text_of(pdf_of(Reply.objects.get(proposal=plan).document))


def test_an_expired_exception_is_printed_as_expired(world, overall, complete_draft, log_in):
    plan = break_rule(world, complete_draft, "10-3")
    one = granted(world, plan, "10-3", valid_until=date(2026, 11, 18))
    plan = builders.decide(world, fresh(plan), at="2026-10-27 17:00")
    builders.submit(world, plan)

    paper = papers.issue_approval_form(
        proposal=fresh(plan), by=world["asset.officer"], at=moment("2026-11-20 09:00")
    )

    assert f"例外{one.number}：第十条（三）" in text_of(pdf_of(paper))
    assert "（10-3），已过期，有效期至2026年11月18日" in text_of(pdf_of(paper))
