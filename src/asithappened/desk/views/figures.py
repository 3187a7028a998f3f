"""The figures of a post, changed without the rest of it: results as they come in.

Owns the page of figures, which the screen opens in a sheet by one key. Changing them is a minor edit: no "Updated"
mark, no new entry. Look next: `forms.figures`; `posts.edit` for everything else of a post.
"""

from functools import partial
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from msgspec.structs import replace

from asithappened.accounts.gate import Verb
from asithappened.core import body
from asithappened.desk import actions
from asithappened.desk.draft import draft_of
from asithappened.desk.forms.figures import Figures, figures_of, with_figures
from asithappened.desk.forms.reading import Fields, Problem
from asithappened.desk.views import receipts
from asithappened.desk.views.asking import asker, called, grant_for, page
from asithappened.desk.views.flow import flow
from asithappened.desk.views.posts import at, words_at
from asithappened.desk.views.screen import Button, Done, Explanation, Screen
from asithappened.log import read
from asithappened.polls import counting

_TOLD: Final = 6  # differences that a refusal names; for more, the person has to look at the post


@flow
def figures(request: HttpRequest, slug: str, post: str) -> Screen:
    """Show the figures of a post, or publish new ones."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    now = read.post(grant.id, post)
    if now is None or not now.visible:
        raise Http404

    def publish(typed: dict[str, Any]) -> Done:
        seen = typed.pop("based_on") or 0
        # Somebody else's edit of the words is no conflict; only an edit of the figures is.
        same = seen < now.last_seq and figures_of(words_at(grant, now, seen).body) == figures_of(now.body)
        words = draft_of(now)
        saved = actions.revise_post(
            grant.id,
            by=by,
            post=post,
            draft=replace(words, body=with_figures(words.body, typed, partial(_votes, grant.id, post))),
            based_on=now.last_seq if same else seen,
            minor=True,
        )
        receipt = receipts.of_words(grant.id, saved, "revise_post")
        return Done(said=_("Saved. Readers have the figures."), to=at(grant, post), receipt=receipt)

    def explain(error: Exception, typed: dict[str, Any]) -> Explanation | None:
        if not isinstance(error, actions.Moved):
            return None
        stands = read.post(grant.id, post)
        other = _other(typed, stands.body if stands else now.body)
        said = _("Somebody else changed these figures meanwhile. Yours are not saved yet.")
        if other:
            said += " " + _("Where yours differ, there stands now: {figures}.").format(figures="; ".join(other))
        return Explanation(problem=Problem(code="moved", message=said))

    fields = Fields(made=partial(Figures, doc=now.body, votes=partial(_votes, grant.id, post)), based_on=now.last_seq)
    return Screen(
        template="desk/figures.html",
        context=lambda: page(grant, post=now, called=called(grant, now)),
        buttons={"publish": Button(reads=fields, verb=publish, explain=explain)},
        default="publish",
        back=at(grant, post),
    )


def _votes(blog: int, post: str, poll: str) -> dict[str, int]:
    return counting.votes(blog, post=post, poll=poll)


def _other(typed: dict[str, Any], doc: body.Doc) -> list[str]:
    """Return the fields in which the post now differs from what was typed, with what it says."""
    form, stands = Figures(doc=doc), figures_of(doc)
    differing = [name for name, value in stands.items() if name in typed and typed[name] not in ("", value)]
    return [f"{form.fields[name].label} {stands[name]}" for name in differing[:_TOLD]]
