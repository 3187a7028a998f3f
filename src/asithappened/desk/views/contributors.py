"""The page on which an editor changes what a live blog's readers are told of one contributor."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Grant, Verb
from asithappened.core import media
from asithappened.core.state import Contributor
from asithappened.desk.actions import profiles
from asithappened.desk.forms.profile import Told
from asithappened.desk.forms.reading import Fields
from asithappened.desk.views import receipts
from asithappened.desk.views.asking import asker, grant_for, page
from asithappened.desk.views.flow import flow
from asithappened.desk.views.screen import Button, Done, Screen
from asithappened.media.models import Media


@flow
def told_of(request: HttpRequest, slug: str) -> Screen:
    """Show and change the description of a contributor, who is named in the address: `?name=`, as printed."""
    grant, by = grant_for(request, slug, to=Verb.DESCRIBE), asker(request)
    one = _named(grant, request.GET.get("name", ""))
    says = None if one.described else profiles.known_as(grant.id, one.name)
    shown = says.picture if says is not None else _media(one)
    settings = reverse("desk:settings", args=[grant.state.slug])

    def tell(typed: dict[str, Any]) -> Done:
        picture = None if typed.get("no_photo") else shown
        if typed["photo"]:
            picture = profiles.take_picture(typed["photo"])
        receipt = profiles.describe(
            grant.id, by=by, name=one.name, role=typed["role"], url=typed["url"], picture=picture
        )
        said = _("Saved: what readers are told of {name}.").format(name=one.name)
        return Done(said=said, to=f"{settings}#contributors", receipt=receipts.of_blog(receipt))

    begins = {"role": says.role, "url": says.url} if says is not None else {"role": one.role, "url": one.url}
    made = partial(Told, pictured=shown is not None)
    return Screen(
        template="desk/contributor.html",
        context=lambda: page(grant, one=one, says=says, picture=_address(grant, shown)),
        buttons={"profile": Button(reads=Fields(made=made, name="profile", initial=begins), verb=tell)},
        back=f"{reverse('desk:told_of', args=[grant.state.slug])}?{urlencode({'name': one.name})}",
    )


def _named(grant: Grant, name: str) -> Contributor:
    found = next((one for one in grant.state.contributors if one.name == name), None)
    if found is None:
        raise Http404
    return found


def _media(one: Contributor) -> Media | None:
    return Media.objects.filter(pk=one.picture.media, state=Media.State.READY).first() if one.picture else None


def _address(grant: Grant, shown: Media | None) -> str:
    if shown is None:
        return ""
    smallest = media.file_name(media.widths(shown.width)[0], "webp")
    return reverse("desk:media_file", args=[grant.state.slug, shown.pk, smallest])
