"""One cooperation from draft to evaluated contract, by hand, in Chromium."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys import contracting, deciding, reviewing, watching, writing
from tests.journeys.road import Road

Step = Callable[[Road, date], None]
STEPS: tuple[tuple[Step, date], ...] = (
    (writing.register_partner, date(2026, 11, 20)),
    (writing.investigate_partner, date(2026, 11, 20)),
    (writing.write_plan, date(2026, 11, 20)),
    (writing.be_guided, date(2026, 11, 20)),
    (writing.hear_advice, date(2026, 11, 20)),
    (writing.check_too_early, date(2026, 11, 23)),
    (writing.decide_at_venue, date(2026, 11, 23)),
    (writing.submit_plan, date(2026, 11, 23)),
    (reviewing.accept_plan, date(2026, 11, 23)),
    (reviewing.countersign, date(2026, 11, 24)),
    (reviewing.resolve_objection, date(2026, 11, 25)),
    (reviewing.clear_legally, date(2026, 11, 25)),
    (deciding.call_party_group, date(2026, 11, 25)),
    (deciding.sit_without_quorum, date(2026, 11, 27)),
    (deciding.pass_party_group, date(2026, 12, 1)),
    (deciding.pass_with_changes, date(2026, 12, 3)),
    (deciding.submit_changes, date(2026, 12, 3)),
    (deciding.confirm_changes, date(2026, 12, 4)),
    (reviewing.sign_the_changes, date(2026, 12, 4)),
    (reviewing.draft_reply, date(2026, 12, 4)),
    (reviewing.issue_reply, date(2026, 12, 4)),
    (reviewing.confirm_condition, date(2026, 12, 4)),
    (contracting.draft_contract, date(2026, 12, 7)),
    (contracting.value_assets, date(2026, 12, 7)),
    (contracting.check_contract, date(2026, 12, 7)),
    (contracting.sign_contract, date(2026, 12, 8)),
    (contracting.plan_evaluations, date(2026, 12, 8)),
    (contracting.name_safety_officer, date(2026, 12, 8)),
    (contracting.publish_prices, date(2026, 12, 8)),
    (watching.be_reminded, date(2026, 12, 21)),
    (contracting.take_effect, date(2027, 1, 4)),
    (watching.report, date(2027, 2, 1)),
    (watching.evaluate, date(2027, 2, 1)),
    (watching.be_audited, date(2027, 2, 1)),
)


@pytest.mark.journey
@pytest.mark.reminded
def test_the_road_from_draft_to_evaluated_contract(road):
    """The main job of the portal, with the demo's accounts, on a new proposal.

    The demo lives on 2026-11-20. Days pass as they would for people: between two steps the
    row of the fixed day moves on and the workers read it anew (`Road.move_to`); nothing
    else is touched but through pages. 西安东城工人文化宫 has its overall plan in force.

    1. 许可欣 (阵地经办人) wants to register a snack bar: an individual business is refused.
       She registers a company by its code and checks the six conditions of article 10, each
       with its paper; a check that is not finished cannot be concluded.
    2. She writes an operation plan 对外合作, section by section, and asks for guidance.
       赵文静 (资产监管部) finds it on her desk and records the guidance.
    3. A lawyer advises on paper, 段秋实 (专家) by his own account; both are answered.
    4. The check page names the one thing missing, with its article: the venue's decision.
       高峻 (阵地负责人) records the board of the day before and submits: number, version 1.
    5. The asset department accepts. Four departments countersign: two agree, 经审 sets a
       condition, 纪委 disagrees. 韩立军 answers the objection; counsel clears the plan.
    6. 何芳 (秘书) calls the party group. Attendance before the hour is refused. Four of seven
       come: 未形成结论, the item is back on the agenda. The second meeting passes.
    7. The chair's office passes with changes and names 周喆. The venue submits version 2,
       周喆 confirms; the formal review and the two departments that read the changed section
       sign again. The asset department drafts the reply, 周喆 issues it: a PDF.
       经审 confirms that its condition is met.
    8. The contract: assets, nine clauses and the tenth, valuation, check, legal review.
       A signing day before the reply is refused. Signed, scanned, filed with a number.
    9. Evaluations are planned; the safety officer is named; without publication the contract
       cannot take effect. Prices and discounts are published; a stranger reads them.
    10. The loop reminds of the demo's contract that ends in thirty days, once.
    11. A periodic report is asked for, handed in, returned, handed in again, accepted.
    12. The new contract's first period is not over, the page says so; the demo's evaluated
        contract shows 90.81 and, by the gate, 良好.
    13. 曹明 (审计) reads all of it, finds no button, is refused the acts, and takes the
        four papers as PDF.
    """
    day = STEPS[0][1]
    for step, on in STEPS:
        if on != day:
            road.move_to(on)
            day = on
        step(road, on)
        road.assert_fits()

    road.assert_quiet(403, 422)
