"""The name of an erased source: it comes back with no row that waited, until somebody adds it again."""

import pytest
from msgspec.structs import replace

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions import sources
from asithappened.desk.models import ErasedName, Scheduled
from asithappened.jobs.clock import CLOCK
from tests.desk.conftest import Blog, said
from tests.desk.test_accepting import SAID, WORDS, statements
from tests.desk.test_sources import work

pytestmark = pytest.mark.django_db


def test_a_name_that_was_erased_comes_back_with_no_row_that_waited_until_somebody_adds_it_again(
    blog: Blog, editor: User, admin: User
) -> None:
    hers = replace(SAID, name="Ines Calloway", named="Calloway", text="63 are missing.")
    waiting = actions.schedule_post(
        blog.id, by=editor, draft=said(WORDS), once="k1", at=CLOCK.after(3600), rows=(hers,)
    )
    sources.forget_source(sources.add_source(by=editor, name="Ines Calloway"), by=admin)
    work()
    actions.publish_scheduled(Scheduled.objects.get(pk=waiting.pk), by=editor)
    assert [one.by for one in statements(blog)] == [None]
    assert not sources.listed()
    assert "calloway" not in "".join(ErasedName.objects.values_list("digest", flat=True))
    sources.add_source(by=editor, name="Ines Calloway")
    actions.publish_post(blog.id, by=editor, draft=said(WORDS + " Again."), once="k2", rows=(hers,))
    assert {one.by and one.by.name for one in statements(blog)} == {None, "Ines Calloway"}
