"""The style sheet and the files that a reader pays for."""

import gzip
import re
from pathlib import Path

import pytest

from asithappened.render import page
from asithappened.render.part import registered
from tests.render.blogs import blog

STATIC = Path(__file__).resolve().parents[2] / "src/asithappened/static"
CSS = (STATIC.parents[2] / "frontend/reader/reader.css").read_text()

# Physical sides would leave a right-to-left page half mirrored. scrollTo and transforms along the block axis are fine.
PHYSICAL = re.compile(
    r"(?<![-\w])(margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right|top|bottom)\b"
    r"|(?<![-\w])(left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:"
    r"|text-align:\s*(left|right)|float:\s*(left|right)|translateX"
)


def test_every_property_is_logical() -> None:
    without_queries = re.sub(r"@media[^{]*|/\*.*?\*/", "", CSS, flags=re.DOTALL)
    assert PHYSICAL.findall(without_queries) == []


def test_the_rule_about_logical_properties_catches_a_physical_one() -> None:
    for offence in ("margin-left: 1px", "p { left: 0 }", "text-align: right", "{ width: 3px }", "translateX(3px)"):
        assert PHYSICAL.search(offence)
    assert not PHYSICAL.search("padding-inline-start: 1px; text-align: end; border-block-end-width: 3px")


def test_every_file_that_the_style_asks_for_is_there() -> None:
    asked = re.findall(r'url\("?/static/([^")]+)"?\)', (STATIC / "reader.css").read_text())
    assert len(asked) == 2
    assert all((STATIC / name).is_file() for name in asked)


def test_a_font_that_comes_late_is_not_put_in_under_the_reader() -> None:
    faces = re.findall(r"@font-face \{.*?\}", CSS, re.DOTALL)
    assert len(faces) == 2
    assert all("font-display: optional" in face for face in faces)
    asked = set(re.findall(r'url\("([^"]+)"\)', "".join(faces)))
    for html in page.layouts(page.shell_of(blog())).values():
        assert set(re.findall(r'<link rel="preload" href="([^"]+)" as="font"', html.decode())) == asked


@pytest.mark.parametrize(("name", "limit"), [("reader.js", 10_000), ("reader.css", 12_288)])
def test_a_reader_pays_little(name: str, limit: int) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes(), 9)) <= limit


def test_no_rule_has_a_browser_style_every_post_anew_when_one_comes() -> None:
    # `h3 + *`: where a rule names nothing on the right, all that is below what one is put into is styled again.
    assert re.findall(r"[^,{}]*[+~]\*[^,{}]*", (STATIC / "reader.css").read_text()) == []


def test_the_fonts_are_small_and_name_their_licence() -> None:
    assert sum(font.stat().st_size for font in STATIC.glob("reader-*.woff2")) <= 60_000
    assert "SIL OPEN FONT LICENSE" in (STATIC / "reader-fonts.txt").read_text().upper()


def test_every_class_that_the_style_dresses_is_one_that_is_written() -> None:
    source = STATIC.parent / "render"
    written = "".join(path.read_text() for path in [*source.rglob("*.html"), *source.rglob("*.py")])
    written += "".join(path.read_text() for path in (STATIC.parents[2] / "frontend/reader").glob("*.ts"))
    dressed = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/|\"[^\"]*\"|[\d.]+(rem|em|s)\b", "", CSS)))
    made_of_parts = {f"line-{look}" for look in ("title", "heading", "quote", "item", "picture", "embed", "row")}
    made_of_parts |= {f"box-{part.name}" for part in registered() if part.region == "rail"}
    unknown = {name for name in dressed - made_of_parts if not re.search(rf"\b{name}\b", written)}
    assert unknown == set()
