"""Posts: the security administrator appoints and recalls, lifts locks, and makes no account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts import selectors, services
from accounts.access import writes
from accounts.enums import Permission
from accounts.filters import PostFilter
from accounts.forms import EndPostForm, PostForm
from accounts.lists import show_list
from accounts.models import Post, User
from accounts.roles import Role
from accounts.tables import PostTable
from core import clock
from core.acting import attempt
from core.forms import ActForm


@writes(Permission.POST_WRITE)
def post_list(request: HttpRequest) -> HttpResponse:
    # The lock runs by the machine's clock, also where the database lives on a fixed day.
    found = selectors.accounts_to_see_to(now=timezone.now())
    context = {
        "unassigned": [account for account in found if not account.is_locked],
        "locked": [
            {"account": account, "form": ActForm(auto_id=False)}
            for account in found
            if account.is_locked
        ],
    }
    rows = selectors.posts()
    return show_list(request, PostTable, PostFilter, rows, "accounts/post_list.html", context)


@writes(Permission.POST_WRITE)
def post_new(request: HttpRequest) -> HttpResponse:
    initial = {"valid_from": clock.today(), "user": request.GET.get("user")}
    form = PostForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        post = attempt(
            form,
            services.assign_post,
            user=fields["user"],
            role=Role(fields["role"]),
            title=fields["title"],
            union=fields["union"],
            department_kind=fields["department_kind"],
            venue_id=fields["venue"] or None,
            valid_from=fields["valid_from"],
            valid_to=fields["valid_to"],
            by=request.user,
            at=clock.now(),
            command_id=fields["command_id"],
        )
        if post:
            return redirect("accounts:post_list")
    return render(request, "accounts/post_new.html", {"form": form}, status=form.http_status)


@writes(Permission.POST_WRITE)
def post_end(request: HttpRequest, pk) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("user", "union"), pk=pk)
    form = EndPostForm(request.POST or None, initial={"on": clock.today()})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            services.end_post,
            post=post,
            on=form.cleaned_data["on"],
            by=request.user,
            at=clock.now(),
            command_id=form.cleaned_data["command_id"],
        )
    ):
        return redirect("accounts:post_list")
    context = {"form": form, "post": post, "role": Role(post.role).label}
    return render(request, "accounts/post_end.html", context, status=form.http_status)


@writes(Permission.POST_WRITE)
def account_unlock(request: HttpRequest, pk) -> HttpResponse:
    account = get_object_or_404(User, pk=pk)
    form = ActForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            services.unlock,
            user=account,
            by=request.user,
            at=clock.now(),
            command_id=form.cleaned_data["command_id"],
        )
    ):
        return redirect("accounts:post_list")
    context = {"form": form, "account": account, "verb": "解除锁定"}
    return render(request, "accounts/account_active.html", context, status=form.http_status)
