"""Looking up what an address holds: its provider is asked where we know one, else the page says what it is.

Owns which block an address becomes, and what to say where nobody answered: the address is kept all the same. Waits for
others' servers, a few seconds at most.
"""

import json
from collections.abc import Sequence
from typing import Any, Final, assert_never
from urllib.parse import urlencode

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import body as b
from asithappened.core import limits, text, urls
from asithappened.core.providers import PROVIDERS, Provider, provider_of
from asithappened.media.links import page_head
from asithappened.media.links.embed_code import Embedded, embedded
from asithappened.outbound import Forbidden, Guard, OutboundError, fetch

_PAGES: Final = frozenset(("text/html", "application/xhtml+xml"))
_JSON_BYTES: Final = 100_000  # an oEmbed answer has a few thousand
_CODE_CHARS: Final = (
    20_000  # of embed code: ten times that, all elements in one another, would take a processor seconds
)

Block = b.Social | b.Video | b.Audio | b.Card


class LookedUp(Struct, frozen=True, kw_only=True):
    """What an address holds. `unread`: why nothing could be learned of it, "" where something was."""

    block: Block
    unread: str = ""

    @property
    def card(self) -> b.Card:
        """The same as a card: where whoever looked it up would rather not embed it."""
        match self.block:
            case b.Card():
                return self.block
            case b.Social(attrs=post):
                by = " ".join(filter(None, (post.author, post.handle)))[: limits.TITLE_CHARS]
                words = text.one_line(post.text)[: limits.CAPTION_CHARS]
                return b.Card(attrs=b.CardAttrs(url=post.url, title=by, text=words, site=urls.host_of(post.url)))
            case b.Video(attrs=media) | b.Audio(attrs=media):
                shown = b.CardAttrs(url=media.url, title=media.title, text=media.credit, site=media.provider)
                return b.Card(attrs=shown)
            case _:
                assert_never(self.block)


def look_up(url: str, *, guard: Guard, among: Sequence[Provider] = PROVIDERS) -> LookedUp:
    """Return what an address holds. Raises outbound.Forbidden for what is no address of the web."""
    if not urls.is_url(url):
        raise Forbidden(f"{url[:200]!r} is not an address of the web (https://…).")
    provider = provider_of(url, among)
    try:
        if provider is None:
            card = _card(url, guard)
            if provider := provider_of(card.attrs.url, among):  # a short address of theirs, which led on to it
                return look_up(card.attrs.url, guard=guard, among=among)
            return LookedUp(block=card)
        if provider.oembed:
            return LookedUp(block=_told(provider, url, _asked(provider, url, guard)))
    except (OutboundError, ValueError) as why:
        return LookedUp(block=_told(provider, url, {}) if provider else _bare(url), unread=str(why))
    return LookedUp(block=_told(provider, url, {}), unread=f"{provider.name} does not say what stands there.")


def asked_at(url: str, among: Sequence[Provider] = PROVIDERS) -> str:
    """Return the host that is asked what an address of a provider holds; "" where nobody answers that."""
    provider = provider_of(url, among)
    return urls.host_of(provider.oembed) if provider else ""


def told(url: str, *, guard: Guard, among: Sequence[Provider] = PROVIDERS) -> Block:
    """Return the block for what a provider says of an address. Raises OutboundError or ValueError for none."""
    provider = provider_of(url, among)
    if provider is None or not provider.oembed:
        raise ValueError("Nobody says what stands there.")
    return _told(provider, url, _asked(provider, url, guard))


def _bare(url: str) -> b.Card:
    return b.Card(attrs=b.CardAttrs(url=url, site=urls.host_of(url)[: limits.TITLE_CHARS]))


def _card(url: str, guard: Guard) -> b.Card:
    page = fetch(url, guard=guard, accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
    if page.media_type not in _PAGES:
        raise ValueError(f"It is not a page ({page.media_type or 'of no type'}).")
    said = page_head.read(page.body, page.charset, page.url)
    site = said.site or urls.host_of(said.url)
    return b.Card(attrs=b.CardAttrs(url=said.url, title=said.title, text=said.text, site=site[: limits.TITLE_CHARS]))


def _asked(provider: Provider, url: str, guard: Guard) -> dict[str, Any]:
    """Return a provider's answer about an address: an object, whatever is in it."""
    question = urlencode({"url": url, "format": "json", "omit_script": "1", "dnt": "1"})
    answer = fetch(f"{provider.oembed}?{question}", guard=guard, accept="application/json", at_most=_JSON_BYTES)
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise ValueError(f"{provider.name} answers with something that is no JSON.") from None
    if not isinstance(told, dict):
        raise ValueError(f"{provider.name} answers with something that is no oEmbed.")
    return told


def _told(provider: Provider, url: str, told: dict[str, Any]) -> Block:
    """Return the block for what a provider said of an address; what it did not say, an editor types."""
    title, author = _line(told, "title"), _line(told, "author_name")
    if provider.shows != "post":
        media = b.MediaAttrs(url=url, title=title, credit=author, provider=provider.name)
        return b.Video(attrs=media) if provider.shows == "film" else b.Audio(attrs=media)
    said = _quoted(told)
    return b.Social(
        attrs=b.SocialAttrs(
            platform=provider.platform,
            author=((said.author if said else "") or author)[: limits.TITLE_CHARS],
            handle=((said.handle if said else "") or _handle(told))[: limits.TITLE_CHARS],
            text=text.cleaned((said.text if said else "") or title)[: limits.EMBED_TEXT_CHARS],
            date=said.date if said else "",
            url=url,
        )
    )


def _quoted(told: dict[str, Any]) -> Embedded | None:
    """Return the post in the embed code of an answer: its words alone are taken, never its HTML."""
    html = told.get("html")
    if not isinstance(html, str) or len(html) > _CODE_CHARS:
        return None
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "template"])
    quote = tree.css_first("blockquote")
    return embedded(quote) if quote else None


def _line(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return text.one_line(value)[: limits.TITLE_CHARS] if isinstance(value, str) else ""


def _handle(told: dict[str, Any]) -> str:
    """Return a handle from the address of an author's page: ".../@ann", or the name that TikTok gives."""
    unique = _line(told, "author_unique_id")
    last = _line(told, "author_url").rstrip("/").rpartition("/")[2]
    return f"@{unique}" if unique else last if last.startswith("@") else ""
