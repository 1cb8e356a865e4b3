"""An act enters the ledger in the transaction of its deed, and shows when it was altered."""

import uuid
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import User
from audit.models import Event
from audit.selectors import events_of, ledger_faults
from audit.services import record
from tests.approvals.builders import moment

AT = moment("2026-11-19 09:00")


@pytest.fixture
def clerk(db):
    return User.objects.create(username="clerk", name="样例")


def acted(case_id, clerk, **facts) -> Event:
    return record(case_id=case_id, code="test.act", by=clerk, at=AT, **facts)


def test_acts_of_a_case_stand_in_one_chain_and_other_cases_in_theirs(clerk):
    case, other = uuid.uuid4(), uuid.uuid4()
    first, second = acted(case, clerk, title="甲"), acted(case, clerk, body={"数": 1})
    foreign = acted(other, clerk)

    assert [event.seq for event in events_of(case)] == [1, 2]
    assert second.prev_hash == first.hash
    assert foreign.seq == 1
    assert list(ledger_faults()) == []


def test_what_is_returned_is_what_is_stored(clerk):
    event = acted(uuid.uuid4(), clerk, title="甲", body={"乙": [1, "x"]}, union_id=7)

    stored = Event.objects.get(pk=event.pk)
    assert {name: getattr(stored, name) for name in vars(stored) if name[0] != "_"} == {
        name: getattr(event, name) for name in vars(stored) if name[0] != "_"
    }
    assert not event._state.adding


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded(clerk):
    with pytest.raises(RuntimeError, match="transaction of its act"):
        acted(uuid.uuid4(), clerk)

    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_leaves_no_act(clerk):
    @transaction.atomic
    def fail():
        acted(uuid.uuid4(), clerk)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert not Event.objects.exists()


def verified() -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_ledger", stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


@pytest.mark.databases
def test_one_update_by_sql_is_named(clerk):
    case = uuid.uuid4()
    acted(case, clerk)
    altered = acted(case, clerk, title="原话")
    acted(case, clerk)
    assert verified() == (0, "核验通过：1 个案卷，3 条记录。\n")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET title = '改了' WHERE title = '原话'")

    code, said = verified()
    assert code == 1
    assert f"案卷 {case} 第 2 条（{altered.pk}，test.act）：内容被改动" in said
    assert "核验未通过：1 处。" in said
