"""Where a text still has words that were corrected elsewhere: the same words, or the same error in other words around.

Owns telling the same error from the same words about another thing: the rest of the corrected sentence is what it was
an error about. Look next: `wrong_words` for what an error is; `sweep`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from asithappened.ledger.changes import Corrected, Stale, Text
from asithappened.ledger.language import clause, lexicon
from asithappened.ledger.language.by_part import by_part
from asithappened.ledger.language.clause import Sentence
from asithappened.ledger.language.clock_times import clock_times
from asithappened.ledger.language.roles import roles
from asithappened.ledger.language.said_when import When, times_in
from asithappened.ledger.language.tokens import read
from asithappened.ledger.stale import (
    superseded,
    wrong_ages,
    wrong_context,
    wrong_forms,
    wrong_hours,
    wrong_names,
    wrong_speakers,
    wrong_values,
)
from asithappened.ledger.stale.around import Around, Spot
from asithappened.ledger.stale.standing import Standing
from asithappened.ledger.stale.sweep_figures import folded
from asithappened.ledger.stale.wrong_amounts import Amount
from asithappened.ledger.stale.wrong_bearers import Bearer
from asithappened.ledger.stale.wrong_hours import Hour
from asithappened.ledger.stale.wrong_words import (
    LONGEST,
    Error,
    Word,
    errors,
    has_article,
    is_agent,
    is_distinct,
    is_placed,
    is_rank,
    is_town,
    runs,
    standing,
    without_article,
    words_in,
)
from asithappened.ledger.views import Part, PartView

_SHARED: Final = 0.6  # of what an error was about, to be the same one in other words
_FEW: Final = 2  # of its stems, where only some of its words are there
_SHARES: Final = 1  # stems of what an error was about
_COMPOUND: Final = 12  # letters of a German noun that is hardly of two persons
_LONG: Final = 4  # digits, of a number that is hardly of two things
_TOPS: Final = frozenset({"headline", "standfirst", "alert"})  # what a whole live blog is about
_OPENS: Final = frozenset('“„«"')
_CONTEXT: Final = 0.34  # of the sentence that a common word stood in


def _read_part(part: PartView, language: str) -> frozenset[str]:
    return frozenset(word.low for word in words_in(part.text, language))


_vocabulary = by_part(_read_part)


def _read_hours(part: PartView, language: str) -> bool:
    return next(clock_times(read(part.text).tokens, language), None) is not None


_hours = by_part(_read_hours)


def _spot(words: Sequence[Word], first: int, past: int) -> Spot:
    return Spot(words[first].first, words[past - 1].last)


class WordSweep:
    """A correction, ready to be looked for in texts."""

    def __init__(self, corrected: Corrected, language: str) -> None:
        corrected = without_article(corrected, language)
        self.corrected, self.language, self.roles = corrected, language, roles(language)
        was, now = (words_in(text, language)[:LONGEST] for text in (corrected.was, corrected.now))
        self.was, self.now = tuple(w.low for w in was), tuple(w.low for w in now)
        self.errors = errors(corrected, was, now, language)
        wrong = self.wrong = frozenset(map(clause.stem, self.was))
        self.named = wrong_names.is_name(read(corrected.was).tokens, language) or any(
            one.proper in {"house", "person"} for one in self.errors
        )
        self.placed = is_placed(corrected, language)
        self.named = self.named or (self.placed and is_town(corrected, language))
        self.slight = len(self.was) < 3 and not self.named and not is_distinct(corrected.was, language)
        said = wrong_context.without_source(corrected, language) if self.placed and self.named else corrected.sentence
        self.about = self._stems(w.low for w in words_in(said, language)) - wrong
        self.names = wrong_names.names(read(corrected.sentence).tokens, language) - wrong
        self.told = frozenset(token.low for token in read(corrected.sentence).tokens)
        self.given = wrong_names.given_before(corrected)
        told = clause.sentences(corrected.sentence, language)
        self.persons = wrong_context.names_person(corrected)
        self.verbs = wrong_context.verbs(corrected, language)
        self.scene, self.happened = (frozenset(map(clause.stem, self.roles[role])) for role in ("scene", "happened"))
        self.event = bool(self.about & (self.scene | self.happened)) or any(one.outcomes for one in told)
        self.beside = wrong_context.beside(corrected, language)
        self.led = wrong_context.led_by(corrected, language)
        self.speech = wrong_speakers.speech(corrected, language) if self.named else None
        self.agent = self.named and not self.placed and self.speech is None and is_agent(corrected, language)
        self.hour = wrong_hours.hour(corrected, language)
        self.value = None if self.hour else wrong_values.value(corrected, self.names, self.about, self.beside, language)
        capital = corrected.was[:1].isupper() and not language.startswith("de") and not is_rank(self.was[0], language)
        capital = capital and not has_article(corrected, language)  # "a Boeing"
        day = self.was[-1:] and self.was[-1] in lexicon.load(language, "calendar")
        beside = set(self.was) <= set(self.now)  # who is no chief has one
        self.is_thing = self.slight and not (capital or day or beside or self.was[0].isdecimal() or self.placed)
        self.bearer = Bearer(self.was, self.given, self.names, self.about, language)
        self.forms = wrong_forms.forms(corrected, language, named=self.named)
        hints = [max(error.wrong, key=len, default="") for error in self.errors]
        hints = [hint[:4] for hint in hints]  # as other forms begin
        self.hints = hints if all(map(str.isalpha, hints)) else []  # a number can be printed in many ways

    def find(self, text: Text) -> Iterator[Stale]:
        """Yield where a text still has the error, in order."""
        if not self.was or self.was == self.now:
            return
        note: bool | None = None
        for part in text.view.parts:
            if not self._may(part) or (part.kind == Part.SIGNATURE and not self._is_signed(text, part)):
                continue
            note = self._is_note(text) if note is None else note
            if not note:
                yield from self._in_part(text, part)

    def _is_signed(self, text: Text, part: PartView) -> bool:
        """Say whether whom the error was about signs: "Statement from Chief Constable Helen Strand"."""
        if self.speech is not None:
            return self._is_said(text, part)
        lows = tuple(word.low for word in words_in(part.text, self.language))
        whole = self.named and not self.placed and next(runs(lows, self.was), None) is not None
        return whole or any(self.names & one.stems for one in clause.sentences(part.text, self.language))

    def _is_said(self, text: Text, part: PartView) -> bool:
        """Say whether the quotation that a part signs is the one that somebody else said."""
        return self.speech is not None and any(
            self.speech.is_in(sentences, number)
            for one in text.view.parts
            if one.block == part.block and one is not part
            for sentences in [clause.sentences(one.text, self.language)]
            for number in range(len(sentences))
        )

    def _is_note(self, text: Text) -> bool:
        """Say whether a text has the right words, and says of some that they were wrong."""
        read_ = [(part, words_in(part.text, self.language)) for part in text.view.parts]
        right = any(next(runs([word.low for word in words], self.now), None) is not None for _, words in read_)
        if self.hour is not None:
            right = any(self.hour.is_known(read(part.text).tokens) for part, _ in read_)
        return right and any(
            {"wrong", "note"} & mark.kinds
            for part, _ in read_
            for sentence in clause.sentences(part.text, self.language)
            for mark in sentence.marks
        )

    def _may(self, part: PartView) -> bool:
        """Say whether a part has all words of an error, in whatever order: most parts have none of twenty errors'."""
        if self.hour is not None:
            return bool(_hours(part, self.language))
        if self.value is not None:
            return next(self.value.spots(part), None) is not None
        if self.hints:
            small = folded(part, self.language)
            if not any(hint in small for hint in self.hints):
                return False
            if len(self.was) == 1 and f"{self.was[0]}-" in small:
                return True
        there = _vocabulary(part, self.language)
        if self.language.startswith("de") and (self.named or len(self.was) == 1):
            return True  # "Hallbauers"
        return self.forms.may(there) or any(there.issuperset(error.wrong) for error in self.errors)

    def _in_part(self, text: Text, part: PartView) -> Iterator[Stale]:
        words, sentences = words_in(part.text, self.language), clause.sentences(part.text, self.language)
        title = clause.sentences(text.view.parts[0].text, self.language)
        if self.hour is not None:
            yield from self._hours_in(text, part, sentences, self.hour)
            return
        top, over = text.place in _TOPS, frozenset[str]().union(*(one.stems for one in title))
        near = [*title, *wrong_context.of_block(text, part, self.language)]
        titled = top or text.place == "summary" or any(self.about & one.stems for one in near)
        about = self.event if top else any(self.about & self._own_stems(one) for one in near)
        lows = tuple(word.low for word in words)
        right = [_spot(words, at, at + len(self.now)) for at in runs(lows, self.now)]
        german, done = self.language.startswith("de"), list[Spot]()
        taken = [_spot(words, at, at + len(self.was)) for at in standing(lows, self.was, genitive=german)]
        for error, spot in self._spots(part, words, lows):
            held = right if error.whole else [*right, *taken]
            if any(one.first <= spot.first and spot.past <= one.past for one in held) or any(
                one.first < spot.past and spot.first < one.past for one in done
            ):
                continue
            number = clause.number_at(sentences, spot.first)
            sentence = sentences[number]
            if error.proper == "title" and any(one.first >= sentence.first for one in done):
                continue  # whoever is named there is found by the name
            sure = self._sure(part, error, spot, sentences, number, over, top=top, titled=titled, about=about)
            if not sure and self._is_told(part, sentence, spot):
                sure = 55
            known = any(sentence.first <= one.first and one.past <= sentence.last for one in right)
            if not sure or known or (right and not self.named):
                continue
            if self.named and self._tells_apart(text, lows, sentence):
                continue
            if (error.name or self.given) and self.bearer.is_namesake(text, error):
                continue
            after = sentences[number + 1] if number + 1 < len(sentences) else None
            times = self._times(error, sentence, text)
            if superseded.why_words(Around(sentence, spot, (), -1, after, times, self.language)):
                continue
            counted = self.value is None or (isinstance(self.value, Amount) and not self._is_known(sentence, spot))
            if self.slight and counted and self._is_of_another(sentence, spot):
                continue
            done.append(spot)
            yield self._stale(text, part, sentence, spot, error, sure)

    def _spots(self, part: PartView, words: Sequence[Word], lows: Sequence[str]) -> Iterator[tuple[Error, Spot]]:
        """Yield where wrong words may stand, in whatever form."""
        if self.value is not None:
            yield from ((Error((), right, True, False), spot) for spot, right in self.value.spots(part))
            return
        for error in self.errors:
            for at in standing(lows, error.wrong, genitive=self.language.startswith("de")):
                yield error, _spot(words, at, at + len(error.wrong))
        for form in self.forms.standing(lows):
            yield Error((), form.right, True, False), _spot(words, form.at, form.last)

    def _times(self, error: Error, sentence: Sentence, text: Text) -> Sequence[When]:
        """Return the times that tell a sentence from the error: none where it names whom, or has what was said."""
        named = self.slight and not self.language.startswith("de") and self.names & sentence.stems
        if named or self.speech is not None or error.name:
            return ()
        return wrong_context.times(sentence, text.at, self.told, self.language)

    def _is_told(self, part: PartView, sentence: Sentence, spot: Spot) -> bool:
        """Say whether one who is quoted has a wrong thing, that is nobody's name: "he had a knife in his hand"."""
        thing = self.value is None and not self.named and len(self.was) == 1 and self.was[0].isalpha()
        thing = thing and (self.language.startswith("de") or self.corrected.was.islower())
        return thing and (
            wrong_context.is_witnessed(part, sentence, spot, self.language)
            or wrong_context.is_spoken_of(part, sentence, spot, self.names | self.wrong, self.language)
        )

    def _is_known(self, sentence: Sentence, spot: Spot) -> bool:
        return spot.first > sentence.first and sentence.tokens[spot.first - 1].low in self.roles["definite"]

    def _is_of_another(self, sentence: Sentence, spot: Spot) -> bool:
        """Say whether wrong words are of several things, or of another time."""
        counted = not self.was[0].isdecimal() and wrong_context.is_counted(sentence, spot, self.language)
        own = not self.language.startswith("de") and bool(self.names & sentence.stems)
        return counted or (not own and wrong_context.is_of_another_month(sentence, self.told, self.language))

    def _hours_in(self, text: Text, part: PartView, sentences: Sequence[Sentence], hour: Hour) -> Iterator[Stale]:
        title = read(text.view.parts[0].text).tokens
        titled = any(hour.is_about(token.low) for token in title)
        tokens = read(part.text).tokens
        for spot in hour.spots(tokens):
            number = clause.number_at(sentences, spot.first)
            sentence = sentences[number]
            if hour.is_known(tokens[sentence.first : sentence.last]):
                continue
            quoted = wrong_context.is_quoted(part, spot)
            if not hour.is_of(sentences, number, spot, titled=titled, quoted=quoted):
                continue
            after = sentences[number + 1] if number + 1 < len(sentences) else None
            times = [one for one in times_in(sentence, text.at, self.language) if one.kind == "far"]
            if wrong_context.is_of_another_day(sentence, spot, self.told):
                continue
            if superseded.why_words(Around(sentence, spot, (), -1, after, times, self.language)):
                continue
            error = Error((), hour.right_at(tokens, spot), True, False)
            yield self._stale(text, part, sentence, spot, error, 75)

    def _sure(
        self,
        part: PartView,
        error: Error,
        spot: Spot,
        sentences: Sequence[Sentence],
        number: int,
        over: frozenset[str],
        *,
        top: bool,
        titled: bool,
        about: bool,
    ) -> int:
        """Return how surely wrong words are the same error, 0 where they are of something else."""
        sentence = sentences[number]
        said = part.kind == Part.SIGNATURE or self.speech is None or self.speech.is_in(sentences, number)
        if not said:
            return 0  # what they said themselves
        if error.name:
            capital = sentence.tokens[spot.first].text[0].isupper()  # "one lane" is no Chapel Lane
            if self.language.startswith("de") and wrong_context.is_noun(sentence, spot, self.language):
                return 0  # "ein Brand"
            placed = wrong_context.is_place(sentence, spot, self.language)
            return 80 if capital and not placed and self.bearer.alone(sentence, spot, before=True) else 0
        if error.proper == "rank":
            behind = sentence.tokens[spot.past] if spot.past < sentence.last else None
            known = self.bearer.adjoins_name(sentence, spot) or (
                top and spot.first == sentence.first and behind is not None and not behind.text[0].isupper()
            )
            return 70 if known or wrong_context.is_the_one(sentence, spot, self.about, self.language) else 0
        if error.proper == "model":
            return 60 if wrong_context.is_the_one(sentence, spot, self.about, self.language) else 0
        if error.proper == "title":
            behind = sentence.tokens[spot.past] if spot.past < sentence.last else None
            named = behind is not None and behind.kind == "word" and behind.text[0].isupper()
            return 0 if named or self.speech is None else 70  # "Innenministerin Voss" is found by her name
        if error.proper:
            house = error.proper == "house"
            attributive = house and wrong_context.is_attributive(sentence, spot, self.language, of_events=True)
            return 85 if not attributive and self.bearer.is_proper(sentence, spot, error) else 0
        german = self.language.startswith("de")
        shared = len(self.about & (sentence.stems if german else self._own_stems(sentence)))
        if german and not shared:
            shared = wrong_context.compounds(sentence, self.verbs)
        if not error.whole:
            own = self._stems(self.was) - self._stems(error.wrong)
            if len(own) > 1 and len(own & sentence.stems) >= max(2, _SHARED * len(own)):
                return 70
            known = wrong_context.is_the_one(sentence, spot, self.about, self.language)
            if (self.named and not german) or self._names_others(sentence, spot):
                return 0
            return 60 if known or shared >= _FEW else 0
        new = wrong_context.is_of_a_new_one(sentence, self.about, self.language)
        if new and not self.named and not top and not (self.names & sentence.stems and not german):
            return 0  # "A dog was shot in the leg"
        if self.named:
            if not self.bearer.alone(sentence, spot, before=self.placed and self.language.startswith("de")):
                return 0  # "Chapel Lane School"
            if self.placed and wrong_context.is_called_after(sentence, spot, self.about, self.language):
                return 0  # "el barrio de Puente Nuevo"
            if not self.agent and self.bearer.is_apart(sentence, spot):
                return 0  # "the strike at St George's"
            if self.placed and shared < _SHARES:
                apart = wrong_context.is_elsewhere(sentence, spot) or wrong_context.is_at(sentence, spot, self.language)
                if apart or not (about or self._is_scene(sentences)):
                    return 0  # "Colin Bates, from Marlow East", "the inn in Marlow East"
            if self.agent and not shared:
                return 0  # what they say of something else
            if (
                self.placed
                and shared == 1
                and wrong_context.stands_there(sentence, spot, self.corrected, self.about, self.language)
            ):
                return 0  # "the school in Lower Marden", of a school bus
            attributive = wrong_context.is_attributive(sentence, spot, self.language)
            return 90 if not self.placed or shared or not attributive else 0
        if self.value is not None:
            same = self.value.is_of(Standing(part, sentences, number, spot, over, top, titled))
            if same or self.slight or not isinstance(self.value, Amount):
                return 80 if same else 0
        if not self.slight and not shared and wrong_context.is_at(sentence, spot, self.language):
            return 0  # "Die Bäckerei in der Marienstraße"
        if not self.slight:
            return 0 if not shared and self._is_of_others(sentence) else 95
        if not self.corrected.sentence or not self.about:
            return 50
        capital = self.corrected.was[:1].isupper() and not german
        if (capital and not self.bearer.alone(sentence, spot, before=False)) or wrong_context.is_of_other(
            sentence, spot, self.about, self.language
        ):
            return 0  # "the head teacher of another school"
        ahead = sentence.tokens[spot.first - 1].low if spot.first > sentence.first else ""
        if self.given and sentence.tokens[spot.first].text[0].isupper():
            if ahead != self.given and wrong_context.is_place(sentence, spot, self.language):
                return 0
            return 80 if ahead == self.given or self.bearer.alone(sentence, spot, before=True) else 0
        led = self.placed and about and self.corrected.was[:1].isupper() and ahead in self.roles["placing"]
        if led and self.bearer.alone(sentence, spot, before=True):
            return 70  # "in Cardiff"
        if wrong_ages.is_ordinal(sentence, spot, self.language):
            return 0
        told = self.beside | self.about
        if self.beside and wrong_context.is_of_person(sentence, spot, told, self.names, self.language):
            return 0  # "the Norwegian captain" of a tanker
        the_one = self.is_thing and wrong_context.is_the_one(
            sentence, spot, self.about, self.language, persons=self.persons
        )
        if the_one and not self._names_others(sentence, spot):
            return 60  # "the knife has not been found"
        rare = self.corrected.was[:1].isupper() or len(self.was[0]) >= _LONG
        spoken = rare and (titled or any(self.about & one.stems for one in sentences))
        if german and wrong_context.is_anothers(sentence, spot, self.names | self.wrong, self.language):
            return 0
        if self.was[0].isdecimal() and wrong_context.is_known_thing(sentences, number, spot, self.about, self.language):
            return 65
        if not self.names or german:  # where every noun has a capital
            least = 1 if rare else min(2, max(1, _CONTEXT * len(self.about)))
            if shared >= least or self.beside & wrong_context.words_behind(sentence, spot):
                return 75
            one = spot.past == spot.first + 1 and len(sentence.tokens[spot.first].text) >= _COMPOUND
            return 60 if spoken else 55 if german and one else 0
        if self.names & sentence.stems:
            sure = shared > 1 or not self.was[0].isdecimal() or self._follows_name(sentence, spot)
            return 80 if sure else 0
        before = sentences[number - 1].stems if number else over
        opening = frozenset(token.low for token in sentence.tokens[sentence.first : sentence.first + 2])
        if self.names & before and opening & self.roles["pointing"]:
            return 65  # "She is the first Slovak to enter the race"
        if any(token.low in self.roles["other"] for token in sentence.tokens[sentence.first : spot.first]):
            return 0  # "a second man was charged with arson"
        if self.led and wrong_context.is_led_alike(sentence, spot, self.led, self.language):
            return 65  # "Man charged with arson over mill fire"
        if wrong_context.others(sentence, self.was, self.language):
            return 0  # somebody else's
        if self.beside & wrong_context.words_behind(sentence, spot):
            return 75  # "the Norwegian tanker"
        if self.names & before and sentence.stems & (self.roles["pointing"] | self.roles["his"]):
            return 65
        return 70 if shared >= max(2, _CONTEXT * len(self.about)) else 60 if spoken else 0

    def _names_others(self, sentence: Sentence, spot: Spot) -> bool:
        """Say whether a sentence names somebody, and nobody whom the error was about."""
        if self.language.startswith("de"):
            return wrong_context.is_anothers(sentence, spot, self.names | self.wrong, self.language)
        return bool(wrong_context.others(sentence, self.was, self.language) - self.names)

    def _tells_apart(self, text: Text, lows: Sequence[str], sentence: Sentence) -> bool:
        """Say whether a paragraph has the right name too, or its text has, where a sentence is about something else."""
        own = [tuple(word.low for word in words_in(one.right, self.language)) for one in self.errors if one.proper]
        right = [self.now, *own]
        if any(next(runs(lows, one), None) is not None for one in right):
            return True
        if self.about & self._own_stems(sentence):
            return False
        parts = (tuple(word.low for word in words_in(part.text, self.language)) for part in text.view.parts)
        return any(next(runs(part, self.now), None) is not None for part in parts)

    def _own_stems(self, sentence: Sentence) -> frozenset[str]:
        """Return a sentence's stems without those of names alone that the error was not about: "Lowland Water"."""
        tokens = sentence.tokens[sentence.first : sentence.last]
        small = {clause.stem(token.low) for at, token in enumerate(tokens) if at == 0 or not token.text[0].isupper()}
        return frozenset(small | (self.names & sentence.stems))

    def _is_scene(self, sentences: Sequence[Sentence]) -> bool:
        """Say whether a part speaks of what the error was about, or of those who come to what happened."""
        scene = self.scene if self.event else frozenset[str]()
        return any(self.about & self._own_stems(one) or scene & one.stems for one in sentences)

    def _is_of_others(self, sentence: Sentence) -> bool:
        """Say whether a sentence names others, and none of those whom the error was about."""
        behind = [
            sentence.tokens[at]
            for at in range(sentence.first + 1, sentence.last)
            if sentence.tokens[at - 1].text not in _OPENS
        ]
        others = wrong_names.names(behind, self.language) - frozenset(map(clause.stem, self.was))
        german = self.language.startswith("de")  # every noun has a capital
        return bool(self.names and others) and not german and not self.names & sentence.stems

    def _follows_name(self, sentence: Sentence, spot: Spot) -> bool:
        """Say whether wrong words stand right behind whose they are: "Ruiz, 34,"."""
        before = sentence.tokens[max(sentence.first, spot.first - 2) : spot.first]
        return len(before) == 2 and before[1].text == "," and clause.stem(before[0].low) in self.names

    def _stems(self, lows: Iterable[str]) -> frozenset[str]:
        return clause.stems(lows, self.language)

    def _stale(self, text: Text, part: PartView, sentence: Sentence, spot: Spot, error: Error, sure: int) -> Stale:
        tokens = sentence.tokens
        start, end = tokens[spot.first].start, tokens[spot.past - 1].end
        exact, first = part.text[start:end], tokens[sentence.first].start
        right, says = error.right, exact
        ending = tokens[spot.past - 1].low.removeprefix(error.wrong[-1]) if error.wrong else ""
        if ending in {"s", "es"} and self.language.startswith("de"):
            right += "s"  # a German genitive
        if spot.first == sentence.first and exact[:1].isupper():
            right = right[:1].upper() + right[1:]
            if self.corrected.was[:1].islower():
                says = exact[:1].lower() + exact[1:]
        return Stale(
            text=text.key,
            change=self.corrected.key,
            start=part.start + start,
            end=part.start + end,
            exact=exact,
            sentence=part.text[first : tokens[sentence.last - 1].end],
            sentence_start=part.start + first,
            says=says,
            stands=error.right,
            replacement=right,
            confidence=sure,
            rule="words.same" if error.whole else "words.error",
        )
