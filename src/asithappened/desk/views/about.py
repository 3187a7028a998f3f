"""A live blog's settings: what it is about, its address, its audience, who covers it, what belongs to it.

Owns one page of several forms. `do` names the form that was sent; only that form is read, and the others are shown
again unchanged.
"""

from functools import partial
from typing import Any

from django.conf import settings as installation
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asithappened.accounts.gate import Verb
from asithappened.core.events import Alerting, Audience
from asithappened.core.state import BlogState
from asithappened.desk import actions, embed_code
from asithappened.desk.actions import alerting, contributions, holds
from asithappened.desk.forms import blog as forms
from asithappened.desk.forms.holding import Holding
from asithappened.desk.forms.reading import Fields
from asithappened.desk.forms.related import RelatedForm
from asithappened.desk.views import receipts
from asithappened.desk.views.asking import asker, grant_for, page, suggestions
from asithappened.desk.views.flow import flow, post_only
from asithappened.desk.views.screen import Button, Done, Screen
from asithappened.search.related import consume as suggested

_MOVED = gettext_lazy(
    "Somebody else changed this while you were at it. What it says now stands under “As it is now”; what you typed is "
    "still in the fields. Saving again puts yours in its place."
)


@flow
def settings(request: HttpRequest, slug: str) -> Screen:
    """Show and change a live blog's settings."""
    grant, by = grant_for(request, slug, to=Verb.DESCRIBE), asker(request)
    blog = grant.state

    def done(receipt: actions.Receipt, said: str) -> Done:
        return Done(said=said, to=reverse("desk:settings", args=[receipt.slug]), receipt=receipts.of_blog(receipt))

    def describe(typed: dict[str, Any]) -> Done:
        receipt = actions.describe_blog(grant.id, by=by, **typed)
        return done(receipt, _("Saved: headline, standfirst, tags, language and zone. Readers have them."))

    def rename(typed: dict[str, Any]) -> Done:
        receipt = actions.rename_blog(grant.id, by=by, slug=typed["slug"])
        return done(receipt, _("Saved: the new address. The former one leads on to it."))

    def set_audience(typed: dict[str, Any]) -> Done:
        receipt = actions.set_audience(grant.id, by=by, audience=Audience(typed["audience"]))
        return done(receipt, _("Saved: who may read it."))

    def comes_on(typed: dict[str, Any]) -> Done:
        receipt = actions.contributor_on(grant.id, by=by, name=typed["name"])
        return done(receipt, _("{name} is on. Readers see it.").format(name=typed["name"]))

    def relate(typed: dict[str, Any]) -> Done:
        receipt = actions.set_related(grant.id, by=by, **typed)
        return done(receipt, _("Saved: related coverage. Readers have it."))

    def suggest(typed: dict[str, Any]) -> Done:
        actions.set_suggested(grant.id, by=by, wanted=typed["wanted"])
        said = _("Saved: whether related coverage stands there by itself.")
        return Done(said=said, to=reverse("desk:settings", args=[blog.slug]))

    def embed(typed: dict[str, Any]) -> Done:
        receipt = actions.set_embedders(grant.id, by=by, origins=typed["origins"])
        return done(receipt, _("Saved: which sites may show it in a frame. Pages that are asked for from now on obey."))

    def hold(typed: dict[str, Any]) -> Done:
        actions.set_hold(grant.id, by=by, seconds=typed["seconds"])
        return Done(said=_("Saved: for how long posts are held."), to=reverse("desk:settings", args=[blog.slug]))

    def take_contributions(typed: dict[str, Any]) -> Done:
        receipt = contributions.set_contributions(grant.id, by=by, open_=typed["open"])
        return done(receipt, _("Saved: whether readers may write."))

    def alert_readers(typed: dict[str, Any]) -> Done:
        receipt = alerting.set_alerts(grant.id, by=by, mode=Alerting(typed["mode"]))
        return done(receipt, _("Saved: whether readers may have alerts."))

    def show_video(typed: dict[str, Any]) -> Done:
        receipt = actions.set_live_video(grant.id, by=by, url=typed["url"])
        return done(
            receipt, _("Saved: the live video. Open pages have it.") if typed["url"] else _("No live video now.")
        )

    described = {name: getattr(blog, name) for name in forms.Described.base_fields}
    related = partial(RelatedForm, old=blog.related)
    buttons: dict[str, Button[Any]] = {
        "describe": Button(reads=_fields("describe", forms.Described, described, blog.seq), verb=describe),
        "rename": Button(reads=_fields("rename", forms.Renaming, {"slug": blog.slug}), verb=rename),
        "audience": Button(
            reads=_fields("audience", forms.AudienceForm, {"audience": blog.audience}), verb=set_audience
        ),
        "contributions": Button(
            reads=_fields("contributions", forms.Contributions, {"open": blog.contributions}), verb=take_contributions
        ),
        "alerts": Button(reads=_fields("alerts", forms.AlertsForm, {"mode": blog.alerts}), verb=alert_readers),
        "live_video": Button(
            reads=_fields("live_video", forms.LiveVideoForm, {"url": blog.live_video.url if blog.live_video else ""}),
            verb=show_video,
        ),
        "on": Button(reads=_fields("on", forms.Naming, {}), verb=comes_on),
        "hold": Button(reads=_fields("hold", Holding, {"seconds": holds.of_blog(grant.id)}), verb=hold),
        "embed": Button(reads=_fields("embed", forms.Embedding, {"origins": blog.embedders}), verb=embed),
        "suggest": Button(
            reads=_fields("suggest", forms.Suggesting, {"wanted": suggested.is_wanted(grant.id)}), verb=suggest
        ),
        "related": Button(reads=_fields("related", related, {"items": blog.related}, blog.seq), verb=relate),
    }
    return Screen(
        template="desk/settings.html",
        context=lambda: page(
            grant,
            **suggestions(),
            embedders=installation.EMBEDDERS,
            found=suggested.shown(grant.id),
            **_embed_code(blog),
        ),
        buttons=buttons,
        back=reverse("desk:settings", args=[blog.slug]),
        moved=str(_MOVED),
    )


