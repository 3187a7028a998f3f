"""The code that puts a live blog, or one post of it, into a page of another site.

Owns its forms: the tag that grows with its content, the plain frame, the address to include on a server. Every word in
it is escaped, because it is pasted into pages whose owners trust it.
"""

from typing import Final

from django.utils.html import escape

from asithappened.published.assets import PREFIX

SCRIPT: Final = f"{PREFIX}embed.js"
WIDTH: Final = 640
HEIGHT: Final = 720
_SANDBOX: Final = "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox"


def tag(address: str, slug: str, title: str) -> str:
    """Return the tag, with a link for browsers in which it does nothing. `address`: the installation's."""
    link = f'<a href="{escape(address)}/live/{escape(slug)}/">{escape(title)}</a>'
    given = f'data-live="{escape(slug)}" data-title="{escape(title)}"'
    return f'<script src="{escape(address)}{SCRIPT}" {given} async></script><noscript>{link}</noscript>'


def frame(address: str, slug: str, title: str, *, post: str = "", width: str = "100%", height: int = HEIGHT) -> str:
    """Return a frame, with a link in it for clients that show no frames."""
    page = f"{escape(address)}/live/{escape(slug)}/{f'p/{escape(post)}/' if post else ''}"
    return (
        f'<iframe src="{page}embed/" title="{escape(title)}" width="{width}" height="{height}" loading="lazy"'
        f' sandbox="{_SANDBOX}" style="border:0"><a href="{page}">{escape(title)}</a></iframe>'
    )
