"""The words for the ledger's closed vocabularies: cues, channels, relays, hedges.

Each language's are looked up once, for speed, because ten rows may be published with a post.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from msgspec import Struct

from asithappened.core.ledger_events import Channel, CueClass, HedgeKind, RelayMode
from asithappened.render.edition import Edition, spoken


class Vocabulary(Struct, frozen=True, kw_only=True):
    """Words in one language. `cues` and `relays`: phrases with a placeholder for a name."""

    cues: Mapping[CueClass, str]
    channels: Mapping[Channel, str]
    relays: Mapping[RelayMode, str]
    hedges: Mapping[HedgeKind, str]


def vocabulary(edition: Edition) -> Vocabulary:
    """Return the words in the interface's language for an edition."""
    return _vocabulary(spoken(edition.language))


@cache
def _vocabulary(language: str) -> Vocabulary:
    with translation.override(language):
        return Vocabulary(cues=_cues(), channels=_channels(), relays=_relays(), hedges=_hedges())


def _cues() -> Mapping[CueClass, str]:
    return {
        "assert": _("said by %(who)s"),
        "claim": _("claimed by %(who)s"),
        "deny": _("denied by %(who)s"),
        "confirm": _("confirmed by %(who)s"),
        "acknowledge": _("acknowledged by %(who)s"),
        "accuse": _("accusation by %(who)s"),
        "announce": _("announced by %(who)s"),
        "estimate": _("estimated by %(who)s"),
    }


def _relays() -> Mapping[RelayMode, str]:
    return {
        "reports": _("as reported by %(outlet)s"),
        "quotes": _("quoted by %(outlet)s"),
        "told": _("told to %(outlet)s"),
        "citing": _("citing %(outlet)s"),
        "monitored": _("monitored by %(outlet)s"),
    }


def _hedges() -> Mapping[HedgeKind, str]:
    return {
        "unverified": _("unverified"),
        "unconfirmed": _("unconfirmed"),
        "purported": _("purported"),
        "reported": pgettext("how a text describes a claim", "reported"),
        "claimed": pgettext("how a text describes a claim", "claimed"),
        "denied": pgettext("how a text describes a claim", "denied"),
        "acknowledged": pgettext("how a text describes a claim", "acknowledged"),
        "confirmed": pgettext("how a text describes a claim", "confirmed"),
        "not_claimed": _("claimed by nobody"),
        "estimative": _("an estimate"),
    }


_BRANDS: Final[Mapping[Channel, str]] = {
    "telegram": "Telegram", "facebook": "Facebook", "x": "X", "instagram": "Instagram", "youtube": "YouTube",
    "tiktok": "TikTok", "bluesky": "Bluesky", "mastodon": "Mastodon",
}  # fmt: skip


def _channels() -> Mapping[Channel, str]:
    return {
        **_BRANDS,
        "social": _("social media"),
        "tv": _("television"),
        "radio": _("radio"),
        "podcast": _("podcast"),
        "newspaper": _("newspaper"),
        "website": _("website"),
        "blog": _("blog"),
        "email": _("email"),
        "letter": _("letter"),
        "statement": _("written statement"),
        "report": _("report"),
        "daily_update": _("daily update"),
        "press_release": _("press release"),
        "news_conference": _("news conference"),
        "briefing": _("briefing"),
        "speech": _("speech"),
        "interview": _("interview"),
        "video_address": _("video address"),
        "video": _("video"),
        "phone_call": _("phone call"),
        "text_message": _("text message"),
        "court": _("court"),
        "parliament": _("parliament"),
        "document": _("document"),
        "satellite": _("satellite imagery"),
        "cctv": _("surveillance camera"),
        "survey": _("survey"),
        "other": pgettext("where something was said", "elsewhere"),
    }
