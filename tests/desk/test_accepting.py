"""Rows of the ledger that go out with a post: in its append, or left out, and never in its way."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from msgspec.structs import replace

from asithappened import press
from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.ledger_state import Series, Statement
from asithappened.desk import actions
from asithappened.desk.actions import accepting, sources
from asithappened.desk.choices import Chosen
from asithappened.desk.models import Choice, Scheduled
from asithappened.jobs.clock import CLOCK
from asithappened.ledger.accepted import AcceptedFigure, AcceptedState, AcceptedStatement
from asithappened.log import read
from tests.answered import Answer
from tests.desk.conftest import Blog, said
from tests.desk.test_sources import work

pytestmark = pytest.mark.django_db

WORDS = "The mayor said 63 people were missing. The bridge is closed."
KEY = "0" * 24
SAID = AcceptedStatement(exact="63 people were missing", text="63 people were missing.", name="Bo Lund", words=KEY)
MISSING = AcceptedFigure(exact="63", label="Missing", value=63, counted="people")
CLOSED = AcceptedState(exact="closed", label="Lenn Bridge", value="closed")


def statements(blog: Blog) -> list[Statement]:
    """Return the statements that readers have."""
    return [row for row in read.rows(blog.id, e.STATEMENT) if isinstance(row, Statement) and row.visible]


def test_rows_are_in_the_posts_own_append_and_a_form_sent_twice_says_them_once(blog: Blog, editor: User) -> None:
    rows = (SAID, MISSING, CLOSED)
    post = actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1", rows=rows)
    facts = list(read.facts(blog.id))
    assert [fact.kind for fact in facts[-6:]] == [
        "post.published", "statement.recorded", "series.recorded", "series.moved", "series.recorded", "series.moved",
    ]  # fmt: skip
    assert len({fact.at for fact in facts[-6:]}) == 1
    assert accepting.left_out(blog.id, rows, post) == []
    assert Choice.objects.get().what == Choice.What.ACCEPTED
    actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1", rows=rows)
    assert len(list(read.facts(blog.id))) == len(facts)


def test_a_row_that_may_not_be_recorded_is_left_out_and_the_post_is_published(blog: Blog, editor: User) -> None:
    gone = AcceptedFigure(exact="63", label="Missing", value=63, series="of-another-blog")
    elsewhere = AcceptedStatement(exact="words that are not there", text="Nobody said this.")
    post = actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1", rows=(SAID, gone, elsewhere))
    assert post.visible
    assert [one.text for one in statements(blog)] == [SAID.text]
    assert accepting.left_out(blog.id, (SAID, gone, elsewhere), post) == [accepting.Why.REFUSED, accepting.Why.GONE]


def test_with_an_edit_rows_are_anchored_in_the_new_words_and_without_one_they_are_recorded_alone(
    blog: Blog, editor: User
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("Something happened."), once="k1")
    now = actions.revise_post(blog.id, by=editor, post=post.id, draft=said(WORDS), based_on=post.last_seq, rows=(SAID,))
    [one] = statements(blog)
    assert (one.anchors[0].revision, one.anchors[0].exact) == (2, SAID.exact)
    actions.revise_post(blog.id, by=editor, post=post.id, draft=said(WORDS), based_on=now.last_seq, rows=(MISSING,))
    assert [fact.kind for fact in read.facts(blog.id)][-2:] == ["series.recorded", "series.moved"]
    assert blog.post(post.id).revision == 2


def test_what_is_scheduled_takes_its_rows_along(blog: Blog, editor: User) -> None:
    row = actions.schedule_post(blog.id, by=editor, draft=said(WORDS), once="k1", at=CLOCK.after(3600), rows=(MISSING,))
    assert read.rows(blog.id, e.SERIES) == []
    actions.publish_scheduled(Scheduled.objects.get(pk=row.pk), by=editor)
    [series] = read.rows(blog.id, e.SERIES)
    assert isinstance(series, Series)
    assert series.newest is not None
    assert series.newest.value == 63
    assert bytes(Scheduled.objects.get(pk=row.pk).rows) == b"[]"


def sent(client: Client, blog: Blog, **fields: Any) -> Answer:
    """Send something to the address that suggests."""
    data = json.dumps({"version": 1, **fields})
    return client.post(f"{blog.path}suggest/", data, "application/json", headers={"Accept": "application/json"})


def doc(words: str) -> dict[str, object]:
    """Return a body of one paragraph, as an editor sends it."""
    return {
        "type": "doc",
        "content": [{"type": "paragraph", "attrs": {"id": ""}, "content": [{"type": "text", "text": words}]}],
    }


@pytest.mark.parametrize(
    "rows", ['[{"kind":"statement"}]', "{", '[{"kind":"statement","exact":"x","text":"y","more":1}]']
)
def test_rows_that_cannot_be_read_are_refused_with_their_field_and_nothing_is_published(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, rows: str
) -> None:
    head = read.head(blog.id)
    fields = {"version": 1, "do": "publish", "once": "k1", "body": doc(WORDS), "rows": rows}
    answer = browse(editor).post(
        f"{blog.path}write/", json.dumps(fields), "application/json", headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["refused"][0]["field"].startswith("rows")
    assert read.head(blog.id) == head


def test_a_name_is_known_as_the_houses_source_and_the_one_that_was_suggested_becomes_its_alias(
    editor: User, blog: Blog
) -> None:
    row = AcceptedStatement(
        exact="63 people were missing", text="63 people were missing.", name="Bo Lund", named="Lund", role="mayor"
    )
    actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1", rows=(row,))
    source = sources.find("Bo Lund")
    assert source is not None
    assert sources.find("Lund") == source
    other = AcceptedFigure(exact="63", label="Missing", value=63, counted="people", name="Lund")
    again = said("The mayor said 63 people were still missing.")
    actions.publish_post(blog.id, by=editor, draft=again, once="k2", rows=(other,))
    [series] = read.rows(blog.id, e.SERIES)
    assert isinstance(series, Series)
    assert series.newest is not None
    by = series.newest.by
    assert by == e.SaidBy(name="Bo Lund", source=source.key)
    sources.learn_alias("the agency", of="Bo Lund", by=editor)
    assert sources.find("the agency") is None, "whoever was spoken of"


def test_of_an_archives_post_whose_time_nobody_knows_rows_claim_no_time_either(editor: User, blog: Blog) -> None:
    unknown = e.PostPublished(post="a1", body=said(WORDS).body, position=5)
    unknown = replace(unknown, body=body.with_ids(unknown.body, seed="a1"))
    press.publish(blog.id, [unknown], origin=e.Origin.IMPORT)
    accepting.record_rows(blog.id, by=editor, post=blog.post("a1"), rows=(MISSING,))
    [series] = read.rows(blog.id, e.SERIES)
    assert isinstance(series, Series)
    assert series.newest is not None
    assert series.newest.since is None


def test_no_row_of_a_post_that_was_withdrawn_is_recorded(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1")
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    now, head = blog.post(post.id), read.head(blog.id)
    with pytest.raises(actions.Refused, match="withdrawn"):
        actions.revise_post(
            blog.id, by=editor, post=post.id, draft=said(WORDS), based_on=now.last_seq, rows=(SAID, MISSING)
        )
    assert read.head(blog.id) == head


def test_a_post_taken_back_to_a_draft_and_scheduled_again_takes_its_new_rows_along(blog: Blog, editor: User) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1")
    actions.unpublish_post(blog.id, by=editor, post=post.id)
    row = actions.schedule_post(blog.id, by=editor, draft=said(WORDS), once="k1", at=CLOCK.after(3600), rows=(SAID,))
    actions.publish_scheduled(Scheduled.objects.get(pk=row.pk), by=editor)
    assert blog.post(post.id).visible
    assert [one.text for one in statements(blog)] == [SAID.text]


def test_two_rows_about_the_same_words_are_two_and_a_form_sent_twice_says_neither_twice(
    blog: Blog, editor: User
) -> None:
    other = replace(SAID, words="", text="Somebody counted 63 people.")
    for _ in range(2):
        actions.publish_post(
            blog.id, by=editor, draft=said(WORDS), once="k1", rows=(replace(SAID, words=""), other, MISSING)
        )
    assert sorted(one.text for one in statements(blog)) == ["63 people were missing.", "Somebody counted 63 people."]


def test_what_was_chosen_is_kept_under_the_homes_secret(blog: Blog, editor: User) -> None:
    accepting.reject(blog.id, by=editor, words=KEY)
    assert Choice.objects.get().words != KEY
    assert KEY in Chosen(blog.id, Choice.What.REJECTED)
    assert KEY not in Chosen(blog.id, Choice.What.LEFT)
    accepting.reconsider(blog.id, by=editor, words=KEY)
    assert KEY not in Chosen(blog.id, Choice.What.REJECTED)


def test_what_was_left_out_is_said_with_its_true_reason(blog: Blog, editor: User, admin: User) -> None:
    unprintable = replace(SAID, text="63 people\u202e were missing.")
    source = sources.add_source(by=editor, name="Ines Calloway")
    sources.forget_source(source, by=admin)
    work()
    named = replace(SAID, text="They ask for Ines Calloway’s list.")
    by_her = replace(SAID, name="INES  Calloway", text="63 are missing.")
    rows = (unprintable, named, by_her)
    post = actions.publish_post(blog.id, by=editor, draft=said(WORDS), once="k1", rows=rows)
    assert accepting.left_out(blog.id, rows, post) == [accepting.Why.UNPRINTABLE, accepting.Why.ERASED]
    [one] = statements(blog)
    assert (one.text, one.by) == ("63 are missing.", None)
    with pytest.raises(actions.Refused, match="cannot be printed"):
        actions.revise_post(
            blog.id, by=editor, post=post.id, draft=said(WORDS), based_on=post.last_seq, rows=(unprintable,)
        )
