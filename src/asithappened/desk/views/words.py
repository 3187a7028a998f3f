"""The words that the desk's scripts say, handed to them by the page (`frontend/desk/words.ts`: `t("name", values)`).

Owns the list: scripts contain no words, so that one catalogue translates everything. The script fills in `{name}`;
counted words come in every plural form of the language (CLDR's categories, as Intl.PluralRules names them).
"""

from functools import lru_cache
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from asithappened.desk.views.composer_words import COMPOSER_COUNTED, COMPOSER_WORDS
from asithappened.desk.views.editor_words import EDITOR_COUNTED, EDITOR_WORDS
from asithappened.render.edition import locale_of

# Each part of the screen has a paragraph here; the beginning of a name says which script uses it.
WORDS: Final[dict[str, Promise]] = {
    # the timeline, and the buttons of a post
    "rows.failed": _("The posts could not be loaded. Those that are here stay; try again."),
    "row.busy": _("Working…"),
    "row.unanswered": _("No answer came, so it is not known whether it was done. Doing it again does no harm."),
    "row.link": _("The post’s address is copied."),
    "row.nolink": _("This browser does not let the desk copy. The address: {address}"),
    "undo": _("Undo"),
    "undone": _("Taken back."),
    "line.reconnecting": _("reconnecting…"),
    "line.live": _("This live blog is open again."),
    "line.closed": _("This live blog is closed now, as it happened."),
    "line.gone": _("This live blog was taken down."),
    "role.contributor": _("You are a contributor here now: what you write is handed in for approval."),
    "role.editor": _("You are an editor here now: you publish, and approve what is handed in."),
    "role.owner": _("You are an owner here now: you publish, close, and say who else may."),
    "role.admin": _("You are a site admin now, and may do everything here."),
    "role.none": _("You are not on this live blog any more. What you typed is still here, and kept on this device."),
    # notes
    "note.about": _("About “{post}”"),
    # who is here, and who edits what
    "here": _("Who is here"),
    "here.me": _("{name} (you)"),
    "here.editing": _("editing a post since {at}"),
    "here.writing": _("writing a post since {at}"),
    "here.away": _("away"),
    "lease.row": _("{name} is editing ✎ since {at}"),
    "lease.row_me": _("You are editing it ✎ in another window since {at}"),
    "lease.held": _("{name} has been editing this post since {at}."),
    "lease.held_me": _("You have been editing this post in another window since {at}."),
    "lease.ask": _("Ask for it"),
    "lease.take": _("Take over"),
    "lease.asked": _("{name} is told that you would like to edit this post."),
    "lease.wanted": _("{name} would like to edit this post."),
    "lease.seen": _("All right"),
    "lease.taken": _("{name} took this post over at {at}. Your words are kept: they stand here, and in your drafts."),
    "lease.back": _("Take it back"),
    # a page in a sheet
    "sheet.failed": _("This could not be opened. Try again."),
    "sheet.typed": _("You changed something here. Leave again to throw that away."),
    # keys
    "close": _("Close"),  # a picture that is shown large
    "keys.on": _("Single keys do something again."),
    "keys.off": _("Single keys do nothing on this device any more."),
    # the tabs
    "tab.failed": _("What waits could not be loaded. Choose the tab again."),
    **EDITOR_WORDS,
    **COMPOSER_WORDS,
    # scheduled posts
    "when.own": _("{time} where you are"),
    # what is stored on the device, and what waits to be sent
    "file.failed": _("This file could not be sent. Try again, or choose another."),
    "file.gone": _("The server does not know this file any more. Send it again."),
    "kept.full": _("No room is left on this device for a copy. Make some, or keep this window open until it is saved."),
    "kept.nodevice": _("This browser keeps no copy on this device; private windows often do not."),
    "kept.offline": _("The server cannot be reached."),
    "kept.out": _("You are signed out."),
    "kept.copy": _("Another window has this draft open. This is a copy of it, and goes on as a draft of its own."),
    "kept.moved": _("Another window saved this draft too. Both are kept: yours goes on as a draft of its own."),
    "outbox.wordless": _("Without words"),
    "outbox.post": _("a post, since {at}"),
    "outbox.edit": _("an edit, since {at}"),
    "outbox.open": _("Open in the composer"),
    "outbox.drop": _("Drop"),
    "outbox.sure": _("Drop its words for good"),
    "outbox.busy": _("It is being sent just now. Try again in a moment."),
    "outbox.dropped": _("Dropped. It is not sent any more."),
    "kept.sent": _("Another window sent this draft, or threw it away. What stands here goes on as a draft of its own."),
}
COUNTED: Final[dict[str, Any]] = {
    "row.live": ngettext_lazy("live {at} · {n} reading", "live {at} · {n} reading"),
    "row.live_atleast": ngettext_lazy("live {at} · at least {n} reading", "live {at} · at least {n} reading"),
    "reading": ngettext_lazy("{n} reading", "{n} reading"),
    "reading.atleast": ngettext_lazy("at least {n} reading", "at least {n} reading"),
    "above": ngettext_lazy("{n} new above", "{n} new above"),
    "outbox.waiting": ngettext_lazy("{n} waiting to be sent", "{n} waiting to be sent"),
    "kept.lacking": ngettext_lazy(
        "{n} draft is only on this device yet. It is saved by itself once the server answers.",
        "{n} drafts are only on this device yet. They are saved by themselves once the server answers.",
    ),
    **EDITOR_COUNTED,
    **COMPOSER_COUNTED,
}


def words() -> dict[str, Any]:
    """Return what `words.ts` reads: the language of the page, and every word in that language."""
    return _in(get_language() or "en")


@lru_cache(maxsize=64)
def _in(language: str) -> dict[str, Any]:
    """Return the words in the active language. Cached for the process, because thousands of forms are looked up."""
    category = locale_of(language).plural_form
    said: dict[str, Any] = {name: str(one) for name, one in WORDS.items()}
    for name, forms in COUNTED.items():
        # Every category of every language occurs among the numbers below 200. `% n` picks the form and leaves `{n}`.
        said[name] = {category(n): forms % n for n in range(200, -1, -1)}
    return {"lang": language, "words": said}
