"""The sections of the two lists of rows: "What we know" and the corrections.

Owns each section's heading and its link, and the text of an empty list. Each is stored as a part that no page shows by
itself: delivery assembles those that have rows.
"""

from typing import assert_never

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asithappened.core.standing import Standing
from asithappened.published.layout import SECTIONS, SectionName
from asithappened.render.edition import Edition
from asithappened.render.furniture import ours
from asithappened.render.ledger.standing import in_words
from asithappened.render.part import View


def sections(view: View) -> dict[str, bytes]:
    """Return all pieces, by the names of their parts."""
    made = {f"section:{name}": _section(name, view.edition) for name in SECTIONS}
    made |= {f"section:to_{name}": _link(name, view.edition) for name in SECTIONS}
    nothing, none = ours(_("Nothing stands here yet."), view.edition), ours(_("Nothing was corrected."), view.edition)
    by_source, everything = ours(_("By source:"), view.edition), ours(_("Everything we know"), view.edition)
    folded = f"<summary><b>{ours(_('By source'), view.edition)}</b> <span><!--slot:count--></span></summary>"
    of_one = ours(_("Only what is from:"), view.edition)
    to_all = f'<a href="{view.edition.known_path}">{everything}</a>'
    made |= {
        "section:sources": f'<p class="intro">{by_source} <!--slot:entries--></p>',
        # Closed on a phone; a wide screen has room for all of them (ledger.css).
        "section:many_sources": f'<details class="fold">{folded}</details>'
        f'<p class="intro"><span>{by_source}</span> <!--slot:entries--></p>',
        "section:source": f'<p class="intro">{of_one} <!--slot:entries--> \u00b7 {to_all}</p>',
        "section:correction": '<div class="rows"><!--slot:entries--></div>',
        "section:links": '<p class="intro"><!--slot:entries--></p>',
        "section:no_known": f"<p>{nothing}</p>",
        "section:no_corrections": f"<p>{none}</p>",
    }
    return {name: html.encode() for name, html in made.items()}


def _section(name: SectionName, edition: Edition) -> str:
    title = ours(_title(name), edition)
    return (
        f'<section class="rows" data-section="{name}" aria-labelledby="section-{name}">'
        f'<h3 id="section-{name}">{title}</h3><!--slot:entries--></section>'
    )


def _link(name: SectionName, edition: Edition) -> str:
    return f'<a href="#section-{name}">{ours(_title(name), edition)}</a>'


def _title(name: SectionName) -> str:
    match name:
        case "figure":
            return pgettext("numbers that move", "Figures")
        case "state":
            return _("States")
        case "confirmed" | "reported" | "disputed" | "denied" | "not_verified" | "false" | "withdrawn":
            return in_words(Standing(name))
        case _:
            assert_never(name)
