"""Corrections with their edit in one append, and what still says the old thing: found, mended, or left."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asithappened.accounts.models import User
from asithappened.alerts import outgoing
from asithappened.alerts.models import Alert
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.ledger_state import Correction
from asithappened.core.state import PostState
from asithappened.desk import actions, sweeping
from asithappened.desk.actions import alerting, correcting, ledger
from asithappened.desk.jobs import REACH
from asithappened.desk.models import CorrectionReach
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import Job
from asithappened.jobs.work import Given
from asithappened.log import read
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db

WRONG = "Police said 63 people were killed in the fire at the mill."


def published(blog: Blog, by: User, words: str, once: str, **more: Any) -> PostState:
    """Publish a post."""
    return actions.publish_post(blog.id, by=by, draft=said(words, **more), once=once)


def text_of(blog: Blog, post: str) -> str:
    """Return a post's words as they are now."""
    return body.plain(blog.post(post).body)


def toll(blog: Blog, by: User, *values: float) -> e.Subject:
    """Record a series of people killed, value by value."""
    series = e.SeriesRecorded(series="toll", label="People killed at the mill", counted="people", outcome="killed")
    ledger.record_series(blog.id, by=by, series=series)
    for value in values:
        ledger.move_series(blog.id, by=by, value=e.SeriesMoved(series="toll", value=value))
    return e.Subject(e.SERIES, "toll")


def test_a_correction_and_its_edit_are_one_append_and_the_form_sent_twice_corrects_once(
    blog: Blog, editor: User
) -> None:
    post = published(blog, editor, WRONG, "k1")
    fields: dict[str, Any] = {"was": "63 people", "now": "36 people", "reason": "Two figures were swapped."}
    receipt = actions.correct_post(blog.id, by=editor, post=post.id, once="c1", **fields)
    again = actions.correct_post(blog.id, by=editor, post=post.id, once="c1", **fields)
    assert (again.first, again.last, again.repeated) == (receipt.first, receipt.last, True)
    with pytest.raises(actions.Refused, match="sent before"):
        actions.correct_post(blog.id, by=editor, post=post.id, once="c1", **fields | {"now": "37 people"})
    facts = list(read.facts(blog.id, after=receipt.first - 1))
    assert [fact.kind for fact in facts] == ["post.revised", "correction.recorded"]
    assert text_of(blog, post.id) == WRONG.replace("63", "36")
    [row] = read.rows(blog.id, e.CORRECTION)
    assert isinstance(row, Correction)
    assert (row.was, row.now, row.why) == tuple(fields.values())
    assert blog.post(post.id).updated, "readers are told that it changed"


def test_a_correction_may_leave_the_words_and_one_of_words_that_are_not_there_is_refused(
    blog: Blog, editor: User
) -> None:
    post = published(blog, editor, WRONG, "k1")
    actions.correct_post(blog.id, by=editor, post=post.id, was="63 people", now="36 people", mend=False)
    assert text_of(blog, post.id) == WRONG
    with pytest.raises(actions.Refused, match="do not stand there"):
        actions.correct_post(blog.id, by=editor, post=post.id, was="64 people", now="36 people")


@pytest.mark.parametrize(
    ("title", "words", "was", "right"),
    [
        ("", "It often rained; ten fell.", "ten", ("", "It often rained; X fell.")),
        ("1,630 homes", "Of them 63 burned.", "63", ("1,630 homes", "Of them X burned.")),
        ("63 of 1,630 homes", "63 burned.", "63", ("X of 1,630 homes", "63 burned.")),
        ("", "警察称六十三人死亡", "六十三", ("", "警察称X人死亡")),
    ],
)
def test_the_wrong_words_are_mended_where_they_are_no_piece_of_a_longer_one(
    blog: Blog, editor: User, title: str, words: str, was: str, right: tuple[str, str]
) -> None:
    post = published(blog, editor, words, "k1", title=title)
    actions.correct_post(blog.id, by=editor, post=post.id, was=was, now="X")
    assert (blog.post(post.id).title, text_of(blog, post.id)) == right


TWICE = "63 homes flooded; 63 died."


