"""Promises of `core.searching`: what is typed finds what was printed, however either is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core.searching import QUERY_WORDS, Term, asked, first_found, forms, says, searchable, spans, tokens


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("strasse", "Die STRASSE ist gesperrt"),
        ("strasse", "Die Straße ist gesperrt"),
        ("STRASSE", "Die Straße ist gesperrt"),
        ("Straße", "Die Strasse ist gesperrt"),
        ("rathaeuser", "Rathäuser"),
        ("Rathäuser", "Die Rathaeuser"),
        ("rathauser", "Rathäuser"),
        ("haus", "Rathausplatz"),
        ("Malmö", "MALMÖ"),
        ("malmo", "Malmö"),
        ("lodz", "Łódź"),
        ("creme", "Crème brûlée"),
        ("Tromso", "Tromsø"),
        ("Tromsoe", "Tromsø"),
        ("istanbul", "İstanbul"),
        ("fish", "ﬁsh"),
        ("cooperate", "co\u00adoperate"),
        ("सड़क", "सड़क बंद"),
        ("القاهرة", "القَاهِرَة"),
    ],
)
def test_a_word_finds_what_was_printed(typed: str, printed: str) -> None:
    assert any(form in searchable(printed) for form in forms(typed))


def test_what_is_another_word_is_not_found() -> None:
    assert not any(form in searchable("Die Strafe") for form in forms("Straße"))
    assert forms("\u200b") == ()


@given(st.text(max_size=80))
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)


@given(st.text(min_size=1, max_size=20), st.text(max_size=40), st.text(max_size=40))
def test_any_word_is_found_in_what_holds_it_apart(word: str, before: str, after: str) -> None:
    """Apart, because at its edges a letter may join with the one beside it."""
    printed = searchable(f"{before} {word} {after}")
    assert all(any(form in printed for form in forms(typed)) for typed in word.split() if searchable(typed))


def test_what_is_typed_means_all_of_its_words_in_either_spelling_and_no_sign_in_it() -> None:
    assert asked('"Grüße" OR-1 *') == [
        (Term(("grusse",), begins=True), Term(("gruesse",), begins=True)),
        (Term(("or", "1"), begins=False),),
    ]
    assert asked("O’Brien") == [(Term(("o", "brien"), begins=True),)]
    assert asked("東京都 都 雨") == [
        (Term(("東京", "京都"), begins=False),),
        (Term(("都",), begins=True),),
        (Term(("雨",), begins=True),),
    ]
    assert asked("الحكومة") == asked("حكومة")
    assert asked("— ! \x00") == []
    assert len(asked("a b c d e f g h i j k l m n o p q r s t")) == QUERY_WORDS


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Die Straße ist gesperrt", "strasse", ["Straße"]),
        ("Strikes and a strike", "strike", ["Strikes", "strike"]),
        ("map, maps", "map", ["map"]),
        ("東京都で大雨", "東京都 雨", ["東京都", "雨"]),
        ("القَاهِرَةِ غدا", "القاهرة", ["القَاهِرَةِ"]),
        ("Cre\u0301me\u0301 x", "creme", ["Cre\u0301me\u0301"]),
        ("ﬁsh", "fish", ["ﬁsh"]),
        ("nothing", "", []),
    ],
)
def test_what_a_search_found_is_marked_as_it_was_printed(text: str, typed: str, marked: list[str]) -> None:
    assert [text[first:behind] for first, behind in spans(text, asked(typed))] == marked


@given(st.text(max_size=60), st.text(max_size=8))
def test_what_is_marked_lies_in_the_text_in_order_and_apart(text: str, typed: str) -> None:
    found = spans(text, asked(typed))
    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)
    assert first_found(text, asked(typed)) == (edges[0] if edges else 0)


@given(st.text(min_size=1, max_size=20), st.text(max_size=40), st.text(max_size=40))
def test_a_search_for_a_whole_word_finds_a_text_that_has_it_apart(word: str, before: str, after: str) -> None:
    [*typed] = word.split()[:1]
    text = tokens(f"{before} {''.join(typed)} {after}")
    assert all(says([text], asked(each)) for each in typed)


LETTERS = st.lists(
    st.sampled_from([*"aäexßÖ1٣ж", " ", " ", "-", "’", "東", "京", "ไ", "ท", "ा", "न", "ال", "ﬁ", "ø", "\u0301", "한"])
)
TEXTS = LETTERS.map("".join) | st.text(max_size=40)


@given(TEXTS, st.sampled_from(["東", "ж", "الغد", "न"]))
def test_what_stands_beside_words_apart_from_them_changes_none(text: str, beside: str) -> None:
    """Texts of words alone, and of ASCII alone, are cut faster than others, and alike."""
    assert tokens(f"{text} {beside}") == [*tokens(text), *tokens(beside)]
    assert tokens(f"{beside} {text}") == [*tokens(beside), *tokens(text)]


@given(TEXTS, LETTERS.map("".join), st.sampled_from(["䷀䷁", "ъъъ", "qqq ﬃ", "ॐॐ"]))
def test_what_stands_beside_words_apart_from_them_changes_no_mark(text: str, typed: str, beside: str) -> None:
    wanted = asked(typed)
    assert spans(f"{text} {beside}", wanted) == spans(text, wanted)
    behind = len(beside) + 1
    assert spans(f"{beside} {text}", wanted) == [(first + behind, end + behind) for first, end in spans(text, wanted)]


@given(TEXTS, LETTERS.map("".join))
def test_a_mark_stands_where_a_token_does_and_nowhere_else(text: str, typed: str) -> None:
    wanted = asked(typed)
    exact = {token for group in wanted for term in group for token in term.tokens}
    begun = tuple(term.tokens[-1] for group in wanted for term in group if term.begins)
    has_one = any(token in exact or (begun and token.startswith(begun)) for token in _one_by_one(text))
    assert bool(spans(text, wanted)) is has_one


def _one_by_one(text: str) -> list[str]:
    """Return the tokens of a text whose characters are folded one by one, as they are where they are marked."""
    return tokens("".join(searchable(char) or (" " if char.isspace() else "") for char in text))


PIECES = st.lists(st.sampled_from(["a", "ab", "abc", "b", "東京", "京"]), max_size=6)


@given(st.lists(PIECES, max_size=2), PIECES.filter(bool), st.booleans())
def test_a_text_says_a_term_if_its_tokens_stand_there_in_a_row(
    texts: list[list[str]], term: list[str], begins: bool
) -> None:
    *before, last = term
    rows = [text[at : at + len(term)] for text in texts for at in range(len(text) - len(term) + 1)]
    stands = any(row[:-1] == before and (row[-1].startswith(last) if begins else row[-1] == last) for row in rows)
    assert says(texts, [(Term(tuple(term), begins),)]) is stands