def _embed_code(blog: BlogState) -> dict[str, str]:
    """Return what an editor copies into a page of another site."""
    address = installation.PUBLIC_URL
    return {
        "embed_tag": embed_code.tag(address, blog.slug, blog.title),
        "embed_frame": embed_code.frame(address, blog.slug, blog.title),
        "embed_fragment": f"{address}/live/{blog.slug}/fragment",
    }


def _fields(name: str, made: Any, initial: dict[str, Any], based_on: int | None = None) -> Fields:
    return Fields(made=made, name=name, prefix=name, initial=initial, based_on=based_on)


@post_only
def contributor(request: HttpRequest, slug: str) -> Screen:
    """Mark a contributor as on again, or as having handed over."""
    grant, by = grant_for(request, slug, to=Verb.DESCRIBE), asker(request)
    listed = reverse("desk:settings", args=[grant.state.slug])
    name = Fields(made=forms.Named, shown=False)

    def comes_on(typed: dict[str, Any]) -> Done:
        receipt = actions.contributor_on(grant.id, by=by, name=typed["name"])
        return Done(said=_("{name} is on.").format(**typed), to=listed, receipt=receipts.of_blog(receipt))

    def hands_over(typed: dict[str, Any]) -> Done:
        receipt = actions.contributor_off(grant.id, by=by, name=typed["name"])
        return Done(said=_("{name} has handed over.").format(**typed), to=listed, receipt=receipts.of_blog(receipt))

    buttons = {"on": Button(reads=name, verb=comes_on), "off": Button(reads=name, verb=hands_over)}
    return Screen(buttons=buttons, back=listed)
