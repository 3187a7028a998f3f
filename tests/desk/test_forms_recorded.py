"""Recorded posts in the form: nearly all of them can be edited field by field, and none is changed by being opened."""

from collections import Counter
from pathlib import Path

import pytest

from asithappened.core import body
from asithappened.desk.forms import blocks
from asithappened.importers.registry import found_in


@pytest.mark.data
def test_a_recorded_day_survives_the_form_and_hardly_anything_has_to_be_kept_unread(shared_data: Path) -> None:
    files = sorted((shared_data / "guardian_capi/blogs").glob("*.json"))[::4]
    fieldsets: Counter[str] = Counter()
    for file in files:
        for number, post in enumerate(found_in(file.read_bytes(), "guardian").posts):
            doc = body.with_ids(post.body, seed=str(number))
            shown = blocks.fieldsets_of(doc)
            fieldsets.update(fieldset.kind for fieldset in shown)
            assert blocks.doc_of(shown, seed=str(number), old=doc) == blocks.Read(doc=doc, errors={})
    assert fieldsets.total() > 500
    # Of all 1,755 recorded posts, 3 fieldsets in 3,761: lists in lists and in quotations.
    assert fieldsets[blocks.KEPT] <= fieldsets.total() / 200
