"""Draw a card with a headline, to see its looks and measure its time."""

import argparse
import statistics
import sys
import time
from pathlib import Path

from asithappened.media.cards.drawing import draw
from asithappened.media.cards.layout import Words
from asithappened.render.card_image import CardImage

_TIMES = 20


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m asithappened.media.cards", description=__doc__)
    asked.add_argument("headline")
    asked.add_argument("--language", default="en")
    asked.add_argument("--into", type=Path, required=True)
    given = asked.parse_args()
    card = CardImage(headline=given.headline, badge="", live=False, when="22 Nov 2026, 14:01 GMT",
                     language=given.language, alt=given.headline, picture=None)  # fmt: skip
    took: list[float] = []
    drawn = b""
    for _ in range(_TIMES):
        began = time.perf_counter()
        drawn = draw(card, Words(site="The Harbour Post", above="Storm Ada"), lambda *_: None)
        took.append(1000 * (time.perf_counter() - began))
    given.into.write_bytes(drawn)
    sys.stdout.write(f"{len(drawn):,} bytes; {statistics.median(took):.0f} ms, the median of {_TIMES}\n")


if __name__ == "__main__":
    main()
