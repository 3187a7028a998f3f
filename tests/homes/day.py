"""A day with everything in it: every kind of event, every kind of block, withdrawals, erasures, an archive, a replay.

Owns what the homes beside it hold; `make.py` plays it into an empty home.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from asithappened import press
from asithappened.accounts.models import Membership, Role, User
from asithappened.core import body
from asithappened.core import events as e
from asithappened.desk.actions import submissions
from asithappened.desk.draft import Draft
from asithappened.log import read

AT: Final = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)
PICTURE: Final = body.ImageAttrs(
    src="https://pictures.example/quay.jpg", alt="Waves over a quay", caption="The quay at noon",
    credit="Ines Faro", width=1200, height=800,
)  # fmt: skip
SOCIAL: Final = body.SocialAttrs(
    platform="mastodon", author="Harbour Office", handle="@harbour@port.example",
    text="Gates closed. https://port.example/gates", date="2026-11-12T14:05:00+00:00",
    url="https://port.example/@harbour/1",
)  # fmt: skip


def play() -> None:
    """Play all of it."""
    owner = User.objects.create_user("owner@house.example", "correct horse battery", is_staff=True, byline="Ana Lind")
    guest = User.objects.create_user("guest@house.example", byline="Guest Writer")
    storm = _storm(owner, guest)
    _changes(storm)
    _ledger(storm)
    draft = Draft(title="From the quay", body=body.Doc(content=(_p("Seen from there."),)))
    submissions.submit(storm, by=guest, draft=draft, once="s1")
    _others(storm, owner)


def _storm(owner: User, guest: User) -> int:
    storm = _do(
        None,
        e.BlogOpened(
            slug="storm",
            title="Storm Isolde",
            standfirst="The day as it happens.",
            language="en-GB",
            zone="Europe/London",
            audience=e.Audience.EVERYONE,
            tags=("Weather", "Port Tavell"),
        ),
        once="open-storm",
    )
    Membership.objects.create(blog_id=storm, user=owner, role=Role.OWNER)
    Membership.objects.create(blog_id=storm, user=guest, role=Role.CONTRIBUTOR)
    _do(storm, e.ContributorJoined(name="Ana Lind"), e.ContributorJoined(name="Tom Adeyard"))
    _do(storm, e.ContributorLeft(name="Tom Adeyard"))
    _do(storm, e.ContributorDescribed(name="Ana Lind", role="Harbour reporter", url="https://paper.example/ana"))
    portrait = e.Portrait(media="a1b2c3d4e5f6", digest="0f" * 32, width=256, height=256)
    _do(storm, e.ContributorDescribed(name="Tom Adeyard", role="Weather", picture=portrait))
    for n in range(1, 61):
        title = f"Water at {100 + n} cm" if n % 3 == 0 else ""
        kind = e.PostKind.KEY_EVENT if n % 7 == 0 else e.PostKind.UPDATE
        _do(storm, _post(n, f"Update {n}: the water stands at {100 + n} cm.", title=title, kind=kind), once=f"p{n}")
    rich = e.PostPublished(
        post="rich", title="Everything a post can hold", body=_every_block(), published_at=AT + timedelta(minutes=61),
        bylines=("Ana Lind", "Tom Adeyard"),
    )  # fmt: skip
    points = body.BulletList(content=tuple(body.ListItem(content=(_p(w),)) for w in ("Water at 160 cm", "Bridge shut")))
    summary = e.PostPublished(
        post="sum", title="Summary", body=_doc(points, seed="sum"), kind=e.PostKind.SUMMARY,
        published_at=AT + timedelta(minutes=62),
    )  # fmt: skip
    _do(storm, rich)
    _do(storm, summary)
    return storm


def _changes(storm: int) -> None:
    _do(storm, e.PostPinned(post="p30"), e.PostPinned(post="p31"), e.PostUnpinned(post="p31"), e.PostPinned(post="sum"))
    _do(storm, e.PostPinned(post="p29", place=1), e.PostPinned(post="p29"), e.PostPinned(post="sum", alone=True))
    _do(storm, _revised(5, "A typo mended.", minor=True))
    _do(storm, _revised(6, "Two divers, not one, were hurt.", reason="We said that one diver was hurt."))
    _do(storm, _revised(6, "Two divers, not one, were hurt; both are home."))
    _do(storm, _revised(8, "Moved to where it belongs.", at=AT + timedelta(minutes=3)))
    nine = AT + timedelta(minutes=9)
    unknown = _doc(_p("Nobody noted when."), seed="p9")
    _do(storm, e.PostRevised(post="p9", title="Unknown", body=unknown, position=int(nine.timestamp() * 1_000_000)))
    _do(storm, e.PostKindSet(post="p10", kind=e.PostKind.KEY_EVENT), e.PostKindSet(post="p7", kind=e.PostKind.UPDATE))
    _do(storm, e.PostWithdrawn(post="p11", reason="It named the wrong street."))
    _do(storm, e.PostWithdrawn(post="p12", reason="To be checked."))
    was = read.posts_by_id(storm, ["p12"])["p12"]
    _do(storm, e.PostPublished(post="p12", title=was.title, body=was.body, kind=was.kind, bylines=was.bylines,
                               published_at=was.published_at, position=was.position))  # fmt: skip
    _do(storm, _revised(13, "The second words of thirteen."))
    first = min(fact.seq for fact in read.revisions(storm, "p13"))
    _do(storm, e.PayloadErased(of=e.post("p13"), seqs=(first,), reason="A name too many."))
    _do(storm, e.PostWithdrawn(post="p14", reason="A witness was named."))
    seqs = tuple(fact.seq for fact in read.facts(storm, subject=e.post("p14")))
    _do(storm, e.PayloadErased(of=e.post("p14"), seqs=seqs, whole=True, reason="By order of a court."))
    tides = e.Related(title="Tides explained", standfirst="Why it comes", byline="Ines Faro", dated="12 November",
                      url="https://paper.example/tides")  # fmt: skip
    _do(storm, e.RelatedSet(items=(tides, e.Related(title="Yesterday", published_at=AT - timedelta(days=1)))))
    _do(storm, e.EmbeddersSet(origins=("https://www.courier.example", "https://partner.example:8443")))
    title, tags = "Storm Isolde reaches Port Tavell", ("Weather", "Port Tavell", "Transport")
    _do(storm, e.BlogDescribed(title=title, language="en-GB", zone="Europe/London", tags=tags))
    _do(storm, e.BlogRenamed(slug="storm-isolde"), e.ContributionsSet(open=True))
    _do(storm, e.AlertsSet(mode=e.Alerting.BY_ITSELF), e.AlertsSet(mode=e.Alerting.ASKED))
    _do(storm, e.LiveVideoSet(url="https://youtu.be/abcdefghijk"))
    _do(storm, e.BlogClosed())
    _do(storm, e.BlogReopened())
    _do(storm, _post(70, "And on it goes."), _revised(70, "And on it goes, revised in the same append."))


def _ledger(storm: int) -> None:
    flood = e.SaidBy(name="Bo Lund", role="flood officer", kind=e.SourceKind.GOVERNMENT, source="bo-lund")
    anchor = e.Anchor(post="p6", revision=3, block="b1", end=10, exact="Two divers", suffix=", not one, were hurt")
    said = e.StatementRecorded(
        statement="divers", text="Two divers were hurt.", by=flood, cue="confirm", anchors=(anchor,),
        on=e.SaidOn(channel="news_conference", name="The flood office's"), hedges=("reported",),
        relays=(e.RelayedBy(outlet="Mida News", mode="citing", url="https://mida.example/1"),), stated_at=AT,
    )  # fmt: skip
    _do(storm, said, e.StatementAssessed(statement="divers", status=e.Verification.VERIFIED, note="Seen by us."))
    _do(storm, e.StatementRecorded(statement="boat", text="A second boat is missing."))
    _do(storm, e.StatementRecorded(statement="boat", text="A second boat was missing.", quote="direct"))
    first = min(fact.seq for fact in read.facts(storm, subject=e.Subject(e.STATEMENT, "boat")))
    _do(storm, e.PayloadErased(of=e.Subject(e.STATEMENT, "boat"), seqs=(first,), reason="A name too many."))
    homes = e.SeriesRecorded(series="homes", label="Homes without power", counted="homes", places=("Port Tavell",))
    _do(storm, homes, e.SeriesMoved(series="homes", value=4600, modifier="about", as_of=AT, anchors=(anchor,)))
    _do(storm, e.SeriesMoved(series="homes", value=11400, by=flood, statement="divers", basis="silent"))
    anew = _head(storm)
    _do(storm, e.SeriesMoved(series="homes", value=11400, statement="divers", place=anew, first_at=AT))
    _do(storm, e.PayloadErased(of=e.Subject(e.SERIES, "homes"), seqs=(anew,), reason="A name too many."))
    mistake = _head(storm) + 1
    _do(storm, e.SeriesMoved(series="homes", value=114, low=100, high=120))
    _do(storm, e.SeriesValueRemoved(series="homes", value=mistake))
    _do(storm, e.SeriesRecorded(series="bridge", of="state", label="Lenn Bridge", policy=e.Policy.BY_SOURCE))
    _do(storm, e.SeriesMoved(series="bridge", words="closed", as_of=AT))
    _do(storm, e.CorrectionRecorded(correction="c1", post="p6", was="one diver", now="two divers", reason="Misheard."))
    _do(storm, e.CorrectionRecorded(correction="c2", of="headline", was="Isolda", now="Isolde", at=AT))
    _do(storm, e.LedgerRemoved(of=e.Subject(e.CORRECTION, "c2"), reason="Not worth one."))
    _do(storm, e.StatementRecorded(statement="gone", text="A name that a court forbade."))
    seqs = tuple(fact.seq for fact in read.facts(storm, subject=e.Subject(e.STATEMENT, "gone")))
    _do(storm, e.PayloadErased(of=e.Subject(e.STATEMENT, "gone"), seqs=seqs, whole=True, reason="By order of a court."))


def _head(blog: int) -> int:
    return read.head(blog)[1]


def _others(storm: int, owner: User) -> None:
    members = e.Audience.MEMBERS
    second = _do(None, e.BlogOpened(slug="day-two", title="The day after", zone="Europe/London", audience=members))
    Membership.objects.create(blog_id=second, user=owner, role=Role.OWNER)
    _do(second, _post(1, "Clearing up."))
    _do(second, e.AudienceSet(audience=e.Audience.EVERYONE))
    _do(second, e.BlogPreceded(slug="storm-isolde", title="Storm Isolde reaches Port Tavell"))
    _do(storm, e.BlogContinued(slug="day-one", title="Mistaken for the day after"), e.BlogContinuationEnded())
    _do(storm, e.BlogContinued(slug="day-two", title="The day after"))

    everyone, long_ago = e.Audience.EVERYONE, AT - timedelta(days=4000)
    opened = e.BlogOpened(slug="an-archive", title="يوم من 2014", language="ar", zone="Asia/Beirut", audience=everyone)
    archive = _do(None, opened, origin=e.Origin.IMPORT)
    _do(archive, e.BlogDated(opened_at=long_ago, modified_at=long_ago + timedelta(days=1)), origin=e.Origin.IMPORT)
    known = e.PostPublished(post="a1", title="من الأرشيف", body=_doc(_p("نص قديم"), seed="a1"), published_at=long_ago,
                            updated=True, updated_at=long_ago + timedelta(hours=1))  # fmt: skip
    unknown = e.PostPublished(post="a2", body=_doc(_p("Time unknown."), seed="a2"), position=5)
    _do(archive, known, unknown, origin=e.Origin.IMPORT)
    _do(archive, e.BlogClosed(), origin=e.Origin.IMPORT)

    of = e.ReplayOf(slug="storm-isolde", opened_at=AT)
    again = e.BlogOpened(slug="played-again", title="Storm Isolde", audience=everyone, replay_of=of)
    _do(_do(None, again, origin=e.Origin.REPLAY), _post(1, "Played again."), origin=e.Origin.REPLAY)
    gone = _do(None, e.BlogOpened(slug="taken-down", title="A mistake", audience=everyone))
    _do(gone, _post(1, "Words that a court forbade."), e.BlogTakenDown(reason="By order of a court."))


def _do(blog: int | None, *events: e.Event, **more: Any) -> int:
    return press.publish(blog, list(events), **more).blog


def _p(words: str) -> body.Paragraph:
    return body.paragraph(words)


def _doc(*blocks: body.Block, seed: str) -> body.Doc:
    return body.with_ids(body.Doc(content=blocks), seed=seed)


def _post(n: int, words: str, **more: Any) -> e.PostPublished:
    doc, at = _doc(_p(words), seed=f"p{n}"), AT + timedelta(minutes=n)
    return e.PostPublished(post=f"p{n}", body=doc, published_at=at, bylines=("Ana Lind",), **more)


def _revised(n: int, words: str, *, at: datetime | None = None, **more: Any) -> e.PostRevised:
    doc, at = _doc(_p(words), seed=f"p{n}"), at or AT + timedelta(minutes=n)
    title = f"Water at {100 + n} cm"
    return e.PostRevised(post=f"p{n}", title=title, body=doc, published_at=at, bylines=("Ana Lind",), **more)


def _every_block() -> body.Doc:
    link = body.Link(attrs=body.LinkAttrs(href="https://council.example/"))
    runs = (
        body.Text(text="As "), body.Text(text="the council", marks=(link, body.Bold())), body.Text(text=" said, "),
        body.Text(text="stay home", marks=(body.Italic(),)), body.HardBreak(), body.Text(text="CO"),
        body.Text(text="2", marks=(body.Subscript(),)), body.Text(text=" m"),
        body.Text(text="2", marks=(body.Superscript(),)), body.Text(text=" gone", marks=(body.Strike(),)),
    )  # fmt: skip
    inner = body.OrderedList(content=(body.ListItem(content=(_p("first"),)),))
    cells = (body.Cell(attrs=body.CellAttrs(header=True), content=(_p("Gauge"),)), body.Cell(content=(_p("161"),)))
    return _doc(
        body.Paragraph(content=runs),
        body.Heading(attrs=body.HeadingAttrs(level=2), content=(body.Text(text="Where"),)),
        body.BulletList(content=(body.ListItem(content=(_p("North"), inner)),)),
        body.Quote(attrs=body.QuoteAttrs(cite="Mayor Okoro", url="https://council.example/w"), content=(_p("Ready."),)),
        body.Table(attrs=body.TableAttrs(caption="Levels"), content=(body.Row(content=cells),)),
        body.Image(attrs=PICTURE),
        body.Image(attrs=body.ImageAttrs(caption="A picture of which only the words are left", credit="Agency")),
        body.Social(attrs=SOCIAL),
        body.Card(
            attrs=body.CardAttrs(url="https://paper.example/t", title="Tides", label="Related", site="The Paper")
        ),
        body.Video(attrs=body.MediaAttrs(url="https://video.example/1", title="Waves", provider="Example Video")),
        body.Audio(attrs=body.MediaAttrs(url="https://sound.example/1", title="The siren")),
        seed="rich",
    )
