"""Corrections: a correction with the edit that mends the text, in one append; and the texts that say the old thing.

Owns these verbs. The same form sent twice corrects once. Look next: `desk.sweeping`, which finds the texts;
`reaching`.
"""

from collections.abc import Callable
from typing import Final, Literal

from django.db import transaction
from django.utils.translation import gettext as _
from msgspec import Struct
from msgspec.structs import replace

from asithappened import press
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.alerts import outgoing
from asithappened.alerts.models import Alert
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.ledger_rules import may_keep_row
from asithappened.core.limits import ALERT_CHARS
from asithappened.core.refusal import Refusal
from asithappened.core.state import PostState
from asithappened.desk import sweeping
from asithappened.desk.actions import alerting
from asithappened.desk.actions.actor import Actor, permit
from asithappened.desk.actions.carry_out import Receipt, Refused, carry_out, unmoved
from asithappened.desk.actions.ledger import find, new_id
from asithappened.desk.choices import choose
from asithappened.desk.models import Choice
from asithappened.desk.sweeping import HEADLINE, STANDFIRST, Found
from asithappened.ledger import views
from asithappened.log import read
from asithappened.render import alert_words
from asithappened.render.edition import edition_of
from asithappened.render.words import shorten

Of = Literal["headline", "standfirst"]
_WORDS: Final = (e.PostPublished, e.PostRevised, e.PostWithdrawn, e.PayloadErased)


class Chosen(Struct, frozen=True):
    """Which of several places is meant, as in a W3C TextQuoteSelector: the words before it and after it."""

    before: str = ""
    after: str = ""


def correct_post(
    blog: int,
    *,
    by: Actor,
    post: str,
    was: str,
    now: str,
    reason: str = "",
    mend: bool = True,
    once: str = "",
    chosen: Chosen | None = None,
) -> Receipt:
    """Publish a correction of a post, and with `mend` replace the wrong words, all in one append.

    `was`: the wrong words; with `mend` they must be in the post exactly. `once`: the form's key. `chosen`: where the
    wrong words are, None for the first place.
    """
    permit(by, blog, Verb.PUBLISH)
    correction = e.CorrectionRecorded(correction=new_id(once), post=post, was=was, now=now, reason=reason)
    if (before := _sent_before(blog, correction, once)) is not None:
        return before
    there = _post(blog, post)
    events: list[e.Event] = [correction]
    if mend and (now or was in _text(there)):
        events.insert(0, _mended(there, was, now, chosen))
    return _correct(blog, events, by=by, about=post, once=once, check=_unmoved(blog, there))


def correct_blog(
    blog: int, *, by: Actor, of: Of, was: str, now: str, reason: str = "", mend: bool = True, once: str = ""
) -> Receipt:
    """Publish a correction of the headline or the standfirst, and with `mend` replace the wrong words."""
    permit(by, blog, Verb.PUBLISH)
    correction = e.CorrectionRecorded(correction=new_id(once), of=of, was=was, now=now, reason=reason)
    if (before := _sent_before(blog, correction, once)) is not None:
        return before
    events: list[e.Event] = [correction]
    check = _undescribed(blog)
    if mend:
        events.insert(0, _described(blog, of, was, now))
    return _correct(blog, events, by=by, about=of, once=once, check=check)


def mend(blog: int, *, by: User, key: str) -> Receipt | None:
    """Replace the old thing in a text that the sweep found. Returns None for an alert.

    If it was an error, this is a correction too. A figure that moved is no error: the reason of the edit says why.
    """
    permit(by, blog, Verb.PUBLISH)
    found = _found(blog, key)
    stale = found.stale
    if found.alert is not None:
        _tell_anew(blog, found, found.alert, by=by)
        return None
    if stale.change.startswith(f"{e.CORRECTION}:"):
        first = read.subjects(blog, [subject := _subject(stale.change)])[subject]
        reason = getattr(first, "why", "")
        if found.post is None:
            of: Of = HEADLINE if stale.text == HEADLINE else STANDFIRST
            return correct_blog(blog, by=by, of=of, was=stale.exact, now=stale.replacement, reason=reason)
        correction = e.CorrectionRecorded(
            correction=new_id(), post=found.post.id, was=stale.exact, now=stale.replacement, reason=reason
        )
        edit = _mended_at(found)  # no reason: the correction gives it
        return _correct(blog, [edit, correction], by=by, about=found.post.id, check=_unmoved(blog, found.post))
    if found.post is None:
        check = _undescribed(blog)
        described = _described(blog, stale.text, stale.exact, stale.replacement)
        return carry_out(blog, [described], by=by, to=Verb.PUBLISH, name="mend_text", about=stale.text, alongside=check)
    with edition_of(read.blog(blog)).speaking():
        reason = _("Since revised: {now}.").format(now=stale.stands)
    revised, check = _mended_at(found, reason=reason), _unmoved(blog, found.post)
    return carry_out(blog, [revised], by=by, to=Verb.PUBLISH, name="mend_text", about=found.post.id, alongside=check)


