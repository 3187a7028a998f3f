"""Renders a poll: while it is open a form that works without script, afterwards results.

Owns that block, its address, and the page of its tally, which is rendered as `results` so that both look the same. No
fragment has votes of an open poll, because they are counted beside the log; a request returns them (`polls.views`,
frontend/reader/polls.ts). Look next: `results`.
"""

from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from asithappened.core import body as b
from asithappened.core.body.poll import as_results, votes_in
from asithappened.core.state import BlogState
from asithappened.published.assets import url as asset
from asithappened.render.clean import POLLS, clean, placed
from asithappened.render.direction import dir_of
from asithappened.render.edition import Edition, edition_of
from asithappened.render.engine import fill
from asithappened.render.furniture import ours
from asithappened.render.page import FONTS
from asithappened.render.results import number, results

Told = Literal["", "counted", "before", "rehearsed"]
"""The outcome of a vote: counted, refused because this address had voted before, or not kept in a rehearsal; "" if
there was no vote."""


def poll(block: b.Poll, edition: Edition, post: str) -> str:
    """Return a poll as a figure. Call inside `edition.speaking()`. `post`: its post's id, "" without voting."""
    if block.attrs.closed:
        return tally(block, edition)
    title = block.attrs.title
    words = escape(title) if title else ours(_("Poll"), edition)
    question = f"<figcaption{dir_of(title, edition.dir)}>{words}</figcaption>"
    if any(one.attrs.votes is not None for one in block.content):
        return tally(block, edition)  # the desk sees the tally of an open poll, without a form
    if not post or edition.desk or not edition.slug:
        options = "".join(f"<li><bdi>{escape(one.attrs.name)}</bdi></li>" for one in block.content)
        return f'<figure class="results poll">{question}<ul>{options}</ul></figure>'
    options = "".join(
        f'<li><button name="option" value="{one.attrs.id}"><bdi>{escape(one.attrs.name)}</bdi></button></li>'
        for one in block.content
    )
    address = f"{POLLS}{edition.slug}/{post}/{block.attrs.id}/"
    note = ours(_("Votes are counted without names and without cookies."), edition)
    looks = ours(_("See the results"), edition)
    foot = f'<p class="label"><span class="count">{note}</span> <a href="{address}">{looks}</a></p>'
    form = f'<form method="post" action="{address}"><ul>{options}</ul>{foot}</form>'
    return f'<figure class="results poll">{question}{form}</figure>'


def tally(block: b.Poll, edition: Edition) -> str:
    """Return the votes as a figure. Call inside `edition.speaking()`."""
    votes = votes_in(block)
    said = ngettext("%(n)s vote", "%(n)s votes", votes) % {"n": number(votes, edition)}
    if block.attrs.closed:
        over = _("Voting is over")
        said = f"{said} · {over}"
    return results(as_results(block), edition, told=said, marks=False)


def told_html(block: b.Poll, edition: Edition, told: Told) -> SafeString:
    """Return a poll's tally as clean HTML, with the outcome of a vote. Call inside `edition.speaking()`."""
    said = ""
    if told:
        words = {
            "counted": _("Thank you. Your vote is counted."),
            "before": _("No more votes from this internet address are counted today."),
            "rehearsed": _("This is a rehearsal: your vote is shown to you alone, and is not kept."),
        }[told]
        said = f'<p class="label">{ours(words, edition)}</p>'
    return mark_safe(placed(clean(said + tally(block, edition)), ""))  # noqa: S308 (the sanitiser's own output)


def poll_page(blog: BlogState, block: b.Poll, *, post: str, site: str, told: Told) -> str:
    """Return the page of a poll's tally, for readers without script."""
    edition = edition_of(blog)
    with edition.speaking():
        values = {
            "site": site,
            "title": blog.title,
            "question": block.attrs.title,
            "tally": told_html(block, edition, told),
            "back": edition.post_path(post),
            "style": asset("reader.css"),
            "fonts": FONTS,
            "icon": asset("reader-icon.svg"),
            "lang": edition.language,
        }
        return fill("page_poll.html", edition, values)


def poll_part(blog: BlogState, block: b.Poll, *, told: Told) -> str:
    """Return the tally and the outcome of a vote, for an open page."""
    edition = edition_of(blog)
    with edition.speaking():
        return told_html(block, edition, told)
