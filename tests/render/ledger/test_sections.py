"""Promise: each section of a list has a heading of its own and a place for its rows."""

import re

from asithappened.published.layout import SECTIONS
from asithappened.render.ledger.sections import sections
from tests.render.blogs import Shown, blog
from tests.render.ledger.written import read


def test_each_section_has_a_heading_and_a_place_for_rows() -> None:
    view = Shown(blog=blog())
    with view.edition.speaking():
        made = sections(view)
    of_known = [made[f"section:{name}"] for name in SECTIONS]
    assert len({read(html) for html in of_known}) == len(SECTIONS)
    assert all(html.count(b"<!--slot:entries-->") == 1 for html in (*of_known, made["section:correction"]))
    for name in SECTIONS:
        [title] = re.findall(rf'<h3 id="section-{name}">(.*?)</h3>', made[f"section:{name}"].decode())
        assert made[f"section:to_{name}"].decode() == f'<a href="#section-{name}">{title}</a>'
    assert read(made["section:no_known"]) == "Nothing stands here yet."
    assert read(made["section:no_corrections"]) == "Nothing was corrected."
