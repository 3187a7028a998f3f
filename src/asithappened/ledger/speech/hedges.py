"""How sure the text itself is: "unverified", "reportedly", "likely".

Owns which words hedge (`hedges.txt`) and where they do: a cue of an attribution is none, and how likely something is
is the text's own judgement only outside quotations.
"""

from collections.abc import Iterator, Sequence
from typing import Final, cast

from asithappened.ledger.language import lexicon
from asithappened.ledger.language.tokens import read
from asithappened.ledger.language.wordings import Wordings
from asithappened.ledger.speech.hedged_verbs import hedged
from asithappened.ledger.speech.sentences import Sentence, sentences_of
from asithappened.ledger.suggestions import Hedge, HedgeKind
from asithappened.ledger.views import BlogView, Part, PartView, PostView

_UNREAD: Final = frozenset({Part.CAPTION, Part.CARD, Part.SIGNATURE})
_OTHERS_WORDS: Final = frozenset({Part.QUOTE, Part.SOCIAL})
_SURE: Final = {"estimative": 75, "unconfirmed": 85, "unverified": 92, "reported": 85, "claimed": 85}


@lexicon.kept
def _hedges(language: str) -> Wordings:
    return Wordings(lexicon.load(language, "hedges"))


class Hedges:
    """Suggests hedges."""

    name = "hedges"
    version = "1"
    kinds = frozenset({"hedge"})

    def suggest(self, post: PostView, blog: BlogView) -> Iterator[Hedge]:
        """Yield a post's hedges."""
        for part in post.parts:
            if part.kind not in _UNREAD:
                yield from _of_part(part, post.number, blog.language)


def _of_part(part: PartView, number: int, language: str) -> Iterator[Hedge]:
    tokens = read(part.text).tokens
    lows = [token.low for token in tokens]
    sentences = sentences_of(part.text, language, inside=part.kind in _OTHERS_WORDS)
    cues, quoted = _spans(sentences, 0)
    for sentence in sentences if language != lexicon.WHOLE else ():
        yield from _of_verbs(sentence, part, number, language)
    for found in _hedges(language).find(lows):
        start, end = tokens[found.first].start, tokens[found.last - 1].end
        kind, *where = found.values
        if kind == "none" or any(start < cue_end and cue_start < end for cue_start, cue_end in cues):
            continue
        own = part.kind not in _OTHERS_WORDS and not any(first <= start < last for first, last in quoted)
        if not own and (kind == "estimative" or "own" in where):
            continue
        yield Hedge(
            post=number,
            start=part.start + start,
            end=part.start + end,
            exact=part.text[start:end],
            confidence=_SURE.get(kind, 80),
            rule=f"hedges.{kind}",
            hedge=cast(HedgeKind, kind),
        )


def _of_verbs(sentence: Sentence, part: PartView, number: int, language: str) -> Iterator[Hedge]:
    items = sentence.unit.items
    for one in hedged(sentence.unit.lows, language.partition("-")[0]):
        if one.kind == "estimative" and part.kind in _OTHERS_WORDS:
            continue
        start, end = items[one.first].start, items[one.last].end
        yield Hedge(
            post=number,
            start=part.start + start,
            end=part.start + end,
            exact=part.text[start:end],
            confidence=_SURE[one.kind],
            rule=f"hedges.{one.kind}",
            hedge=one.kind,
        )


def _spans(sentences: Sequence[Sentence], start: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where the cues of sentences stand, those inside quotations too, and their quotations."""
    cues, quoted = [], []
    for sentence in sentences:
        items = sentence.unit.items
        cues += [(start + items[one.first].start, start + items[one.last].end) for one in sentence.said]
        quoted += [(start + item.start, start + item.end) for item in items if item.kind == "quote"]
        for inner in sentence.quoted:
            cues += _spans(inner.sentences, start + inner.start)[0]
    return cues, quoted
