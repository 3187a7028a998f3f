"""The follower of the log that keeps the feeds: of each live blog's posts, all live blogs, each tag and each author.

Owns which entries each has. A withdrawal removes entries before the follower runs (published.documents); the follower
then adds a tombstone to the live blog's Atom feed.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from asithappened.core.events import CORRECTION, POST, Subject
from asithappened.core.fold import microseconds
from asithappened.core.ledger_state import Correction
from asithappened.core.standing import readable
from asithappened.core.state import BlogState, PostState
from asithappened.jobs.clock import CLOCK
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.published.documents import EntryBytes, MadeOf
from asithappened.published.layout import ADDRESS_SLOT, NAME_IN_JSON_SLOT, NAME_SLOT
from asithappened.published.listing import Layout
from asithappened.render.addresses import FEEDS, author_path, tag_path
from asithappened.render.edition import edition_of
from asithappened.render.fingerprint import code, fingerprint
from asithappened.render.headline import headline
from asithappened.render.times import utc_iso
from asithappened.syndication.feeds import atom, fragment, json_feed, rss
from asithappened.syndication.feeds.entry import Entry, Feed, Gone, blog_entry, id_of, post_entry
from asithappened.syndication.slots import json_, xml

NAME: Final = "feeds"
PAGE_ENTRIES: Final = 50
NEWEST: Final = 50
"""The newest posts, which a live blog's feeds have; older ones only if they changed recently."""
RECENT: Final = 200
"""The last facts, in which changes and withdrawals are recent."""


class Format(Struct, frozen=True, kw_only=True):
    file: Literal["feed.atom", "feed.rss", "feed.json", "fragment"]
    media_type: str
    layout: Callable[[Feed], Layout]
    entry: Callable[[Entry], bytes]
    title: Callable[[str], str]
    name: str = ""


FORMATS: Final = (
    Format(
        file="feed.atom", media_type=atom.MEDIA_TYPE, layout=atom.layout, entry=atom.entry, title=xml, name=NAME_SLOT
    ),
    Format(file="feed.rss", media_type=rss.MEDIA_TYPE, layout=rss.layout, entry=rss.item, title=xml, name=NAME_SLOT),
    Format(
        file="feed.json",
        media_type=json_feed.MEDIA_TYPE,
        layout=json_feed.layout,
        entry=json_feed.item,
        title=json_,
        name=f'"{NAME_IN_JSON_SLOT}"',
    ),
)
"""The formats of every feed."""
INCLUDED: Final = Format(
    file="fragment", media_type=fragment.MEDIA_TYPE, layout=fragment.layout, entry=fragment.post, title=xml
)
"""The fragment that another site's page includes; only live blogs have one."""


def version() -> str:
    """Return the version of the code that makes them."""
    return f"{fingerprint()} {code(Path(__file__).parent)}"


def begin() -> None:
    """Create the house's feeds, without any live blog."""
    for one in FORMATS:
        feed = Feed(
            id=f"{ADDRESS_SLOT}/",
            title=one.name,
            subtitle="",
            path="/",
            at="/",
            file=one.file,
            language="",
            updated=utc_iso(CLOCK.now()),
        )
        documents.put(f"/{one.file}", media_type=one.media_type, layout=one.layout(feed), page_entries=PAGE_ENTRIES)


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return a function that writes a live blog's own feeds, and its entries in the others, from its present state."""
    # All fifty posts are made anew at each turn, which takes some 20 ms of the worker for however many publishes it
    # follows; only rows that differ are written. Kept entries would save that, and keep erased words in memory.
    _, head = read.head(blog)
    state = read.blog(blog)
    birth = read.first_commitment(blog)
    entries, gone = _posts(blog, birth, state, head) if state.listed else ([], [])
    summary = blog_entry(birth, state) if state.listed else None
    changed = state.updated_at or read.appended_at(blog, head)
    assert changed is not None
    made_of = [MadeOf(blog=blog, head=head)]
    told, known = _told(entries, summary)

    def write() -> None:
        for one in (*FORMATS, INCLUDED):
            for slug in state.former_slugs:
                documents.remove(_path(slug, one))
            own = _path(state.slug, one)
            if state.listed:
                layout = _layout(one, state, birth, changed)
                documents.put(own, media_type=one.media_type, layout=layout, page_entries=PAGE_ENTRIES, made_of=made_of)
                written = [
                    *(_entry_bytes(entry, one) for entry in entries),
                    *(_tombstone(it) for it in gone if one.file == atom.FILE),
                ]
                documents.put_entries(own, blog, written)
            else:
                documents.remove(own)
            if one is not INCLUDED:
                documents.put_entries(f"/{one.file}", blog, [_entry_bytes(summary, one)] if summary else [])
        for path in sorted(known if facts.anew else documents.missing(known)):
            one, about, name = known[path]
            layout = one.layout(_feed_of(one, about, name, changed))
            # A feed without entries is not served, because it would show that there was such a tag or name.
            needed = replace(layout, needed=True)
            documents.put(path, media_type=one.media_type, layout=needed, page_entries=PAGE_ENTRIES)
        documents.put_entries_below(f"{FEEDS}/", blog, told)

    return write


