"""What the ledger contributes to live blogs' pages: parts, and annotations of posts.

Owns the list, in which press finds them (`settings.PAGE_PARTS`). Look next: `panel` and `chips`.
"""

from typing import Final

from asithappened.render.ledger import chips, panel, sections
from asithappened.render.part import Part

PARTS: Final = (
    Part(name="corrected", live=True, region="top", touched=panel.touches_corrections, render=panel.corrected),
    Part(name="known", live=True, region="rail", touched=panel.touches_any, render=panel.known),
    # They depend on the edition alone.
    Part(name="section:", live=False, touched=lambda _: False, render=sections.sections),
    *chips.ANNOTATING,
)
