"""What somebody left, took or did not want stays so, however its key is kept."""

from importlib import import_module

import pytest
from django.apps import apps

from asithappened.accounts.models import User
from asithappened.desk.choices import Chosen, choose, take_back
from asithappened.desk.models import Choice
from asithappened.ledger.accepted import remembered
from tests.desk.conftest import Blog

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_a_choice_from_before_keys_were_under_the_home_s_secret_still_counts_after_the_upgrade(
    blog: Blog, editor: User
) -> None:
    left, refused = remembered("stale", "series:toll", "post:p1", "63"), remembered("statement", "The dam broke.")
    for key, what in ((left, Choice.What.LEFT), (refused, Choice.What.REJECTED)):
        Choice.objects.create(blog_id=blog.id, words=key, what=what, by=editor)  # as it was kept then
    assert left not in Chosen(blog.id, Choice.What.LEFT)
    import_module("asithappened.desk.migrations.0013_keyed").under_the_secret(apps, None)
    assert left in Chosen(blog.id, Choice.What.LEFT)
    assert refused in Chosen(blog.id, Choice.What.REJECTED)
    assert left not in Chosen(blog.id, Choice.What.REJECTED)
    assert not Choice.objects.filter(words__in=(left, refused)).exists(), "the table lets nobody confirm a guess"
    choose(blog.id, editor, {left}, Choice.What.LEFT)
    assert Choice.objects.count() == 2, "the same choice again is one"
    take_back(blog.id, left, Choice.What.LEFT)
    assert left not in Chosen(blog.id, Choice.What.LEFT)
