"""What is being written is kept by the server: whole, its author's, overwritten by nobody, let go once it is out."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asithappened.accounts.models import Membership, Role, User
from asithappened.desk import actions
from asithappened.desk.actions import drafts, submissions
from asithappened.desk.drafts import keeping
from asithappened.desk.drafts.models import Draft
from asithappened.desk.drafts.models import Draft as Kept
from asithappened.desk.drafts.router import APART
from tests.desk.conftest import Blog, said
from tests.desk.test_in_json import ask, doc

Saving = Callable[..., tuple[int, dict[str, Any]]]

pytestmark = pytest.mark.django_db

HALF_A_LINK = {
    "type": "paragraph",
    "content": [{"type": "text", "text": "See", "marks": [{"type": "link", "attrs": {"href": "htt"}}]}],
}


@pytest.fixture
def saving(blog: Blog, browse: Callable[[User | None], Client]) -> Saving:
    """Return a function by which somebody's composer keeps a copy."""
    clients = {}

    def save(
        who: User,
        key: str = "k1",
        words: str = "Half a sent",
        *,
        writer: str = "tab-1",
        turn: int = 1,
        seen: int = 0,
        **more: Any,
    ) -> tuple[int, dict[str, Any]]:
        if who.pk not in clients:
            clients[who.pk] = browse(who)
        sent = {"do": "save", "author": who.pk, "once": key, "body": doc(words), "writer": writer, "turn": turn,
                "seen": seen, **more}  # fmt: skip
        return ask(clients[who.pk], f"{blog.path}drafts/", **sent)

    return save


def opened(client: Client, blog: Blog, **which: Any) -> tuple[int, dict[str, Any]]:
    """Return what is told of a draft that is opened."""
    return ask(client, f"{blog.path}drafts/", do="open", **which)


def codes(answered: tuple[int, dict[str, Any]]) -> tuple[int, list[str]]:
    """Return the status of a refusal, and why."""
    status, told = answered
    return status, [one["code"] for one in told["refused"]]


def copy(key: str = "k1", words: str = "Half a sent", **more: Any) -> keeping.Copy:
    """Return a copy as a composer sends it."""
    given = {"writer": "tab-1", "turn": 1, "seen": 0, **more}
    return keeping.Copy(key=key, words=keeping.Words(body=doc(words)), **given)


def words(kept: Kept) -> str:
    """Return the text of a kept draft of one paragraph."""
    return str(keeping.words_of(kept).body["content"][0]["content"][0]["text"])


def test_saving_writes_nothing_into_the_newsrooms_own_database(saving: Saving, editor: User) -> None:
    saving(editor)  # signs in
    with CaptureQueriesContext(connections["default"]) as asked:
        assert saving(editor, words="Half a sentence", turn=2, seen=1)[0] == 200
    if APART in connections:
        assert not [q for q in asked.captured_queries if not q["sql"].lstrip().upper().startswith("SELECT")]


def test_a_window_that_has_not_seen_the_newer_words_is_told_them_and_overwrites_nothing(
    saving: Saving, editor: User, browse: Callable[[User | None], Client], blog: Blog
) -> None:
    saving(editor)
    assert saving(editor, words="Theirs", writer="tab-2", turn=1, seen=1)[0] == 200
    status, told = saving(editor, words="Mine", turn=2, seen=1)
    assert (status, told["refused"][0]["code"]) == (409, "moved")
    assert told["now"]["form"]["body"] == doc("Theirs")
    assert saving(editor, words="Both", turn=3, seen=told["now"]["version"])[0] == 200
    assert opened(browse(editor), blog, once="k1")[1]["draft"]["form"]["body"] == doc("Both")


def test_an_answer_that_was_lost_keeps_nobody_from_going_on(saving: Saving, editor: User) -> None:
    saving(editor)
    saving(editor, words="Half a sentence", turn=2, seen=1)  # and nobody heard
    assert saving(editor, words="Half a sentence more", turn=3, seen=1)[0] == 200


