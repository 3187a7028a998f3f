"""The sample goes in one click, and does not come back."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.state import Status
from asithappened.desk import actions, sample
from asithappened.desk.actions import ledger, sources
from asithappened.desk.actions.sample import remove_sample
from asithappened.desk.demo import play
from asithappened.desk.models import Source
from asithappened.log import read
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db


def test_the_sample_goes_in_one_click_and_does_not_come_back(
    browse: Callable[[User | None], Client], admin: User, owner: User, blog: Blog
) -> None:
    day = play.begin()
    listed = browse(admin).get("/desk/").content.decode()
    assert "Remove the sample" in listed
    assert "Remove the sample" not in browse(owner).get("/desk/").content.decode()
    browse(admin).post("/desk/sample/", {"do": "remove"})
    assert read.blog(day.blog).status is Status.GONE
    assert read.blog(blog.id).status is Status.LIVE
    page = browse(admin).get("/desk/").content.decode()
    assert "Remove the sample" not in page
    assert f"/desk/live/{day.slug}/" not in page
    before = len(read.every_blog())
    play.play_on(day, pause=lambda seconds: False)
    assert len(read.every_blog()) == before
    assert sample.blogs() == []
    with pytest.raises(actions.Refused):
        remove_sample(by=admin)


def test_its_sources_go_with_it_but_none_that_somebody_uses(admin: User, editor: User, blog: Blog) -> None:
    day = play.begin()
    quoted = sources.said_by("Coastgrid", kind=e.SourceKind.ORGANISATION, role="", by=editor)
    said = e.StatementRecorded(statement="s1", text="The power is back.", by=quoted)
    ledger.record_statement(blog.id, by=editor, statement=said)
    sources.add_source(by=editor, name="Bo Lund")
    assert Source.objects.count() > 5
    remove_sample(by=admin)
    assert {source.name for source in Source.objects.all()} == {"Coastgrid", "Bo Lund"}
    play.play(day, pause=lambda seconds: False)
    assert Source.objects.count() == 2
