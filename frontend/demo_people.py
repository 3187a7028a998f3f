"""Draws the demonstration's reporters (src/asithappened/static/demo/face-*.webp): invented, so that no real person is shown.

Heads without features in the colours of the other pictures, drawn four times as large and scaled down for smooth edges.
From the repository: `python -m frontend.demo_people`.
"""

from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

INTO = Path(__file__).parent.parent / "src/asithappened/static/demo"
SIDE, SCALE = 256, 4


class Drawn(NamedTuple):
    ground: str
    skin: str
    hair: str
    coat: str
    style: str


PEOPLE = {
    "ines": Drawn("#c9d6dc", "#b98a6a", "#2b2522", "#7d2f2a", "long"),
    "judith": Drawn("#d9cdb8", "#6f4a35", "#1d1917", "#2f5d62", "round"),
    "marek": Drawn("#b9c4bb", "#d9b193", "#7a5a3a", "#39424e", "short"),
    "tom": Drawn("#9fb4c2", "#e0bb9f", "#b9b2a6", "#d9a441", "hood"),
    "priya": Drawn("#dcc9c0", "#a8754f", "#231c1a", "#4a3f63", "bun"),
}


def drawn(one: Drawn) -> Image.Image:
    picture = Image.new("RGB", (SIDE * SCALE, SIDE * SCALE), one.ground)
    draw = ImageDraw.Draw(picture)

    def oval(x: float, y: float, width: float, height: float, fill: str) -> None:
        box = ((x - width / 2) * SCALE, (y - height / 2) * SCALE, (x + width / 2) * SCALE, (y + height / 2) * SCALE)
        draw.ellipse(box, fill=fill)

    def behind() -> None:
        match one.style:
            case "long":
                oval(128, 118, 118, 132, one.hair)
                draw.rectangle((70 * SCALE, 118 * SCALE, 186 * SCALE, 186 * SCALE), fill=one.hair)
            case "round":
                oval(128, 100, 138, 130, one.hair)
            case "bun":
                oval(128, 106, 108, 110, one.hair)
                oval(128, 46, 44, 40, one.hair)
            case "hood":
                oval(128, 112, 132, 146, one.coat)
            case _:
                oval(128, 98, 100, 104, one.hair)

    behind()
    oval(128, 264, 208, 156, one.coat)
    draw.rounded_rectangle(
        (110 * SCALE, 140 * SCALE, 146 * SCALE, 206 * SCALE), radius=18 * SCALE, fill=_darker(one.skin)
    )
    oval(128, 116, 84, 104, one.skin)
    draw.chord(
        ((128 - 46) * SCALE, 56 * SCALE, (128 + 46) * SCALE, 148 * SCALE),
        start=186 if one.style != "hood" else 200,
        end=354 if one.style != "hood" else 340,
        fill=one.hair,
    )
    return picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _darker(colour: str) -> str:
    return "#" + "".join(f"{int(int(colour[at : at + 2], 16) * 0.86):02x}" for at in (1, 3, 5))


def main() -> None:
    for name, one in PEOPLE.items():
        drawn(one).save(INTO / f"face-{name}.webp", "WEBP", quality=82, method=6)


if __name__ == "__main__":
    main()
