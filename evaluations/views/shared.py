"""What the pages of evaluations share."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock
from core.forms import ActForm

REGISTER = {"label": "考核评价", "url": "/evaluations/"}
SCHEMES = {"label": "考核方案", "url": "/evaluations/schemes/"}


def deed(request: HttpRequest, form: ActForm) -> dict:
    """What every service is told besides the facts."""
    return {
        "by": request.user,
        "at": clock.now(),
        "command_id": form.cleaned_data["command_id"],
    }


def tabs(current: str) -> list[dict]:
    """The two registers of evaluations."""
    names = (("评价", REGISTER["url"]), ("考核方案", SCHEMES["url"]))
    return [
        {"label": label, "url": url, "current": url == current, "count": None}
        for label, url in names
    ]


def refused(request: HttpRequest) -> HttpResponse:
    """Whoever may read the matter but not act on it is not shown the form either."""
    return render(request, "errors/403.html", status=403)
