"""How far a person has come with the tour."""

from accounts.models import User
from handbook.tour import OVER, steps_of


def note_step(*, user: User, step: int) -> User:
    """Remember that steps up to this one were seen; going back forgets nothing."""
    seen = min(max(step, 0), len(steps_of(user)))
    if seen > user.tour_step:
        _keep(user, seen)
    return user


def put_tour_away(*, user: User) -> User:
    """Show the tour no more on the workbench; the help still has it."""
    return _keep(user, OVER)


def _keep(user: User, step: int) -> User:
    user.tour_step = step
    user.save(update_fields=["tour_step"])
    return user
