"""Each text the regulation names has a slot that 省总资产监管部 alone can fill."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from audit.selectors import events_of
from core.errors import ActionBlocked, Refused
from demo.evidence import paper
from regulation.enums import PolicyStatus
from regulation.models import PolicyDocument
from regulation.services import NUMBERS, load_policies, provide_policy
from tests.approvals.builders import moment
from tests.approvals.conftest import log_in, world

__all__ = ["log_in", "world"]

AT = moment("2026-11-20 10:00")
PAGE = "/rules/policies/"


@pytest.fixture
def slot(world, settings, tmp_path) -> PolicyDocument:
    settings.FILES_ROOT = tmp_path
    load_policies()
    return PolicyDocument.objects.get(title="陕西省工会行政事业性资产管理办法")


def provide(slot: PolicyDocument, by: User, **more):
    facts = {
        "issuer": "陕西省总工会", "issued_on": date(2020, 6, 1), "document_number": "",
        "upload": paper("原文"), "name": "原文.pdf",
    }  # fmt: skip
    return provide_policy(policy=slot, by=by, at=AT, **facts | more)


def test_a_text_fills_its_slot_with_what_it_says_itself(world, slot):
    provide(slot, world["province.asset"])

    slot.refresh_from_db()
    assert slot.title == "陕西省工会行政事业性资产管理办法"
    assert slot.status == PolicyStatus.AVAILABLE
    assert (slot.issuer, slot.issued_on, slot.document_number) == (
        "陕西省总工会", date(2020, 6, 1), "",
    )  # fmt: skip
    assert [one.code for one in events_of(slot.pk)] == [
        "documents.attachment.added",
        "regulation.policy.provided",
    ]


def test_a_citys_officer_is_refused(world, slot):
    with pytest.raises(Refused):
        provide(slot, world["asset.head"])

    slot.refresh_from_db()
    assert (slot.status, slot.attachment) == (PolicyStatus.AWAITED, None)


def test_a_slot_is_filled_once(world, slot):
    provide(slot, world["province.asset"])

    with pytest.raises(ActionBlocked, match="已有原文"):
        provide(slot, world["province.asset"])


@pytest.mark.parametrize(
    ("more", "field"),
    [({"issuer": "  "}, "issuer"), ({"issued_on": date(2026, 11, 21)}, "issued_on")],
)
def test_what_no_text_can_say_is_refused(world, slot, more, field):
    with pytest.raises(ActionBlocked) as refusal:
        provide(slot, world["province.asset"], **more)

    assert [reason.field for reason in refusal.value.reasons] == [field]


def test_a_file_that_is_none_is_refused_by_the_document_checks(world, slot):
    fake = SimpleUploadedFile("原文.pdf", b"not a paper", content_type="application/pdf")

    with pytest.raises(ActionBlocked):
        provide(slot, world["province.asset"], upload=fake)


def test_the_library_shows_the_slot_the_form_and_the_text(world, slot, log_in):
    city, province = log_in(world["venue.staff"]), log_in(world["province.asset"])
    number = NUMBERS[slot.title]
    assert "待省总资产监管部提供原文" in city.get(PAGE).content.decode()
    assert city.get(f"{PAGE}{number}/file/").status_code == 404
    assert f"{PAGE}provide/?policy={slot.pk}" in province.get(PAGE).content.decode()
    form = province.get(f"{PAGE}provide/?policy={slot.pk}").context["form"]
    posted = {
        "command_id": form["command_id"].value(), "policy": slot.pk, "issuer": "陕西省总工会",
        "document_number": "", "issued_on": "2020-06-01", "file": paper("原文"),
    }  # fmt: skip

    answer = province.post(f"{PAGE}provide/", posted)

    assert answer.status_code == 302
    page = city.get(PAGE).content.decode()
    assert "原文没有文号" in page
    assert f"{PAGE}{number}/file/" in page
    served = city.get(f"{PAGE}{number}/file/")
    assert b"".join(served.streaming_content).startswith(b"%PDF-")


def test_the_form_tells_a_city_who_provides(world, slot, log_in):
    page = log_in(world["asset.head"]).get(f"{PAGE}provide/").content.decode()

    assert "由陕西省总工会资产监管部统一提供" in page
    assert "收入政策依据</button>" not in page


def test_the_regulation_itself_is_the_first_text(world, slot, log_in):
    served = log_in(world["venue.staff"]).get(f"{PAGE}1/file/")

    assert served.status_code == 200
    assert "**第二十五条** 本细则自发布之日起施行。" in served.content.decode()