@pytest.mark.parametrize(
    ("title", "words", "before", "after", "right"),
    [
        ("", TWICE, "63 homes flooded; ", " died.", ("", "63 homes flooded; X died.")),
        ("", TWICE, "", "\u00a0homes", ("", "X homes flooded; 63 died.")),
        ("63 died", TWICE, "", "", ("X died", TWICE)),
        ("63 died", "Of 63, 36 are known.", "Of ", ", 36", ("63 died", "Of X, 36 are known.")),
        ("63 died", "63", "", "", ("63 died", "X")),
        ("", "63 of 1,630", "63 of 1,", "0", ("", "63 of 1,X0")),
    ],
)
def test_of_wrong_words_that_stand_twice_the_selected_ones_are_mended(
    blog: Blog, editor: User, browse: Callable[[User | None], Client], title: str, words: str, before: str,
    after: str, right: tuple[str, str],
) -> None:  # fmt: skip
    post = published(blog, editor, words, "k1", title=title)
    where = urlencode({"was": "63", "before": before, "after": after})
    form = {"do": "correct", "was": "63", "now": "X", "mend": "on", "once": "c1"}
    answer = browse(editor).post(f"{blog.path}p/{post.id}/correct/?{where}", form)
    assert answer.status_code in {302, 303}
    assert (blog.post(post.id).title, text_of(blog, post.id)) == right


def test_selected_words_that_are_no_longer_there_are_refused_and_others_typed_instead_are_the_first(
    blog: Blog, editor: User, browse: Callable[[User | None], Client]
) -> None:
    post = published(blog, editor, TWICE, "k1")
    where = urlencode({"was": "63", "before": "flooded; ", "after": " are missing."})
    path, client = f"{blog.path}p/{post.id}/correct/?{where}", browse(editor)
    form = {"do": "correct", "was": "63", "now": "X", "mend": "on", "once": "c1"}
    assert "selected are no longer there" in client.post(path, form).content.decode()
    assert text_of(blog, post.id) == TWICE
    assert not list(read.rows(blog.id, e.CORRECTION))
    client.post(path, form | {"was": "63 died", "now": "X died"})
    assert text_of(blog, post.id) == "63 homes flooded; X died."


def test_the_headline_is_corrected_where_it_stands(blog: Blog, editor: User) -> None:
    for _ in range(2):  # a form sent twice
        actions.correct_blog(
            blog.id, by=editor, of="headline", was="Isolde", now="Isolda", reason="Misspelt.", once="c1"
        )
    assert blog.state.title == "Storm Isolda"
    [row] = read.rows(blog.id, e.CORRECTION)
    assert isinstance(row, Correction)
    assert (row.of, row.post) == ("headline", "")


def test_after_a_figure_moved_what_still_says_the_old_one_is_found_and_mended_by_one_key(
    blog: Blog, editor: User
) -> None:
    early = published(blog, editor, WRONG, "k1")
    row = toll(blog, editor, 63, 89)
    later = published(blog, editor, "Police said 89 people were killed, up from 63 this morning.", "k2")
    [found] = sweeping.stale(blog.id, row)
    assert (found.post.id if found.post else "", found.stale.exact) == (early.id, "63")
    correcting.mend(blog.id, by=editor, key=found.key)
    assert text_of(blog, early.id) == WRONG.replace("63", "89")
    assert blog.post(early.id).reason == "Since revised: 89."
    assert text_of(blog, later.id).endswith("up from 63 this morning.")
    assert sweeping.stale(blog.id, row) == []
    with pytest.raises(actions.Refused, match="something else by now"):
        correcting.mend(blog.id, by=editor, key=found.key)


