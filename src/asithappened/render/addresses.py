"""Addresses as links, in somebody's words and on words. Look next: core/urls.py for what is one."""

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


def linked(html: str, url: str, attributes: str = "", schemes: tuple[str, ...] = urls.LINKED) -> str:
    """Return words with a link on them, or the words alone where the address is none that a page may have."""
    if not url or not urls.is_url(url, schemes):
        return html
    return f'<a{attributes} href="{escape(url)}" rel="noopener">{html}</a>'
