"""Renders the score of a match: a line that reads as it is spoken, a clock, and the scorers.

A running clock is printed with its value when it was set, and the time of that; the script (frontend/reader/moving.ts)
continues it from there.
"""

from datetime import datetime
from typing import Final

from django.utils.html import escape
from django.utils.translation import gettext as _

from asithappened.core import body as b
from asithappened.core.body.score import began
from asithappened.render.direction import dir_of
from asithappened.render.edition import Edition
from asithappened.render.furniture import ours
from asithappened.render.results import number
from asithappened.render.times import moment, utc_iso

LINE: Final = "\n"


def score(attrs: b.ScoreAttrs, edition: Edition) -> str:
    """Return a score as a figure. Call inside `edition.speaking()`."""
    title = f'<span class="name"><bdi>{escape(attrs.title)}</bdi></span>' if attrs.title else ""
    head = " ".join(filter(None, (title, _state(attrs, edition))))
    figures = " – ".join(
        f"<strong>{'' if goals is None else escape(number(goals, edition))}</strong>"
        for goals in (attrs.home_score, attrs.away_score)
    )
    home, away = (f'<span class="side"><bdi>{escape(name)}</bdi></span>' for name in (attrs.home, attrs.away))
    who = "".join(
        f'<p class="scorers"{dir_of(scorers, edition.dir)}>{"<br>".join(map(escape, scorers.split(LINE)))}</p>'
        for scorers in (attrs.home_scorers, attrs.away_scorers)
    )
    scored = f'<div class="scored">{who}</div>' if attrs.home_scorers or attrs.away_scorers else ""
    stands = f'<p class="stands">{home} <span class="figures">{figures}</span> {away}</p>'
    return f'<figure class="score">{f"<figcaption>{head}</figcaption>" if head else ""}{stands}{scored}</figure>'


def _state(attrs: b.ScoreAttrs, edition: Edition) -> str:
    period = f'<span class="party"><bdi>{escape(attrs.period)}</bdi></span>' if attrs.period else ""
    if not attrs.clock:
        return period
    since, set_at = began(attrs), moment(datetime.fromisoformat(attrs.clock_at) if attrs.clock_at else None, edition)
    if since is None or set_at is None:
        return f'{period} <span class="count">{attrs.clock}</span>'
    words = _("at %(time)s") % {"time": set_at.clock}
    asof = f'<span class="moved">{ours(words, edition)}</span>'
    return f'{period} <span class="count" data-since="{utc_iso(since)}">{attrs.clock} {asof}</span>'
