"""材料预览 beside the plan: who sees which file, and what can be said there."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from approvals.models import ExpertEngagement, Thread
from approvals.services import appraisal
from documents.enums import Audience
from documents.services import store_upload
from partners.models import DueDiligence
from tests.approvals import builders
from tests.approvals.builders import moment
from tests.approvals.test_threads import ask
from tests.documents import corpus


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.FILES_ROOT = tmp_path / "files"


def attach(world, proposal, name="测算.pdf", content=None, **changes):
    facts = {
        "case_id": proposal.pk, "purpose": "section:contract_elements", "audience": Audience.MATTER,
    }  # fmt: skip
    return store_upload(
        upload=SimpleUploadedFile("a", content or corpus.pdf(pages=2)), name=name,
        by=world["venue.staff"], at=moment("2026-11-01 09:00"), union=world.xian,
        venue_id=world.venue.pk, **facts | changes,
    )  # fmt: skip


def evidence(world):
    diligence = DueDiligence.objects.get(partner=world.partner)
    return attach(
        world, diligence, "信用报告.pdf", corpus.pdf(),
        purpose="due_diligence:10-4", audience=Audience.CASE,
    )  # fmt: skip


def beside(proposal, attachment) -> str:
    return f"/proposals/{proposal.pk}/files/{attachment.pk}/preview/"


def test_the_page_shows_the_file_its_section_and_the_composer(world, submitted, log_in):
    attachment = attach(world, submitted)
    ask(world, submitted, section="contract_elements", field="", text="测算缺第三年。")

    answer = log_in(world["asset.officer"]).get(beside(submitted, attachment))
    page = answer.content.decode()

    assert answer.status_code == 200
    assert f"/proposals/{submitted.pk}/files/{attachment.pk}/pages/2.png" in page
    assert answer.context["section"] == "contract_elements"
    assert "测算缺第三年。" in page
    assert f'name="back" value="{attachment.pk}"' in page
    assert "thread-new is-open" in page
    assert "形式审查意见" in page  # the own desk's composer
    assert f'/proposals/{submitted.pk}/files/{attachment.pk}/"' in page  # the download


def test_a_comment_written_beside_a_file_comes_back_to_it(world, submitted, log_in):
    attachment = attach(world, submitted)
    data = {
        "command_id": uuid.uuid4(), "section": "partner", "text": "请补签章。",
        "back": str(attachment.pk),
    }  # fmt: skip

    answer = log_in(world["counsel"]).post(f"/proposals/{submitted.pk}/threads/", data)

    thread = Thread.objects.get()
    assert answer["Location"] == (
        f"{beside(submitted, attachment)}?section=partner#thread-{thread.pk}"
    )


def test_another_section_is_chosen_in_the_address(world, submitted, log_in):
    client, path = log_in(world["counsel"]), beside(submitted, attach(world, submitted))

    chosen = {
        asked: client.get(f"{path}?section={asked}").context["section"]
        for asked in ("safety", "nowhere", "")
    }

    assert chosen == {
        "safety": "safety", "nowhere": "contract_elements", "": "contract_elements",
    }  # fmt: skip


def test_evidence_stands_beside_the_section_of_the_partner(world, submitted, log_in):
    attachment = evidence(world)
    client = log_in(world["cosign.finance"])

    answer = client.get(beside(submitted, attachment))

    assert answer.context["section"] == "partner"
    assert f'href="/files/{attachment.pk}/"' in answer.content.decode()
    number = f"/proposals/{submitted.pk}/files/{attachment.pk}/pages/1.png"
    assert client.get(number)["Content-Type"] == "image/png"
    review = client.get(f"/proposals/{submitted.pk}/review/").content.decode()
    assert f'href="{beside(submitted, attachment)}"' in review


def test_every_file_of_the_review_page_can_be_looked_at(world, submitted, log_in):
    files = [attach(world, submitted), attach(world, submitted, "表.xlsx", corpus.xlsx())]
    page = log_in(world["auditor"]).get(f"/proposals/{submitted.pk}/review/").content.decode()

    assert all(f'href="{beside(submitted, one)}"' in page for one in files)


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("venue.staff", 200), ("auditor", 200), ("province.asset", 200), ("secretary", 200),
        ("baoji.officer", 404), ("county.officer", 404), ("other.manager", 404),
        ("away.manager", 404), ("expert", 404), ("sysadmin", 403),
    ],
)  # fmt: skip
def test_who_looks(world, submitted, log_in, username, status):
    attachment = attach(world, submitted)
    client = log_in(world[username])

    page = client.get(beside(submitted, attachment))
    image = client.get(f"/proposals/{submitted.pk}/files/{attachment.pk}/pages/1.png")

    assert (page.status_code, image.status_code) == (status, status)
    if username in ("auditor", "province.asset", "secretary"):
        assert "提交批注" not in page.content.decode()


def test_a_file_of_another_matter_is_not_found(world, submitted, log_in):
    other = builders.new_plan(world, "internal", title="另一方案")
    attachment = attach(world, other)
    client = log_in(world["venue.staff"])

    assert client.get(beside(other, attachment)).status_code == 200
    for pk in (attachment.pk, uuid.uuid4()):
        path = f"/proposals/{submitted.pk}/files/{pk}/"
        assert client.get(path + "preview/").status_code == 404
        assert client.get(path + "pages/1.png").status_code == 404


def test_an_expert_looks_at_the_plans_files_until_the_period_ends(world, draft, log_in):
    engagement = appraisal.engage_expert(
        proposal=draft, kind="lawyer", name="郑律", firm="西安公信所", licence_no="16101",
        activity="consultation", username="expert", access_from=date(2026, 11, 1),
        access_until=date(2026, 11, 30), by=world["venue.staff"], at=moment("2026-11-01 09:00"),
    )  # fmt: skip
    own, others = attach(world, draft), evidence(world)
    client = log_in(world["expert"])

    page = client.get(beside(draft, own))
    assert page.status_code == 200
    assert "timeline" not in page.context
    assert client.get(f"/proposals/{draft.pk}/files/{own.pk}/pages/1.png").status_code == 200
    assert client.get(beside(draft, others)).status_code == 404  # evidence is not the expert's
    ExpertEngagement.objects.filter(pk=engagement.pk).update(access_until=date(2026, 11, 19))
    assert client.get(beside(draft, own)).status_code == 404
    assert client.get(f"/proposals/{draft.pk}/files/{own.pk}/pages/1.png").status_code == 404


def test_the_general_address_leads_beside_the_plan(world, submitted, log_in):
    attachment = evidence(world)
    client = log_in(world["asset.head"])

    led = client.get(f"/files/{attachment.pk}/preview/?beside={submitted.pk}", follow=True)

    assert led.redirect_chain == [(beside(submitted, attachment), 302)]
    assert led.status_code == 200
