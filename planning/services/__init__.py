"""What changes the plan of a union."""

from planning.services.deciding import (
    conclude_plan,
    finish_step,
    issue_plan,
    recall_plan,
    submit_plan,
)
from planning.services.writing import draft_plan, revise_plan, save_plan, void_plan

__all__ = [
    "conclude_plan",
    "draft_plan",
    "finish_step",
    "issue_plan",
    "recall_plan",
    "revise_plan",
    "save_plan",
    "submit_plan",
    "void_plan",
]
