"""The audit trail: every act in plain words, filtered, and as a table that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from asithappened.accounts.models import Role, User
from asithappened.core.state import PostState
from asithappened.desk import actions, audit
from asithappened.desk.actions import members
from asithappened.desk.jobs import on_behalf
from asithappened.desk.models import Act
from asithappened.jobs.work import Given
from tests.answered import Answer
from tests.desk.conftest import Blog, said

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def day(blog: Blog, owner: User, editor: User) -> PostState:
    """Return a post that an editor published and edited, on a blog where an owner did other things."""
    post = actions.publish_post(blog.id, by=editor, draft=said("Words.", title="The wall holds"), once="1")
    actions.revise_post(blog.id, by=editor, post=post.id, draft=said("Other words."), based_on=post.last_seq)
    actions.contributor_on(blog.id, by=owner, name='=HYPERLINK("https://evil.example")')
    actions.withdraw_post(blog.id, by=actions.System(name="replay"), post=post.id)
    return post


def rows(page: str) -> list[tuple[str, str]]:
    """Return what a page lists: who did what."""
    cells = [row.split("<td>")[2:4] for row in page.split("<tr>")[2:]]
    return [(who.split("<bdi>")[1].split("<")[0], what.split("</td>")[0]) for who, what in cells]


def table(answer: Answer) -> list[dict[str, str]]:
    """Return a table as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_an_owner_sees_all_that_was_done_newest_first(
    browse: Callable[[User | None], Client], owner: User, blog: Blog, day: PostState
) -> None:
    page = browse(owner).get(f"{blog.path}audit/").content.decode()
    assert rows(page) == [
        ("replay", "withdrew a post"),
        ("Olu Owner", "named somebody as on"),
        ("Editor Person", "edited a post"),
        ("Editor Person", "published a post"),
        ("Olu Owner", "opened the live blog"),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("who=program-replay", ["withdraw_post"]),
        ("who=user-{editor}", ["revise_post", "publish_post"]),
        ("verb=revise_post", ["revise_post"]),
        ("post={post}", ["withdraw_post", "revise_post", "publish_post"]),
        ("post={post}&who=user-{editor}&verb=publish_post", ["publish_post"]),
        ("day=2020-01-01", []),
        ("who=nonsense&verb=nonsense&day=2020-13-41&before=x", 5),
    ],
)
def test_it_is_filtered_on_the_page_and_in_the_table(
    asked: str,
    found: list[str] | int,
    browse: Callable[[User | None], Client],
    owner: User,
    editor: User,
    blog: Blog,
    day: PostState,
) -> None:
    query = asked.format(editor=editor.pk, post=day.id)
    page = browse(owner).get(f"{blog.path}audit/?{query}").content.decode()
    lines = table(browse(owner).get(f"{blog.path}audit/csv/?{query}"))
    expected = found if isinstance(found, int) else len(found)
    assert page.count("<td><time") == len(lines) == expected
    if not isinstance(found, int):
        assert [line["verb"] for line in lines] == found


def test_a_day_is_one_of_the_blogs_zone(owner: User, blog: Blog, day: PostState) -> None:
    actions.describe_blog(
        blog.id, by=owner, title="Storm", standfirst="", language="en", zone="Pacific/Auckland", tags=()
    )
    Act.objects.filter(verb="publish_post").update(at=datetime(2026, 11, 25, 12, 30, tzinfo=UTC))
    for asked, expected in (("2026-11-26", 1), ("2026-11-25", 0)):
        found = audit.acts(blog.id, audit.Asked(verb="publish_post", day=asked), zone=blog.state.zone)
        assert found.count() == expected


def test_a_table_has_both_times_and_no_formulas(
    browse: Callable[[User | None], Client], owner: User, blog: Blog, day: PostState
) -> None:
    Act.objects.filter(verb="publish_post").update(at=datetime(2026, 7, 1, 12, 0, tzinfo=UTC))
    answer = browse(owner).get(f"{blog.path}audit/csv/")
    assert answer["Content-Disposition"].startswith('attachment; filename="audit-storm-')
    lines = {line["verb"]: line for line in table(answer)}
    assert tuple(lines["publish_post"]) == audit.COLUMNS
    published = lines["publish_post"]
    assert published["time_utc"] == "2026-07-01T12:00:00.000+00:00"
    assert published["time_local"] == "2026-07-01T13:00:00.000+01:00"
    assert (published["zone"], published["who"], published["about"]) == ("Europe/London", "Editor Person", day.id)
    assert lines["contributor_on"]["about"] == '\'=HYPERLINK("https://evil.example")'
    for bad in ("=1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "\n@"):
        assert audit._cell(bad) == f"'{bad}"


def test_a_long_trail_has_pages_and_its_table_has_all_of_it(
    browse: Callable[[User | None], Client], owner: User, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    Act.objects.bulk_create(Act(blog_id=blog.id, user=owner, verb="set_kind") for _ in range(250))
    client, path, seen = browse(owner), f"{blog.path}audit/?verb=set_kind", 0
    page = ""
    for expected in (100, 100, 50):
        page = client.get(path).content.decode()
        assert page.count("<td><time") == expected
        seen += expected
        path = (
            page.split('class="older"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&") if seen < 250 else ""
        )
    assert 'class="older"' not in page
    monkeypatch.setattr(audit, "_STEP", 50)
    assert len(table(client.get(f"{blog.path}audit/csv/?verb=set_kind"))) == 250


def test_a_site_admin_sees_every_blog_and_an_owner_only_theirs(
    browse: Callable[[User | None], Client], admin: User, owner: User, editor: User, blog: Blog, day: PostState
) -> None:
    actions.open_blog(by=admin, slug="other", title="Elsewhere")
    everything = browse(admin).get("/desk/audit/").content.decode()
    assert everything.count("<td><time") == 6
    assert "Elsewhere" in everything
    assert len(table(browse(admin).get("/desk/audit/csv/"))) == 6
    assert "Elsewhere" not in browse(owner).get(f"{blog.path}audit/").content.decode()
    for path in ("/desk/audit/", "/desk/audit/csv/"):
        assert browse(owner).get(path).status_code == 403


def test_what_the_worker_did_is_said_to_be_in_somebodys_name(
    browse: Callable[[User | None], Client], owner: User, editor: User, blog: Blog
) -> None:
    given = Given(kind="test", key="1", payload={}, due=datetime.now(UTC), attempt=1, on_behalf_of=editor.pk)
    with on_behalf(given) as person:
        actions.publish_post(blog.id, by=person, draft=said("Later."), once="1")
    actions.publish_post(blog.id, by=editor, draft=said("Now."), once="2")
    later, now = Act.objects.filter(verb="publish_post").order_by("pk")
    assert (later.user, later.system, now.user, now.system) == (editor, "worker", editor, "")
    page = browse(owner).get(f"{blog.path}audit/?who=user-{editor.pk}").content.decode()
    assert page.count("by the program (worker)") == 1


def test_who_works_here_is_in_it(
    browse: Callable[[User | None], Client], owner: User, editor: User, blog: Blog
) -> None:
    members.set_role(blog.id, by=owner, user=editor.pk, role=Role.OWNER)
    assert ("Olu Owner", "changed what a member may do") in rows(
        browse(owner).get(f"{blog.path}audit/").content.decode()
    )
