"""How a live blog is read, at the desk: roughly, to its members, in the handover, and not where it is turned off."""

from collections.abc import Callable

import pytest
from django.db.models import F
from django.test import Client
from pytest_django import Settings

from asithappened.accounts.models import User
from asithappened.core.events import Audience, PostKind
from asithappened.delivery.readership import Count
from asithappened.desk import actions
from asithappened.readership import keeping, models
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db
Browse = Callable[[User | None], Client]


@pytest.fixture
def counted(blog: Blog, owner: User) -> str:
    """Count a day of a live blog, and return the id of its key event."""
    event = actions.publish_post(
        blog.id, by=owner, draft=said("It broke.", title="The <b>wall</b> broke", kind=PostKind.KEY_EVENT), once="1"
    )
    hour = keeping.hour_now()
    keeping.keep({Count(blog.id, hour, "read", "5"): 347, Count(blog.id, hour, "opened", event.id): 14})
    keeping.keep({Count(blog.id, hour, "from", "search.example"): 31, Count(blog.id, hour, "from", "small.example"): 9})
    models.Count.objects.bulk_create(
        models.Count(blog=blog.id, hour=hour - ago, kind="at once", key="", n=n) for ago, n in ((1, 8), (0, 52))
    )
    return event.id


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_member_sees_counts_roughly_with_a_chart_and_its_table(
    blog: Blog, contributor: User, browse: Browse, counted: str
) -> None:
    text = shown(browse(contributor), f"{blog.path}readers/")
    assert "about 350" in text
    assert "347" not in text
    assert '<svg class="chart"' in text
    assert text.count("<caption>") == 4
    assert "about 52" in text
    assert "search.example" in text
    assert "small.example" not in text
    assert "The &lt;b&gt;wall&lt;/b&gt; broke" in text
    assert f'href="{blog.path}#p-{counted}"' in text
    assert f'href="{blog.path}readers/" data-sheet' in shown(browse(contributor), blog.path)


def test_a_key_event_that_was_withdrawn_stands_there_no_more(
    blog: Blog, owner: User, browse: Browse, counted: str
) -> None:
    actions.withdraw_post(blog.id, by=owner, post=counted)
    assert "broke" not in shown(browse(owner), f"{blog.path}readers/")


def test_the_handover_tells_of_the_shift_without_a_link_where_nobody_is_signed_in(
    blog: Blog, editor: User, browse: Browse, counted: str
) -> None:
    del counted
    made = browse(editor).post(f"{blog.path}handover/", {"do": "link", "hours": "8", "since": "8"})
    text = made.content.decode()
    link = text[text.index("/desk/handover/") :].partition('"')[0]
    for told in (shown(browse(editor), f"{blog.path}handover/?since=8"), shown(browse(None), link)):
        assert "about 350" in told
        assert '<svg class="chart"' in told
    assert f'href="{blog.path}' not in shown(browse(None), link)


@pytest.mark.usefixtures("counted")
def test_turned_off_nothing_is_shown_and_the_page_says_so(
    blog: Blog, editor: User, browse: Browse, settings: Settings
) -> None:
    settings.READERSHIP = False
    text = shown(browse(editor), f"{blog.path}readers/")
    assert "turned off for this newsroom" in text
    assert "about" not in text[text.index("<h1") :]
    assert "<svg" not in shown(browse(editor), f"{blog.path}handover/")


@pytest.mark.usefixtures("counted")
def test_a_rehearsal_is_not_counted_and_says_so(blog: Blog, owner: User, browse: Browse) -> None:
    actions.set_audience(blog.id, by=owner, audience=Audience.MEMBERS)
    assert "Only a live blog that is everyone" in shown(browse(owner), f"{blog.path}readers/")


def test_before_anything_was_counted_the_page_says_when_it_will_be(blog: Blog, owner: User, browse: Browse) -> None:
    text = shown(browse(owner), f"{blog.path}readers/")
    assert "Nothing was counted yet." in text
    assert "fewer than 10" in text


def test_what_is_older_than_the_shift_is_not_of_the_shift(
    blog: Blog, editor: User, browse: Browse, counted: str
) -> None:
    del counted
    models.Count.objects.update(hour=F("hour") - 30)
    assert "about 350" not in shown(browse(editor), f"{blog.path}handover/?since=8")
