"""The annotations in the slots of posts: those that each fact changes, and the slots after the last fact.

Owns which annotations change, and which are removed when a subject or a post is taken back. Their HTML comes from
packages (`render.part.Annotating`). An append and a rebuild go through the same steps. In a frame, an annotation names
its subject, so that an erasure can remove it without its payload. Never writes: published.annotations does.
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
    """The slots of one blog's posts while facts are applied. `blog` None: nothing of them is stored yet."""

    def __init__(self, blog: int | None, taken: Iterable[e.Subject], *, new: Collection[e.Subject] = ()) -> None:
        """Read the links of the subjects `taken` of the facts; the `new` ones among them have none yet."""
        self._annotators: Mapping[str, Sequence[Annotating]] = annotating()
        self._blog = blog if self._annotators else None
        self._links: dict[str, dict[str, int]] = {}  # by post: by subject, the fact that first annotated it
        self._posts: dict[str, set[str]] = {}  # by subject
        self._states: dict[e.Subject, SubjectState | None] = {}
        self._rendered: dict[e.Subject, tuple[SubjectState, Edition, Mapping[str, bytes]]] = {}  # by post
        self._touched: set[str] = set()
        self._read: set[str] = set()  # posts of which all links are known
        self._new: dict[Link, int] = {}
        self._gone: set[Link] = set()
        self._by: set[str] = set()
        self._of: set[str] = set()
        self._annotated: list[int] = []  # facts whose frames have annotations
        self._sources: set[e.Subject] = set()  # their earlier frames may have annotations that were taken back
        if self._blog is not None:
            subjects = set(taken)
            saying = [str(subject) for subject in subjects.difference(new) if subject.about in self._annotators]
            stored = annotations.links(self._blog, posts=_posts(subjects), subjects=saying)
            self._read.update(_posts(subjects))
            self._take_in(stored)

    # --- fact by fact

    def after(self, step: fold.Step, edition: Edition) -> list[wire.Annotate]:
        """Apply a fact, and return the annotations for its frame."""
        subject, fact = step.fact.subject, step.fact
        if not self._annotators or subject == e.THE_BLOG:
            return []
        was, now = self._says(edition, subject, step.before), self._says(edition, subject, step.after)
        self._states[subject] = step.after
        made: list[wire.Annotate] = []
        said = now
        if was:
            said = {post: now.get(post, b"") for post in was.keys() | now.keys() if was.get(post) != now.get(post)}
        if frames.takes_back(fact):
            self._take_back(subject)
            said = now
            if subject.about in self._annotators:
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
            self._annotated.append(fact.seq)
        return made

    def _again(self, edition: Edition, post: str, made: set[str]) -> list[wire.Annotate]:
        """Return the other annotations of a post that the frame puts, with an empty slot."""
        held = self._held(edition, post)
        if held:
            self._touched.add(post)
        return [self._op(post, by, html) for by, html in held if by not in made]

    def _take_back(self, subject: e.Subject) -> None:
        word = str(subject)
        named = self._posts.pop(word, set())
        self._by.add(word)
        self._touched |= named
        self._sources |= set(map(e.post, named))
        if subject.about in self._annotators or self._links.get(subject.id):
            self._sources.add(subject)  # otherwise its own frames never had an annotation
        for post in named:
            del self._links[post][word]
            self._new.pop((post, word), None)
            self._gone.add((post, word))
        if subject.about == e.POST:
            self._of.add(subject.id)
            self._touched.add(subject.id)
            self._sources |= {_subject(by) for by in self._links.get(subject.id, ())}

    def take_from(self, made: MutableMapping[int, FrameBytes], taken: e.Subject) -> None:
        """Remove a subject's annotations, and those of its own slot, from frames by seq: it was taken back since."""
        for seq in filter(made.__contains__, self._annotated):
            data = wire.without_annotations(made[seq].data, by={str(taken)}, posts=_posts([taken]))
            made[seq] = FrameBytes(seq=seq, data=data)

    # --- after the last fact

    def said(
        self, edition: Edition, *, anew: bool, earlier: Callable[[e.Subject], Iterable[int]] = lambda _: ()
    ) -> Said | None:
        """Return the changes to slots; None if no package annotates.

        `anew`: render all slots. `earlier`: the seqs of a subject's facts from before the append.
        """
        if not self._annotators:
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
        """Return the annotations in a post's slot, in order, with their subjects."""
        links = sorted(self._links.get(post, {}).items(), key=lambda link: (link[1], link[0]))
        subjects = {by: _subject(by) for by, _ in links}
        self._look_up(subjects.values())
        said = ((by, self._says(edition, of, self._states[of]).get(post, b"")) for by, of in subjects.items())
        return [(by, html) for by, html in said if html]

    def _says(self, edition: Edition, subject: e.Subject, state: SubjectState | None) -> Mapping[str, bytes]:
        """Return a subject's annotations, by post; none if readers may not have the subject."""
        if subject.about not in self._annotators or state is None or not state.visible:
            return {}
        kept = self._rendered.get(subject)
        if kept is None or kept[0] is not state or kept[1] is not edition:
            said: dict[str, bytes] = {}
            with edition.speaking():
                for annotator in self._annotators[subject.about]:
                    for post, html in annotator.says(edition, state).items():
                        said[post] = said.get(post, b"") + html
            kept = self._rendered[subject] = state, edition, {post: html for post, html in said.items() if html}
        return kept[2]

    def _op(self, post: str, by: str, html: bytes) -> wire.Annotate:
        if not html:
            return wire.Annotate(by=by, post=post)
        return wire.Annotate(by=by, post=post, html=annotation(by, self._links[post][by], html).decode())

    def _visible(self, post: str) -> bool:
        subject = e.post(post)
        if subject not in self._states:
            self._look_up([subject])
        state = self._states[subject]
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
