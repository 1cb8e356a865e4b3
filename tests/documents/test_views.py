"""Who may fetch which file, how it is handed over, and what a stranger may check."""

import hashlib
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.roles import Role
from documents import services
from documents.enums import Audience
from documents.selectors import attachments_of
from tests.documents import corpus

VENUE = uuid.uuid4()
CASE = uuid.uuid4()


@pytest.fixture
def officer(person, tree):
    return person(Role.ASSET_OFFICER, union=tree.xian)


@pytest.fixture
def upload(officer, tree, store, at):
    def put(**more):
        return services.store_upload(
            upload=SimpleUploadedFile("a.pdf", corpus.pdf()),
            name="合作 方案.pdf",
            by=officer,
            at=at,
            union=tree.xian,
            **{"case_id": CASE, "venue_id": VENUE, **more},
        )

    return put


@pytest.fixture
def document(officer, tree, store, at):
    return services.issue_pdf(
        kind="reply",
        template="print/base_official.html",
        context={"paragraphs": ["同意。"]},
        number="西工资〔2026〕17号",
        title="关于合作的批复",
        case_id=CASE,
        venue_id=VENUE,
        union=tree.xian,
        by=officer,
        at=at,
    )


def test_file_is_handed_over_as_a_download_without_rights(client, officer, upload):
    attachment = upload()
    client.force_login(officer)

    response = client.get(f"/files/{attachment.pk}/")

    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert hashlib.sha256(content).hexdigest() == attachment.file.sha256
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%90%88%E4%BD%9C%20%E6%96%B9%E6%A1%88.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


def test_web_server_is_asked_to_hand_it_over_where_there_is_one(client, officer, upload, settings):
    settings.FILES_ACCEL_PREFIX = "/_files/"
    attachment = upload()
    client.force_login(officer)

    response = client.get(f"/files/{attachment.pk}/")

    sha256 = attachment.file.sha256
    assert response["X-Accel-Redirect"] == f"/_files/{sha256[:2]}/{sha256}"
    assert response.content == b""
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def reach(client, user, path):
    client.force_login(user)
    response = client.get(path)
    if response.streaming:
        list(response.streaming_content)  # read to its end, the client closes the file
    return response.status_code


def test_file_is_seen_from_above_and_by_its_venue_only(client, person, tree, upload):
    path = f"/files/{upload().pk}/"

    seen = {
        "province": person(Role.AUDITOR, union=tree.province),
        "own": person(Role.COUNSEL, union=tree.xian),
        "venue": person(Role.VENUE_STAFF, venue_id=VENUE),
    }
    unseen = {
        "sibling": person(Role.ASSET_OFFICER, union=tree.baoji),
        "child": person(Role.ASSET_OFFICER, union=tree.beilin),
        "other venue": person(Role.VENUE_MANAGER, venue_id=uuid.uuid4()),
    }

    assert {who: reach(client, user, path) for who, user in seen.items()} == dict.fromkeys(
        seen, 200
    )
    assert {who: reach(client, user, path) for who, user in unseen.items()} == dict.fromkeys(
        unseen, 404
    )


def test_foreign_and_missing_files_answer_alike(client, person, tree, upload):
    client.force_login(person(Role.ASSET_OFFICER, union=tree.baoji))

    def answer(pk) -> tuple[int, str]:
        response = client.get(f"/files/{pk}/")
        page = re.sub(r'value="\w{64}"', "", response.content.decode())  # the CSRF token
        return response.status_code, page.replace(str(pk), "")

    foreign, missing = answer(upload().pk), answer(uuid.uuid4())

    assert foreign[0] == 404
    assert foreign == missing


def test_strangers_and_administrators_get_no_file(client, person, upload):
    path = f"/files/{upload().pk}/"

    assert client.get(path).status_code == 302
    assert reach(client, person(Role.SYSTEM_ADMIN), path) == 403


def test_meeting_record_files_do_not_go_by_the_general_road(client, officer, upload):
    attachment = upload(audience=Audience.MEETING_RECORD)

    assert reach(client, officer, f"/files/{attachment.pk}/") == 404
    response = services.file_response(attachment)
    with response.file_to_stream as stream:
        assert (response.status_code, len(stream.read())) == (200, attachment.file.size)


def test_files_are_not_written_through_their_address(client, officer, upload):
    path = f"/files/{upload().pk}/"
    client.force_login(officer)

    assert {client.post(path).status_code, client.delete(path).status_code} == {405}


def test_issued_paper_is_handed_over_as_stored(client, officer, person, tree, document):
    client.force_login(officer)
    response = client.get(f"/documents/{document.pk}/pdf/")

    content = b"".join(response.streaming_content)
    assert (response.status_code, content[:5], len(content)) == (200, b"%PDF-", document.pdf.size)
    stranger = person(Role.ASSET_OFFICER, union=tree.baoji)
    assert reach(client, stranger, f"/documents/{document.pk}/pdf/") == 404


@pytest.mark.parametrize("change", [str, str.lower])
def test_anybody_may_check_a_paper(client, document, change):
    response = client.get(f"/verify/{change(document.verify_code)}/")

    page = response.content.decode()
    assert response.status_code == 200
    for part in (
        "西工资〔2026〕17号",
        "关于合作的批复",
        "西安市总工会",
        "2026年11月20日",
        document.pdf.sha256,
        document.short_hash,
        "有效",
    ):
        assert part in page
    assert document.issued_by.name not in page
    assert str(document.pk) not in page


def test_void_paper_says_so(client, officer, document, at):
    services.void_document(document=document, reason="赵喆写错", by=officer, at=at)

    page = client.get(f"/verify/{document.verify_code}/").content.decode()

    assert "已作废" in page
    assert "写错" not in page


def test_unknown_code_is_told_what_to_do(client, db):
    response = client.get("/verify/%3Cscript%3E/")

    page = response.content.decode()
    assert response.status_code == 404
    assert "没有查到" in page
    assert "<script>" not in page.replace("<script ", "")


def test_file_of_a_matter_is_not_served_by_the_general_road(client, officer, upload):
    attachment = upload(audience=Audience.MATTER)
    client.force_login(officer)

    assert client.get(f"/files/{attachment.pk}/").status_code == 404
    assert list(attachments_of(CASE)) == [attachment]