def _tell_anew(blog: int, found: Found, number: int, *, by: User) -> None:
    """Send the present text to the devices that got an alert; it replaces the old one on them.

    If an alert was already proposed for this correction, that one is sent, so that nobody is told twice.
    """
    stale, alert = found.stale, Alert.objects.get(blog=blog, pk=number)
    text = alert.text[: stale.start] + stale.replacement + alert.text[stale.end :]
    because_of = _subject(stale.change)
    with transaction.atomic():
        anew = None
        if because_of.about == e.CORRECTION:
            text = alert_words.corrected(text, edition_of(read.blog(blog)))
            outgoing.propose(blog, alert.post, mends=because_of.id)
            waits = Alert.objects.filter(blog=blog, post=alert.post, mends=because_of.id, state=Alert.State.WAITING)
            anew = waits.first()
        anew = anew or outgoing.propose(blog, alert.post, mends=found.key)
        if anew is None:
            raise Refused(_GONE)
        alerting.send_alert(anew, by=by, text=shorten(text, ALERT_CHARS))


def leave(blog: int, *, by: User, key: str) -> None:
    """Leave a text as it is although it says the old thing; the sweep does not find it again."""
    permit(by, blog, Verb.PUBLISH)
    _found(blog, key)
    choose(blog, by, {key}, Choice.What.LEFT)


def _found(blog: int, key: str) -> Found:
    found = next((one for one in sweeping.stale(blog) if one.key == key), None)
    if found is None:
        raise Refused(_GONE)
    return found


_GONE: Final = Refusal("gone", "This text says something else by now. Nothing was changed.")


def _subject(change: str) -> e.Subject:
    about, _colon, id_ = change.partition(":")
    return e.Subject(about, id_)


def _post(blog: int, post: str) -> PostState:
    found = read.post(blog, post)
    if found is None or not found.visible:
        raise Refused(Refusal("no_post", "There is no such post in this live blog."))
    return found


def _unmoved(blog: int, post: PostState) -> Callable[[Receipt], None]:
    return unmoved(blog, _WORDS, since=post.last_seq, post=post.id)


def _undescribed(blog: int) -> Callable[[Receipt], None]:
    """Return a check that the description has not changed from now on. Call this before reading the description."""
    _epoch, head = read.head(blog)
    return unmoved(blog, (e.BlogDescribed,), since=head)


def _sent_before(blog: int, correction: e.CorrectionRecorded, once: str) -> Receipt | None:
    """Return the receipt of this correction if its form was sent before: then the wrong words are already gone."""
    row = find(blog, correction.subject) if once else None
    if row is None:
        return None
    refusal = may_keep_row(row, correction)
    if refusal is None or refusal.code != "unchanged":
        raise Refused(_SENT)
    return press.receipt_of(blog, _key(once))


def _key(once: str) -> str:
    return f"correct-{once}"


_SENT: Final = Refusal(
    "sent_before", "This form was sent before, and its correction is there. To correct more, open the form anew."
)


def _text(post: PostState) -> str:
    return views.of_post(post, number=1).text


