"""The words by which an assertion is judged: its clause, a short phrase before it, a reporting clause after it."""

from asithappened.ledger.language import clause
from asithappened.ledger.stale.around import Around, Spot


def around(text: str, words: str, *others: str) -> Around:
    """Return what the first of such a word is judged by. `others`: further figures of its sentence."""
    [sentence] = clause.sentences(text, "en")
    lows = [token.low for token in sentence.tokens]
    figures = sorted(Spot(lows.index(one), lows.index(one) + 1) for one in (words, *others))
    spot = Spot(lows.index(words), lows.index(words) + 1)
    return Around(sentence, spot, figures, figures.index(spot), None, (), "en")


def place(one: Around, word: str) -> int:
    """Return the token that a word is."""
    return [token.low for token in one.sentence.tokens].index(word)


def test_a_word_of_its_clause_is_its_own_unless_another_figure_stands_between() -> None:
    one = around("It was previously 63 and then 89 , they say", "89", "63")
    assert one.of_clause(place(one, "then"), place(one, "then") + 1)
    assert not one.of_clause(place(one, "previously"), place(one, "previously") + 1)


def test_a_short_phrase_that_leads_to_it_is_its_own() -> None:
    one = around("On Monday, the toll was 63.", "63")
    assert one.leads(place(one, "monday"))
    assert not one.leads(place(one, "toll"))
    assert not around("12 on Monday, the toll was 63.", "63", "12").leads(1)


def test_a_clause_behind_it_that_says_who_said_it_is_its_own() -> None:
    one = around("The toll was 63, the ministry previously said.", "63")
    assert one.follows(place(one, "previously"))
    assert not around("The toll was 63, a record, they fear.", "63").follows(8)
