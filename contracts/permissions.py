"""Who may act on a contract, with the reason when they may not."""

from accounts.enums import Permission
from accounts.models import Post, User
from accounts.permissions import post_for, require
from contracts.models import Contract
from core.errors import Refused


def require_drafter(user: User, contract: Contract) -> Post:
    """The post by which this person writes for the venue of the contract."""
    return require(user, Permission.CONTRACT_WRITE, venue_id=contract.venue_id)


def may_write(user: User, contract: Contract) -> bool:
    """Whether this person writes for the venue of the contract."""
    return post_for(user, Permission.CONTRACT_WRITE, venue_id=contract.venue_id) is not None


def may_at_union(user: User, permission: Permission, contract: Contract) -> bool:
    """Whether this person holds the duty at the supervising union."""
    union = contract.cooperation.supervising_union
    return post_for(user, permission, union=union) is not None


def require_at_union(user: User, permission: Permission, contract: Contract) -> Post:
    """The post by which this person acts at the supervising union, never on an own contract.

    起草、核查、法律审核 are three different people.
    """
    post = require(user, permission, union=contract.cooperation.supervising_union)
    if reason := conflict_of(user, permission, contract):
        raise Refused(reason)
    return post


def conflict_of(user: User, permission: Permission, contract: Contract) -> str:
    """Why this person may not act though they hold the duty."""
    if user.pk in (contract.drafted_by_id, contract.submitted_by_id):
        return "您是本合同的起草人或提交人，不能核查、审核自己的合同，请转由他人办理。"
    if permission is Permission.LEGAL_REVIEW and user.pk == contract.checked_by_id:
        return "您已核查过本合同的条款，法律审核须由另一人办理。"
    if permission is Permission.CONTRACT_CHECK and user.pk == contract.legal_by_id:
        return "您已对本合同出具法律意见，条款核查须由另一人办理。"
    return ""
