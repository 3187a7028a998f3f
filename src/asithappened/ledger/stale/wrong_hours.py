"""Whether an hour is of what a wrong one was of: when polls close, and not when a band plays.

Owns what ends and begins at an hour, and what that is called. Look next: `sweep_words`; `said_when` for times that tell
how old something is.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.changes import Corrected
from asithappened.ledger.geography.gazetteer import folded
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.clause import Clause, Sentence
from asithappened.ledger.language.clock_times import clock_times
from asithappened.ledger.language.phrases import phrases
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.stale import wrong_context, wrong_names
from asithappened.ledger.stale.around import Spot

_BY: Final = 4  # tokens before an hour
_APART: Final = 3  # before what an hour is not of: "after the funeral"
_BESIDE: Final = ("by_the_clock", "late", "early", "definite", "determiner", "belongs", "of", "placing", "clock")
_HAD: Final = frozenset({"had", "hatte", "hatten", "había", "habían", "wurde", "wurden", "fue", "fueron"})
_TO_BE: Final = frozenset({"due", "to", "expected", "supposed", "sollte", "sollten", "previsto", "prevista"})
_OPENS: Final = frozenset('“„«"')
_I: Final = frozenset({"i", "ich", "yo"})
_ROUND: Final = 5  # minutes
_LABELS: Final = frozenset({":", "–", "—", "|"})
_GERMAN: Final = 8  # letters that German compounds of one thing share
_PART: Final = 5  # letters of what one begins with


class Hour(NamedTuple):
    """An hour. `wrong`, `right`: minutes of the day that they may be; `led`: the words before the wrong one that were
    corrected with it; `now`, `bare`: the right one with those words, and without; `about`: stems of its clause;
    `called`: what its things are called too; `ends`: whether something ends then, else begins or is; `ways`: the words
    for that, where the error had one; `whole`: the words of its clause that have a capital;
    `verbs`: what its participles have in common with nouns; `names`: stems of names in its sentence; `past`: it is told
    of what was.
    """

    wrong: frozenset[int]
    right: frozenset[int]
    led: tuple[str, ...]
    now: str
    bare: str
    about: frozenset[str]
    called: frozenset[str]
    ends: bool
    ways: frozenset[str]
    whole: frozenset[str]
    verbs: frozenset[str]
    names: frozenset[str]
    past: bool
    language: str

    def spots(self, tokens: Sequence[Token]) -> Iterator[Spot]:
        """Yield where the wrong hour stands, however it is printed, with the words before it that were corrected."""
        for one in clock_times(tokens, self.language):
            if one.minutes & self.wrong and not one.minutes & self.right:
                yield Spot(one.first - self._leads(tokens, one.first), one.last)

    def is_known(self, tokens: Sequence[Token]) -> bool:
        """Say whether words have the right hour."""
        return any(one.minutes & self.right for one in clock_times(tokens, self.language))

    def right_at(self, tokens: Sequence[Token], spot: Spot) -> str:
        """Return the right hour as it is to stand at a spot."""
        return self.now if self.led and tokens[spot.first].low == self.led[0] else self.bare

    def _leads(self, tokens: Sequence[Token], first: int) -> int:
        size = len(self.led)
        before = tuple(token.low for token in tokens[max(0, first - size) : first])
        return size if size and before == self.led else 0

    def is_of(self, sentences: Sequence[Sentence], number: int, spot: Spot, *, titled: bool, quoted: bool) -> bool:
        """Say whether an hour in a text is of the same, by its clause. `titled`: its text's title names that; `quoted`:
        somebody speaks of it.
        """
        sentence, words = sentences[number], roles(self.language)
        own = self._clause(sentence, spot)
        lows = [token.low for token in sentence.tokens[own.first : own.last]]
        begin, end = words["starts"], words["ends"]
        way = any(low in (end if self.ends else begin) for low in lows)
        other = any(low in (begin if self.ends else end) for low in lows)
        if (self.ends and not way) or (other and not way):
            return False
        if self.rare and not other and not self.ends and not self._names_others(sentence, own):
            return True  # hardly anything else is at 5.42pm
        if self._is_past(lows) or any(low in words["other"] for low in lows):
            return False
        if quoted and spot.first > 0 and sentence.tokens[spot.first - 1].text in _OPENS:
            return True  # "“Six o'clock, rain or shine,” he said"
        speaks = {low.partition("'")[0] for low in lows} & (words["pointing"] | words["doors"] | _I)
        if self.language.startswith("es") and any(low.endswith(("mos", "ré")) for low in lows):
            speaks = speaks | _I  # "a las cinco salimos"
        if quoted and (way or speaks):
            return True  # "We shall be ready at five"
        plain = f" {' '.join(lows)} "
        if any(f" {phrase} " in plain for phrase in self.called):
            return True
        if any(self.is_about(low) for low in lows):
            return not self._is_apart(sentence, own, spot)
        label = [token.low for token in sentence.tokens[sentence.first : own.first]]
        if label[-1:] == [":"] and any(map(self.is_about, label)):
            return True
        before = [token.low for token in sentence.tokens[max(own.first, spot.first - _BY) : spot.first]]
        ways = end if self.ends else begin
        at = next((at for at in range(len(before) - 1, -1, -1) if before[at] in ways), 0)
        stops = phrases(self.language).classes
        named = {low for low in before[:at] if low.isalpha() and "stop" not in stops.get(low, ())}
        if at and named <= words["doors"] and not words["doors"].isdisjoint(before[:at]):
            return True  # "before the doors shut at 8pm"
        if not way or not {low for low in lows[: spot.first - own.first] if low.isalpha()} - ways <= stops.keys():
            return False
        spoken = titled or (number > 0 and any(self.is_about(token.low) for token in _tokens(sentences[number - 1])))
        return spoken and bool(self.ways)  # "It starts at 2pm"

    def _is_past(self, lows: Sequence[str]) -> bool:
        """Say whether something was at an hour, and the error was about what is to come."""
        was = (roles(self.language)["was"] | _HAD) & set(lows)
        return not self.past and bool(was) and _TO_BE.isdisjoint(lows)

    def _names_others(self, sentence: Sentence, own: Clause) -> bool:
        """Say whether a clause has a name that the error had not: it may be of another town."""
        if self.language.startswith("de"):
            return False
        names = wrong_names.names(sentence.tokens[max(own.first, sentence.first + 1) : own.last], self.language)
        return bool(names - self.names)

    @property
    def rare(self) -> bool:
        """Say whether an hour is given so exactly that hardly anything else is at it."""
        return any(minutes % _ROUND for minutes in self.wrong)

    def _clause(self, sentence: Sentence, spot: Spot) -> Clause:
        """Return the clause of an hour, with the one before where it has nothing else: "Hale's funeral, at 2pm,"."""
        at, classes = sentence.clause_at(spot.first), phrases(self.language).classes
        own, words = sentence.clauses[at], roles(self.language)
        small = frozenset[str]().union(*(words[role] for role in _BESIDE))
        rest = [token for n, token in enumerate(sentence.tokens[own.first : own.last], own.first)
                if not spot.first <= n < spot.past and token.kind != "mark" and token.low not in small | _TO_BE
                and "stop" not in classes.get(token.low, ())]  # fmt: skip
        if (
            not rest
            and own.last < sentence.last
            and (sentence.tokens[own.last].text in _LABELS or own.first == sentence.first)
        ):
            return Clause(own.first, sentence.clauses[min(at + 1, len(sentence.clauses) - 1)].last)  # "5pm: the …"
        between = at and sentence.tokens[own.first - 1].text == "," and (not rest or sentence.relative(own))
        return Clause(sentence.clauses[at - 1].first, own.last) if between else own

    def is_about(self, low: str) -> bool:
        if any(verb in folded(low) for verb in self.verbs):
            return True  # "Sprengung", where something is "gesprengt"
        if self.language.startswith("de") and len(low) > _GERMAN:
            return any(len(one) >= _PART and low.startswith(one) for one in self.about)  # "Prozessbeginn"
        if self.language.startswith("de") and len(low) >= _PART and any(one.endswith(low) for one in self.whole):
            return True  # "die Sperre", of an "Ausgangssperre"
        return _stem(low, self.language) in self.about

    def _is_apart(self, sentence: Sentence, own: Clause, spot: Spot) -> bool:
        """Say whether an hour is of what comes before or after that: "the funeral, followed by a reception at 2pm"."""
        apart, tokens = roles(self.language)["apart"], sentence.tokens
        about = [at for at in range(own.first, own.last) if self.is_about(tokens[at].low)]
        led = any(token.low in apart for at in about[:1] for token in tokens[max(own.first, at - _APART) : at])
        between = tokens[about[0] + 1 : spot.first - 1] if about else ()
        return led or any(token.low in apart for token in between)


def hour(corrected: Corrected, language: str) -> Hour | None:
    """Return the hour that was wrong, None where something else was."""
    told = _clause_of(corrected, language)
    was, now = (read(words).tokens for words in (corrected.was, corrected.now))
    wrong, right = (_only(tokens, language) for tokens in (was, now))
    if (wrong is None and told is not None) or right is None:
        wrong, right = _in_place(corrected, language)
    if wrong is None or right is None or told is None or wrong[1] == right[1]:
        return None
    ends, starts, clock = (roles(language)[role] for role in ("ends", "starts", "clock"))
    words, calendar = [token.low for token in told], lexicon.load(language, "calendar")
    gone = set(corrected.was.lower().split()) | ends | starts | clock | set(calendar)
    closes = not ends.isdisjoint(words) and starts.isdisjoint(words)
    placed = {token.low for at, token in enumerate(told) if at and _is_placed(told, at, language)}
    kept = [low for low in words if low not in gone and _is_word(low) and not _is_day(low, calendar)]
    kept = [low for low in kept if low not in placed] or kept  # "Kick-off at Bramley Park"
    classes = phrases(language).classes
    about = frozenset(_stem(low, language) for low in kept if "stop" not in classes.get(low, ()) and len(low) > 2)
    said = frozenset(_stem(low, language) for low in roles(language)["said"])
    bare = corrected.now[now[right[0]].start :].strip() if now else corrected.now.strip()
    led = tuple(token.low for token in was[: wrong[0]])
    nouns = frozenset(token.low for token in told if token.text[0].isupper())
    ways = (ends if closes else starts) & frozenset(words)
    called = _called([low for low in words if low not in placed], language)
    verbs = wrong_context.verbs(corrected, language)
    return Hour(wrong[1], right[1], led, corrected.now.strip(), bare, about - said, called, closes, ways, nouns, verbs,
                wrong_names.names(read(corrected.sentence).tokens, language),
                bool((roles(language)["was"] | _HAD) & set(words)), language)  # fmt: skip


def _only(tokens: Sequence[Token], language: str) -> tuple[int, frozenset[int]] | None:
    """Return where the hour begins that words are with at most a preposition before it, and its minutes."""
    found = list(clock_times(tokens, language))
    if len(found) != 1 or found[0].last != len(tokens):
        return None
    led = tokens[: found[0].first]
    small = roles(language)["by_the_clock"] | {"a"}
    return (found[0].first, found[0].minutes) if all(token.low in small for token in led) else None


def _in_place(
    corrected: Corrected, language: str
) -> tuple[tuple[int, frozenset[int]] | None, tuple[int, frozenset[int]] | None]:
    """Return the minutes of hours that only their sentence makes such: "4.15", in "closes at 4.15"."""
    found = []
    for words in (corrected.was, corrected.now):
        sentence = corrected.sentence.replace(corrected.was, words, 1)
        at = corrected.sentence.find(corrected.was)
        tokens = read(sentence).tokens
        inside = [one for one in clock_times(tokens, language) if at <= tokens[one.first].start < at + len(words)]
        found.append((0, inside[0].minutes) if at >= 0 and len(inside) == 1 and words[:1].isdecimal() else None)
    return found[0], found[1]


def _tokens(sentence: Sentence) -> Sequence[Token]:
    return sentence.tokens[sentence.first : sentence.last]


def _stem(low: str, language: str) -> str:
    return low[:_GERMAN] if language.startswith("de") and len(low) > _GERMAN else clause.stem(low)


def _is_word(low: str) -> bool:
    return low.replace("-", "").isalpha()


def _is_placed(told: Sequence[Token], at: int, language: str) -> bool:
    """Say whether a word is of a place's name: "at Bramley Park"."""
    if language.startswith("de") or not told[at].text[0].isupper():
        return False
    before = told[at - 1]
    return before.low in roles(language)["placing"] or (
        before.text[0].isupper() and at > 1 and _is_placed(told, at - 1, language)
    )


def _is_day(low: str, calendar: Mapping[str, tuple[str, ...]]) -> bool:
    return low.removesuffix("s") in calendar


def _clause_of(corrected: Corrected, language: str) -> Sequence[Token] | None:
    """Return the clause that had the error, None for none."""
    at = corrected.sentence.find(corrected.was)
    for sentence in clause.sentences(corrected.sentence, language) if at >= 0 else ():
        for one in sentence.clauses:
            words = sentence.tokens[one.first : one.last]
            if words and words[0].start <= at < words[-1].end:
                return words
    return None


def _called(words: Sequence[str], language: str) -> frozenset[str]:
    """Return what else the things are called that some words name: "polling stations", of "polls"."""
    listed = lexicon.load(language, "states")
    labels = {values[1] for word in words if (values := listed.get(word, ("",)))[0] == "thing"}
    called = {phrase for phrase, values in listed.items() if values[0] == "thing" and values[1] in labels}
    return frozenset(called | (roles(language)["voting"] if "polls" in labels else set()))
