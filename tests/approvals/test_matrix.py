"""决策权限清单: written by the head of the asset department, simulated, published by another."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from accounts.roles import Role
from approvals.models import AuthorityMatrixRow, MatrixAmendment
from approvals.selectors.routes import matter_of, rerouted_by, route_for
from approvals.services import matrix
from core.errors import ActionBlocked, Refused, StaleVersion
from tests.approvals import builders, walk
from tests.approvals.builders import TODAY, appoint, moment

FOUR = ["personnel", "discipline", "finance", "fund_review"]
BOTH = "party_group,chairs_office"


def posted(**changes) -> dict:
    data = {
        "command_id": uuid.uuid4(),
        "code": "ordinary",
        "plan_kind": "operation_plan",
        "mode": "external",
        "is_major": "yes",
        "countersigners": [*FOUR, "rights"],
        "order": "all",
        "bodies": BOTH,
        "formal_review_days": "3",
        "countersign_days": "4",
        "legal_review_days": "5",
        "fixed_by": "西安市总工会党组",
        "fixed_session": "2026年第9次会议",
        "fixed_on": "2026-10-30",
        "valid_from": "2026-11-01",
    }
    return data | changes


def written(world, **changes) -> AuthorityMatrixRow:
    """One more row in the draft of the city's matrix."""
    fields = {
        "plan_kind": "operation_plan", "mode": "external", "is_major": True,
        "countersigners": [*FOUR, "rights"], "bodies": ["party_group", "chairs_office"],
        "formal_review_days": 3, "countersign_days": 4, "legal_review_days": 5,
        "fixed_by": "西安市总工会党组", "fixed_session": "2026年第9次会议",
        "fixed_on": date(2026, 10, 30), "valid_from": date(2026, 11, 1),
        "by": world["asset.head"], "at": moment("2026-11-01 09:00"),
    }  # fmt: skip
    return matrix.add_row(union=world.xian, **fields | changes)


