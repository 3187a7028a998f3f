"""Promises of the page of a post's figures: minor edits of those alone, refused where somebody changed the same."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.state import PostState
from asithappened.desk import actions
from asithappened.desk.draft import Draft, draft_of
from asithappened.log import read
from asithappened.polls import counting
from tests.core.body.test_results import NIGHT
from tests.core.body.test_score import MATCH
from tests.desk.conftest import Blog
from tests.polls.newsroom import POLL

pytestmark = pytest.mark.django_db


@pytest.fixture
def night(blog: Blog, editor: User) -> PostState:
    """Return a post with results, and a paragraph above them."""
    doc = body.Doc(content=(body.paragraph("Counting goes on."), NIGHT))
    return actions.publish_post(blog.id, by=editor, draft=Draft(title="The night", body=doc), once="night")


def names(post: PostState) -> dict[str, str]:
    """Return the ids of its results and their lines by name."""
    (results,) = (block for block in post.body.content if isinstance(block, body.Results))
    return {"": results.attrs.id, **{line.attrs.name: line.attrs.id for line in results.content}}


def test_figures_are_published_as_a_minor_edit_of_nothing_else(
    blog: Blog, editor: User, night: PostState, browse: Callable[[User | None], Client]
) -> None:
    page, id_ = browse(editor), names(night)
    form = page.get(f"{blog.path}p/{night.id}/figures/").content.decode()
    assert len(re.findall("autofocus", form)) == 1
    fields = {f"{id_['Harbour']}-seats": "1.032", f"{id_['Hill']}-seats": "", f"{id_['Hill']}-share": "31,5"}
    fields |= {f"{id_['']}-declared": "72", f"{id_['Harbour']}-won": "on", f"{id_['']}-called_by": "The Courier"}
    answer = page.post(f"{blog.path}p/{night.id}/figures/", {**fields, "based_on": night.last_seq})
    assert answer.status_code == 302
    now = blog.post(night.id)
    (was, results) = now.body.content
    assert was == night.body.content[0]
    assert isinstance(results, body.Results)
    lines = {line.attrs.name: line.attrs for line in results.content}
    assert (lines["Harbour"].seats, lines["Harbour"].won, lines["Hill"].seats) == (1032, True, None)
    assert (lines["Hill"].share, lines["Hill"].before) == (31.5, 27)
    assert (results.attrs.declared, results.attrs.total, results.attrs.called_by) == (72, 72, "The Courier")
    assert results.attrs.called_at
    assert (now.updated, now.reasons) == (False, ())
    assert [fact.kind for fact in read.facts(blog.id, subject=e.post(night.id))] == ["post.published", "post.revised"]


def test_figures_that_somebody_else_changed_are_not_overwritten_and_a_mended_word_is_in_nobody_s_way(
    blog: Blog, editor: User, night: PostState, browse: Callable[[User | None], Client]
) -> None:
    page, id_, at = browse(editor), names(night), f"{blog.path}p/{night.id}/figures/"
    words = draft_of(night)
    mended = Draft(title="The long night", body=words.body, kind=words.kind, bylines=words.bylines)
    actions.revise_post(blog.id, by=editor, post=night.id, draft=mended, based_on=night.last_seq)
    told = page.get(at, headers={"accept": "application/json"}).json()
    figures = told["forms"]["form"]
    harbour = f"{id_['Harbour']}-seats"
    sent = {"version": 1, **figures, harbour: 32, "based_on": night.last_seq}
    headers = {"x-csrftoken": told["csrf"]}
    first = page.post(at, sent, content_type="application/json", headers=headers)
    assert first.status_code == 200, first.content
    assert blog.post(night.id).title == "The long night"
    second = page.post(at, sent | {harbour: 33}, content_type="application/json", headers=headers)
    assert second.status_code == 409
    (refused,) = second.json()["refused"]
    assert refused["code"] == "moved"
    assert "Harbour: Seats 32" in refused["message"]
    results = blog.post(night.id).body.content[1]
    assert isinstance(results, body.Results)
    assert [line.attrs.seats for line in results.content] == [23, 32, 0]


@pytest.mark.parametrize(
    "typed", ["-1", "1e400", "nan", "1.5", "9999999999999", "<b>7</b>", "seven"], ids=lambda typed: typed.strip("<>")
)
def test_what_is_no_figure_is_said_at_its_field_and_nothing_is_lost(
    typed: str, blog: Blog, editor: User, night: PostState, browse: Callable[[User | None], Client]
) -> None:
    field = f"{names(night)['Harbour']}-seats"
    answer = browse(editor).post(f"{blog.path}p/{night.id}/figures/", {field: typed, "based_on": night.last_seq})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert blog.post(night.id) == night


def test_more_declared_than_there_are_and_a_post_without_figures_change_nothing(
    blog: Blog, editor: User, night: PostState, browse: Callable[[User | None], Client]
) -> None:
    page = browse(editor)
    too_many = {f"{names(night)['']}-declared": "73", "based_on": night.last_seq}
    assert page.post(f"{blog.path}p/{night.id}/figures/", too_many).status_code == 422
    plain = actions.publish_post(
        blog.id, by=editor, draft=Draft(body=body.Doc(content=(body.paragraph("No figures."),))), once="plain"
    )
    assert page.post(f"{blog.path}p/{plain.id}/figures/", {"based_on": plain.last_seq}).status_code == 409
    rows = page.get(f"{blog.path}rows/").content.decode()
    assert rows.count("/figures/") == 1
    actions.withdraw_post(blog.id, by=editor, post=night.id)
    assert page.get(f"{blog.path}p/{night.id}/figures/").status_code == 404


def test_a_goal_is_two_keys_and_the_clock_runs_on_stops_and_is_set(
    blog: Blog, editor: User, browse: Callable[[User | None], Client]
) -> None:
    doc = body.Doc(content=(body.Score(attrs=MATCH),))
    post = actions.publish_post(blog.id, by=editor, draft=Draft(body=doc), once="match")
    at, page = f"{blog.path}p/{post.id}/figures/", browse(editor)
    told = page.get(at, headers={"accept": "application/json"}).json()
    id_ = post.body.content[0].attrs.id

    def publish(**changes: object) -> body.ScoreAttrs:
        fields = told["forms"]["form"] | {f"{id_}-{name}": value for name, value in changes.items()}
        fields["based_on"] = blog.post(post.id).last_seq
        sent = page.post(
            at, {"version": 1, **fields}, content_type="application/json", headers={"x-csrftoken": told["csrf"]}
        )
        assert sent.status_code == 200, sent.content
        (score,) = blog.post(post.id).body.content
        assert isinstance(score, body.Score)
        return score.attrs

    goal = publish(away_score=1, away_scorers=" Ona 70\r\n")
    assert (goal.away_score, goal.away_scorers, goal.clock, goal.clock_at) == (1, "Ona 70", MATCH.clock, MATCH.clock_at)
    ended = publish(away_score=1, running=False, period="Full time")
    assert (ended.running, ended.period, ended.clock_at != MATCH.clock_at) == (False, "Full time", True)
    again = publish(clock="90:00", running=True)
    assert (again.clock, again.running, again.clock_at >= ended.clock_at) == ("90:00", True, True)


def test_a_poll_is_closed_with_its_votes_and_opened_again_without_them(
    blog: Blog, editor: User, browse: Callable[[User | None], Client]
) -> None:
    asked = Draft(title="The dyke", body=body.Doc(content=(POLL,)))
    post = actions.publish_post(blog.id, by=editor, draft=asked, once="dyke")
    page, at = browse(editor), f"{blog.path}p/{post.id}/figures/"
    counting.vote(blog.id, post=post.id, poll="dyke", option="yes", network="203.0.113.7")
    assert "Yes: 1 vote" in page.get(at).content.decode()
    assert page.post(at, {"dyke-closed": "on", "based_on": post.last_seq}).status_code == 302
    (closed,) = blog.post(post.id).body.content
    assert isinstance(closed, body.Poll)
    assert closed.attrs.closed
    assert closed.attrs.closed_at
    assert [one.attrs.votes for one in closed.content] == [1, 0]
    assert page.post(at, {"based_on": blog.post(post.id).last_seq}).status_code == 302
    assert blog.post(post.id).body.content == (POLL,)
    assert counting.votes(blog.id, post=post.id, poll="dyke") == {"yes": 1}  # and readers vote on from there


def test_votes_are_erased_with_their_post(blog: Blog, editor: User, owner: User) -> None:
    asked = Draft(title="The dyke", body=body.Doc(content=(POLL,)))
    post = actions.publish_post(blog.id, by=editor, draft=asked, once="dyke")
    counting.vote(blog.id, post=post.id, poll="dyke", option="yes", network="203.0.113.7")
    actions.erase_post(blog.id, by=owner, post=post.id)
    assert counting.votes(blog.id, post=post.id, poll="dyke") == {}
