"""Promises of `delivery.compose`: layouts are filled, and frames are all there are. Documents: test_documents.py."""

import pytest

from asithappened.delivery import compose
from asithappened.published.layout import SEGMENT_EVENTS
from asithappened.published.read import Frame


def test_a_slot_is_filled_as_it_stands_and_one_that_nobody_fills_is_empty() -> None:
    layout = b"<p><!--slot:posts--></p><!--slot:nothing--><i><!--slot:posts--></i><!-- a comment -->"
    assert compose.fill(layout, {b"posts": b"<!--slot:nothing-->"}) == (
        b"<p><!--slot:nothing--></p><i><!--slot:nothing--></i><!-- a comment -->"
    )


@pytest.mark.parametrize(
    ("seqs", "after", "upto", "gapless"),
    [
        ([], 3, 3, True),
        ([4, 5], 3, 5, True),
        ([], 3, 4, False),
        ([5], 3, 5, False),
        ([4, 6], 3, 6, False),
        ([4, 4, 5], 3, 5, False),
        ([4, 5, 6], 3, 5, False),
    ],
)
def test_frames_are_gapless_if_each_seq_is_there_once(seqs: list[int], after: int, upto: int, gapless: bool) -> None:
    assert compose.is_gapless([Frame(seq, b"{}") for seq in seqs], after, upto) == gapless


def test_a_segment_is_closed_once_it_is_full() -> None:
    heads = [0, SEGMENT_EVENTS - 1, SEGMENT_EVENTS, 2 * SEGMENT_EVENTS]
    assert [compose.closed_segments(head) for head in heads] == [0, 0, 1, 2]
