"""Asking the system to begin writing a file to disk before anything waits for that.

Owns the one hint by which it does. Files that are begun together are written together, and the first sync of them waits
for little more than the last: each by itself would hold up a publish's own.
"""

import os


def begin(descriptor: int, at: int = 0, count: int = 0) -> None:
    """Begin to write out a file from an offset, and return at once. `count`: bytes, 0 for all."""
    # Linux begins to write what it is told that nobody needs in memory, and lets go of none of it before that is done.
    # Elsewhere there is no such hint, and syncs take as long as they do.
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, at, count, os.POSIX_FADV_DONTNEED)
