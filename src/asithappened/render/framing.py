"""The link that stands for a post, film or sound of a provider, until a reader has it framed in the page.

Owns that link: nothing of theirs is loaded before it is followed. With script it becomes a frame, directly from the
provider's own origin; without, it leads to what it names. Look next: core.providers, frontend/reader/reader.ts.
"""

from django.utils.html import escape
from django.utils.translation import gettext as _

from asithappened.core.providers import frame_of, provider_of
from asithappened.render.edition import Edition
from asithappened.render.furniture import ours


def frame(url: str, edition: Edition) -> str:
    """Return the link for what an address names; "" where nobody is known to frame it."""
    provider, address = provider_of(url), frame_of(url)
    if provider is None or not address:
        return ""
    says = _("Show it here, from %(provider)s") if provider.shows == "post" else _("Play it here, from %(provider)s")
    words = ours(says % {"provider": provider.name}, edition)
    attributes = f' href="{escape(url)}" data-frame="{escape(address)}" rel="noopener noreferrer"'
    return f'<p class="framed"><a class="load"{attributes}>{words}</a></p>'
