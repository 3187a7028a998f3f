"""Erasing a source's name: from every log, once, and what was said stays as an unnamed source's."""

from typing import Any

import pytest

from asithappened.accounts.models import Membership, Role, User
from asithappened.core import events as e
from asithappened.desk import actions
from asithappened.desk.actions import ledger, sources
from asithappened.desk.models import Check, Source, SourceName
from asithappened.jobs.models import Job
from asithappened.log import read
from tests.desk.conftest import Blog, said
from tests.desk.test_resting import row, stored
from tests.desk.test_sources import PERSON, lund, work
from tests.desk.test_withdrawn import public_bytes

pytestmark = pytest.mark.django_db


def told(blog: int, by: User, source: e.SaidBy | None) -> Any:
    """Record what a source said in a live blog, in every way in which a row can hold a name."""
    post = actions.publish_post(blog, by=by, draft=said("The mayor says that 63 are missing."), once="1")
    anchor = e.Anchor(post=post.id, exact="63", prefix="Bo CANARYLUND said ", end=2)
    rows = {
        "plain": e.StatementRecorded(statement="plain", text="63 are missing.", by=source, anchors=(anchor,)),
        "named": e.StatementRecorded(statement="named", text="“I am Bo Canarylund.”", by=source),
        "other": e.StatementRecorded(statement="other", text="Nobody is missing.", by=e.SaidBy(name="Police")),
        "gone": e.StatementRecorded(statement="gone", text="64.", by=source),
    }
    for one in rows.values():
        ledger.record_statement(blog, by=by, statement=one)
    ledger.remove_row(blog, by=by, row=e.Subject(e.STATEMENT, "gone"))
    note = ledger.Checking(note="Called Bo Canarylund.")
    ledger.assess_statement(blog, by=by, statement="plain", status=e.Verification.CHECKING, checking=note)
    values = [
        e.SeriesMoved(series="count", value=63, by=source, anchors=(anchor,)),
        e.SeriesMoved(series="count", value=64),
    ]
    ledger.record_series(blog, by=by, series=e.SeriesRecorded(series="count", label="Missing"), values=values)
    return blog


def test_erasing_a_name_reaches_every_log_once_and_leaves_what_was_said_as_an_unnamed_sources(
    admin: User, editor: User, owner: User, blog: Blog
) -> None:
    second = actions.open_blog(by=owner, slug="calm", title="Calm", language="de").blog
    third = actions.open_blog(by=owner, slug="down", title="Down").blog
    for one in (second, third):
        Membership.objects.create(blog_id=one, user=editor, role=Role.EDITOR)
    made = lund(editor)
    other = sources.add_source(by=editor, name="The CANARYMAYOR")
    merged = sources.said_by("The CANARYMAYOR", kind=PERSON, role="", by=editor)
    sources.merge_sources(other, by=editor, into="Bo Canarylund", version=1)
    by_key = sources.said_by("Bo Canarylund", kind=PERSON, role="", by=editor)
    made.refresh_from_db()
    by_hand = e.SaidBy(name="Bo Canarylund")
    for one, source in ((blog.id, by_key), (second, by_hand), (third, merged)):
        told(one, editor, source)
    actions.take_down_blog(third, by=owner)
    assert b"canary" in stored().lower()
    sources.forget_source(made, by=admin)
    assert not sources.listed()
    with pytest.raises(actions.Refused):
        sources.said_by("Bo Canarylund", kind=PERSON, role="", by=editor)
    work()
    heads = [read.head(one) for one in read.every_blog()]
    assert b"canary" not in stored().lower() + public_bytes(blog).lower()
    assert not Source.objects.exists()
    assert not SourceName.objects.exists()
    assert not Check.objects.exists()
    assert not Job.objects.filter(payload__icontains="lund").exists()
    plain = row(blog, e.STATEMENT, "plain")
    assert (plain.by, plain.text) == (
        e.SaidBy(name="A source that is not named", kind=e.SourceKind.ANONYMOUS),
        "63 are missing.",
    )
    assert (plain.status, plain.anchors[0].end) == (e.Verification.CHECKING, 2)
    assert row(blog, e.STATEMENT, "named").erased
    assert row(blog, e.STATEMENT, "gone").erased
    assert row(blog, e.STATEMENT, "other").by.name == "Police"
    count = row(blog, e.SERIES, "count")
    assert [(value.value, value.by and value.by.name) for value in count.values] == [
        (63, "A source that is not named"), (64, None),
    ]  # fmt: skip
    (german,) = [one for one in read.rows(second, e.STATEMENT) if one.id == "plain"]
    assert german.by.name == "Eine nicht genannte Quelle"
    work()
    assert [read.head(one) for one in read.every_blog()] == heads


def test_a_name_is_erased_where_it_relayed_what_another_said(admin: User, editor: User, blog: Blog) -> None:
    source = sources.said_by("Canary Wire", kind=e.SourceKind.MEDIA, role="", by=editor)
    assert source is not None
    relays = (e.RelayedBy(outlet="The Canary Wire"), e.RelayedBy(outlet="Gazette"))
    mayor = e.SaidBy(name="Mayor")
    told = e.StatementRecorded(statement="told", text="Six drowned.", by=mayor, relays=relays)
    ledger.record_statement(blog.id, by=editor, statement=told)
    sources.forget_source(Source.objects.get(), by=admin)
    work()
    assert b"canary" not in stored().lower() + public_bytes(blog).lower()
    left = row(blog, e.STATEMENT, "told")
    assert (left.by, left.text, left.relays) == (mayor, "Six drowned.", relays[1:])
