"""When a plan may be commented on. Pure.

A comment is no opinion: no stage asks for one, and no check of the procedure looks at any.
"""

from approvals.enums import Stage
from approvals.rules.fields import Field, fields_of, sections_of

NO_SECTION = "本方案没有这一节，请从方案的各节中选择。"


def silence_of(stage: Stage, version_no: int) -> str:
    """Why nothing may be said on a plan now; empty when people may speak."""
    if not version_no:
        return "方案尚未报送，报送后才能批注。"
    if stage in Stage.FINAL:
        return f"方案现处于“{stage.label}”，已经办结，批注只供查阅。"
    return ""


def questions_of(kind: str, mode: str, section: str) -> tuple[Field, ...] | None:
    """The questions of a section of this plan; None when the plan has no such section."""
    for spec in sections_of(kind, mode):
        if spec.code.value == section:
            return fields_of(spec, kind, mode)
    return None
