"""The headline of a live blog as readers see it.

A closed blog's headline gets the ending "– as it happened", unless it has it already.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from asithappened.core.state import BlogState, Status
from asithappened.render.edition import edition_of


def headline(blog: BlogState) -> str:
    """Return the headline, of a closed blog with "– as it happened". Call inside `edition.speaking()`.

    If the interface has no translation for the blog's language, it stays unchanged, because a headline, also in titles,
    cards and structured data, must be in one language. The badge says that the blog is closed.
    """
    if blog.status is not Status.CLOSED or edition_of(blog).foreign:
        return blog.title
    phrase = pgettext("after the headline of a closed live blog", "as it happened")
    said = blog.title.casefold()
    if phrase.casefold() in said or "as it happened" in said:
        return blog.title
    return _("%(headline)s – %(as_it_happened)s") % {"headline": blog.title, "as_it_happened": phrase}
