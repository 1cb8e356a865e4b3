"""What the page of one list shows; every list is shown alike."""

from functools import cache, cached_property
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from accounts import selectors
from accounts.enums import Permission
from core.filters import ListFilter, said
from core.forms import ActForm
from core.paging import Page, page_number, page_of
from core.tables import Table

ALL = "全部"


class ViewForm(ActForm):
    """The name of a view to be kept."""

    name = forms.CharField(
        label="视图名称",
        max_length=12,
        error_messages={"max_length": "名称最多 12 个字，请改短。"},
    )


def new_view_form() -> ViewForm:
    """The form before anything was typed into it."""
    return ViewForm(auto_id="view_%s")


@cache
def _blank_name() -> SafeString:
    return render_to_string("lists/_view_name.html", {"form": new_view_form()})


class Listing:
    """What the page of one list shows; queries run when the template asks."""

    def __init__(self, request: HttpRequest, table: Table, found: ListFilter) -> None:
        self.request, self.table, self.found = request, table, found
        self.path, self.title, self.name = request.path, table.title, table.name
        self.problems = list(found.problems)
        asked = request.GET
        if asked.get("sort") and not table.sort_by(asked["sort"]):
            self.problems.append(_left_out("sort", asked["sort"]))
        number = page_number(asked.get("page", ""))
        if number is None:
            self.problems.append(_left_out("page", asked["page"]))
        self.number = number or 1
        self.form = new_view_form()
        self.is_sorted = table.sort != table.default_sort

    @cached_property
    def conditions(self) -> dict[str, str]:
        """Everything the address says that was understood, but the page."""
        sort = {"sort": self.table.sort} if self.is_sorted else {}
        return self.found.kept | sort

    @property
    def query(self) -> str:
        return urlencode(self.conditions)

    def address(self, **changed: Any) -> str:
        """This list with some of its conditions changed; None takes one away."""
        wanted = {**self.conditions, **self._size, **changed}
        query = urlencode({name: value for name, value in wanted.items() if value is not None})
        return f"{self.path}?{query}" if query else self.path

    @cached_property
    def _size(self) -> dict[str, str]:
        """大字 by address stays with whoever reads so."""
        return {"size": "lg"} if self.request.GET.get("size") == "lg" else {}

    @property
    def here(self) -> str:
        return self.address(page=self.number if self.number > 1 else None)

    @cached_property
    def rows(self) -> QuerySet:
        return self.table.ordered(self.found.qs)

    @cached_property
    def page(self) -> Page:
        return page_of(self.rows, self.number, lean=self.table.lean)

    @property
    def body(self) -> SafeString:
        return self.table.html(self.page.rows)

    @property
    def headings(self) -> list[dict]:
        return [
            {
                "label": one.label,
                "css": one.css,
                "url": self.address(sort=one.sort) if one.sort else "",
                "direction": one.direction,
            }
            for one in self.table.headings
        ]

    @property
    def pages(self) -> list[dict]:
        """The numbers under the table; a gap has no address."""
        return [
            {
                "number": number,
                "url": self.page_url(number) if number else "",
                "current": number == self.page.number,
            }
            for number in self.page.numbers
        ]

    def page_url(self, number: int) -> str:
        return self.address(page=number if number > 1 else None)

    @property
    def previous_url(self) -> str:
        return self.page_url(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self.page_url(self.number + 1) if self.number < self.page.last else ""

    @property
    def last_url(self) -> str:
        return self.page_url(self.page.last)

    @property
    def chips(self) -> list[dict]:
        return [
            {"label": one.label, "shown": one.shown, "url": self.address(**{one.name: None})}
            for one in self.found.chips
        ]

    @property
    def blank_name(self) -> SafeString:
        """The field of a view's name while it is empty, as in nearly every answer."""
        return _blank_name()

    @cached_property
    def controls(self) -> list:
        return self.found.controls

    @cached_property
    def has_extra(self) -> bool:
        return any(one.is_extra for one in self.controls)

    @cached_property
    def opens_extra(self) -> bool:
        return any(one.is_extra and one.value for one in self.controls)

    @property
    def carried(self) -> dict[str, str]:
        """What the bar's form must not lose: the tab, the order, hidden conditions."""
        shown = {one.name for one in self.controls}
        return {n: v for n, v in (self.conditions | self._size).items() if n not in shown}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.found.kept)

    @property
    def reset_url(self) -> str:
        tab = {"tab": self.found.tab} if self.found.tab else {}
        query = urlencode({**tab, **self._size})
        return f"{self.path}?{query}" if query else self.path

    @cached_property
    def views(self) -> list[dict]:
        """The views everybody has, then the person's own."""
        own = list(selectors.views_of(self.request.user, self.name))
        is_own = any(one.query == self.query for one in own)
        built_in = [
            {
                "label": label,
                "url": f"{self.path}?{urlencode({'tab': tab})}" if tab else self.path,
                "current": tab == self.found.tab and not is_own,
                "own": "",
            }
            for tab, label in {"": ALL, **self.found.tabs}.items()
        ]
        return built_in + [
            {
                "label": one.name,
                "url": f"{self.path}?{one.query}",
                "current": one.query == self.query,
                "own": str(one.pk),
            }
            for one in own
        ]

    @property
    def own_view(self) -> str:
        """The saved view that is open now."""
        return next((one["own"] for one in self.views if one["own"] and one["current"]), "")

    @property
    def may_export(self) -> bool:
        return self.request.user.can(Permission.LIST_EXPORT)

    @property
    def command_id(self) -> UUID:
        """A new number for each form of the page."""
        return uuid4()


def _left_out(name: str, value: str) -> str:
    return f"地址里的条件“{said(name, value)}”无效，已忽略。"
