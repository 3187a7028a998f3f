"""The forms of the first steps: about oneself, the first live blog, the first colleague.

Owns which fields of the full forms they leave out; the settings have all of them later.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asithappened.desk.forms.blog import Opening
from asithappened.desk.forms.people import Inviting


class FirstBlog(Opening):
    """Opening a live blog, in as few fields as possible."""

    standfirst = None  # type: ignore[assignment]
    tags = None  # type: ignore[assignment]

    def clean_standfirst(self) -> str:
        """Return "": the first live blog is not asked for a standfirst."""
        return ""


class FirstColleague(Inviting):
    """A new member of a live blog."""

    field_order = ("email", "byline", "role", "blog", "user")

    def __init__(self, *args: Any, blogs: list[tuple[str, str]], **kwargs: Any) -> None:
        """`blogs`: the live blogs to choose from, by their addresses."""
        super().__init__(*args, **kwargs)
        self.fields["blog"] = forms.ChoiceField(label=_("On"), choices=blogs)
        self.order_fields(self.field_order)
