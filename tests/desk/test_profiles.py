"""Profiles: what readers are told of somebody, by whom, on which live blogs, and what becomes of the picture."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from asithappened.accounts.models import Membership, Role, User
from asithappened.core import body
from asithappened.core import events as e
from asithappened.core.state import Contributor
from asithappened.desk import actions, waiting_words
from asithappened.desk.actions import Refused, profiles
from asithappened.desk.actions.carry_out import carry_out
from asithappened.desk.models import Act, Profile
from asithappened.desk.score import score
from asithappened.log import follow, read
from asithappened.media import consume
from asithappened.media.deletion import let_go
from asithappened.media.models import Media, MediaUse
from asithappened.published.models import Part, PublishedPost
from tests.desk.conftest import Blog, said
from tests.media.brought import picture as brought
from tests.media.brought import shown

pytestmark = pytest.mark.django_db(databases="__all__")
ME = "/desk/me/"
URL = "https://courier.example/people/olu"
WRITTEN = {"do": "profile", "byline": "Olu Owner", "role": "Live editor", "url": URL}


def photo(colour: str = "red", side: int = 300) -> bytes:
    """Return a picture as a browser's script sends it."""
    made = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(made, "JPEG")
    return made.getvalue()


def sent(content: bytes, name: str = "me.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def part(blog: Blog, name: str) -> str:
    """Return a part of a live blog's page."""
    return bytes(Part.objects.get(blog=blog.id, name=name).data).decode()


def told(blog: Blog, name: str = "Olu Owner") -> Contributor:
    """Return what readers are told of somebody."""
    return next(one for one in blog.state.contributors if one.name == name)


@pytest.fixture
def on(blog: Blog, owner: User) -> Blog:
    """Return the live blog, which names its owner as on."""
    actions.contributor_on(blog.id, by=owner, name="Olu Owner")
    return blog


def test_a_profile_goes_to_the_readers_of_live_blogs_that_name_its_person_as_on(
    on: Blog, browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    other = actions.open_blog(by=owner, slug="other", title="Another day").blog
    actions.contributor_on(other, by=owner, name="Somebody Else")
    page = browse(owner).post(ME, {**WRITTEN, "photo": sent(photo())}, follow=True).content.decode()
    assert "Saved. Readers of 1 live blog have it." in page
    assert 'src="/desk/me/picture/"' in page
    one = told(on)
    assert (one.role, one.url, one.picture.width, one.picture.height) == ("Live editor", URL, 300, 300)
    html = part(on, "contributors")
    assert '<a href="/authors/olu-owner/" rel="author"><bdi>Olu Owner</bdi></a>' in html
    assert f"/live/storm/people/{one.picture.media}/{one.picture.digest[:8]}/300.webp" in html
    assert part(on, "portraits") == f"{one.picture.media}/{one.picture.digest[:8]}"
    assert not any(one.described for one in read.blog(other).contributors)
    assert Act.objects.filter(blog_id=on.id, verb="describe_contributor", about="Olu Owner").count() == 1


def test_a_profile_holds_no_account_and_the_log_says_no_more_than_readers_see(
    on: Blog, browse: Callable[[User | None], Client], owner: User
) -> None:
    browse(owner).post(ME, WRITTEN)
    fact = list(read.facts(on.id))[-1]
    assert fact.event == e.ContributorDescribed(name="Olu Owner", role="Live editor", url=URL)
    assert owner.email not in part(on, "contributors")


def test_posts_from_then_on_say_it_and_those_before_stay_as_they_are(
    on: Blog, browse: Callable[[User | None], Client], owner: User
) -> None:
    draft = said("Words.")
    mine = type(draft)(title="", body=draft.body, kind=draft.kind, bylines=("Olu Owner",))
    before = actions.publish_post(on.id, by=owner, draft=mine, once="1")
    bytes_before = bytes(PublishedPost.objects.get(blog=on.id, post=before.id).fragment)
    browse(owner).post(ME, WRITTEN)
    more = type(draft)(body=said("More words.").body, bylines=mine.bylines)
    after = actions.publish_post(on.id, by=owner, draft=more, once="2")
    assert after.signed == (e.Signature(name="Olu Owner", role="Live editor", url=URL),)
    assert bytes(PublishedPost.objects.get(blog=on.id, post=before.id).fragment) == bytes_before
    assert b"Live editor" in bytes(PublishedPost.objects.get(blog=on.id, post=after.id).fragment)
    shown = browse(owner).post(f"{on.path}write/", {"do": "preview", "text": "Seen first", "bylines": "Olu Owner"})
    assert "Live editor" in shown.content.decode()


def test_the_same_again_is_no_second_fact(on: Blog, browse: Callable[[User | None], Client], owner: User) -> None:
    browse(owner).post(ME, WRITTEN)
    head = on.state.seq
    page = browse(owner).post(ME, WRITTEN, follow=True).content.decode()
    assert "Readers of 1 live blog have it." in page
    assert on.state.seq == head


def test_nobody_takes_another_persons_place_by_taking_their_name(
    on: Blog, browse: Callable[[User | None], Client], owner: User, contributor: User, editor: User
) -> None:
    browse(owner).post(ME, WRITTEN)
    browse(contributor).post(ME, {**WRITTEN, "role": "Impostor", "url": "https://evil.example/"})
    assert told(on).role == "Live editor"
    actions.contributor_off(on.id, by=editor, name="Olu Owner")
    actions.contributor_on(on.id, by=editor, name="Olu Owner")
    assert told(on).role == "Live editor"


def test_whoever_publishes_comes_on_with_their_profile_unless_two_have_the_name(
    blog: Blog, browse: Callable[[User | None], Client], owner: User, editor: User
) -> None:
    browse(editor).post(ME, {**WRITTEN, "byline": "Rae Reporter", "photo": sent(photo())})
    actions.contributor_on(blog.id, by=owner, name="Rae Reporter")
    assert (told(blog, "Rae Reporter").role, told(blog, "Rae Reporter").picture is not None) == ("Live editor", True)
    twin = User.objects.create_user("twin@house.example", byline="Sam Same")
    Membership.objects.create(blog_id=blog.id, user=twin, role=Role.EDITOR)
    for one in (editor, twin):
        profiles.set_own(by=one, byline="Sam Same", role="Which of us", url="", picture=None)
    actions.contributor_on(blog.id, by=owner, name="Sam Same")
    assert not told(blog, "Sam Same").described


def test_without_a_picture_readers_have_none_and_the_file_goes(
    on: Blog, browse: Callable[[User | None], Client], owner: User
) -> None:
    browse(owner).post(ME, {**WRITTEN, "photo": sent(photo())})
    medium = told(on).picture.media
    follow.catch_up(consume)
    assert let_go([medium], waiting_words.mentioned) == []
    browse(owner).post(ME, {**WRITTEN, "no_photo": "on"})
    assert (told(on).picture, part(on, "portraits")) == (None, "")
    follow.catch_up(consume)
    assert let_go([medium], waiting_words.mentioned) == [medium]
    assert Profile.objects.get(user=owner).picture is None
    assert not Media.objects.filter(pk=medium).exists()


def test_a_picture_in_a_profile_is_kept_though_no_live_blog_shows_it(
    browse: Callable[[User | None], Client], owner: User
) -> None:
    browse(owner).post(ME, {**WRITTEN, "photo": sent(photo())})
    medium = Profile.objects.get(user=owner).picture_id
    assert medium is not None
    follow.catch_up(consume)
    assert let_go([medium], waiting_words.mentioned) == []


def test_readers_are_shown_only_what_was_brought_into_their_live_blog(on: Blog, owner: User, tmp_path: Path) -> None:
    other = actions.open_blog(by=owner, slug="other", title="Another day").blog
    strange = brought(other, owner, tmp_path)
    assert isinstance(strange, Media)
    MediaUse.objects.filter(blog_id=on.id).delete()
    portrait = e.Portrait(media=strange.pk, digest=strange.digest, width=strange.width, height=strange.height)
    with pytest.raises(Refused) as refused:
        carry_out(on.id, [e.ContributorDescribed(name="Olu Owner", picture=portrait)], by=owner, to=None, name="x")
    assert refused.value.refusal.code == "no_such_media"
    assert told(on).picture is None


def test_tomorrows_readers_know_who_is_on_and_see_the_pictures_of_what_is_pinned(
    on: Blog, browse: Callable[[User | None], Client], owner: User, tmp_path: Path
) -> None:
    browse(owner).post(ME, {**WRITTEN, "photo": sent(photo())})
    row = brought(on.id, owner, tmp_path)
    draft = said("With a picture.")
    seen = type(draft)(body=body.Doc(content=(*draft.body.content, shown(row))), bylines=("Olu Owner",))
    post = actions.publish_post(on.id, by=owner, draft=seen, once="1", pin=True)
    actions.open_tomorrow(on.id, by=owner, slug="storm-2", title="Day two")
    there = read.blog_id("storm-2")
    assert there is not None
    assert read.blog(there).contributors == on.state.contributors
    assert read.post(there, post.id).signed == post.signed != ()
    assert MediaUse.objects.filter(blog_id=there, media=row).exists()


def test_a_replay_says_what_somebody_was_and_shows_nobody(
    on: Blog, browse: Callable[[User | None], Client], owner: User
) -> None:
    browse(owner).post(ME, {**WRITTEN, "photo": sent(photo())})
    notes = score(list(read.facts(on.id)))
    events = [event for note in notes for event in note.events if isinstance(event, e.ContributorDescribed)]
    assert events == [e.ContributorDescribed(name="Olu Owner", role="Live editor", url=URL)]
