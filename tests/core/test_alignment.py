"""Promises of `core.alignment`: equal items are paired, in order where they can be, in steps that grow as they do."""

import sys
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from asithappened.core.alignment import aligned, in_order

KEYS = st.lists(st.sampled_from("abcdefg"), max_size=12)


@given(KEYS, KEYS)
def test_as_many_of_a_key_are_paired_as_both_have(old: list[str], new: list[str]) -> None:
    pairs = aligned(old, new).pairs
    assert all(old[was] == new[now] for now, was in pairs.items())
    assert len(set(pairs.values())) == len(pairs)
    assert Counter(new[now] for now in pairs) == Counter(old) & Counter(new)


@given(KEYS, KEYS)
def test_what_is_left_stands_in_gaps_that_are_in_order_and_share_nothing(old: list[str], new: list[str]) -> None:
    found = aligned(old, new)
    olds = [was for some, _ in found.gaps for was in some]
    news = [now for _, some in found.gaps for now in some]
    assert (olds, news) == (sorted(set(olds)), sorted(set(news)))
    assert not set(news) & set(found.pairs)
    assert not set(olds) & set(found.pairs.values())


@given(KEYS, st.data())
def test_one_item_that_changes_leaves_all_others_where_they_were(keys: list[str], data: st.DataObject) -> None:
    if keys:
        at = data.draw(st.integers(0, len(keys) - 1))
        assert aligned(keys, [*keys[:at], "new", *keys[at + 1 :]]).pairs == {n: n for n in range(len(keys)) if n != at}


def test_an_item_in_the_middle_of_equal_ones_is_found_between_its_neighbours() -> None:
    assert aligned("aaaXbbb", "aaaYbbb").gaps == (((3,), (3,)),)
    assert aligned("abXcd", "cdabY").pairs == {0: 3, 1: 4, 2: 0, 3: 1}


def test_twice_the_input_takes_twice_the_steps() -> None:
    def steps(old: str, new: str) -> int:
        counted = 0

        def count(*_: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            aligned(old, new)
        finally:
            sys.setprofile(None)
        return counted

    for old, new in [("x", "x"), ("xy", "yx"), ("ab", "ba"), ("x", "y"), ("abc", "cab")]:
        assert steps(old * 2_000, new * 2_000) <= 2.3 * steps(old * 1_000, new * 1_000) + 100


@given(KEYS, KEYS)
def test_what_is_in_order_rises_on_both_sides(old: list[str], new: list[str]) -> None:
    found = in_order(old, new)
    assert all(old[was] == new[now] for was, now in found)
    assert [was for was, _ in found] == sorted({was for was, _ in found})
    assert [now for _, now in found] == sorted({now for _, now in found})
