"""Who said what: the attributions of a post, by its structure first and its sentences' cues then.

Owns putting together what `cues`, `nouns`, `channels` and `speakers` find, and what structure says by itself: a social
post's author, a quotation set off. Names no speaker where two may be meant. Look next: `introducing` for whose words
come next, `passing` for the outlets that they came by.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from asithappened.ledger.speech import phrases_ahead, quotations
from asithappened.ledger.speech.channels import NETWORKS, channels_of, given_by, of_document
from asithappened.ledger.speech.clauses import Item, Unit, begins_quoted
from asithappened.ledger.speech.contents import alone, content_of, kind_of_quote, quoted_by
from asithappened.ledger.speech.continuing import Cast
from asithappened.ledger.speech.entities import FEMALE, MALE, Entity
from asithappened.ledger.speech.grammar import Grammar, grammar
from asithappened.ledger.speech.introducing import (
    NOBODY,
    Whose,
    aside,
    gives_part,
    introduces,
    leads_in,
    named_behind,
    posted,
    whose_words_follow,
)
from asithappened.ledger.speech.names import Named, named_in_all
from asithappened.ledger.speech.nouns import introduced, labelled_behind
from asithappened.ledger.speech.passing import Passing
from asithappened.ledger.speech.phrase import Phrase
from asithappened.ledger.speech.said import Said
from asithappened.ledger.speech.sentences import Sentence, is_reported, sentences_of
from asithappened.ledger.speech.speakers import Discourse
from asithappened.ledger.speech.under_way import UnderWay
from asithappened.ledger.suggestions import Attribution, Channel
from asithappened.ledger.views import BlogView, Part, PartView, PostView

UNREAD: Final = frozenset({Part.CAPTION, Part.CARD, Part.SIGNATURE})
OTHERS_WORDS: Final = frozenset({Part.QUOTE, Part.SOCIAL})
_HEADED: Final = frozenset({Part.TITLE, Part.HEADING, Part.SOCIAL})
EARLIER: Final = 60  # posts: how far back a surname's bearer is looked for
_OWN: Final = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur)\b")  # words that somebody says of himself
_ASKING: Final = frozenset(
    {"ask", "want to know", "wonder", "would like to know", "demand to know", "enquire", "inquire"}
)
_SOME_ONE: Final = frozenset({"a", "an", "one", "another"})
_SURE: Final = {"active": 92, "inverted": 92, "passive": 80, "shared": 80, "noun": 85, "colon": 85, "nobody": 70}


class Attributions:
    """Suggests attributions, with channel and relays."""

    name = "attribution"
    version = "1"
    kinds = frozenset({"attribution"})

    def suggest(self, post: PostView, blog: BlogView) -> Iterator[Attribution]:
        """Yield a post's attributions."""
        yield from _Reading(post, blog).all()


class _Open(Struct):
    """An attribution under way, which what follows may go on with."""

    at: int = -1  # among those found
    colon: bool = False  # its sentence ends in one
    quote: bool = False  # its last quotation is not closed


