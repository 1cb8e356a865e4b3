"""Many plans at one go: a result per row, each through the service of its own act."""

import uuid
from io import BytesIO

import openpyxl
import pytest

from approvals.enums import TaskStatus
from approvals.models import Proposal, Task, Urge
from approvals.services import bulk, handling
from tests.approvals import builders, walk
from tests.approvals.builders import fresh, moment

AT = moment("2026-11-20 09:00")


@pytest.fixture
def three(world, overall):
    """Two plans at their formal review, one still a draft that was shown for guidance."""
    first, second = builders.submitted_plan(world), builders.submitted_plan(world)
    third = builders.new_plan(world)
    Proposal.objects.filter(pk=third.pk).update(shared_at=AT)
    return [fresh(one) for one in (first, second, third)]


def said(answers) -> list[tuple[str, bool, str]]:
    return [(one.desk, one.is_done, one.reason) for one in answers]


def test_each_row_is_urged_or_says_why_not(world, three):
    first = three[0]
    task = first.tasks.get()
    handling.urge(task=task, text="", by=world["leader"], at=AT)

    found = bulk.urge_plans(plans=three, text="请尽快", by=world["leader"], at=AT)

    assert said(found) == [
        ("形式审查", False, "您今天已经催办过这一环节，请明天再催。"),
        ("形式审查", True, "已催办"),
        ("", False, "现在没有待办的环节。"),
    ]
    assert Urge.objects.count() == 2


def test_the_preview_and_the_act_ask_the_same(world, three):
    Proposal.objects.filter(pk=three[1].pk).update(suspended_at=AT)
    plans = [fresh(one) for one in three]
    for username in ("leader", "counsel", "venue.staff"):
        before = bulk.urgeable(plans, by=world[username], at=AT)
        after = bulk.urge_plans(plans=plans, text="", by=world[username], at=AT)
        assert [one.is_done for one in before] == [one.is_done for one in after]
        refused = [one.reason for one in before if not one.is_done]
        assert refused == [one.reason for one in after if not one.is_done]


def test_a_desk_assigns_its_own_work_only(world, three):
    walk.accept(world, three[0])
    plans = [fresh(one) for one in three]

    found = bulk.assign_plans(
        plans=plans, helper=world["asset.head"], question="核对面积", by=world["asset.officer"],
        at=AT,
    )  # fmt: skip

    assert said(found) == [
        ("", False, "现在没有由您办理的环节。"),
        ("形式审查", True, "已委派吴部长"),
        ("", False, "现在没有由您办理的环节。"),
    ]
    assert Task.objects.get(node="assignment").parent.status == TaskStatus.WAITING


def test_a_helper_who_may_not_help_is_refused_row_by_row(world, three):
    three[1].drafted_by = world["counsel"]
    three[1].save()

    found = bulk.assign_plans(
        plans=three, helper=world["counsel"], question="核对", by=world["asset.officer"], at=AT
    )

    assert [one.is_done for one in found] == [True, False, False]
    assert found[1].reason.startswith("何法务不能参与")


def test_ticked_rows_in_the_browser(world, three, log_in):
    client = log_in(world["leader"])
    page = client.get("/proposals/").content.decode()
    assert page.count('class="pick"') == Proposal.objects.visible_to(world["leader"]).count()
    rows = [one.pk for one in three]
    preview = client.get("/proposals/bulk/", {"act": "urge", "row": rows}).content.decode()
    assert preview.count("可以催办") == 2
    data = {"command_id": uuid.uuid4(), "act": "urge", "row": rows, "text": "请尽快"}
    done = client.post("/proposals/bulk/", data).content.decode()
    assert "2 件已办，其余的写明原因" in done
    assert Urge.objects.count() == 2
    again = client.post("/proposals/bulk/", data).content.decode()
    assert "0 件已办" in again
    assert Urge.objects.count() == 2


def test_assigning_in_the_browser_needs_a_helper_and_a_question(world, three, log_in):
    client = log_in(world["asset.officer"])
    rows = [three[0].pk]
    data = {"command_id": uuid.uuid4(), "act": "assign", "row": rows, "question": ""}
    assert client.post("/proposals/bulk/", data).status_code == 422
    data |= {"question": "核对面积", "people": world["asset.head"].pk}
    assert "已委派吴部长" in client.post("/proposals/bulk/", data).content.decode()


def test_only_the_ticked_rows_are_exported(world, three, log_in):
    client = log_in(world["leader"])
    page = client.get("/proposals/bulk/", {"act": "export", "row": [three[0].pk]})
    assert "选中的 1 件" in page.content.decode()

    data = {"command_id": uuid.uuid4(), "act": "xlsx", "row": [three[0].pk, "x"]}
    answer = client.post("/proposals/", data)

    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.worksheets[0].max_row == 2
    notes = [row[0].value for row in book.worksheets[1].iter_rows()]
    assert "只导出逐行勾选的各条。" in notes


@pytest.mark.parametrize(
    "query",
    [{}, {"act": "urge"}, {"act": "nonsense", "row": "1"}, {"act": "urge", "row": ["x", "1"]}],
    ids=["nothing", "no-row", "no-act", "no-key"],
)
def test_what_ticks_nothing_leads_back_to_the_list(world, log_in, query):
    answer = log_in(world["leader"]).get("/proposals/bulk/", query)

    assert (answer.status_code, answer["Location"]) == (302, "/proposals/")


def test_a_foreign_plan_is_no_row(world, three, log_in):
    client = log_in(world["baoji.officer"])
    data = {"command_id": uuid.uuid4(), "act": "urge", "row": [one.pk for one in three]}

    assert client.post("/proposals/bulk/", data).status_code == 302
    assert not Urge.objects.exists()


def test_who_only_reads_ticks_nothing(world, three, log_in):
    client = log_in(world["auditor"])
    assert 'class="pick"' not in client.get("/proposals/").content.decode()
    assert client.get("/proposals/bulk/").status_code == 403
