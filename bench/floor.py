"""The floor under every page: one indexed query, fifty rows, a plain Django template.

No login, no scope, no count, no navigation, no middleware but the one that leads here.
"""

from collections.abc import Callable

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path

from approvals.models import Proposal

ROWS = 50
PAGE = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>方案</title></head><body>
<h1>方案</h1>
<table>
<thead><tr><th>方案</th><th>编号</th><th>类别</th><th>阵地</th><th>阶段</th><th>版本</th>
<th>报送</th><th>更新</th></tr></thead>
<tbody>
{% for row in rows %}<tr>
<th><a href="/proposals/{{ row.pk }}/review/">{{ row.title }}</a></th>
<td>{{ row.number|default:"—" }}</td><td>{{ row.get_kind_display }}</td>
<td>{{ row.venue.name }}</td><td>{{ row.get_stage_display }}</td><td>{{ row.version_no }}</td>
<td>{{ row.submitted_at|date:"Y-m-d" }}</td><td>{{ row.updated_at|date:"Y-m-d" }}</td>
</tr>{% endfor %}
</tbody></table></body></html>
"""
TEMPLATE = engines["django"].from_string(PAGE)


def plain_list(_request: HttpRequest) -> HttpResponse:
    rows = Proposal.objects.select_related("venue").order_by("-updated_at", "-pk")[:ROWS]
    return HttpResponse(TEMPLATE.render({"rows": rows}))


urlpatterns = [path("", plain_list)]


def lead_here(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """The only middleware: this module's addresses instead of the portal's."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return answer


def handler() -> WSGIHandler:
    """The floor as a web server sees it."""
    with override_settings(MIDDLEWARE=[f"{__name__}.lead_here"]):
        return WSGIHandler()
