"""A post's fragment, card and what is left of it when it was withdrawn."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import events as e
from asithappened.core.state import Contributor, GivenReason, Status
from asithappened.published.layout import SLOT_END
from asithappened.render import post as render
from asithappened.render.edition import edition_of
from tests.render.blogs import NOON, blog, edition, p, post


def tree(html: bytes) -> LexborHTMLParser:
    """Parse a fragment."""
    return LexborHTMLParser(html.decode())


def test_a_fragment_is_one_article_with_its_place_and_an_empty_slot_for_annotations() -> None:
    html = render.fragment(edition(), post(p("Words."), title="A headline"))
    assert html.startswith(b'<article class="post" id="p-x1" data-o="7-3" ')
    assert html.endswith(b'<div class="annotations"></div></article>')
    assert b"\n" not in html
    assert tree(html).css_first("h2").text() == "A headline"


def test_a_fragment_depends_on_slug_language_and_zone_of_its_blog_and_nothing_else() -> None:
    shown = post(p("Words."), title="A headline", kind=e.PostKind.KEY_EVENT)
    other = blog(
        title="Other", seq=77, standfirst="s", tags=("t",), contributors=(Contributor(name="A", on=True),),
        pins=("x1",),
        status=Status.CLOSED, audience=e.Audience.NOBODY, opened_at=None, updated_at=None, posts=9,
    )  # fmt: skip
    assert render.fragment(edition_of(other), shown) == render.fragment(edition(), shown)
    assert render.card(edition_of(other), shown) == render.card(edition(), shown)
    assert render.fragment(edition(zone="Asia/Kolkata"), shown) != render.fragment(edition(), shown)
    assert render.fragment(edition(language="de"), shown) != render.fragment(edition(), shown)


def test_the_time_is_the_blogs_with_its_zone_named_and_utc_for_machines() -> None:
    html = tree(render.fragment(edition(zone="Europe/Berlin"), post(p("x"))))
    assert html.css_first("time").attributes["datetime"] == "2026-11-22T12:00:08Z"
    assert html.css_first(".post-time").text() == "13:00 CET 22 Nov 2026"


def test_an_unknown_time_says_so() -> None:
    html = tree(render.fragment(edition(), post(p("x"), published_at=None)))
    assert html.css_first(".post-time").text() == "Time unknown"
    assert html.css_first("time") is None


@pytest.mark.parametrize(
    ("kind", "words"), [(e.PostKind.KEY_EVENT, "Key event"), (e.PostKind.SUMMARY, "Summary"), (e.PostKind.UPDATE, None)]
)
def test_a_post_says_what_it_is(kind: e.PostKind, words: str | None) -> None:
    badge = tree(render.fragment(edition(), post(p("x"), kind=kind))).css_first(".badge")
    assert (badge and badge.text()) == words


def test_a_summary_that_says_so_in_its_headline_needs_no_badge() -> None:
    for title, badges in (("Summary of the day so far", 0), ("Where we stand", 1)):
        html = tree(render.fragment(edition(), post(p("x"), kind=e.PostKind.SUMMARY, title=title)))
        assert len(html.css(".badge")) == badges


def told(*reasons: str) -> tuple[GivenReason, ...]:
    """Return reasons that were given ten minutes apart."""
    return tuple(
        GivenReason(seq=n, text=text, at=NOON + timedelta(minutes=10 * n)) for n, text in enumerate(reasons, 1)
    )


def test_of_several_reasons_each_says_when_it_was_given() -> None:
    html = tree(
        render.fragment(edition(), post(p("x"), revision=3, updated=True, reasons=told("It said 63.", "A name.")))
    )
    assert [node.text() for node in html.css(".reason")] == ["12:10 GMT It said 63.", "12:20 GMT A name."]


def test_updated_says_when_why_and_leads_to_what_changed() -> None:
    shown = post(p("x"), revision=2, updated=True, updated_at=NOON + timedelta(minutes=10), reasons=told("A <slip>."))
    html = tree(render.fragment(edition(), shown))
    mark = html.css_first(".updated a")
    assert mark.text() == "Updated 12:10 GMT"
    assert mark.attributes["href"] == "/live/storm/p/x1/#history"
    assert html.css_first(".reason").text() == "A <slip>."


def test_an_archives_mark_leads_nowhere_because_nothing_is_known() -> None:
    html = tree(render.fragment(edition(), post(p("x"), updated=True)))
    assert html.css_first(".updated").text() == "Updated"
    assert html.css_first(".updated a") is None


def test_an_update_on_another_day_says_which() -> None:
    shown = post(p("x"), revision=2, updated=True, updated_at=NOON + timedelta(days=1))
    assert tree(render.fragment(edition(), shown)).css_first(".updated").text() == "Updated 23 Nov 2026, 12:00 GMT"


def test_every_link_of_a_fragment_is_absolute() -> None:
    shown = post(p("x"), title="t", revision=2, updated=True, updated_at=NOON, bylines=("A",))
    hrefs = [a.attributes["href"] for a in tree(render.fragment(edition(), shown)).css("a")]
    assert hrefs
    assert all(href and href.startswith(("/live/storm/", "/authors/")) for href in hrefs)


@pytest.mark.parametrize("erased", [True, False])
def test_what_is_left_of_a_withdrawn_post_holds_no_word_of_it(erased: bool) -> None:
    gone = post(p("SECRETBODY"), title="SECRETTITLE", bylines=("SECRETNAME",), reason="It was wrong & late.",
                withdrawn=not erased, erased=erased)  # fmt: skip
    html = render.withdrawn(edition(), gone)
    assert b"SECRET" not in html
    assert b"It was wrong &amp; late." in html
    assert b'href="/live/storm/"' in html


@pytest.mark.parametrize(
    ("hours", "language", "said"),
    [
        (2, "en", "This update was withdrawn at 14:00 GMT"),
        (30, "de", "Diese Meldung wurde am 23. Nov. 2026, 18:00 GMT zurückgezogen"),
        (None, "uk", "Це повідомлення відкликано"),
    ],
)
def test_the_note_in_a_withdrawn_posts_place_says_since_when_and_why_and_no_word_of_it(
    hours: int | None, language: str, said: str
) -> None:
    at = NOON + timedelta(hours=hours) if hours else None
    gone = post(p("SECRETBODY"), title="SECRETTITLE", bylines=("SECRETNAME",), reason="<i>Misheard.",
                kind=e.PostKind.KEY_EVENT, withdrawn=True, noted=True, withdrawn_at=at)  # fmt: skip
    html = render.fragment(edition(language=language), gone)
    assert b"SECRET" not in html
    note = tree(html).css_first("article.post-gone#p-x1[data-o]")
    assert note.css_first(".gone").text().replace("\n", "") == f"{said}<i>Misheard."
    assert html.endswith(SLOT_END)


def test_an_arabic_fragment_is_arabic() -> None:
    html = render.fragment(
        edition(language="ar", zone="Africa/Cairo"), post(p("x"), kind=e.PostKind.KEY_EVENT)
    ).decode()
    assert "حدث بارز" in html
    assert "EET" in html


def test_a_language_without_translation_is_printed_in_english_with_its_own_dates() -> None:
    html = render.fragment(edition(language="fr"), post(p("x"), kind=e.PostKind.KEY_EVENT)).decode()
    assert "Key event" in html
    assert "22 nov. 2026" in html


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/Los_Angeles"])
def test_a_post_says_by_its_mark_which_day_of_the_blogs_zone_it_is_of(zone: str) -> None:
    def mark(at: datetime | None) -> str:
        found = re.search(r' data-day="([^"]*)"', render.fragment(edition(zone=zone), post(published_at=at)).decode())
        assert found
        return found[1]

    here = ZoneInfo(zone)
    midnight = datetime(2026, 11, 22, tzinfo=here)
    assert mark(midnight) == mark(midnight + timedelta(hours=23, minutes=59))
    assert mark(midnight) != mark(midnight - timedelta(seconds=1))
    days = [mark(midnight + timedelta(days=n)) for n in range(1_147)]
    assert len(set(days)) == len(days)
    for years in (1, 2, 3, 5, 10, 20, 25, 50, 75, 100):  # "On this day": anniversaries below one another
        assert mark(midnight) != mark(midnight.replace(year=2026 - years))
    assert mark(None) == "unknown"


def test_the_style_sheet_knows_every_mark_of_a_day() -> None:
    css = (Path(render.__file__).parent.parent / "static/reader.css").read_text()
    number = datetime(2026, 11, 22, tzinfo=UTC)
    marks = {
        token for n in range(1_147) for token in render.day_mark(number + timedelta(days=n), edition_of(blog())).split()
    }
    assert marks == set(re.findall(r"\+\[data-day~=([ab]\d+)\]", css))


def test_a_key_event_is_listed_while_it_is_one_and_visible() -> None:
    key = post(p("First words. More."), kind=e.PostKind.KEY_EVENT)
    entry = LexborHTMLParser(render.key_event(edition(), key).decode())
    assert entry.css_first("li a").attributes["href"] == "/live/storm/p/x1/"
    assert "First words." in entry.text()
    for other in (post(p("x")), post(p("x"), kind=e.PostKind.KEY_EVENT, withdrawn=True)):
        assert render.key_event(edition(), other) == b""
