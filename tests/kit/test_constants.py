"""What is held of a page is only what no request can change."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, engines
from django_cotton.compiler_regex import CottonCompiler

from core.templatetags.constants import OF_THEIR_INPUTS, Constant

KIT = Path(settings.BASE_DIR) / "templates" / "cotton"
NAME = re.compile(r"(?<![\w.'\"])[a-z_]\w*")
WORDS = {"if", "elif", "else", "endif", "and", "or", "not", "load", "static", "regulation"}


def nodes(source: str) -> list:
    template = engines["django"].from_string(CottonCompiler().process(source)).template
    return [
        node for node in template.nodelist if hasattr(node, "component") or hasattr(node, "attrs")
    ]


@pytest.mark.parametrize(
    "source",
    [
        '<c-icon name="star" />',
        '<c-icon name="star" label="收藏" />',
        '<c-button tone="primary" label="查询" />',
        '<c-button label="保存" disabled />',
        '<c-button tone="primary">保存</c-button>',
    ],
)
def test_a_component_of_literals_is_held(source):
    assert [type(node) for node in nodes(source)] == [Constant]


@pytest.mark.parametrize(
    "source",
    [
        '<c-icon name="{{ icon }}" />',
        '<c-icon :name="icon" />',
        "<c-icon name=icon />",
        '<c-button label="a{{ b }}" />',
        '<c-button label="{% if b %}甲{% endif %}" />',
        "<c-button>{{ word }}</c-button>",
        '<c-button><c-icon name="{{ icon }}" /></c-button>',
        '<c-alert tone="warn" title="甲" />',
    ],
)
def test_whatever_a_request_can_change_is_not(source):
    assert [type(node) is Constant for node in nodes(source)] == [False]


def test_what_is_held_is_what_the_component_says():
    said = '<c-icon name="star" label="甲" />'
    template = engines["django"].from_string(CottonCompiler().process(said * 2)).template

    first, second = (node.render(Context()) for node in template.nodelist)

    assert first == second
    assert 'aria-label="甲"' in first
    assert first.strip().endswith('#star"/></svg>')


@pytest.mark.parametrize("name", sorted(OF_THEIR_INPUTS))
def test_such_a_component_names_nothing_but_its_inputs(name):
    source = (KIT / f"{name}.html").read_text()
    declared = set(
        NAME.findall(re.sub(r'"[^"]*"', "", source.partition("<c-vars")[2].partition("/>")[0]))
    )
    asked = set()
    for tag in re.findall(r"\{\{(.*?)\}\}|\{%(.*?)%\}", source):
        asked |= set(NAME.findall(re.sub(r"'[^']*'|\"[^\"]*\"", "", tag[0] or tag[1])))

    assert asked - WORDS - declared - {"attrs", "slot", "basis"} == set()
