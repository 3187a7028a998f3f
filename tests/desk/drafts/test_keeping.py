"""Copies of drafts from several windows: none loses the words of another that it has not seen."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.desk.drafts import keeping
from tests.desk.test_drafts import copy, words

pytestmark = pytest.mark.django_db


TABS = st.sampled_from(["a", "b", "c"])


STEPS = st.lists(st.tuples(TABS, st.sampled_from(["save", "lost", "late", "look"])), max_size=30)


@given(STEPS)
def test_no_words_are_overwritten_by_who_has_not_seen_them(steps: list[Any]) -> None:
    """Windows save, lose answers, have requests overtaken, and look at what they are refused: none loses another's."""
    key = f"law-{datetime.now(UTC).timestamp()}".replace(".", "-")
    seen, turn = dict.fromkeys("abc", 0), dict.fromkeys("abc", 0)
    knows: dict[str, set[str | None]] = {tab: set() for tab in "abc"}
    held: dict[str, keeping.Copy] = {}
    now: str | None = None  # the words that are kept
    for n, (tab, step) in enumerate(steps):
        if step == "look":
            if (kept := keeping.find(1, author=1, key=key)) is not None:
                seen[tab] = kept.version
                knows[tab].add(now)
            continue
        if step == "late" and tab in held:
            sent = held.pop(tab)
        else:
            turn[tab] += 1
            sent = copy(key, f"{tab}{n}", writer=tab, turn=turn[tab], seen=seen[tab])
            knows[tab].add(f"{tab}{n}")
            if step == "late":
                held[tab] = sent
                continue
        try:
            kept = keeping.save(1, 1, sent)
        except keeping.Newer:
            continue
        assert now is None or words(kept) == now or now in knows[tab]
        now = words(kept)
        if step == "save":
            seen[tab] = max(seen[tab], kept.version)
