"""The demonstration's day: it can happen as written, and it shows what a live blog can do.

Look next: `test_pictures.py` for its pictures, `test_manuscript.py` for the short form it is written in.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import pytest

from asithappened.core import body, codec, fold, rules
from asithappened.core import events as e
from asithappened.core.ledger_state import Correction, RowState, Series, Statement
from asithappened.core.state import BlogState, PostState, State, Status
from asithappened.desk.demo import clock, script
from asithappened.desk.demo.play import PACE_S
from asithappened.desk.demo.script import Step
from asithappened.ledger.views import of_post

S = TypeVar("S", bound=RowState)

STEPS = script.load()
POSTS = [step.event for step in STEPS if isinstance(step.event, e.PostPublished)]


def play(steps: tuple[Step, ...]) -> State:
    """Let the steps happen as press would: each checked by codec and rules, then folded."""
    state = State()
    opened_at = datetime(2026, 11, 12, 5, 40, tzinfo=UTC)
    happening = [(step, event) for step in steps for event in step.events]
    for seq, (step, event) in enumerate(happening, start=1):
        codec.encode(event)
        subject = event.subject
        refusal = rules.may(state.blog, state.subjects.get(subject), event, e.Origin.LIVE)
        assert refusal is None, f"{step.clock} {event.KIND} {subject.id}: {refusal}"
        at = opened_at + timedelta(seconds=step.at_s)
        fact = fold.in_envelope(event, epoch="demo", seq=seq, at=at, origin=e.Origin.LIVE)
        state = fold.fold((fact,), state)
    return state


def blog_after(steps: tuple[Step, ...]) -> BlogState:
    blog = play(steps).blog
    assert blog is not None
    return blog


def until(at: str) -> tuple[Step, ...]:
    return tuple(step for step in STEPS if step.at_s <= clock.seconds(at))


def post_after(steps: tuple[Step, ...], post: str) -> PostState:
    return play(steps).posts[post]


def blocks_of(kind: type) -> list[body.AnyBlock]:
    return [block for post in POSTS for block in body.blocks(post.body) if isinstance(block, kind)]


def test_the_whole_day_happens_without_a_refusal_and_ends_closed() -> None:
    blog = blog_after(STEPS)
    assert blog.status is Status.CLOSED
    assert blog.pinned == "closing"
    assert not any(contributor.on for contributor in blog.contributors)
    assert len(blog.contributors) == 5
    assert blog.posts == len(POSTS) - 1  # one was withdrawn


def test_the_day_runs_forward_from_the_opening_to_half_past_eleven() -> None:
    times = [step.at_s for step in STEPS]
    assert times == sorted(times)
    assert isinstance(STEPS[0].event, e.BlogOpened)
    assert (STEPS[0].clock.isoformat("minutes"), STEPS[-1].clock.isoformat("minutes")) == ("05:40", "23:30")
    assert isinstance(STEPS[-1].event, e.BlogClosed)


def test_no_two_posts_stand_at_the_same_moment() -> None:
    moments = [post.published_at for post in POSTS]
    assert len(set(moments)) == len(moments)


def test_what_came_before_two_in_the_afternoon_fills_a_page_with_a_pin_a_summary_and_key_events() -> None:
    backlog = tuple(step for step in STEPS if not step.live)
    state = play(backlog)
    assert state.blog is not None
    assert state.blog.pinned == "in-force"
    kinds = Counter(post.kind for post in state.posts.values())
    assert kinds[e.PostKind.SUMMARY] >= 2
    assert kinds[e.PostKind.KEY_EVENT] >= 3
    assert 15 <= len(state.posts) <= 25
    assert len(state.posts) < len(POSTS) / 2


def test_the_day_shows_every_thing_that_readers_of_a_live_blog_know() -> None:
    assert 45 <= len(POSTS) <= 60
    assert len(blocks_of(body.Quote)) >= 12
    assert all(isinstance(quote, body.Quote) and quote.attrs.cite for quote in blocks_of(body.Quote))
    assert len(blocks_of(body.BulletList)) >= 6
    assert len(blocks_of(body.Table)) >= 3
    assert len(blocks_of(body.Heading)) >= 2
    assert len(blocks_of(body.Card)) >= 3
    social = blocks_of(body.Social)
    assert {embed.attrs.platform for embed in social if isinstance(embed, body.Social)} == {"mastodon", "bluesky", "x"}
    kinds = Counter(post.kind for post in POSTS)
    assert kinds[e.PostKind.KEY_EVENT] >= 12
    assert [post.post for post in POSTS if post.title == "Summary of the day so far"] == [
        "summary-noon",
        "summary-five",
    ]
    assert {event.KIND for step in STEPS for event in step.events} == {
        kind.KIND
        for kind in (
            e.BlogOpened,
            e.BlogDescribed,
            e.BlogClosed,
            e.RelatedSet,
            e.AlertsSet,
            e.ContributorJoined,
            e.ContributorLeft,
            e.ContributorDescribed,
            e.PostPublished,
            e.PostRevised,
            e.PostKindSet,
            e.PostPinned,
            e.PostUnpinned,
            e.PostWithdrawn,
            e.StatementRecorded,
            e.StatementAssessed,
            e.SeriesRecorded,
            e.SeriesMoved,
            e.CorrectionRecorded,
        )
    }


def test_the_score_of_a_match_moves_in_its_post_and_its_clock_stands_in_the_end() -> None:
    scores = [
        block.attrs
        for step in STEPS
        if isinstance(step.event, e.PostPublished | e.PostRevised)
        for block in step.event.body.content
        if isinstance(block, body.Score)
    ]
    assert [(one.home_score, one.away_score, one.clock, one.running) for one in scores] == [
        (None, None, "", False),
        (9, 10, "18:00", True),
        (19, 17, "37:00", True),
        (31, 29, "60:00", False),
    ]
    assert [one.clock_at for one in scores] == sorted({one.clock_at for one in scores}), "each set at its step's hour"


def test_the_headline_moves_with_the_day() -> None:
    headlines = [step.event.title for step in STEPS if isinstance(step.event, e.BlogDescribed | e.BlogOpened)]
    assert len(headlines) == len(set(headlines)) >= 4


def test_edits_say_why_unless_they_are_minor_or_come_with_a_correction_which_says_it() -> None:
    edits = [(step.event, step.rows) for step in STEPS if isinstance(step.event, e.PostRevised)]
    corrected = [edit for edit, rows in edits if any(isinstance(row, e.CorrectionRecorded) for row in rows)]
    minor = [edit for edit, _ in edits if edit.minor]
    assert [edit for edit, _ in edits if not edit.reason] == [
        edit for edit, _ in edits if edit in minor or edit in corrected
    ]
    assert (len(minor), len(corrected)) == (5, 5)


@pytest.mark.parametrize("post", ["warning-on", "severe-on", "bright-annie", "over-the-wall"])
def test_a_promise_of_more_details_is_kept(post: str) -> None:
    (published,) = (event for event in POSTS if event.post == post)
    assert "More details soon …" in body.plain(published.body)
    assert "More details soon" not in body.plain(post_after(STEPS, post).body)


def test_the_post_of_a_film_that_was_not_what_it_seemed_is_withdrawn_with_a_reason() -> None:
    post = post_after(STEPS, "merrow-video")
    assert post.withdrawn
    assert "another coast" in post.reason


def test_pins_follow_the_news_and_a_pinned_post_changes() -> None:
    assert blog_after(until("14:00")).pinned == "in-force"
    assert blog_after(until("21:30")).pinned == "results"
    assert post_after(until("21:30"), "results").revision == 1
    assert post_after(STEPS, "results").revision >= 7


def test_an_edit_keeps_the_ids_of_the_blocks_it_left_alone() -> None:
    before = {block.attrs.id for block in body.blocks(post_after(until("21:30"), "results").body)}
    after = {block.attrs.id for block in body.blocks(post_after(STEPS, "results").body)}
    assert len(before & after) > len(before) / 2


@pytest.mark.parametrize("at", ["21:15", "21:40", "22:03", "22:20", "22:50", "23:10"])
def test_the_table_of_results_adds_up_whenever_it_is_looked_at(at: str) -> None:
    assert wrong_totals(post_after(until(at), "results")) == []


def test_the_figure_that_is_corrected_was_wrong() -> None:
    harbour = {
        at: next(row for row in rows(post_after(until(at), "results")) if row[0].startswith("Harbour"))
        for at in ("21:55", "22:03")
    }
    assert (harbour["21:55"][2], harbour["22:03"][2]) == ("1,024", "1,204")


def rows(post: PostState) -> list[list[str]]:
    (table,) = (block for block in post.body.content if isinstance(block, body.Table))
    return [[body.text_of(cell) for cell in row.content] for row in table.content]


def wrong_totals(post: PostState) -> list[str]:
    _, *wards, total = rows(post)
    sums = [sum(int(ward[column].replace(",", "")) for ward in wards) for column in (1, 2)]
    (results,) = (block for block in post.body.content if isinstance(block, body.Results))
    shown = [[f"{number:,}" for number in sums], [f"{line.attrs.votes or 0:,}" for line in results.content]]
    counted = results.attrs.declared == len(wards)
    return [] if shown == [total[1:]] * 2 and counted else [f"{total}, not {shown}"]


def test_figures_move_through_the_day() -> None:
    day = "\n".join(f"{post.title}\n{body.plain(post.body)}" for post in POSTS)
    for figure in ("3,000", "4,600", "11,400", "9,800", "7,300", "4,100"):
        assert figure in day
    moments = [day.index(words) for words in ("2.9 metres on", "4.31 metres", "2.7 metres")]
    assert moments == sorted(moments)


def ledger(steps: tuple[Step, ...], sort: type[S]) -> list[S]:
    return [row for row in play(steps).subjects.values() if isinstance(row, sort)]


def test_at_first_sight_the_ledger_has_all_that_there_is() -> None:
    backlog = tuple(step for step in STEPS if not step.live)
    statuses = {row.status for row in ledger(backlog, Statement)}
    assert {e.Verification.VERIFIED, e.Verification.FALSE, e.Verification.DISPUTED} <= statuses
    series = ledger(backlog, Series)
    assert {row.of for row in series if len(row.values) > 1} == {"figure", "state"}
    assert len(ledger(backlog, Correction)) == 1


def test_within_the_first_minute_a_figure_moves_a_state_switches_a_film_is_verified_and_we_were_wrong() -> None:
    arriving = [step for step in STEPS if step.live][: int(60 / PACE_S)]
    rows = [row for step in arriving for row in step.rows]
    earlier = {row.id: row for row in ledger(tuple(step for step in STEPS if not step.live), Series)}
    moved = [earlier[row.series].of for row in rows if isinstance(row, e.SeriesMoved)]
    assert set(moved) == {"figure", "state"}
    assert e.Verification.VERIFIED in {row.status for row in rows if isinstance(row, e.StatementAssessed)}
    assert any(isinstance(row, e.CorrectionRecorded) for row in rows)


def test_a_correction_says_the_words_that_were_wrong_and_comes_with_the_edit_that_mends_them() -> None:
    for at, step in enumerate(STEPS):
        for row in step.rows:
            if isinstance(row, e.CorrectionRecorded):
                before, after = (play(STEPS[:end]).posts[row.post] for end in (at, at + 1))
                assert row.was in of_post(before, number=1).text
                assert row.now in of_post(after, number=1).text


def test_what_a_row_rests_on_stands_in_its_post_as_it_then_was() -> None:
    for at, step in enumerate(STEPS):
        for row in step.rows:
            for anchor in getattr(row, "anchors", ()):
                post = play(STEPS[: at + 1]).posts[anchor.post]
                assert anchor.revision == post.revision
                assert of_post(post, number=1).text[anchor.start : anchor.end] == anchor.exact


def test_nobody_is_quoted_with_words_that_are_not_theirs() -> None:
    said = [row for step in STEPS for row in step.rows if isinstance(row, e.StatementRecorded)]
    direct = [row for row in said if row.quote == "direct"]
    assert direct
    assert all(row.text in [anchor.exact for anchor in row.anchors] for row in direct)


def test_what_happens_live_has_no_time_but_its_own_and_what_came_before_has_its_hour() -> None:
    for step in STEPS:
        for row in step.rows:
            times = [getattr(row, name) for name in ("as_of", "stated_at", "at") if hasattr(row, name)]
            assert all((at is None) is step.live for at in times)


def test_every_address_is_invented_or_our_own() -> None:
    hosts = {
        address.split("/")[2]
        for post in POSTS
        for block in body.blocks(post.body)
        for name in ("url", "src")
        if (address := getattr(block.attrs, name, ""))
    }
    assert all(host.endswith(".example") or host == "localhost:8000" for host in hosts)


def test_the_same_day_loads_to_the_same_steps() -> None:
    assert script.load() == STEPS


def test_a_player_may_press_the_day_into_its_own_times() -> None:
    start = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
    quick = script.load(when=lambda at_s: start + timedelta(seconds=at_s / 60))
    play(quick)
    last = [step.event for step in quick if isinstance(step.event, e.PostPublished)][-1]
    assert last.published_at is not None
    assert last.published_at - start < timedelta(minutes=18)
    pictures = [
        block for post in quick if isinstance(post.event, e.PostPublished) for block in body.blocks(post.event.body)
    ]
    assert all(b.attrs.media and not b.attrs.src for b in pictures if isinstance(b, body.Image))


def test_the_clock_of_a_summer_day_is_an_hour_before_universal_time() -> None:
    assert clock.on(date(2026, 7, 1))(0) == datetime(2026, 7, 1, 4, 40, tzinfo=UTC)
    assert clock.seconds("-1 18:30") == -40_200


def test_no_alias_of_a_source_has_a_comma_which_separates_them_in_the_desks_form() -> None:
    aliases = [alias for about in script.sources().values() for alias in about.get("aliases", ())]
    assert len(aliases) >= 4
    assert not any("," in alias for alias in aliases)
