"""Makes the two fonts of card images (src/asithappened/media/cards/fonts) from fonts on npm, all under the OFL.

Each file has every script, so that one call can lay out a line of several. To make them again:

    pip install fonttools brotli
    npm pack @fontsource-variable/newsreader@5.3.0 @fontsource-variable/source-serif-4@5.3.1 \
        @fontsource/source-sans-3@5.3.1 @fontsource/noto-naskh-arabic@5.3.0 @fontsource/frank-ruhl-libre@5.3.0 \
        @fontsource/noto-sans-arabic@5.3.0 @fontsource/noto-sans-hebrew@5.3.0
    python frontend/card_faces.py FOLDER    # FOLDER has each package unpacked, in a folder named like its file without .tgz
"""

import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

INTO = Path(__file__).parent.parent / "src/asithappened/media/cards/fonts"
UNITS = 1000
SERIF = [
    ("fontsource-variable-newsreader-5.3.0", "newsreader-latin-opsz-normal", {"opsz": 48, "wght": 600}),
    ("fontsource-variable-newsreader-5.3.0", "newsreader-latin-ext-opsz-normal", {"opsz": 48, "wght": 600}),
    ("fontsource-variable-newsreader-5.3.0", "newsreader-vietnamese-opsz-normal", {"opsz": 48, "wght": 600}),
    ("fontsource-variable-source-serif-4-5.3.1", "source-serif-4-cyrillic-opsz-normal", {"opsz": 48, "wght": 600}),
    ("fontsource-variable-source-serif-4-5.3.1", "source-serif-4-cyrillic-ext-opsz-normal", {"opsz": 48, "wght": 600}),
    ("fontsource-variable-source-serif-4-5.3.1", "source-serif-4-greek-opsz-normal", {"opsz": 48, "wght": 600}),
    ("fontsource-frank-ruhl-libre-5.3.0", "frank-ruhl-libre-hebrew-600-normal", {}),
    ("fontsource-noto-naskh-arabic-5.3.0", "noto-naskh-arabic-arabic-600-normal", {}),
]
SANS = [
    ("fontsource-source-sans-3-5.3.1", "source-sans-3-latin-600-normal", {}),
    ("fontsource-source-sans-3-5.3.1", "source-sans-3-latin-ext-600-normal", {}),
    ("fontsource-source-sans-3-5.3.1", "source-sans-3-vietnamese-600-normal", {}),
    ("fontsource-source-sans-3-5.3.1", "source-sans-3-cyrillic-600-normal", {}),
    ("fontsource-source-sans-3-5.3.1", "source-sans-3-cyrillic-ext-600-normal", {}),
    ("fontsource-source-sans-3-5.3.1", "source-sans-3-greek-600-normal", {}),
    ("fontsource-noto-sans-hebrew-5.3.0", "noto-sans-hebrew-hebrew-600-normal", {}),
    ("fontsource-noto-sans-arabic-5.3.0", "noto-sans-arabic-arabic-600-normal", {}),
]
FEATURES = [
    "kern",
    "mark",
    "mkmk",
    "liga",
    "rlig",
    "calt",
    "ccmp",
    "locl",
    "init",
    "medi",
    "fina",
    "isol",
    "rclt",
    "curs",
]
# Letters and their marks, punctuation, currencies; the fonts' other characters do not occur in headlines.
KEPT = [
    (0x20, 0x2FF),
    (0x300, 0x36F),
    (0x370, 0x58F),
    (0x590, 0x6FF),
    (0x750, 0x77F),
    (0x8A0, 0x8FF),
    (0x1C80, 0x1C8F),
    (0x1E00, 0x1FFF),
    (0x2000, 0x206F),
    (0x20A0, 0x20CF),
    (0x2116, 0x2122),
    (0x2DE0, 0x2DFF),
    (0xA640, 0xA69F),
    (0xFB1D, 0xFDFF),
    (0xFE70, 0xFEFC),
]


def make(name: str, family: str, sources: list[tuple[str, str, dict[str, float]]], folder: Path) -> None:
    taken: set[int] = set()
    parts = []
    for number, (package, file, at) in enumerate(sources):
        font = TTFont(folder / package / "package" / "files" / f"{file}.woff2")
        font.flavor = None
        if at:
            font = instantiateVariableFont(font, at)
        codes = {c for c in font.getBestCmap() if any(a <= c <= b for a, b in KEPT)} - taken
        taken |= codes
        options = Options()
        options.layout_features = FEATURES
        options.notdef_outline, options.glyph_names, options.hinting = True, False, False
        options.drop_tables += ["STAT", "DSIG", "gasp", "meta", "HVAR", "avar", "MVAR", "vhea", "vmtx", "VORG"]
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=codes)
        subsetter.subset(font)
        if font["head"].unitsPerEm != UNITS:
            scale_upem(font, UNITS)
        path = INTO / f"part-{number}.ttf"
        font.save(path)
        parts.append(path)
    merged = Merger().merge([str(path) for path in parts])
    for path in parts:
        path.unlink()
    merged["name"].names = []
    for id_, text in [
        (1, family),
        (2, "Regular"),
        (3, family),
        (4, family),
        (6, family.replace(" ", "")),
        (13, "SIL Open Font License 1.1"),
        (14, "https://openfontlicense.org"),
    ]:
        merged["name"].setName(text, id_, 3, 1, 0x409)
    merged.flavor = "woff2"
    merged.save(INTO / f"{name}.woff2")
    print(name, len(taken), "characters", (INTO / f"{name}.woff2").stat().st_size, "bytes")


if __name__ == "__main__":
    make("card-serif", "Card Serif", SERIF, Path(sys.argv[1]))
    make("card-sans", "Card Sans", SANS, Path(sys.argv[1]))
