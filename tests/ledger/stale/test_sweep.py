"""A sweep answers for every text, in order, warns a writer, and does not list again what was corrected."""

from datetime import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from asithappened.ledger import views
from asithappened.ledger.changes import Corrected, Text, plain
from asithappened.ledger.stale.sweep import contradictions, sweep
from tests.ledger.sweeping import TOLL, WEDNESDAY
from tests.ledger.switched import BRIDGE


def test_every_text_is_answered_by_its_key_in_its_order() -> None:
    texts = [plain(key, "63 miners were killed.", at=WEDNESDAY) for key in ("headline", "post:2", "alert:1")]
    assert [one.text for one in sweep([TOLL], texts)] == ["headline", "post:2", "alert:1"]


def test_a_writer_is_warned_of_an_older_value_and_of_one_that_no_series_had() -> None:
    def warned(words: str) -> list[tuple[str, str, str]]:
        return [(one.exact, one.asserts, one.stands) for one in contradictions(plain("new", words), [TOLL])]

    assert warned("63 miners were killed at Hollin.") == [("63", "superseded", "89")]
    assert warned("95 miners were killed at Hollin.") == [("95", "differs", "89")]
    assert warned("At least 80 miners were killed at Hollin.") == []
    assert warned("The toll rose from 89 to 95 miners killed.") == []
    assert warned("89 miners were killed at Hollin.") == []
    assert list(sweep([TOLL], [plain("new", "95 miners were killed at Hollin.")])) == []


def test_a_writer_is_warned_of_states_and_corrections_too() -> None:
    text = plain("new", "Lenn Bridge is closed. Jon Smith said so.", at=WEDNESDAY)
    name = Corrected(key="name", was="Jon Smith", now="John Smith")
    assert [one.change for one in contradictions(text, [name, BRIDGE])] == ["bridge", "name"]


PIECES = st.lists(
    st.sampled_from(
        ["63", "sixty-three", "89", "40", "at least 63", "more than 60", "63 or more", "12", "miners", "people", "died",
         "were killed", "injured", "previously", "said", "the toll", "rose from", "to", "was", ",", ".", "\n\n", "in",
         "on Monday", "Hollin", "Bristol", "“", "”", "another", "of them", "had", "since", "revised", "(", ")", "14:05",
         "2015", "€63m"]
    ),
    max_size=14,
).map(" ".join)  # fmt: skip


@given(words=PIECES, at=st.sampled_from([None, WEDNESDAY]))
@example(words="63 or more people were killed .", at=None)
@settings(max_examples=150, deadline=None)
def test_what_is_listed_has_an_old_value_and_is_not_listed_once_it_is_replaced(words: str, at: datetime | None) -> None:
    text = plain("a", words, at=at)
    for one in reversed(list(sweep([TOLL], [text]))):
        assert text.view.text[one.start : one.end] == one.exact
        assert any(old in one.exact.lower() for old in ("63", "sixty-three", "60", "40"))
        mended = words[: one.start] + one.replacement + words[one.end :]
        again = list(sweep([TOLL], [plain("a", mended, at=at)]))
        assert one.start not in {other.start for other in again}


def test_a_post_of_the_log_is_read_with_the_offsets_of_its_own_text() -> None:
    post = Text(key="post:1", view=views.of_text("Rescuers go down.\n\n63 miners were killed."))
    (one,) = sweep([TOLL], [post])
    assert post.view.text[one.start : one.end] == "63"
