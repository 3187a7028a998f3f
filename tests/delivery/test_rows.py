"""What readers get of the ledger over HTTP: the list of all, a page for each row, corrections; gone once taken back."""

import json
import re
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from asithappened.core import events as e
from asithappened.corrections import consume
from asithappened.log import follow
from asithappened.published.layout import FEW_SOURCES, source_key
from tests.delivery.newsroom import Blog
from tests.delivery.serving import InProcess, Served

pytestmark = pytest.mark.both
Anywhere = Served | InProcess


def said(id_: str, text: str, **more: Any) -> e.StatementRecorded:
    return e.StatementRecorded(statement=id_, text=text, **more)


def test_the_list_has_every_row_in_its_section_and_needs_no_script(anywhere: Anywhere, blog: Blog) -> None:
    assert b"Nothing stands here yet." in anywhere.get(blog.path("known/")).body
    blog.publish(said("a", "The wall stands."), said("b", "The bridge is shut."))
    blog.publish(e.StatementAssessed(statement="b", status=e.Verification.VERIFIED))
    blog.publish(e.SeriesRecorded(series="a", label="Homes"), e.SeriesMoved(series="a", value=4600))
    answer = anywhere.warm(blog.path("known/"))
    page = answer.body.decode()
    assert re.findall(r'data-section="(\w+)"', page) == ["figure", "confirmed", "reported"]
    assert re.findall(r'<a href="#section-(\w+)"', page) == ["figure", "confirmed", "reported"]
    order = [page.index(words) for words in ("4,600", "The bridge is shut.", "The wall stands.")]
    assert order == sorted(order)
    assert "reader" not in "".join(re.findall(r"<script src[^>]*>", page))
    assert answer["cache-control"] == "public, s-maxage=2, stale-while-revalidate=10, stale-if-error=300"
    assert anywhere.get(blog.path("known/"), if_none_match=answer["etag"]).status == 304


def test_many_sources_are_folded_on_a_phone_behind_their_number_and_few_are_not(anywhere: Anywhere, blog: Blog) -> None:
    def folded() -> list[str]:
        page = anywhere.warm(blog.path("known/")).body.decode()
        return re.findall(r"<summary><b>By source</b> <span>(.*?)</span></summary>", page)

    sources = [e.SaidBy(name=f"Source {n}") for n in range(FEW_SOURCES + 1)]
    *few, last = (said(f"s{n}", f"It is {n}.", by=by) for n, by in enumerate(sources))
    blog.publish(*few)
    assert not folded()
    blog.publish(last)
    assert folded() == [str(FEW_SOURCES + 1)]


def test_the_rows_of_one_source_have_a_page_and_need_no_script(anywhere: Anywhere, blog: Blog) -> None:
    coast, police = e.SaidBy(name="Coast <guard>"), e.SaidBy(name="Police")
    blog.publish(said("a", "The wall stands.", by=coast), said("b", "The bridge is shut.", by=police))
    alone = anywhere.warm(blog.path("known/statement/a/")).body
    assert b"/known/source/" not in alone
    blog.publish(e.SeriesRecorded(series="a", label="Homes"), e.SeriesMoved(series="a", value=4600, by=coast))
    blog.publish(said("c", "It rains."))
    page = anywhere.warm(blog.path("known/")).body.decode()
    links = dict(re.findall(r'<a href="([^"]*/known/source/[0-9a-f]{12}/)"><bdi>(.*?)</bdi></a>', page))
    assert list(links.values()) == ["Coast &lt;guard&gt;", "Police"], "the one with the most rows first"
    coast_path, police_path = links
    answer = anywhere.warm(coast_path)
    listed = answer.body.decode()
    assert re.findall(r'data-section="(\w+)"', listed) == ["figure", "reported"]
    assert "The wall stands." in listed
    assert "4,600" in listed
    assert "The bridge is shut." not in listed
    assert "It rains." not in listed
    assert f'href="{blog.path("known/")}"' in listed, "the way back to all"
    assert "<bdi>Coast &lt;guard&gt;</bdi>" in listed
    assert f'href="{coast_path}"' not in listed, "its name leads to where one is"
    assert '<link rel="canonical" href="http://localhost:8000' + blog.path("known/") in listed
    assert anywhere.get(coast_path, if_none_match=answer["etag"]).status == 304
    blog.publish(said("b", "The bridge is shut.", by=coast))
    assert "The bridge is shut." in anywhere.warm(coast_path).body.decode()
    assert anywhere.get(police_path).status == 404, "nothing is from there any more"
    assert anywhere.get(blog.path("known/source/0123456789ab/")).status == 404
    blog.publish(e.LedgerRemoved(of=e.Subject(e.STATEMENT, "a")))
    assert "The wall stands." not in anywhere.warm(coast_path).body.decode()