class _Reading:
    """A post read from its beginning."""

    def __init__(self, post: PostView, blog: BlogView) -> None:
        self.post, self.language = post, blog.language
        self.rules: Grammar = grammar(blog.language)
        self.parts = [part for part in post.parts if part.kind not in {Part.CAPTION, Part.CARD}]
        self.at = 0  # the part that is being read
        self.turns = quotations.turns(self.parts)
        self.under = UnderWay(post)
        self.found = self.under.found
        at = next((n for n, other in enumerate(blog.posts, 1) if other.number == post.number), len(blog.posts))
        self.older = blog.posts[at : at + EARLIER]
        self.elsewhere = [self._named(other) for other in self.older]
        self.talk = Discourse(self._named(post), self.elsewhere, self.rules, self._casts())
        self.open = _Open()
        self.speaker = ""  # of the last direct words, who may go on speaking
        self.shown = False  # whether a social post stands behind the part that is read
        self.about = ""  # whom alone the last sentence is about, where nobody says anything in it
        self.given: Channel | Literal[""] = ""  # what the words are that come next: a letter, a statement
        self.begun: PartView | None = None  # the first part of the quotation set off that is being read
        self.block: str | None = None  # the block of the quotation set off that is being read
        self.quoted = -1  # the attribution of the quotation set off that is being read
        self.passing = Passing(post, self.under, self.rules, [self._named(post), *self.elsewhere])
        self.led = False  # whether the last sentence only gives what comes next: "Here's an extract."
        self.copy = ""  # the outlet that the last sentence's words came by, whose copy may follow
        self.whose = NOBODY  # whom the words before a quotation set off name, and where

    def all(self) -> list[Attribution]:
        """Return what is said, in order of its text."""
        kept = self.talk.aside()
        self.talk.back(kept)
        for at, part in enumerate(self.parts):
            self.at = at
            after = self.parts[self.at + 1] if self.at + 1 < len(self.parts) else None
            match part.kind:
                case Part.SIGNATURE:
                    self._signed(part)
                case Part.SOCIAL:
                    self._social(part)
                    kept = self.talk.aside()
                    self.talk.me = part.author
                    self._read(part, continued=False)
                    self.talk.back(kept)
                case Part.QUOTE:
                    if part.block != self.block:
                        kept = self.talk.aside()
                    self._set_off(part)
                    self.talk.me = self.found[self.quoted].source if self.quoted >= 0 else ""
                    self._read(part, continued=after is not None and begins_quoted(after.text))
                    if after is None or after.kind is not Part.QUOTE:
                        self.talk.back(kept)
                case _:
                    self.block = None
                    self.shown = after is not None and after.kind is Part.SOCIAL
                    self._read(part, continued=after is not None and begins_quoted(after.text))
                    self.shown = False
        self.under.settle(len(self.found) - 1)
        if self.parts and self.parts[0].kind is Part.TITLE:
            quotations.told_by_the_post(self.found, self.parts[0])
        return sorted(self.found, key=lambda one: (one.start, one.cue_start))

    def _named(self, post: PostView) -> Named:
        return named_in_all(tuple(part.text for part in post.parts if part.kind not in UNREAD), self.language)

    def _casts(self) -> Iterator[Cast]:
        """Yield whom each post before is about in its own words, newest first."""
        for n, other in enumerate(self.older):
            talk = Discourse(self.elsewhere[n], self.elsewhere[n + 1 :], self.rules)
            subjects, others = list[Entity](), list[Entity]()
            for part in other.parts:
                for sentence in (
                    sentences_of(part.text, self.language) if part.kind not in UNREAD | OTHERS_WORDS else ()
                ):
                    for one in sentence.said:
                        if one.source is not None:
                            talk.resolve(sentence.unit, one.source, behind=one.sign == "before")
                    talk.end(sentence.unit)
                    cast = talk.cast()
                    subjects += cast.subjects
                    others += cast.others
            yield Cast(tuple(subjects), tuple(others))

    # Structure

    def _social(self, part: PartView) -> None:
        if self.open.colon:
            one = self.found[self.open.at] if self.open.at >= 0 else None
            if one is not None and not one.channel and part.author and one.source == part.author:
                self.found[self.open.at] = replace(one, channel=NETWORKS.get(part.channel, "social"))
            self.open = _Open()
        self.under.owed = []  # "a photo from the Herald's Ana Ruiz:" passes on no words
        self.under.add(
            part.start,
            part.end,
            source=part.author,
            channel=NETWORKS.get(part.channel, "social"),
            quote="direct",
            rule="attribution.social",
            confidence=97,
        )
        self.quoted = len(self.found) - 1

    def _signed(self, part: PartView) -> None:
        """Give the attribution of the quotation or social post before it its source as printed."""
        if self.quoted < 0:
            return
        at = part.text.find(part.author) if part.author else -1
        start = part.start + max(at, 0)
        end = start + len(part.author) if at >= 0 else part.end
        one = self.found[self.quoted]
        text = self.post.text[start:end]
        self.found[self.quoted] = replace(
            one, source=one.source or text, source_start=start, source_end=end, source_exact=text
        )
        self.quoted = -1

    def _set_off(self, part: PartView) -> None:
        """Begin, or go on with, a quotation that is set off."""
        if part.block == self.block:
            if self.quoted >= 0:
                self.under.reach(self.quoted, part.end)
            return
        self.block, self.begun = part.block, part
        if not self.open.colon and not part.author and self._says_whose_it_is(part):
            self.quoted = -1
            return
        if self.open.colon and self.open.at >= 0:
            self.under.reach(self.open.at, part.end, quote="direct")
            self.quoted = self.open.at
        else:
            self.under.add(
                part.start,
                part.end,
                source=part.author or self.whose[0] or self.copy or self.speaker or self._of_their_own(part.text),
                printed=self.whose[1:],
                channel=self.given,
                quote="direct",
                rule="attribution.block",
                confidence=90 if part.author else 75 if self.whose[0] else 60,
            )
            self.quoted = len(self.found) - 1
            if part.author:
                self.talk.spoke(Entity(part.author, "name"))
        self.open = _Open()
        self.under.settle(self.quoted)

    def _says_whose_it_is(self, part: PartView) -> bool:
        """Say whether words set off are somebody's quotation, with who said it: "“It is shut,” Ana Ruiz said."."""
        at = self.at
        while at < len(self.parts) and self.parts[at].kind is Part.QUOTE:
            if not begins_quoted(self.parts[at].text):
                return False
            at += 1
        sentences = sentences_of(part.text, self.language, inside=True)
        said = any(one.sign == "before" for one in sentences[0].said) if sentences else False
        return said and all(one.said or alone(one.unit) is not None for one in sentences)

    def _within_story(self, part: PartView, quote: Item) -> bool:
        """Say whether a quotation is a paragraph of a story that is set off, and is not all that is set off."""
        if self.begun is None or part.start <= self.begun.start or quote.start:
            return False
        return self.found[-1].cue_start >= self.begun.start or ":" in self.post.text[part.start - 4 : part.start]

    def _named_behind(self, part: PartView, unit: Unit) -> None:
        """Give words set off the name that stands behind them with what they are on: "Ana Ruiz, on the new bill."."""
        if self.quoted < 0 or self.found[self.quoted].source or self.found[self.quoted].end + 2 < part.start:
            return
        whose = named_behind(unit, self.talk, self.rules)
        if whose is None:
            return
        start, end = part.start + unit.items[whose.first].start, part.start + unit.items[whose.last].end
        self.found[self.quoted] = replace(
            self.found[self.quoted],
            source=self.talk.resolve(unit, whose),
            source_start=start,
            source_end=end,
            source_exact=self.post.text[start:end],
        )

    # Sentences

    def _read(self, part: PartView, *, continued: bool) -> None:
        inside = part.kind in OTHERS_WORDS
        sentences = sentences_of(part.text, self.language, continued=continued, inside=inside)
        goes_on, self.open.quote = self.open.quote, False
        introducing = self.open if self.open.colon and part.kind is not Part.QUOTE else None
        self.open = _Open() if part.kind is not Part.QUOTE else self.open
        self.talk.begin()
        beside = False  # whether the sentence before has somebody's words
        for number, sentence in enumerate(sentences):
            unit = sentence.unit
            first = len(self.found)
            said = list(sentence.said)
            intro = introduced(unit, self.rules) if number == 0 else None
            turn = intro is not None and self._is_turn(part, unit.items[: intro.last + 1])
            if intro is not None and (turn or not said):
                listed = turn and self.at in self.turns
                if listed or introduces(part, unit, intro, self.talk, self.rules):
                    said.insert(0, intro)
            if number == 0 and not said and part.kind in _HEADED and (label := labelled_behind(unit, self.rules)):
                said.append(label)
            if self.shown and not said and number == len(sentences) - 1 and (post := posted(unit, self.rules)):
                said.append(post)
            if number == 0 and part.kind is Part.PARAGRAPH:
                self._named_behind(part, unit)
            names = {one: self._name(unit, one, quoted=quoted_by(unit, one, said)) for one in said}
            channels = channels_of(unit, said, self.language)
            for one in said:
                it = one.source is not None and unit.lows[one.source.head] == "it"
                channel = channels.get(one.first) or (of_document(names[one], self.language) if it else "")
                self._add(part, sentences, number, one, names[one], channel)
            if said:
                self.under.settle(first)
            elif alone(unit) is None and not leads_in(unit):
                self.under.owed = [relay for relay in self.under.owed if relay.mode != "told"]
            self.passing.relay(part, unit, said, first)
            whose = self.whose if number == 0 else NOBODY
            if part.kind is not Part.QUOTE and not aside(unit):
                self.whose = NOBODY if said else whose_words_follow(part, unit, self.talk, self.rules)
                gives = not said and (self.whose[0] or leads_in(unit))
                self.given = given_by(unit, self.language) if gives else ""
                self.led = not said and gives_part(unit)
            whole = alone(unit)
            if beside and not said and whole is None and is_reported(unit, self.language):
                self.under.reported_on(part.start, unit, self.speaker)
                self.talk.end(unit)
                continue
            if whole is not None and not said:
                self._free(
                    part,
                    whole,
                    goes_on=(goes_on and number == 0) or (beside and self._goes_on(part, part.start + whole.start)),
                    introducing=introducing if number == 0 else None,
                    whose=whose,
                    answers=number > 0 and quotations.only_asks(sentences[number - 1].unit),
                )
            elif introducing is not None and number == 0 and introducing.at >= 0:
                self.under.reach(introducing.at, part.start + unit.items[-1].end)
            elif not said:
                self._behind_colon(part, unit)
            beside = len(self.found) > first or whole is not None
            self._remember(unit, said, first)
            self.copy = self.passing.copied_from(unit, said, first)
            if sentence.quoted:
                self._inside(part, sentence, first)
            self.talk.end(unit)
            if not said and not aside(unit) and not leads_in(unit):
                self.about = self.talk.about()
        if sentences:
            self._left_open(part, sentences[-1])

    def _inside(self, part: PartView, sentence: Sentence, first: int) -> None:
        """Read what is said inside a sentence's quotations, where "I" is who is quoted."""
        outer = len(self.found)
        for quoted in sentence.quoted:
            kept = self.talk.aside()
            start = part.start + quoted.start
            around = [one for one in self.found[first:outer] if one.start <= start < one.end]
            around = around or [one for one in self.found[:outer][-1:] if one.start <= start < one.end]
            self.talk.me = around[-1].source if around else "" if part.kind not in OTHERS_WORDS else self.talk.me
            words = replace(part, text=quoted.text, start=start)
            for number, inner in enumerate(quoted.sentences):
                begun = len(self.found)
                said = list(inner.said)
                names = {one: self._name(inner.unit, one) for one in said}
                for one in said:
                    self.under.nested.add(len(self.found))
                    self._add(words, quoted.sentences, number, one, names[one], "")
                if said:
                    self.passing.relay(words, inner.unit, said, begun)
                if inner.quoted:
                    self._inside(words, inner, begun)
                self.talk.end(inner.unit)
            self.talk.back(kept)

    def _name(self, unit: Unit, one: Said, *, quoted: bool = False) -> str:
        if one.source is None:
            return ""
        name = self.talk.resolve(unit, one.source, behind=one.sign == "before", quoted=quoted)
        if one.lemma in _ASKING and one.how == "active":
            self.talk.asked_by(name)
        if one.lemma == "ask" and one.how == "active" and one.content > one.last + 1:
            at = one.last + 1
            her = unit.lows[at] == "her" and one.content == at + 1  # no "her mother"
            whom = Phrase(at, at, at, "pronoun") if her else phrases_ahead.after(unit.items, at, self.rules)
            if whom is not None and whom.last < one.content:
                self.talk.asks(unit, whom, name)
        elif one.lemma in _ASKING and unit.items[one.source.first].low in _SOME_ONE and one.source.kind == "noun":
            self.talk.asks_whoever_spoke(name)
        return name

    def _add(
        self,
        part: PartView,
        sentences: tuple[Sentence, ...],
        number: int,
        one: Said,
        name: str,
        channel: Channel | str,
    ) -> None:
        unit = sentences[number].unit
        items = unit.items
        start, end = content_of(sentences, number, one)
        cue_start, cue_end = items[one.first].start, items[one.last].end
        source_start = source_end = 0
        if one.source is not None:
            source_start, source_end = items[one.source.first].start, items[one.source.last].end
        bare = one.how == "colon"
        if bare and one.source is not None and self._is_turn(part, items[: one.last + 1]):
            end = len(part.text.rstrip())
        certain = _SURE[one.how] - (0 if name else 15) - (20 if one.sign in {"", "thing"} else 0)
        self.under.add(
            part.start + start,
            part.start + end,
            source=name,
            printed=(part.start + source_start, part.start + source_end) if one.source is not None else (0, 0),
            cue=(part.start + cue_start, part.start + cue_end) if not bare else (0, 0),
            cue_class=one.cue_class,
            channel=channel,
            quote=kind_of_quote(items, start, end),
            rule=f"attribution.{one.how}",
            confidence=certain,
        )

    def _is_turn(self, part: PartView, label: Sequence[Item]) -> bool:
        return quotations.is_turn(part, label) or (self.at in self.turns and label[0].start == 0)

    def _behind_colon(self, part: PartView, unit: Unit) -> None:
        """Read words in quotation marks that a colon gives, and no verb."""
        headed = part.kind in {Part.TITLE, Part.HEADING}
        quote = quotations.in_headline(unit) if headed else quotations.behind_colon(unit)
        if quote is None or part.kind in OTHERS_WORDS | {Part.TABLE}:
            return
        whose = NOBODY if headed else whose_words_follow(part, quotations.before_colon(unit), self.talk, self.rules)
        self.under.add(
            part.start + quote.start,
            part.start + quote.end,
            source=whose[0],
            printed=whose[1:],
            quote="direct",
            rule="attribution.quotation",
            confidence=75 if whose[0] else 55,
        )
        self.under.settle(len(self.found) - 1)

    def _free(
        self,
        part: PartView,
        quote: Item,
        *,
        goes_on: bool,
        introducing: _Open | None,
        whose: Whose,
        answers: bool,
    ) -> None:
        """Read whole sentences in quotation marks that nobody's verb claims."""
        end = part.start + quote.end
        if introducing is not None and introducing.at >= 0:
            self.under.reach(introducing.at, end, quote="direct")
            return
        if goes_on and (last := self.under.last()) >= 0:
            self.under.reach(last, end)
            return
        if part.kind in {Part.SOCIAL, Part.TABLE} or (len(quote.text.split()) < 3 and not (answers and self.speaker)):
            return
        if part.kind is Part.QUOTE and not self._within_story(part, quote):
            return
        self.under.add(
            part.start + quote.start,
            end,
            source=whose[0] or self.speaker or self.about,
            printed=whose[1:],
            quote="direct",
            rule="attribution.quotation",
            confidence=75 if whose[0] else 70 if self.speaker else 55,
        )
        self.under.settle(len(self.found) - 1)

    def _of_their_own(self, text: str) -> str:
        """Return whom the sentence before was about, where the words set off are somebody's who says "I"."""
        return self.about or self.talk.topic() if self.led or _OWN.search(text) else ""

    def _goes_on(self, part: PartView, start: int) -> bool:
        """Say whether the last attribution is of this part and of words in quotation marks, which go on."""
        last = self.under.last()
        if last < 0 or self.found[last].start < part.start:
            return False
        ended = self.found[last].cue_end and not self.post.text[self.found[last].cue_end : start].strip(" .")
        return bool(ended) or self.found[last].quote != "indirect"

    def _remember(self, unit: Unit, said: list[Said], first: int) -> None:
        """Keep who speaks, for direct words that go on."""
        self.about = self.about if aside(unit) or leads_in(unit) else ""
        if said:
            best = [one for one in self.found[first:] if one.quote != "indirect"] or self.found[first:]
            names = {one.source for one in best if one.source}
            outer = self.found[-1].source if said[-1].sign == "before" else ""  # "…, Osei said, reports Ana Ruiz."
            self.speaker = names.pop() if len(names) == 1 else outer
        elif aside(unit):
            return  # "(There is more below.)"
        elif alone(unit) is None and not leads_in(unit) and not self._goes_on_about(unit):
            kept = self.speaker if quotations.only_asks(unit) else ""
            self.speaker = self.found[-1].source if len(self.found) > first else kept

    def _goes_on_about(self, unit: Unit) -> bool:
        """Say whether a sentence says more of who spoke, and names nobody else: "He has been arrested since."."""
        return unit.lows[0] in MALE | FEMALE and not any(item.capital for item in unit.items[1:])

    def _left_open(self, part: PartView, sentence: Sentence) -> None:
        last = sentence.unit.items[-1]
        own = [
            n
            for n, one in enumerate(self.found)
            if part.start <= one.cue_start < part.end and one.cue_end and n not in self.under.nested
        ]
        bare = [n for n, one in enumerate(self.found) if one.rule == "attribution.colon" and one.start >= part.start]
        announced = any(one.sign == "colon" and one.content >= len(sentence.unit.items) for one in sentence.said)
        if sentence.unit.ends_with(":") or announced:  # "This is what Lind told the court."
            at = (own or bare or [-1])[-1]
            inside = {self.post.text[one.cue_start : one.cue_end] for one in self.found[at:]} if at >= 0 else set()
            keeps = sentence.said or (bare and at == bare[-1])
            self.open = _Open(at=at if inside and keeps else -1, colon=True)
        elif last.kind == "quote" and last.text[-1] not in "”\"’'»“":
            self.open = _Open(quote=True)