def test_a_save_that_is_overtaken_on_its_way_changes_nothing(
    saving: Saving, editor: User, browse: Callable[[User | None], Client], blog: Blog
) -> None:
    saving(editor)
    saving(editor, words="The newest", turn=3, seen=1)
    assert saving(editor, words="Older", turn=2, seen=1)[0] == 200
    assert opened(browse(editor), blog, once="k1")[1]["draft"]["form"]["body"] == doc("The newest")


def test_nobodys_words_are_saved_as_who_is_signed_in_now(saving: Saving, editor: User, owner: User) -> None:
    assert codes(saving(editor, author=owner.pk)) == (409, ["another"])
    assert not Draft.objects.exists()


def test_a_contributor_finds_only_their_own_and_an_editor_all(
    saving: Saving, browse: Callable[[User | None], Client], editor: User, contributor: User, owner: User, blog: Blog
) -> None:
    saving(editor, words="The editor’s")
    saving(contributor, words="The contributor’s")
    theirs = Draft.objects.get(author=editor.pk).pk
    client = browse(contributor)
    assert opened(client, blog, draft=theirs)[0] == 404
    assert ask(client, f"{blog.path}drafts/", do="delete", draft=theirs)[0] == 404
    for path in ("drafts/", "tab/drafts/"):
        page = client.get(blog.path + path).content.decode()
        assert "The contributor’s" in page
        assert "The editor’s" not in page
        page = browse(owner).get(blog.path + path).content.decode()
        assert page.index("The contributor’s") < page.index("The editor’s")
        assert "Editor Person" in page


def test_another_persons_draft_is_opened_as_a_copy_without_the_key_that_would_publish_theirs(
    saving: Saving, browse: Callable[[User | None], Client], editor: User, contributor: User, blog: Blog
) -> None:
    saving(contributor, words="The contributor’s")
    number = Draft.objects.get().pk
    client = browse(editor)
    told = opened(client, blog, draft=number)[1]["draft"]
    assert told["form"]["body"] == doc("The contributor’s")
    assert "once" not in told
    assert codes(ask(client, f"{blog.path}drafts/", do="delete", draft=number)) == (403, ["forbidden"])
    page = client.post(f"{blog.path}drafts/", {"do": "open", "draft": number}).content.decode()
    assert re.search(r'<article class="post".*The contributor’s', page, re.DOTALL)


