"""Bodies, their terms and their rosters."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from accounts.places import venue_place
from audit.services import record
from core.errors import ActionBlocked, Reason
from core.models import lock
from meetings import permissions, rules, selectors
from meetings.enums import DecisionBodyKind
from meetings.models import TERM_FIELDS, Body, Member, Policy
from meetings.rules import Terms
from organizations.models import TradeUnion
from organizations.rules import SYSTEM_DEFAULT
from organizations.selectors import parameter


@transaction.atomic
def form_body(
    *, kind: DecisionBodyKind, union: TradeUnion, name: str, by: User, at: datetime,
    venue_id: UUID | None = None, quorum: tuple[int, int] | None = None,
    substitute_for: str = "", command_id: UUID | None = None,
) -> Body:  # fmt: skip
    """Register a body that decides; its quorum is the union's parameter unless given.

    The secretary registers the bodies of the union, the head of a venue its board (第十七条).
    """
    terms = _first_terms(kind, union, localdate(at))
    if quorum is not None:
        terms = replace(terms, quorum_numerator=quorum[0], quorum_denominator=quorum[1])
    body = Body(
        kind=kind,
        union=union,
        venue_id=venue_id,
        name=name.strip(),
        substitute_for=substitute_for.strip(),
    )
    body.place_under(union)
    permissions.require_writer(by, body)
    if reasons := _body_reasons(body) + rules.terms_reasons(terms, basis=_basis_of(body)):
        raise ActionBlocked(reasons)
    body.save(force_insert=True)
    _keep_policy(body, terms, valid_from=localdate(at), by=by, at=at)
    record(
        case_id=body.pk,
        code="meetings.body.formed",
        title=f"登记决策机构：{body.name}，到会下限为{terms.quorum_text}",
        by=by,
        at=at,
        union_id=union.pk,
        command_id=command_id,
    )
    return body


def _basis_of(body: Body) -> str:
    return rules.VENUE_MEETING if body.venue_id else rules.UNION_MEETING


def _first_terms(kind: DecisionBodyKind, union: TradeUnion, on: date) -> Terms:
    """What a body decides by until it fixes its own: the union's parameters, or the defaults."""
    figures = {
        code: parameter(code, union=union, on=on)
        for code in ("quorum", "materials_days", "late_entry_days")
    }
    share, _, whole = str(figures["quorum"].value).partition("/")
    is_board = kind == DecisionBodyKind.VENUE_BOARD  # it sits in one house
    return Terms(
        quorum_numerator=int(share),
        quorum_denominator=int(whole),
        materials_days=0 if is_board else int(figures["materials_days"].value),
        late_entry_days=int(figures["late_entry_days"].value),
        source="；".join(dict.fromkeys(figure.source for figure in figures.values()))[:200],
    )


def _keep_policy(body: Body, terms: Terms, *, valid_from: date, by: User, at: datetime) -> Policy:
    return Policy.objects.create(
        body=body, valid_from=valid_from, set_by=by, set_at=at,
        **{name: getattr(terms, name) for name in TERM_FIELDS},
    )  # fmt: skip


@transaction.atomic
def set_policy(
    *, body: Body, terms: Terms, valid_from: date, by: User, at: datetime,
    version: int | None = None, command_id: UUID | None = None,
) -> Policy:  # fmt: skip
    """Fix how a body decides from a day on; meetings already called keep their terms."""
    body = lock(Body.objects.select_related("union"), pk=body.pk, version=version)
    permissions.require_writer(by, body)
    if reasons := _policy_reasons(body, terms, valid_from, localdate(at)):
        raise ActionBlocked(reasons)
    policy = _keep_policy(body, terms, valid_from=valid_from, by=by, at=at)
    body.save_new_version()
    record(
        case_id=body.pk,
        code="meetings.policy.set",
        title=f"{body.name}议事规则：到会不少于{terms.quorum_text}，{terms.recusal_text}，"
        f"材料{terms.materials_text}，自 {valid_from:%Y-%m-%d} 起（{terms.source}）",
        by=by,
        at=at,
        union_id=body.union_id,
        command_id=command_id,
    )
    return policy


def _policy_reasons(body: Body, terms: Terms, valid_from: date, today: date) -> list[Reason]:
    reasons = rules.terms_reasons(terms, basis=_basis_of(body))
    if not terms.source.strip() or terms.source == SYSTEM_DEFAULT:
        text = "请写明由哪次会议或哪份文件确定；没有依据的，沿用系统默认。"
        reasons.append(Reason(text, field="source"))
    if valid_from < today:
        text = "议事规则不能溯及已经开过的会议：施行日期不能早于今天。"
        reasons.append(Reason(text, field="valid_from"))
    if body.policies.filter(valid_from=valid_from).exists():
        text = f"{valid_from} 起施行的议事规则已经登记过，请另定施行日期。"
        reasons.append(Reason(text, field="valid_from"))
    return reasons


