"""Lists the ledger's parts of live blogs' pages, and its annotations of posts, for `settings.PAGE_PARTS`.

Look next: `panel` and `chips`.
"""

from typing import Final

from asithappened.render.ledger import chips, panel, sections
from asithappened.render.part import Part

PARTS: Final = (
    Part(name="corrected", live=True, region="top", touched=panel.touches_corrections, render=panel.corrected),
    Part(name="known", live=True, region="rail", touched=panel.touches_any, render=panel.known),
    # They depend on the edition only.
    Part(name="section:", live=False, touched=lambda _: False, render=sections.sections),
    *chips.ANNOTATING,
)
