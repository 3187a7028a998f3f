"""Promises of `core.fold`: any cut of the log folds to the same state, and what is not known still counts."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from asithappened.core import events as e
from asithappened.core import fold, rules
from asithappened.core.standing import section_of
from asithappened.core.state import BlogState, GivenReason, PostState, State, Status
from tests import strategies

OPENED_AT = datetime(2026, 11, 12, 5, 40, tzinfo=UTC)
POSTS = ("one", "two", "three")


def fact(seq: int, event: e.Event, origin: e.Origin = e.Origin.LIVE) -> e.Fact:
    """Put an event in its envelope, a minute after the one before."""
    at = OPENED_AT + timedelta(minutes=seq)
    return fold.in_envelope(event, epoch="e", seq=seq, at=at, origin=origin)


@st.composite
def logs(draw: st.DrawFn) -> list[e.Fact]:
    """Draw the log of a blog: events of every kind, of three posts, those that the rules allow."""
    facts = [fact(1, draw(strategies.events(e.BlogOpened)), draw(st.sampled_from(e.Origin)))]
    state = fold.fold(facts)
    for drawn in draw(st.lists(strategies.events(*e.ALL[1:]), max_size=14)):
        event = replace(drawn, post=draw(st.sampled_from(POSTS))) if isinstance(drawn, e.PostEvent) else drawn
        origin = draw(st.sampled_from(e.Origin))
        if isinstance(drawn, e.PayloadErased):
            event = replace(drawn, of=e.post(draw(st.sampled_from(POSTS))))
        may = rules.may(state.blog, state.subjects.get(event.subject), event, origin) is None
        if may and not isinstance(event, e.BlogTakenDown):
            facts.append(fact(len(facts) + 1, event, origin))
            state = fold.fold(facts[-1:], state)
    return facts


@settings(max_examples=60)
@given(logs(), st.data())
def test_any_cut_of_the_log_folds_to_the_same_state(facts: list[e.Fact], data: st.DataObject) -> None:
    whole = fold.fold(facts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(facts)), max_size=4)))
    state = State()
    for start, end in zip([0, *cuts], [*cuts, len(facts)], strict=True):
        state = fold.fold(facts[start:end], state)
    assert state == whole
    assert state.seq == len(facts)


@settings(max_examples=40)
@given(logs(), st.integers(0, 20))
def test_a_fact_of_an_unknown_kind_changes_nothing_but_the_count(facts: list[e.Fact], at: int) -> None:
    at = min(max(at, 1), len(facts))
    unknown = e.Fact(
        epoch="e",
        seq=at + 1,
        at=facts[at - 1].at,
        origin=e.Origin.IMPORT,
        kind="figure.revised",
        version=7,
        subject=e.Subject("figure", "one"),
    )
    later = [replace(f, seq=f.seq + 1) for f in facts[at:]]
    state, without = fold.fold([*facts[:at], unknown, *later]), fold.fold(facts)
    assert state.seq == len(facts) + 1
    assert state.blog is not None
    assert without.blog is not None
    assert replace(state.blog, seq=0) == replace(without.blog, seq=0)
    assert {id_: _unnumbered(post) for id_, post in state.posts.items()} == {
        id_: _unnumbered(post) for id_, post in without.posts.items()
    }


def _unnumbered(post: PostState) -> PostState:
    reasons = tuple(replace(given, seq=0) for given in post.reasons)
    return replace(post, first_seq=0, content_seq=0, last_seq=0, reasons=reasons)


@settings(max_examples=40)
@given(logs())
def test_the_counts_of_posts_and_rows_are_the_numbers_of_visible_ones(facts: list[e.Fact]) -> None:
    state = State()
    for one in facts:
        state = fold.fold([one], state)
        assert state.blog is not None
        assert state.blog.posts == sum(post.visible for post in state.posts.values())
        key_events = (post.visible and post.kind is e.PostKind.KEY_EVENT for post in state.posts.values())
        assert state.blog.key_events == sum(key_events)
        assert state.blog.pinned is None or state.posts[state.blog.pinned].visible
        assert state.blog.rows == Counter(section for row in state.rows.values() if (section := section_of(row)))


def published(post: str = "one", title: str = "Gusts of 80mph", **fields: object) -> e.PostPublished:
    return e.PostPublished(post=post, title=title, published_at=OPENED_AT, **fields)  # type: ignore[arg-type]


def revised(post: str = "one", title: str = "Gusts of 89mph", **fields: object) -> e.PostRevised:
    return e.PostRevised(post=post, title=title, published_at=OPENED_AT, **fields)  # type: ignore[arg-type]


def run(*events: e.Event, origin: e.Origin = e.Origin.LIVE) -> State:
    """Fold events of one origin after an opening."""
    opened = e.BlogOpened(slug="storm", title="Storm")
    return fold.fold(fact(seq, event, origin) for seq, event in enumerate([opened, *events], 1))


def blog_after(*events: e.Event, origin: e.Origin = e.Origin.LIVE) -> BlogState:
    """Return the blog after some events."""
    blog = run(*events, origin=origin).blog
    assert blog is not None
    return blog


def test_an_edit_marks_a_post_updated_and_a_minor_one_does_not() -> None:
    assert run(published(), revised(minor=True)).posts["one"].updated is False
    post = run(published(), revised(reason="A later reading")).posts["one"]
    at = OPENED_AT + timedelta(minutes=3)
    assert (post.updated, post.updated_at, post.revision) == (True, at, 2)
    assert post.reasons == (GivenReason(seq=3, text="A later reading", at=at),)


def reasons(*events: e.Event) -> list[str]:
    """Return what the readers of the post are told of its changes."""
    return [given.text for given in run(*events).posts["one"].reasons]


WAS_WRONG, MORE = revised(reason="It said 80 mph"), revised(title="Gusts of 92 mph", reason="A later reading")


def test_a_reason_stays_and_the_next_one_stands_below_it() -> None:
    assert reasons(published(), WAS_WRONG, revised(title="Gusts of 91 mph")) == ["It said 80 mph"]
    assert reasons(published(), WAS_WRONG, revised(minor=True)) == ["It said 80 mph"]
    assert reasons(published(), WAS_WRONG, MORE) == ["It said 80 mph", "A later reading"]
    assert reasons(published(), revised(minor=True, reason="A slip")) == ["A slip"]


def test_a_reason_stays_over_a_withdrawal_whose_own_goes_when_it_is_published_again() -> None:
    gone = e.PostWithdrawn(post="one", reason="Not confirmed")
    again = e.PostPublished(post="one", title="Gusts of 85 mph", reason="Confirmed by the met office")
    post = run(published(), WAS_WRONG, gone, again).posts["one"]
    assert [given.text for given in post.reasons] == ["It said 80 mph", "Confirmed by the met office"]


def test_the_reason_of_an_erased_revision_goes_with_it() -> None:
    trimmed = e.PayloadErased(of=e.post("one"), seqs=(3,), reason="A court's order")
    assert reasons(published(), WAS_WRONG, MORE, trimmed) == ["A later reading", "A court's order"]
    assert reasons(published(), WAS_WRONG, e.PayloadErased(of=e.post("one"), seqs=(2, 3), whole=True)) == []


def test_the_mark_stays_after_a_minor_edit() -> None:
    post = run(published(), revised(), revised(title="Gusts of 89 mph", minor=True)).posts["one"]
    assert post.updated_at == OPENED_AT + timedelta(minutes=3)


def test_a_withdrawn_post_keeps_its_words_for_the_desk_and_is_not_visible() -> None:
    post = run(published(), e.PostWithdrawn(post="one", reason="Not confirmed")).posts["one"]
    assert (post.visible, post.title, post.reason) == (False, "Gusts of 80mph", "Not confirmed")


def test_an_erased_post_has_no_words() -> None:
    state = run(published(), revised(), e.PayloadErased(of=e.post("one"), seqs=(2, 3), whole=True))
    assert state.posts["one"] == PostState(
        id="one", position=fold.microseconds(OPENED_AT), first_seq=2, content_seq=3, last_seq=4, revision=2, erased=True
    )


def test_what_ended_earlier_ended_then_and_did_not_change_since() -> None:
    ended = OPENED_AT + timedelta(minutes=90)
    blog = blog_after(published(), e.BlogClosed(ended_at=ended))
    assert (blog.closed_at, blog.updated_at) == (ended, OPENED_AT + timedelta(minutes=2))
    blog = blog_after(published(), e.BlogClosed())
    assert blog.closed_at == blog.updated_at == OPENED_AT + timedelta(minutes=3)


def test_a_pinned_post_that_goes_leaves_no_pin() -> None:
    assert blog_after(published(), e.PostPinned(post="one"), e.PostWithdrawn(post="one")).pinned is None


def test_pins_stand_in_the_order_that_they_were_given() -> None:
    def pins(*events: e.Event) -> tuple[str, ...]:
        return blog_after(published(), published("two"), published("three"), *events).pins

    one, two, three = (e.PostPinned(post=post) for post in ("one", "two", "three"))
    assert pins(one, two, three) == ("three", "two", "one")
    assert pins(one, two, e.PostPinned(post="three", place=1)) == ("two", "three", "one")
    assert pins(one, two, e.PostPinned(post="two", place=1)) == ("one", "two")
    assert pins(one, e.PostPinned(post="two", place=4)) == ("one", "two")
    assert pins(one, two, e.PostPinned(post="three", alone=True)) == ("three",)
    assert pins(one, two, three, e.PostUnpinned(post="two")) == ("three", "one")
    assert pins(one, two, three, e.PostWithdrawn(post="three")) == ("two", "one")


def test_who_hands_over_is_named_as_earlier_and_may_come_back() -> None:
    joined, left = e.ContributorJoined(name="Ines"), e.ContributorLeft(name="Ines")
    assert [c.on for c in blog_after(joined, left).contributors] == [False]
    assert [c.on for c in blog_after(joined, left, joined).contributors] == [True]


def test_an_address_that_comes_back_is_not_a_former_one() -> None:
    blog = blog_after(e.BlogRenamed(slug="isolde"), e.BlogRenamed(slug="storm"))
    assert (blog.slug, blog.former_slugs) == ("storm", ("isolde",))


def test_an_import_is_not_news() -> None:
    blog = blog_after(published(), e.BlogClosed(), origin=e.Origin.IMPORT)
    assert (blog.opened_at, blog.updated_at, blog.closed_at) == (None, None, None)
    assert blog.status is Status.CLOSED


def test_what_happens_here_moves_last_updated_and_an_old_clock_time_goes() -> None:
    dated = e.BlogDated(modified_text="06:59 PM GMT+0")
    blog = fold.fold(
        [fact(1, e.BlogOpened(slug="a", title="A"), e.Origin.IMPORT), fact(2, dated, e.Origin.IMPORT)]
    ).blog
    assert blog is not None
    assert (blog.updated_at, blog.updated_text) == (None, "06:59 PM GMT+0")
    after = fold.apply_blog(blog, fact(3, published()), None, None)
    assert after is not None
    assert (after.updated_at, after.updated_text) == (OPENED_AT + timedelta(minutes=3), "")


def test_a_post_without_a_position_stands_where_its_time_says() -> None:
    assert fold.position_of(published(), OPENED_AT + timedelta(days=9)) == fold.microseconds(OPENED_AT)
    assert fold.position_of(e.PostPublished(post="p", title="T"), OPENED_AT) == fold.microseconds(OPENED_AT)
    assert fold.position_of(e.PostPublished(post="p", title="T", position=7), OPENED_AT) == 7
    assert fold.position_of(e.PostPinned(post="p"), OPENED_AT) is None


def test_of_a_time_before_1970_the_position_is_zero() -> None:
    assert fold.microseconds(datetime(1912, 4, 15, tzinfo=UTC)) == 0


def erased(facts: Sequence[e.Fact], seqs: set[int]) -> list[e.Fact]:
    """Return a log as it reads once the payloads of some facts are gone."""
    return [replace(f, event=None) if f.seq in seqs else f for f in facts]


def numbered(*events: e.Event) -> list[e.Fact]:
    """Return the log of some events after an opening."""
    return [fact(seq, event) for seq, event in enumerate([e.BlogOpened(slug="storm", title="Storm"), *events], 1)]


def test_a_log_with_erased_revisions_folds_to_what_was_lived() -> None:
    facts = numbered(
        published(),
        revised(),
        revised("one", "Gusts of 91mph", minor=True),
        e.PayloadErased(of=e.post("one"), seqs=(2, 3)),
    )
    assert fold.fold(erased(facts, {2, 3})) == fold.fold(facts)


def test_a_log_with_a_post_withdrawn_and_then_erased_folds_to_what_was_lived_at_every_fact() -> None:
    facts = numbered(
        published(),
        e.PostWithdrawn(post="one", reason="A private address"),
        published("two"),
        e.PayloadErased(of=e.post("one"), seqs=(2, 3), whole=True),
    )
    gone = erased(facts, {2, 3})
    for upto in range(1, len(facts) + 1):
        lived, remade = fold.fold(facts[:upto]), fold.fold(gone[:upto])
        assert lived.blog == remade.blog
        assert {k: p.visible for k, p in lived.posts.items()} == {k: p.visible for k, p in remade.posts.items()}
    assert fold.fold(gone) == fold.fold(facts)


def test_what_readers_are_told_of_somebody_stays_when_they_hand_over_and_come_again() -> None:
    portrait = e.Portrait(media="abcd1234", digest="0f" * 32, width=256, height=256)
    told = e.ContributorDescribed(name="Ines", role="Editor", url="https://paper.example/ines", picture=portrait)
    on, off = e.ContributorJoined(name="Ines"), e.ContributorLeft(name="Ines")
    state = blog_after(on, told, off, e.ContributorJoined(name="Tom"), on)
    tom, ines = state.contributors
    assert (tom.name, tom.described) == ("Tom", False)
    assert (ines.on, ines.role, ines.url, ines.picture) == (True, "Editor", "https://paper.example/ines", portrait)
    assert blog_after(on, told, e.ContributorDescribed(name="Ines")).contributors == blog_after(on).contributors


def test_who_somebody_is_is_no_news_and_moves_no_last_updated() -> None:
    on = e.ContributorJoined(name="Ines")
    before, after = blog_after(on), blog_after(on, e.ContributorDescribed(name="Ines", role="Editor"))
    assert (after.updated_at, after.seq) == (before.updated_at, before.seq + 1)
