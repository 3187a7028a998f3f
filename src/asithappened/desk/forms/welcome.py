"""The forms of the first steps: about oneself, the first live blog, the first colleague.

Owns what they leave out of the forms that they are made of, which the settings have later.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from asithappened.desk.forms.blog import Opening
from asithappened.desk.forms.people import Inviting


class FirstBlog(Opening):
    """A live blog that is not there yet, in as few fields as will do."""

    standfirst = None  # type: ignore[assignment]
    tags = None  # type: ignore[assignment]

    def clean_standfirst(self) -> str:
        """None is asked for."""
        return ""


class FirstColleague(Inviting):
    """A new member of a live blog."""

    field_order = ("email", "byline", "role", "blog", "user")

    def __init__(self, *args: Any, blogs: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer these live blogs, by their addresses."""
        super().__init__(*args, **kwargs)
        self.fields["blog"] = forms.ChoiceField(label=_("On"), choices=blogs)
        self.order_fields(self.field_order)
