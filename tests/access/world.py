"""Six homes, each with one object of every kind, made through the services where they are cheap.

The people are the demo's accounts; the other unions get people of their own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.management import call_command
from django.db import models

from accounts.models import Post, User
from accounts.roles import Role
from approvals.enums import Outcome, TaskStatus
from approvals.models import MatrixAmendment, Proposal, Task
from approvals.services import major, matrix, opinions, phrases, threads
from core import clock
from core.models import FixedDay
from demo.people import make_union_people
from disclosure import services as disclosure
from documents.models import Attachment, NumberSequence
from meetings import services as meetings
from organizations.models import TradeUnion
from partners.enums import PartCode
from partners.models import Partner
from tests.access import matters
from tests.access.canaries import stamp, stamped_models
from tests.access.homes import HOMES, Home
from tests.approvals import builders as plans
from tests.approvals.builders import TODAY, World, appoint, moment
from tests.contracts.builders import picture
from venues.models import Readiness, Venue

NAMES = ("王敏", "李强", "张华")
COUNTERSIGNERS = {
    "cosign.personnel": "personnel",
    "cosign.discipline": "discipline",
    "cosign.finance": "finance",
    "cosign.audit": "fund_review",
}
UNION_ROLES = {
    "asset.officer": (Role.ASSET_OFFICER, "asset"),
    "asset.head": (Role.ASSET_HEAD, "asset"),
    "counsel": (Role.COUNSEL, ""),
    "leader": (Role.LEADER, ""),
    "secretary": (Role.SECRETARY, ""),
    **{name: (Role.COUNTERSIGNER, kind) for name, kind in COUNTERSIGNERS.items()},
}
# Who of the demo already holds a post elsewhere: everybody else there is made here.
DEMO_ELSEWHERE = {
    ("610000", "asset.officer"): "province.asset",
    ("610103", "asset.officer"): "county.officer",
    ("610300", "asset.officer"): "baoji.officer",
}
BODIES = ("party_group", "chairs_office")


@dataclass(slots=True)
class Case:
    """One home as it was built: its small world and its objects by kind."""

    home: Home
    world: World
    objects: dict[str, Any] = field(default_factory=dict)


def build() -> dict[str, Case]:
    """The whole map, with every canary in place."""
    FixedDay.objects.create(day=TODAY)
    clock.forget()
    call_command("load_reference", verbosity=0)
    make_union_people()
    cases: dict[str, Case] = {}
    for home in HOMES.values():
        seat = next((one for one in cases.values() if one.home.union == home.union), None)
        cases[home.key] = _settle(home, seat)
    return cases


@contextmanager
def _sung_by(home: Home, suffix: str = "") -> Iterator[None]:
    """Whatever is created inside carries the home's canary."""
    before = _present()
    yield
    stamp(before, home, suffix)


def _present() -> dict[type[models.Model], set]:
    return {
        model: set(model._default_manager.order_by().values_list("pk", flat=True))
        for model in stamped_models()
    }


def _settle(home: Home, seat: Case | None) -> Case:
    place = TradeUnion.objects.get(code=home.union)
    with _sung_by(home):
        world = World(place, place, place, place, {}, None, None, None)  # type: ignore[arg-type]
        world.people = dict(seat.world.people) if seat else _cast(home, place)
        world.venue = _venue(home, place, world)
        _venue_people(home, world)
    case = Case(home, world)
    with _sung_by(home, "union"):
        if seat:
            world.bodies = dict(seat.world.bodies)
            shared = (
                "matrix_row", "amendment", "amendment_row", "major_entry", "meeting",
                "open_meeting", "scheme", "record_file", "union_plan", "union_step", "union_draft", "member", "resolution", "resolution_file",
            )  # fmt: skip
            case.objects |= {name: seat.objects[name] for name in shared}
        else:
            _sit(case, place)
    with _sung_by(home, "partner"):
        world.partner = _partner(home, world)
    with _sung_by(home):
        _work(case)
    return case


def _cast(home: Home, place: TradeUnion) -> dict[str, User]:
    people = {}
    for username, (role, department) in UNION_ROLES.items():
        known = username if home.key == "dongcheng" else DEMO_ELSEWHERE.get((place.code, username))
        if known:
            people[username] = User.objects.get(username=known)
        else:
            people[username] = appoint(
                f"{home.key}.{username}",
                f"{home.canary}-person",
                role,
                place,
                department_kind=department,
            )
    return people


