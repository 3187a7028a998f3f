"""Promises of robots.txt: read by the rules of RFC 9309, search engines apart from crawlers of AI."""

from urllib.robotparser import RobotFileParser

import pytest

from asithappened.syndication.robots import ANSWERS, TRAINING, Crawlers, robots_txt

PAGE = "/live/storm/p/p1/"


def may(agent: str, path: str, *, search: bool = True, crawlers: Crawlers = "allow") -> bool:
    """Say whether a crawler that keeps to the file may ask for a path."""
    parser = RobotFileParser()
    parser.parse(robots_txt("https://courier.example", search=search, crawlers=crawlers).splitlines())
    return parser.can_fetch(agent, path)


def test_search_engines_may_come_to_what_readers_read_and_are_told_of_the_sitemap() -> None:
    for path in ("/", PAGE, "/live/storm/feed.atom", "/corrections/", "/static/reader.css"):
        assert may("Googlebot", path)
    for path in ("/desk/", "/accounts/login/", "/contribute/storm/", "/oembed"):
        assert not may("Googlebot", path)
    assert "\nSitemap: https://courier.example/sitemap.xml\n" in robots_txt(
        "https://courier.example", search=True, crawlers="allow"
    )


@pytest.mark.parametrize(
    ("crawlers", "training", "answers"), [("allow", True, True), ("no-training", False, True), ("refuse", False, False)]
)
def test_crawlers_of_ai_are_asked_by_their_names_whatever_search_engines_are(
    crawlers: Crawlers, training: bool, answers: bool
) -> None:
    assert {may(name, PAGE, crawlers=crawlers) for name in TRAINING} == {training}
    assert {may(name, PAGE, crawlers=crawlers) for name in ANSWERS} == {answers}
    assert may("bingbot", PAGE, crawlers=crawlers)


def test_a_newsroom_that_is_not_to_be_found_asks_everybody_to_stay_away() -> None:
    assert not may("Googlebot", PAGE, search=False)
    assert not may("bingbot", "/", search=False)
