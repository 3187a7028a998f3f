"""Running text is written in the notation of forms as plainly as it can be, and reads back the same."""

from hypothesis import given

from asithappened.core import body
from asithappened.desk.forms import inline, inline_writing
from tests.desk import documents


@given(documents.RUNNING_TEXT)
def test_whatever_is_written_reads_back_the_same(content: tuple[body.Inline, ...]) -> None:
    assert inline.read(inline_writing.write(content)) == content


def test_what_people_write_is_shown_to_them_as_they_wrote_it() -> None:
    for typed in ["[sic] he said", "5 * 3 is 15", "**Kyiv** said [so](https://a.example/)", "snake_case"]:
        assert inline_writing.write(inline.read(typed)) == typed
