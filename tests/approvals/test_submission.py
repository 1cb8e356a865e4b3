from approvals.enums import Stage


def test_a_submitted_plan_stands_at_the_formal_review(submitted):
    assert submitted.stage == Stage.FORMAL_REVIEW
