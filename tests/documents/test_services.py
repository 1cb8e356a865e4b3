"""Files are kept once, papers are frozen, numbers have no gaps."""

import contextlib
import hashlib
import json
import uuid
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.roles import Role
from audit.models import Event
from core.errors import ActionBlocked
from documents import selectors, services, storage
from documents.enums import Audience, DocumentStatus
from documents.models import Attachment, IssuedDocument, NumberSequence, StoredFile
from tests.documents import corpus, paper

pytestmark = pytest.mark.databases

CASE = uuid.uuid4()


@pytest.fixture
def officer(person, tree):
    return person(Role.ASSET_OFFICER, union=tree.xian)


@pytest.fixture
def upload(officer, tree, store, at):
    def put(name: str, content: bytes, **more) -> Attachment:
        return services.store_upload(
            upload=SimpleUploadedFile(name, content),
            name=name,
            by=officer,
            at=at,
            union=tree.xian,
            **{"case_id": CASE, "purpose": "论证", **more},
        )

    return put


@pytest.fixture
def issue(officer, tree, store, at):
    def put(**more) -> IssuedDocument:
        given = {
            "kind": "reply",
            "template": "print/base_official.html",
            "context": {"addressee": "西安东城工人文化宫", "paragraphs": ["同意。鄠喆昇珺堃。"]},
            "number": "西工资〔2026〕17号",
            "title": "关于职工羽毛球馆合作运营项目的批复",
            "case_id": CASE,
            "union": tree.xian,
            "by": officer,
            "at": at,
        }
        return services.issue_pdf(**{**given, **more})

    return put


def test_upload_is_kept_under_its_hash_and_recorded(upload, officer, tree, store, at):
    content = corpus.pdf(pages=3)

    attachment = upload("../../合作方案.PDF", content, venue_id=CASE)

    sha256 = hashlib.sha256(content).hexdigest()
    assert (store / sha256[:2] / sha256).read_bytes() == content
    assert attachment.name == "合作方案.pdf"
    assert (attachment.unit_1, attachment.unit_2) == (tree.province, tree.xian)
    assert (attachment.unit_3, attachment.venue_id) == (None, CASE)
    assert (attachment.uploaded_by, attachment.uploaded_at) == (officer, at)
    assert attachment.file.content_type == "application/pdf"
    assert (attachment.file.size, attachment.file.pages) == (len(content), 3)
    event = Event.objects.get(case_id=CASE)
    assert (event.code, event.title) == ("documents.attachment.added", "上传附件《合作方案.pdf》")
    assert json.loads(event.body)["sha256"] == sha256


def test_same_bytes_are_kept_once(upload, store):
    content = corpus.pdf()

    first, second = upload("一.pdf", content), upload("二.pdf", content)

    assert first.file == second.file
    assert StoredFile.objects.count() == 1
    assert [path.name for path in store.rglob("*") if path.is_file()] == [first.file.sha256]
    assert set(selectors.attachments_of(CASE)) == {first, second}


@pytest.mark.parametrize(
    ("name", "content", "kind"), corpus.HOSTILE, ids=[c[0] for c in corpus.HOSTILE]
)
def test_hostile_upload_leaves_nothing_behind(name, content, kind, upload, store):
    with pytest.raises(ActionBlocked) as refusal:
        upload(name, content)

    assert [reason.field for reason in refusal.value.reasons] == ["file"]
    assert refusal.value.reasons[0].text.endswith("。")
    assert StoredFile.objects.count() + Attachment.objects.count() + Event.objects.count() == 0
    assert not store.exists()


def test_oversize_is_refused_before_it_is_read(officer, tree, store, at, settings):
    settings.UPLOAD_MAX_BYTES = 1000

    class Huge(BytesIO):
        size = 1001

        def read(self, *args):
            raise AssertionError("read")

    with pytest.raises(ActionBlocked, match="上限"):
        services.store_upload(
            upload=Huge(), name="a.pdf", by=officer, at=at, union=tree.xian, case_id=CASE
        )


def test_size_that_was_told_wrong_is_refused_too(officer, tree, store, at, settings):
    settings.UPLOAD_MAX_BYTES = 1000

    with pytest.raises(ActionBlocked, match="上限"):
        services.store_upload(
            upload=BytesIO(b"%PDF-" + b"0" * 5000), name="a.pdf", by=officer, at=at,
            union=tree.xian, case_id=CASE,
        )  # fmt: skip


def test_meeting_record_files_are_listed_only_when_asked_for(upload):
    record = upload("原始记录.pdf", corpus.pdf(), audience=Audience.MEETING_RECORD)

    assert list(selectors.attachments_of(CASE)) == []
    assert list(selectors.attachments_of(CASE, audience=Audience.MEETING_RECORD)) == [record]
    assert list(selectors.attachments_of(CASE, "其他", audience=Audience.MEETING_RECORD)) == []


