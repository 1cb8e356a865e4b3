"""Components of the kit that say the same in every answer are rendered once."""

from django.template import Context, Library, Node
from django.template.base import Parser, TextNode, Token
from django_cotton.templatetags._component import (
    AttrKind,
    CottonComponentNode,
    PreparedAttr,
    cotton_component,
)

register = Library()

# They speak of their own inputs only, and of nothing that changes while a process lives.
OF_THEIR_INPUTS = frozenset({"badge", "basis", "button", "icon"})


class Constant(Node):
    """A component all of whose inputs are written in the template."""

    def __init__(self, component: CottonComponentNode) -> None:
        self.component = component
        self._said: str | None = None

    def render(self, context: Context) -> str:
        if self._said is None:
            self._said = self.component.render(context)
        return self._said


@register.tag("cotton")
def component(parser: Parser, token: Token) -> Node:
    """cotton's own tag; what is constant is held."""
    node = cotton_component(parser, token)
    return Constant(node) if is_constant(node) else node


def is_constant(node: CottonComponentNode) -> bool:
    """Whether nothing that a request knows can change what the component says."""
    return (
        node.component_name in OF_THEIR_INPUTS
        and all(isinstance(inner, TextNode) for inner in node.nodelist)
        and all(_is_literal(attr) for attr in node._prepared_attrs)
    )


def _is_literal(attr: PreparedAttr) -> bool:
    return attr.kind in (AttrKind.BOOLEAN, AttrKind.STATIC)
