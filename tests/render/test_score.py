"""Promises of `render.score`: a line that reads as one says it, and a clock as it was set."""

from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import body
from asithappened.render.body import body_html
from tests.core.body.test_score import MATCH
from tests.render.blogs import edition


def shown(attrs: body.ScoreAttrs, language: str = "en") -> LexborHTMLParser:
    """Return a score as a page has it."""
    of = edition(language=language)
    with of.speaking():
        return LexborHTMLParser(body_html(body.Doc(content=(body.Score(attrs=attrs),)), of))


def test_a_score_reads_in_its_order_and_its_clock_is_as_it_was_set() -> None:
    page = shown(MATCH)
    said = " ".join(page.body.text(separator=" ").split())
    assert said == "Cup, round two Second half 67:30 at 20:00 GMT Hallin 2 – 0 Merrow Lee 12 Rusk 61"
    assert page.css_first(".count").attributes["data-since"] == "2026-11-26T18:52:30Z"


def test_a_clock_that_stands_has_nothing_to_run_on_from() -> None:
    page = shown(replace(MATCH, running=False))
    assert page.css_first(".count").text() == "67:30"
    assert not page.css("[data-since]")


def test_hostile_names_are_words_and_names_of_the_other_direction_are_their_own() -> None:
    hostile = '<img src=x onerror=alert(1)>"\u2067ميناء'
    attrs = body.ScoreAttrs(title=hostile, home=hostile, away=hostile, period=hostile, home_scorers=hostile)
    page = shown(attrs, "ar")
    assert page.body.text().count(hostile) == 5
    assert not page.css("img, [onerror]")
    assert {one.text() for one in page.css("bdi")} == {hostile}
