"""Draws the icons under which a phone shows the desk (src/asithappened/static/app-*.png), after reader-icon.svg.

    python frontend/app_icons.py    # needs Pillow, which the package brings
"""

from pathlib import Path

from PIL import Image, ImageDraw

INTO = Path(__file__).parent.parent / "src/asithappened/static"
RED, WHITE = "#b3161b", "#fff"
UNITS = 32  # of the drawing's coordinates
FINE = 4  # how many times larger it is drawn, because Pillow draws without antialiasing


def icon(size: int, *, scale: float = 1, corner: float = 0) -> Image.Image:
    """Draw one. `scale`: of the symbol; `corner`: the background's radius, in units."""
    side = size * FINE
    unit = side / UNITS
    image = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=corner * unit, fill=RED)

    def at(value: float) -> float:
        return (UNITS / 2 + (value - UNITS / 2) * scale) * unit

    def bar(x0: float, x1: float, y: float) -> None:
        half = 1.5
        draw.rounded_rectangle((at(x0 - half), at(y - half), at(x1 + half), at(y + half)), radius=half * scale * unit, fill=WHITE)

    draw.rectangle((at(9), at(5), at(11), at(27)), fill=WHITE)
    draw.ellipse((at(6), at(7), at(14), at(15)), fill=WHITE)
    for x1, y in ((26, 11), (26, 17), (23, 23)):
        bar(17, x1, y)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    made = {
        "app-192": icon(192, corner=7),
        "app-512": icon(512, corner=7),
        # A launcher may crop it to any shape that contains the middle four fifths.
        "app-maskable-512": icon(512, scale=0.7),
        "app-apple-180": icon(180, scale=0.85),
    }
    for name, image in made.items():
        image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(INTO / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
