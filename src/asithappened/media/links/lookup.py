"""Looks up an address: asks its provider's oEmbed if there is one, else reads the page's head.

Owns which block an address becomes; without an answer it becomes one with the address alone. Blocks for a few seconds
at most.
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
_CODE_CHARS: Final = 20_000  # of embed code: ten times that, in nested elements, would take a processor seconds

Block = b.Social | b.Video | b.Audio | b.Card


class LookedUp(Struct, frozen=True, kw_only=True):
    """The result of a lookup. `unread`: why nothing was read from it, or ""."""

    block: Block
    unread: str = ""

    @property
    def card(self) -> b.Card:
        """The same as a card, for an editor who does not want to embed it."""
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
    """Return the block for an address. Raises outbound.Forbidden if it is no web address."""
    if not urls.is_url(url):
        raise Forbidden(f"{url[:200]!r} is not an address of the web (https://…).")
    provider = provider_of(url, among)
    try:
        if provider is None:
            card = _card(url, guard)
            if provider := provider_of(card.attrs.url, among):  # a short address that redirects to a provider's
                return look_up(card.attrs.url, guard=guard, among=among)
            return LookedUp(block=card)
        if provider.oembed:
            return LookedUp(block=_block(provider, url, _oembed(provider, url, guard)))
    except (OutboundError, ValueError) as why:
        return LookedUp(block=_block(provider, url, {}) if provider else _bare(url), unread=str(why))
    return LookedUp(block=_block(provider, url, {}), unread=f"{provider.name} does not say what stands there.")


def oembed_host(url: str, among: Sequence[Provider] = PROVIDERS) -> str:
    """Return the host of the provider's oEmbed for an address; "" if there is none."""
    provider = provider_of(url, among)
    return urls.host_of(provider.oembed) if provider else ""


def ask_provider(url: str, *, guard: Guard, among: Sequence[Provider] = PROVIDERS) -> Block:
    """Return the block that a provider's oEmbed describes. Raises OutboundError or ValueError if it does not."""
    provider = provider_of(url, among)
    if provider is None or not provider.oembed:
        raise ValueError("Nobody says what stands there.")
    return _block(provider, url, _oembed(provider, url, guard))


def _bare(url: str) -> b.Card:
    return b.Card(attrs=b.CardAttrs(url=url, site=urls.host_of(url)[: limits.TITLE_CHARS]))


def _card(url: str, guard: Guard) -> b.Card:
    page = fetch(url, guard=guard, accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
    if page.media_type not in _PAGES:
        raise ValueError(f"It is not a page ({page.media_type or 'of no type'}).")
    head = page_head.read(page.body, page.charset, page.url)
    site = head.site or urls.host_of(head.url)
    return b.Card(attrs=b.CardAttrs(url=head.url, title=head.title, text=head.text, site=site[: limits.TITLE_CHARS]))


def _oembed(provider: Provider, url: str, guard: Guard) -> dict[str, Any]:
    """Return a provider's answer for an address: a JSON object, its fields unchecked."""
    question = urlencode({"url": url, "format": "json", "omit_script": "1", "dnt": "1"})
    answer = fetch(f"{provider.oembed}?{question}", guard=guard, accept="application/json", at_most=_JSON_BYTES)
    try:
        fields = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise ValueError(f"{provider.name} answers with something that is no JSON.") from None
    if not isinstance(fields, dict):
        raise ValueError(f"{provider.name} answers with something that is no oEmbed.")
    return fields


def _block(provider: Provider, url: str, fields: dict[str, Any]) -> Block:
    """Return the block for a provider's answer; an editor types missing fields."""
    title, author = _line(fields, "title"), _line(fields, "author_name")
    if provider.shows != "post":
        media = b.MediaAttrs(url=url, title=title, credit=author, provider=provider.name)
        return b.Video(attrs=media) if provider.shows == "film" else b.Audio(attrs=media)
    quoted = _quoted(fields)
    return b.Social(
        attrs=b.SocialAttrs(
            platform=provider.platform,
            author=((quoted.author if quoted else "") or author)[: limits.TITLE_CHARS],
            handle=((quoted.handle if quoted else "") or _handle(fields))[: limits.TITLE_CHARS],
            text=text.cleaned((quoted.text if quoted else "") or title)[: limits.EMBED_TEXT_CHARS],
            date=quoted.date if quoted else "",
            url=url,
        )
    )


def _quoted(fields: dict[str, Any]) -> Embedded | None:
    """Return the post in an answer's embed code: its text only, never its HTML."""
    html = fields.get("html")
    if not isinstance(html, str) or len(html) > _CODE_CHARS:
        return None
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "template"])
    quote = tree.css_first("blockquote")
    return embedded(quote) if quote else None


def _line(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return text.one_line(value)[: limits.TITLE_CHARS] if isinstance(value, str) else ""


def _handle(fields: dict[str, Any]) -> str:
    """Return a handle from the address of an author's page (".../@ann"), or from TikTok's own field."""
    unique = _line(fields, "author_unique_id")
    last = _line(fields, "author_url").rstrip("/").rpartition("/")[2]
    return f"@{unique}" if unique else last if last.startswith("@") else ""
