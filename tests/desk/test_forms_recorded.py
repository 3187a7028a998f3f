"""Recorded posts in the form: nearly all of their words can be edited as text, and none is changed by being opened."""

from collections import Counter
from pathlib import Path

import pytest

from asithappened.core import body
from asithappened.desk.draft import Draft
from asithappened.desk.forms import carried, post
from asithappened.importers.registry import found_in

TEXT = (body.Paragraph, body.Heading, body.BulletList, body.OrderedList, body.Quote)


@pytest.mark.data
def test_a_recorded_day_survives_the_form_and_hardly_any_words_have_to_be_carried_unread(shared_data: Path) -> None:
    files = sorted((shared_data / "guardian_capi/blogs").glob("*.json"))[::4]
    shown: Counter[bool] = Counter()
    for file in files:
        for number, recorded in enumerate(found_in(file.read_bytes(), "guardian").posts):
            doc = body.with_ids(recorded.body, seed=str(number))
            form = post.of(Draft(body=doc))
            parts = carried.read(form.carried)
            shown.update(block not in parts for block in doc.content if isinstance(block, TEXT))
            sent = post.sent({"text": form.text.replace("\n", "\r\n"), "carried": form.carried})
            read, draft = sent.draft(seed=str(number), zone="UTC", old=doc)
            assert (draft.body, read.errors) == (doc, {})
    assert shown.total() > 500
    assert shown[False] <= shown.total() / 200