def test_a_statement_and_a_series_of_one_id_have_an_address_each(anywhere: Anywhere, blog: Blog) -> None:
    blog.publish(said("a", "The wall stands."), e.SeriesRecorded(series="a", label="Homes"))
    blog.publish(e.SeriesMoved(series="a", value=4600))
    claim = anywhere.warm(blog.path("known/statement/a/"))
    assert (claim.status, b"The wall stands." in claim.body) == (200, True)
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', claim.body.decode())
    assert json.loads(data)["@type"] == "Claim"
    assert json.loads(data)["url"] == f"http://localhost:8000{blog.path('known/statement/a/')}"
    assert (
        f'<link rel="canonical" href="http://localhost:8000{blog.path("known/statement/a/")}">'.encode() in claim.body
    )
    assert b"4,600" in anywhere.warm(blog.path("known/series/a/")).body
    assert anywhere.get(blog.path("known/statement/b/")).status == 404
    assert anywhere.get(blog.path("known/correction/a/")).status == 404
    blog.publish(blog.post("Another post."))
    assert anywhere.get(blog.path("known/statement/a/"))["etag"] != "", "its own"


def test_a_rows_page_is_as_new_as_the_row(anywhere: Anywhere, blog: Blog) -> None:
    blog.publish(said("a", "The wall stands."))
    for number in range(3):
        blog.publish(said("a", f"The wall stands, {number}."))
        for rest in ("known/", "known/statement/a/", ""):
            assert f"The wall stands, {number}.".encode() in anywhere.warm(blog.path(rest)).body or rest == ""


@pytest.mark.parametrize("taken", ["removed", "erased", "value"])
def test_what_is_taken_back_is_in_no_answer_any_more(anywhere: Anywhere, blog: Blog, taken: str) -> None:
    canary = f"canary of {blog.slug} {taken}"
    blog.publish(blog.post(id_="told"))
    anchors, by = (e.Anchor(post="told"),), e.SaidBy(name="Coastguard")
    event: e.Event
    if taken == "value":
        blog.publish(e.SeriesRecorded(series="a", of="state", label="The wall"))
        first = blog.publish(e.SeriesMoved(series="a", words=canary, anchors=anchors))
        blog.publish(e.SeriesMoved(series="a", words="whole", by=by))
        own, event = "known/series/a/", e.SeriesValueRemoved(series="a", value=first)
    else:
        first = blog.publish(said("a", canary, anchors=anchors, by=by))
        own, of = "known/statement/a/", e.Subject(e.STATEMENT, "a")
        event = e.LedgerRemoved(of=of) if taken == "removed" else e.PayloadErased(of=of, seqs=(first,), whole=True)
    paths = ["", "known/", own, "p/told/", "log/head.json", f"known/source/{source_key(by.name)}/"]
    assert all(canary.encode() in anywhere.warm(blog.path(rest)).body for rest in paths)
    blog.publish(event)
    answers = [anywhere.get(blog.path(rest)) for rest in paths]
    assert not [answer for answer in answers if canary.encode() in answer.body]
    assert answers[2].status == (200 if taken == "value" else 410)
    if taken != "value":
        assert answers[2]["cache-control"] == "no-store"


