"""Fetching what posts name by address only: an archive's pictures, and the words of embedded posts and films.

Owns what is fetched, how an answer is put into a post, and that a post is changed once, when all of its addresses are
settled. A picture becomes one of our files, and its address is kept as its origin; of an embed, empty fields are
filled. Called again, it goes on where it stopped (`media.lookups`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, convert
from msgspec.structs import asdict, replace

from asithappened.accounts import gate
from asithappened.accounts.models import User
from asithappened.core import body, limits, urls
from asithappened.core.providers import PROVIDERS, Provider
from asithappened.core.rules import Refusal
from asithappened.core.state import PostState
from asithappened.desk.actions import posts
from asithappened.desk.actions.actor import System
from asithappened.desk.actions.carry_out import Moved, Refused
from asithappened.desk.draft import draft_of
from asithappened.log import read
from asithappened.media import arrivals, ingest, lookups, using
from asithappened.media.links.lookup import Block as Told
from asithappened.media.links.lookup import ask_provider, oembed_host
from asithappened.media.lookups import Address, Found
from asithappened.media.models import Media
from asithappened.outbound import Failed, Fetched, Forbidden, Guard, fetch, politely

WITHIN_S: Final = 30.0
# An archive's pictures seldom have alternative text, and a program cannot write any, so none is required of it.
_BY: Final = System(name="media fetch")
_ANOTHER_TIME: Final = frozenset((408, 425, 429))
Embed = body.Social | body.Video | body.Audio


class Outcome(Struct, frozen=True, kw_only=True):
    """The result for one address in one post: the file (`media`), the words (`told`), or why there is neither.

    `lasting`: it is not requested again, unless somebody says so.
    """

    post: str
    what: str
    src: str
    media: str = ""
    told: bool = False
    why: str = ""
    lasting: bool = False


class Seeking(Struct, frozen=True, kw_only=True):
    """The live blog, the user of the files, and the guard of addresses. `again`: also request lasting failures."""

    blog: int
    by: User
    guard: Guard
    again: bool = False
    among: Sequence[Provider] = PROVIDERS


Waiting = list[tuple[PostState, list[Address]]]


def elsewhere(blog: int, among: Sequence[Provider] = PROVIDERS) -> Waiting:
    """Return the posts that name something by its address only, oldest first, with those addresses."""
    shown = sorted((post for post in read.posts_by_id(blog).values() if post.visible), key=lambda post: post.order)
    found = [(post, list(dict.fromkeys(_addresses(post.body, among)))) for post in shown]
    return [(post, addresses) for post, addresses in found if addresses]


def fetch_elsewhere(seeking: Seeking, *, progress: Callable[[int, int], None] | None = None) -> Iterator[Outcome]:
    """Fetch everything that a live blog names by address only, and yield the outcomes, post by post.

    `seeking.by` may use the files before they are published, and has to be somebody who may publish here.
    `progress`: called with the number of settled addresses and their total.
    """
    gate.check(seeking.by, seeking.blog, gate.Verb.PUBLISH)
    waiting = elsewhere(seeking.blog, seeking.among)
    wanted = list(dict.fromkeys(address for _, addresses in waiting for address in addresses))
    settled = lookups.known(seeking.blog, wanted)
    if seeking.again:
        settled = {address: found for address, found in settled.items() if not found.why}
    yield from _settle(seeking, waiting, settled)
    missing = [address for address in wanted if address not in settled]
    hosts: dict[str, list[Address]] = {}
    for address in missing:
        hosts.setdefault(_host(address, seeking.among), []).append(address)
    for done, (address, answer) in enumerate(politely(hosts, lambda one: _asked(one, seeking)), 1):
        settled[address] = _found(answer, seeking)
        lookups.note(seeking.blog, address, settled[address])
        if progress:
            progress(len(wanted) - len(missing) + done, len(wanted))
        yield from _settle(seeking, waiting, settled)


# --- fetching


def _addresses(doc: body.Doc, among: Sequence[Provider]) -> Iterator[Address]:
    for block in body.blocks(doc):
        match block:
            case body.Image(attrs=image) if image.src and not image.media:
                yield Address("picture", image.src)
            case body.Social(attrs=post) if post.url and not post.text and oembed_host(post.url, among):
                yield Address("embed", post.url)
            case body.Video(attrs=media) | body.Audio(attrs=media) if media.url and not media.title:
                if oembed_host(media.url, among):
                    yield Address("embed", media.url)


def _host(address: Address, among: Sequence[Provider]) -> str:
    return urls.host_of(address.url) if address.what == "picture" else oembed_host(address.url, among)


def _asked(address: Address, seeking: Seeking) -> Fetched | Told:
    """Request an address. Runs in a thread, so it must not touch the database."""
    if address.what == "embed":
        return ask_provider(address.url, guard=seeking.guard, among=seeking.among)
    picture = {"accept": "image/*", "at_most": limits.PICTURE_BYTES, "within_s": WITHIN_S}
    return fetch(address.url, guard=seeking.guard, **picture)  # type: ignore[arg-type]


def _found(answer: Fetched | Told | Exception, seeking: Seeking) -> Found:
    """Return the outcome of an answer: a file that is ready to be shown, words, or why neither."""
    match answer:
        case Exception():
            no = isinstance(answer, Failed) and 400 <= answer.status < 500 and answer.status not in _ANOTHER_TIME
            return Found(why=str(answer), lasting=no or isinstance(answer, Forbidden))
        case Fetched():
            return _file(answer.body, seeking)
        case _:
            said = {name: value for name, value in asdict(answer.attrs).items() if value and name not in {"id", "url"}}
            says = said.get("text") or said.get("title")
            return Found(said=said) if says else Found(why="It says nothing of what stands there.", lasting=True)


def _file(content: bytes, seeking: Seeking) -> Found:
    try:
        row = arrivals.arrive_whole(content, blog=seeking.blog, by=seeking.by.pk)
        if row.state == Media.State.WAITING:
            ingest.decode(row.pk)
            row.refresh_from_db()
    except TimeoutError as why:
        return Found(why=str(why))
    if row.state == Media.State.REFUSED:
        return Found(why=convert(row.refusal, Refusal).message, lasting=True)
    return Found(media=row.pk) if row.kind == Media.Kind.PICTURE else Found(why="It is not a picture.", lasting=True)


# --- putting it into the post


def _settle(seeking: Seeking, waiting: Waiting, settled: Mapping[Address, Found]) -> Iterator[Outcome]:
    """Change the posts of which all addresses are settled, and remove them from those that wait."""
    ready = [one for one in waiting if all(address in settled for address in one[1])]
    waiting[:] = [one for one in waiting if one not in ready]
    for post, addresses in ready:
        refused = _change(seeking.blog, post, {address: settled[address] for address in addresses})
        for address in addresses:
            found = settled[address]
            had = not refused and not found.why
            yield Outcome(
                post=post.id,
                what=address.what,
                src=address.url,
                media=found.media if had else "",
                told=had and bool(found.said),
                why=found.why or refused,
                lasting=found.lasting,
            )


def _change(blog: int, post: PostState, settled: Mapping[Address, Found]) -> str:
    """Put the outcomes into a post; if it was changed meanwhile, say so."""
    if all(found.why for found in settled.values()):
        return ""
    files = Media.objects.in_bulk([found.media for found in settled.values() if found.media])
    draft = draft_of(post)
    content = tuple(_fitted(block, settled, files) for block in draft.body.content)
    new = replace(draft, body=replace(draft.body, content=content))
    try:
        posts.revise_post(blog, by=_BY, post=post.id, draft=new, based_on=post.last_seq, minor=True)
    except (Moved, Refused) as why:
        return str(why) or "The post was changed meanwhile."
    return ""


def _fitted(block: body.Block, settled: Mapping[Address, Found], files: Mapping[str, Media]) -> body.Block:
    match block:
        case body.Gallery():
            return replace(block, content=tuple(_picture(image, settled, files) for image in block.content))
        case body.Image():
            return _picture(block, settled, files)
        case body.Social() | body.Video() | body.Audio():
            found = settled.get(Address("embed", block.attrs.url))
            empty = {name: value for name, value in (found.said if found else {}).items() if not _has(block, name)}
            return replace(block, attrs=replace(block.attrs, **empty))
        case _:
            return block


def _has(block: Embed, name: str) -> Any:
    return getattr(block.attrs, name, True)  # a block without the field does not get it


def _picture(image: body.Image, settled: Mapping[Address, Found], files: Mapping[str, Media]) -> body.Image:
    found = settled.get(Address("picture", image.attrs.src))
    row = files.get(found.media) if found else None
    if row is None or image.attrs.media:
        return image
    own = using.attrs(row)
    shown = {name: own[name] for name in ("media", "digest", "width", "height", "preview")}
    said = {name: own[name] for name in ("alt", "credit") if name in own and not getattr(image.attrs, name)}
    return replace(image, attrs=replace(image.attrs, **shown, **said))
