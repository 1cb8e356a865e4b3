"""What the pages of supervision share."""

from django.http import HttpRequest

from accounts.enums import Permission
from core import clock
from core.forms import ActForm


def deed(request: HttpRequest, form: ActForm) -> dict:
    """What every service is told besides the facts."""
    return {
        "by": request.user,
        "at": clock.now(),
        "command_id": form.cleaned_data["command_id"],
    }


def tabs(request: HttpRequest, current: str) -> list[dict]:
    """The two registers of supervision."""
    found = [{"label": "定期报告", "url": "/reports/"}]
    if request.user.can(Permission.RECTIFICATION_READ):
        found.append({"label": "整改", "url": "/rectifications/"})
    return [tab | {"current": tab["url"] == current, "count": None} for tab in found]
