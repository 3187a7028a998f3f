"""Documents that are no blog's page are delivered like any page: finished, in pages, cached, on every lane, at once."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from asithappened.core import events as e
from asithappened.log import follow
from asithappened.published import documents
from asithappened.published.documents import EntryBytes
from asithappened.published.layout import House
from asithappened.published.listing import Layout
from tests.delivery import papers
from tests.delivery.newsroom import Blog
from tests.delivery.serving import InProcess, Served

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def addresses(database: object) -> Iterator[None]:
    """Have delivery know the papers, and the worker have done its work."""
    with papers.addresses():
        follow.catch_up(papers)
        yield


def put(path: str, layout: Layout, language: str = "") -> None:
    with transaction.atomic():
        documents.put(path, layout=layout, language=language)


def test_a_document_is_kept_answered_304_and_compressed_like_any_page(anywhere: Served | InProcess) -> None:
    put("/papers/1000001/", Layout(whole="<p>said</p>" * 500))
    answer = anywhere.warm("/papers/1000001/")
    assert (answer.status, answer["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer["cache-control"] == "public, s-maxage=2, stale-while-revalidate=10, stale-if-error=300"
    assert "script-src 'self'" in answer["content-security-policy"]
    assert anywhere.get("/papers/1000001/", if_none_match=answer["etag"]).status == 304
    for encoding in ("br", "gzip"):
        packed = anywhere.get("/papers/1000001/", accept_encoding=encoding)
        assert (packed["content-encoding"], packed["vary"], packed.body) == (encoding, "Accept-Encoding", answer.raw)
    put("/papers/1000001/", Layout(whole="<p>other</p>"))
    assert anywhere.get("/papers/1000001/", if_none_match=answer["etag"]).body == b"<p>other</p>"


def test_a_list_has_pages_that_lead_to_one_another(anywhere: Served | InProcess) -> None:
    Blog.opened(posts=papers.PAGE_ENTRIES)
    follow.catch_up(papers)
    first, second = anywhere.warm("/papers/"), anywhere.warm("/papers/page/2/")
    assert b'<a rel="next" href="/papers/page/2/"></a>' in first.body
    assert b'rel="prev"' not in first.body
    assert b'<a rel="prev" href="/papers/"></a>' in second.body
    assert b"<p>papers, page 2</p>" in second.body
    assert f'<a href="{House().address}/papers/page/2/"></a>'.encode() in second.body
    assert first["cache-control"] == "public, s-maxage=2, stale-while-revalidate=10, stale-if-error=300"
    last = 2
    while anywhere.get(f"/papers/page/{last + 1}/").status == 200:
        last += 1
    assert b'rel="next"' not in anywhere.get(f"/papers/page/{last}/").body
    assert anywhere.get("/papers/page/1/")["location"] == "/papers/"
    assert anywhere.get("/papers/page/2")["location"] == "/papers/page/2/"


def test_a_list_shows_what_was_made_as_soon_as_it_was_made(anywhere: Served | InProcess) -> None:
    blog = Blog.opened()
    for number in range(3):
        blog.publish(e.BlogDescribed(title=f"Headline {number} of {blog.id}", language="en", zone="UTC"))
        follow.catch_up(papers)
        said = b"".join(anywhere.warm(path).body for path in ("/papers/", f"/papers/{blog.id}/"))
        assert said.count(f"Headline {number} of {blog.id}".encode()) >= 1


def test_where_no_document_is_nothing_is(anywhere: Served | InProcess) -> None:
    nowhere = anywhere.get("/live/never-was/")
    for path in ("/papers/4000000/", "/papers/page/900/", "/papers/4000000/page/2/"):
        answer = anywhere.get(path)
        assert answer.status == 404 or answer.body.startswith(b"desk"), path
    assert anywhere.get("/papers/4000000/").alike == nowhere.alike


def test_a_document_can_only_be_read_and_under_the_installations_name(anywhere: Served | InProcess) -> None:
    assert anywhere.get("/papers/", host="other.example").status == 400


def test_a_document_is_given_in_the_houses_language_or_in_the_one_that_there_is(site: Served) -> None:
    for language in ("en", "de"):
        put("/papers/1000002/", Layout(whole=f"in {language}"), language)
    put("/papers/1000003/", Layout(whole="in any"))
    assert site.get("/papers/1000002/").body == b"in en"
    assert site.get("/papers/1000003/").body == b"in any"


def test_what_is_kept_of_documents_is_bounded(site: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = site.site.cache.followed.lru
    monkeypatch.setattr(cache, "most", 3_000)
    for number in range(1_000_010, 1_000_020):
        put(f"/papers/{number}/", Layout(whole="x" * 400))
        assert site.warm(f"/papers/{number}/").status == 200
    assert 0 < site.do(lambda: len(cache)) < 10


def test_a_document_may_need_an_entry_speak_as_the_house_does_and_have_places_for_its_sections(
    anywhere: Served | InProcess,
) -> None:
    blog = Blog.opened()
    german = Layout(whole="<p>deutsch</p>")
    layout = Layout(
        whole="<i><!--slot:section_0--></i><b><!--slot:section_1--></b><!--slot:entries-->",
        sections=("[<!--slot:entries-->]", "(<!--slot:entries-->)"),
        vacant=("none", "nothing"),
        alike=True,
        needed=True,
        spoken={"de": german},
    )
    path = f"/papers/{2_000_000 + blog.id}/"
    put(path, layout)
    assert anywhere.get(path).status == 404
    entries = [EntryBytes(section=1, rank=rank, data=data) for rank, data in ((2, b"x"), (1, b"y"), (1, b"z"))]
    with transaction.atomic():
        documents.put_entries_below("/papers/2", blog.id, {path: entries, "/papers/nowhere/": entries})
    assert anywhere.warm(path).body == b"<i>none</i><b>(xyz)</b>(xy)", "of one rank, one"
    blog.publish(e.AudienceSet(audience=e.Audience.NOBODY))
    assert anywhere.get(path).status == 404
