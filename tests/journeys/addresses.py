"""Where the demo's things stand, asked once from the portal's own database."""

import json

from tests.harness.portal import Portal

QUESTION = """
import json
from accounts.models import User
from approvals.models import ExpertEngagement, Opinion, Proposal, RuleException
from contracts.models import Contract
from disclosure.models import Disclosure
from documents.models import IssuedDocument
from evaluations.models import Evaluation
from meetings.models import AgendaItem, Body, Meeting
from partners.models import DueDiligence
from supervision.models import PeriodicReport
from venues.models import Venue

palace = Venue.objects.get(name="西安东城工人文化宫")
plan = lambda words: Proposal.objects.get(title__contains=words, kind="operation_plan")
returned, waiting, agenda = plan("小剧场"), plan("西安职工学校职工艺术"), plan("赛事")
approved = plan("羽毛球馆")
contract = Contract.objects.get(proposal=approved)
body = Body.objects.get(name="西安市总工会党组会议")
found = {
    "palace": palace.pk, "venue_code": palace.code,
    "returned": returned.pk, "waiting": waiting.pk, "agenda": agenda.pk, "approved": approved.pk,
    "eight_years": plan("康养").pk,
    "cooperation": approved.cooperation_id,
    "partner": approved.partner_id,
    "diligence": DueDiligence.objects.filter(partner=approved.partner_id).first().pk,
    "engagement": ExpertEngagement.objects.filter(
        proposal=waiting, user__username="expert").first().pk,
    "advice": ExpertEngagement.objects.filter(proposal=returned, user=None).first().pk,
    "exception": RuleException.objects.get(proposal=plan("康养")).pk,
    "contract": contract.pk,
    "evaluation": Evaluation.objects.get(contract=contract, total="90.81").pk,
    "evaluation_open": Evaluation.objects.filter(
        contract=contract, state="planned").first().pk,
    "disclosure": Disclosure.objects.get(venue=palace, state="published").pk,
    "report_open": PeriodicReport.objects.filter(
        venue=palace, submitted_at=None).order_by("due_on").first().pk,
    "report_done": PeriodicReport.objects.exclude(submitted_at=None).first().pk,
    "body": body.pk, "member": body.members.order_by("order").first().pk,
    "sitting": Meeting.objects.get(state="no_conclusion", body=body).pk,
    "document": IssuedDocument.objects.filter(kind="reply").first().verify_code,
    "user": User.objects.get(username="venue.staff").pk,
}
print("FOUND" + json.dumps({name: str(value) for name, value in found.items()}))
"""


def addresses_of(portal: Portal) -> dict[str, str]:
    """The keys of the demo's venues, plans, contracts and papers, by plain names."""
    answer = portal.manage("shell", "--no-imports", "-c", QUESTION)
    return json.loads(answer.partition("FOUND")[2])
