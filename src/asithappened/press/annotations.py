"""What facts say in the slots of posts: after each of them, and in the end.

Owns which annotations a fact changes, and what goes when a subject or a post is taken back. What rooms say is theirs
(`render.part.Annotating`). An append and a rebuild from the log go through the same steps, and a fact's part of a frame
names who says it: so an erasure can take back what it cannot read any more. Never writes: published.annotations does.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping, Sequence

from asithappened.core import events as e
from asithappened.core import fold
from asithappened.core.state import PostState, SubjectState
from asithappened.log import read
from asithappened.press import frames
from asithappened.published import annotations, wire
from asithappened.published.annotations import Link, Said
from asithappened.published.layout import annotation
from asithappened.published.write import FrameBytes
from asithappened.render.edition import Edition
from asithappened.render.part import Annotating, annotating


class Slots:
    """The slots of one blog's posts while facts are taken; `blog` None: nothing is stored that they could hold."""

    def __init__(self, blog: int | None, taken: Iterable[e.Subject], *, new: Collection[e.Subject] = ()) -> None:
        """Read what is said of and by the subjects that facts are to be about; the `new` have said nothing yet."""
        self._rooms: Mapping[str, Sequence[Annotating]] = annotating()
        self._blog = blog if self._rooms else None
        self._links: dict[str, dict[str, int]] = {}  # by post: by subject, the fact since which it says something
        self._posts: dict[str, set[str]] = {}  # by subject
        self._states: dict[e.Subject, SubjectState | None] = {}
        self._heard: dict[e.Subject, tuple[SubjectState, Edition, Mapping[str, bytes]]] = {}  # what it says, as it is
        self._touched: set[str] = set()
        self._read: set[str] = set()  # posts of which all links are known
        self._new: dict[Link, int] = {}
        self._gone: set[Link] = set()
        self._by: set[str] = set()
        self._of: set[str] = set()
        self._spoken: list[int] = []  # facts that were taken and say something
        self._sources: set[e.Subject] = set()  # whose earlier frames may hold what was taken back
        if self._blog is not None:
            subjects = set(taken)
            saying = [str(subject) for subject in subjects.difference(new) if subject.about in self._rooms]
            stored = annotations.links(self._blog, posts=_posts(subjects), subjects=saying)
            self._read.update(_posts(subjects))
            self._take_in(stored)

    # --- fact by fact

    def after(self, step: fold.Step, edition: Edition) -> list[wire.Annotate]:
        """Take a fact, and return what its frame says in slots."""
        subject, fact = step.fact.subject, step.fact
        if not self._rooms or subject == e.THE_BLOG:
            return []
        was, now = self._says(edition, subject, step.before), self._says(edition, subject, step.after)
        self._states[subject] = step.after
        made: list[wire.Annotate] = []
        said: Mapping[str, bytes] = {
            post: now.get(post, b"") for post in was.keys() | now.keys() if was.get(post) != now.get(post)
        }
        if frames.takes_back(fact):
            self._take_back(subject)
            said = now
            if subject.about in self._rooms:
                made.append(wire.Annotate(by=str(subject)))
        for post, html in sorted(said.items()):
            self._touched.add(post)
            if html:
                self._link(post, str(subject), fact.seq)
            if self._visible(post):
                made.append(self._op(post, str(subject), html))
        if frames.puts(fact, step.after):
            made += self._again(edition, subject.id, {op.by for op in made if op.post == subject.id})
        if made and fact.event is not None:
            self._spoken.append(fact.seq)
        return made

    def _again(self, edition: Edition, post: str, done: set[str]) -> list[wire.Annotate]:
        """Return all that is said of a post whose frame puts it: its slot is empty there."""
        held = self._held(edition, post)
        if held:
            self._touched.add(post)
        return [self._op(post, by, html) for by, html in held if by not in done]

    def _take_back(self, subject: e.Subject) -> None:
        word = str(subject)
        named = self._posts.pop(word, set())
        self._by.add(word)
        self._touched |= named
        self._sources |= set(map(e.post, named))
        if subject.about in self._rooms or self._links.get(subject.id):
            self._sources.add(subject)  # otherwise nothing was ever said in its own frames
        for post in named:
            del self._links[post][word]
            self._new.pop((post, word), None)
            self._gone.add((post, word))
        if subject.about == e.POST:
            self._of.add(subject.id)
            self._touched.add(subject.id)
            self._sources |= {_subject(by) for by in self._links.get(subject.id, ())}

    def take_from(self, made: MutableMapping[int, FrameBytes], taken: e.Subject) -> None:
        """Leave in frames, by seq, that were made before a subject was taken back, nothing that it or its slot says."""
        for seq in filter(made.__contains__, self._spoken):
            data = wire.without_annotations(made[seq].data, by={str(taken)}, posts=_posts([taken]))
            made[seq] = FrameBytes(seq=seq, data=data)

    # --- in the end

    def said(
        self, edition: Edition, *, anew: bool, earlier: Callable[[e.Subject], Iterable[int]] = lambda _: ()
    ) -> Said | None:
        """Return what changes in slots; None where no room says anything.

        `anew`: all of them are rendered. `earlier`: the seqs of a subject's facts from before the append.
        """
        if not self._rooms:
            return None
        if anew and self._blog is not None:
            self._take_in(annotations.every_link(self._blog))
        elif self._blog is not None:
            self._take_in(annotations.links(self._blog, posts=self._touched - self._read))
        posts = set(self._links) if anew else self._touched
        self._look_up({e.post(post) for post in posts})
        return Said(
            slots={
                post: b"".join(annotation(by, self._links[post][by], html) for by, html in self._held(edition, post))
                if self._visible(post)
                else b""
                for post in sorted(posts | self._touched)
            },
            links=self._new,
            unlinked=self._gone,
            unsaid={seq for source in self._sources for seq in earlier(source)},
            by=self._by,
            of=self._of,
        )

    # --- what is known

    def _held(self, edition: Edition, post: str) -> list[tuple[str, bytes]]:
        """Return what is said in a post's slot, in its order."""
        links = sorted(self._links.get(post, {}).items(), key=lambda link: (link[1], link[0]))
        self._look_up(_subject(by) for by, _ in links)
        said = ((by, self._says(edition, _subject(by), self._states[_subject(by)]).get(post, b"")) for by, _ in links)
        return [(by, html) for by, html in said if html]

    def _says(self, edition: Edition, subject: e.Subject, state: SubjectState | None) -> Mapping[str, bytes]:
        """Return what a subject says, by post: nothing, once readers may not have it."""
        if subject.about not in self._rooms or state is None or not state.visible:
            return {}
        kept = self._heard.get(subject)
        if kept is None or kept[0] is not state or kept[1] != edition:
            said: dict[str, bytes] = {}
            with edition.speaking():
                for room in self._rooms[subject.about]:
                    for post, html in room.says(edition, state).items():
                        said[post] = said.get(post, b"") + html
            kept = self._heard[subject] = state, edition, {post: html for post, html in said.items() if html}
        return kept[2]

    def _op(self, post: str, by: str, html: bytes) -> wire.Annotate:
        if not html:
            return wire.Annotate(by=by, post=post)
        return wire.Annotate(by=by, post=post, html=annotation(by, self._links[post][by], html).decode())

    def _visible(self, post: str) -> bool:
        self._look_up([e.post(post)])
        state = self._states[e.post(post)]
        return isinstance(state, PostState) and state.visible

    def _look_up(self, subjects: Iterable[e.Subject]) -> None:
        unknown = [subject for subject in subjects if subject not in self._states]
        found = read.subjects(self._blog, unknown) if unknown and self._blog is not None else {}
        self._states |= {subject: found.get(subject) for subject in unknown}

    def _link(self, post: str, by: str, seq: int) -> None:
        if by not in self._links.setdefault(post, {}):
            self._links[post][by] = self._new[post, by] = seq
            self._posts.setdefault(by, set()).add(post)

    def _take_in(self, stored: Mapping[Link, int]) -> None:
        for (post, by), seq in stored.items():
            if (post, by) not in self._gone:
                self._links.setdefault(post, {}).setdefault(by, seq)
                self._posts.setdefault(by, set()).add(post)


def _posts(subjects: Iterable[e.Subject]) -> list[str]:
    return [subject.id for subject in subjects if subject.about == e.POST]


def _subject(word: str) -> e.Subject:
    about, _, id_ = word.partition(":")
    return e.Subject(about, id_)
