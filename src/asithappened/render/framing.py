"""The link that a provider's post, film or sound, or a live video, is until a reader clicks it.

Nothing of a third party is loaded before. With script the link becomes a frame, directly from the provider's origin, or
a player of a file; without, it leads to its address. Look next: core.providers, frontend/reader/others.ts.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from asithappened.core.providers import frame_of, provider_of
from asithappened.render.edition import Edition
from asithappened.render.furniture import ours


def frame(url: str, edition: Edition) -> str:
    """Return the link for a provider's address; "" if no known provider has a frame for it."""
    provider, address = provider_of(url), frame_of(url)
    if provider is None or not address:
        return ""
    says = _("Show it here, from %(provider)s") if provider.shows == "post" else _("Play it here, from %(provider)s")
    return _link(url, f' data-frame="{escape(address)}"', ours(says % {"provider": provider.name}, edition))


def player(url: str, edition: Edition) -> SafeString:
    """Return the link for a file that the browser plays itself."""
    return _link(url, f' data-frame="{escape(url)}" data-file', ours(_("Play it here"), edition))


def _link(url: str, attributes: str, words: str) -> SafeString:
    html = (
        f'<p class="framed"><a class="load" href="{escape(url)}"{attributes} rel="noopener noreferrer">{words}</a></p>'
    )
    return mark_safe(html)  # noqa: S308 (escaped above, and `words` by `ours`)