def _body_reasons(body: Body) -> list[Reason]:
    reasons = []
    if not body.name:
        reasons.append(Reason("请填写决策机构名称。", field="name"))
    if (body.kind == DecisionBodyKind.VENUE_BOARD) != (body.venue_id is not None):
        reasons.append(Reason("班子会议须指明阵地；党组会议、主席办公会议不属于阵地。"))
    if body.venue_id and not _stands_under(body.venue_id, body.union):
        reasons.append(Reason("班子会议须登记在阵地的主管工会名下，请核对阵地。"))
    without_group = body.kind == DecisionBodyKind.PARTY_GROUP and not body.union.has_party_group
    if without_group and not body.substitute_for:
        text = f"{body.union.name}未设党组，请写明由哪个机构代行党组会议职责及其依据。"
        reasons.append(Reason(text, code=rules.UNION_MEETING, field="substitute_for"))
    taken = (
        selectors.venue_body(body.venue_id)
        if body.venue_id
        else selectors.body_of(body.union, DecisionBodyKind(body.kind))
    )
    if taken:
        reasons.append(Reason(f"已登记过“{taken.name}”，不能重复登记。"))
    return reasons


def _stands_under(venue_id: UUID, union: TradeUnion) -> bool:
    """Whether the union supervises the venue: the board's rows are read by its whole line."""
    place = venue_place(venue_id)
    return place is not None and place.union.pk == union.pk


@transaction.atomic
def set_member(
    *, body: Body, name: str, title: str, order: int, valid_from: date, by: User, at: datetime,
    user: User | None = None, is_principal: bool = False, valid_to: date | None = None,
    member: Member | None = None, version: int | None = None, command_id: UUID | None = None,
) -> Member:  # fmt: skip
    """Add a person to the roster of a body, or correct the entry given as `member`.

    Meetings already planned keep the roster as it stood then.
    """
    body = lock(Body, pk=body.pk, version=version)
    permissions.require_writer(by, body)
    entry = member or Member(body=body)
    if entry.body_id != body.pk:
        raise ActionBlocked("这名成员不在该机构的名单中。")
    entry.name, entry.title, entry.order = name.strip(), title.strip(), order
    entry.user, entry.is_principal = user, is_principal
    entry.valid_from, entry.valid_to = valid_from, valid_to
    if reasons := _member_reasons(entry):
        raise ActionBlocked(reasons)
    entry.save()
    body.save_new_version()
    record(
        case_id=body.pk,
        code="meetings.member.set",
        title=f"{body.name}成员：{entry.name}（{entry.title}），自 {valid_from:%Y-%m-%d} 起",
        by=by,
        at=at,
        union_id=body.union_id,
        command_id=command_id,
    )
    return entry


def _member_reasons(entry: Member) -> list[Reason]:
    reasons = []
    if not entry.name or not entry.title:
        reasons.append(Reason("请填写成员的姓名和职务。", field="" if entry.name else "name"))
    if entry.valid_to and entry.valid_to < entry.valid_from:
        reasons.append(Reason("任职止日不能早于任职起日。", field="valid_to"))
        return reasons
    others = [
        other
        for other in entry.body.members.exclude(pk=entry.pk).order_by("order", "pk")
        if _overlap(other, entry)
    ]
    if entry.is_principal and (rivals := [other for other in others if other.is_principal]):
        text = f"同一时期已有主要负责人{rivals[0].name}，请先填写其任职止日。"
        reasons.append(Reason(text, field="is_principal"))
    if any(
        (entry.user_id and other.user_id == entry.user_id)
        or (other.name, other.title) == (entry.name, entry.title)
        for other in others
    ):
        reasons.append(Reason(f"{entry.name}同一时期已在名单中，不能重复登记。", field="name"))
    return reasons


def _overlap(one: Member, other: Member) -> bool:
    first_end, second_end = one.valid_to or date.max, other.valid_to or date.max
    return one.valid_from <= second_end and other.valid_from <= first_end


def end_member(
    *, member: Member, on: date, by: User, at: datetime, version: int | None = None,
    command_id: UUID | None = None,
) -> Member:  # fmt: skip
    """Write the last day of a person on the roster; the entry stays as the record of it."""
    return set_member(
        body=member.body,
        name=member.name,
        title=member.title,
        order=member.order,
        valid_from=member.valid_from,
        valid_to=on,
        user=member.user,
        is_principal=member.is_principal,
        member=member,
        by=by,
        at=at,
        version=version,
        command_id=command_id,
    )
