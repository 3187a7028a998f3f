"""A file brought into a live blog, from its first piece to a post that may show it: by the desk's own addresses."""

import base64
import hashlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.events import Audience
from asithappened.desk import actions
from asithappened.desk.draft import Draft
from asithappened.jobs import running
from asithappened.jobs.models import Job
from asithappened.media import arrivals, ingest
from asithappened.media.models import Media, MediaUse
from tests.answered import Answer
from tests.desk.conftest import Blog
from tests.media.brought import picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Have files lie in a folder of the test's own."""
    settings.MEDIA_FOLDER = media = tmp_path / "media"
    return media


TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


def begin(
    client: Client,
    length: int | str,
    *,
    slug: str = "storm",
    name: str = "wall.jpg",
    kind: str = "image/jpeg",
    **headers: str,
) -> Answer:
    """Begin to send a file."""
    said = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in (("filename", name), ("filetype", kind)))
    given = {**TUS, "Upload-Length": str(length), "Upload-Metadata": said} | headers
    return client.post(f"/desk/live/{slug}/media/", headers=given)


def send(client: Client, place: str, offset: int, piece: bytes, **headers: str) -> Answer:
    """Send a piece."""
    given = {**TUS, "Upload-Offset": str(offset)} | headers
    return client.patch(place, piece, content_type=PIECE, headers=given)


def sent(client: Client, content: bytes, **more: Any) -> str:
    """Send a whole file in two pieces, and return where it is."""
    place = begin(client, len(content), **more)["Location"]
    half = len(content) // 2
    assert send(client, place, 0, content[:half])["Upload-Offset"] == str(half)
    assert send(client, place, half, content[half:]).status_code == 204
    return place


