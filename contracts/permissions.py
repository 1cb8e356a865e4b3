"""Who may act on a contract, with the reason when they may not."""

from datetime import date
from uuid import UUID

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import may_stand_in, post_for, refusal_of, require, require_free
from approvals.enums import Duty
from approvals.selectors.involved import barred_from
from contracts.models import Contract
from core.errors import Refused

CHECKING = (Permission.CONTRACT_CHECK, Permission.LEGAL_REVIEW)
OWN_CONTRACT = "您是本合同的起草人或提交人，不能核查、审核自己的合同。"


def require_drafter(user: User, contract: Contract) -> Post:
    """The post by which this person writes for the venue of the contract."""
    return require(user, Permission.CONTRACT_WRITE, venue_id=contract.venue_id)


def may_write(user: User, contract: Contract) -> bool:
    """Whether this person writes for the venue of the contract."""
    return post_for(user, Permission.CONTRACT_WRITE, venue_id=contract.venue_id) is not None


def may_at_union(user: User, permission: Permission, contract: Contract, *, on: date) -> bool:
    """Whether the duty is this person's: at the supervising union, or above when it came up."""
    union = contract.cooperation.supervising_union
    if post_for(user, permission, union=union) is not None:
        return True
    if permission not in CHECKING or not may_stand_in(user, permission, union):
        return False
    return not refusal_of(user, permission, union, barred_by(permission, contract), on=on)


def refusal_at_union(user: User, permission: Permission, contract: Contract, *, on: date) -> str:
    """Why somebody with the duty may not act on this contract, and who may; empty when they may."""
    union = contract.cooperation.supervising_union
    return refusal_of(user, permission, union, barred_by(permission, contract), on=on)


def require_at_union(user: User, permission: Permission, contract: Contract, *, on: date) -> Post:
    """The post by which this person acts for the unions, never on an own contract.

    起草、核查、法律审核 are three different people, and none of them signs or evaluates. Where
    nobody of the supervising union may check or review, the nearest union above does.
    """
    union = contract.cooperation.supervising_union
    barred = barred_by(permission, contract)
    if permission in CHECKING:
        return require_free(user, permission, union, barred, on=on)
    post = require(user, permission, union=union)
    if user.pk in barred:
        raise Refused(f"{barred[user.pk]}请转由他人办理。")
    return post


def barred_by(permission: Permission, contract: Contract) -> dict[UUID, str]:
    """Who may not do a duty on the contract though they hold it, each with why."""
    own: dict[UUID | None, str] = {}
    if permission not in CHECKING:
        own[contract.signed_by_id] = "您登记了本合同的签订，不能再办理备案和确认生效。"
    own[contract.drafted_by_id] = own[contract.submitted_by_id] = OWN_CONTRACT
    if permission is Permission.LEGAL_REVIEW:
        own[contract.checked_by_id] = "您已核查过本合同的条款，法律审核须由另一人办理。"
    found = {person: why for person, why in own.items() if person}
    if permission in CHECKING:
        return barred_from(contract.cooperation, Duty.APPROVER) | found
    return found


def require_signer(user: User, contract: Contract, *, on: date) -> Post:
    """The post by which this person signs for the venue: no drafter or approver of the matter.

    The venue is a party and answers for it (第四条), so its signing does not come up to a union:
    the supervising union has somebody else appointed at the venue.
    """
    post = require(user, Permission.CONTRACT_SIGN, venue_id=contract.venue_id)
    if reason := refusal_to_sign(user, contract, on=on):
        raise Refused(reason)
    return post


def refusal_to_sign(user: User, contract: Contract, *, on: date) -> str:
    """Why a head of the venue may not sign, and who may; empty when they may."""
    barred = barred_from(contract.cooperation, Duty.SIGNER)
    if user.pk not in barred:
        return ""
    posts = Post.objects.in_force(on).holding(Permission.CONTRACT_SIGN)
    posts = posts.filter(venue_id=contract.venue_id).exclude(user__in=barred)
    names = [post.user.name for post in posts.select_related("user").order_by("pk")]
    if names:
        return f"{barred[user.pk]}请由{'、'.join(names)}登记签订。"
    union = contract.cooperation.supervising_union
    return (
        f"{barred[user.pk]}本阵地没有其他可以签约的在岗人员，"
        f"请{union}在本阵地另行安排负责人岗位，由其按授权签订。"
    )