def _mended(post: PostState, was: str, now: str, chosen: Chosen | None) -> e.PostRevised:
    """Return the edit that replaces the chosen or first occurrence of the wrong words. The correction gives the reason.

    One inside a longer word or number ("ten" in "often") is the first only if there is no other, as in scripts without
    spaces.
    """
    if chosen is not None:
        return _mended_where(post, was, now, chosen)
    for alone in (True, False):
        if next(body.places(post.title, was, alone=alone), None) is not None:
            return _revised(post, replace(post, title=_put(post.title, was, now)))
        if (doc := body.replaced(post.body, was, now, alone=alone)) is not None:
            return _revised(post, replace(post, body=doc))
    raise Refused(_NOT_THERE)


def _mended_where(post: PostState, was: str, now: str, chosen: Chosen) -> e.PostRevised:
    """Return the edit that replaces the wrong words between the chosen ones.

    Of several, that is meant whose title or paragraph begins and ends with the chosen words. Spaces do not count: a
    browser shows other ones.
    """
    before, after = _unspaced(chosen.before), _unspaced(chosen.after)
    title = [(post.title, at) for at in body.places(post.title, was)]
    found = title + [(text, at) for text in body.runs(post.body) for at in body.places(text, was)]
    around = [(_unspaced(text[:at]), _unspaced(text[at + len(was) :])) for text, at in found]
    fits = [n for n, (left, right) in enumerate(around) if left.endswith(before) and right.startswith(after)]
    if not fits:
        raise Refused(_CHOSEN_GONE)
    nth = max(fits, key=lambda n: (around[n][0] == before) + (around[n][1] == after))
    if nth < len(title):
        at = title[nth][1]
        return _revised(post, replace(post, title=post.title[:at] + now + post.title[at + len(was) :]))
    doc = body.replaced(post.body, was, now, nth=nth - len(title))
    assert doc is not None
    return _revised(post, replace(post, body=doc))


def _unspaced(words: str) -> str:
    return "".join(words.split())


def _put(text: str, was: str, now: str) -> str:
    """Return one line of text with the right words; it contains the wrong ones."""
    at = next(body.places(text, was, alone=True), text.find(was))
    return text[:at] + now + text[at + len(was) :]


def _mended_at(found: Found, *, reason: str = "") -> e.PostRevised:
    """Return the edit that replaces the old thing exactly where the sweep found it."""
    post, stale = found.post, found.stale
    assert post is not None
    view = views.of_post(post, number=1)
    part = next(part for part in view.parts if part.start <= stale.start < part.end)
    if part.kind is views.Part.TITLE:
        title = post.title[: stale.start] + stale.replacement + post.title[stale.end :]
        return _revised(post, replace(post, title=title), reason)
    first = next(other.start for other in view.parts if other.block == part.block)
    nth = view.text[first : stale.start].count(stale.exact)
    doc = body.replaced(post.body, stale.exact, stale.replacement, block=part.block, nth=nth)
    if doc is None:
        raise Refused(_NOT_THERE)
    return _revised(post, replace(post, body=doc), reason)


_NOT_THERE: Final = Refusal(
    "not_there", "The wrong words do not stand there as you wrote them. Copy them from the post, and correct it again."
)

_CHOSEN_GONE: Final = Refusal(
    "chosen_gone",
    "The words that you selected are no longer there. Nothing was changed. Select them again in the post.",
)


def _revised(post: PostState, new: PostState, reason: str = "") -> e.PostRevised:
    return e.PostRevised(
        post=post.id,
        title=new.title,
        body=new.body,
        kind=post.kind,
        bylines=post.bylines,
        published_at=post.published_at,
        position=post.position,
        graphic=post.graphic,
        reason=reason,
    )


def _described(blog: int, of: str, was: str, now: str) -> e.BlogDescribed:
    here = read.blog(blog)
    texts = {HEADLINE: here.title, STANDFIRST: here.standfirst}
    if was not in texts[of]:
        raise Refused(_NOT_THERE)
    texts[of] = _put(texts[of], was, now)
    return e.BlogDescribed(
        title=texts[HEADLINE], standfirst=texts[STANDFIRST], language=here.language, zone=here.zone, tags=here.tags
    )


def _correct(
    blog: int,
    events: list[e.Event],
    *,
    by: Actor,
    about: str,
    once: str = "",
    check: Callable[[Receipt], None] | None = None,
) -> Receipt:
    key = _key(once) if once else None
    return carry_out(blog, events, by=by, to=Verb.PUBLISH, name="correct", about=about, once=key, alongside=check)
