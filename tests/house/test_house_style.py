"""The example of a house style: pages are the house's own, and their policy allows what the house names, no more."""

import re
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from asithappened.delivery import static_files
from asithappened.delivery.documents import page_policy
from asithappened.published import assets
from asithappened.render import page
from tests.render.blogs import blog

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/house-style"
ANALYTICS = "https://count.courier.example"


@pytest.fixture
def layouts(settings: Any) -> dict[str, str]:
    """Render the layouts of a live blog in the example's style."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(EXAMPLE / "templates")]}]
    return {name: html.decode() for name, html in page.layouts(page.shell_of(blog())).items()}


@pytest.mark.parametrize("name", ["page", "older", "post", "missing", "gone"])
def test_every_page_has_the_houses_header_and_imprint(layouts: dict[str, str], name: str) -> None:
    tree = LexborHTMLParser(layouts[name])
    assert tree.css_matches("header.courier nav a")
    assert "Harbour Street 1" in tree.css_first("footer.colophon").text()
    assert bool(tree.css_first(".courier-ask")) is (name == "page")


def test_its_scripts_and_styles_are_files_of_here_and_what_they_fetch_is_from_the_origin_that_is_named(
    layouts: dict[str, str],
) -> None:
    tree = LexborHTMLParser(layouts["page"])
    assert not tree.css("style, [style], [onclick]")
    assert all(
        "src" in script.attributes or "json" in (script.attributes["type"] or "") for script in tree.css("script")
    )
    loaded = [
        node.attributes[name]
        for name in ("src", "href")
        for node in tree.css(f"script[{name}], link[rel=stylesheet][{name}]")
    ]
    assert all(address.startswith("/static/") for address in loaded)
    assert tree.css_first("[data-analytics]").attributes["data-analytics"].startswith(f"{ANALYTICS}/")
    strict, named = page_policy("").decode(), page_policy("", origins=(ANALYTICS,)).decode()
    assert "count.courier" not in strict
    assert named.replace(f" {ANALYTICS}", "") == strict
    may = {rule.split()[0] for rule in re.split(r"; *", named) if ANALYTICS in rule}
    assert may == {"script-src", "style-src", "font-src", "connect-src", "media-src"}
    assert "unsafe" not in named


def test_its_files_are_served_below_ours_and_none_of_ours_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_brought", [])
    ours = set(assets.files())
    assets.bring(EXAMPLE / "static")
    try:
        assert set(assets.files()) - ours == {"house/courier.css", "house/consent.js"}
        served = static_files.static_file("/static/house/courier.css")
        assert served is not None
        assert (b"content-type", b"text/css; charset=utf-8") in served.headers
        assert static_files.static_file("/static/house/../../README.md") is None
    finally:
        assets.files.cache_clear()
