"""The headline of a live blog as readers see it.

Owns "– as it happened", which a closed blog's headline ends with unless it says so already.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asithappened.core.state import BlogState, Status
from asithappened.render.edition import edition_of


def headline(blog: BlogState) -> str:
    """Return the headline, of a closed blog with "– as it happened". Call inside `edition.speaking()`.

    In a language that the interface does not speak it stays as the newsroom wrote it: a headline is one text in one
    language, in titles, cards and structured data as well. The badge says that the blog is closed.
    """
    if blog.status is not Status.CLOSED or edition_of(blog).foreign:
        return blog.title
    phrase = pgettext("after the headline of a closed live blog", "as it happened")
    said = blog.title.casefold()
    if phrase.casefold() in said or "as it happened" in said:
        return blog.title
    return _("%(headline)s – %(as_it_happened)s") % {"headline": blog.title, "as_it_happened": phrase}
