"""What waits in all tabs is counted by one statement a database, since every open desk asks every two seconds."""

import contextlib

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from asithappened.accounts.models import User
from asithappened.desk.actions import notes
from asithappened.desk.drafts.models import Draft
from asithappened.desk.drafts.router import database_of
from asithappened.desk.models import Note
from asithappened.desk.tabs import Waiting, count
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db(databases="__all__")


def test_all_tabs_are_counted_by_one_statement_a_database(blog: Blog, editor: User) -> None:
    for words in ("Call the harbour.", "Call the mayor."):
        notes.add_note(blog.id, by=editor, words=words)
    waiting = {
        "notes": Waiting(Note, "blog_id = %s", (blog.id,)),
        "newest": Waiting(Note, "blog_id = %s", (blog.id,), what="MAX(id)"),
        "drafts": Waiting(Draft, "blog = %s", (blog.id,)),
        "none": None,
    }
    aliases = {database_of(model) for model in (Note, Draft)}
    with contextlib.ExitStack() as stack:
        asked = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in aliases]
        counts = count(waiting)
    newest = max(Note.objects.values_list("pk", flat=True))
    assert counts == {"notes": 2, "newest": newest, "drafts": 0, "none": 0}
    assert [len(one.captured_queries) for one in asked] == [1] * len(aliases)