def told(client: Client, place: str) -> Any:
    """Ask about a file."""
    answer = client.get(place, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return answer.json()["media"]


def test_a_file_sent_in_pieces_waits_to_be_looked_at(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    place = begin(client, 8)["Location"]
    assert told(client, place) | {"name": "wall.jpg", "state": "uploading", "offset": 0, "length": 8} == told(
        client, place
    )
    send(client, place, 0, b"abcd")
    asked = client.head(place, headers=TUS)
    assert (asked["Upload-Offset"], asked["Upload-Length"], asked["Cache-Control"]) == ("4", "8", "no-store")
    assert not Media.objects.exists()
    send(client, place, 4, b"efgh")
    row = Media.objects.get()
    assert row.digest == hashlib.sha256(b"abcdefgh").hexdigest()
    assert Job.objects.get().kind == "media.take_in"
    assert told(client, place) | {"id": row.pk, "state": "waiting", "attrs": {}} == told(client, place)
    assert client.head(place, headers=TUS)["Upload-Offset"] == "8"


def test_a_file_whose_last_answer_was_lost_is_settled_by_whoever_asks(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    place = begin(client, 4)["Location"]
    upload = arrivals.incoming().find(place.split("/")[-2])
    assert upload is not None
    arrivals.incoming().append(upload, 0, b"abcd")  # and the process was killed before it said so
    assert client.head(place, headers=TUS)["Upload-Offset"] == "4"
    assert Media.objects.get().state == "waiting"
    assert told(client, place)["state"] == "waiting"
    assert Job.objects.count() == 1


def test_the_same_bytes_are_one_file_and_are_there_at_once(
    browse: Callable[[User | None], Client], editor: User, contributor: User, blog: Blog, owner: User
) -> None:
    actions.open_blog(by=owner, slug="other", title="Another", audience=Audience.EVERYONE)
    sent(browse(contributor), b"the same bytes")
    Media.objects.update(state="ready", kind="picture", width=10, height=10)
    place = sent(browse(owner), b"the same bytes", slug="other")
    assert told(browse(owner), place)["state"] == "ready"
    assert Media.objects.count() == 1
    assert Job.objects.count() == 1
    assert set(MediaUse.objects.values_list("blog", "by")) == {
        (blog.id, contributor.pk), (MediaUse.objects.get(by=owner).blog_id, owner.pk)
    }  # fmt: skip


def test_what_was_refused_once_is_looked_at_again(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    place = sent(browse(editor), b"a strange file")
    Media.objects.update(
        state="refused", refusal={"code": "other", "says": "This is a {what} file.", "values": {"what": "TIFF"}}
    )
    assert told(browse(editor), place)["refusal"] == "This is a TIFF file."
    sent(browse(editor), b"a strange file")
    assert Media.objects.get().state == "waiting"
    assert Job.objects.count() == 2


def test_what_is_not_as_the_protocol_says_takes_nothing(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    assert client.post("/desk/live/storm/media/").status_code == 412
    assert begin(client, "").status_code == begin(client, "-1").status_code == begin(client, "0").status_code == 400
    assert begin(client, 65 * 1024 * 1024).status_code == 413
    place = begin(client, 4)["Location"]
    behind = send(client, place, 2, b"cd")
    assert (behind.status_code, behind["Upload-Offset"]) == (409, "0")
    assert send(client, place, 0, b"abcde").status_code == 413
    assert client.patch(place, b"abcd", content_type=PIECE, headers=TUS).status_code == 415
    assert client.patch(place, b"abcd", headers={**TUS, "Upload-Offset": "0"}).status_code == 415
    wrong = {"Upload-Checksum": "sha256 " + base64.b64encode(hashlib.sha256(b"abce").digest()).decode()}
    assert send(client, place, 0, b"abcd", **wrong).status_code == 460
    for answer in (behind, begin(client, "")):
        assert answer.json()["refused"][0]["message"]
        assert answer["Tus-Resumable"] == "1.0.0"
    right = {"Upload-Checksum": "sha256 " + base64.b64encode(hashlib.sha256(b"abcd").digest()).decode()}
    assert send(client, place, 0, b"abcd", **right).status_code == 204
    assert send(client, place, 4, b"e").status_code == 409  # it has gone on


def test_a_file_is_not_sent_without_the_token_nor_by_who_is_signed_out(editor: User, blog: Blog) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    refused = begin(client, 4)
    assert (refused.status_code, refused.json()["refused"][0]["code"]) == (403, "stale")
    token = client.get("/desk/live/storm/write/", headers={"Accept": "application/json"}).json()["csrf"]
    place = begin(client, 4, **{"X-CSRFToken": token})["Location"]
    assert send(client, place, 0, b"abcd").status_code == 403
    assert send(client, place, 0, b"ab", **{"X-CSRFToken": token}).status_code == 204
    out = Client().head(place, headers=TUS)
    assert out.status_code == 403
    assert send(Client(), place, 2, b"cd").json()["refused"][0]["code"] == "signed_out"
    assert client.delete(place, headers={**TUS, "X-CSRFToken": token}).status_code == 204
    assert client.head(place, headers=TUS).status_code == 404


def test_an_upload_is_there_for_its_sender_alone_and_in_its_own_live_blog(
    browse: Callable[[User | None], Client], editor: User, contributor: User, owner: User, blog: Blog
) -> None:
    actions.open_blog(by=owner, slug="other", title="Another", audience=Audience.EVERYONE)
    place = begin(browse(owner), 4)["Location"]
    for client, path in ((browse(editor), place), (browse(owner), place.replace("storm", "other"))):
        assert client.head(path, headers=TUS).status_code == 404
        assert send(client, path, 0, b"abcd").status_code == 404
        assert client.delete(path, headers=TUS).status_code == 404
        assert client.get(path).status_code == 404
    assert send(browse(owner), place, 0, b"abcd").status_code == 204


def test_what_a_composer_is_told_is_what_a_post_says(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, tmp_path: Path
) -> None:
    found = {"caption": "A wall", "credit": "Ada", "terms": "Not before six", "headline": "Wall"}
    row = picture(blog.id, editor, tmp_path, found=found)
    said = told(browse(editor), f"/desk/live/storm/media/{row.pk}/")
    attrs = body.ImageAttrs(**said["attrs"])
    assert (attrs.media, attrs.digest, attrs.width, attrs.height) == (row.pk, row.digest, 1000, 500)
    assert (attrs.caption, attrs.credit, attrs.alt) == ("A wall", "Ada", ""), "a caption is no alternative text"
    assert said["found"] == found
    assert said["shown"] == f"/desk/live/storm/media/{row.pk}/640.webp"
    assert set(said["files"]) == {"320.webp", "640.webp", "960.webp", "1000.webp", "640.jpg", "1000.jpg"}


def photograph(**said: Any) -> bytes:
    """Return a small JPEG."""
    made = BytesIO()
    Image.effect_noise((700, 400), 60).convert("RGB").save(made, "JPEG", **said)
    return made.getvalue()


def work() -> None:
    """Do what the worker does with files that have come."""
    for job in Job.objects.filter(kind=ingest.TAKE_IN.name, state="waiting"):
        became = running.carry_out(job, ingest.TAKE_IN)
        Job.objects.filter(pk=job.pk).update(state=became)


def test_a_photograph_is_ready_in_all_its_sizes_and_can_be_published(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, folder: Path
) -> None:
    client, content = browse(editor), photograph()
    place = sent(client, content)
    work()
    said = told(client, place)
    assert (said["state"], said["kind"], said["refusal"]) == ("ready", "picture", "")
    assert (said["attrs"]["width"], said["attrs"]["height"]) == (700, 400)
    assert set(said["files"]) == {"320.webp", "640.webp", "700.webp", "640.jpg", "700.jpg"}
    for path in (said["shown"], *said["files"].values()):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.content[:4] == (b"RIFF" if path.endswith("webp") else b"\xff\xd8\xff\xe0")
    assert (folder / said["id"][:2] / said["id"] / "original").read_bytes() == content
    image = body.Image(attrs=body.ImageAttrs(**said["attrs"], alt="Noise"))
    assert actions.publish_post(blog.id, by=editor, draft=draft(image), once="1").visible


def test_a_worker_that_was_killed_does_it_again_and_once_more_changes_nothing(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, folder: Path
) -> None:
    client = browse(editor)
    place = sent(client, photograph())
    work()
    was = told(client, place)
    Media.objects.update(state="waiting", kind="", width=0)  # its files were kept, and then it was killed
    Job.objects.update(state="waiting", attempts=1)
    work()
    assert told(client, place) == was
    Job.objects.update(state="waiting")
    work()
    assert told(client, place) == was
    assert not [path for path in (folder / "incoming").iterdir() if path.name.startswith(".sandbox")]


def test_what_is_refused_says_why_and_loses_its_bytes(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, folder: Path
) -> None:
    client = browse(editor)
    place = sent(client, b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    work()
    said = told(client, place)
    assert said["state"] == "refused"
    assert "JPEG" in said["refusal"]
    assert not (folder / said["id"][:2] / said["id"]).exists()
    assert client.get(f"/desk/live/storm/media/{said['id']}/original").status_code == 404


# --- which posts may show it


def draft(*blocks: body.Block) -> Draft:
    """Return a draft of these blocks."""
    return Draft(title="Sea wall", body=body.Doc(content=(body.paragraph("It holds."), *blocks)))


def refused(verb: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    """Return why a verb did nothing."""
    with pytest.raises(actions.Refused) as why:
        verb(*args, **kwargs)
    return why.value.refusal.code
