"""Who scores and confirms an evaluation: nobody who made, approved or signed what is evaluated."""

from datetime import date
from uuid import UUID

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import free_at, may_stand_in, refusal_of, require_free
from approvals.enums import Duty
from approvals.selectors.involved import barred_from
from evaluations.models import Evaluation

OWN_SCORE = "您是打分人，打分人不能确认自己的评价。"


def barred_by(permission: Permission, evaluation: Evaluation) -> dict[UUID, str]:
    """Who may not score or confirm though they hold the duty, each with why."""
    found = barred_from(evaluation.cooperation, Duty.EVALUATOR)
    if permission is Permission.EVALUATION_CONFIRM and evaluation.scored_by_id:
        found[evaluation.scored_by_id] = OWN_SCORE
    return found


def refusal(user: User, permission: Permission, evaluation: Evaluation, *, on: date) -> str:
    """Why somebody with the duty may not do it here, and who may; empty when they may."""
    barred = barred_by(permission, evaluation)
    return refusal_of(user, permission, evaluation.union, barred, on=on)


def may(user: User, permission: Permission, evaluation: Evaluation, *, on: date) -> bool:
    """Whether this person scores or confirms here: for their own union, or above when it came up."""
    if not may_stand_in(user, permission, evaluation.union):
        return False
    return not refusal(user, permission, evaluation, on=on)


def require_evaluator(
    user: User, permission: Permission, evaluation: Evaluation, *, on: date
) -> None:
    """Raise Refused unless this person scores or confirms here."""
    barred = barred_by(permission, evaluation)
    require_free(user, permission, evaluation.union, barred, on=on)


def people_for(permission: Permission, evaluation: Evaluation, *, on: date) -> list[User]:
    """Who may score or confirm: of the supervising union, or above where nobody there may."""
    barred = barred_by(permission, evaluation)
    posts = free_at(permission, evaluation.union, barred, on=on)
    return list(dict.fromkeys(post.user for post in posts))
