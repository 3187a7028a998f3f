"""The numbers of the pages that posts are on: `read.Library.page_of` for Django, and for many posts at once.

Look next: delivery/compose.py, which links to that page from a post's own.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from asithappened.published.write import Order


def pages_of(posts: Sequence[tuple[int, Order]]) -> list[int]:
    """Return for each post, by its blog and order, the number of its older page; 0 if it is on the main page."""
    if not posts:
        return []
    below = "(SELECT COALESCE(MAX(number), 0) FROM published_page WHERE blog = %s AND (position, first_seq) < (%s, %s))"
    newest = "(SELECT COALESCE(MAX(number), 0) FROM published_page WHERE blog = %s)"
    query, values = " UNION ALL ".join([f"SELECT %s, {below}, {newest}"] * len(posts)), list[Any]()
    for number, (blog, order) in enumerate(posts):
        values += [number, blog, *order, blog]
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return [under + 1 if under < last else 0 for _, under, last in sorted(cursor.fetchall())]
