"""批复: drafted by the asset department, issued by the leader, printed once."""

import uuid
from io import BytesIO

import pytest
from pypdf import PdfReader

from approvals.enums import Outcome, Stage
from approvals.models import Reply
from core.errors import ActionBlocked, Refused
from documents import storage
from documents.models import Attachment, IssuedDocument
from meetings.models import Meeting
from tests.approvals import walk
from tests.approvals.builders import fresh


def text_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_a_reply_needs_the_decisions_first(world, submitted):
    proposal = walk.at_meeting(world, submitted)

    with pytest.raises(ActionBlocked, match="尚未完成集体决策"):
        walk.drafted_reply(world, proposal)


def test_who_drafts_does_not_issue_and_only_the_leader_does(world, submitted):
    proposal = walk.at_reply(world, submitted)
    with pytest.raises(ActionBlocked, match="尚未拟好批复"):
        walk.issued_reply(world, proposal)
    walk.drafted_reply(world, proposal)
    for username in ("asset.head", "secretary", "province.asset", "auditor"):
        with pytest.raises(Refused):
            walk.issued_reply(world, proposal, by=world[username])
    Reply.objects.update(drafted_by=world["leader"])
    with pytest.raises(Refused, match="拟稿人不能签发"):
        walk.issued_reply(world, proposal)

    assert fresh(proposal).stage == Stage.REPLYING
    assert not IssuedDocument.objects.exists()


def test_no_reply_before_the_signed_record_of_each_meeting(world, submitted, log_in):
    proposal = walk.at_reply(world, submitted)
    walk.drafted_reply(world, proposal)
    party_group = Meeting.objects.get(body__kind="party_group")
    Attachment.objects.filter(case_id=party_group.pk).delete()
    sentence = (
        f"{party_group}还没有上传签字的会议记录或签到表，不能签发批复。请会议秘书在会议记录页上传。"
    )

    with pytest.raises(ActionBlocked) as refusal:
        walk.issued_reply(world, proposal)
    page = log_in(world["leader"]).get(f"/proposals/{proposal.pk}/reply/").content.decode()

    assert [(one.text, one.code) for one in refusal.value.reasons] == [(sentence, "13-3-1")]
    assert sentence in page
    walk.file_record(world, party_group)
    assert walk.issued_reply(world, proposal).document_number


def posted(proposal, **changes) -> dict:
    data = {
        "command_id": uuid.uuid4(),
        "version": fresh(proposal).version,
        "approved_matters": "同意合作。\n期限三年。",
        "conditions": "补充客流测算。",
        "requirements": "依法签约，鄠喆昇珺堃照印。",
    }
    return data | changes


def test_a_reply_is_drafted_read_and_issued_in_the_browser(world, submitted, log_in):
    conditional = {"outcome": Outcome.CONDITIONAL, "conditions": ["签约前补充客流测算"]}
    proposal = walk.at_reply(world, submitted, finance=conditional)
    url = f"/proposals/{proposal.pk}/reply/"
    officer = log_in(world["asset.officer"])
    form = officer.get(url).context["form"]
    assert form["conditions"].value() == "签约前补充客流测算"
    assert world.partner.name in form["approved_matters"].value()
    empty = officer.post(f"{url}draft/", posted(proposal, approved_matters=""))
    assert empty.status_code == 422
    assert "鄠喆昇珺堃照印" in empty.content.decode()
    assert officer.post(f"{url}draft/", posted(proposal)).status_code == 302
    preview = officer.get(f"{url}preview.pdf")
    assert preview["Content-Type"] == "application/pdf"
    assert "草稿，未出具" in text_of(preview.content)
    act = {"command_id": uuid.uuid4(), "version": fresh(proposal).version}
    assert officer.post(f"{url}issue/", act).status_code == 403

    leader = log_in(world["leader"])
    assert leader.get(url).context["issue"] is not None
    assert leader.post(f"{url}issue/", act | {"version": 1}).status_code == 409
    act["command_id"] = uuid.uuid4()
    assert leader.post(f"{url}issue/", act).status_code == 302
    assert leader.post(f"{url}issue/", act).status_code == 302

    document = IssuedDocument.objects.get()
    text = text_of(storage.path_of(document.pdf.sha256).read_bytes())
    for words in (
        "关于职工羽毛球馆合作运营方案的批复",
        "西安市总工会资批〔2026〕1号",
        "西安东城工人文化宫：",
        "一、同意事项",
        "二、条件",
        "三、要求",
        "鄠喆昇珺堃照印",
        "（盖章）",
        "抄送：",
    ):
        assert words in text
    assert fresh(proposal).stage == Stage.APPROVED
    paper = log_in(world["venue.staff"]).get(f"/documents/{document.pk}/pdf/")
    assert b"".join(paper.streaming_content).startswith(b"%PDF-")
    assert log_in(world["baoji.officer"]).get(url).status_code == 404


def test_a_reply_without_conditions_numbers_its_parts_without_a_gap(world, submitted):
    proposal = walk.at_reply(world, submitted)
    walk.drafted_reply(world, proposal, conditions="")

    reply = walk.issued_reply(world, proposal)

    text = text_of(storage.path_of(reply.document.pdf.sha256).read_bytes())
    assert "二、要求" in text
    assert "条件" not in text
