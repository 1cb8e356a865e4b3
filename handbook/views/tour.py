"""The tour: one step at a time, without scripts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import AUTHENTICATED, writes
from handbook import services
from handbook.tour import steps_of


@writes(AUTHENTICATED)
def tour(request: HttpRequest) -> HttpResponse:
    steps = steps_of(request.user)
    if request.method == "POST":
        return _act(request, len(steps))
    at = _number(request.GET.get("step", ""), default=request.user.tour_step + 1, count=len(steps))
    context = {
        "step": steps[at - 1],
        "number": at,
        "count": len(steps),
        "is_last": at == len(steps),
        "steps": [
            {
                "label": one.title,
                "state": "now" if n == at else "done" if n < at else "todo",
                "url": f"?step={n}",
            }
            for n, one in enumerate(steps, start=1)
        ],
    }
    return render(request, "handbook/tour.html", context)


def _act(request: HttpRequest, count: int) -> HttpResponse:
    if request.POST.get("act") == "away":
        services.put_tour_away(user=request.user)
        return redirect("/")
    at = _number(request.POST.get("step", ""), default=1, count=count)
    services.note_step(user=request.user, step=at)
    if at == count:
        return redirect("/")
    return redirect(f"{reverse('handbook:tour')}?step={at + 1}")


def _number(text: str, *, default: int, count: int) -> int:
    """A step that exists, whatever the address says."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else default
    return min(max(number, 1), count)
