"""All that readers may have of a blog, as values that can be compared.

Owns `snapshot`, of the published tables.
"""

from typing import Final

from asithappened.published import models as published

PUBLISHED: Final = (
    published.PublishedBlog,
    published.Frame,
    published.Part,
    published.PublishedPost,
    published.PublishedRow,
    published.Annotation,
    published.Page,
)


def snapshot(blog: int) -> dict[str, list[dict[str, object]]]:
    """Return the published tables of a blog without their counters, which a rebuild must reproduce."""
    counters = {"id", "generation", "render", "floor"}
    tables = {}
    for table in (*PUBLISHED, published.PublishedSlug):
        rows = table.objects.filter(**{"pk" if table is published.PublishedBlog else "blog": blog})
        # When a part or what is said of a post last changed: after a rebuild, at the head.
        drop = counters | {"annotated_seq"} | ({"seq"} if table is published.Part else set())
        plain = [
            {k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items() if k not in drop}
            for row in rows.values()
        ]
        tables[table.__name__] = sorted(plain, key=lambda row: repr(sorted(row.items())))
    return tables