def test_issued_paper_is_frozen_numbered_and_recorded(issue, officer, at):
    document = issue()

    content = storage.path_of(document.pdf.sha256).read_bytes()
    assert hashlib.sha256(content).hexdigest() == document.pdf.sha256
    text = paper.text_of(content).replace("\r\n", "")
    assert "西工资〔2026〕17号" in text
    assert "同意。鄠喆昇珺堃。" in text
    assert "西安市总工会文件" in text
    assert document.verify_code in text
    assert document.short_hash in text
    assert "演示数据" not in text
    snapshot = json.loads(document.snapshot)
    assert snapshot["context"]["signed_on"] == "2026年11月20日"
    assert snapshot["issued_at"] == "2026年11月20日 10:20"
    event = Event.objects.get(case_id=CASE)
    assert event.code == "documents.document.issued"
    assert event.snapshot_sha256 == document.snapshot_sha256
    assert document.status == DocumentStatus.IN_FORCE


def test_amounts_and_days_are_frozen_as_printed(issue, at):
    document = issue(context={"paragraphs": [], "fee": Decimal("1234.565"), "on": at.date()})

    frozen = json.loads(document.snapshot)["context"]
    assert (frozen["fee"], frozen["on"]) == ("1,234.57", "2026年11月20日")


def test_paper_that_cannot_be_printed_leaves_nothing(issue):
    with pytest.raises(ActionBlocked):
        issue(context={"paragraphs": ["😀"]})

    assert IssuedDocument.objects.count() + StoredFile.objects.count() == 0
    assert Event.objects.count() == 0


def test_a_later_paper_takes_the_place_of_an_earlier_one(issue):
    earlier = issue()
    later = issue(number="西工资〔2026〕18号", supersedes=earlier)

    earlier.refresh_from_db()
    assert (earlier.status, earlier.superseded_by) == (DocumentStatus.SUPERSEDED, later)
    assert later.status == DocumentStatus.IN_FORCE


def test_void_keeps_number_and_bytes_and_happens_once(issue, officer, at):
    document = issue()

    services.void_document(document=document, reason="编号写错", by=officer, at=at)

    document.refresh_from_db()
    assert (document.status, document.void_reason) == (DocumentStatus.VOID, "编号写错")
    assert storage.path_of(document.pdf.sha256).is_file()
    with pytest.raises(ActionBlocked, match="无需再作废"):
        services.void_document(document=document, reason="再次", by=officer, at=at)


def test_preview_is_kept_nowhere_and_says_that_it_is_a_draft(db, store):
    content = services.preview_pdf(
        "print/base_official.html", {"paragraphs": ["拟同意。"]}, title="关于合作的批复"
    )

    assert "草稿，未出具" in paper.text_of(content)
    assert StoredFile.objects.count() == 0
    assert not store.exists()


def number_an_act(*, fails: bool) -> int:
    with transaction.atomic():
        number = services.next_number(series="reply:xian", year=2026)
        if fails:
            raise ActionBlocked("不同意")
        return number


def test_numbers_have_no_gaps_under_rollback(db):
    taken = []
    for fails in (False, True, False, True, True, False):
        with contextlib.suppress(ActionBlocked):
            taken.append(number_an_act(fails=fails))

    assert taken == [1, 2, 3]


def test_each_series_and_year_counts_for_itself(db):
    assert services.next_number(series="a", year=2026) == 1
    assert services.next_number(series="b", year=2026) == 1
    assert services.next_number(series="a", year=2027) == 1
    assert services.next_number(series="a", year=2026) == 2
    assert NumberSequence.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_number_is_not_given_outside_a_transaction():
    with pytest.raises(RuntimeError):
        services.next_number(series="a", year=2026)


def test_verify_files_names_what_is_altered_or_gone(upload, capsys):
    altered = upload("一.pdf", corpus.pdf()).file
    gone = upload("二.pdf", corpus.pdf(pages=2)).file
    upload("三.pdf", corpus.pdf(pages=3))
    call_command("verify_files")
    assert "共核对 3 个文件，全部相符。" in capsys.readouterr().out

    path = storage.path_of(altered.sha256)
    path.write_bytes(path.read_bytes() + b" ")
    storage.path_of(gone.sha256).unlink()

    with pytest.raises(CommandError, match="2 个不符"):
        call_command("verify_files")
    told = capsys.readouterr().err
    assert f"内容被改动 {altered.sha256}" in told
    assert f"缺失 {gone.sha256}" in told
