"""The rows about suggestions: how long all our rules together take to read a post, in a long live blog.

Owns the text, made of templates of news prose with names, figures, places and quotes, the same in every run. Three
things are measured: a wholly new post, like a pasted one; one with a changed paragraph, like a typed one; and one right
after another was published, which gives every older post another number.
"""

import random
import time
from collections.abc import Callable, Iterator

from asithappened.core.body import Doc
from asithappened.ledger import reading
from asithappened.ledger.ours import OURS as SUGGESTERS
from asithappened.ledger.views import BlogView, PostView, of_body, of_text
from bench.results import OURS, Row, below, quantile, row

POSTS = 500
LIMITS_MS = {3_000: 50.0, 10_000: 150.0}

_FIRST = (
    "Ada",
    "Omar",
    "Lena",
    "Piotr",
    "Grace",
    "Yusuf",
    "Marta",
    "Kofi",
    "Ines",
    "Tomas",
    "Ruth",
    "Dmitri",
    "Aisha",
    "Colm",
    "Nadia",
    "Henrik",
)
_LAST = (
    "Quill",
    "Brandt",
    "Okafor",
    "Marsh",
    "Petrenko",
    "Lindqvist",
    "Haddad",
    "Moreau",
    "Castellan",
    "Varga",
    "Thorne",
    "Adeyemi",
    "Novak",
    "Reyes",
)
_ROLES = ("prime minister", "harbour master", "police chief", "finance minister", "mayor", "fire service spokesman",
          "foreign ministry spokeswoman", "chief executive", "rescue coordinator", "regional governor")  # fmt: skip
_PLACES = (
    "Kharkiv",
    "London",
    "Paris",
    "Mykolaiv",
    "Berlin",
    "Lagos",
    "Madrid",
    "Odesa",
    "Warsaw",
    "Nairobi",
    "Makiivka",
    "Dublin",
    "Manila",
    "Tripoli",
)
_OUTLETS = ("Reuters", "the Associated Press", "the BBC", "Agence France-Presse", "the Kyiv Independent", "Bloomberg")
_THINGS = ("boats", "people", "homes", "flights", "soldiers", "buildings", "tonnes of grain", "vehicles", "schools")
_DONE = ("killed", "injured", "destroyed", "cancelled", "evacuated", "damaged", "missing", "rescued")
_VERBS = ("said", "told reporters", "announced", "claimed", "denied", "confirmed", "admitted", "warned", "added")
_HEDGES = ("reportedly", "allegedly", "apparently", "according to unconfirmed reports", "possibly",
           "it has not been possible to verify the report, but")  # fmt: skip
_TEMPLATES = (
    "At least {n} {things} were {done} in {place} overnight, {role} {name} {verb}.",
    "“We are doing everything that we can, and {n} {things} have been {done} so far,” {name} {verb} on Monday.",
    "{name}, the {role}, {verb} that up to {n} {things} could be {done} by the end of the week.",
    "{outlet} reports, citing {role} {name}, that {n} {things} in {place} had been {done}.",
    "He {verb} the figure was {n}, up from {m} on Sunday.",
    "The number of {things} {done} has risen to {n}, previously {m}, the {role}’s office {verb}.",
    "{hedge} An air alert in {place} was lifted at {hour}.{minute}am.",
    "Prices rose by {p}.{d}% to ${n}.{d}m, their highest since {year}, {outlet} {verb}.",
    "On Telegram {name} wrote: “{place} is closed, and {n} {things} are waiting {k} km away.”",
    "Roughly {k} of the {n} {things} {done} in {place} belonged to {name}’s company, she {verb}.",
    "The road between {place} and {other} has been shut for {k} hours, and nearly {n} {things} were {done}.",
    "It was {hedge} the third such incident in {place} this month, {name} {verb} in an interview with {outlet}.",
    "Nothing has changed at the harbour, where crews wait for the tide and the wind to turn before they sail.",
    "“It was dark, it was cold,” {verb} {name}. “Nobody knew that the {things} had been {done}.”",
    "{place}’s council met for {k} hours before the {role}, {name}, {verb} it would sit again on Friday.",
)


