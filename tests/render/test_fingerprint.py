"""When everything must be rendered again: after a change of a package's code, of templates, of a catalogue."""

from typing import Any

from asithappened.render import page


def test_what_renders_a_packages_parts_is_in_the_fingerprint(settings: Any) -> None:
    ours = page.fingerprint()
    settings.PAGE_PARTS = (*settings.PAGE_PARTS, "tests.press.corrections.PARTS")
    theirs = page.fingerprint()
    assert ours != theirs