ByPath = dict[str, tuple[Format, str, str]]
"""By the path of a tag's or an author's feed: its format, the page that it is of, and the tag or name."""


def _told(entries: Sequence[Entry], summary: Entry | None) -> tuple[dict[str, list[EntryBytes]], ByPath]:
    """Return a live blog's entries in the feeds of its tags and of its posts' authors, by path, and these feeds."""
    told, known = defaultdict[str, list[EntryBytes]](list), ByPath()
    found = [(tag_path(tag), tag, summary) for tag in dict.fromkeys(summary.tags)] if summary else []
    found += [(author_path(who.name), who.name, entry) for entry in entries for who in entry.authors]
    made = dict[tuple[str, str], EntryBytes]()
    for one in FORMATS:
        for about, name, entry in found:
            path = f"{FEEDS}{about}{one.file}"
            bytes_ = made.get((entry.id, one.file)) or _entry_bytes(entry, one)
            made[entry.id, one.file] = bytes_
            if bytes_ not in told[path]:  # two tags may have the same address, and so may two names
                told[path].append(bytes_)
            known.setdefault(path, (one, about, name))
    return dict(told), known


def _feed_of(one: Format, about: str, name: str, changed: datetime) -> Feed:
    """Return the head of a tag's or an author's feed, which has no language."""
    return Feed(
        id=f"{ADDRESS_SLOT}{about}",
        title=one.title(name),
        subtitle="",
        path=about,
        at=f"{FEEDS}{about}",
        file=one.file,
        language="",
        updated=utc_iso(changed),
    )


def _path(slug: str, one: Format) -> str:
    return f"/live/{slug}/{one.file}"


def _layout(one: Format, state: BlogState, birth: bytes, changed: datetime) -> Layout:
    edition = edition_of(state)
    with edition.speaking():
        title = headline(state)
    feed = Feed(
        id=id_of(birth),
        title=one.title(title),
        subtitle=state.standfirst,
        path=edition.path,
        at=edition.path,
        file=one.file,
        language=state.language,
        updated=utc_iso(changed),
    )
    return one.layout(feed)


def _posts(blog: int, birth: bytes, state: BlogState, head: int) -> tuple[list[Entry], list[Gone]]:
    """Return the entries of the newest and the recently changed posts, and those that were withdrawn recently."""
    corrections: defaultdict[str, list[Correction]] = defaultdict(list)
    recent = max(0, head - RECENT)
    changed = read.changed(blog, after=recent, most=NEWEST)
    for row in read.rows(blog, CORRECTION):
        if isinstance(row, Correction) and row.of == "post" and readable(row):
            corrections[row.post].append(row)
            changed += [row.post] if row.last_seq > recent else []
    newest = {post.id: post for post in read.posts(blog, newest=NEWEST)}
    others = read.posts_by_id(blog, sorted(set(changed) - newest.keys()))
    edition = edition_of(state)
    entries, gone = [], []
    for post in (newest | others).values():
        if post.visible:
            entries.append(post_entry(birth, edition, post, sorted(corrections[post.id], key=lambda row: row.last_seq)))
        else:
            gone.append(_gone(blog, birth, post))
    return [one for one in entries if one], gone


def _gone(blog: int, birth: bytes, post: PostState) -> Gone:
    when = read.appended_at(blog, post.last_seq)
    assert when is not None
    return Gone(id=id_of(birth, post.id), when=when, reason=post.reason, subject=Subject(POST, post.id))


def _entry_bytes(entry: Entry, one: Format) -> EntryBytes:
    return EntryBytes(
        section=0, rank=microseconds(entry.updated), data=one.entry(entry), subject=entry.subject, also=entry.also
    )


def _tombstone(gone: Gone) -> EntryBytes:
    return EntryBytes(section=0, rank=microseconds(gone.when), data=atom.gone(gone), subject=gone.subject)
