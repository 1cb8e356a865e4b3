"""一页纸: all a leader asks before they sign, on one page."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.enums import Outcome, Stage
from approvals.models import Proposal
from approvals.selectors.brief import brief_context
from tests.approvals import builders, walk
from tests.approvals.builders import TODAY, fresh, moment
from tests.approvals.test_replies import text_of

MOST_QUERIES = 17


def approved(world, title: str, investment: str, *, mode: str = "external") -> Proposal:
    """A plan approved before; the road to it is what other tests walk."""
    plan = builders.new_plan(world, mode)
    Proposal.objects.filter(pk=plan.pk).update(
        title=title, stage=Stage.APPROVED, partner=world.partner, shared_at=moment("2026-01-01 09:00"),
        partner_investment=Decimal(investment), expected_income=Decimal("100000"),
        starts_on=date(2025, 1, 1), ends_on=date(2027, 12, 31), decided_at=moment("2025-01-01 09:00"),
    )  # fmt: skip
    return plan


@pytest.fixture
def reviewed(world, submitted):
    """Signed by all, with a condition, waiting for the party group; three approved before."""
    approved(world, "游泳馆合作", "600000")
    approved(world, "影院合作", "5000000")
    approved(world, "培训合作", "700000", mode="internal")
    return walk.at_meeting(
        world, submitted,
        finance={"outcome": Outcome.CONDITIONAL, "conditions": ["签约前补充第三年客流测算"]},
        discipline={"outcome": Outcome.RESERVE},
    )  # fmt: skip


def brief(world, proposal, username="leader"):
    version = proposal.versions.get(no=proposal.version_no)
    return brief_context(world[username], fresh(proposal), version, today=TODAY)


def test_it_answers_what_a_leader_asks(world, reviewed):
    found = brief(world, reviewed)
    basics = dict(found["basics"])

    assert found["asked"] == "提请党组会议审议。"
    assert basics["事项"] == "职工羽毛球馆合作运营方案（HZ-2026-0001）"
    assert basics["在哪里"] == "西安东城工人文化宫；二层东侧，1,860 ㎡。"
    assert "陕西健行体育有限公司" in basics["与谁合作"]
    assert "合作方投资 68.5 万元；工会方预期年收益 20 万元" in basics["钱"]
    assert basics["期限"] == "2026年12月1日至2029年11月30日，共3年"
    assert found["risk"] == "客流不足风险中等，设保险。"
    assert (found["lease"]["score"], found["marks"]) == (0, [])
    assert [(one["text"], one["state"]) for one in found["conditions"]] == [
        ("签约前补充第三年客流测算", "待落实")
    ]
    assert {one["desk"]: one["outcome"] for one in found["opinions"]} == {
        "形式审查": "同意", "组织人事部门": "同意", "党委（纪委）": "保留意见", "财务部门": "附条件",
        "经审部门": "同意", "法律审核": "同意",
    }  # fmt: skip


def test_a_desk_that_has_not_spoken_says_so(world, submitted):
    outcomes = {one["outcome"] for one in brief(world, submitted)["opinions"]}

    assert outcomes == {"未签署"}
    assert brief(world, submitted)["asked"] == "现由资产监管部门办理：形式审查。"


def test_compared_is_what_is_like_it_the_nearest_first(world, reviewed):
    assert [one["title"] for one in brief(world, reviewed)["compared"]] == [
        "游泳馆合作",
        "影院合作",
    ]


def test_compared_is_only_what_the_reader_sees(world, reviewed):
    assert brief(world, reviewed, "baoji.officer")["compared"] == []


def test_the_paper_is_one_page_however_long_the_plan(world, reviewed, log_in):
    long = "这一段写得特别长，超过一页纸所能容下的篇幅。" * 60
    for title in ("文艺中心合作", "健身房合作", "图书馆合作"):
        approved(world, title * 5, "680000")
    version = reviewed.versions.get()
    version.snapshot = version.snapshot.replace("客流不足风险中等，设保险。", long).replace(
        "文化宫二层羽毛球馆运营与职工健身培训。", long
    )
    version.save()
    reviewed.opinions.update(text=long)

    answer = log_in(world["leader"]).get(f"/proposals/{reviewed.pk}/brief.pdf")

    with pikepdf.open(BytesIO(answer.content)) as document:
        assert len(document.pages) == 1
    text = text_of(answer.content)
    for words in ("一页纸", "提请党组会议审议", "签约前补充第三年客流测算", "保留意见", "赵磊"):
        assert words in text, words


def test_the_page_stays_within_its_queries(world, reviewed, log_in):
    client, url = log_in(world["leader"]), f"/proposals/{reviewed.pk}/brief/"
    client.get(url)

    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200

    assert len(seen) <= MOST_QUERIES, "\n".join(one["sql"][:160] for one in seen)


def test_neither_a_stranger_nor_an_expert_reads_it(world, reviewed, log_in):
    for name in ("brief/", "brief.pdf"):
        url = f"/proposals/{reviewed.pk}/{name}"
        assert log_in(world["baoji.officer"]).get(url).status_code == 404
        assert log_in(world["expert"]).get(url).status_code in (403, 404)


def test_a_draft_has_no_brief(world, draft, log_in):
    url = f"/proposals/{draft.pk}/brief/"
    assert log_in(world["venue.staff"]).get(url).status_code == 404
