"""The tab about the live blog: who is on, the live blogs of the days before and after, and the latest acts.

Owns what the tab shows. Look next: `about`, whose forms change it.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.desk.models import Act
from asithappened.desk.tabs import Tab

_ACTS: Final = 8


def _shown(grant: Grant, user: User) -> Mapping[str, Any]:
    acts = Act.objects.filter(blog_id=grant.id).select_related("user").order_by("-at", "-pk")
    return {"acts": acts[:_ACTS] if grant.may(Verb.PUBLISH) else []}


TAB: Final = Tab(
    name="about",
    label=gettext_lazy("About"),
    key="a",
    may=Verb.READ_DESK,
    waiting=lambda grant, user: None,
    template="desk/tabs/about.html",
    context=_shown,
)
