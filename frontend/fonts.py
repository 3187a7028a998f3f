"""Makes fonts smaller: `python frontend/fonts.py weights FROM.woff2 TO.woff2`, or `basic FROM.woff2 TO.woff2`.

`weights` makes the sans-serif font of every page from Source Sans 3: the weights that the style sheets use, with kerning,
ligatures and figures. "Source" is a reserved font name, so the changed font has another. `basic` keeps the characters of
English: the desk fetches the whole font only if a page has others. Needs fonttools and brotli.
"""

import io
import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

NAME = "As It Happened Sans"
WEIGHTS = (400, 400, 700)  # minimum, default, maximum
FEATURES = ["kern", "liga", "pnum"]
# The same as `unicode-range` in frontend/house/elements.css.
BASIC = [
    *range(0x20, 0x7F),
    0xA0,
    0xA3,
    0xA9,
    0xB7,
    0xD7,
    *range(0x2010, 0x2027),
    0x20AC,
    *range(0x2190, 0x2194),
    0x2212,
]


def main() -> None:
    what, source, target = sys.argv[1:]
    font = TTFont(source)
    if what == "weights":
        font = _reread(instancer.instantiateVariableFont(font, {"wght": WEIGHTS}))
        for record in font["name"].names:
            if record.nameID in {1, 3, 4, 6}:
                record.string = NAME.replace(" ", "") if record.nameID == 6 else NAME
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=BASIC if what == "basic" else font.getBestCmap())
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


def _reread(font: TTFont) -> TTFont:
    """Write a font and read it again, because the subsetter cannot handle an instance in memory."""
    whole = io.BytesIO()
    font.flavor = None
    font.save(whole)
    whole.seek(0)
    return TTFont(whole)


if __name__ == "__main__":
    main()