def test_a_post_that_somebody_edits_before_it_is_mended_keeps_that_edit(
    blog: Blog, editor: User, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = published(blog, editor, WRONG, "k1")
    row = toll(blog, editor, 63, 89)
    [found] = sweeping.stale(blog.id, row)
    words, look = f"{WRONG} Three are in hospital.", sweeping.stale

    def edited(*asked: Any) -> list[sweeping.Found]:
        seen, now = look(*asked), blog.post(post.id)
        actions.revise_post(blog.id, by=owner, post=post.id, draft=said(words), based_on=now.last_seq)
        return seen

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(sweeping, "stale", edited)
        with pytest.raises(actions.Moved):
            correcting.mend(blog.id, by=editor, key=found.key)
    assert text_of(blog, post.id) == words


def test_a_headline_that_somebody_changes_before_it_is_corrected_keeps_that_change(
    blog: Blog, editor: User, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, look = blog.state, correcting._described

    def changed(*asked: Any) -> e.BlogDescribed:
        was = look(*asked)
        same: dict[str, Any] = {
            "standfirst": here.standfirst,
            "language": here.language,
            "zone": here.zone,
            "tags": here.tags,
        }
        actions.describe_blog(blog.id, by=owner, title="Storm Isolde: the second day", **same)
        return was

    monkeypatch.setattr(correcting, "_described", changed)
    with pytest.raises(actions.Moved):
        actions.correct_blog(blog.id, by=editor, of="headline", was="Isolde", now="Isolda")
    assert blog.state.title == "Storm Isolde: the second day"


@pytest.mark.parametrize("row", ["series:toll%0d%0aa", "series:tol", "series:a/b", "x:y", "series"])
def test_a_row_that_is_none_sends_nobody_astray(
    blog: Blog, editor: User, browse: Callable[[User | None], Client], row: str
) -> None:
    published(blog, editor, WRONG, "k1")
    [found] = sweeping.stale(blog.id, toll(blog, editor, 63, 89))
    assert sweeping.stale(blog.id, e.Subject(e.SERIES, "tol")) == []
    answer = browse(editor).post(f"{blog.path}sweep/?row={row}", {"do": "leave", "key": found.key})
    assert answer.status_code in {302, 303}


def test_what_is_left_as_it_is_is_not_found_again(blog: Blog, editor: User) -> None:
    published(blog, editor, WRONG, "k1")
    row = toll(blog, editor, 63, 89)
    [found] = sweeping.stale(blog.id, row)
    correcting.leave(blog.id, by=editor, key=found.key)
    assert sweeping.stale(blog.id, row) == []
    ledger.move_series(blog.id, by=editor, value=e.SeriesMoved(series="toll", value=91))
    assert len(sweeping.stale(blog.id, row)) == 1, "another value stands now"


def rung(blog: Blog, post: PostState, text: str) -> Alert:
    """Have an alert of a post be sent."""
    alert = outgoing.propose(blog.id, post.id)
    assert alert is not None
    assert outgoing.send(alert, text)
    return alert


def test_an_alert_that_says_the_old_figure_is_found_and_whoever_got_it_is_sent_the_new_one_by_one_key(
    blog: Blog, editor: User, owner: User
) -> None:
    alerting.set_alerts(blog.id, by=owner, mode=e.Alerting.ASKED)
    post = published(blog, editor, WRONG.replace("63", "89"), "k1")
    rung(blog, post, "63 people killed in the fire at the mill")
    row = toll(blog, editor, 63, 89)
    [found] = sweeping.stale(blog.id, row)
    assert found.alert is not None
    assert correcting.mend(blog.id, by=editor, key=found.key) is None
    new = Alert.objects.get(post=post.id, mends=found.key)
    assert (new.state, new.text) == (Alert.State.SENDING, "89 people killed in the fire at the mill")
    assert sweeping.stale(blog.id, row) == [], "devices show the new one in its place"
    with pytest.raises(actions.Refused, match="something else by now"):
        correcting.mend(blog.id, by=editor, key=found.key)


def test_an_alert_that_was_wrong_is_mended_by_the_correction_that_was_proposed_for_it(
    blog: Blog, editor: User, owner: User
) -> None:
    alerting.set_alerts(blog.id, by=owner, mode=e.Alerting.ASKED)
    post = published(blog, editor, WRONG, "k1")
    rung(blog, post, WRONG)
    actions.correct_post(blog.id, by=editor, post=post.id, was="63 people", now="36 people")
    [row] = read.rows(blog.id, e.CORRECTION)
    proposed = outgoing.propose(blog.id, post.id, mends=row.id)  # as the follower does
    assert proposed is not None
    [found] = sweeping.stale(blog.id)
    correcting.mend(blog.id, by=editor, key=found.key)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.text) == (Alert.State.SENDING, "Correction: " + WRONG.replace("63", "36"))
    assert Alert.objects.count() == 2
    assert sweeping.stale(blog.id) == []


def test_alerts_that_nobody_can_be_told_otherwise_of_are_not_listed(blog: Blog, editor: User, owner: User) -> None:
    alerting.set_alerts(blog.id, by=owner, mode=e.Alerting.ASKED)
    post, other = (published(blog, editor, f"A fire at the mill, {n}.", f"k{n}") for n in range(2))
    rung(blog, post, WRONG)
    waits = outgoing.propose(blog.id, other.id)
    assert waits is not None
    row = toll(blog, editor, 63, 89)
    assert len(sweeping.stale(blog.id, row)) == 1, "what still waits was said to nobody"
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    assert sweeping.stale(blog.id, row) == []


def test_the_headline_that_says_the_old_figure_is_found_and_mended(blog: Blog, editor: User) -> None:
    actions.correct_blog(blog.id, by=editor, of="headline", was=blog.state.title, now="63 people killed in mill fire")
    row = toll(blog, editor, 63, 89)
    [found] = sweeping.stale(blog.id, row)
    assert found.post is None
    correcting.mend(blog.id, by=editor, key=found.key)
    assert blog.state.title == "89 people killed in mill fire"


def test_a_correction_is_repeated_where_the_same_error_stands_elsewhere(blog: Blog, editor: User) -> None:
    first = published(blog, editor, "The bridge was closed by mayor Bo Lund.", "k1")
    second = published(blog, editor, "Earlier, the bridge was closed by mayor Bo Lund.", "k2")
    actions.correct_post(blog.id, by=editor, post=first.id, was="Bo Lund", now="Bo Lind", reason="Misspelt.")
    [found] = [one for one in sweeping.stale(blog.id) if one.post is not None and one.post.id == second.id]
    correcting.mend(blog.id, by=editor, key=found.key)
    assert "Bo Lind" in text_of(blog, second.id)
    rows = [row for row in read.rows(blog.id, e.CORRECTION) if isinstance(row, Correction)]
    assert {row.post for row in rows} == {first.id, second.id}
    assert {row.why for row in rows} == {"Misspelt."}


def test_how_far_a_correction_came_is_noted_and_shown(
    blog: Blog, editor: User, browse: Callable[[User | None], Client]
) -> None:
    post = published(blog, editor, WRONG, "k1")
    receipt = actions.correct_post(blog.id, by=editor, post=post.id, was="63 people", now="36 people")
    listed = f"{blog.path}corrections/"
    assert "its reach is not known yet" in browse(editor).get(listed).content.decode()
    job = Job.objects.get(kind="note_reach")
    payload = {"blog": blog.id, "seq": receipt.last}
    REACH.run(Given(kind=job.kind, key=job.key, payload=payload, on_behalf_of=None, due=job.due, attempt=1))
    noted = CorrectionReach.objects.get()
    assert (noted.seq, noted.reading) == (receipt.last, 0)
    assert noted.live_at is not None
    page = browse(editor).get(listed).content.decode()
    assert "on 0 open pages since" in page
    assert "for 12 seconds" in page


def test_nothing_is_said_of_the_reach_of_a_correction_that_nobody_saw_happen(
    blog: Blog, editor: User, browse: Callable[[User | None], Client]
) -> None:
    post = published(blog, editor, WRONG, "k1")
    at = datetime(2026, 11, 12, 9, tzinfo=UTC)
    row = e.CorrectionRecorded(correction="c1", post=post.id, was="63 people", now="36 people", at=at)
    ledger.record_correction(blog.id, by=editor, correction=row)
    assert not Job.objects.filter(kind="note_reach").exists()
    page = browse(editor).get(f"{blog.path}corrections/").content.decode()
    assert "36 people" in page
    assert "its reach" not in page


def test_the_list_says_how_many_devices_the_alert_of_a_correction_reached_and_when(
    blog: Blog, editor: User, browse: Callable[[User | None], Client]
) -> None:
    post = published(blog, editor, WRONG, "k1")
    actions.correct_post(blog.id, by=editor, post=post.id, was="63 people", now="36 people")
    [row] = read.rows(blog.id, e.CORRECTION)
    path, client = f"{blog.path}corrections/", browse(editor)
    assert "alert" not in text(client, path)
    alert = outgoing.propose(blog.id, post.id, mends=row.id)
    assert alert is not None
    assert "its alert waits for an editor" in text(client, path)
    sent_at = CLOCK.now()
    went = Alert.objects.filter(pk=alert.pk)
    went.update(state=Alert.State.SENDING, sent_at=sent_at, reach=1_007, sent=1_000, gone=1, failed=2)
    when = sent_at.astimezone(ZoneInfo(blog.state.zone)).strftime("%H:%M")
    page = text(client, path)
    assert f"{when} to 1,000 of 1,007 devices · 4 still wait for it · 1 no longer there · 2 not reached" in page
    went.update(state=Alert.State.DROPPED, sent_at=None)
    assert "its alert was not sent" in text(client, path)


def test_the_list_asks_for_the_alerts_of_all_corrections_at_once(
    blog: Blog, editor: User, browse: Callable[[User | None], Client]
) -> None:
    post = published(blog, editor, WRONG, "k1")
    for was, now in (("63 people", "36 people"), ("mill", "mine"), ("fire", "blast")):
        actions.correct_post(blog.id, by=editor, post=post.id, was=was, now=now)
    for row in read.rows(blog.id, e.CORRECTION):
        outgoing.propose(blog.id, post.id, mends=row.id)
    with CaptureQueriesContext(connection) as asked:
        page = text(browse(editor), f"{blog.path}corrections/")
    assert page.count("its alert waits") == 3
    assert len([one for one in asked if "alerts_alert" in one["sql"]]) == 1


def text(client: Client, path: str) -> str:
    """Return the main words of a page, without what every page of the desk has around them."""
    return re.sub(r"<[^>]*>", "", client.get(path).content.decode().partition("<main")[2])
