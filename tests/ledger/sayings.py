"""Suggestions for a text in short forms, for tables of tests."""

from pathlib import Path
from typing import NamedTuple

from asithappened.ledger.speech.attribution import Attributions
from asithappened.ledger.speech.clauses import Item, units
from asithappened.ledger.speech.grammar import grammar
from asithappened.ledger.speech.hedges import Hedges
from asithappened.ledger.suggestions import Attribution
from asithappened.ledger.views import BlogView, PostView, of_text


def lines(name: str) -> list[tuple[str, str]]:
    """Return the texts of a file with what is behind their bars."""
    found = []
    for line in (Path(__file__).parent / name).read_text().splitlines():
        if not line.startswith("#"):
            text, _, behind = line.rpartition(" |")
            found.append((text, behind.strip()))
    return found


def items(text: str, language: str = "en") -> tuple[Item, ...]:
    """Return the first sentence of a text as rules read it."""
    return units(text, grammar(language))[0].items


def alone(post: PostView | str, language: str = "en") -> tuple[PostView, BlogView]:
    """Return a post, and a live blog of it alone."""
    view = of_text(post) if isinstance(post, str) else post
    return view, BlogView(posts=(view,), language=language)


def attributions(post: PostView | str, language: str = "en") -> list[Attribution]:
    """Return the attributions of a post that is all of its live blog."""
    return list(Attributions().suggest(*alone(post, language)))


def cues(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Return the sources as printed with their cues."""
    return [(one.source_exact, one.cue) for one in attributions(text, language)]


def speakers(text: str, language: str = "en") -> list[str]:
    """Return the speakers as resolved, "" where nobody is named."""
    return [one.source for one in attributions(text, language)]


def relays(text: str) -> list[tuple[str, str]]:
    """Return outlets and how they passed something on."""
    return [(relay.outlet, relay.mode) for one in attributions(text) for relay in one.relays]


def hedges(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Return the words that hedge, and how."""
    return [(one.exact, one.hedge) for one in Hedges().suggest(*alone(text, language))]


class Continued(NamedTuple):
    """A post behind others, and who speaks in it, once a cue."""

    before: tuple[str, ...]  # the oldest first
    text: str
    who: str


def continued(name: str) -> list[Continued]:
    """Return the posts of a file, each behind those that begin with "@ " above it, up to an empty line."""
    found, before = list[Continued](), list[str]()
    for line in (Path(__file__).parent / name).read_text().splitlines():
        if line.startswith("@ "):
            before.append(line.removeprefix("@ "))
        elif not line:
            before = []
        elif not line.startswith("#"):
            text, _, who = line.rpartition(" |")
            found.append(Continued(tuple(before), text, who.strip()))
    return found


def who_speaks(post: Continued) -> str:
    """Return the speakers of a post as `continued` has them, "-" where nobody is named."""
    texts = (post.text, *reversed(post.before))
    views = tuple(of_text(text.replace(" ¶ ", "\n\n"), number=n) for n, text in enumerate(texts, 1))
    found = Attributions().suggest(views[0], BlogView(posts=views))
    return "; ".join(one.source or "-" for one in found if one.cue_end)
