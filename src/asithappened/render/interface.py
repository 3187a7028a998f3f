"""The words that the reader's script says, handed to it by the page.

Owns the list. The script holds no words of its own, so that a translation is one file; whose words these are, and how
the blog writes dates and numbers, it is told as well. Counted words come in every
plural form of the language (CLDR's categories, which the browser's Intl.PluralRules knows by the same names).
"""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asithappened.render.direction import direction
from asithappened.render.edition import Edition, locale_of, spoken
from asithappened.render.numerals import browser_tag, system
from asithappened.render.structured import safe_json


def interface(edition: Edition, *, replay: bool = False) -> SafeString:
    """Return the script's words as JSON that can stand inside a <script>. Call inside `edition.speaking()`.

    `replay`: what runs is no news, and its page says nowhere that it is live.
    """
    language = spoken(edition.language)
    digits = "latn" if edition.foreign else system(edition.locale)
    words: dict[str, Any] = {
        "lang": language,
        "dir": direction(language),
        "numbers": f"{language}-u-nu-{digits}",
        # A browser that does not know the language writes times as we do for one that the CLDR does not know.
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
    }
    return safe_json(words)


def _counted(language: str) -> dict[str, str]:
    category = locale_of(language).plural_form
    forms: dict[str, str] = {}
    for n in range(201):  # every category of every language occurs among the first 200 numbers
        forms.setdefault(category(n), ngettext("%(n)s new update", "%(n)s new updates", n))
    return forms
