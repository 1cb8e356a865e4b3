"""The register of numbers: what was given stays in it, a gap is named, others' numbers are not seen."""

import uuid

import pytest
from django.test import Client

from accounts.roles import Role
from documents import services
from documents.enums import NumberKind
from documents.models import NumberEntry
from documents.selectors import numbers_for, series_checks

REPLIES = services.Series(
    code="reply:610100",
    kind=NumberKind.REPLY,
    holder="西安市总工会",
    form="西总资批〔{year}〕{no}号",
)
CONTRACTS = services.Series(code="HT", kind=NumberKind.CONTRACT, form="HT-{year}-{no:04d}")


@pytest.fixture
def officer(tree, person):
    return person(Role.ASSET_OFFICER, union=tree.xian)


@pytest.fixture
def take(tree, officer, at):
    def one(series=REPLIES, *, union=None, title="关于羽毛球馆合作方案的批复", year=2026, **more):
        facts = {"case_id": uuid.uuid4(), "union": union or tree.xian, "by": officer, "at": at}
        return services.take_number(series=series, year=year, title=title, **facts | more)

    return one


def test_numbers_are_written_as_their_series_says_and_entered(take, officer):
    texts = [take(), take(), take(CONTRACTS), take(year=2027)]

    assert texts == [
        "西总资批〔2026〕1号",
        "西总资批〔2026〕2号",
        "HT-2026-0001",
        "西总资批〔2027〕1号",
    ]
    assert set(numbers_for(officer).values_list("text", flat=True)) == set(texts)
    assert [(one.sequence.year, one.sequence.kind, one.count) for one in series_checks(officer)] == [
        (2027, "reply", 1), (2026, "contract", 1), (2026, "reply", 2),
    ]  # fmt: skip


def test_void_number_stays_in_the_register_and_leaves_no_gap(take, officer):
    case = uuid.uuid4()
    first = take(case_id=case)

    services.void_number(case_id=case, text=first, reason="主送单位写错")

    assert take() == "西总资批〔2026〕2号"
    assert NumberEntry.objects.get(no=1).void_reason == "主送单位写错"
    (check,) = series_checks(officer)
    assert (check.count, check.void, check.missing) == (2, 1, ())


def test_number_lost_from_the_register_is_named(take, officer, person, tree, client: Client):
    for _ in range(5):
        take()
    NumberEntry.objects.filter(no__in=[2, 5]).delete()

    (check,) = series_checks(officer)
    client.force_login(officer, backend="accounts.backends.PostedBackend")
    page = client.get("/numbers/").content.decode()

    assert (check.missing, check.missing_text) == ((2, 5), "2、5")
    assert "批复文号（西安市总工会）缺第 2、5 号" in page


def test_numbers_are_seen_where_they_belong(take, tree, person):
    """A series of the whole province is checked whole and shown in part."""
    take(CONTRACTS, union=tree.xian, title="西安的合同")
    take(CONTRACTS, union=tree.baoji, title="宝鸡的合同")
    there = person(Role.ASSET_OFFICER, union=tree.baoji)

    assert [one.title for one in numbers_for(there)] == ["宝鸡的合同"]
    assert [(one.count, one.missing) for one in series_checks(there)] == [(2, ())]
    assert not numbers_for(person(Role.SYSTEM_ADMIN))
