"""Documents to try forms with: any that the schema allows, and then some that people write."""

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from asithappened.core import body

LETTERS = st.sampled_from(list('ab *~[]()^_{}|\\: .•-–\t\u00a0éא:/"<>&'))
WORDS = st.text(LETTERS, min_size=1, max_size=8)
LINE = st.text(LETTERS, max_size=8)
ADDRESSES = st.sampled_from(
    ["https://a.example/", "https://a.example/x_(y)?a=b&c", "https://a.example/)(", "http://b.example:8080/*a*"]
)
LINKS = st.one_of(ADDRESSES, st.just("mailto:desk@a.example"))
IDS = st.text("abcdefghij0123456789_-", min_size=6, max_size=12)

MARKS = st.one_of(
    st.sampled_from([body.Bold(), body.Italic(), body.Strike(), body.Subscript(), body.Superscript()]),
    LINKS.map(lambda href: body.Link(attrs=body.LinkAttrs(href=href))),
)
RUNS = st.builds(
    lambda words, marks: body.Text(text=words, marks=tuple(marks)), WORDS, st.lists(MARKS, max_size=3, unique_by=type)
)


def _joined(nodes: Iterable[body.Inline]) -> tuple[body.Inline, ...]:
    """Join neighbours with the same marks, as every importer and the form itself do."""
    out: list[body.Inline] = []
    for node in nodes:
        last = out[-1] if out else None
        if isinstance(node, body.Text) and isinstance(last, body.Text) and node.marks == last.marks:
            out[-1] = body.Text(text=last.text + node.text, marks=node.marks)
        else:
            out.append(node)
    return tuple(out)


RUNNING_TEXT = st.lists(st.one_of(RUNS, RUNS, RUNS, st.just(body.HardBreak())), max_size=5).map(_joined)
RAW_TEXT = st.lists(st.one_of(RUNS, st.just(body.HardBreak())), max_size=4).map(tuple)  # neighbours not joined

PARAGRAPHS = st.builds(body.Paragraph, content=st.one_of(RUNNING_TEXT, RUNNING_TEXT, RAW_TEXT))
HEADINGS = st.builds(
    body.Heading, content=RUNNING_TEXT, attrs=st.builds(body.HeadingAttrs, level=st.sampled_from([1, 2, 3]))
)


def _lists(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    items = st.lists(st.lists(st.one_of(PARAGRAPHS, inner), max_size=2).map(tuple), min_size=1, max_size=3)
    contents = items.map(lambda each: tuple(body.ListItem(content=content) for content in each))
    return st.one_of(
        contents.map(lambda c: body.BulletList(content=c)), contents.map(lambda c: body.OrderedList(content=c))
    )


FLAT_LISTS = _lists(PARAGRAPHS)
LISTS = _lists(st.one_of(PARAGRAPHS, FLAT_LISTS))
QUOTES = st.builds(
    body.Quote,
    content=st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, HEADINGS, LISTS), min_size=1, max_size=3).map(tuple),
    attrs=st.builds(body.QuoteAttrs, cite=LINE, url=st.one_of(st.just(""), ADDRESSES)),
)
CELLS = st.builds(
    body.Cell,
    content=st.lists(PARAGRAPHS, max_size=2).map(tuple),
    attrs=st.builds(body.CellAttrs, header=st.booleans()),
)
PLAIN_CELLS = st.builds(body.Cell, content=RUNNING_TEXT.map(lambda c: (body.Paragraph(content=c),) if c else ()))
ROWS = st.lists(st.one_of(CELLS, PLAIN_CELLS, PLAIN_CELLS), min_size=1, max_size=3).map(
    lambda cells: body.Row(content=tuple(cells))
)
TABLES = st.builds(
    body.Table,
    content=st.lists(ROWS, min_size=1, max_size=3).map(tuple),
    attrs=st.builds(body.TableAttrs, caption=LINE),
)
URLS = st.one_of(st.just(""), ADDRESSES)
OURS = st.sampled_from([{}, {"media": "abcd1234", "digest": "ab" * 32}])
PICTURES = st.builds(
    lambda ours, **attrs: body.Image(attrs=body.ImageAttrs(**ours, **attrs)),
    OURS, src=URLS, alt=LINE, decorative=st.booleans(), caption=LINE, credit=LINE, width=st.integers(1, 20_000),
    height=st.integers(1, 20_000), focus_x=st.integers(0, 100), graphic=st.booleans(),
)  # fmt: skip
LEAVES = st.one_of(
    PICTURES,
    st.lists(PICTURES, min_size=2, max_size=3).map(lambda pictures: body.Gallery(content=tuple(pictures))),
    st.builds(
        lambda **attrs: body.Social(attrs=body.SocialAttrs(**attrs)),
        platform=st.sampled_from(["", "x", "telegram"]), author=LINE, handle=LINE, text=LINE,
        date=st.sampled_from(["", "2022-02-24", "2022-02-24T10:00:00Z"]), url=URLS,
    ),
    st.builds(
        lambda **attrs: body.Card(attrs=body.CardAttrs(**attrs)), url=URLS, title=LINE, text=LINE, label=LINE, site=LINE
    ),
    st.builds(
        lambda kind, **attrs: kind(attrs=body.MediaAttrs(**attrs)),
        st.sampled_from([body.Video, body.Audio]), url=URLS, title=LINE, caption=LINE, credit=LINE, provider=LINE,
    ),
)  # fmt: skip
BLOCKS = st.one_of(PARAGRAPHS, PARAGRAPHS, HEADINGS, LISTS, QUOTES, TABLES, LEAVES)


@st.composite
def documents(draw: st.DrawFn) -> body.Doc:
    """Draw a document as the log holds one: every block with an id of its own, and nothing that `check` refuses."""
    doc = body.Doc(content=tuple(draw(st.lists(BLOCKS, max_size=6))))
    doc = body.with_ids(doc, seed=draw(IDS))
    try:
        body.check(doc)
    except body.BodyError:
        return body.Doc()
    return doc
