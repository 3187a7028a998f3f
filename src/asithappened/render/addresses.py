"""Addresses that stand in somebody's words, as links. Look next: core/urls.py for what is one."""

from django.utils.html import escape

from asithappened.core import urls


def with_links(text: str) -> str:
    """Return a text as HTML, its addresses as links; names, hashtags and what was cut short stay text."""
    pieces, at = [], 0
    for start, end in urls.found_in(text):
        link = escape(text[start:end])
        pieces += [str(escape(text[at:start])), f'<a href="{link}" rel="noopener">{link}</a>']
        at = end
    return "".join([*pieces, str(escape(text[at:]))])
