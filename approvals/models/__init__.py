"""Tables of the approval, one file per noun."""

from approvals.models.appraisal import (
    ExpertEngagement,
    GuidanceRecord,
    UnionInitiative,
)
from approvals.models.clearance import Concurrence, LeaseClearance
from approvals.models.cooperation import Cooperation, Involvement
from approvals.models.decision import (
    Decision,
    Reply,
    RuleException,
    UpwardReply,
    VenueDecision,
)
from approvals.models.handling import (
    Circulation,
    Delegation,
    StageUrge,
    Suspension,
    TaskTransfer,
    Urge,
    WithdrawalRequest,
)
from approvals.models.major import MajorDetermination, MajorMatterEntry
from approvals.models.matrix import AuthorityMatrixRow, MatrixAmendment, MatrixEnding
from approvals.models.opinion import (
    Condition,
    ObjectionResolution,
    Opinion,
    OpinionDraft,
    ReturnPoint,
    Task,
)
from approvals.models.phrase import Phrase
from approvals.models.proposal import (
    Proposal,
    ProposalUserObjectPermission,
    ProposalVersion,
    Section,
)
from approvals.models.standing import StandingChange
from approvals.models.thread import Comment, Thread

__all__ = [
    "AuthorityMatrixRow",
    "Circulation",
    "Comment",
    "Concurrence",
    "Condition",
    "Cooperation",
    "Decision",
    "Delegation",
    "ExpertEngagement",
    "GuidanceRecord",
    "Involvement",
    "LeaseClearance",
    "MajorDetermination",
    "MajorMatterEntry",
    "MatrixAmendment",
    "MatrixEnding",
    "ObjectionResolution",
    "Opinion",
    "OpinionDraft",
    "Phrase",
    "Proposal",
    "ProposalUserObjectPermission",
    "ProposalVersion",
    "Reply",
    "ReturnPoint",
    "RuleException",
    "Section",
    "StageUrge",
    "StandingChange",
    "Suspension",
    "Task",
    "TaskTransfer",
    "Thread",
    "UnionInitiative",
    "UpwardReply",
    "Urge",
    "VenueDecision",
    "WithdrawalRequest",
]
