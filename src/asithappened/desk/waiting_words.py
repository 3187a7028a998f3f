"""Which media files unpublished words mention: drafts, submissions, scheduled posts, and people's own profiles.

Media asks here before it deletes a file, because it knows nothing of the desk's tables.
"""

from collections.abc import Collection, Iterator

from asithappened.desk.drafts.models import Draft
from asithappened.desk.models import Profile, Scheduled, Submission
from asithappened.media.models import MediaUse


def mentioned(ids: Collection[str]) -> set[str]:
    """Return those of these ids that a profile has, or that such words mention in a live blog that may use the file."""
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