def _venue(home: Home, place: TradeUnion, world: World) -> Venue:
    number = list(HOMES).index(home.key) + 1
    venue = Venue(
        code=f"ZD-{place.division_code or place.code[:6]}-01-{number:02d}", name=home.venue,
        kind="cultural_palace", legal_form="institution", supervising_union=place,
        supervisor=world["asset.officer"], division_code="610102", address="样例路一号",
        ownership_certificate=f"样例不动产权第 {number} 号", affiliation=f"隶属{place.name}",
        service_functions="职工文体、培训、普惠服务",
        is_directly_affiliated=place.level == "province",
    )  # fmt: skip
    venue.place_under(place)
    venue.save()
    for order, business in enumerate(("职工文体活动", "职工技能培训"), start=1):
        venue.core_businesses.create(name=business, order=order)
    return venue


def _venue_people(home: Home, world: World) -> None:
    prefix = "venue" if home.key == "dongcheng" else home.key
    for username, role in (("manager", Role.VENUE_MANAGER), ("staff", Role.VENUE_STAFF)):
        world.people[f"venue.{username}"] = appoint(
            f"{prefix}.{username}", f"{home.canary}-person", role, None, venue_id=world.venue.pk
        )
    if home.key == "dongcheng":
        world.people["expert"] = User.objects.get(username="expert")
    else:
        name = f"{home.canary}-person"
        world.people["expert"] = appoint(f"{home.key}.expert", name, Role.EXPERT, None)


def _sit(case: Case, place: TradeUnion) -> None:
    """What stands once in a union: its bodies, its matrix, a meeting with its record."""
    world, at = case.world, moment("2026-01-05 09:00")
    for kind in BODIES:
        world.bodies[kind] = _body(world, kind, "secretary", union=place)
    ways = [("overall_plan", "ordinary", None), ("operation_plan", "ordinary", None)]
    if place.level == "province":  # its own units' major matters go by no other route
        ways.insert(0, ("operation_plan", "prov_direct_27", True))
    for plan_kind, code, is_major in ways:
        case.objects["matrix_row"] = matrix.add_row(
            union=place, plan_kind=plan_kind, code=code, is_major=is_major,
            countersigners=list(COUNTERSIGNERS.values()), bodies=list(BODIES),
            formal_review_days=5, countersign_days=5, legal_review_days=5,
            fixed_by=f"{place.name}党组", fixed_session="2026年第1次会议",
            fixed_on=date(2026, 1, 4), valid_from=date(2026, 1, 4),
            by=world["asset.head"], at=at,
        )  # fmt: skip
    amendment = MatrixAmendment.objects.get(union=place, state="draft")
    matrix.publish_amendment(
        amendment=amendment, version=amendment.version, by=world["leader"], at=at
    )
    written = matrix.add_row(
        union=place, plan_kind="operation_plan", mode="other", is_major=None,
        countersigners=list(COUNTERSIGNERS.values()), bodies=list(BODIES),
        formal_review_days=5, countersign_days=5, legal_review_days=5,
        fixed_by=f"{place.name}党组", fixed_session="2026年第2次会议",
        fixed_on=date(2026, 1, 4), valid_from=date(2026, 1, 4), by=world["asset.head"], at=at,
    )  # fmt: skip
    case.objects["amendment_row"], case.objects["amendment"] = written, written.amendment
    case.objects["major_entry"] = major.add_entry(
        union=place, code="QX-1", title="其他事项", test="judgement", fixed_by="党组会议",
        fixed_on=date(2026, 1, 4), valid_from=date(2026, 1, 4), by=world["asset.head"], at=at,
    )  # fmt: skip
    _meetings(case)
    with _sung_by(case.home, "unionplan"):
        case.objects |= matters.make_union_plan(world)
    with _sung_by(case.home, "uniondraft"):
        case.objects["union_draft"] = matters.draft_union_plan(world, "具体工作方案")
    with _sung_by(case.home, "scheme"):
        case.objects["scheme"] = matters.make_scheme(world)


