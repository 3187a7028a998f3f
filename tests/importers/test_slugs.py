"""An imported blog's slug: always the same one, and the former rule's is known."""

from hypothesis import given
from hypothesis import strategies as st

from asithappened.core.slugs import is_slug
from asithappened.importers.slugs import address_of, former


def test_a_headline_without_latin_words_has_an_address_all_the_same_and_says_so() -> None:
    slug, said = address_of("Εκλογές")
    assert slug.startswith("live-")
    assert slug in said
    assert address_of("Εκλογές") == (slug, said)
    assert address_of("Storm on the coast") == ("storm-on-the-coast", "")


def test_the_former_rule_wrote_letters_otherwise_and_ended_a_long_one_with_a_hash() -> None:
    assert former("Große Flut: “it’s here”") == "grosse-flut-its-here"
    long = former("extraordinary " * 20)
    assert long.startswith("extraordinary-extraordinary-")
    assert long != former("extraordinary " * 21)


@given(st.text(max_size=200))
def test_whatever_the_words_both_rules_give_an_address(words: str) -> None:
    assert is_slug(address_of(words)[0])
    assert is_slug(former(words))
