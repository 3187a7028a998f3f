"""Promises about hostile text: all suggesters together take linear time, and none raises.

Work is counted and not timed (`tests.counted`): twice the text may be little more than twice the work.
"""

import json
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from asithappened.ledger import reading, report
from asithappened.ledger.gate import Dropped
from asithappened.ledger.views import BlogView, Part, PartView, PostView, of_text
from tests.counted import counted

SENTENCE = "At least 12 people were killed in Paris, Ada Quill told Reuters. "

# name -> a text of so many characters, or a little more
HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "1234567890" * (n // 10),
    "digits with separators": lambda n: "1,234." * (n // 6),
    "digits and blanks": lambda n: "12 345 " * (n // 7),
    "a word without end": lambda n: "a" * n,
    "a word of hyphens": lambda n: "a-" * (n // 2),
    "a name without end": lambda n: "Ada " * (n // 4),
    "initials": lambda n: "U.S." * (n // 4),
    "capitals": lambda n: "A" * n,
    "short sentences": lambda n: "He said no. " * (n // 12),
    "shorter sentences": lambda n: "A. " * (n // 3),
    "one sentence without end": lambda n: "and he said that she said that " * (n // 31),
    "nested quotes": lambda n: "“‘" * (n // 4) + "a" + "’”" * (n // 4),
    "quotes that open": lambda n: "“" * n,
    "quotes that may be either": lambda n: "\" ' " * (n // 4),
    "a quote in each word": lambda n: "“a” " * (n // 4),
    "quotes and speakers": lambda n: "“It is over,” said Ada Quill. " * (n // 30),
    "relays": lambda n: "Reuters reported, citing the BBC, citing " * (n // 41),
    "cues alone": lambda n: "said " * (n // 5),
    "numbers in words": lambda n: "hundred thousand million and a half " * (n // 36),
    "one number in words": lambda n: "hundred" * (n // 7),
    "numbers without end": lambda n: "63 " * (n // 3),
    "ranges": lambda n: "1-" * (n // 2),
    "numbers that are joined": lambda n: "two hundred and " * (n // 16),
    "capitals and hyphens": lambda n: "X-" * (n // 2),
    "names and of": lambda n: "New York of " * (n // 12),
    "adjectives": lambda n: "12 small, old and " * (n // 18),
    "brackets": lambda n: "(" * n,
    "apostrophes": lambda n: "’" * n,
    "he said": lambda n: "he said, " * (n // 9),
    "money": lambda n: "$£€" * (n // 3),
    "figures that move": lambda n: "now 12, previously 9, up from 8 to 7 killed in Paris; " * (n // 54),
    "places": lambda n: "Paris, London, New York, " * (n // 25),
    "commas": lambda n: "," * n,
    "full stops": lambda n: "." * n,
    "blanks": lambda n: " " * n + "a",
    "lines": lambda n: "a\n" * (n // 2),
    "paragraphs": lambda n: "a\n\n" * (n // 3),
    "news": lambda n: SENTENCE * (n // len(SENTENCE)),
    "zero width": lambda n: "sa\u200bid\u2060 " * (n // 7),
    "bidirectional": lambda n: "\u202ePa\u2067ris\u2069 1\u202c2 " * (n // 13),
    "marks on letters": lambda n: "e" + "\u0301" * n,
    "lone surrogates": lambda n: "\ud800 12 \udfff " * (n // 7),
    "other digits": lambda n: "١٢٣ ４５ ½ ² " * (n // 12),
    "other scripts": lambda n: "中文字。" * (n // 4),
    "addresses": lambda n: "https://a.example/" + "b/" * (n // 2),
    "handles": lambda n: "@" * (n // 2) + "#" * (n // 2),
    "nul and bell": lambda n: "\x00\x07a" * (n // 3),
}


def blog_of(post: PostView) -> BlogView:
    return BlogView(posts=(post, of_text(SENTENCE * 3, number=2), of_text("“It is over,” he said.", number=3)))


def read(post: PostView) -> tuple[Any, ...]:
    """Read a post, and let nobody fail."""
    dropped: list[Dropped] = []
    said = reading.read(post, blog_of(post), tell=dropped.append)
    fell = [why for why in dropped if why.reason not in {"said_twice", "too_many"}]
    assert fell == []
    return said


def work(post: PostView) -> int:
    """Count the work of a reading."""
    read(of_text(SENTENCE))  # lists of words are loaded, and patterns made
    return counted(lambda: read(post))


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_is_little_more_than_twice_the_work(name: str) -> None:
    text = HOSTILE[name]
    once, twice = work(of_text(text(1_000))), work(of_text(text(2_000)))
    assert twice < 2.4 * once + 2_000, f"{once:,} and {twice:,}"


def test_a_post_of_quotes_alone_stays_linear_too() -> None:
    def quotes(n: int) -> PostView:
        parts, start = [], 0
        for at in range(n):
            kind, text = (Part.SIGNATURE, "Ada Quill") if at % 2 else (Part.QUOTE, "It is “over”, I said.")
            parts.append(PartView(kind=kind, text=text, start=start, author="Ada Quill"))
            start += len(text) + 2
        return PostView(number=1, parts=tuple(parts))

    once, twice = work(quotes(150)), work(quotes(300))
    assert twice < 2.4 * once + 2_000, f"{once:,} and {twice:,}"


def test_what_is_counted_sees_a_text_that_is_read_again_and_again() -> None:
    class Again:
        name, version, kinds = "again", "1", frozenset({"hedge"})

        def suggest(self, post: PostView, blog: BlogView) -> tuple[()]:
            for at in range(len(post.text)):
                post.text.find("x", at)
            return ()

    def quadratic(n: int) -> int:
        post = of_text("a" * n)
        return counted(lambda: reading.read(post, blog_of(post), [Again()], tell=lambda _: None))

    assert quadratic(8_000) > 2.4 * quadratic(4_000) + 2_000


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_said_of_hostile_text_is_exact_and_can_be_printed_and_sent(name: str) -> None:
    text = HOSTILE[name](500) + "\n\n" + SENTENCE
    post = of_text(text)
    said = read(post)
    for one in said:
        assert post.text[one.start : one.end] == one.exact
    printed = report.as_text(said, blog_of(post))
    assert {letter for letter in printed if letter < " "} <= {"\n"}
    json.dumps([msgspec.to_builtins(one) for one in said])
