"""The templates: a newsroom's own go before ours, and the page then is another."""

import re
from pathlib import Path
from typing import Any

from asithappened.published.layout import House
from asithappened.render import page
from asithappened.render.engine import OWN, fill, sources
from tests.render.blogs import blog, edition


def test_a_newsroom_can_put_its_own_head_and_foot_on_the_page(tmp_path: Any, settings: Any) -> None:
    ours, before = settings.TEMPLATES, page.fingerprint()
    own = tmp_path / "asithappened/site"
    own.mkdir(parents=True)
    (own / "masthead.html").write_text("<header>Our own {{ site }}</header>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [str(tmp_path)]}]
    assert b"<header>Our own As It Happened</header>" in House().filled(page.layouts(page.shell_of(blog()))["page"])
    assert page.fingerprint() != before
    settings.TEMPLATES = ours
    assert page.fingerprint() == before


def test_what_is_filled_in_is_escaped_and_a_finished_body_keeps_its_white_space() -> None:
    values = {"blog": blog(title="<b>"), "dir": "ltr", "at": None}
    with edition().speaking():
        made = fill("front/live_entry.html", edition(), values)
    assert "&lt;b&gt;" in made
    assert "<b>" not in made
    assert not re.search(r">\s*\n\s*<", made)


def test_every_template_is_named_by_its_place_however_many_folders_there_are(tmp_path: Path) -> None:
    (tmp_path / "asithappened").mkdir()
    (tmp_path / "asithappened/own.html").write_text("own")
    found = dict(sources([tmp_path, OWN]))
    assert found["asithappened/own.html"] == b"own"
    assert "asithappened/front/page.html" in found
