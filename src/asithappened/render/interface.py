"""The words of the reader's script, which the page contains as JSON.

The script itself has no words, so that a translation is one file. The JSON also has their language, and the blog's
formats of dates and numbers. A counted phrase has every plural form of the language (CLDR's categories, which the
browser's Intl.PluralRules names alike).
"""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asithappened.published.assets import url as asset
from asithappened.render.direction import direction
from asithappened.render.edition import Edition, locale_of, spoken
from asithappened.render.numerals import browser_tag, system
from asithappened.render.structured import safe_json


def interface(edition: Edition, *, replay: bool = False) -> SafeString:
    """Return the script's words as JSON for a <script>. Call inside `edition.speaking()`.

    `replay`: the page must not say that it is live.
    """
    language = spoken(edition.language)
    digits = "latn" if edition.foreign else system(edition.locale)
    words: dict[str, Any] = {
        "feed": asset("reader-feed.js"),
        "moving": asset("reader-moving.js"),
        "others": asset("reader-others.js"),
        "missed": asset("reader-since.js"),
        "alerts": asset("alerts.js"),
        "lang": language,
        "dir": direction(language),
        "numbers": f"{language}-u-nu-{digits}",
        # The second is for a browser that does not know the language, as English is for us if the CLDR does not.
        "dates": [browser_tag(edition.locale), browser_tag(locale_of("en"), system(edition.locale))],
        "new": _counted(language),
        "live": _("Replay") if replay else _("Live"),
        "reconnecting": _("Reconnecting…"),
        "paused": _("Updates paused"),
        "closed": _("Closed"),
        "pause": _("Pause updates"),
        "resume": _("Resume updates"),
        "copied": _("Link copied"),
        "yours": _("%(time)s your time"),
        "close": _("Close"),
        "corrected": _("An update on this page was corrected."),
        "since": {
            "title": _("Since you left, %(time)s"),
            "more": _("More than %(updates)s"),
            "figures": _("What has moved"),
            "corrected": _("Corrected since you read it"),
            "read": _("Read on from there, oldest first"),
            "kept": _("Only this device knows when you left."),
            "forget": _("Forget it, and remember no more"),
            "forgotten": _("Forgotten. Nothing is remembered any more."),
            "here": _("You left here"),
            "newest": _("Newest first"),
        },
    }
    return safe_json(words)


def _counted(language: str) -> dict[str, str]:
    category = locale_of(language).plural_form
    forms: dict[str, str] = {}
    # Every category of whole numbers occurs among the first 200, but for that of "un millón de".
    for n in (*range(201), 1_000_000):
        forms.setdefault(category(n), ngettext("%(n)s new update", "%(n)s new updates", n))
    forms.setdefault("other", forms[category(0)])  # for fractions only, in Ukrainian
    return forms
