"""The words that the composer says (`frontend/desk`: composer, form, states, proof) of where words are and went.

Owns the list; views/words.py hands it to the page with all others.
"""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

COMPOSER_WORDS: Final[dict[str, Promise]] = {
    # where words are: the same everywhere
    "state.saving": _("Saving…"),
    "state.saved": _("Saved {at}"),
    "state.here": _("Only on this device. {why}"),
    "state.nowhere": _("Kept nowhere yet. {why}"),
    "state.sending": _("Sending…"),
    "state.held": _("Held until {until}"),
    "state.refused": _("Not published: {why}"),
    # what became of a post
    "proof.published": _("Published {at}"),
    "proof.open": _("Open"),
    "proof.undo": _("Undo"),
    "proof.goes": _("Going out…"),
    "proof.notout": _("It is not out yet. What is scheduled says why."),
    "back.composer": _("Taken back. Its words stand in the composer."),
    "back.draft": _("Taken back. Other words stand in the composer, so these wait in your drafts."),
    "back.scheduled": _("Taken back. Its words wait under Scheduled."),
    # the composer
    "composer.placeholder": _("Say what happened…  / for more"),
    "composer.empty": _("Give it a headline or some text."),
    "composer.mend": _("something here needs mending; everything you typed is still there."),
    "composer.why": _("A figure or a name changed: say why. Readers see it."),
    "composer.edit": _("Edit a post"),
    "composer.takeup": _("Take it up again"),
    # what its words suggest for the ledger
    "ledger.title": _("For the ledger"),
    "ledger.keys": _("Ctrl+Shift+L comes here, J and K go on, Enter accepts, E edits, X rejects, Esc goes back."),
    "ledger.more": _("{n} more wait."),
    "ledger.accept": _("Accept"),
    "ledger.edit": _("Edit"),
    "ledger.reject": _("Reject"),
    "ledger.out": _("Take out"),
    "ledger.leave": _("Leave as it was"),
    "ledger.goes": _("goes out with the post"),
    "ledger.gone": _("its words are gone: it will not go out"),
    "ledger.statement.name": _("Who said it"),
    "ledger.statement.text": _("What was said"),
    "ledger.statement.relays": _("On whose word, with commas between"),
    "ledger.figure.label": _("What is counted"),
    "ledger.figure.value": _("How many"),
    "ledger.figure.name": _("Who said it"),
    "ledger.state.label": _("What is on or off"),
    "ledger.state.value": _("How it is"),
    "composer.again": _("I mean it: publish it a second time"),
    "composer.draft": _("Keep it as a draft, and go on"),
    "composer.kept": _("Kept as a draft."),
    "composer.failed": _("This could not be opened."),
    "composer.unanswered": _("no answer came. Your words are still here."),
    "composer.drop": _("Drop pictures, films and sounds here"),
    "composer.nowait": _("Do not wait"),
    "composer.typedon": _("You went on typing: it is not sent. Publish it again when it is done."),
    "composer.wrote": _("You went on writing meanwhile, so it was not opened in its place. Choose it again."),
    "byline.by": _("by"),
    "byline.add": _("Add a byline"),
    "byline.remove": _("Take out {name}"),
}
COMPOSER_COUNTED: Final[dict[str, Any]] = {
    "proof.held": ngettext_lazy("Goes out in {n} s", "Goes out in {n} s"),
    "state.files": ngettext_lazy("Waiting for {n} file; it goes out then.", "Waiting for {n} files; it goes out then."),
    "state.waiting": ngettext_lazy("Waiting to send ({n})", "Waiting to send ({n})"),
    "state.live": ngettext_lazy("Live to readers since {at} · {n} reading", "Live to readers since {at} · {n} reading"),
    "state.live.least": ngettext_lazy(
        "Live to readers since {at} · at least {n} reading", "Live to readers since {at} · at least {n} reading"
    ),
}
