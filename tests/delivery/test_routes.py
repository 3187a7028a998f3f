"""Promises of `delivery.routes`: only the canonical spelling of an address is answered."""

from asithappened.delivery.routes import Elsewhere, Resource, parse, path_of


def test_every_address_that_is_answered_is_the_one_way_to_write_it() -> None:
    ordered = ("/live/a/page/7/", "/live/a/oldest/", "/live/a/oldest/page/2/", "/live/a/oldest/page/10/")
    for path in ("/live/a/", *ordered, "/live/a/p/x_Y-1/", "/live/a/log/ab/1-2.json", "/live/a/stream",
                 "/live/a/search", "/live/a/feed.atom", "/live/a/feed.json/page/2/"):  # fmt: skip
        found = parse(path)
        assert isinstance(found, Resource)
        assert path_of(found, "a") == path
    assert parse("/live/a") == Elsewhere("/live/a/")
    for path in ("/live/a/feed.xml", "/live/a/feed.atom/page/1/", "/live/a/feed.rss/page/02/", "/live/a/feed.rss\n"):
        assert parse(path) is None
    for path in ("/live/-a/", "/live/a--b/", "/live/a/\n", "/live/a/page/1/\n", "/live/é/", "/live/" + "a" * 500 + "/"):
        assert parse(path) is None
    assert parse("/live/a/oldest/page/1/") is None
