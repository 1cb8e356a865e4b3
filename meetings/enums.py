"""Words of collective decisions: bodies, states, attendance, votes, conclusions."""

from django.db.models import TextChoices


class DecisionBodyKind(TextChoices):
    """第十三条（三）「经党组会议、主席办公会议集体研究决定」；第十七条 the venue's own."""

    PARTY_GROUP = "party_group", "党组会议"
    CHAIRS_OFFICE = "chairs_office", "主席办公会议"
    VENUE_BOARD = "venue_board", "阵地班子会议"


class MeetingState(TextChoices):
    """How far a meeting has come."""

    PLANNED = "planned", "待召开"
    HELD = "held", "已到会登记"
    CLOSED = "closed", "已结束"
    NO_CONCLUSION = "no_conclusion", "未形成结论"

    @property
    def tone(self) -> str:
        return {"planned": "info", "held": "warn", "closed": "ok", "no_conclusion": "bad"}[self]


class AttendanceStatus(TextChoices):
    """实到、请假、缺席: together they are 应到."""

    PRESENT = "present", "实到"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "缺席"

    @property
    def tone(self) -> str:
        return {"present": "ok", "leave": "warn", "absent": "bad"}[self]


class NoticeAnswer(TextChoices):
    """What a member answers to the notice; whether they came is registered at the meeting."""

    COMING = "coming", "参加"
    LEAVE = "leave", "请假"

    @property
    def tone(self) -> str:
        return {"coming": "ok", "leave": "warn"}[self]


class Choice(TextChoices):
    """表态: what one member said on one item."""

    AGREE = "agree", "同意"
    DISAGREE = "disagree", "不同意"
    ABSTAIN = "abstain", "弃权"
    DEFER = "defer", "缓议"

    @property
    def tone(self) -> str:
        return {"agree": "ok", "disagree": "bad", "abstain": "idle", "defer": "warn"}[self]


class Conclusion(TextChoices):
    """结论: what the meeting decided on one item. 缓议 is not 不通过."""

    PASSED = "passed", "通过"
    PASSED_WITH_CHANGES = "passed_with_changes", "修改后通过"
    DEFERRED = "deferred", "缓议"
    REJECTED = "rejected", "不通过"
    NO_CONCLUSION = "no_conclusion", "未形成结论"

    @property
    def tone(self) -> str:
        return {
            "passed": "ok",
            "passed_with_changes": "warn",
            "deferred": "warn",
            "rejected": "bad",
            "no_conclusion": "idle",
        }[self]


class VoteMethod(TextChoices):
    """表决方式."""

    ORAL = "oral", "口头表决"
    SHOW_OF_HANDS = "show_of_hands", "举手表决"
    SECRET_BALLOT = "secret_ballot", "无记名投票"


class ResolutionState(TextChoices):
    """How far a 议定事项 has come."""

    OPEN = "open", "办理中"
    REPORTED = "reported", "已报告，待销号"
    CLOSED = "closed", "已销号"

    @property
    def tone(self) -> str:
        return {"open": "info", "reported": "warn", "closed": "ok"}[self]