def test_a_draft_that_cannot_be_shown_yet_is_named_without_breaking_the_page(
    saving: Saving, browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    saving(editor, title="<b>Bold", body={"type": "doc", "content": [HALF_A_LINK, 7, {"content": {"text": 3}}]})
    page = browse(editor).post(f"{blog.path}drafts/", {"do": "open", "draft": Draft.objects.get().pk}).content.decode()
    assert "half-finished" in page
    assert "&lt;b&gt;Bold" in page
    assert "<b>Bold" not in page


@pytest.mark.parametrize(
    ("block", "called"),
    [
        ({"type": "image", "attrs": {"alt": "", "caption": "The sea wall"}}, "Picture “The sea wall”"),
        ({"type": "image", "attrs": {"src": "https://www.pictures.example/wall.jpg"}}, "Picture “pictures.example”"),
        ({"type": "image", "attrs": {"id": "file-0a"}}, "Picture"),
        ({"type": "video", "attrs": {"url": "https://films.example/1"}}, "Video “films.example”"),
        ({"type": "paragraph"}, ""),
    ],
    ids=["caption", "where it lies", "on its way", "film", "nothing"],
)
def test_what_has_no_words_is_called_by_what_stands_in_it(
    saving: Saving,
    browse: Callable[[User | None], Client],
    editor: User,
    blog: Blog,
    block: dict[str, dict[str, str] | str] | dict[str, str],
    called: str,
) -> None:
    status, told = saving(editor, body={"type": "doc", "content": [block]})
    assert (status, told["draft"]["words"]) == (200, called)
    for where in ("tab/drafts/", "drafts/"):
        assert (called or "No words yet") in browse(editor).get(blog.path + where).content.decode()


def test_another_live_blogs_drafts_are_not_there(
    saving: Saving, browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    saving(editor)
    neighbour = User.objects.create_user("neighbour@house.example", is_staff=True)
    actions.open_blog(by=neighbour, slug="neighbours", title="Next door")
    client, number = browse(neighbour), Draft.objects.get().pk
    for do in ("open", "delete"):
        assert ask(client, "/desk/live/neighbours/drafts/", do=do, draft=number)[0] == 404
    assert ask(client, "/desk/live/neighbours/drafts/", do="mine")[1]["drafts"] == []


def test_what_is_published_is_let_go_and_no_save_on_its_way_brings_it_back(
    saving: Saving, editor: User, blog: Blog
) -> None:
    saving(editor)
    actions.publish_post(blog.id, by=editor, draft=said("Half a sentence."), once="k1")
    assert keeping.opened(blog.id) == []
    assert codes(saving(editor, words="Half a sentence", turn=2, seen=1)) == (409, ["sent_before"])
    assert Draft.objects.get().words == ""


def test_a_first_save_that_arrives_after_the_post_is_out_is_let_go_at_once(
    saving: Saving, editor: User, contributor: User, blog: Blog
) -> None:
    actions.publish_post(blog.id, by=editor, draft=said("Half a sentence."), once="k1")
    submissions.submit(blog.id, by=contributor, draft=said("Mine."), once="k2")
    assert codes(saving(editor)) == (409, ["sent_before"])
    assert codes(saving(contributor, "k2")) == (409, ["sent_before"])
    assert keeping.opened(blog.id) == []


def test_what_is_handed_in_is_let_go(saving: Saving, contributor: User, blog: Blog) -> None:
    saving(contributor)
    submissions.submit(blog.id, by=contributor, draft=said("Half a sentence."), once="k1")
    assert keeping.opened(blog.id) == []


def test_an_edit_is_let_go_when_its_words_are_out_and_other_words_stay(
    saving: Saving, editor: User, owner: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("Was."), once="1")
    for who, key, text in ((editor, "k1", "Is."), (editor, "k2", "Another idea."), (owner, "k3", "Is.")):
        assert saving(who, key, text, of=post.id, based_on=post.last_seq)[0] == 200
    actions.revise_post(blog.id, by=editor, post=post.id, draft=said("Is."), based_on=post.last_seq)
    assert {kept.key for kept in keeping.opened(blog.id)} == {"k2", "k3"}


def test_who_may_not_edit_keeps_no_draft_of_an_edit(
    saving: Saving, contributor: User, editor: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("Was."), once="1")
    assert codes(saving(contributor, of=post.id)) == (403, ["forbidden"])
    assert codes(saving(editor, of="no-such-post")) == (404, ["not_found"])


def test_words_of_an_erased_post_stay_in_no_draft(saving: Saving, editor: User, owner: User, blog: Blog) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("The witness’s name."), once="1")
    saving(editor, of=post.id, based_on=post.last_seq, words="The witness’s name, again.")
    saving(owner, "k2", of=post.id, based_on=post.last_seq)
    saving(owner, "k3")
    actions.erase_post(blog.id, by=owner, post=post.id, reason="To protect a witness.")
    assert [kept.key for kept in Draft.objects.all()] == ["k3"]
    assert codes(saving(editor, of=post.id, turn=2, seen=1)) == (409, ["erased"])
    assert [kept.key for kept in Draft.objects.all()] == ["k3"]


def test_a_save_that_an_erasure_overtakes_is_gone_too(
    editor: User, owner: User, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("The witness’s name."), once="1")
    save = keeping.save

    def after_the_erasure(*args: Any) -> Any:
        actions.erase_post(blog.id, by=owner, post=post.id)
        return save(*args)

    monkeypatch.setattr(keeping, "save", after_the_erasure)
    with pytest.raises(actions.Refused):
        drafts.save_draft(blog.id, by=editor, copy=copy(of=post.id))
    assert not Draft.objects.exists()


def test_drafts_that_cannot_be_reached_break_no_publish_and_are_let_go_later(
    saving: Saving, editor: User, owner: User, blog: Blog
) -> None:
    edited = actions.publish_post(blog.id, by=editor, draft=said("Was."), once="1")
    erased = actions.publish_post(blog.id, by=editor, draft=said("Wrong."), once="2")
    saving(editor)
    saving(editor, "k2", "Is.", of=edited.id, based_on=edited.last_seq)
    saving(editor, "k3", of=erased.id, based_on=erased.last_seq)
    saving(editor, "k4", "Still being written.")

    def away(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("database is locked")

    with connections[APART].execute_wrapper(away):
        actions.publish_post(blog.id, by=editor, draft=said("Half a sentence."), once="k1")
        actions.revise_post(blog.id, by=editor, post=edited.id, draft=said("Is."), based_on=edited.last_seq)
        actions.erase_post(blog.id, by=owner, post=erased.id)
    connections[APART].set_rollback(False)  # of the test's own transaction
    assert len(keeping.opened(blog.id)) == 4
    drafts.tidy()
    assert [kept.key for kept in keeping.opened(blog.id)] == ["k4"]


def test_words_typed_after_the_post_was_out_are_not_tidied_away(editor: User, blog: Blog) -> None:
    actions.publish_post(blog.id, by=editor, draft=said("Half a sentence."), once="k1")
    keeping.save(blog.id, editor.pk, copy(words="Half a sentence, and one more."))
    drafts.tidy()
    assert [kept.key for kept in keeping.opened(blog.id)] == ["k1"]


def test_nothing_is_deleted_for_its_age_but_named_and_then_an_owner_may_throw_it_away(
    saving: Saving, browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog
) -> None:
    saving(editor)
    long_ago = datetime.now(UTC) - keeping.UNTOUCHED - timedelta(days=1)
    number = Draft.objects.get().pk
    assert "Throw away" not in browse(owner).get(f"{blog.path}drafts/").content.decode()
    Draft.objects.update(saved_at=long_ago)
    drafts.tidy()
    page = browse(owner).get(f"{blog.path}drafts/").content.decode()
    assert "untouched for over 60 days" in page
    assert "Throw away" in page
    assert ask(browse(owner), f"{blog.path}drafts/", do="delete", draft=number)[0] == 200
    assert keeping.opened(blog.id) == []


def test_what_is_thrown_away_in_one_window_is_not_saved_again_by_another(
    saving: Saving, browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    saving(editor)
    assert ask(browse(editor), f"{blog.path}drafts/", do="delete", once="k1")[0] == 200
    assert codes(saving(editor, turn=2, seen=1)) == (409, ["sent_before"])
    Draft.objects.update(saved_at=datetime.now(UTC) - keeping.FORGET_SENT - timedelta(hours=1))
    drafts.tidy()
    assert not Draft.objects.exists()


def test_a_tab_counts_what_its_person_sees(
    saving: Saving, editor: User, contributor: User, blog: Blog, browse: Callable[[User | None], Client]
) -> None:
    saving(editor)
    saving(contributor)
    second = User.objects.create_user("second@house.example")
    Membership.objects.create(blog_id=blog.id, user=second, role=Role.CONTRIBUTOR)
    assert keeping.count(blog.id) == 2
    assert keeping.count(blog.id, author=second.pk) == 0
    assert ask(browse(contributor), f"{blog.path}drafts/", do="mine")[1]["author"] == contributor.pk
