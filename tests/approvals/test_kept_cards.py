"""The cards of a frozen version are kept as HTML: whatever they are made from makes them anew."""

from approvals.enums import Outcome
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment
from tests.approvals.test_beside import evidence
from tests.approvals.test_threads import answer, ask

CONTROL = 'class="comment-open"'
OLD, NEW = "羽毛球馆运营，第一稿。", "羽毛球馆运营，第二稿。"


def page(client, proposal, query: str = "") -> str:
    return client.get(f"/proposals/{proposal.pk}/review/{query}").content.decode()


def test_the_kept_card_of_a_commenter_is_not_shown_to_a_reader(world, submitted, log_in):
    assert page(log_in(world["counsel"]), submitted).count(CONTROL) == 11
    assert page(log_in(world["auditor"]), submitted).count(CONTROL) == 0
    assert page(log_in(world["counsel"]), submitted).count(CONTROL) == 11


def test_evidence_that_comes_later_is_shown(world, submitted, log_in):
    client = log_in(world["counsel"])
    assert "信用报告.pdf" not in page(client, submitted)

    evidence(world)

    assert "信用报告.pdf" in page(client, submitted)


def test_a_new_version_and_what_it_is_compared_with(world, complete_draft, log_in):
    builders.change(world, complete_draft, "overview", content=OLD)
    plan = builders.decide(world, complete_draft)
    builders.submit(world, plan)
    client = log_in(world["cosign.finance"])
    walk.accept(world, plan)
    assert OLD in page(client, plan)
    task = walk.open_task(plan, "countersignature", "finance")
    walk.sign(world, task, "cosign.finance", Outcome.RETURN, points=["改一处"])
    plan = fresh(plan)
    builders.change(world, plan, "overview", content=NEW)
    plan.return_points.update(answer="已改。", answered_at=moment("2026-11-05 09:00"))
    builders.submit(world, plan, at="2026-11-06 09:00")

    marked, plain = "<del>一</del><ins>二</ins>", page(client, plan, "?base=0")

    assert marked in page(client, plan, "?base=1")
    assert marked not in plain
    assert NEW in plain
    assert OLD not in plain


def test_a_thread_takes_its_section_out_and_leaves_the_others(world, submitted, log_in):
    client = log_in(world["counsel"])
    page(client, submitted)

    thread = ask(world, submitted)
    answer(world, thread)

    shown = page(client, submitted)
    assert f'id="thread-{thread.pk}"' in shown
    assert shown.count(CONTROL) == 11


def test_the_timeline_follows_every_act(world, submitted, log_in):
    client = log_in(world["asset.head"])
    assert "数字无误" not in page(client, submitted)
    walk.accept(world, submitted)
    task = walk.open_task(submitted, "countersignature", "finance")

    walk.sign(world, task, "cosign.finance", text="数字无误，同意。")

    assert "数字无误，同意。" in page(client, submitted)