def test_a_row_counts_when_a_second_person_publishes_it(world, submitted, log_in):
    assert log_in(world["asset.head"]).post("/matrix/new/", posted()).status_code == 302
    row = AuthorityMatrixRow.objects.get(fixed_session__contains="第9次")
    assert (row.union, row.is_major, row.is_published) == (world.xian, True, False)
    assert "rights" not in route_for(submitted, on=TODAY).countersigners
    page = log_in(world["auditor"]).get("/matrix/").content.decode()
    assert "第9次" not in page

    address = f"/matrix/amendments/{row.amendment_id}/"
    page = log_in(world["leader"]).get(address)
    act = {"command_id": uuid.uuid4(), "version": page.context["publish"].initial["version"]}
    assert log_in(world["leader"]).post(f"{address}publish/", act).status_code == 302

    assert "rights" in route_for(submitted, on=TODAY).countersigners
    assert "rights" not in builders.fresh(submitted).route["countersigners"]  # pinned before
    page = log_in(world["auditor"]).get("/matrix/").content.decode()
    assert "西安市总工会党组2026年第9次会议（2026-10-30）" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"countersigners": ["finance"]}, "四个部门都须会签"),
        ({"countersigners": []}, "会签部门"),
        ({"bodies": ""}, "请填写“决策会议”"),
        ({"bodies": "venue_board"}, "请从列出的选项中选择"),
        ({"bodies": "party_group"}, "须写明作出这一决定的依据"),
        ({"fixed_by": " "}, "须写明确定本条目的会议"),
        ({"fixed_session": ""}, "须写明确定本条目的会议"),
        ({"fixed_on": ""}, "须写明确定本条目的会议"),
        ({"valid_from": "2026-10-29"}, "不能追溯生效"),
        ({"code": "prov_direct_27"}, "只由省总工会"),
        ({"amount_over": "50"}, "须选明按哪个金额计算"),
        ({"years_over": "5", "years_upto": "3"}, "期限上限须大于下限"),
        ({"order": "sequence", "sequence": "财务部门"}, "逐个写明先后"),
        ({"order": "sequence", "sequence": "财会部"}, "不认识“财会部”"),
        ({"group_departments": ["office"], "group_counting": "any"}, "至少有两个部门"),
        ({"group_departments": ["rights", "office"], "group_counting": "any"}, "只能在一个会签组"),
        ({"group_departments": ["finance"], "group_counting": "any"}, "请从列出的选项中选择"),
        (
            {"group_departments": ["office", "publicity"], "group_counting": "ratio"},
            "票签须超过半数同意",
        ),
        ({"group_departments": ["office", "publicity"]}, "请选择这一组怎样计算"),
        ({"formal_review_days": "0"}, "至少 1 个工作日"),
        ({"countersign_days": "999999"}, "最多 60 个工作日"),
        ({"valid_from": "2026-02-30"}, "日期不存在"),
        ({"is_major": "maybe"}, "请从列出的选项中选择"),
        ({"fixed_by": "会" * 121}, "文字过长"),
        ({"fixed_item": str(uuid.uuid4())}, "请从列出的选项中选择"),
    ],
)
def test_a_row_below_the_floor_is_refused(world, log_in, changes, sentence):
    before = AuthorityMatrixRow.objects.count()

    answer = log_in(world["asset.head"]).post("/matrix/new/", posted(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert AuthorityMatrixRow.objects.count() == before


def test_an_overall_plan_without_a_meeting_is_refused_by_the_service_too(world):
    with pytest.raises(ActionBlocked, match="不能授权下放"):
        written(world, plan_kind="overall_plan", mode="", bodies=[])


def test_a_row_says_who_signs_in_which_order_and_how_it_is_counted(world, log_in):
    names = "财务部门、经审部门，组织人事部门 党委（纪委）、权保部门"
    more = {
        "order": "sequence", "sequence": names, "group_departments": ["office", "publicity"],
        "group_counting": "any", "leader_days": "2", "upward_days": "15",
        "amount_figure": "partner_investment", "amount_over": "50",
    }  # fmt: skip

    log_in(world["asset.head"]).post("/matrix/new/", posted(**more))

    row = AuthorityMatrixRow.objects.get(fixed_session__contains="第9次")
    first, second = row.signing
    assert first.departments == ("finance", "fund_review", "personnel", "discipline", "rights")
    assert (first.counting, second.counting) == ("sequence", "any")
    assert (row.leader_days, row.upward_days, row.amount_over) == (2, 15, 500_000)
    page = log_in(world["leader"]).get(f"/matrix/rows/{row.pk}/").content.decode()
    assert "财务、经审、组织人事、党委（纪委）、权保（依次，全部签署）" in page
    assert "办公室、宣教（任一部门签署即可）" in page
    assert "合作方投资超过 50 万元" in page


def test_the_writer_does_not_publish(world):
    amendment = written(world).amendment

    with pytest.raises(Refused, match="不能自己公布"):
        matrix.publish_amendment(
            amendment=amendment, version=2, by=world["asset.head"], at=moment("2026-11-02 09:00")
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        MatrixAmendment.objects.filter(pk=amendment.pk).update(
            state="published", published_by=world["asset.head"], published_at=moment("2026-11-02 09:00")
        )  # fmt: skip


def test_a_second_writer_of_the_same_draft_does_not_publish_it_either(world):
    other = appoint("asset.head2", "郝部长", Role.ASSET_HEAD, world.xian, department_kind="asset")
    amendment = written(world).amendment
    written(world, mode="internal", by=other)
    amendment.refresh_from_db()

    with pytest.raises(Refused, match="不能自己公布"):
        matrix.publish_amendment(
            amendment=amendment, version=amendment.version, by=other, at=moment("2026-11-02 09:00")
        )


def test_what_was_simulated_is_what_is_published(world):
    amendment = written(world).amendment
    seen = MatrixAmendment.objects.get(pk=amendment.pk).version
    written(world, mode="internal")

    with pytest.raises(StaleVersion):
        matrix.publish_amendment(
            amendment=amendment, version=seen, by=world["leader"], at=moment("2026-11-02 09:00")
        )


def test_the_simulation_names_what_would_have_gone_another_way(world, submitted, log_in):
    internal = builders.submitted_plan(world, "internal")
    amendment = written(world).amendment

    (changed,) = rerouted_by(amendment, on=TODAY)

    assert changed.proposal == submitted != internal
    assert "rights" not in changed.old.countersigners
    assert "rights" in changed.new.countersigners
    page = log_in(world["leader"]).get(f"/matrix/amendments/{amendment.pk}/").content.decode()
    assert "最近 2 件已报送方案" in page
    assert submitted.title in page
    published = builders.publish_matrix(world, "2026-11-02 09:00")
    assert published.rerouted == 1


def test_a_row_is_ended_by_date_through_an_amendment(world, submitted):
    row = AuthorityMatrixRow.objects.get(mode="external")
    ending = matrix.end_row(
        row=row, valid_to=date(2026, 11, 30), reason="党组2026年第10次会议决定。",
        by=world["asset.head"], at=moment("2026-11-02 09:00"),
    )  # fmt: skip
    assert [one.new for one in rerouted_by(ending.amendment, on=TODAY)] == [None]
    assert AuthorityMatrixRow.objects.get(pk=row.pk).valid_to is None

    builders.publish_matrix(world, "2026-11-02 10:00")

    assert route_for(submitted, on=date(2026, 11, 30)) is not None
    assert route_for(submitted, on=date(2026, 12, 1)) is None
    assert builders.fresh(submitted).route["matrix_row"] == str(row.pk)
    with pytest.raises(StaleVersion, match="已定于"):
        matrix.end_row(
            row=row, valid_to=date(2026, 12, 31), reason="另一次会议。", by=world["asset.head"],
            at=moment("2026-11-03 09:00"),
        )  # fmt: skip


def test_a_row_is_not_ended_backwards(world):
    row = AuthorityMatrixRow.objects.get(mode="external")

    with pytest.raises(ActionBlocked, match="终止不追溯"):
        matrix.end_row(
            row=row, valid_to=date(2026, 10, 31), reason="党组会议。", by=world["asset.head"],
            at=moment("2026-11-02 09:00"),
        )  # fmt: skip


def test_a_union_without_rows_receives_nothing(world, complete_draft):
    AuthorityMatrixRow.objects.all().update(valid_to=date(2026, 10, 1))
    proposal = builders.fresh(complete_draft)

    with pytest.raises(ActionBlocked, match="决策权限清单中没有适用于本方案的有效条目"):
        builders.submit(world, builders.decide(world, proposal))


def test_a_draft_is_dropped_and_a_row_taken_out(world, log_in):
    row = written(world)
    amendment = MatrixAmendment.objects.get(pk=row.amendment_id)
    client = log_in(world["asset.head"])
    act = {"command_id": uuid.uuid4(), "version": amendment.version}

    assert client.post(f"/matrix/rows/{row.pk}/remove/", act).status_code == 302
    with pytest.raises(ObjectDoesNotExist):
        row.refresh_from_db()
    act = {"command_id": uuid.uuid4(), "version": amendment.version + 1}
    assert client.post(f"/matrix/amendments/{amendment.pk}/drop/", act).status_code == 302
    amendment.refresh_from_db()
    assert amendment.state == "dropped"


def test_the_amendments_are_listed_for_those_who_may_read_them(world, log_in):
    amendment = written(world).amendment
    address = f"/matrix/amendments/{amendment.pk}/"

    assert address in log_in(world["leader"]).get("/matrix/amendments/").content.decode()
    for elsewhere in ("baoji.officer", "venue.manager"):
        page = log_in(world[elsewhere]).get("/matrix/amendments/")
        assert address not in page.content.decode()


@pytest.mark.parametrize("username", ["asset.officer", "leader", "auditor", "venue.manager"])
def test_nobody_else_writes_the_matrix(world, log_in, username):
    before = AuthorityMatrixRow.objects.count()

    assert log_in(world[username]).post("/matrix/new/", posted()).status_code == 403
    assert AuthorityMatrixRow.objects.count() == before


def test_a_matrix_of_another_city_is_not_read(world, log_in):
    row = written(world)
    client = log_in(world["baoji.officer"])

    assert "西安市总工会党组" not in client.get("/matrix/").content.decode()
    assert client.get(f"/matrix/rows/{row.pk}/").status_code == 404
    assert client.get(f"/matrix/amendments/{row.amendment_id}/").status_code == 404
    client = log_in(world["venue.manager"])  # what is not published is the union's own
    assert client.get(f"/matrix/rows/{row.pk}/").status_code == 404
    assert client.get(f"/matrix/amendments/{row.amendment_id}/").status_code == 404


def test_the_route_followed_is_the_one_explained(world, submitted, log_in):
    walk.accept(world, submitted)

    route = dict(log_in(world["leader"]).get(f"/proposals/{submitted.pk}/review/").context["route"])

    assert route["确定本条目的会议"] == "西安市总工会党组2026年第1次会议（2026-01-05）"
    assert route["决策会议"] == "党组会议、主席办公会议"


def test_why_this_route_holds_every_row_against_the_plan(world, submitted, log_in):
    written(world, mode="", is_major=False)
    builders.publish_matrix(world, "2026-11-01 10:00")

    page = log_in(world["venue.manager"]).get(f"/proposals/{submitted.pk}/route/")

    rows = {one["matter"]: one for one in page.context["rows"]}
    assert rows["具体运作方案 · 对外合作"]["is_pinned"]
    assert not rows["具体运作方案 · 对内合作"]["fits"]
    refused = rows["具体运作方案 · 非重大事项"]
    assert [one.text for one in refused["points"] if not one.is_met] == ["限于非重大事项"]
    assert "组织人事、党委（纪委）、财务、经审（同时，全部签署）" in page.content.decode()
    assert (
        log_in(world["baoji.officer"]).get(f"/proposals/{submitted.pk}/route/").status_code == 404
    )


@pytest.mark.parametrize(
    ("who", "address", "queries"),
    [("leader", "/matrix/amendments/{amendment}/", 19), ("leader", "/proposals/{plan}/route/", 11)],
)
def test_the_pages_ask_a_fixed_number_of_questions(
    world, submitted, log_in, django_assert_max_num_queries, who, address, queries
):
    row = written(world)
    written(world, mode="other")
    client = log_in(world[who])
    path = address.format(amendment=row.amendment_id, plan=submitted.pk)
    client.get(path)

    with django_assert_max_num_queries(queries):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("level", "is_direct", "code"),
    [
        ("province", True, "prov_direct_27"),
        ("province", False, "ordinary"),  # supervised by 省总, but no unit of its own
        ("city", True, "ordinary"),  # a city's own unit is not 省总's
        ("city", False, "ordinary"),
    ],
)
def test_article_27_is_for_units_of_the_provincial_union_itself(
    world, complete_draft, level, is_direct, code
):
    """第十三条（二）: 省总本级直属企事业单位的重大事项."""
    world.xian.level = level
    world.xian.save()
    world.venue.is_directly_affiliated = is_direct
    world.venue.save()
    plan = builders.fresh(complete_draft)
    plan.is_major = True

    assert matter_of(plan).code == code
