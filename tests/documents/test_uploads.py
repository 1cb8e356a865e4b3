"""The upload control: what the field says beforehand, what the receipt says afterwards."""

import hashlib
import uuid

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contracts.forms.writing import FileForm
from documents.forms import UploadField
from documents.models import Attachment
from meetings.forms import RecordFileForm
from partners.forms import ItemForm, PartForm
from tests.approvals import builders
from tests.approvals.conftest import log_in, world
from tests.documents import corpus
from venues import forms as venue_forms

__all__ = ["log_in", "world"]  # the small province of the approvals serves here as well
PDF = corpus.pdf(pages=2)
SHA256 = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


def section(world, log_in, content=PDF, name="应急预案.pdf", **headers):
    proposal = builders.new_plan(world, "internal", title="附件方案")
    data = {
        "command_id": uuid.uuid4(), "version": 0, "stay": "1",
        "file": SimpleUploadedFile(name, content),
    }  # fmt: skip
    path = reverse("approvals:section_edit", args=[proposal.pk, "safety"])
    client = log_in(world["venue.staff"])
    return client, client.post(path, data, headers=headers), data, path


def test_the_field_says_kinds_and_cap_in_the_page():
    box = str(UploadField(label="附件").widget.render("file", None, {}))
    attrs = UploadField(label="附件").widget_attrs(UploadField().widget)

    assert 'type="file"' in box
    assert attrs["accept"] == ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"
    assert attrs["data-limit"] == str(50 * 1024 * 1024) == str(settings.UPLOAD_MAX_BYTES)
    assert UploadField().help_text == "可上传 PDF、JPG、PNG、DOCX、XLSX 文件，不超过 50 MB。"


def test_every_upload_of_the_road_goes_through_the_field():
    declared = [RecordFileForm, ItemForm, PartForm, FileForm]
    fields = [form.declared_fields["file"] for form in declared]
    fields += [
        form.declared_fields["file"]
        for form in vars(venue_forms).values()
        if isinstance(form, type) and "file" in getattr(form, "declared_fields", {})
    ]

    assert len(fields) >= 5
    assert all(isinstance(one, UploadField) for one in fields)


def test_a_kept_file_is_told_on_the_next_page(world, log_in):
    client, response, _, path = section(world, log_in)

    assert (response.status_code, response["Location"]) == (302, path)
    page = client.get(path).content.decode()
    assert "已保存《应急预案.pdf》" in page
    assert f"SHA-256 {SHA256[:8]}。" in page
    assert Attachment.objects.get(name="应急预案.pdf").file.sha256 == SHA256


def test_a_script_is_told_where_to_go_and_what_was_kept(world, log_in):
    client, response, _, path = section(world, log_in, **{"X-Upload": "1"})

    assert response.status_code == 200
    assert response.json() == {
        "location": path,
        "files": [{"name": "应急预案.pdf", "size": len(PDF), "sha256": SHA256}],
    }
    assert "已保存《应急预案.pdf》" in client.get(path).content.decode()


def test_sent_again_after_a_lost_answer_it_is_kept_once(world, log_in):
    client, first, data, path = section(world, log_in, **{"X-Upload": "1"})
    again = client.post(
        path, data | {"file": SimpleUploadedFile("应急预案.pdf", PDF)}, headers={"X-Upload": "1"}
    )

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert Attachment.objects.filter(name="应急预案.pdf").count() == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("旧.doc", b"x", "暂不接收 .doc 旧格式文件"),
        ("空.pdf", b"", "文件是空的（0 字节）"),
        ("假.pdf", b"MZ nothing", "内容"),
    ],
)
def test_a_refused_file_leaves_no_receipt(world, log_in, name, content, sentence):
    _, response, _, _ = section(world, log_in, content, name, **{"X-Upload": "1"})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "已保存《" not in response.content.decode()
    assert not Attachment.objects.filter(name=name).exists()


def test_the_page_offers_the_control(world, log_in):
    client, _, _, path = section(world, log_in)

    page = client.get(path).content.decode()

    assert "data-upload-list" in page
    assert 'accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx"' in page
    assert "js/upload.js" in page
    assert 'enctype="multipart/form-data"' in page
