"""When everything has to be rendered again: with other code of a room, other templates, another catalogue."""

from typing import Any

from asithappened.render import page


def test_what_renders_a_rooms_parts_is_in_the_fingerprint(settings: Any) -> None:
    ours = page.fingerprint()
    settings.PAGE_PARTS = (*settings.PAGE_PARTS, "tests.press.corrections.PARTS")
    theirs = page.fingerprint()
    assert ours != theirs