def test_a_correction_is_on_page_permalink_list_and_in_structured_data(anywhere: Anywhere, blog: Blog) -> None:
    blog.publish(blog.post(id_="told"), blog.post(id_="other"))
    blog.publish(
        e.CorrectionRecorded(correction="c", post="told", was="one diver", now="two divers"),
        e.CorrectionRecorded(correction="h", of="headline", was="Isolda", now="Isolde"),
    )
    for rest in ("", "p/told/", "corrections/"):
        assert "two divers" in anywhere.warm(blog.path(rest)).body.decode()
    assert "two divers" not in anywhere.warm(blog.path("p/other/")).body.decode()

    def structured(rest: str) -> Any:
        """Read the one script of structured data that a page has."""
        page = anywhere.warm(blog.path(rest)).body.decode()
        [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        return json.loads(found)

    data = structured("")
    assert "Isolda" in data["correction"][0]["text"]
    corrected = {post["url"].rpartition("-")[2]: post.get("correction") for post in data["liveBlogUpdate"]}
    assert [one["@type"] for one in corrected["told"]] == ["CorrectionComment"]
    assert corrected["other"] is None
    assert structured("p/told/")["correction"] == corrected["told"]
    assert "correction" not in structured("p/other/")
    blog.publish(e.PostWithdrawn(post="told"))
    assert b"two divers" not in anywhere.get(blog.path()).body


def test_the_newsrooms_corrections_are_a_page_of_its_own(anywhere: Anywhere, blog: Blog) -> None:
    follow.catch_up(consume)
    blog.publish(e.CorrectionRecorded(correction="h", of="headline", was=f"Isolda of {blog.slug}", now="Isolde"))
    follow.catch_up(consume)
    assert f"Isolda of {blog.slug}".encode() in anywhere.warm("/corrections/").body
    blog.publish(e.LedgerRemoved(of=e.Subject(e.CORRECTION, "h")))
    assert f"Isolda of {blog.slug}".encode() not in anywhere.get("/corrections/").body


def test_whoever_may_not_read_a_live_blog_gets_none_of_its_rows(anywhere: Anywhere) -> None:
    secret = Blog.opened(audience=e.Audience.MEMBERS)
    secret.publish(said("a", "A secret."))
    never = anywhere.get("/live/never/known/")
    for rest in ("known/", "known/statement/a/", "corrections/"):
        answer = anywhere.get(secret.path(rest))
        assert (answer.status, answer.body) == (never.status, never.body)


@pytest.mark.browser
def test_axe_finds_nothing_on_its_pages_and_nothing_is_wider_than_a_phone(
    browser: Browser, lanes: dict[str, Served], blog: Blog
) -> None:
    blog.publish(blog.post(id_="told"))
    told = (e.Anchor(post="told"),)
    blog.publish(
        said("a", "The wall stands.", anchors=told, cue="deny", by=e.SaidBy(name="Bo Lund")),
        e.StatementAssessed(statement="a", status=e.Verification.FALSE, note="We stood on it."),
        said("b", "The bridge is shut.", anchors=told),
        e.SeriesRecorded(series="f", label="Homes"),
        e.SeriesMoved(series="f", value=4600, anchors=told),
        e.SeriesMoved(series="f", value=11400),
        e.CorrectionRecorded(correction="c", post="told", was="one", now="two"),
    )
    looks: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "dark"), (1440, "light"))
    for width, scheme in looks:
        with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:
            page = context.new_page()
            for rest in ("", "known/", "known/series/f/", "corrections/"):
                page.goto(f"http://127.0.0.1:{lanes['fast'].port}{blog.path(rest)}")
                page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
                found = Axe().run(page).response["violations"]
                assert [(rest, one["id"], one["nodes"][0]["html"]) for one in found] == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
