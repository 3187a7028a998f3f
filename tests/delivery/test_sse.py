"""An event's fields end where the encoder ends them, whatever is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.delivery import sse


def read(data: bytes) -> list[tuple[str, str]]:
    """Read fields as a browser does: a line ends at CRLF, CR or LF (HTML, "Server-sent events")."""
    text = data.decode().replace("\r\n", "\n").replace("\r", "\n")
    assert text.endswith("\n\n")
    return [
        (name, value.removeprefix(" ")) for name, _, value in (line.partition(":") for line in text[:-2].split("\n"))
    ]


@given(st.text())
def test_data_comes_out_as_it_went_in_but_for_the_kind_of_its_line_ends(text: str) -> None:
    fields = read(sse.event(text.encode(), id_=b"e1-5", name=b"part", retry_ms=3))
    assert fields[:3] == [("event", "part"), ("id", "e1-5"), ("retry", "3")]
    assert {name for name, _ in fields[3:]} == {"data"}
    assert "\n".join(value for _, value in fields[3:]) == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\0"])
@pytest.mark.parametrize("field", ["id_", "name"])
def test_an_id_or_a_name_that_would_end_its_field_is_refused(field: str, end: bytes) -> None:
    with pytest.raises(ValueError, match="no CR, LF or NUL"):
        sse.event(b"{}", **{field: b"a" + end + b"data: b"})  # type: ignore[arg-type]
