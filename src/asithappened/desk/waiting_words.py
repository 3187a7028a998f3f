"""Which files of media are mentioned by what nobody has published yet: drafts, what was handed in or scheduled, and
people's own profiles.

Owns looking there. Media asks before it lets go of a file; it knows nothing of the desk's tables.
"""

from collections.abc import Collection, Iterator

from asithappened.desk.drafts.models import Draft
from asithappened.desk.models import Profile, Scheduled, Submission
from asithappened.media.models import MediaUse


def mentioned(ids: Collection[str]) -> set[str]:
    """Return those of these ids that profiles have, or that such words mention where the files may be used."""
    blogs = set(MediaUse.objects.filter(media__in=list(ids)).values_list("blog", flat=True))
    wanted = {id_.encode(): id_ for id_ in ids}
    found = set(Profile.objects.filter(picture__in=list(ids)).values_list("picture", flat=True))
    for words in _words(blogs):
        found |= {wanted[raw] for raw in wanted if raw in words}
    return found


def _words(blogs: set[int]) -> Iterator[bytes]:
    for kept in Draft.objects.filter(blog__in=blogs).values_list("words", flat=True).iterator():
        yield kept.encode()
    for table in (Submission, Scheduled):
        for draft in table.objects.filter(blog__in=blogs).values_list("draft", flat=True).iterator():
            yield bytes(draft)
