"""Whatever a text contains, its suggestions pass the gate, and reading it takes no more than linear time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.ledger import gate
from asithappened.ledger.amounts.figures import Figures
from asithappened.ledger.amounts.revisions import Revisions
from asithappened.ledger.geography.places import Places
from asithappened.ledger.ours import OURS
from asithappened.ledger.repetition import Repetitions
from asithappened.ledger.states import States
from asithappened.ledger.suggester import Suggester
from asithappened.ledger.views import BlogView, of_text

ALL: list[Suggester] = [Figures(), Places(), Repetitions(), Revisions(), States()]
WORDS = """
63 89 2.5m £3bn $ € - – to between and of the a half twice three hundred thousand per cent % % km year-old 2014 , . ( )
previously said from up toll killed dead people soldiers Moscow Kyiv US Bank Mr in near December 26 1:00 7pm one no
• road closed ’s ' “ ” # @ ½ İ ١٢ Ⅷ １２ 10 000 0 -0 sesenta dreiundsechzig
"""
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join))


@given(new=TEXTS, old=TEXTS, language=st.sampled_from(["en", "de", "es", "fr"]))
@settings(max_examples=60, deadline=None)
def test_every_suggestion_of_any_text_passes_the_gate(new: str, old: str, language: str) -> None:
    posts = (of_text(new, number=1), of_text(old, number=2))
    blog = BlogView(posts=posts, language=language)
    for suggester in ALL:
        dropped: list[gate.Dropped] = []
        gate.asked(suggester, posts[0], blog, dropped.append)
        assert [one for one in dropped if one.reason != "too_many"] == []


@pytest.mark.parametrize("text", ["9" * 65_536, "1," * 32_768, "x" * 60_000, "“" * 60_000], ids=lambda text: text[:2])
def test_hostile_text_is_read_in_time_that_grows_with_its_length(text: str) -> None:
    """What was quadratic would run into the test's time-out: 64 KB squared are four thousand million steps."""
    post = of_text(text)
    for suggester in OURS:
        for _ in suggester.suggest(post, BlogView(posts=(post,))):
            pass