def _body(world: World, kind: str, writer: str, **place: Any) -> Any:
    at = moment("2026-01-05 09:00")
    place.setdefault("union", world.xian)
    body = meetings.form_body(kind=kind, name="会议", by=world[writer], at=at, **place)
    for order, person in enumerate(NAMES, start=1):
        meetings.set_member(
            body=body, name=person, title="成员", order=order, valid_from=date(2026, 1, 1),
            is_principal=order == len(NAMES), by=world[writer], at=at,
        )  # fmt: skip
    return body


def _meetings(case: Case) -> None:
    """One meeting that is over, with record and scan; one that is called."""
    world = case.world
    body, by = world.bodies["party_group"], world["secretary"]
    members = list(body.members.order_by("order", "pk"))
    held = meetings.plan_meeting(
        body=body, session="2026年第1次", starts_at=moment("2026-11-10 09:00"), place="三楼",
        chair=members[-1], by=by, at=moment("2026-11-09 09:00"),
    )  # fmt: skip
    meetings.register_attendance(
        meeting=held, by=by, at=moment("2026-11-10 09:10"),
        rows=[plans.Presence(member=one.pk, status="present") for one in members],
    )  # fmt: skip
    case.objects["record_file"] = meetings.keep_record_file(
        meeting=held, upload=picture(), name="记录.png", by=by, at=moment("2026-11-10 10:00")
    )
    meetings.close_meeting(
        meeting=held, record_text="逐字记录。", minutes_text="纪要。", minutes_signed_by="王敏",
        by=by, at=moment("2026-11-10 11:00"),
    )  # fmt: skip
    case.objects["resolution"] = resolution = meetings.add_resolution(
        meeting=held, text="补充应急预案。", owner="周宁", due_on=date(2026, 12, 10),
        department_kind="asset", by=by, at=moment("2026-11-10 11:30"),
    )  # fmt: skip
    meetings.report_resolution(
        resolution=resolution, report="已补充。", upload=picture(), name="预案.png",
        by=by, at=moment("2026-11-11 09:00"),
    )  # fmt: skip
    case.objects["resolution_file"] = Attachment.objects.get(case_id=resolution.pk)
    case.objects["meeting"] = held
    case.objects["member"] = members[0]
    case.objects["open_meeting"] = meetings.plan_meeting(
        body=body, session="2026年第2次", starts_at=moment("2026-11-20 00:01"), place="三楼",
        chair=members[-1], by=by, at=moment("2026-11-18 09:00"),
    )  # fmt: skip


def _partner(home: Home, world: World) -> Partner:
    number = list(HOMES).index(home.key)
    return Partner.objects.create(
        uscc=USCCS[number], name="体育有限公司", subject_kind="legal_person",
        legal_representative="高健", business="体育场馆运营",
        registered_by=world["venue.staff"], registered_at=moment("2026-09-01 09:00"),
    )  # fmt: skip


USCCS = (
    "91610000MA6TA1B2X3", "91610000MA6TA1B2X4", "91610000MA6TA1B2X5",
    "91610000MA6TA1B2X6", "91610000MA6TA1B2X7", "91610000MA6TA1B2X8",
)  # fmt: skip


def _work(case: Case) -> None:
    """Every matter of one venue, from readiness to evaluation."""
    world, objects = case.world, case.objects
    objects |= {"venue": world.venue, "partner": world.partner, "body": world.bodies["party_group"]}
    world.other_venue = world.venue
    _readiness(case)
    diligence = plans.investigate(world.partner, world.venue, world["venue.staff"])
    diligence.items.get(code="10-5").parts.create(code=PartCode.TAX)
    objects["due_diligence"] = diligence
    world.bodies["venue_board"] = _body(
        world, "venue_board", "venue.manager", venue_id=world.venue.pk
    )
    plans.grant_overall_plan(world)
    # The builders of contracts number by counting plans: numbers given here stay out of reach.
    NumberSequence.objects.update(last=100 * (list(HOMES).index(case.home.key) + 1))
    _plans(case)
    _follow(case)


