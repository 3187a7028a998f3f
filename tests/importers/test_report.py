"""What an import did, in figures: readers' contributions and typed lists apart, and every problem with its place."""

from asithappened.core import body as b
from asithappened.core.events import PostKind
from asithappened.importers.found import Converted, FoundPost
from asithappened.importers.report import Report, figures_of


def test_what_was_made_of_something_else_is_counted_apart() -> None:
    items = b.BulletList(content=(b.ListItem(content=(b.paragraph("One"),)),))
    picture = b.Image(attrs=b.ImageAttrs(src="https://img.paper.example/a.jpg"))
    doc = b.Doc(content=(items, items, b.Gallery(content=(picture, picture))))
    made = Converted(lists=1, images=1)
    one = FoundPost(id="a", place="", body=doc, title="T", kind=PostKind.SUMMARY, converted=made, updated=True)
    figures = figures_of([one, FoundPost(id="b", place="", body=b.Doc(), bylines=("Ann Lee",))])
    assert (figures["lists"], figures["typed_lists"]) == (1, 1)
    assert (figures["images"], figures["reader_images"]) == (1, 1)
    said = [figures[name] for name in ("posts", "summaries", "key_events", "titled", "updated", "bylined")]
    assert said == [2, 1, 0, 1, 1, 1]


def test_a_person_reads_what_was_done_or_would_be_and_problems_last() -> None:
    quiet = Report(slug="storm", title="Storm", posts=3, added=3, dry_run=True).as_text()
    assert "3 posts in the file: 3 would be added" in quiet
    assert "problems" not in quiet
    loud = Report(
        slug="storm", title="Storm", live=True, skipped=1, disappeared=1, disappeared_posts=("a",), problems=("line 3",)
    ).as_text()
    assert "closed here, live where it comes from" in loud
    assert "1 posts are no longer in the source, and stay: a." in loud
    assert loud.endswith("1 problems:\n  - line 3")


def test_a_script_reads_plain_values() -> None:
    assert Report(slug="storm", problems=("line 3",)).as_json()["problems"] == ["line 3"]
