from django.apps import AppConfig

from accounts import leaving
from meetings import marks


class ApprovalsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "approvals"
    verbose_name = "方案审批"

    def ready(self) -> None:
        leaving.register("approvals.selectors.leaving.held_by")
        marks.register("approvals.selectors.agenda_marks.marks_of")
