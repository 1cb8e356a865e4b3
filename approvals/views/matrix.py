"""决策权限清单: which departments and meetings a plan goes through, and who fixed that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import writes
from accounts.enums import Permission
from accounts.lists import show_list
from approvals.filters import MatrixFilter
from approvals.forms.matrix import MatrixRowForm
from approvals.selectors import matters
from approvals.services import matrix as services
from approvals.tables import MatrixTable
from approvals.views.shared import deed
from core import clock
from core.acting import attempt

LIST = {"label": "决策权限清单", "url": "/matrix/"}


@writes(Permission.MATRIX_READ)  # the posts of a list: its export, and keeping a view of it
def matrix(request: HttpRequest) -> HttpResponse:
    rows = matters.matrix_for(request.user)
    context = {"may_write": request.user.can(Permission.MATRIX_WRITE)}
    return show_list(request, MatrixTable, MatrixFilter, rows, "approvals/matrix.html", context)


@writes(Permission.MATRIX_WRITE)
def matrix_new(request: HttpRequest) -> HttpResponse:
    posts = [
        post for post in request.user.posts() if Permission.MATRIX_WRITE in post.card.permissions
    ]
    union = posts[0].union  # who fixes a matrix fixes the one of their own union
    form = MatrixRowForm(request.POST or None, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        facts = {"union": union, **form.row(), **deed(request, form)}
        if attempt(form, services.add_row, **facts):
            messages.success(request, "条目已增加；已报送的方案仍按原路由办理。")
            return redirect("approvals:matrix")
    context = {"form": form, "union": union, "crumbs": [LIST]}
    return render(request, "approvals/matrix_new.html", context, status=form.http_status)
