"""A part's sentences as rules read them: words with what they do, and each quotation as one item.

Owns joining tokens, quotations and small words' roles. Whoever reads a sentence need not look into a quotation to step
over it. Look next: `noun_phrases` for noun phrases, `cues` for who says what.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from asithappened.ledger.language.quotes import quotes
from asithappened.ledger.language.tokens import Token, read
from asithappened.ledger.speech.grammar import NO_ROLES, Grammar

LONGEST: Final = 250  # items: what goes on without a full stop is no sentence, and rules look through one several times
_VERB: Final = frozenset({"verb"})
QUOTED: Final = "“”"  # what an item that is a quotation reads as
# Behind "May" these say that it is somebody: no verb in its base form, which a modal has behind it.
_BEHIND_NAMES: Final = frozenset(
    {"said", "says", "told", "tells", "has", "had", "is", "was", "also", "added", "adds", "warned", "'s", "’s"}
)
_BULLETS: Final = frozenset("•●▪◦·")
_OPENING: Final = frozenset("“‘\"'«„")


class Item(NamedTuple):
    """A token or a quotation, in characters of its part. `kind`: a token's, or "quote"."""

    kind: str
    text: str
    low: str
    start: int
    end: int
    roles: frozenset[str]
    capital: bool  # a word with one, or a handle

    def may(self, *roles: str) -> bool:
        """Say whether it may do one of these."""
        return not self.roles.isdisjoint(roles)


class Unit(NamedTuple):
    """A sentence. `after_quote`: the one before it ended with a quotation ("“Never!” Smith said.").

    `inside`: it is somebody's words, whose "I" is not the writer. `marked`: those are in quotation marks.
    """

    items: tuple[Item, ...]
    lows: tuple[str, ...]
    after_quote: bool
    inside: bool = False
    marked: bool = False

    def ends_with(self, mark: str) -> bool:
        """Say whether its last item is a mark."""
        return bool(self.items) and self.items[-1].text == mark


def units(
    text: str, grammar: Grammar, *, continued: bool = False, inside: bool = False, marked: bool = False
) -> list[Unit]:
    """Return a text's sentences. `continued`: the next part goes on with what this one's last quotation leaves open.

    `inside`, `marked`: as for `Unit`.
    """
    tokens, sentences = read(text).tokens, read(text).sentences
    ends = {sentence.last for sentence in sentences}
    found, items, at, after_quote = list[Unit](), list[Item](), 0, False
    quoted = {
        quote.first: quote.last for quote in quotes(text, tokens) if quote.closed or quote.first == 0 or continued
    }
    while at < len(tokens) and tokens[at].text in _BULLETS:
        at += 1  # the mark of a list's item is no word of its sentence
    while at < len(tokens):
        token = tokens[at]
        if last := quoted.get(at):
            start, end = token.start, tokens[last - 1].end
            items.append(Item("quote", text[start:end], QUOTED, start, end, NO_ROLES, False))
            at = last
        else:
            small = token.kind == "word" and not (len(token.text) > 1 and token.text.isupper())  # "US" is not "us"
            roles = grammar.role(token.low) if small else NO_ROLES
            if token.text[0].isupper() and _named(tokens, at, items, roles):
                roles = NO_ROLES
            items.append(Item(token.kind, token.text, token.low, token.start, token.end, roles, _capital(token)))
            at += 1
        if at in ends or at == len(tokens) or len(items) == LONGEST:
            found.append(Unit(tuple(items), tuple(item.low for item in items), after_quote, inside, marked))
            after_quote = items[-1].kind == "quote"
            items = []
    return found


def _capital(token: Token) -> bool:
    if token.kind != "word":
        return token.kind == "name"
    if token.text != token.low and token.text.lower() != token.text:
        return True
    return token.low.startswith(("al-", "el-", "d'", "o'")) and token.text[-1].isalpha()


def _named(tokens: Sequence[Token], at: int, items: Sequence[Item], roles: frozenset[str]) -> bool:
    """Say whether a small word's capital makes it a name: "the Met", "Theresa May said", "May said"."""
    if roles == _VERB:
        return bool(items)
    if "modal" not in roles:
        return False
    if items and items[-1].capital and not items[-1].roles:
        return True
    return at + 1 < len(tokens) and tokens[at + 1].low in _BEHIND_NAMES


def begins_quoted(text: str) -> bool:
    """Say whether a part begins with an opening quotation mark."""
    return text.lstrip()[:1] in _OPENING if text.strip() else False


def inside_of(quote: Item) -> str:
    """Return a quotation's words without its marks."""
    return quote.text[1:].rstrip("”’\"'»“‘") if quote.text else ""
