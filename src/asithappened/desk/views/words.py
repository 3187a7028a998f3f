"""The words that the desk's scripts say, handed to them by the page (`frontend/desk/words.ts`: `t("name", values)`).

Owns the list: scripts hold no words of their own, so that a translation is one catalogue. `{name}` is filled in by the
script; counted words come in every plural form of the language (CLDR's categories, as Intl.PluralRules names them).
"""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from asithappened.desk.views.editor_words import EDITOR_COUNTED, EDITOR_WORDS
from asithappened.render.edition import locale_of

# Each part of the screen has a paragraph here; names say who says it.
WORDS: Final[dict[str, Promise]] = {
    # the timeline
    "none": _("No post here is what you look for."),
    "row.busy": _("Working…"),
    "row.unanswered": _("No answer came, so it is not known whether it was done. Doing it again does no harm."),
    "row.link": _("The post’s address is copied."),
    "row.nolink": _("This browser does not let the desk copy. The address: {address}"),
    "line.live": _("The timeline is live."),
    "line.reconnecting": _("The line to readers’ stream is lost; the desk keeps asking."),
    "undo": _("Undo"),
    "undone": _("Taken back."),
    # keys
    "keys.on": _("Single keys are on."),
    "keys.off": _("Single keys are off on this device."),
    # the tabs
    "tab.failed": _("This could not be loaded."),
    "tab.again": _("Try again"),
    **EDITOR_WORDS,
}
COUNTED: Final[dict[str, Any]] = {
    "above": ngettext_lazy("{n} new above", "{n} new above"),
    "tab.count": ngettext_lazy("{n} waits", "{n} wait"),
    **EDITOR_COUNTED,
}


def words() -> dict[str, Any]:
    """Return what `words.ts` reads: the language of the page, and every word in it."""
    language = get_language() or "en"
    category = locale_of(language).plural_form
    said: dict[str, Any] = {name: str(one) for name, one in WORDS.items()}
    for name, forms in COUNTED.items():
        # Every category of every language occurs among the first 200 numbers. `% n` picks the form and leaves `{n}`.
        said[name] = {category(n): forms % n for n in range(200, -1, -1)}
    return {"lang": language, "words": said}