def _follow(case: Case) -> None:
    """What comes after the plans, and what is told to people."""
    world, objects = case.world, case.objects
    with _sung_by(case.home, "public"):
        objects["published"] = matters.publish(world)
    objects["disclosure"] = disclosure.draft_disclosure(
        venue=world.venue, by=world["venue.staff"], at=moment("2026-11-19 09:00")
    )
    objects["exception"] = matters.make_exception(world, objects["submitted"])
    objects["clearance"] = matters.make_clearance(world, objects["submitted"])
    objects |= matters.make_contract(world)
    objects |= matters.make_supervision(world, objects["contract"])
    objects["evaluation"] = matters.make_evaluation(world, objects["contract"], objects["scheme"])
    objects["agenda_item"] = matters.make_agenda_item(
        world, objects["reviewed"], objects["open_meeting"]
    )
    with _sung_by(case.home, "notice"):
        objects |= matters.notify_in_person(world, "venue.manager")
        objects |= matters.make_token(world, "venue.manager")
    exploring = objects["exploring"] = plans.new_plan(world, "other")
    type(exploring).objects.filter(pk=exploring.pk).update(shared_at=moment("2026-10-02 09:00"))
    objects["user"] = world["venue.staff"]
    objects["post"] = Post.objects.get(user=world["venue.staff"])


def _readiness(case: Case) -> None:
    world, at = case.world, moment("2026-06-01 09:00")
    staff, reviewer = world["venue.staff"], world["asset.officer"]
    ready = Readiness.objects.create(
        venue=world.venue, state="ready", drafted_by=staff, started_at=at, submitted_by=staff,
        submitted_at=at, reviewed_by=reviewer, reviewed_at=at, valid_until=date(2027, 5, 31),
    )  # fmt: skip
    for code in ("9-1", "9-2", "9-3", "9-4"):
        ready.items.create(code=code, conclusion="met", written_by=staff, written_at=at)
    case.objects["readiness"] = ready


def _plans(case: Case) -> None:
    world, objects = case.world, case.objects
    objects["draft"] = plans.complete(world, plans.new_plan(world))
    objects["submitted"] = plans.submitted_plan(world)
    reviewed = plans.submitted_plan(world)
    _opine(world, _open_task(reviewed), Outcome.AGREE, "asset.officer")
    tasks = {one.department_kind: one for one in _open_tasks(reviewed)}
    conditional = _opine(
        world, tasks["fund_review"], Outcome.CONDITIONAL, "cosign.audit", conditions=("补依据。",)
    )
    objects["objection"] = _opine(world, tasks["finance"], Outcome.DISAGREE, "cosign.finance")
    objects["engagement"] = matters.engage(world, objects["submitted"], "expert")
    objects["thread"] = threads.open_thread(
        proposal=objects["submitted"], section="overview", text="请写明开放时间。", field="content",
        by=world["cosign.audit"], at=moment("2026-11-10 09:00"),
    )  # fmt: skip
    objects["proposal_file"] = matters.attach(world, objects["submitted"], "平面图.png")
    objects["draft_file"] = matters.attach(world, objects["draft"], "草图.png")
    objects["draft_engagement"] = objects["draft"].engagements.order_by("pk").first()
    objects["reviewed"] = plans.fresh(reviewed)
    objects["condition"] = conditional.conditions.get()
    objects["task"] = tasks["personnel"]
    objects["circulation"], objects["delegation"] = matters.make_errands(world, objects["task"])
    objects["phrase"] = phrases.add_phrase(
        text="岗位安排可行", desk="", by=world["cosign.personnel"], at=moment("2026-11-19 09:00")
    )
    opinions.save_opinion_draft(
        task=tasks["personnel"], outcome="agree", text="尚未提交", by=world["cosign.personnel"],
        at=moment("2026-11-19 09:00"),
    )  # fmt: skip


def _open_tasks(proposal: Proposal) -> list[Task]:
    rows = Task.objects.filter(proposal=proposal, status=TaskStatus.OPEN)
    return list(rows.select_related("plan_version", "proposal__supervising_union"))


def _open_task(proposal: Proposal) -> Task:
    return _open_tasks(proposal)[0]


def _opine(world: World, task: Task, outcome: Outcome, by: str, **more: Any) -> Any:
    return opinions.give_opinion(
        task=task, outcome=outcome, text="本部门意见写在这里，供会议研究时参考。",
        version=task.version, content_sha256=task.plan_version.sha256, by=world[by],
        at=moment("2026-11-10 09:00"), **more,
    )  # fmt: skip
