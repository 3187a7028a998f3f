"""Where a text asserts a figure that its series has left behind.

Owns putting together value, series, place and what marks it as past. A text that gives the newest value in the same
paragraph knows, and is not listed. Look next: `same_figure`, `superseded`, `proposals`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.amounts import figures, units
from asithappened.ledger.amounts.figures import Found
from asithappened.ledger.changes import Moved, Stale, Text
from asithappened.ledger.geography import same_place
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.by_part import by_part
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.quotes import quotes
from asithappened.ledger.language.said_when import When, times_in
from asithappened.ledger.language.tokens import read
from asithappened.ledger.stale import (
    figure_series,
    proposals,
    same_figure,
    same_value,
    superseded,
    superseded_times,
    table_cells,
)
from asithappened.ledger.stale.around import Around, Spot
from asithappened.ledger.stale.figure_series import Here, Series
from asithappened.ledger.stale.same_value import Said
from asithappened.ledger.views import Part, PartView

_MONTH: Final = frozenset({"month", "monat", "mes"})
_SURE: Final = 50  # what is less sure is not listed
_LASTING: Final = frozenset({"attended", "gust", "magnitude", "cost"})
# What has a size that does not change while it is reported, and statistics of a time that is over.
_SIZES: Final = frozenset({"length", "depth", "height", "width", "weight", "hole", "unemployment", "inflation"})
_PLAIN: Final = 70  # as sure as a text has said what its number is of
_DIFFERS: Final = 80  # as much as a value that no series had needs
_MORE: Final = frozenset({"duration", "percent"})  # "another 36 hours", "4.6% more"
_RATIO: Final = 4  # more between two values, and they are hardly of one quantity
_AT: Final = re.compile(r"\s*[•*–-]?\s*\d{1,2}[:.]\d{2}\b")  # an entry of a timeline begins so


class _Placed(NamedTuple):
    """A figure of a part that is of the series. `said`: what it says of it; `sentence`, `place`: where it stands."""

    found: Found
    said: Said
    sure: int
    sentence: int
    place: int


class FigureSweep:
    """A moved series, ready to be looked for in texts. `others`: all series, whose newest values stand."""

    def __init__(self, moved: Moved, others: Sequence[Series], language: str, *, differing: bool = False) -> None:
        self.moved, self.language, self.differing = moved, language, differing
        self.series = figure_series.series(moved, language)
        self.foreseen = figure_series.is_foreseen(moved.label)
        self.dated = figure_series.is_of_month(moved.label, language)
        lasting = not (self.series.own.isdisjoint(_LASTING) and self.series.measures.isdisjoint(_SIZES))
        self.lasting = self.dated or lasting
        self.others = [other for other in others if other.moved.key != moved.key]
        self._spoken: tuple[Text, bool] | None = None
        self.needles = () if differing else same_value.needles(moved, self.series.unit, language)

    def find(self, text: Text) -> Iterator[Stale]:
        """Yield where a text says an old value as if it stood, in order."""
        parts = text.view.parts
        known = False  # whether the text has said what its number is of
        goes_on: bool | None = None  # whether a timeline of this text reaches the newest value
        for number, part in enumerate(parts):
            if not self._may(part):
                continue
            placed = self._placed(text, number, part, known=known)
            known = known or _says(placed)
            if not placed or any(one.said == "new" for one in placed):
                continue  # none is old, or the text knows what stands
            if _AT.match(part.text):
                goes_on = self._goes_on(text) if goes_on is None else goes_on
                if goes_on:
                    continue
            if not led_to(text, number, self.language):
                yield from self._in_part(text, part, placed)

    def _may(self, part: PartView) -> bool:
        if part.kind == Part.SIGNATURE:
            return False
        if self.differing:
            return True
        small = folded(part, self.language)
        return any(needle in small for needle in self.needles)

    def _in_part(self, text: Text, part: PartView, placed: Sequence[_Placed]) -> Iterator[Stale]:
        sentences = clause.sentences(part.text, self.language)
        spots = {
            at: [Spot(found.quantity.first, found.quantity.past) for found in founds]
            for at, founds in self._by_sentence(part, sentences).items()
        }
        times = dict[int, list[When]]()
        for one in placed:
            at, quantity = one.sentence, one.found.quantity
            if at not in times:
                times[at] = [
                    one
                    for one in times_in(sentences[at], text.at, self.language)
                    if not (self.dated and _is_month(sentences[at], one))
                ]
            around = Around(
                sentences[at],
                Spot(quantity.first, max(quantity.past, quantity.last)),
                spots[at],
                one.place,
                sentences[at + 1] if at + 1 < len(sentences) else None,
                times[at],
                self.language,
                self.foreseen,
                self.lasting,
            )
            why = superseded.why(around)
            if why and not (why in {"more", "rest"} and self.moved.figure in _MORE):
                continue
            own = _speech(_speeches(part, self.language), one.found.start) is not None
            yield self._stale(text, part, one, sentences[at], own=own)

    def _by_sentence(self, part: PartView, sentences: Sequence[Sentence]) -> dict[int, list[Found]]:
        spots = dict[int, list[Found]]()
        german = self.language.startswith("de")
        for found in (self.series.read(one, german=german) for one in figures.in_part(part, self.language)):
            in_table = part.kind == Part.TABLE and found.kind == "count"  # the heading may have the unit
            if found.kind != self.moved.figure and not in_table and not self.series.may_be(found):
                continue
            spots.setdefault(clause.number_at(sentences, found.quantity.core), []).append(found)
        return spots

    def _placed(self, text: Text, number: int, part: PartView, *, known: bool = False) -> list[_Placed]:
        """Return the figures of a part that are of the series, whatever they say of it."""
        founds = figures.in_part(part, self.language)
        if not founds:
            return []
        sentences = clause.sentences(part.text, self.language)
        placed, speeches = list[_Placed](), _speeches(part, self.language)
        for at, inside in self._by_sentence(part, sentences).items():
            for place, found in enumerate(inside):
                said = same_value.said(self.series.in_unit(found.quantity), self.moved)
                if said == "differs" and not self._may_differ(found):
                    continue
                here = Here(
                    found,
                    part,
                    sentences[at],
                    inside[place - 1] if place else None,
                    inside[place + 1] if place + 1 < len(inside) else None,
                    *self._spoken_of(text, number, at, sentences),
                    self.language,
                    _speech(speeches, found.start),
                )
                spoken = self._is_spoken_of(text)
                sure = same_figure.is_of(here, self.series, known=known or _says(placed), spoken=spoken)
                if not sure and (cell := self._in_cell(text, here)) is not None:
                    here, sure = cell, same_figure.is_of(cell, self.series)
                sure -= 10 if said == "rounded" else 0
                least = _DIFFERS if said == "differs" else _SURE
                if sure >= least and (said == "new" or not self._stands(here, sure)):
                    placed.append(_Placed(found, said, sure, at, place))
        return placed

    def _in_cell(self, text: Text, here: Here) -> Here | None:
        """Return a figure of a table as its row and its column say what it is of; None where they say another time."""
        cell = table_cells.headed(here.part, here.found.start, self.language)
        if cell is None or table_cells.is_of_others(cell.row, self.moved.places, self.series.words, self.language):
            return None
        part = PartView(kind=Part.TABLE, text=cell.head + here.part.text[cell.start : cell.end])
        start = len(cell.head) + here.found.start - cell.start
        found = next((one for one in figures.in_part(part, self.language) if one.start == start), None)
        sentence = clause.sentences(part.text, self.language)[-1]
        if found is None or found.start < sentence.tokens[sentence.first].start:
            return None
        if not self.series.may_be(found) and self._is_headed(here.part, cell.head):
            found = found._replace(kind=self.moved.figure, unit=self.series.unit)
        if times_in(sentence, text.at, self.language) or any({"past", "said"} & mark.kinds for mark in sentence.marks):
            return None
        return Here(found, part, sentence, None, None, here.before, frozenset(), self.language)

    def _is_headed(self, part: PartView, head: str) -> bool:
        """Say whether the heading of a cell, or of its table, has the series' unit or one of its words."""
        caption = part.text.partition("\n")[0]
        words = read(f"{caption} {head}").tokens
        named = {units.named(words, at, self.language)[1] for at in range(len(words))}
        return self.series.unit in named or any(clause.stem(token.low) in self.series.words for token in words)

    def _may_differ(self, found: Found) -> bool:
        new = self.moved.new.value
        quantity = self.series.in_unit(found.quantity)
        less, more = sorted((abs(quantity.low), abs(new)))
        near = less > 0 and more / less <= _RATIO
        return self.differing and near and same_value.contradicts(quantity, self.moved.new)

    def _stands(self, here: Here, sure: int) -> bool:
        """Say whether a figure is the newest of another series, as surely."""
        return any(
            same_value.said(other.in_unit(here.found.quantity), other.moved) == "new"
            and same_figure.is_of(here, other) >= sure
            for other in self.others
        )

    def _spoken_of(
        self, text: Text, number: int, at: int, sentences: Sequence[Sentence]
    ) -> tuple[same_place.Where | None, frozenset[str]]:
        """Return the last place before a sentence, in its part or the one before, and the stems of the words before."""
        part, language = text.view.parts[number], self.language
        start = sentences[at].tokens[sentences[at].first].start
        back = text.view.parts[0 if part.kind == Part.ITEM else number - 1] if number else None
        place = same_place.last_before(part, language, start)
        if back is not None and place is None:
            place = same_place.last_before(back, language, len(back.text))
        if at:
            return place, sentences[at - 1].stems
        if back is None:
            return place, frozenset()
        said = clause.sentences(back.text, language)
        return place, said[-1].stems if said else frozenset()

    def _is_spoken_of(self, text: Text) -> bool:
        """Say whether a text has a word of the series' label anywhere. Read once a text."""
        if self._spoken is None or self._spoken[0] is not text:
            read_ = (clause.sentences(part.text, self.language) for part in text.view.parts)
            self._spoken = text, any(self.series.words & one.stems for some in read_ for one in some)
        return self._spoken[1]

    def _goes_on(self, text: Text) -> bool:
        """Say whether an entry of a text's timeline has the newest value."""
        return any(
            _AT.match(part.text) and any(one.said == "new" for one in self._placed(text, number, part))
            for number, part in enumerate(text.view.parts)
        )

    def _stale(self, text: Text, part: PartView, one: _Placed, sentence: Sentence, *, own: bool) -> Stale:
        tokens, new = read(part.text).tokens, self.series.new_in(one.found.quantity)
        rounded = one.said == "rounded"
        falls = any(old.value > 0 for old in self.moved.old)
        proposal = proposals.for_figure(part.text, tokens, one.found, new, self.language, rounded=rounded, falls=falls)
        if own:
            proposal = proposals.in_brackets(part.text, proposal, self.language)
        first, last = tokens[sentence.first].start, tokens[sentence.last - 1].end
        return Stale(
            text=text.key,
            change=self.moved.key,
            start=part.start + proposal.start,
            end=part.start + proposal.end,
            exact=part.text[proposal.start : proposal.end],
            sentence=part.text[first:last],
            sentence_start=part.start + first,
            asserts="differs" if one.said == "differs" else "superseded",
            says=" ".join(
                filter(None, (proposals.printed(part.text, one.found), one.found.counted, one.found.outcome))
            ),
            stands=proposals.said(self.moved.new, self.language),
            replacement=proposal.words,
            confidence=max(0, one.sure - (10 if own else 0)),
            rule=f"figure.{one.said}{'.quoted' if own else ''}",
        )


