"""决策权限清单: read by all in scope, written by the head of the asset department, never below the floor."""

import uuid

import pytest

from approvals.models import AuthorityMatrixRow
from tests.approvals import walk

FOUR = ["personnel", "discipline", "finance", "fund_review"]


def posted(**changes) -> dict:
    data = {
        "command_id": uuid.uuid4(),
        "plan_kind": "operation_plan",
        "mode": "external",
        "is_major": "yes",
        "countersigners": [*FOUR, "rights"],
        "bodies": ["party_group"],
        "formal_review_days": "3",
        "countersign_days": "4",
        "legal_review_days": "5",
        "fixed_by": "西安市总工会党组 2026 年第 9 次会议",
        "valid_from": "2026-11-01",
    }
    return data | changes


def test_the_head_adds_a_row_and_later_plans_follow_it(world, submitted, log_in):
    client = log_in(world["asset.head"])

    assert client.post("/matrix/new/", posted()).status_code == 302

    row = AuthorityMatrixRow.objects.get(fixed_by__contains="第 9 次")
    assert (row.union, row.is_major) == (world.xian, True)
    assert "rights" not in submitted.route["countersigners"]  # pinned before
    page = log_in(world["auditor"]).get("/matrix/").content.decode()
    assert "西安市总工会党组 2026 年第 9 次会议" in page
    assert "权保</td>" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"countersigners": ["finance"]}, "四个部门都须会签"),
        ({"countersigners": []}, "会签部门"),
        ({"bodies": []}, "须至少选择一个集体决策会议"),
        ({"bodies": [], "plan_kind": "overall_plan"}, "不能授权下放"),
        ({"bodies": ["venue_board"]}, "请从列出的选项中选择"),
        ({"fixed_by": " "}, "须写明确定本条目的会议"),
        ({"formal_review_days": "0"}, "至少 1 个工作日"),
        ({"formal_review_days": "-3"}, "至少 1 个工作日"),
        ({"countersign_days": "999999"}, "最多 60 个工作日"),
        ({"valid_from": "2026-02-30"}, "日期不存在"),
        ({"is_major": "maybe"}, "请从列出的选项中选择"),
        ({"fixed_by": "会" * 121}, "文字过长"),
    ],
)
def test_a_row_below_the_floor_is_refused(world, log_in, changes, sentence):
    before = AuthorityMatrixRow.objects.count()

    answer = log_in(world["asset.head"]).post("/matrix/new/", posted(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert AuthorityMatrixRow.objects.count() == before


@pytest.mark.parametrize("username", ["asset.officer", "leader", "auditor", "venue.manager"])
def test_nobody_else_writes_the_matrix(world, log_in, username):
    before = AuthorityMatrixRow.objects.count()

    assert log_in(world[username]).post("/matrix/new/", posted()).status_code == 403
    assert AuthorityMatrixRow.objects.count() == before


def test_a_row_of_another_city_is_not_read(world, log_in):
    page = log_in(world["baoji.officer"]).get("/matrix/").content.decode()

    assert "西安市总工会党组" not in page


def test_the_route_followed_is_the_one_explained(world, submitted, log_in):
    walk.accept(world, submitted)

    route = dict(log_in(world["leader"]).get(f"/proposals/{submitted.pk}/review/").context["route"])

    assert route["确定本条目的会议"] == "西安市总工会党组 2026 年第 2 次会议"
    assert route["决策会议"] == "党组会议、主席办公会议"