class Prose:
    """Endless news prose."""

    def __init__(self, seed: int) -> None:
        """Begin; the same seed gives the same prose."""
        self._chance = random.Random(seed)  # noqa: S311  prose, no secret

    def sentence(self) -> str:
        """Return a sentence."""
        pick = self._chance.choice
        number = self._chance.randrange(3, 4_000)
        return pick(_TEMPLATES).format(
            n=f"{number:,}", m=f"{number - self._chance.randrange(1, 3):,}", k=self._chance.randrange(2, 60),
            p=self._chance.randrange(1, 30), d=self._chance.randrange(10), year=self._chance.randrange(1980, 2024),
            hour=self._chance.randrange(1, 12), minute=self._chance.randrange(10, 60),
            name=f"{pick(_FIRST)} {pick(_LAST)}", role=pick(_ROLES), place=pick(_PLACES), other=pick(_PLACES),
            outlet=pick(_OUTLETS), things=pick(_THINGS), done=pick(_DONE), verb=pick(_VERBS), hedge=pick(_HEDGES),
        )  # fmt: skip

    def text(self, characters: int) -> str:
        """Return paragraphs of two to four sentences, of so many characters in all."""
        paragraphs: list[str] = []
        length = 0
        while length < characters:
            paragraph = " ".join(self.sentence() for _ in range(self._chance.randrange(2, 5)))
            paragraphs.append(paragraph)
            length += len(paragraph) + 2
        return "\n\n".join(paragraphs)[:characters].rstrip()


def measure(*, posts: int, turns: int, progress: Callable[[str], None]) -> list[Row]:
    """Measure posts of both lengths, in a live blog of so many posts."""
    prose = Prose(11)
    texts = [prose.text(300 + 137 * n % 1_700) for n in range(posts)]
    began = time.perf_counter()
    reading.read_page(_blog(texts[: max(1, posts // 10)]), SUGGESTERS, tell=lambda _: None)
    progress(f"suggestions: a tenth of the live blog read in {time.perf_counter() - began:.1f} s")
    rows = []
    for length, limit in LIMITS_MS.items():
        took = {name: list(_took(name, length, texts, prose, turns)) for name in ("new", "changed", "published")}
        progress(f"suggestions: {length:,} characters")
        note = ", ".join(f"{name} p50 {quantile(values, 0.5):.1f} p95 {quantile(values, 0.95):.1f}"
                         for name, values in took.items())  # fmt: skip
        # A long post is typed, paragraph by paragraph: only a short one is pasted whole while somebody waits.
        judged = took["new"] + took["published"] if length <= 3_000 else took["changed"]
        name = f"suggestions for {length:,} characters, {posts} posts, p95"
        rows.append(row(name, "ms", {OURS: quantile(judged, 0.95)}, [below(limit)], note=note))
    return rows


def _took(what: str, length: int, texts: list[str], prose: Prose, turns: int) -> Iterator[float]:
    """Yield the milliseconds of each reading of a post that is new, changed in a paragraph, or follows another post."""
    older = list(texts)
    blog = _blog(["", *older])
    text = prose.text(length)
    _read(text, blog)
    for _ in range(turns):
        if what == "new":
            text = prose.text(length)
        else:
            paragraphs = text.split("\n\n")
            paragraphs[len(paragraphs) // 2] = prose.text(length // len(paragraphs)).replace("\n\n", " ")
            text = "\n\n".join(paragraphs)
        if what == "published":
            older = [prose.text(600), *older[:-1]]
            blog = _blog(["", *older])
        yield _read(text, blog)


def _read(text: str, blog: BlogView) -> float:
    post = of_text(text)
    page = BlogView(posts=(post, *blog.posts[1:]))
    began = time.perf_counter()
    reading.read(post, page, SUGGESTERS, tell=lambda _: None)
    return (time.perf_counter() - began) * 1_000


def _blog(texts: list[str]) -> BlogView:
    return BlogView(posts=tuple(_post(text, number) for number, text in enumerate(texts, 1)))


def _post(text: str, number: int) -> PostView:
    return of_text(text, number=number) if text else of_body("", Doc(content=()), number=number)
