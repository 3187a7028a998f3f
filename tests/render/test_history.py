"""The public history: what changed, word by word, and no word that was taken back."""

from datetime import timedelta

from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from asithappened.core import body
from asithappened.core import events as e
from asithappened.render.changes import version_of
from asithappened.render.history import history
from tests import strategies
from tests.render.blogs import NOON, doc, edition, p, post


def fact(seq: int, event: e.Event | None, *, kind: str = "post.revised", origin: e.Origin = e.Origin.LIVE) -> e.Fact:
    """Return a fact about the post."""
    at = NOON + timedelta(minutes=seq)
    kind = event.KIND if event else kind
    return e.Fact(epoch="e", seq=seq, at=at, origin=origin, kind=kind, version=1, subject=e.post("x1"), event=event)


def published(text: str) -> e.PostPublished:
    """Return a first publication."""
    return e.PostPublished(post="x1", title="T", body=doc(p(text)), published_at=NOON)


def revised(text: str, **more: object) -> e.PostRevised:
    """Return an edit."""
    return e.PostRevised(post="x1", title="T", body=doc(p(text)), published_at=NOON, **more)  # type: ignore[arg-type]


@given(strategies.docs(), strategies.docs())
def test_the_newest_version_stands_whole_in_the_html(old: body.Doc, new: body.Doc) -> None:
    facts = [fact(1, e.PostPublished(post="x1", body=old)), fact(2, e.PostRevised(post="x1", body=new))]
    tree = LexborHTMLParser(history(edition(), post(p("x"), revision=2), facts).decode())
    versions = tree.css(".version")
    for node in versions[0].css("del, .unseen"):
        node.decompose()
    was, now = version_of(facts[0].event), version_of(facts[1].event)
    assert was is not None
    assert now is not None
    if was == now:
        assert versions[0].css_first(".same")
        return
    shown = "".join(line.text() for line in versions[0].css(".line"))
    assert "".join(shown.split()) == "".join("".join(line.text for line in now.lines).split())


def test_a_changed_number_is_one_change() -> None:
    facts = [fact(1, published("It said 1,300 passengers.")), fact(2, revised("It said 1,450 passengers.", reason="R"))]
    html = history(edition(), post(p("x"), revision=2), facts).decode()
    said = [f'<span class="unseen">{word}: </span>' for word in ("removed", "added")]
    assert f"It said <del>{said[0]}1,300</del><ins>{said[1]}1,450</ins> passengers." in html
    tree = LexborHTMLParser(html)
    assert tree.css_first(".history").attributes["id"] == "history"
    assert [h.text() for h in tree.css(".version h3")] == [
        "Edited 22 November 2026, 12:02 GMT",
        "First published 22 November 2026, 12:00 GMT",
    ]
    assert tree.css_first(".reason").text() == "R"


def test_a_small_edit_stands_apart_until_it_is_asked_for() -> None:
    facts = [fact(1, published("Teh wall.")), fact(2, revised("The wall.", minor=True)), fact(3, revised("The dam."))]
    tree = LexborHTMLParser(history(edition(), post(p("x"), revision=3), facts).decode())
    assert [bool(version.css("details > summary > h3")) for version in tree.css(".version")] == [False, True, False]
    assert not tree.css("details[open]")


def test_words_are_escaped_in_a_history_too() -> None:
    facts = [fact(1, published("<script>alert(1)</script>")), fact(2, revised("<img src=x onerror=alert(1)>"))]
    tree = LexborHTMLParser(history(edition(), post(p("x"), revision=2), facts).decode())
    assert not tree.css("script, img")


def test_one_version_has_no_history() -> None:
    assert history(edition(), post(p("x")), [fact(1, published("a"))]) == b""


def test_an_erased_version_leaves_its_date_and_none_of_its_words() -> None:
    facts = [fact(1, published("first")), fact(2, None), fact(3, revised("third"))]
    html = history(edition(), post(p("x"), revision=3), facts).decode()
    assert "The text of this version was erased." in html
    assert "<ins>" not in html
    assert html.count('class="version"') == 3


def test_what_was_withdrawn_is_not_shown_by_publishing_again() -> None:
    gone = e.PostWithdrawn(post="x1")
    facts = [fact(1, published("SECRET")), fact(2, gone), fact(3, published("new")), fact(4, revised("newer"))]
    for given_facts in (facts, [f for f in facts if f.event is not gone]):
        html = history(edition(), post(p("x"), revision=3), given_facts).decode()
        assert "SECRET" not in html
        assert html.count("The text of this version was withdrawn.") == 1
    assert history(edition(), post(p("x"), withdrawn=True), facts) == b""


def test_a_history_says_when_a_post_was_withdrawn_and_why_and_that_it_was_published_again() -> None:
    again = e.PostPublished(post="x1", title="T", body=doc(p("mended")), published_at=NOON, reason="Confirmed.")
    facts = [
        fact(1, published("SECRET")),
        fact(2, revised("SECRET still", reason="It said 63.")),
        fact(3, e.PostWithdrawn(post="x1", reason="Not confirmed.")),
        fact(4, again),
    ]
    html = history(edition(), post(p("x"), revision=3), facts).decode()
    tree = LexborHTMLParser(html)
    assert [node.text() for node in tree.css(".version h3")] == [
        "Published again 22 November 2026, 12:04 GMT",
        "Withdrawn 22 November 2026, 12:03 GMT",
        "Edited 22 November 2026, 12:02 GMT",
        "First published 22 November 2026, 12:00 GMT",
    ]
    assert [node.text() for node in tree.css(".reason")] == ["Confirmed.", "Not confirmed.", "It said 63."]
    assert "mended" in html
    assert "SECRET" not in html
    assert "3 versions" in html


def test_a_withdrawal_whose_reason_was_erased_is_still_said() -> None:
    facts = [fact(1, published("a")), fact(2, None, kind="post.withdrawn"), fact(3, published("b"))]
    html = history(edition(), post(p("x"), revision=2), facts).decode()
    assert "Withdrawn" in html
    assert "was erased" not in html


def test_an_importers_clock_is_no_time_of_an_edit() -> None:
    facts = [fact(1, published("a"), origin=e.Origin.IMPORT), fact(2, revised("b"), origin=e.Origin.IMPORT)]
    html = history(edition(), post(p("x"), revision=2), facts).decode()
    assert "Time unknown" in html
    assert "12:02" not in html


def test_a_change_of_links_alone_is_said() -> None:
    linked = e.PostRevised(
        post="x1", title="T", body=doc(p({"type": "text", "text": "a", "marks": [{"type": "bold"}]}))
    )
    html = history(edition(), post(p("x"), revision=2), [fact(1, published("a")), fact(2, linked)]).decode()
    assert "The words stayed the same" in html
