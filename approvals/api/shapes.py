"""How plans, versions and opinions look over HTTP."""

from typing import Any

from rest_framework import serializers

from accounts.api.refs import UnionRef
from approvals.api.verbs import VerbShown
from approvals.enums import (
    CooperationMode,
    Desk,
    Node,
    Outcome,
    PlanKind,
    SectionCode,
    Stage,
    TaskStatus,
)
from approvals.models import (
    Condition,
    Cooperation,
    ObjectionResolution,
    Opinion,
    Proposal,
    ProposalVersion,
    ReturnPoint,
    Task,
)
from core.api.fields import ReasonSerializer, WordField
from core.api.shapes import Plain, Shown, name_of, text
from organizations.enums import DepartmentKind
from partners.api import PartnerRef
from partners.enums import ConditionCode, Finding
from venues.api import VenueRef


class CooperationRef(Shown):
    """Without its title: an expert from outside reads one plan, not the matter around it."""

    class Meta:
        model = Cooperation
        fields = ("id", "code")


class ProposalRow(Shown):
    kind = WordField(PlanKind, label="类别")
    mode = WordField(CooperationMode, label="合作方式")
    stage = WordField(Stage, label="阶段")
    holder = WordField(Desk, label="现由谁办理")
    venue = VenueRef(read_only=True, label="阵地")
    supervising_union = UnionRef(read_only=True, label="主管工会")
    cooperation = CooperationRef(read_only=True, allow_null=True, label="合作项目")
    partner = PartnerRef(read_only=True, allow_null=True, label="合作方")
    next_due = serializers.DateField(read_only=True, allow_null=True, label="最近的办理期限")

    class Meta:
        model = Proposal
        fields = (
            "id", "number", "title", "kind", "mode", "stage", "holder", "venue",
            "supervising_union", "cooperation", "partner", "starts_on", "ends_on", "next_due",
            "created_at", "updated_at", "submitted_at", "version_no", "version",
        )  # fmt: skip


class AnswerShown(Plain):
    name = text("字段")
    label = text("问题")
    code = text("条款规则", allow_null=True)
    article = text("依据", allow_null=True)
    value = serializers.JSONField(
        read_only=True, allow_null=True, label="原值：金额为以元计的文字，日期为 ISO 文字"
    )
    text = text("读法")


class SectionShown(Plain):
    section = WordField(SectionCode, label="节")
    answers = AnswerShown(many=True, label="填写内容")
    findings = ReasonSerializer(many=True, label="须核对之处")


class ConditionFound(Plain):
    condition = WordField(ConditionCode, source="code", label="条件")
    finding = WordField(Finding, label="结论")
    source = text("信息来源")
    note = text("说明")
    checked_on = text("核查日期")
    expires_on = text("有效期至")


class ExpertShown(Plain):
    kind = text("类别")
    name = text("姓名")
    firm = text("单位")
    activity = text("方式")
    conflict = text("利害关系")
    opinion = text("意见")
    opined_on = text("意见日期")
    conclusion = text("结论")
    adopted = text("采纳情况")
    answer = text("采纳情况说明")


class FrozenFile(Plain):
    name = text("名称")
    purpose = text("用途")
    sha256 = text("校验值")


class VersionRow(Shown):
    submitted_by = name_of("submitted_by", "报送人")

    class Meta:
        model = ProposalVersion
        fields = ("no", "sha256", "submitted_by", "submitted_at")


class ConditionShown(Shown):
    met_by = name_of("met_by", "确认人")

    class Meta:
        model = Condition
        fields = ("id", "text", "met_note", "met_by", "met_at", "version")


class ResolutionShown(Shown):
    by = name_of("by", "处理人")

    class Meta:
        model = ObjectionResolution
        fields = ("text", "by", "position", "at")


