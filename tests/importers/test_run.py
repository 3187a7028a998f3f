"""The runner, through the real press and log: everything checked first, short appends, and safe to run again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from asithappened import press
from asithappened.core import events as e
from asithappened.core import fold
from asithappened.core.state import Status
from asithappened.importers import run as runner
from asithappened.importers.found import ImportRefused
from asithappened.importers.registry import found_in
from asithappened.importers.run import batches, run
from asithappened.log import models, read
from asithappened.syndication.page_text import page_text
from tests.importers.files import PAGE, STORM, block, item, page, raw

pytestmark = [pytest.mark.both, pytest.mark.django_db]

FILE = raw(item(blocks=STORM))
SLUG = "storm-on-the-skerry-coast-live-2024-01-05"


def blog() -> int:
    found = read.blog_id(SLUG)
    assert found is not None
    return found


def counted() -> dict[str, int]:
    return {table.__name__: table.objects.count() for table in (models.Blog, models.Entry, models.Post)}


def test_an_import_opens_a_public_blog_whose_facts_ring_no_bell() -> None:
    report = run(FILE, "guardian")
    assert (report.slug, report.opened, report.added) == (SLUG, True, 3)
    state = read.blog(blog())
    assert (state.audience, state.status, state.title) == (
        e.Audience.EVERYONE,
        Status.CLOSED,
        "Storm on the Skerry coast",
    )
    assert [one.id for one in read.posts(blog())] == ["c3", "b2", "a1"]
    assert {fact.origin for fact in read.facts(blog())} == {e.Origin.IMPORT}
    assert fold.fold(read.facts(blog())).posts == read.posts_by_id(blog())


def test_the_report_has_the_names_that_scripts_rely_on() -> None:
    report = run(FILE, "guardian").as_json()
    wanted = "slug posts key_events summaries titled images social_embeds quotes lists updated added revised unchanged"
    assert {*wanted.split(), "disappeared", "problems"} <= set(report)
    figures = [report[name] for name in wanted.split()[1:]]
    assert figures == [3, 1, 1, 2, 1, 1, 1, 0, 1, 3, 0, 0]
    assert (report["typed_lists"], report["problems"]) == (1, [])
    assert "3 posts in the file: 3 were added" in run(FILE, "guardian", slug="other").as_text()


def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    before = counted()
    dry = run(FILE, "guardian", dry_run=True)
    assert counted() == before
    assert dry.dry_run
    assert {**dry.as_json(), "dry_run": False} == run(FILE, "guardian").as_json()
    assert "would be" in dry.as_text()


def test_importing_again_writes_nothing_where_nothing_changed() -> None:
    run(FILE, "guardian")
    before = counted()
    for again in (FILE, raw(item(html=page(STORM)))):
        report = run(again, "guardian")
        assert (report.unchanged, report.added, report.revised, report.events) == (3, 0, 0, 0)
    assert counted() == before


def test_importing_a_later_recording_adds_revises_closes_and_reports() -> None:
    run(FILE, "guardian")
    mended = block("c3", "<p>The harbour is shut until Tuesday.</p>", at=50, title="Harbour shut", again=30)
    later = item(blocks=[block("d4", "<p>Calm.</p>", at=90), mended, STORM[2]], liveBloggingNow="false")
    report = run(raw(later), "guardian")
    assert (report.added, report.revised, report.unchanged, report.disappeared) == (1, 1, 1, 1)
    assert report.disappeared_posts == ("b2",)
    assert [one.id for one in read.posts(blog())] == ["d4", "c3", "b2", "a1"]
    assert read.blog(blog()).status is Status.CLOSED
    post = read.post(blog(), "c3")
    assert post is not None
    assert (post.revision, post.updated) == (2, True)


def test_a_killed_import_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "BATCH_EVENTS", 2)

    def killed(done: int, total: int) -> None:
        if done >= total // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(FILE, "guardian", progress=killed)
    held = len(read.posts(blog()))
    assert held < 3
    report = run(FILE, "guardian")
    assert (report.unchanged, report.added) == (held, 3 - held)
    state, posts = read.blog(blog()), read.posts_by_id(blog())
    run(FILE, "guardian", slug="whole")
    whole = read.blog_id("whole")
    assert whole is not None
    assert page_text(read.blog(whole), read.posts(whole)) == page_text(state, list(posts.values()))


def test_a_refused_file_leaves_the_database_as_it_was() -> None:
    run(FILE, "guardian")
    before = counted()
    for broken in (b"", FILE[:-9], b"\0", b"{}", raw(item())):
        with pytest.raises(ImportRefused, match="Nothing was written"):
            run(broken, "guardian")
    assert counted() == before


def test_a_blog_that_this_newsroom_wrote_is_never_changed() -> None:
    press.publish(None, [e.BlogOpened(slug=SLUG, title="Ours")])
    with pytest.raises(ImportRefused, match="not made by an import"):
        run(FILE, "guardian")
    assert run(FILE, "guardian", slug="theirs").slug == "theirs"


def test_a_blog_that_was_taken_down_stays_down() -> None:
    run(FILE, "guardian")
    press.publish(blog(), [e.BlogTakenDown(reason="Asked to.")])
    with pytest.raises(ImportRefused, match="taken down"):
        run(FILE, "guardian")


def test_a_blog_that_was_given_another_address_is_found_by_its_former_one() -> None:
    run(FILE, "guardian")
    press.publish(blog(), [e.BlogRenamed(slug="the-great-storm")])
    report = run(FILE, "guardian")
    assert (report.slug, report.unchanged, report.opened) == ("the-great-storm", 3, False)


def test_an_address_that_cannot_be_one_is_refused() -> None:
    with pytest.raises(ImportRefused, match="cannot be an address"):
        run(FILE, "guardian", slug="Not A Slug/")


def test_a_path_is_read_and_one_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "storm.json").write_bytes(FILE)
    assert run(tmp_path / "storm.json", "guardian").added == 3
    for path, said in ((tmp_path / "missing", "cannot be read"), (tmp_path, "is a folder")):
        with pytest.raises(ImportRefused, match=said):
            run(path, "guardian")


def test_progress_is_told_and_ends_at_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "BATCH_EVENTS", 3)
    told: list[tuple[int, int]] = []
    report = run(FILE, "guardian", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (report.events, report.events)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_a_page_as_text_gives_the_page_back() -> None:
    report = run(PAGE.encode(), "page-text")
    made = read.blog_id(report.slug)
    assert made is not None
    text = page_text(read.blog(made), read.posts(made))
    assert [line.strip() for line in text.splitlines() if line.strip()] == [
        line.strip() for line in PAGE.splitlines() if line.strip() and line != "Article image"
    ]


def events(*sizes: int) -> Iterator[tuple[e.Event, ...]]:
    for number, size in enumerate(sizes):
        yield (e.BlogOpened(slug=f"s{number}", title="x", standfirst="y" * size),)


def test_an_append_is_bounded_in_number_and_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "BATCH_BYTES", 1000)
    groups = tuple(events(*[1] * 60, 600, 600, 2000))
    made: list[list[Any]] = list(batches(groups))
    assert [one for batch in made for one in batch] == [one for group in groups for one in group]
    assert all(len(batch) <= runner.BATCH_EVENTS for batch in made)
    assert [len(batch) for batch in made][-3:] == [1, 1, 1]


def test_what_was_imported_at_an_address_of_the_former_rule_is_found_again_there() -> None:
    title = "An extraordinarily long headline about the storm " * 4
    file = f"{title}\n\nLast modified: x\n\nStand.\n\nWords.\n\nUpdated\n".encode()
    (was,) = found_in(file, "page-text").former_slugs
    assert run(file, "page-text", slug=was).added == 1
    again = run(file, "page-text")
    assert (again.slug, again.events) == (was, 0)
