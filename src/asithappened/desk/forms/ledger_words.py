"""The desk's labels for the ledger's closed vocabularies: statuses, cues, channels, hedges, modifiers.

Owns the labels of the forms and the lists. Those for readers are in `render`.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from asithappened.core.events import Policy, Verification

STATUSES: Final[dict[str, Any]] = {
    Verification.UNCHECKED: _("Not checked"),
    Verification.CHECKING: _("Being checked"),
    Verification.CORROBORATED: _("Corroborated"),
    Verification.VERIFIED: _("Verified by us"),
    Verification.DISPUTED: _("Disputed"),
    Verification.FALSE: _("False"),
    Verification.UNABLE_TO_VERIFY: _("Could not be verified"),
    Verification.SUPERSEDED: _("Superseded"),
    Verification.WITHDRAWN: _("Withdrawn by its source"),
}
QUOTES: Final[dict[str, Any]] = {
    "indirect": _("In our words"),
    "direct": _("Word for word"),
    "mixed": _("Partly word for word"),
}
CUES: Final[dict[str, Any]] = {
    "assert": _("says"),
    "claim": _("claims"),
    "deny": _("denies"),
    "confirm": _("confirms"),
    "acknowledge": _("acknowledges"),
    "accuse": _("accuses"),
    "announce": _("announces"),
    "estimate": _("estimates"),
}
HEDGES: Final[dict[str, Any]] = {
    "unverified": _("not verified"),
    "unconfirmed": _("not confirmed"),
    "purported": _("purported"),
    "reported": _("reported"),
    "claimed": _("claimed"),
    "denied": _("denied"),
    "acknowledged": _("acknowledged"),
    "confirmed": _("confirmed"),
    "not_claimed": _("claimed by nobody"),
    "estimative": _("estimated"),
}
CHANNELS: Final[dict[str, Any]] = {
    "": _("not known"),
    "statement": _("Statement"),
    "press_release": _("Press release"),
    "news_conference": _("News conference"),
    "briefing": _("Briefing"),
    "daily_update": _("Daily update"),
    "interview": _("Interview"),
    "speech": _("Speech"),
    "video_address": _("Video address"),
    "phone_call": _("Phone call"),
    "text_message": _("Text message"),
    "email": _("E-mail"),
    "letter": _("Letter"),
    "tv": _("Television"),
    "radio": _("Radio"),
    "podcast": _("Podcast"),
    "newspaper": _("Newspaper"),
    "website": _("Website"),
    "blog": _("Blog"),
    "report": _("Report"),
    "document": pgettext_lazy("a channel", "Document"),
    "survey": _("Survey"),
    "court": _("Court"),
    "parliament": _("Parliament"),
    "telegram": "Telegram",
    "facebook": "Facebook",
    "x": "X",
    "instagram": "Instagram",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "social": _("Social media"),
    "video": pgettext_lazy("a channel", "Video"),
    "satellite": _("Satellite images"),
    "cctv": _("Surveillance camera"),
    "other": _("Another"),
}
RELAYS: Final[dict[str, Any]] = {
    "reports": _("reports"),
    "quotes": _("quotes"),
    "told": _("was told"),
    "citing": _("cites"),
    "monitored": _("monitored it"),
}
MODIFIERS: Final[dict[str, Any]] = {
    "": _("exactly"),
    "about": _("about"),
    "nearly": _("nearly"),
    "more_than": _("more than"),
    "up_to": _("up to"),
    "at_least": _("at least"),
    "only": _("only"),
}
FIGURES: Final[dict[str, Any]] = {
    "count": _("A count"),
    "percent": _("A percentage"),
    "money": _("Money"),
    "measure": _("A measure"),
    "multiple": _("A multiple"),
    "duration": _("A duration"),
}
POLICIES: Final[dict[str, Any]] = {
    Policy.LATEST: _("the latest"),
    Policy.RANGE: _("all, as a range"),
    Policy.BY_SOURCE: _("the latest of each source"),
}