class OpinionShown(Shown):
    node = WordField(Node, source="task.node", label="环节")
    department = WordField(DepartmentKind, source="task.department_kind", label="部门")
    outcome = WordField(Outcome, label="结论")
    by = name_of("by", "签署人")
    on_behalf_of = name_of("on_behalf_of", "代为签署时的委托人")
    version_no = serializers.IntegerField(
        source="plan_version.no", read_only=True, label="所见版本"
    )
    conditions = ConditionShown(many=True, source="listed_conditions", label="条件")
    resolution = ResolutionShown(allow_null=True, required=False, label="对不同意意见的处理")

    class Meta:
        model = Opinion
        fields = (
            "node", "department", "outcome", "text", "by", "on_behalf_of", "position", "at",
            "version_no",
            "content_sha256", "is_valid", "taken_back_at", "conditions", "resolution",
        )  # fmt: skip

    def to_representation(self, instance: Opinion) -> dict[str, Any]:
        return {"resolution": None} | super().to_representation(instance)


class TaskShown(Shown):
    node = WordField(Node, label="环节")
    department = WordField(DepartmentKind, source="department_kind", label="部门")
    status = WordField(TaskStatus, label="状态")
    content_sha256 = serializers.CharField(
        source="plan_version.sha256", read_only=True, label="须看过的内容的校验值"
    )
    version_no = serializers.IntegerField(
        source="plan_version.no", read_only=True, label="对应版本"
    )
    assignee = name_of("assignee", "指定办理人；不指定为 null")
    is_desk = serializers.BooleanField(
        read_only=True, label="审批环节；为 false 的是征求意见或委派"
    )
    is_mine = serializers.BooleanField(read_only=True, label="由令牌所属的人办理")

    class Meta:
        model = Task
        fields = (
            "id", "node", "department", "is_desk", "assignee", "question", "status", "opened_at", "due_on", "done_at",
            "version_no", "content_sha256", "is_mine", "version",
        )  # fmt: skip


class ReturnPointShown(Shown):
    version_no = serializers.IntegerField(
        source="plan_version.no", read_only=True, label="对应版本"
    )
    raised_by = name_of("raised_by", "提出人")

    class Meta:
        model = ReturnPoint
        fields = (
            "version_no", "no", "text", "raised_by", "raised_at", "answer", "answered_at",
        )  # fmt: skip


class Content(Plain):
    """What a version froze, or what the draft would freeze now."""

    sections = SectionShown(many=True, label="各节")
    due_diligence = ConditionFound(many=True, label="尽职调查六项条件")
    experts = ExpertShown(many=True, label="律师和专家")
    attachments = FrozenFile(many=True, label="附件")


class MatterFile(Plain):
    """What those read who work on the matter."""

    tasks = TaskShown(many=True, label="本版本的办理环节")
    opinions = OpinionShown(many=True, label="各部门意见")
    return_points = ReturnPointShown(many=True, label="退回意见及答复")
    verbs = VerbShown(many=True, label="令牌所属的人现在能办什么，不能办的写明原因")


class ProposalDetail(ProposalRow):
    supervisor = name_of("supervisor", "监管责任人")
    drafted_by = name_of("drafted_by", "起草人")
    submitted_by = name_of("submitted_by", "报送人")
    content_sha256 = serializers.CharField(
        read_only=True, allow_null=True, label="最近报送版本的校验值"
    )
    content = Content(read_only=True, label="方案内容")
    versions = VersionRow(many=True, source="all_versions", label="历次报送")
    file = MatterFile(read_only=True, allow_null=True, label="办理情况；外聘专家为 null")

    class Meta(ProposalRow.Meta):
        fields = (
            *ProposalRow.Meta.fields, "is_major", "partner_investment", "expected_income",
            "supervisor", "drafted_by", "submitted_by", "content_sha256", "content", "versions",
            "file",
        )  # fmt: skip


class VersionDetail(VersionRow):
    content = Content(read_only=True, label="固定的内容")

    class Meta(VersionRow.Meta):
        fields = (*VersionRow.Meta.fields, "content")
