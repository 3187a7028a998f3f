"""The newsroom's own words: an outlet that somebody writes is known in the next text, until it is forgotten."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk.actions import accepting
from asithappened.desk.models import LearnedOutlet
from asithappened.ledger.accepted import AcceptedStatement
from tests.desk.conftest import Blog, said
from tests.desk.test_accepting import WORDS, doc, sent

pytestmark = pytest.mark.django_db


def test_an_outlet_that_somebody_writes_into_a_row_is_known_in_the_next_text_until_it_is_forgotten(
    browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog
) -> None:
    client, words = browse(editor), doc("Schools would stay open tomorrow, the mayor said, according to Tavell Bugle.")

    def relays() -> str:
        return str(
            [one["row"].get("relays") for one in sent(client, blog, do="suggest", body=words).json()["suggested"]]
        )

    row = AcceptedStatement(
        exact="63 people were missing", text="63 people were missing.", relays=(e.RelayedBy(outlet="Tavell Bugle"),)
    )
    assert "Tavell Bugle" not in relays()
    actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1", rows=(row,))
    assert "Tavell Bugle" in relays()
    [learned] = LearnedOutlet.objects.all()
    assert "Tavell Bugle" in browse(owner).get("/desk/learned/").content.decode()
    accepting.forget_outlet(learned.pk, by=owner)
    assert "Tavell Bugle" not in relays()