def _is_month(sentence: Sentence, one: When) -> bool:
    """Say whether a time is the month before: what a month's figure is of."""
    return any(token.low in _MONTH for token in sentence.tokens[one.first : one.last])


def _says(placed: Sequence[_Placed]) -> bool:
    """Say whether a part says what its old number is of, beyond doubt."""
    return any(one.said == "old" and one.sure >= _PLAIN for one in placed)


def led_to(text: Text, number: int, language: str) -> str:
    """Return why what the part before leads to is of another time, empty where it may be of now."""
    if not number or text.view.parts[number].kind not in {Part.QUOTE, Part.SOCIAL, Part.PARAGRAPH, Part.ITEM}:
        return ""
    before = text.view.parts[number - 1]
    if not before.text.rstrip().endswith(":"):
        return ""
    return superseded_times.introduced(clause.sentences(before.text, language)[-1], text.at, language)


def _read_part(part: PartView, language: str) -> str:
    return lexicon.folded(part.text)


folded = by_part(_read_part)


def _read_speeches(part: PartView, language: str) -> tuple[tuple[int, int], ...]:
    if part.kind in {Part.QUOTE, Part.SOCIAL}:
        return ((0, len(part.text)),)
    tokens = read(part.text).tokens
    return tuple((tokens[one.first].start, tokens[one.last - 1].end) for one in quotes(part.text, tokens))


_speeches = by_part(_read_speeches)


def _speech(speeches: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """Return the quotation that a character is in."""
    return next(((start, end) for start, end in speeches if start <= at < end), None)
