"""Template tags that mark words as the interface's or the live blog's.

Owns `{% interface %}`, around words of the interface, which are marked with their language and isolated if it is not
the blog's; `{% dir TEXT %}`, the attribute of an element whose text is against the blog's direction; and
`{% digits %}`, around plain text with numbers. Each needs `edition` in the context, which `engine.fill` adds.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from asithappened.render.direction import other_direction
from asithappened.render.edition import Edition
from asithappened.render.numerals import in_digits

register = template.Library()


class _Marked(template.Node):
    def __init__(self, words: NodeList) -> None:
        self._words = words

    def render(self, context: template.Context) -> SafeString:
        return marked(self._words.render(context), context["edition"].interface_attrs)


def marked(words: SafeString, attrs: SafeString) -> SafeString:
    """Return finished HTML in a span with these attributes, or as it is if there are none."""
    return format_html("<span{}>{}</span>", attrs, words) if attrs else words


def ours(words: str, edition: Edition) -> SafeString:
    """Return words of the interface as HTML, marked with their language if the live blog has another."""
    return _ours(words, edition.interface_attrs)


@lru_cache(maxsize=2048)  # ten rows of the ledger contain the same few words in every place that shows them
def _ours(words: str, attrs: SafeString) -> SafeString:
    return marked(escape(words), attrs)


@register.tag("interface")
def _interface(parser: Parser, token: Token) -> template.Node:
    words = parser.parse(("endinterface",))
    parser.delete_first_token()
    return _Marked(words)


class _Digits(template.Node):
    def __init__(self, words: NodeList) -> None:
        self._words = words

    def render(self, context: template.Context) -> SafeString:
        words = self._words.render(context)
        edition = context["edition"]
        return words if edition.foreign else SafeString(in_digits(words, edition.locale))


@register.tag("digits")
def _digits(parser: Parser, token: Token) -> template.Node:
    words = parser.parse(("enddigits",))
    parser.delete_first_token()
    return _Digits(words)


@register.simple_tag(takes_context=True, name="dir")
def _dir(context: dict[str, Any], text: str) -> SafeString:
    way = other_direction(text, context["edition"].dir)
    return format_html(' dir="{}"', way) if way else SafeString()
